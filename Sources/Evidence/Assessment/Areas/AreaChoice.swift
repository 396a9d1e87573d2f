internal import Kernel
internal import Records

/// The area to assess and those to compare it with, found by name.
struct AreaChoice {
    let code: String
    let name: String
    let mask: BoroughMask
    let compared: [(name: String, mask: BoroughMask)]

    init(_ request: AssessmentRequest, frame: AreaFrame, sources: [PlacedRecords]) throws(Fault) {
        let count = frame.boroughs.count
        var chosen: [Int] = []
        var names: [String] = []
        for name in request.areas {
            let (positions, title) = try AreaChoice.boroughs(name, request, frame)
            chosen += positions.filter { !chosen.contains($0) }
            names.append(title)
        }
        mask = BoroughMask(chosen, of: count)
        name = Text.list(names)
        code = chosen.count == 1 ? frame.boroughs[chosen[0]].code : names.joined(separator: "+")
        var others: [Int] = []
        if request.compared.isEmpty {
            others = AreaChoice.withRecords(frame, sources, request.period).filter { !chosen.contains($0) }
        } else {
            for name in request.compared {
                others += try AreaChoice.boroughs(name, request, frame).positions.filter {
                    !chosen.contains($0) && !others.contains($0)
                }
            }
        }
        compared =
            [(name, mask)]
            + others.sorted().map { (frame.boroughs[$0].name, BoroughMask([$0], of: count)) }
    }

    private static func boroughs(_ name: String, _ request: AssessmentRequest, _ frame: AreaFrame) throws(Fault) -> (
        positions: [Int], title: String
    ) {
        if let position = frame.borough(name) { return ([position], frame.boroughs[position].name) }
        for (region, prefix) in request.regions where Spelling.folded(region) == Spelling.folded(name) {
            let positions = frame.boroughs.indices.filter { frame.boroughs[$0].code.hasPrefix(prefix) }
            if !positions.isEmpty { return (positions, region) }
        }
        throw Fault(
            "The area is not known", at: "--area \(name)",
            because: frame.boroughs.isEmpty
                ? "the records and look-ups name no areas"
                : "no borough or district of the records and look-ups has that name",
            remedy: hint(name, frame))
    }

    private static func hint(_ name: String, _ frame: AreaFrame) -> String {
        guard !frame.boroughs.isEmpty else { return "Give a look-up with --lookup." }
        let near = Spelling.near(
            Spelling.folded(name), among: frame.boroughs.map { (Spelling.folded($0.name), $0.name) }, atMost: 5)
        if !near.isEmpty { return "Did you mean \(near.joined(separator: ", "))?" }
        let names = frame.boroughs.map(\.name).sorted()
        let more = names.count > 20 ? " and \(names.count - 20) more" : ""
        return "Known areas: \(names.prefix(20).joined(separator: ", "))\(more)."
    }

    /// Boroughs that any source really covers in the period.
    private static func withRecords(_ frame: AreaFrame, _ sources: [PlacedRecords], _ period: MonthRange) -> [Int] {
        let found = sources.reduce(into: Set<Int>()) { $0.formUnion($1.boroughsCovered(in: frame, period)) }
        // Where look-ups give official codes, pseudo-boroughs ("Unknown", "Aviation Security") are no areas to rank.
        let hasCodes = frame.boroughs.contains { AreaCode.isGSS($0.code) }
        return found.sorted().filter { !hasCodes || AreaCode.isGSS(frame.boroughs[$0].code) }
    }
}

extension PlacedRecords {
    /// Boroughs that the source really covers, and not those of which a neighbouring force has a few records: at least
    /// half of the borough's LSOAs hold a record in the period or, where the source has no LSOAs, each month does.
    func boroughsCovered(in frame: AreaFrame, _ period: MonthRange) -> Set<Int> {
        var hit = [Bool](repeating: false, count: frame.units.count)
        var months = [Set<Int32>](repeating: [], count: frame.boroughs.count)
        let (first, last) = (period.first.index, period.last.index)
        for row in 0..<table.rowCount where table.month[row] >= first && table.month[row] <= last && borough[row] >= 0 {
            if unit[row] >= 0 {
                hit[Int(unit[row])] = true
            } else {
                months[Int(borough[row])].insert(table.month[row])
            }
        }
        var units = [Int](repeating: 0, count: frame.boroughs.count)
        var hits = units
        for (unit, isHit) in zip(frame.units, hit) where unit.borough >= 0 {
            units[unit.borough] += 1
            if isHit { hits[unit.borough] += 1 }
        }
        let covered = table.months.count { period.contains($0) }
        return Set(
            frame.boroughs.indices.filter { borough in
                let byUnits = units[borough] > 0 && hits[borough] * 2 >= units[borough]
                let byMonths = level != .lsoa && covered > 0 && months[borough].count >= covered
                return byUnits || byMonths
            })
    }
}
