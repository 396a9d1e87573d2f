public import Kernel

/// Offence groups and the titles of categories: a JSON file in `Definitions/offence-groups/`.
public struct OffenceGroups: Sendable {
    /// A group of offences.
    public struct Group: Sendable {
        /// Short name.
        public let id: String
        /// Name for people.
        public let title: String
        /// Folded categories by scheme.
        let categories: [String: Set<String>]
        /// Folded minor categories.
        let minor: Set<String>
        /// Home Office offence classes or codes ("028", "028/03").
        let codes: [String]
        /// Flags, any of which puts an incident into the group.
        let flags: Set<String>
        /// Whether membership depends on the people involved, which categories and flags alone cannot tell.
        public let needsPeople: Bool
    }

    /// Short name.
    public let id: String
    /// Version of the definition.
    public let version: String
    /// SHA-256 of the file, in hexadecimal.
    public let sha256: String
    /// The groups, in the file's order.
    public let groups: [Group]
    private let labels: [String: String]

    /// Reads a definition file.
    public init(_ file: DefinitionFile) throws(Fault) {
        let root = file.root
        id = try root.required("id").text()
        version = try root.required("version").text()
        sha256 = file.sha256
        var labels: [String: String] = [:]
        if let node = try root.optional("labels") {
            for (key, child) in try node.members() { labels[Header.folded(key)] = try child.text() }
        }
        self.labels = labels
        var groups: [Group] = []
        for node in try root.required("groups").items() { groups.append(try Group(node)) }
        self.groups = groups
    }

    /// The title of a category for people; the category itself where none is defined.
    public func title(of category: String) -> String { labels[Header.folded(category)] ?? category }

    /// For each group the flags' bits and which category and offence codes of a table belong to it.
    public func members(of table: RecordTable) -> [GroupMembers] {
        groups.map { group in
            let names = group.categories[table.source.scheme] ?? []
            var bits: UInt32 = 0
            for (bit, name) in table.flagNames.enumerated()
            where group.flags.contains(name.replacing("_", with: " ")) || group.flags.contains(name) {
                bits |= 1 << UInt32(bit)
            }
            return GroupMembers(
                id: group.id, title: group.title, needsPeople: group.needsPeople,
                categories: table.categories.map { names.contains(Header.folded($0)) },
                offences: table.offences.map { group.holds(offence: $0) }, flags: bits)
        }
    }
}

/// Which records of one table belong to a group.
public struct GroupMembers: Sendable {
    /// The group's id.
    public let id: String
    /// The group's title.
    public let title: String
    /// Whether membership depends on the people involved.
    public let needsPeople: Bool
    private let categories: [Bool]
    private let offences: [Bool]
    private let flags: UInt32

    init(id: String, title: String, needsPeople: Bool, categories: [Bool], offences: [Bool], flags: UInt32) {
        self.id = id
        self.title = title
        self.needsPeople = needsPeople
        self.categories = categories
        self.offences = offences
        self.flags = flags
    }

    /// Whether any record of the table can belong to it.
    public var isPossible: Bool {
        !needsPeople && (flags != 0 || categories.contains(true) || offences.contains(true))
    }

    /// Whether a record belongs to it.
    public func contains(category: Int32, offence: Int32, flags rowFlags: UInt32) -> Bool {
        if rowFlags & flags != 0 { return true }
        if offence >= 0, offences[Int(offence)] { return true }
        return category >= 0 && categories[Int(category)]
    }
}

extension OffenceGroups.Group {
    init(_ node: DefinitionNode) throws(Fault) {
        id = try node.required("id").text()
        title = try node.required("title").text()
        var categories: [String: Set<String>] = [:]
        if let child = try node.optional("categories") {
            for (scheme, names) in try child.members() {
                categories[scheme] = Set(try names.texts().map(Header.folded))
            }
        }
        self.categories = categories
        minor = Set(try node.optional("minor")?.texts().map(Header.folded) ?? [])
        codes = try node.optional("codes")?.texts().map(Header.folded) ?? []
        flags = Set(try node.optional("flags")?.texts().map { Header.folded($0) } ?? [])
        needsPeople = try node.optional("people") != nil
    }

    func holds(offence: String) -> Bool {
        let folded = Header.folded(offence)
        return minor.contains(folded) || codes.contains { folded == $0 || folded.hasPrefix("\($0)/") }
    }
}
