internal import Kernel
internal import Records

/// Finds the records that a figure is made of, by the same choices of source, area and months as its table.
struct FigureTracing: Sendable {
    let context: AssessmentContext
    let records: RecordSet
    /// The subjects with records in the period; tables without a subject in their name are of the first.
    let subjects: [String]

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

    /// The subject of a table.
    func subject(of figure: LocatedFigure) throws(Fault) -> String {
        let suffix = figure.table.id.dropFirst(figure.table.kind.count).drop { $0 == "." }
        if !suffix.isEmpty { return String(suffix) }
        guard let first = subjects.first else { throw lost(figure, "there are no records of the period") }
        return first
    }

    /// The source that a table of the figure's subject uses.
    func source(of figure: LocatedFigure, at level: PlacedRecords.Level) throws(Fault) -> PlacedRecords {
        let subject = try subject(of: figure)
        guard let source = context.source(of: subject, at: level) else {
            throw lost(figure, "no source of \(subject) places its records that finely")
        }
        return source
    }

    /// The position of a category; nil for the row that adds up all.
    func category(of figure: LocatedFigure, in source: PlacedRecords) throws(Fault) -> Int32? {
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
