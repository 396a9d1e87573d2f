internal import Files
public import HTML
internal import Kernel

extension FigureDefinition {
    /// The definition as a fragment of a page, without a heading: `title` is for that.
    /// - Parameter links: where the assessment's pages are.
    public func html(_ links: AssessmentLinks) -> Html {
        """
        <p class="govuk-body-l">\(title): <strong>\(value)</strong></p>
        \(summary(links))
        \(if: !notes.isEmpty, """
            <h2 class="govuk-heading-m" id="notes">What to know</h2>
            <ul class="govuk-list govuk-list--bullet">\(each: notes, { "<li>\($0)</li>\n" })</ul>
            """)
        \(if: !statements.isEmpty, """
            <h2 class="govuk-heading-m" id="statements">Sentences that rest on it</h2>
            <ul class="govuk-list govuk-list--bullet">\(each: statements, { "<li>\($0.text)</li>\n" })</ul>
            """)
        \(if: !rowFigures.isEmpty, companions(links))
        <h2 class="govuk-heading-m" id="definitions">Definitions used</h2>
        \(AssessmentSections.definitions(definitions, labelledBy: "definitions", link: links.definition))
        <h2 class="govuk-heading-m" id="inputs">Files read</h2>
        \(AssessmentSections.inputs(inputs, labelledBy: "inputs"))
        """
    }

    private func summary(_ links: AssessmentLinks) -> Html {
        var rows: [(String, Html)] = [("What it is", "\(meaning.counts)")]
        if !meaning.formula.isEmpty { rows.append(("How it is made", "\(meaning.formula)")) }
        if !meaning.unit.isEmpty { rows.append(("Unit", "\(meaning.unit)")) }
        if !meaning.method.isEmpty { rows.append(("Method", "\(meaning.method)")) }
        if let unrounded { rows.append(("Unrounded", "\(unrounded)")) }
        if let recordsCounted { rows.append(("Incidents counted", "\(Text.thousands(recordsCounted))")) }
        rows.append(("Area", "\(area.name)"))
        rows.append(("Period", "\(period.inWords), compared with \(previous.inWords)"))
        let table: Html = "<a class=\"govuk-link\" href=\"\(href: links.table(address.table))\">\(self.table)</a>"
        rows.append(("Table", table))
        rows.append(("Address", "\(address.description)"))
        return """
            <dl class="govuk-summary-list">
            \(each: rows, { row in
                """
                <div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">\(row.0)</dt>
                <dd class="govuk-summary-list__value">\(row.1)</dd></div>

                """
            })</dl>
            """
    }

    private var unrounded: String? {
        guard case .number(let number) = cell, number.isFinite else { return nil }
        return shortest(number)
    }

    private func companions(_ links: AssessmentLinks) -> Html {
        """
        <h2 class="govuk-heading-m" id="row">The other figures of this row</h2>
        <dl class="govuk-summary-list govuk-summary-list--no-border">
        \(each: rowFigures, { other in
            """
            <div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">\(other.title)</dt>
            <dd class="govuk-summary-list__value">\(some: links.figure, { link in
                "<a class=\"govuk-link\" href=\"\(href: link(other.address))\">\(other.value)</a>"
            })\(if: links.figure == nil, "\(other.value)")</dd></div>

            """
        })</dl>
        """
    }
}

extension FigureRows {
    /// A page of the records as a fragment of a page, without a heading.
    /// - Parameter labels: titles of categories, from the assessment.
    public func html(offset: Int = 0, limit: Int, labels: [String: String]) -> Html {
        guard count > 0 else { return "\(said)<p class=\"govuk-body none\">There are no records to show.</p>\n" }
        let page = page(offset: offset, limit: limit)
        let shown =
            page.rows.isEmpty ? "none" : "\(Text.thousands(offset + 1)) to \(Text.thousands(offset + page.rows.count))"
        return """
            \(said)
            <p class="govuk-body">\(Text.count(count, "record")), adding up to \(CellText.number(sum, .decimal(whole))).\
            \(if: page.rows.count < count, " Records \(shown) are shown.")</p>
            \(RecordTableHtml(table: page, labels: labels).html())
            """
    }

    private var whole: Int { sum == sum.rounded() ? 0 : 2 }

    private var said: Html {
        var notes = notes
        if agrees == false, let figure {
            notes.append(
                "These records add up to \(shortest(sum)) and the figure is \(shortest(figure)): the files or definitions "
                    + "are not those that the assessment was made from.")
        }
        guard !notes.isEmpty else { return "" }
        return "<ul class=\"govuk-list govuk-list--bullet\">\(each: notes, { "<li>\($0)</li>\n" })</ul>\n"
    }
}

/// Records as a table.
private struct RecordTableHtml {
    let table: AssessmentTable
    let labels: [String: String]

    func html() -> Html {
        """
        <div class="concord-scroll" role="region" aria-labelledby="records" tabindex="0">
        <table class="govuk-table govuk-table--small-text-until-tablet">
        <caption class="govuk-table__caption govuk-visually-hidden" id="records">\(table.title)</caption>
        <thead class="govuk-table__head"><tr class="govuk-table__row">\(each: table.columns, { column in
            """
            <th scope="col" class="govuk-table__header\(if: isNumeric(column), " govuk-table__header--numeric")">\
            \(column.title)</th>
            """
        })</tr></thead>
        <tbody class="govuk-table__body">
        \(each: table.rows, row)</tbody>
        </table>
        </div>
        """
    }

    private func isNumeric(_ column: AssessmentTable.Column) -> Bool {
        column.id == "line" || CellText.isNumeric(column.format)
    }

    /// A cell for readers: a file without its folders, months and times in words.
    private func shown(_ cell: AssessmentTable.Cell, _ column: AssessmentTable.Column) -> AssessmentTable.Cell {
        guard case .text(let text) = cell else { return cell }
        switch column.id {
        case "file": return .text(FileSystem.name(of: text))
        case "month": return .text(Month(text)?.inWords ?? text)
        case "from", "to": return .text(RecordLayout.timeInWords(text) ?? text)
        default: return cell
        }
    }

    private func row(_ row: [AssessmentTable.Cell]) -> Html {
        let cells = zip(row, table.columns).map { cell, column -> Html in
            let words = PageTable.words(shown(cell, column), column, labels)
            return """
                <td class="govuk-table__cell\(if: isNumeric(column), " govuk-table__cell--numeric")">\(words)</td>
                """
        }
        return "<tr class=\"govuk-table__row\">\(Html.joined(cells))</tr>\n"
    }
}
