internal import Geography
internal import Kernel
internal import Records

/// The shapes of the area's units: LSOAs as the boundaries give them, or joined where a unit is made of several.
struct UnitShapeMaker {
    let shapes: UnitShapes
    private let boundaries: Boundaries

    /// The units of the area that have a shape, and who is next to whom.
    init(frame: AreaFrame, boundaries: Boundaries, area: BoroughMask) throws(Fault) {
        let wanted = frame.units.indices.filter { area.holds(Int32(frame.units[$0].borough)) }
        var unitOfCode: [String: String] = [:]
        var names: [String: String] = [:]
        for unit in wanted.map({ frame.units[$0] }) {
            names[unit.code] = unit.name
            if boundaries[unit.code] != nil {
                unitOfCode[unit.code] = unit.code
                continue
            }
            let parts = [unit.parts2021, unit.parts2011].first {
                !$0.isEmpty && $0.allSatisfy { boundaries[$0] != nil }
            }
            for part in parts ?? [] { unitOfCode[part] = unit.code }
        }
        guard !unitOfCode.isEmpty else {
            shapes = UnitShapes(units: [], neighbours: [])
            self.boundaries = boundaries.filtered { _ in false }
            return
        }
        let isWhole = unitOfCode.allSatisfy { $0.key == $0.value }
        let own = boundaries.filtered { unitOfCode[$0.code] != nil }
        self.boundaries = isWhole ? own : try own.dissolved(by: unitOfCode, names: names, level: boundaries.level)
        let position = Dictionary(
            wanted.map { (frame.units[$0].code, $0) }, uniquingKeysWith: { first, _ in first })
        let contiguity = try Contiguity.queen(self.boundaries)
        shapes = UnitShapes(
            units: self.boundaries.codes.map { position[$0] ?? 0 },
            neighbours: contiguity.pairs.map { ($0.first, $0.second) })
    }

    /// What the boundaries' properties say of an LSOA's borough, for use without a look-up.
    static func rows(_ boundaries: Boundaries) -> [AreaLookup.Row] {
        guard boundaries.level != .lsoa2011 else { return [] }
        return boundaries.areas.compactMap { area in
            guard let borough = area.parents[.borough] else { return nil }
            let name = area.properties.first { $0.key.hasPrefix("LAD") && $0.key.hasSuffix("NM") }?.value ?? ""
            return AreaLookup.Row(
                lsoa: area.code, lsoaName: area.name, ward: "", wardName: "", borough: borough, boroughName: name)
        }
    }

    /// The LSOA codes that boundaries and populations know; nil when neither was given.
    static func knownCodes(boundaries: Boundaries?, populations: Populations) -> Set<String>? {
        switch (boundaries, populations.isEmpty) {
        case (nil, true): nil
        case (let boundaries?, true): Set(boundaries.codes)
        case (nil, false): populations.codes
        case (let boundaries?, false): Set(boundaries.codes).intersection(populations.codes)
        }
    }

    /// The maps of the document: units by rate or count, and wards.
    func maps(_ context: AssessmentContext, _ wardBoundaries: Boundaries?) throws(Fault) -> [ReportMap] {
        guard !boundaries.areas.isEmpty else { return [] }
        var maps = [try map("lsoa", "Small areas (LSOAs)", "LSOAs", boundaries)]
        var wardOfUnit: [String: String] = [:]
        var names: [String: String] = [:]
        for unit in shapes.units.map({ context.frame.units[$0] }) where unit.ward >= 0 {
            let ward = context.frame.wards[unit.ward].area
            wardOfUnit[unit.code] = ward.code
            names[ward.code] = ward.name
        }
        if let wardBoundaries {
            let own = wardBoundaries.filtered { names[$0.code] != nil }
            if own.count == names.count, own.count > 0 { return maps + [try map("ward", "Wards", "wards", own)] }
        }
        if !wardOfUnit.isEmpty {
            let wards = try boundaries.dissolved(by: wardOfUnit, names: names, level: .ward)
            maps.append(try map("ward", "Wards", "wards", wards))
        }
        return maps
    }

    /// How far a border may move in a drawing, in metres: what is not seen on a map a thousand dots wide.
    private static func tolerance(_ boundaries: Boundaries) -> Double {
        max(10, boundaries.bounds.height * 111_000 / 1000)
    }

    private func map(_ id: String, _ title: String, _ level: String, _ boundaries: Boundaries) throws(Fault)
        -> ReportMap
    {
        let shapes = try boundaries.mapShapes(tolerance: UnitShapeMaker.tolerance(boundaries))
        return ReportMap(
            id: id, title: title, level: level, shapes: shapes.map { ($0.code, $0.name, $0.rings) })
    }
}
