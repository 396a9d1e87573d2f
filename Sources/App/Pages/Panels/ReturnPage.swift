internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// What a panel heard in a time, as counts for a return. It holds no names.
enum ReturnPage {
    static func page(_ visit: Visit) throws -> Response {
        let panel = try visit.openPanel()
        let query = visit.request.query
        let today = visit.now.ukDate
        let quarter = quarter(before: today)
        let sent = query["from-year"] == nil ? nil : query
        let from = DayControl("from", sent, initial: quarter.from.description)
        let to = DayControl("to", sent, initial: quarter.to.description)
        var errors: [FormError] = []
        if from.date == nil { errors.append(FormError("from", "Enter the first day, such as 1 4 2026")) }
        if to.date == nil { errors.append(FormError("to", "Enter the last day, such as 30 6 2026")) }
        if let first = from.date, let last = to.date, last < first {
            errors.append(FormError("to", "Enter a last day that is not before the first"))
        }
        let occasion = try visit.occasion()
        var total: PanelReturn?
        if errors.isEmpty, let first = from.date, let last = to.date {
            total = try visit.write {
                try visit.panels.returned(of: panel.definition.code, from: first, to: last, on: occasion, in: $0)
            }
            guard total != nil else { throw Refusal.notFound }
        }
        let address = "\(PanelPlace.panel(panel.definition.code))/return"
        if let total, query["format"] == "csv" { return file(total, panel, visit) }
        let rates: Html =
            panel.type.asksPair ? try RepeatRateChart.html(of: panel, visit) : ""
        let csv = "\(address)?\(query.setting("format", to: "csv").encoded)"
        return visit.page(
            Page(
                "What the panel heard", in: .panels,
                above: [(panel.definition.name, PanelPlace.panel(panel.definition.code))],
                errors: errors, isWide: true,
                """
                <form method="get" action="\(href: address)" aria-label="Which days">
                \(from.html("First day", hint: nil, errors.message("from")))
                \(to.html("Last day", hint: nil, errors.message("to")))
                \(Button(text: "Count"))
                </form>
                \(some: total, { total in
                    "\(html(total, visit))\(rates)<p class=\"govuk-body\">\(PanelPlace.link("Download as CSV", csv))</p>"
                })
                """))
    }

    /// The quarter of a financial year that is over last.
    static func quarter(before day: LocalDate) -> (from: LocalDate, to: LocalDate) {
        let (year, month, _) = day.civil
        let first = (month - 1) / 3 * 3 + 1
        let start = LocalDate(year: year, month: first, day: 1) ?? day
        let last = start.advanced(by: -1)
        let (lastYear, lastMonth, _) = last.civil
        return (LocalDate(year: lastYear, month: lastMonth - 2, day: 1) ?? last, last)
    }

    /// The lines in their order, each with its number.
    static func lines(_ total: PanelReturn, _ visit: Visit) -> [(String, Int)] {
        var lines: [(String, Int)] = [
            ("Meetings", total.meetings), ("Cases heard", total.cases), ("Repeats among them", total.repeats),
            ("From another area", total.transfersIn), ("Children in the households", total.children),
        ]
        for fact in EqualityFact.allCases { lines.append((fact.inWords, total.equalities[fact] ?? 0)) }
        for (agency, count) in total.byAgency.sorted(by: { $0.key < $1.key }) {
            lines.append(("Referred by \(visit.site.partnership.name(of: agency))", count))
        }
        lines.append(("Referrals turned down", total.declined))
        lines.append(("Referrals taken back", total.withdrawn))
        return lines
    }

    private static func html(_ total: PanelReturn, _ visit: Visit) -> Html {
        let rates = total.rates.map { rate in
            let share = rate.share.map { "\(percent($0)) per cent" } ?? "No case"
            return SummaryList.Row(
                key: .text("Repeat rate: \(share)"),
                value: .text("\(rate.repeats) of \(rate.cases) cases. \(rate.definition.inWords)."))
        }
        return """
            \(SortableTable(
                id: "return", caption: "\(total.from.inWords) to \(total.to.inWords)",
                columns: [.init("What"), .init("Number", isNumeric: true)],
                rows: lines(total, visit).map { [.text($0.0), .text(String($0.1))] }, address: { _, _ in "/panels" }))
            \(if: !rates.isEmpty, SummaryList(rows: rates).html)
            \(if: rates.count > 1, InsetText(text: "The definition of a repeat changed in this time. Rates under two definitions cannot be compared.").html)
            """
    }

    /// One decimal, halves away from zero.
    private static func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func file(_ total: PanelReturn, _ panel: KnownPanel, _ visit: Visit) -> Response {
        var text = "what,number\r\n"
        for (what, number) in lines(total, visit) { text += "\"\(what.replacing("\"", with: "\"\""))\",\(number)\r\n" }
        for rate in total.rates {
            text += "\"Cases under: \(rate.definition.inWords)\",\(rate.cases)\r\n"
            text += "\"Repeats under: \(rate.definition.inWords)\",\(rate.repeats)\r\n"
        }
        var response = Response(.ok, type: .csv, Array(text.utf8))
        let name = "\(panel.definition.code)-\(total.from)-\(total.to).csv"
        response.headers["Content-Disposition"] = ContentDisposition.attachment(name)
        return response
    }
}
