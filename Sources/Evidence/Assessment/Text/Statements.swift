internal import Kernel
internal import Records

/// Sentences made from the tables, which never say more than the figures.
struct Statements {
    let context: AssessmentContext
    let tables: [AssessmentTable]
    private(set) var statements: [StrategicAssessment.Statement] = []

    init(_ context: AssessmentContext, _ tables: [AssessmentTable]) {
        self.context = context
        self.tables = tables
        level()
        harm()
        places()
        time()
        concentration()
    }

    private func table(_ id: String) -> AssessmentTable? { tables.first { $0.id == id } }

    private func label(_ category: String) -> String { context.groups.title(of: category) }

    private mutating func say(_ id: String, _ text: String, _ figures: String...) {
        statements.append(.init(id: id, text: text, figures: figures))
    }

    // MARK: - Level

    private mutating func level() {
        guard let table = table("B1.level") else { return }
        for row in table.rows where row[0].asText == "Total" { total(LevelRow(table, row)) }
        let rows = table.rows.map { LevelRow(table, $0) }.filter { $0.name != "Total" }
        let sure = rows.filter {
            ($0.changeP ?? 1) < 0.01 && ($0.changePercent ?? 0) != 0 && $0.count + ($0.previous ?? 0) >= 50
        }
        .sorted { abs($0.change ?? 0) > abs($1.change ?? 0) }
        for row in sure.prefix(6) { change(row) }
        for row in rows.filter({ ($0.rank ?? 99) <= 3 && ($0.of ?? 0) >= 8 && $0.count >= 20 }) { rank(row) }
        let small = rows.filter { $0.count < 20 && $0.count > 0 }.map { label($0.name) }
        if !small.isEmpty {
            say(
                "B1.level/small",
                "Numbers are small (fewer than 20) for \(Text.list(small)): their changes and rates can be chance.",
                "B1.level")
        }
    }

    private mutating func total(_ row: LevelRow) {

        var text = "\(context.areaName) had \(Text.count(row.count, "incident")) in \(context.period.inWords)"
        if let percent = row.changePercent, let previous = row.previous {
            text +=
                abs(percent) < 0.05
                ? ", the same as" : ", \(percent > 0 ? "up" : "down") \(Text.percent(percent)) % from"
            text += " \(Text.thousands(previous)) in \(context.previous.inWords)"
            if (row.changeP ?? 0) > 0.05 { text += ", a difference that chance alone could make" }
        } else if let like = row.likeForLikePercent {
            text +=
                ". In the months that both periods cover the number is \(like > 0 ? "up" : "down") \(Text.percent(like)) %"
        }
        say("B1.level/total", text + ".", "B1.level/Total/count", "B1.level/Total/changePercent")
        if let rate = row.rate, let rank = row.rank, let of = row.of, let region = row.region {
            say(
                "B1.level/rank",
                "That is \(Text.decimals(rate, 1)) per 1,000 residents, the \(Text.place(rank, of: of)) of \(of) areas; all of "
                    + "them together have \(Text.decimals(region, 1)).", "B1.level/Total/ratePer1000",
                "B1.level/Total/rank")
        }
    }

    private mutating func change(_ row: LevelRow) {
        guard let percent = row.changePercent, let previous = row.previous else { return }
        say(
            "B1.level/change/\(row.name)",
            "\(label(row.name)) is \(percent > 0 ? "up" : "down") \(Text.percent(percent)) %, from \(Text.thousands(previous)) to "
                + "\(Text.thousands(row.count)).", "B1.level/\(row.name)/changePercent", "B1.level/\(row.name)/count")
    }

    private mutating func rank(_ row: LevelRow) {
        guard let rank = row.rank, let of = row.of, let rate = row.rate else { return }
        say(
            "B1.level/rank/\(row.name)",
            "\(label(row.name)): the \(Text.place(rank, of: of)) rate of \(of) areas, \(Text.decimals(rate, 1)) per 1,000 residents.",
            "B1.level/\(row.name)/rank")
    }

    // MARK: - Harm

    private mutating func harm() {
        guard let table = table("B2.harm"), let total = table.rows.last, let harm = number(table, total, "harm") else {
            return
        }
        let rows = table.rows.dropLast().filter { (number(table, $0, "harm") ?? 0) > 0 }
            .sorted { (number(table, $0, "harm") ?? 0) > (number(table, $1, "harm") ?? 0) }
        if let first = rows.first, let name = first[0].asText, harm > 0 {
            let share = (number(table, first, "harm") ?? 0) / harm * 100
            say(
                "B2.harm/most",
                "\(label(name)) carries the most harm: \(Text.percent(share)) % of \(Text.decimals(harm, 0)) days.",
                "B2.harm/\(name)/harm", "B2.harm/Total/harm")
        }
        for row in rows {
            guard let name = row[0].asText, let before = number(table, row, "countPrevious"),
                let now = number(table, row, "count"), let change = number(table, row, "differencePercent"),
                let counted = percentChange(from: before, to: now), before + now >= 50,
                counted * change < 0, abs(counted) >= 5 || abs(change) >= 5
            else { continue }
            say(
                "B2.harm/disagrees/\(name)",
                "Count and harm of \(label(name)) disagree: the count is \(counted > 0 ? "up" : "down") \(Text.percent(counted)) %, "
                    + "the harm \(change > 0 ? "up" : "down") \(Text.percent(change)) %.",
                "B2.harm/\(name)/differencePercent",
                "B2.harm/\(name)/count")
        }
    }

    // MARK: - Places

    private mutating func places() {
        if let table = table("B3.wards"), let first = table.rows.first, let count = number(table, first, "count"),
            count > 0
        {
            let name = first[1].asText ?? ""
            var text = "\(name) is the ward with the most incidents (\(Text.decimals(count, 0)))"
            let earlier = table.columns.indices.filter { table.columns[$0].id.hasPrefix("rank ") }
            if !earlier.isEmpty, earlier.allSatisfy({ first[$0].asNumber == 1 }) {
                text +=
                    ", as in \(earlier.count == 1 ? "the year before" : "each of the \(earlier.count) years before")"
            }
            say("B3.wards/first", text + ".", "B3.wards/\(first[0].asText ?? "")/count")
        }
        let quiet = tables.filter { $0.id.hasPrefix("B3.hotspots") }.compactMap { hotspots($0) }
        if !quiet.isEmpty {
            say(
                "B3.hotspots/none",
                "No area stands out beyond what chance would give for: \(quiet.joined(separator: "; ")).", "B3.hotspots"
            )
        }
        if let table = table("B3.overlap"), !table.rows.isEmpty {
            say(
                "B3.overlap/number",
                "\(Text.count(table.rows.count, "area is", "areas are")) in the top \(context.top) of two or more offence groups.",
                "B3.overlap")
        }
    }

    /// Says which areas are hotspots; gives the topic back when none is.
    private mutating func hotspots(_ table: AssessmentTable) -> String? {
        guard let column = table.column("hotspot"), !table.rows.isEmpty else { return nil }
        let hot = table.rows.filter { $0[column] == .flag(true) }
        let topic = Text.capitalised(table.title.replacing("Hotspots: ", with: ""))
        guard !hot.isEmpty else { return topic }
        let names = hot.prefix(5).compactMap { $0[1].asText }
        let shown = hot.count > 5 ? "among them \(Text.list(names))" : Text.list(names)
        statements.append(
            .init(
                id: "\(table.id)/number",
                text: "\(topic): \(Text.count(hot.count, "significant hotspot")), \(shown).",
                figures: hot.prefix(5).compactMap { $0[0].asText }.map { "\(table.id)/\($0)/qExact" }))
        return nil
    }

    private mutating func concentration() {
        guard let table = table("B3.concentration") else { return }
        for row in table.rows {
            guard let measure = row[0].asText, row[1].asNumber == 50, let places = number(table, row, "places"),
                let of = number(table, row, "of"), let share = number(table, row, "sharePlaces")
            else { continue }
            say(
                "B3.concentration/\(measure)",
                "Half of the \(measure == "count" ? "incidents are" : "harm is") in \(Text.decimals(places, 0)) of "
                    + "\(Text.decimals(of, 0)) small areas (\(Text.percent(share)) %).",
                "B3.concentration/\(measure) 50/places")
        }
    }

    // MARK: - Time

    private mutating func time() {
        peak("B5.weekday", "day") { "\($0) is the busiest day" }
        peak("B5.band", "time") { "The busiest three hours are \($0)" }
    }

    private mutating func peak(_ id: String, _ kind: String, _ sentence: (String) -> String) {
        guard let table = table(id), let top = table.rows.max(by: { ($0[1].asNumber ?? 0) < ($1[1].asNumber ?? 0) }),
            let name = top[0].asText, let share = top[2].asNumber, let count = top[1].asNumber, count >= 20
        else { return }
        let even = 100 / Double(table.rows.count)
        say(
            "\(id)/peak",
            "\(sentence(name)) with \(Text.percent(share)) % of incidents (an even spread would be \(Text.percent(even)) %).",
            "\(id)/\(name)/share")
    }

    private func number(_ table: AssessmentTable, _ row: [AssessmentTable.Cell], _ column: String) -> Double? {
        table.column(column).flatMap { row[$0].asNumber }
    }
}

/// A row of the level table by the names of its columns.
private struct LevelRow {
    let name: String
    let count: Int
    let previous: Int?
    let change: Double?
    let changePercent: Double?
    let rate: Double?
    let rank: Int?
    let of: Int?
    let region: Double?
    let changeP: Double?
    let likeForLikePercent: Double?

    init(_ table: AssessmentTable, _ row: [AssessmentTable.Cell]) {
        func number(_ id: String) -> Double? { table.column(id).flatMap { row[$0].asNumber } }
        name = row[0].asText ?? ""
        count = Int(number("count") ?? 0)
        previous = number("previous").map { Int($0) }
        change = number("change")
        changePercent = number("changePercent")
        rate = number("ratePer1000")
        rank = number("rank").map { Int($0) }
        of = number("of").map { Int($0) }
        region = number("regionRatePer1000")
        changeP = number("changeP")
        likeForLikePercent = number("likeForLikeChangePercent")
    }
}
