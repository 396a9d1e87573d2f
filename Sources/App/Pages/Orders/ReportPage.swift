internal import DesignSystem
internal import Enforcement
internal import Governance
internal import Graphics
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// How many orders of each type were made in a period, in the lines and the order in which community safety plans print
/// them. Counts only; for publication small counts are kept back.
enum ReportPage {
    static func page(_ visit: Visit) throws -> Response {
        try visit.require(.count, "order")
        let query = visit.request.query
        let period = OrderPeriod(query, today: visit.now.ukDate)
        let isPublic = query["for"] == "publication"
        let occasion = try visit.occasion()
        // Beside a whole year with small counts kept back, its quarters would give them away.
        let today = visit.now.ukDate
        let parts = period.quarter == nil && !isPublic ? period.quarters.filter { $0.first <= today } : []
        let mayProfile = visit.may(.count, "order", .p2)
        var profile: OrderProfile?
        let (report, quarters): (OrderReport, [OrderReport]) = try visit.write { connection in
            if mayProfile {
                profile = try visit.orders.profile(from: period.first, to: period.last, on: occasion, in: connection)
            }
            func report(_ period: OrderPeriod) throws -> OrderReport {
                try visit.orders.report(
                    from: period.first, to: min(period.last, max(today, period.first)), isPublic: isPublic,
                    on: occasion, in: connection)
            }
            return (try report(period), try parts.map(report))
        }
        let types = visit.orders.law.types
        let filled = report.lines.filter(isFilled)
        let none = report.lines.filter { !isFilled($0) }.map(\.name).joined(separator: ", ")
        return visit.page(
            Page(
                "Orders by type and period", in: .cases, above: OrderAddress.register, isWide: true,
                """
                \(panel(period, isPublic, today: visit.now.ukDate))
                <p class="govuk-body">Counted are the orders that your roles may count: those of your agency, or of the \
                whole partnership.</p>
                <h2 class="govuk-heading-m">\(period.name): \(report.first.inWords) to \(report.last.inWords)\(if: period.last > today, ", so far")</h2>
                \(printed(report, types))
                \(if: isPublic, InsetText(text: "“c” stands for a count that is kept back because it is small, or because a small one could be worked out from it.").html)
                \(if: !filled.isEmpty, chart(filled, period))
                \(table(report, filled))
                \(if: !quarters.isEmpty, byQuarter(report, quarters))
                \(if: !none.isEmpty, "<p class=\"govuk-body\">None in this period: \(none).</p>")
                <p class="govuk-body">Decisions to name someone in public: \(report.named.inWords).</p>
                \(some: profile, { ProfileView.html($0, in: period.name) })
                """))
    }

    private static func isFilled(_ line: OrderReport.Line) -> Bool {
        let figures: [OrderFigure?] = [line.made, line.live, line.held]
        return figures.contains { $0.map { $0 != .shown(0) } ?? false }
    }

    private static func panel(_ period: OrderPeriod, _ isPublic: Bool, today: LocalDate) -> Html {
        let current = OrderPeriod.year(of: today)
        let years = (0..<6).map { back -> Select.Item in
            .init(value: String(current - back), text: OrderPeriod(year: current - back).name)
        }
        let quarters = (1...4).map { Select.Item(value: String($0), text: "Quarter \($0): \(OrderPeriod.months($0))") }
        let controls: Html = """
            \(Select(name: "year", label: "Financial year", items: years, value: String(period.year)))
            \(Select(
                name: "quarter", label: "Quarter", items: [.init(value: "", text: "The whole year")] + quarters,
                value: period.quarter.map(String.init) ?? ""))
            \(Checkboxes(
                name: "for",
                items: [.item(.init(value: "publication", text: "For publication: keep small counts back", isChecked: isPublic))],
                fieldset: nil, classes: "govuk-checkboxes--small"))
            """
        return FilterPanel(
            title: "Choose the period", action: "/orders/report", clearHref: "/orders/report", controls: controls,
            applyText: "Show the report"
        ).html
    }

    // MARK: - As a plan prints it

    /// "Obtained 25 criminal behaviour orders": one line for each that there was.
    private static func printed(_ report: OrderReport, _ types: OrderTypes) -> Html {
        let lines = report.lines.filter { $0.made != .shown(0) }
        guard !lines.isEmpty else { return "<p class=\"govuk-body\">No order was made in this period.</p>" }
        let verbs = Dictionary(
            types.lines.map { line in (line.name, verb(line.types.sorted().compactMap { types[$0] })) }
        ) { first, _ in first }
        return """
            <h3 class="govuk-heading-s">As a plan prints it</h3>
            <ul class="govuk-list govuk-list--bullet" id="printed">
            \(each: lines, { line in
                "<li>\(sentence(line, verbs[line.name] ?? "Made"))</li>"
            })
            </ul>
            """
    }

    private static func sentence(_ line: OrderReport.Line, _ verb: String) -> String {
        if line.made == .shown(1) { return "\(line.name): \(verb.lowercased()) 1" }
        return "\(verb) \(line.made.inWords) \(line.name.prefix(1).lowercased() + line.name.dropFirst())"
    }

    private static func verb(_ types: [OrderType]) -> String {
        guard let type = types.first else { return "Made" }
        if type.course == .court && type.breach == .none { return "Carried out" }
        switch type.course {
        case .court: return "Obtained"
        case .notice: return "Served"
        case .decision: return "Made"
        case .agreement: return "Signed"
        }
    }

    // MARK: - Chart and tables

    private static func chart(_ lines: [OrderReport.Line], _ period: OrderPeriod) -> Html {
        let bars = lines.map { BarChart.Bar($0.name, $0.made.count.map(Double.init)) }
        let title = "Made or served in \(period.name)"
        func drawn(_ id: String, _ width: Double) -> [UInt8] {
            let figure = Figure(
                id: id, title: title,
                description: "A bar for each line of the report. The table below has the same figures.",
                width: width)
            return BarChart(figure, bars: bars, measure: "Made or served").svg()
        }
        // The drawings come from Graphics, which escapes all text.
        let drawing: Html = """
            <div class="concord-chart__wide">\(raw: drawn("orders-chart", 720))</div>\
            <div class="concord-chart__narrow">\(raw: drawn("orders-chart-n", 330))</div>
            """
        let rows = lines.map { [Table.Cell(text: .text($0.name)), Table.Cell.numeric(.text($0.made.inWords))] }
        let table = Table(
            caption: title, captionClasses: "govuk-visually-hidden",
            head: [Table.Cell(text: "Type"), Table.Cell.numeric("Made or served")], rows: rows, firstCellIsHeader: true)
        return ChartWithTable(title: .text(title), headingLevel: 3, chart: drawing, table: table).html
    }

    private static func table(_ report: OrderReport, _ lines: [OrderReport.Line]) -> Html {
        let titles = [
            "Made or served", "Hold at the end", "Held in the period", "Of these breached", "Share breached",
            "Days from issue, median", "Appeals allowed", "Appeals dismissed",
        ]
        var rows = lines.map { line -> [Content] in
            let appeals = [OrderAppeal.Outcome.allowed, .dismissed].map { line.appeals[$0]?.inWords ?? "0" }
            let first: [String] = [line.name, line.made.inWords]
            let held: [String] = [line.live, line.held, line.breached].map { $0?.inWords ?? "–" }
            let rate = line.breachRate.map { "\(Int(($0 * 100).rounded()))%" } ?? "–"
            let days = line.medianDays.map { NumberText.trimmed($0, 1) } ?? "–"
            let cells: [String] = first + held + [rate, days] + appeals
            return cells.map { Content.text($0) }
        }
        let all: [String] = ["All", report.made.inWords, report.live.inWords] + Array(repeating: "", count: 6)
        rows.append(all.map { Content.text($0) })
        return SortableTable(
            id: "report", caption: "By type",
            columns: [.init("Type")] + titles.map { .init(.text($0), isNumeric: true) }, rows: rows,
            address: { _, _ in "/orders/report" }
        ).html
    }

    private static func byQuarter(_ report: OrderReport, _ quarters: [OrderReport]) -> Html {
        let rows = report.lines.enumerated().filter { isFilled($0.element) }.map { index, line -> [Content] in
            let counts: [String] = quarters.map { $0.lines[safe: index]?.made.inWords ?? "" }
            let cells: [String] = [line.name] + counts + [line.made.inWords]
            return cells.map { Content.text($0) }
        }
        let titles = quarters.indices.map { "Quarter \($0 + 1)" } + ["Year"]
        return SortableTable(
            id: "quarters", caption: "Made or served, by quarter",
            columns: [.init("Type")] + titles.map { .init(.text($0), isNumeric: true) },
            rows: rows, address: { _, _ in "/orders/report" }
        ).html
    }
}
