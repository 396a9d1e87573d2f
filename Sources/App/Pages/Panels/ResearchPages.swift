internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import People
internal import Site
internal import Storage

/// What the visitor's agency knows of the people on an agenda: returned by one, released into the meeting line by line.
enum ResearchPages {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.openMeeting()
        guard open.hasAccepted else { return visit.redirect(open.address) }
        let occasion = try visit.occasion()
        let (agenda, nominals, progress): (AgendaView?, [ResearchNominal], [ResearchProgress]) = try visit.write {
            connection in
            let agenda = try visit.panels.agenda(of: open.meeting.id, on: occasion, in: connection)
            let nominals = try visit.panels.nominals(of: open.meeting.id, on: occasion, in: connection)
            guard open.rights.prepares else { return (agenda, nominals, []) }
            let progress = try? visit.panels.researchProgress(of: open.meeting.id, on: occasion, in: connection).get()
            return (agenda, nominals, progress ?? [])
        }
        let names = try visit.personNames(nominals.map(\.person))
        let items = Dictionary((agenda?.items ?? []).map { ($0.id, $0) }) { first, _ in first }
        let rows = nominals.compactMap { nominal -> [Content]? in
            guard let item = items[nominal.item] else { return nil }
            let reference = agenda?.references[item.caseID] ?? ""
            let address = "\(open.address)/research/\(nominal.item.text)/\(nominal.person.text)"
            return [
                .html(PanelPlace.link(names[nominal.person] ?? "Someone whose record you may not see", address)),
                .html(PanelPlace.link(reference, PanelPlace.item(item))),
                .html(
                    nominal.answer.map { StatusTag($0.inWords, tone: .good).html }
                        ?? StatusTag("To answer", tone: .attention).html),
            ]
        }
        let own = visit.site.partnership.name(of: occasion.actor.agency)
        return visit.page(
            Page(
                "What \(own) knows", in: .panels, above: open.above, canBeLeftQuickly: true, isWide: true,
                """
                <p class="govuk-body">Answer for each person, also that they are not known. It stays with \(own) until \
                you release it. Due \(open.meeting.researchUntil.inWords).</p>
                \(SortableTable(
                    id: "people", caption: "People on the agenda", captionClasses: "govuk-visually-hidden",
                    columns: ["Person", "Item", "Your answer"].map { .init(.text($0)) }, rows: rows,
                    emptyText: "You are asked about nobody.", address: { _, _ in "\(open.address)/research" }))
                \(if: !progress.isEmpty, ResearchPages.progress(progress, open, visit))
                """))
    }

    private static func progress(_ progress: [ResearchProgress], _ open: OpenMeeting, _ visit: Visit) -> Html {
        SortableTable(
            id: "progress", caption: "How far the agencies are",
            columns: [
                .init("Agency"), .init("People asked about", isNumeric: true), .init("Answered", isNumeric: true),
            ],
            rows: progress.map { line in
                [
                    .text(visit.site.partnership.name(of: line.agency)), .text(String(line.asked)),
                    .text(String(line.answered)),
                ]
            }, address: { _, _ in "\(open.address)/research" }
        ).html
    }

    // MARK: - One person

    private struct Place {
        let open: OpenMeeting
        let item: ID<AgendaItem>
        let person: ID<Person>
        let own: ResearchReturn?
        let agency: Code<Agency>
        var address: String { "\(open.address)/research/\(item.text)/\(person.text)" }
    }

    private static func place(_ visit: Visit) throws -> Place {
        let open = try visit.openMeeting()
        guard open.hasAccepted else { throw Refusal.notFound }
        let (item, person): (ID<AgendaItem>, ID<Person>) = (try visit.id("item"), try visit.id("person"))
        let occasion = try visit.occasion()
        let found: (Bool, ResearchReturn?) = try visit.write { connection in
            let asked = try visit.panels.nominals(of: open.meeting.id, on: occasion, in: connection).contains {
                $0.item == item && $0.person == person
            }
            let own = try visit.panels.research(on: item, on: occasion, in: connection).first {
                $0.person == person && $0.agency == occasion.actor.agency
            }
            return (asked, own)
        }
        guard found.0 else { throw Refusal.notFound }
        return Place(open: open, item: item, person: person, own: found.1, agency: occasion.actor.agency)
    }

    static func personPage(_ visit: Visit) throws -> Response { try personPage(visit, errors: []) }

    private static func personPage(_ visit: Visit, errors: [FormError]) throws -> Response {
        let place = try place(visit)
        let name = try visit.personNames([place.person])[place.person] ?? "Someone whose record you may not see"
        let body = place.own.map { release($0, place, visit, errors) } ?? answer(place, visit, errors)
        return visit.page(
            Page(
                name, in: .panels, above: place.open.above + [("Research", "\(place.open.address)/research")],
                errors: errors, canBeLeftQuickly: true, body))
    }

    /// Lines that the form takes at once; what needs more goes into a line of its own.
    private static let lines = 1...5

    private static func answer(_ place: Place, _ visit: Visit, _ errors: [FormError]) -> Html {
        let sent = visit.request.form
        let content: Html = """
            \(Radios(
                name: "answer", items: ResearchAnswer.allCases.map { .item(.init(value: $0.rawValue, text: .text($0.inWords))) },
                value: sent["answer"],
                fieldset: Fieldset(legend: .init(text: "Does your agency know them?", classes: "govuk-fieldset__legend--m")),
                errorMessage: errors.message("answer"), classes: "govuk-radios--inline"))
            <h2 class="govuk-heading-m">What you know</h2>
            <p class="govuk-body">One thing in each line, so that each can be released by itself.</p>
            \(each: Array(lines), { number in line(number, sent, number == 1 ? errors.message("lines") : nil) })
            \(Textarea(
                name: "caution", label: "What must whoever acts on it know? (optional)",
                hint: "It stays with your agency.", value: sent["caution"] ?? "", rows: 2, checksSpelling: true))
            \(Checkboxes(
                name: "withholds",
                items: [.item(.init(
                    value: "yes", text: "Something is kept back", isChecked: sent["withholds"] == "yes",
                    conditional: Textarea(
                        name: "withheld", label: "Why? It stays with your agency.", errorMessage: errors.message("withheld"),
                        value: sent["withheld"] ?? "", rows: 2, checksSpelling: true).html))],
                fieldset: nil))
            \(Button(text: "Save the answer", preventsDoubleClick: true))
            """
        return visit.form(place.address, content)
    }

    private static func line(_ number: Int, _ sent: FormFields, _ error: ErrorMessage?) -> Html {
        """
        <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Line \(number)</legend>
        \(Textarea(
            name: "text-\(number)", id: number == 1 ? "lines" : nil, label: "What is it?", errorMessage: error,
            value: sent["text-\(number)"] ?? "", rows: 2, checksSpelling: true))
        \(StatementControls.html(number, sent))
        </fieldset>
        """
    }

    static func act(_ visit: Visit) throws -> Response {
        let place = try place(visit)
        let sent = visit.request.form
        let occasion = try visit.occasion()
        let result: Result<Void, PanelRefusal>
        let field: String
        if let own = place.own {
            field = "lines"
            let lines = sent.all("line").compactMap { ID<ResearchLine>($0) }
            result = try visit.write { try visit.panels.release(lines, of: own.id, on: occasion, in: $0) }
        } else {
            field = "answer"
            guard let answer = sent["answer"].flatMap(ResearchAnswer.init(rawValue:)) else {
                return try personPage(visit, errors: [FormError("answer", "Choose whether your agency knows them")])
            }
            let lines = lines.compactMap { StatementControls.statement($0, sent) }
            let new = NewResearch(
                place.item, place.person, answer, lines, caution: sent["caution"],
                withholds: sent["withholds"] == "yes",
                withheldReason: sent["withheld"])
            result = try visit.write { try visit.panels.returnResearch(new, on: occasion, in: $0).map { _ in } }
        }
        switch result {
        case .success: return visit.redirect(place.own == nil ? place.address : "\(place.open.address)/research")
        case .failure(let refusal): return try personPage(visit, errors: visit.errors(refusal, at: field))
        }
    }

    /// What was answered, and what of it the meeting may have.
    private static func release(
        _ own: ResearchReturn, _ place: Place, _ visit: Visit, _ errors: [FormError]
    ) -> Html {
        var rows: [SummaryList.Row] = [
            .init(key: "Answer", value: .text(own.answer.inWords + (own.isLate ? ", after the last day" : ""))),
            .init(key: "Answered", value: .text(own.madeAt.inWords)),
        ]
        if let caution = own.caution { rows.append(.init(key: "To know when acting on it", value: .text(caution))) }
        if let why = own.withheldReason { rows.append(.init(key: "Kept back because", value: .text(why))) }
        for line in own.lines where line.releasedAt != nil {
            rows.append(.init(key: .text("Released, \(line.kind.inWords.lowercased())"), value: .text(line.text)))
        }
        let waiting = own.lines.filter { $0.releasedAt == nil }
        let mayRelease = place.open.meeting.state.isAhead || place.open.meeting.state == .inSession
        let choices = Checkboxes(
            name: "line",
            items: waiting.map { line in
                .item(.init(value: line.id.text, text: .text(line.text), hint: Hint(text: .text(line.kind.inWords))))
            }, idPrefix: "lines",
            fieldset: Fieldset(legend: .init(text: "What may the meeting have?", classes: "govuk-fieldset__legend--m")),
            hint: Hint(text: "What you release stands in the minutes as your agency’s."),
            errorMessage: errors.message("lines"))
        let content: Html = """
            \(if: !waiting.isEmpty, choices.html)
            \(Button(text: waiting.isEmpty ? "Tell the meeting that they are not known" : "Release", preventsDoubleClick: true))
            """
        return """
            \(SummaryList(rows: rows))
            \(if: mayRelease && (!waiting.isEmpty || own.answer == .notKnown), visit.form(place.address, content))
            """
    }
}

/// How deep a line of research or of minutes lies, on whose side, and whether it is a fact.
enum StatementControls {
    static let classes: [(FieldClass, String)] = [
        (.p1, "Ordinary"), (.p2, "Sensitive: health, crime, beliefs"),
        (.p3, "Safety: where someone is, how to reach them"),
    ]
    static let sides: [(SubjectSide, String)] = [
        (.victim, "The victim’s side"), (.child, "A child’s side"), (.perpetrator, "The side of who harms"),
    ]

    static func html(_ number: Int, _ sent: FormFields) -> Html {
        """
        \(Select(
            name: "kind-\(number)", label: "Fact or opinion?",
            items: StatementKind.allCases.map { .init(value: $0.rawValue, text: $0.inWords) },
            value: sent["kind-\(number)"] ?? StatementKind.fact.rawValue))
        \(Select(
            name: "class-\(number)", label: "How sensitive is it?",
            items: classes.map { .init(value: $0.0.text, text: $0.1) }, value: sent["class-\(number)"] ?? FieldClass.p2.text))
        \(Select(
            name: "side-\(number)", label: "On whose side is it?",
            items: sides.map { .init(value: $0.0.rawValue, text: $0.1) },
            value: sent["side-\(number)"] ?? SubjectSide.victim.rawValue))
        """
    }

    /// A line that was entered; nil for one that was left empty.
    static func statement(_ number: Int, _ sent: FormFields) -> NewStatement? {
        let text = (sent["text-\(number)"] ?? "").trimmed
        guard !text.isEmpty else { return nil }
        return NewStatement(
            sent["kind-\(number)"].flatMap(StatementKind.init(rawValue:)) ?? .opinion, text,
            classes.first { $0.0.text == sent["class-\(number)"] }?.0 ?? .p3,
            side: sent["side-\(number)"].flatMap(SubjectSide.init(rawValue:)))
    }
}
