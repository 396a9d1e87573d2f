public import Kernel

/// How two assessments differ: what they were made from, and which figures changed.
public struct AssessmentComparison: Hashable, Sendable {
    /// One side of the comparison.
    public struct Side: Hashable, Sendable {
        /// The area.
        public let area: StrategicAssessment.AreaName
        /// The months assessed.
        public let period: MonthRange
        /// The earlier months.
        public let previous: MonthRange
        /// The program, with its version.
        public let program: String
    }

    /// Something that was used in only one of them, or in both with another content.
    public struct Material: Hashable, Sendable {
        /// A file's path, or a definition's name.
        public let name: String
        /// What the earlier used ("3 rows, digest 8f1c…", "version 2"); nil when it did not use it.
        public let old: String?
        /// What the later used.
        public let new: String?
    }

    /// A figure, name or note that is not the same in both.
    public struct Change: Hashable, Sendable {
        /// Where it stands.
        public let address: FigureAddress
        /// The table's title.
        public let table: String
        /// What the row is about.
        public let row: String
        /// The column's heading.
        public let column: String
        /// The earlier value; nil when the earlier has no such row or column.
        public let old: AssessmentTable.Cell?
        /// The later value; nil when the later has no such row or column.
        public let new: AssessmentTable.Cell?
        /// The later less the earlier, where both are numbers.
        public let difference: Double?
        let format: AssessmentTable.Format
    }

    /// What changed in a table.
    public struct TableChanges: Hashable, Sendable {
        /// The table's identifier.
        public let id: String
        /// Its title, the later one where they differ.
        public let title: String
        /// The figures that changed, in the table's order.
        public let changes: [Change]
        /// Figures that are the same in both.
        public let same: Int
    }

    /// The earlier.
    public let old: Side
    /// The later.
    public let new: Side
    /// Files that differ, by path.
    public let inputs: [Material]
    /// Definitions that differ, by name.
    public let definitions: [Material]
    /// Tables with changes, in the order of the later.
    public let tables: [TableChanges]
    /// Identifiers and titles of tables that only the earlier has.
    public let onlyOld: [AssessmentSections.Entry]
    /// Identifiers and titles of tables that only the later has.
    public let onlyNew: [AssessmentSections.Entry]
    let labels: [String: String]

    /// Compares two assessments.
    public init(from old: StoredAssessment, to new: StoredAssessment) {
        let (a, b) = (old.assessment, new.assessment)
        self.old = Side(area: a.area, period: a.period, previous: a.previous, program: old.program)
        self.new = Side(area: b.area, period: b.period, previous: b.previous, program: new.program)
        inputs = AssessmentComparison.materials(
            a.inputs.map { ($0.path, AssessmentComparison.words($0)) },
            b.inputs.map { ($0.path, AssessmentComparison.words($0)) })
        definitions = AssessmentComparison.materials(
            a.definitions.map { ($0.name, AssessmentComparison.words($0)) },
            b.definitions.map { ($0.name, AssessmentComparison.words($0)) })
        labels = a.labels.merging(b.labels) { $1 }
        tables = b.tables.compactMap { table in
            a.table(table.id).map { AssessmentComparison.changes(from: $0, to: table, labels: b.labels) }
        }.filter { !$0.changes.isEmpty }
        onlyOld = a.tables.filter { b.table($0.id) == nil }.map { .init(id: $0.id, title: $0.title, children: []) }
        onlyNew = b.tables.filter { a.table($0.id) == nil }.map { .init(id: $0.id, title: $0.title, children: []) }
    }

    /// Whether area, months, program, files, definitions and figures are all the same.
    public var isEmpty: Bool {
        old == new && inputs.isEmpty && definitions.isEmpty && tables.isEmpty && onlyOld.isEmpty && onlyNew.isEmpty
    }

    /// How many figures changed.
    public var count: Int { tables.reduce(0) { $0 + $1.changes.count } }

    // MARK: - Materials

    private static func words(_ input: StrategicAssessment.Input) -> String {
        let rejected = input.rejected > 0 ? ", \(Text.thousands(input.rejected)) not usable" : ""
        return "\(Text.count(input.rows, "row"))\(rejected), digest \(input.sha256.prefix(12))"
    }

    private static func words(_ definition: StrategicAssessment.DefinitionUsed) -> String {
        "version \(definition.version), digest \(definition.sha256.prefix(12))"
    }

    /// Names with what differs. Of several of one name, the first with the first.
    private static func materials(_ old: [(String, String)], _ new: [(String, String)]) -> [Material] {
        func numbered(_ pairs: [(String, String)]) -> [String: [String]] {
            pairs.reduce(into: [:]) { $0[$1.0, default: []].append($1.1) }
        }
        let (before, after) = (numbered(old), numbered(new))
        return Set(before.keys).union(after.keys).sorted().flatMap { name -> [Material] in
            let (a, b) = (before[name] ?? [], after[name] ?? [])
            return (0..<max(a.count, b.count)).compactMap { position in
                let (x, y) = (a[safe: position], b[safe: position])
                return x == y ? nil : Material(name: name, old: x, new: y)
            }
        }
    }
}
