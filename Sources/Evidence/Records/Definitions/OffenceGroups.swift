public import Files
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
        /// Schemes in whose top lists the group stands; nil where the file does not say.
        let lists: Set<String>?
        /// Whether the group has a hotspot table of its own besides.
        let isTopic: Bool
        /// What must hold of the people involved, or nil.
        let people: PeopleCondition?
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

    /// For each group which records of a table belong to it.
    /// - Parameter people: the people of incidents, for groups that depend on their ages.
    public func members(of table: RecordTable, people: [RecordTable]) -> [GroupMembers] {
        let hasLists = groups.contains { $0.lists != nil }
        return groups.map { group in
            let names = group.categories[table.source.scheme] ?? []
            var bits: UInt32 = 0
            for (bit, name) in table.flagNames.enumerated()
            where group.flags.contains(name.replacing("_", with: " ")) || group.flags.contains(name) {
                bits |= 1 << UInt32(bit)
            }
            return GroupMembers(
                id: group.id, title: group.title,
                isListed: !hasLists || group.lists?.contains(table.source.scheme) == true,
                isTopic: group.isTopic, incidents: group.people.map { $0.incidents(in: people) },
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
    /// Whether the group stands in the top lists of the table's scheme.
    public let isListed: Bool
    /// Whether the group has a hotspot table of its own besides.
    public let isTopic: Bool
    /// Identifiers of the incidents whose people fulfil the group's condition; nil where it has none.
    private let incidents: Set<UInt64>?
    private let categories: [Bool]
    private let offences: [Bool]
    private let flags: UInt32

    init(
        id: String, title: String, isListed: Bool, isTopic: Bool, incidents: Set<UInt64>?, categories: [Bool],
        offences: [Bool], flags: UInt32
    ) {
        self.id = id
        self.title = title
        self.isListed = isListed
        self.isTopic = isTopic
        self.incidents = incidents
        self.categories = categories
        self.offences = offences
        self.flags = flags
    }

    /// Whether any record of the table can belong to it.
    public var isPossible: Bool {
        incidents?.isEmpty != true && (flags != 0 || categories.contains(true) || offences.contains(true))
    }

    /// Whether a record belongs to it.
    /// - Parameter identifier: the incident's, 0 when it has none.
    public func contains(category: Int32, offence: Int32, flags rowFlags: UInt32, identifier: UInt64) -> Bool {
        if let incidents, !incidents.contains(identifier) { return false }
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
        lists = try node.optional("lists").map { (node) throws(Fault) in Set(try node.texts()) }
        isTopic = try node.optional("topic")?.bool() ?? false
        people = try node.optional("people").map { (node) throws(Fault) in try PeopleCondition(node) }
    }

    func holds(offence: String) -> Bool {
        let folded = Header.folded(offence)
        return minor.contains(folded) || codes.contains { folded == $0 || folded.hasPrefix("\($0)/") }
    }
}
