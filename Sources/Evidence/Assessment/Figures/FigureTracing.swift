internal import Kernel
internal import Records

/// Finds the records that a figure is made of, by the same choices of source, area and months as its table.
struct FigureTracing: Sendable {
    let context: AssessmentContext
    let records: RecordSet
    /// The sources that the tables of one subject use.
    struct Choice: Sendable {
        var byLevel: [PlacedRecords.Level: TracedSource] = [:]
        var timed: TracedSource?
    }

    /// The first subject, of which tables without a subject in their name are.
    private let first: String?
    private let choices: [String: Choice]

    init(_ context: AssessmentContext, _ records: RecordSet) throws(Fault) {
        self.context = context
        self.records = records
        let subjects = try AssessmentBuilder.presentSubjects(context)
        first = subjects.first
        var choices: [String: Choice] = [:]
        for subject in subjects {
            var made: [String: TracedSource] = [:]
            func traced(_ source: PlacedRecords) -> TracedSource {
                let own = made[source.table.source.id] ?? TracedSource(source, context)
                made[source.table.source.id] = own
                return own
            }
            var choice = Choice(timed: context.timedSource(of: subject).map(traced))
            for level in [PlacedRecords.Level.borough, .ward, .lsoa] {
                choice.byLevel[level] = context.source(of: subject, at: level).map(traced)
            }
            choices[subject] = choice
        }
        self.choices = choices
    }

    /// The records of a figure.
    func parts(of figure: LocatedFigure) throws(Fault) -> FigureParts {
        switch figure.table.kind {
        case "B1.level": try level(figure)
        case "B1.months": try months(figure)
        case "B1.offences": try offences(figure)
        case "B2.harm": try harm(figure)
        case "B3.wards", "B3.lsoas": try places(figure)
        case "B3.overlap": try overlap(figure)
        case "B3.hotspots": try hotspots(figure)
        case "B3.concentration": try concentration(figure)
        case "B5.weekday", "B5.band", "B5.weekdayBand": try week(figure)
        case "B5.month": try season(figure)
        default: try quality(figure)
        }
    }

    // MARK: - Finding

    /// A figure that the records cannot be traced to.
    func lost(_ figure: LocatedFigure, _ why: String) -> Fault {
        Fault(
            "The records of this figure were not found", at: figure.address.description, because: why,
            remedy: "Give the records, look-ups and definitions that the assessment was made from.")
    }

    private func choice(of figure: LocatedFigure) throws(Fault) -> Choice {
        let suffix = figure.table.id.dropFirst(figure.table.kind.count).drop { $0 == "." }
        guard let found = suffix.isEmpty ? firstChoice : choices[String(suffix)] else {
            throw lost(figure, "there are no records of \(suffix.isEmpty ? "the period" : suffix) in the period")
        }
        return found
    }

    private var firstChoice: Choice? { first.flatMap { choices[$0] } }

    /// The source that a table of the figure's subject uses.
    func source(of figure: LocatedFigure, at level: PlacedRecords.Level) throws(Fault) -> TracedSource {
        guard let source = try choice(of: figure).byLevel[level] else {
            throw lost(figure, "no source places its records that finely")
        }
        return source
    }

    /// The source of the first subject's small areas, which tables by offence group use.
    func smallAreas(of figure: LocatedFigure) throws(Fault) -> TracedSource {
        guard let source = firstChoice?.byLevel[.lsoa] else {
            throw lost(figure, "no source places its records that finely")
        }
        return source
    }

    /// The source that knows times, or else the one of the area's level.
    func timed(_ figure: LocatedFigure) throws(Fault) -> TracedSource {
        if let source = try choice(of: figure).timed { return source }
        return try source(of: figure, at: .borough)
    }

    /// The position of a category; nil for the row that adds up all.
    func category(of figure: LocatedFigure, in source: TracedSource) throws(Fault) -> Int32? {
        let name = figure.word("category")
        let isTotal = name == "Total" && figure.position == figure.table.rows.count - 1
        if isTotal { return nil }
        guard let position = source.table.categories.firstIndex(of: name) else {
            throw lost(figure, "\(source.table.source.title) has no category “\(name)”")
        }
        return Int32(position)
    }

    func month(of figure: LocatedFigure) throws(Fault) -> Month {
        guard let month = Month(figure.word("month")) else { throw lost(figure, "the row names no month") }
        return month
    }

    /// One month as a range.
    func range(_ month: Month) -> MonthRange { MonthRange(from: month, to: month) ?? context.period }

    // MARK: - What is said

    static let ofCounts = "These are the records of the counts that the figure is calculated from."
    static let ofRank =
        "These are the records of the row’s own count; its rank compares that with the other rows’ counts."

    /// The title of a range of months.
    func title(_ range: MonthRange) -> String {
        range == context.period ? "Period" : range == context.previous ? "Earlier period" : range.inWords
    }
}
