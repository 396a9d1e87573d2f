internal import Kernel

/// A figure that is shown large before all others: one of the rows that add up all categories.
struct Headline {
    let name: String
    /// The figure as people read it.
    let figure: String
    /// What it is compared with; empty where there is nothing.
    let note: String
    /// Where it stands.
    let address: FigureAddress

    /// The headlines of an assessment; none where its tables have no such row.
    static func all(of assessment: StrategicAssessment) -> [Headline] { level(assessment) + harm(assessment) }

    private static func level(_ assessment: StrategicAssessment) -> [Headline] {
        guard let table = assessment.table("B1.level") else { return [] }
        let reading = TableReading(table: table, labels: assessment.labels)
        guard let total = reading.total else { return [] }
        var tiles: [Headline] = []
        func add(_ name: String, _ figure: String, _ note: String, _ column: String) {
            tiles.append(
                Headline(
                    name: name, figure: figure, note: note,
                    address: FigureAddress(table: table.id, row: reading.key(total, "category"), column: column)))
        }
        if let count = words(reading, total, "count") {
            let change = words(reading, total, "changePercent").map { "\($0) on \(assessment.previous.inWords)" }
            add("Recorded in \(assessment.period.inWords)", count, change ?? "", "count")
        }
        if let rate = words(reading, total, "ratePer1000") {
            let region = words(reading, total, "regionRatePer1000").map { "Region: \($0)" }
            add("Per 1,000 residents", rate, region ?? "", "ratePer1000")
        }
        if let rank = words(reading, total, "rank"), let of = words(reading, total, "of") {
            add("Rank by rate", rank, "of \(of) areas, 1 the highest", "rank")
        }
        return tiles
    }

    private static func harm(_ assessment: StrategicAssessment) -> [Headline] {
        guard let table = assessment.table("B2.harm") else { return [] }
        let reading = TableReading(table: table, labels: assessment.labels)
        guard let total = reading.total, let harm = reading.number(total, "harm") else { return [] }
        let change = words(reading, total, "differencePercent").map { "\($0) on \(assessment.previous.inWords)" }
        return [
            Headline(
                name: "Days of harm", figure: CellText.number(harm.rounded(), .count), note: change ?? "",
                address: FigureAddress(table: table.id, row: reading.key(total, "category"), column: "harm"))
        ]
    }

    private static func words(_ reading: TableReading, _ row: [AssessmentTable.Cell], _ column: String) -> String? {
        guard let number = reading.number(row, column) else { return nil }
        return reading.writer(column)(number)
    }
}
