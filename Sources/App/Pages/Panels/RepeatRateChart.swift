internal import DesignSystem
internal import Governance
internal import Graphics
internal import HTML
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// The repeat rate of a panel by quarter: one chart for each definition of a repeat, named on it, for rates under two
/// definitions cannot be compared.
enum RepeatRateChart {
    /// How many quarters are drawn.
    private static let quarters = 8

    /// The charts of the quarters that are over; nothing where no case was heard.
    static func html(of panel: KnownPanel, _ visit: Visit) throws -> Html {
        var days: [(from: LocalDate, to: LocalDate)] = []
        var day = visit.now.ukDate
        for _ in 0..<quarters {
            let quarter = ReturnPage.quarter(before: day)
            days.insert(quarter, at: 0)
            day = quarter.from
        }
        let occasion = try visit.occasion()
        let returns = try visit.write { connection in
            try days.compactMap { quarter in
                try visit.panels.returned(
                    of: panel.definition.code, from: quarter.from, to: quarter.to, on: occasion, in: connection)
            }
        }
        let used = RepeatDefinition.allCases.filter { definition in
            returns.contains { $0.rates.contains { $0.definition == definition && $0.cases > 0 } }
        }
        return "\(each: used, { chart($0, returns) })"
    }

    private static func chart(_ definition: RepeatDefinition, _ returns: [PanelReturn]) -> Html {
        let title = "Repeat rate: \(definition.inWords)"
        let rates = returns.map { total in (total, total.rates.first { $0.definition == definition }) }
        func drawn(_ id: String, _ width: Double) -> [UInt8] {
            let figure = Figure(
                id: "\(id)-\(definition.rawValue)", title: title,
                description: "A column for each quarter. The table below has the same figures.", width: width)
            return ColumnChart(
                figure,
                columns: rates.map { total, rate in
                    BarChart.Bar(total.from.month.inShort, rate?.share.map { $0 * 100 })
                }, measure: "Per cent of cases heard in the quarter that begins with the month"
            ).svg()
        }
        // The drawings come from Graphics, which escapes all text.
        let drawing: Html = """
            <div class="concord-chart__wide">\(raw: drawn("repeats", 720))</div>\
            <div class="concord-chart__narrow">\(raw: drawn("repeats-n", 330))</div>
            """
        let table = Table(
            caption: title, captionClasses: "govuk-visually-hidden",
            head: [Table.Cell(text: "Quarter")]
                + ["Cases", "Repeats", "Per cent"].map { Table.Cell.numeric(.text($0)) },
            rows: rates.map { total, rate in
                [
                    Table.Cell(text: .text("\(total.from.inWords) to \(total.to.inWords)")),
                    Table.Cell.numeric(.text(String(rate?.cases ?? 0))),
                    Table.Cell.numeric(.text(String(rate?.repeats ?? 0))),
                    Table.Cell.numeric(.text(rate?.share.map { NumberText.trimmed($0 * 100, 1) } ?? "None")),
                ]
            }, firstCellIsHeader: true)
        return ChartWithTable(title: .text(title), headingLevel: 2, chart: drawing, table: table).html
    }
}
