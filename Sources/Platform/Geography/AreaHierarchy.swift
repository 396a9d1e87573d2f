public import Kernel

/// Which LSOA lies in which ward and which ward in which borough, with the names of all.
public struct AreaHierarchy: Sendable {
    /// One line of a look-up of LSOAs to wards.
    public struct Row: Hashable, Sendable {
        /// The LSOA's code.
        public let lsoaCode: String
        /// The LSOA's name.
        public let lsoaName: String
        /// The ward's code.
        public let wardCode: String
        /// The ward's name.
        public let wardName: String
        /// The borough's code.
        public let boroughCode: String
        /// The borough's name.
        public let boroughName: String

        /// A line.
        public init(
            lsoaCode: String, lsoaName: String, wardCode: String, wardName: String, boroughCode: String,
            boroughName: String
        ) {
            self.lsoaCode = lsoaCode
            self.lsoaName = lsoaName
            self.wardCode = wardCode
            self.wardName = wardName
            self.boroughCode = boroughCode
            self.boroughName = boroughName
        }
    }

    /// An area with its code, name and place in the hierarchy.
    public struct Place: Hashable, Sendable {
        /// The code.
        public let code: String
        /// The name.
        public let name: String
        /// `.lsoa`, `.ward` or `.borough`.
        public let level: AreaLevel
        /// The code of the ward of an LSOA or of the borough of a ward; nil for a borough.
        public let parent: String?
    }

    /// The codes of the LSOAs, sorted.
    public let lsoas: [String]
    /// The codes of the wards, sorted.
    public let wards: [String]
    /// The codes of the boroughs, sorted.
    public let boroughs: [String]
    let places: [String: Place]
    private let children: [String: [String]]
    /// Codes by level and folded name.
    let byName: [String: [String]]

    /// The hierarchy of these lines. A line may stand more than once.
    /// - Parameters:
    ///   - rows: the lines.
    ///   - source: the file they come from, for messages.
    /// - Throws: a `Fault` when an LSOA stands in two wards, a ward in two boroughs, a code with two names or on two
    ///   levels, or a code is empty.
    public init(_ rows: some Sequence<Row>, source: String = "") throws(Fault) {
        var places: [String: Place] = [:]
        for row in rows {
            let line = [
                Place(code: row.boroughCode, name: row.boroughName, level: .borough, parent: nil),
                Place(code: row.wardCode, name: row.wardName, level: .ward, parent: row.boroughCode),
                Place(code: row.lsoaCode, name: row.lsoaName, level: .lsoa, parent: row.wardCode),
            ]
            for place in line {
                if let earlier = places[place.code] {
                    try AreaHierarchy.check(place, against: earlier, source: source)
                } else {
                    try AreaHierarchy.check(place, source: source)
                    places[place.code] = place
                }
            }
        }
        let sorted = places.values.sorted { $0.code < $1.code }
        var children: [String: [String]] = [:]
        var byName: [String: [String]] = [:]
        for place in sorted {
            if let parent = place.parent { children[parent, default: []].append(place.code) }
            byName[Spelling.folded(place.name), default: []].append(place.code)
        }
        self.places = places
        self.children = children
        self.byName = byName
        lsoas = sorted.filter { $0.level == .lsoa }.map(\.code)
        wards = sorted.filter { $0.level == .ward }.map(\.code)
        boroughs = sorted.filter { $0.level == .borough }.map(\.code)
    }

    private static func check(_ place: Place, source: String) throws(Fault) {
        guard place.code.isEmpty else { return }
        throw fault(
            source, "the \(place.level.name) \"\(place.name)\" has no code",
            "Give every LSOA, ward and borough a code.")
    }

    private static func check(_ place: Place, against earlier: Place, source: String) throws(Fault) {
        if place == earlier { return }
        let label = "the \(earlier.level.name) \(earlier.code) (\(earlier.name))"
        if place.level != earlier.level {
            throw fault(
                source, "\(label) also stands among the \(place.level.name) codes",
                "Check that the columns are the right ones.")
        }
        if let one = earlier.parent, let other = place.parent, one != other {
            let above = place.level == .lsoa ? "ward" : "borough"
            throw fault(
                source, "\(label) lies in the \(above) \(one) and in the \(above) \(other)",
                "Use a best-fit look-up, which gives each area to one larger one.")
        }
        if Spelling.folded(place.name) != Spelling.folded(earlier.name) {
            throw fault(
                source, "\(label) is also called \"\(place.name)\"", "Use names of one year, or correct the wrong one.")
        }
    }

    private static func fault(_ source: String, _ why: String, _ remedy: String) -> Fault {
        Fault("The look-up of areas contradicts itself", at: source, because: why, remedy: remedy)
    }

    // MARK: - Looking up

    /// The area of that code, or nil.
    public subscript(code: String) -> Place? { places[code] }
    /// The name of an area, or nil when its code is not known.
    public func name(of code: String) -> String? { places[code]?.name }

    /// The code of the ward of an LSOA, or nil.
    public func ward(ofLSOA code: String) -> String? {
        places[code].flatMap { $0.level == .lsoa ? $0.parent : nil }
    }

    /// The code of the borough of a ward, or nil.
    public func borough(ofWard code: String) -> String? {
        places[code].flatMap { $0.level == .ward ? $0.parent : nil }
    }

    /// The code of the borough of an LSOA, or nil.
    public func borough(ofLSOA code: String) -> String? { ward(ofLSOA: code).flatMap { borough(ofWard: $0) } }

    /// The codes of the LSOAs of a ward or of a borough, sorted.
    public func lsoas(in code: String) -> [String] {
        switch places[code]?.level {
        case .ward: children[code] ?? []
        case .borough: wards(in: code).flatMap { children[$0] ?? [] }.sorted()
        default: []
        }
    }

    /// The codes of the wards of a borough, sorted.
    public func wards(in borough: String) -> [String] {
        places[borough]?.level == .borough ? children[borough] ?? [] : []
    }
}
