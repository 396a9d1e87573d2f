/// A part of the report: the tables and sentences whose identifiers share a prefix.
struct ReportSection {
    let prefix: String
    let title: String
    let lead: String
    var tables: [AssessmentTable] = []
    var statements: [StrategicAssessment.Statement] = []

    /// Identifier in the page.
    var anchor: String { "section-" + prefix }

    /// The parts known, in the order of the report; `prefix` is the system that makes them.
    private static let known: [ReportSection] = [
        ReportSection(
            prefix: "B1", title: "Level and change",
            lead: "How much was recorded, how that compares with the earlier period, and with other areas."),
        ReportSection(
            prefix: "B2", title: "Harm",
            lead: "Counts treat every offence alike; harm weighs each by its seriousness, in days of imprisonment."),
        ReportSection(
            prefix: "B3", title: "Places",
            lead: "Where it was recorded, and which places stand out beyond what chance would give."),
        ReportSection(prefix: "B4", title: "Priority localities", lead: "Neighbourhoods by several needs at once."),
        ReportSection(prefix: "B5", title: "Time", lead: "On which days, at which hours and in which months."),
        ReportSection(prefix: "B6", title: "People", lead: "Who was affected, against the resident population."),
        ReportSection(prefix: "B7", title: "Concentration", lead: "How few people and places carry how much."),
        ReportSection(prefix: "B8", title: "Drivers", lead: "What lies behind high counts and high harm."),
        ReportSection(prefix: "B9", title: "Scoring matrix", lead: "Issues scored and ranked."),
        ReportSection(prefix: "B10", title: "Disproportionality", lead: "Rates by group at each stage."),
        ReportSection(prefix: "B11", title: "Problem profile", lead: "One topic in depth."),
    ]

    private static let quality = ReportSection(
        prefix: "A2", title: "Quality and completeness",
        lead: "What is missing, repeated or doubtful in the records, which limits what the figures can show.")

    /// The parts that have something to show: known ones in order, others as they come, quality last.
    static func all(of assessment: StrategicAssessment) -> [ReportSection] {
        var sections = known
        var last = quality
        func place(_ id: String, _ add: (inout ReportSection) -> Void) {
            let prefix = String(id.prefix { $0 != "." && $0 != "/" })
            if prefix.hasPrefix("A") || prefix.hasPrefix("Q") { return add(&last) }
            if !sections.contains(where: { $0.prefix == prefix }) {
                sections.append(ReportSection(prefix: prefix, title: "Other figures (\(prefix))", lead: ""))
            }
            if let index = sections.firstIndex(where: { $0.prefix == prefix }) { add(&sections[index]) }
        }
        for table in assessment.tables { place(table.id) { $0.tables.append(table) } }
        for statement in assessment.statements { place(statement.id) { $0.statements.append(statement) } }
        return (sections + [last]).filter { !$0.tables.isEmpty || !$0.statements.isEmpty }
    }
}
