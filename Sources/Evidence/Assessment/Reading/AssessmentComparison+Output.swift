public import HTML
internal import Kernel

extension AssessmentComparison {
    /// How many changes of a table the page shows; the CSV file has all.
    static let shownChanges = 25

    /// Every change as CSV: address, table, row, column, the two values unrounded and their difference, then files,
    /// definitions and tables that only one has.
    public func csv() -> [UInt8] {
        var rows: [[AssessmentTable.Cell]] = []
        func add(_ kind: String, _ address: String, _ words: [String], _ values: [AssessmentTable.Cell?]) {
            rows.append([.text(kind), .text(address)] + words.map { .text($0) } + values.map { $0 ?? .missing })
        }
        for material in inputs {
            add("file", material.name, ["", "", ""], texts(material))
        }
        for material in definitions {
            add("definition", material.name, ["", "", ""], texts(material))
        }
        for table in onlyOld {
            add("table", table.id, [table.title, "", ""], [.text("there"), .text("not there"), nil])
        }
        for table in onlyNew {
            add("table", table.id, [table.title, "", ""], [.text("not there"), .text("there"), nil])
        }
        for change in tables.flatMap(\.changes) {
            add(
                "figure", change.address.description, [change.table, change.row, change.column],
                [change.old, change.new, change.difference.map { .number($0) }])
        }
        return AssessmentCSV.encode(
            AssessmentTable(
                id: "comparison", title: "",
                columns: ["kind", "address", "table", "row", "column", "old", "new", "difference"].map {
                    .init($0, $0)
                },
                rows: rows))
    }

    private func texts(_ material: Material) -> [AssessmentTable.Cell?] {
        [material.old.map { .text($0) }, material.new.map { .text($0) }, nil]
    }

    /// The comparison as a fragment of a page, its headings from the second level down.
    /// - Parameters:
    ///   - oldTitle: what the earlier version is called.
    ///   - newTitle: what the later version is called.
    ///   - figure: where a figure of the later version is defined; nil where there are no links.
    public func html(oldTitle: String, newTitle: String, figure: ((FigureAddress) -> String)? = nil) -> Html {
        guard !isEmpty else {
            return """
                <p class="govuk-body">The two are the same: area, months, program, files, definitions and every figure.</p>

                """
        }
        let page = ComparisonPage(comparison: self, oldTitle: oldTitle, newTitle: newTitle, figure: figure)
        return page.html()
    }
}

/// The comparison as HTML.
private struct ComparisonPage {
    let comparison: AssessmentComparison
    let oldTitle: String
    let newTitle: String
    let figure: ((FigureAddress) -> String)?

    func html() -> Html {
        """
        <h2 class="govuk-heading-m" id="made-from">What they were made from</h2>
        \(materials())
        <h2 class="govuk-heading-m" id="changed">Figures that changed</h2>
        <p class="govuk-body">\(summary)</p>
        \(each: comparison.tables, table)
        \(only("only-old", "Tables only in \(oldTitle)", comparison.onlyOld))\
        \(only("only-new", "Tables only in \(newTitle)", comparison.onlyNew))
        """
    }

    private var summary: String {
        guard comparison.count > 0 else { return "No figure that both have has changed." }
        let tables = Text.count(comparison.tables.count, "table")
        return "\(Text.count(comparison.count, "figure differs", "figures differ")) in \(tables)."
    }

    // MARK: - Made from

    private func materials() -> Html {
        let (old, new) = (comparison.old, comparison.new)
        var rows: [(String, String?, String?)] = []
        func add(_ name: String, _ a: String, _ b: String) { if a != b { rows.append((name, a, b)) } }
        add("Area", old.area.name, new.area.name)
        add("Period", old.period.inWords, new.period.inWords)
        add("Compared with", old.previous.inWords, new.previous.inWords)
        add("Program", old.program, new.program)
        rows += (comparison.definitions + comparison.inputs).map { ($0.name, $0.old, $0.new) }
        guard !rows.isEmpty else {
            return """
                <p class="govuk-body">Both were made of the same area and months, from the same files and definitions, \
                by the same program.</p>
                """
        }
        return """
            <div class="concord-scroll" role="region" aria-labelledby="made-from" tabindex="0">
            <table class="govuk-table govuk-table--small-text-until-tablet">
            <caption class="govuk-table__caption govuk-visually-hidden">What differs in what they were made from</caption>
            <thead class="govuk-table__head"><tr class="govuk-table__row">
            <th scope="col" class="govuk-table__header">What</th>
            <th scope="col" class="govuk-table__header">\(oldTitle)</th>
            <th scope="col" class="govuk-table__header">\(newTitle)</th></tr></thead>
            <tbody class="govuk-table__body">
            \(each: rows, { row in
                """
                <tr class="govuk-table__row"><th scope="row" class="govuk-table__header">\(row.0)</th>
                <td class="govuk-table__cell">\(row.1 ?? "not used")</td>
                <td class="govuk-table__cell">\(row.2 ?? "not used")</td></tr>

                """
            })</tbody></table></div>
            """
    }

    private func only(_ id: String, _ title: String, _ tables: [AssessmentSections.Entry]) -> Html {
        guard !tables.isEmpty else { return "" }
        return """
            <h2 class="govuk-heading-m" id="\(id)">\(title)</h2>
            <ul class="govuk-list govuk-list--bullet">\(each: tables, { "<li>\($0.id): \($0.title)</li>\n" })</ul>

            """
    }

    // MARK: - Figures

    private func table(_ table: AssessmentComparison.TableChanges) -> Html {
        let id = ReportAnchor.id(table.id) + "-changes"
        let rest = table.changes.count - AssessmentComparison.shownChanges
        return """
            <h3 class="govuk-heading-s" id="\(id)">\(table.title)</h3>
            <p class="govuk-body">\(Text.count(table.changes.count, "figure differs", "figures differ")), \
            \(Text.thousands(table.same)) are the same.</p>
            <div class="concord-scroll" role="region" aria-labelledby="\(id)" tabindex="0">
            <table class="govuk-table govuk-table--small-text-until-tablet">
            <caption class="govuk-table__caption govuk-visually-hidden">Changes of table \(table.id)</caption>
            <thead class="govuk-table__head"><tr class="govuk-table__row">
            <th scope="col" class="govuk-table__header">Row</th>
            <th scope="col" class="govuk-table__header">Figure</th>
            <th scope="col" class="govuk-table__header govuk-table__header--numeric">\(oldTitle)</th>
            <th scope="col" class="govuk-table__header govuk-table__header--numeric">\(newTitle)</th>
            <th scope="col" class="govuk-table__header govuk-table__header--numeric">Difference</th></tr></thead>
            <tbody class="govuk-table__body">
            \(each: table.changes.prefix(AssessmentComparison.shownChanges), row)</tbody></table></div>
            \(if: rest > 0, "<p class=\"govuk-body\">\(Text.count(rest, "more change is", "more changes are")) in the file.</p>")

            """
    }

    private func row(_ change: AssessmentComparison.Change) -> Html {
        let link = change.new == nil ? nil : figure?(change.address)
        return """
            <tr class="govuk-table__row"><th scope="row" class="govuk-table__header">\(change.row)</th>
            <td class="govuk-table__cell">\(change.column)</td>
            <td class="govuk-table__cell govuk-table__cell--numeric">\(words(change.old, change, nil))</td>
            <td class="govuk-table__cell govuk-table__cell--numeric">\(words(change.new, change, link))</td>
            <td class="govuk-table__cell govuk-table__cell--numeric">\(difference(change))</td></tr>

            """
    }

    private func words(
        _ cell: AssessmentTable.Cell?, _ change: AssessmentComparison.Change, _ link: String?
    ) -> Html {
        guard let cell else { return "not there" }
        let column = AssessmentTable.Column(change.address.column, change.column, change.format)
        return PageTable.words(cell, column, comparison.labels, link: link)
    }

    private func difference(_ change: AssessmentComparison.Change) -> Html {
        guard let difference = change.difference else { return "" }
        let format: AssessmentTable.Format = change.format == .probability ? .decimal(4) : change.format
        return "\(CellText.number(difference, format, isSigned: true))"
    }
}
