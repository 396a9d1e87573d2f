internal import Casework
internal import Cohorts
internal import DesignSystem
internal import Governance
internal import Graphics
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Statistics
internal import Storage

/// The cohorts of the partnership: their caseload by month and what came of the work, as it was counted then.
enum CohortPages {
    static func list(_ visit: Visit) throws -> Response {
        let rows = visit.site.cohorts.catalogue.cohorts.map { cohort -> [Content] in
            [
                .html("<a class=\"govuk-link\" href=\"\(href: "/cohorts/\(cohort.code)")\">\(cohort.name)</a>"),
                .text(visit.site.cases.catalogue.type(cohort.caseType)?.name ?? cohort.caseType.text),
            ]
        }
        return visit.page(
            Page(
                "Cohorts", in: .cases,
                SortableTable(
                    id: "cohorts", caption: "Groups of people who are counted together",
                    columns: ["Cohort", "Kind of case"].map { .init(.text($0)) }, rows: rows,
                    emptyText: "No cohort is counted here.", address: { _, _ in "/cohorts" }
                ).html))
    }

    private static func cohort(_ visit: Visit) throws -> CohortDefinition {
        guard let code = Code<CohortDefinition>(try visit.text("cohort")),
            let cohort = visit.site.cohorts.catalogue.cohort(code)
        else { throw Refusal.notFound }
        return cohort
    }

    private static func snapshots(_ cohort: CohortDefinition, _ visit: Visit) throws -> [CohortSnapshot] {
        let occasion = try visit.occasion()
        switch try visit.write({ try visit.site.cohorts.snapshots(of: cohort.code, on: occasion, in: $0) }) {
        case .success(let snapshots): return snapshots
        case .failure(.denied(let reason)): throw visit.ended(reason)
        case .failure: throw Refusal.notFound
        }
    }

    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let cohort = try cohort(visit)
        let snapshots = try snapshots(cohort, visit)
        let mayKeep = visit.site.cohorts.mayKeep(try visit.occasion())
        if visit.request.query["format"] == "csv" { return file(snapshots, cohort, isExact: mayKeep) }
        let address = "/cohorts/\(cohort.code)"
        let rows = snapshots.reversed().map { snapshot -> [Content] in
            let figures = snapshot.figures
            return [
                .html(
                    "<a class=\"govuk-link\" href=\"\(href: "\(address)/\(figures.month)")\">\(figures.month.inWords)</a>"
                ),
                .text(String(figures.caseload)), .text(String(figures.taken)),
                .text(String(figures.left.values.reduce(0, +))),
            ]
        }
        let last = snapshots.last
        return visit.page(
            Page(
                cohort.name, in: .cases, above: [("Cohorts", "/cohorts")], errors: errors, isWide: true,
                """
                \(some: last, { snapshot in
                    "<h2 class=\"govuk-heading-m\">Outcomes of the twelve months to \(snapshot.figures.month.inWords)</h2>\(outcomes(snapshot.figures, cohort, isExact: mayKeep))"
                })
                \(if: snapshots.count > 1, chart(snapshots))
                \(SortableTable(
                    id: "months", caption: "Month by month, as it was counted then",
                    columns: [
                        .init("Month"), .init("On the caseload at its end", isNumeric: true), .init("Taken on", isNumeric: true),
                        .init("Left", isNumeric: true),
                    ], rows: rows, emptyText: "No month has been counted yet.", address: { _, _ in address }))
                \(if: !snapshots.isEmpty, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "\(address)?format=csv")\">Download as CSV</a></p>")
                \(if: mayKeep, form(cohort, snapshots, visit, errors))
                \(Details(summary: "What is counted", content: .text(cohort.notes)))
                """))
    }

    /// The months that are over and were not counted, the latest first, of the last two years.
    private static func missing(_ snapshots: [CohortSnapshot], _ today: LocalDate) -> [Month] {
        let kept = Set(snapshots.map(\.figures.month))
        guard let present = Month(year: today.civil.year, month: today.civil.month) else { return [] }
        return (1...24).map { present.advanced(by: -$0) }.filter { !kept.contains($0) }
    }

    private static func form(
        _ cohort: CohortDefinition, _ snapshots: [CohortSnapshot], _ visit: Visit, _ errors: [FormError]
    ) -> Html {
        let months = missing(snapshots, visit.now.ukDate)
        guard !months.isEmpty else { return "" }
        let content: Html = """
            <h2 class="govuk-heading-m">Count a month</h2>
            <p class="govuk-body">It is counted from what is recorded today, and stays as it is for ever.</p>
            \(Select(
                name: "month", label: "Which month?", items: months.map { .init(value: $0.description, text: $0.inWords) },
                value: visit.request.form["month"] ?? months.first?.description, errorMessage: errors.message("month")))
            \(Button(text: "Count it and keep it", preventsDoubleClick: true))
            """
        return visit.form("/cohorts/\(cohort.code)", content)
    }

    static func keep(_ visit: Visit) throws -> Response {
        let cohort = try cohort(visit)
        guard let month = visit.request.form["month"].flatMap({ Month($0) }) else {
            return try page(visit, errors: [FormError("month", "Choose a month")])
        }
        let occasion = try visit.occasion()
        switch try visit.write({ try visit.site.cohorts.keep(cohort.code, for: month, on: occasion, in: $0) }) {
        case .success: return visit.redirect("/cohorts/\(cohort.code)/\(month)")
        case .failure(.denied(let reason)): throw visit.ended(reason)
        case .failure(.absent): throw Refusal.notFound
        case .failure(.monthNotOver):
            return try page(visit, errors: [FormError("month", "Choose a month that is over")])
        case .failure(.keptAlready):
            return try page(
                visit, errors: [FormError("month", "\(month.inWords) was counted already, and stays as it was")])
        }
    }

    // MARK: - One month

    static func month(_ visit: Visit) throws -> Response {
        let cohort = try cohort(visit)
        guard let month = Month(try visit.text("month")),
            let snapshot = try snapshots(cohort, visit).first(where: { $0.figures.month == month })
        else { throw Refusal.notFound }
        let figures = snapshot.figures
        let mayKeep = visit.site.cohorts.mayKeep(try visit.occasion())
        let type = visit.site.cases.catalogue.type(cohort.caseType)
        func state(_ code: String) -> String {
            Code<CaseState>(code).flatMap { type?.state($0)?.name } ?? code
        }
        func choice(_ question: CohortQuestion?, _ answer: String) -> String {
            if answer.isEmpty { return "Not recorded" }
            let field = question.flatMap { type?.form($0.form)?.field($0.field) }
            return field?.choices.first { $0.code == answer }?.text ?? answer
        }
        let counts: [(String, [(String, Int)])] = [
            ("By state", figures.byState.map { (state($0.key), $0.value) }),
            ("By group", figures.byGroup.map { (choice(cohort.groups, $0.key), $0.value) }),
            ("By colour", figures.byColour.map { (choice(cohort.colours, $0.key), $0.value) }),
            ("Left in the month", figures.left.map { (state($0.key), $0.value) }),
        ]
        return visit.page(
            Page(
                "\(cohort.name): \(month.inWords)", in: .cases,
                above: [("Cohorts", "/cohorts"), (cohort.name, "/cohorts/\(cohort.code)")], isWide: true,
                """
                \(SummaryList(rows: [
                    .init(key: "On the caseload at the end", value: .text(String(figures.caseload))),
                    .init(key: "Taken on in the month", value: .text(String(figures.taken))),
                    .init(key: "Counted", value: .text("\(snapshot.madeAt.inWords) by \(snapshot.madeByName)")),
                    .init(key: "Definition", value: .html("<span class=\"govuk-!-text-break-word\">SHA-256 \(snapshot.definition)</span>")),
                ]))
                \(each: Array(counts.enumerated()), { i, group in
                    group.1.isEmpty ? "" : SortableTable(
                        id: "counts-\(i)", caption: group.0, columns: [.init(.text(group.0)), .init("People", isNumeric: true)],
                        rows: group.1.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map { [.text($0.0), .text(String($0.1))] },
                        address: { _, _ in "/cohorts" }).html
                })
                <h2 class="govuk-heading-m">Outcomes of the twelve months to \(month.inWords)</h2>
                \(outcomes(figures, cohort, isExact: mayKeep))
                \(if: !figures.needs.isEmpty, needs(figures, cohort, choice))
                """))
    }

    /// The outcomes as a partnership's plan reports them, each with how sure its share is.
    /// - Parameter isExact: whether small numbers of breaches are told.
    private static func outcomes(_ figures: CohortFigures, _ cohort: CohortDefinition, isExact: Bool) -> Html {
        var rows: [[Content]] = cohort.starts.map { start in
            line(start.name, figures.starts[start.code] ?? CohortShare(0, of: figures.managed))
        }
        rows.append(line("Did not offend again in the time after they were taken on", figures.notOffended))
        rows.append(line("Contacts kept", figures.contacts))
        let people = figures.managed == 1 ? "1 person was" : "\(figures.managed) people were"
        let perMonth = NumberText.trimmed(figures.takenPerMonth, 1)
        let notes: [String] = [
            "\(people) on the caseload in the twelve months; someone was taken on \(perMonth) times a month on average.",
            counted(figures, isExact: isExact),
            "Those who were followed had \(figures.offencesBefore) offences in as long a time before, and \(figures.offencesAfter) after.",
            figures.unfollowed > 0
                ? "\(figures.unfollowed) could not be followed: they died or moved away."
                : "Everyone could be followed.",
        ]
        return """
            \(SortableTable(
                id: "outcomes", caption: "Outcomes", captionClasses: "govuk-visually-hidden",
                columns: [
                    .init("What"), .init("How many", isNumeric: true), .init("Of", isNumeric: true), .init("Share", isNumeric: true),
                    .init("95% interval", isNumeric: true),
                ], rows: rows, address: { _, _ in "/cohorts" }))
            <ul class="govuk-list govuk-list--bullet">
            \(each: notes, { "<li>\($0)</li>" })
            </ul>
            """
    }

    /// What was counted as an offence when the month was counted, and how often orders alone tell of one.
    private static func counted(_ figures: CohortFigures, isExact: Bool) -> String {
        guard let breaches = breaches(figures, isExact: isExact) else {
            return
                "Offences are those entered on the cases, from the charge on. Breaches of orders were not looked at when this month was counted."
        }
        return """
            Offences are those entered on the cases, from the charge on, and breaches of orders that are offences once they \
            were charged, admitted or convicted: of \(breaches) of the offences after they were taken on, the orders alone tell. What \
            cases and orders tell of one person and one day is taken for the same, and the larger number counts.
            """
    }

    /// How often orders alone tell of an offence: a small number only to who counts the months, for it can point to one
    /// person's order. Nil where orders were not looked at.
    private static func breaches(_ figures: CohortFigures, isExact: Bool) -> String? {
        figures.breachesAfter.map { isExact || $0 >= 5 ? String($0) : "fewer than 5" }
    }

    private static func line(_ name: String, _ share: CohortShare) -> [Content] {
        func percent(_ value: Double) -> String { "\(NumberText.trimmed(value * 100, 0))%" }
        let interval = try? ProportionInterval.wilson(share.count, of: share.of)
        return [
            .text(name), .text(String(share.count)), .text(String(share.of)), .text(share.share.map(percent) ?? "None"),
            .text(interval.map { "\(percent($0.lower)) to \(percent($0.upper))" } ?? ""),
        ]
    }

    private static func needs(
        _ figures: CohortFigures, _ cohort: CohortDefinition, _ choice: (CohortQuestion?, String) -> String
    ) -> Html {
        let rows = figures.needs.map { (choice(cohort.needs?.question, $0.key), $0.value) }.sorted { $0.0 < $1.0 }
        return SortableTable(
            id: "needs", caption: "Needs that were scored more than once, and are lower now",
            columns: [
                .init("Need"), .init("Lower", isNumeric: true), .init("Of", isNumeric: true),
                .init("Share", isNumeric: true),
                .init("95% interval", isNumeric: true),
            ], rows: rows.map { line($0.0, $0.1) }, address: { _, _ in "/cohorts" }
        ).html
    }

    private static func chart(_ snapshots: [CohortSnapshot]) -> Html {
        let months = snapshots.suffix(12)
        let title = "Caseload at the end of each month"
        func drawn(_ id: String, _ width: Double) -> [UInt8] {
            let figure = Figure(
                id: id, title: title, description: "A column for each month. The table below has the same figures.",
                width: width)
            return ColumnChart(
                figure, columns: months.map { BarChart.Bar($0.figures.month.inShort, Double($0.figures.caseload)) },
                measure: "People", text: { NumberText.trimmed($0, 0) }
            ).svg()
        }
        // The drawings come from Graphics, which escapes all text.
        let drawing: Html = """
            <div class="concord-chart__wide">\(raw: drawn("caseload", 720))</div>\
            <div class="concord-chart__narrow">\(raw: drawn("caseload-n", 330))</div>
            """
        let table = Table(
            caption: title, captionClasses: "govuk-visually-hidden",
            head: [Table.Cell(text: "Month"), Table.Cell.numeric("People")],
            rows: months.map {
                [
                    Table.Cell(text: .text($0.figures.month.inWords)),
                    Table.Cell.numeric(.text(String($0.figures.caseload))),
                ]
            }, firstCellIsHeader: true)
        return ChartWithTable(title: .text(title), headingLevel: 2, chart: drawing, table: table).html
    }

    private static func file(
        _ snapshots: [CohortSnapshot], _ cohort: CohortDefinition, isExact: Bool
    ) -> Response {
        var text =
            "month,caseload,taken on,left,managed in twelve months,followed,not offended again,offences before,offences after,not followed"
        for start in cohort.starts { text += ",\"\(Spreadsheet.safe(start.name).replacing("\"", with: "\"\""))\"" }
        text += ",of the offences after breaches of orders\r\n"
        for figures in snapshots.map(\.figures) {
            var numbers = [
                figures.caseload, figures.taken, figures.left.values.reduce(0, +), figures.managed,
                figures.notOffended.of,
                figures.notOffended.count, figures.offencesBefore, figures.offencesAfter, figures.unfollowed,
            ]
            numbers += cohort.starts.map { figures.starts[$0.code]?.count ?? 0 }
            text += "\(figures.month)," + numbers.map(String.init).joined(separator: ",")
            // Empty where orders were not looked at when the month was counted.
            text += ",\(breaches(figures, isExact: isExact) ?? "")\r\n"
        }
        var response = Response(.ok, type: .csv, Array(text.utf8))
        response.headers["Content-Disposition"] = ContentDisposition.attachment("\(cohort.code).csv")
        return response
    }
}
