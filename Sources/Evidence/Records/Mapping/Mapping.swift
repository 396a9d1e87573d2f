public import Files
public import Kernel

/// How a source's columns become the canonical record: a JSON file in `Definitions/mappings/`.
public struct Mapping: Sendable {
    /// Short name, used with `--mapping`.
    public let id: String
    /// Name for people.
    public let title: String
    /// Version of the definition.
    public let version: String
    /// SHA-256 of the definition file.
    public let sha256: String
    /// What the file's rows are.
    public let record: RecordKind
    /// Whether a row is one record (or one count), or holds one column of counts per month.
    public let layout: Layout
    /// The source that the records belong to.
    public let source: SourceDescription
    /// Sources by the value of the `source` field, for formats that carry several.
    public let sources: [String: SourceDescription]
    /// Column names that must all be in the header for the mapping to be recognised.
    public let recognise: [String]
    /// Columns by canonical field.
    public let columns: [Field: String]
    /// Values that hold for every row of the file.
    public let constants: [Field: String]
    /// Columns of further dictionary-coded attributes (outcome, weapon…), by attribute name.
    public let attributes: [(name: String, column: String)]
    /// Columns of yes/no flags, by flag name.
    public let flags: [(name: String, column: String)]
    /// How dates without offset are to be read.
    public let clock: SourceClock
    /// Whether days stand before months.
    public let dayFirst: Bool
    /// Records of one identifier at one place in one month are one record, repeated for its outcomes.
    public let oneRecordPerIdentifier: Bool

    /// What the rows of a file are.
    public enum RecordKind: String, Sendable { case incident, outcome, person }
    /// How a file is laid out.
    public enum Layout: String, Sendable {
        case rows
        case wideMonths = "wide-months"
    }
    /// What a time without offset means.
    public enum SourceClock: String, Sendable { case uk, utc }

    /// A field of the canonical record that a column can fill.
    public enum Field: String, CaseIterable, Sendable {
        case source, reporter, incidentID, month, year, monthOfYear, from, to, reportedAt
        case longitude, latitude, easting, northing
        case lsoa, lsoaName, ward, wardName, borough, boroughName
        case category, offenceCode, offence, count
    }
}

/// A source of records: who publishes it and what it counts.
public struct SourceDescription: Hashable, Sendable {
    /// Short name.
    public var id: String
    /// Name for people.
    public var title: String
    /// What it counts. Sources of one subject count the same events and are never added together.
    public var subject: String
    /// The scheme of its categories in offence groups and harm weights ("police-uk", "mps-major").
    public var scheme: String
    /// What a reader must know about it.
    public var notes: [String]
}

extension Mapping {
    /// Reads a mapping.
    /// - Throws: a `Fault` that names the path inside the file.
    public init(_ file: DefinitionFile) throws(Fault) {
        let root = file.root
        try root.allow(only: [
            "id", "title", "version", "record", "layout", "source", "sources", "recognise", "columns", "constants",
            "attributes", "flags", "clock", "dayFirst", "oneRecordPerIdentifier",
        ])
        id = try root.required("id").text()
        title = try root.required("title").text()
        version = try root.required("version").text()
        sha256 = file.sha256
        record = try Mapping.choice(root, "record", or: .incident)
        layout = try Mapping.choice(root, "layout", or: .rows)
        clock = try Mapping.choice(root, "clock", or: .uk)
        dayFirst = try root.optional("dayFirst")?.bool() ?? false
        oneRecordPerIdentifier = try root.optional("oneRecordPerIdentifier")?.bool() ?? false
        source = try SourceDescription(try root.required("source"))
        var sources: [String: SourceDescription] = [:]
        if let node = try root.optional("sources") {
            for (value, child) in try node.members() { sources[value] = try SourceDescription(child) }
        }
        self.sources = sources
        recognise = try root.required("recognise").texts()
        columns = try Mapping.fields(try root.required("columns"))
        constants = try root.optional("constants").map { (node) throws(Fault) in try Mapping.fields(node) } ?? [:]
        attributes = try Mapping.named(root, "attributes")
        flags = try Mapping.named(root, "flags")
        guard flags.count <= 32 else { throw root.fault("there may be at most 32 flags") }
        try checkCompleteness(root)
    }

    private func checkCompleteness(_ root: DefinitionNode) throws(Fault) {
        guard record != .person else { return }
        let dated = layout == .wideMonths || columns[.month] != nil || columns[.from] != nil
        guard dated || (columns[.year] != nil && columns[.monthOfYear] != nil) else {
            throw root.fault("no column says when: give month, from, or year and monthOfYear, in \"columns\"")
        }
        guard columns[.category] != nil || constants[.category] != nil else {
            throw root.fault("no column says what: give category in \"columns\" or \"constants\"")
        }
    }

    private static func choice<Choice: RawRepresentable>(
        _ root: DefinitionNode, _ name: String, or standard: Choice
    ) throws(Fault) -> Choice where Choice.RawValue == String {
        guard let node = try root.optional(name) else { return standard }
        let text = try node.text()
        guard let choice = Choice(rawValue: text) else { throw node.fault("\"\(text)\" is not a known choice") }
        return choice
    }

    private static func fields(_ node: DefinitionNode) throws(Fault) -> [Field: String] {
        var fields: [Field: String] = [:]
        for (name, child) in try node.members() {
            guard let field = Field(rawValue: name) else {
                let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw child.fault("there is no such field; known: \(known)")
            }
            fields[field] = try child.text()
        }
        return fields
    }

    private static func named(_ root: DefinitionNode, _ name: String) throws(Fault) -> [(name: String, column: String)]
    {
        guard let node = try root.optional(name) else { return [] }
        var named: [(name: String, column: String)] = []
        for (name, child) in try node.members() { named.append((name, try child.text())) }
        return named
    }
}

extension SourceDescription {
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["id", "title", "subject", "scheme", "notes"])
        id = try node.required("id").text()
        title = try node.required("title").text()
        subject = try node.required("subject").text()
        scheme = try node.optional("scheme")?.text() ?? ""
        notes = try node.optional("notes")?.texts() ?? []
    }
}
