internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import People
internal import Site
internal import Storage

/// Reading minutes, as far as the reader may see: all of them, those about one person, or those of one side.
enum MinutesPages {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.openMeeting()
        guard open.hasAccepted else { return visit.redirect(open.address) }
        let occasion = try visit.occasion()
        let query = visit.request.query
        let person = query["person"].flatMap { ID<Person>($0) }
        let side = query["side"].flatMap(SubjectSide.init(rawValue:))
        let (view, whole): (MinutesView?, MinutesView?) = try visit.write { connection in
            let view = try visit.panels.minutes(
                of: open.meeting.id, about: person, side: side, on: occasion, in: connection)
            let isNarrowed = person != nil || side != nil
            return (
                view,
                isNarrowed ? try visit.panels.minutes(of: open.meeting.id, on: occasion, in: connection) : view
            )
        }
        guard let view, let whole else { throw Refusal.notFound }
        let people = try visit.personNames(whole.items.flatMap(\.lines).compactMap(\.person))
        return visit.page(
            Page(
                "Minutes", in: .panels, above: open.above, canBeLeftQuickly: true, isWide: true,
                """
                \(narrowing(open, people, person, side))
                \(try head(open, view, visit))
                \(each: view.items, { item($0, visit) })
                \(if: view.items.isEmpty, "<p class=\"govuk-body\">There is nothing in them that you may see.</p>")
                <p class="govuk-body concord-stamp">Made for \(occasion.actor.name), \(visit.site.partnership.name(of: occasion.actor.agency)), \
                on \(visit.now.inWords). What an agency gave is not handed on without its agreement.</p>
                """))
    }

    private static func narrowing(
        _ open: OpenMeeting, _ people: [ID<Person>: String], _ person: ID<Person>?, _ side: SubjectSide?
    ) -> Html {
        let names = people.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        let controls: Html = """
            \(Select(
                name: "person", label: "About", items: [.init(value: "", text: "Everyone")]
                    + names.map { .init(value: $0.key.text, text: $0.value) }, value: person?.text ?? ""))
            \(Select(
                name: "side", label: "Of whose side",
                items: [
                    .init(value: "", text: "All"), .init(value: "victim", text: "The victim’s side"),
                    .init(value: "perpetrator", text: "The side of who harms"), .init(value: "child", text: "A child’s side"),
                ], value: side?.rawValue ?? ""))
            """
        return FilterPanel(
            title: "Narrow the minutes", action: "\(open.address)/minutes", clearHref: "\(open.address)/minutes",
            controls: controls
        ).html
    }

    private static func head(_ open: OpenMeeting, _ view: MinutesView, _ visit: Visit) throws -> Html {
        let names = try visit.accountNames(view.attendance.map(\.account) + [view.meeting.approvedBy].compactMap { $0 })
        func list(_ presences: Set<PanelPresence>) -> String {
            view.attendance.filter { $0.presence.map(presences.contains) ?? false }.map {
                "\(names[$0.account] ?? "Someone who has left"), \(visit.site.partnership.name(of: $0.agency))"
            }.joined(separator: "; ")
        }
        var rows: [SummaryList.Row] = [
            .init(
                key: "Meeting",
                value: .text(
                    "\(open.panel.definition.name), \(open.meeting.day.inWords), \(PanelPlace.hours(open.meeting))")),
            .init(key: "State", value: .html(PanelPlace.tag(view.meeting.state).html)),
        ]
        if let at = view.meeting.approvedAt {
            let by = view.meeting.approvedBy.flatMap { names[$0] } ?? "someone who has left"
            rows.append(.init(key: "Approved", value: .text("\(at.inWords) by \(by)")))
        }
        if !view.attendance.isEmpty {
            rows.append(.init(key: "Present", value: .text(list([.present]))))
            rows.append(.init(key: "Apologies", value: .text(list([.apologies, .apologiesWithInformation]))))
        }
        return SummaryList(rows: rows).html
    }

    private static func item(_ minutes: ItemMinutes, _ visit: Visit) -> Html {
        let item = minutes.item
        return """
            <h2 class="govuk-heading-l">\(PanelPlace.link(minutes.reference, PanelPlace.item(item)))</h2>
            <p class="govuk-body">\(item.kind.inWords)</p>
            \(MinuteLines.html(minutes.lines, visit, strikes: nil))
            \(if: !minutes.actions.isEmpty, ActionTable.html("What was undertaken", minutes.actions, visit, id: "actions-\(item.id.text)"))
            \(some: item.decision, { decision in
                "<p class=\"govuk-body\"><strong>Decided:</strong> \(decision)\(some: item.riskAfter, { " Risk left: \($0)." })</p>"
            })
            """
    }

    // MARK: - Striking a line

    static func strikePage(_ visit: Visit) throws -> Response { try strikePage(visit, errors: []) }

    private static func line(_ visit: Visit) throws -> (open: OpenMeeting, item: AgendaItem, line: MinuteLine) {
        let open = try visit.openMeeting()
        let (id, occasion): (ID<MinuteLine>, Occasion) = (try visit.id("line"), try visit.occasion())
        let view = try visit.write { try visit.panels.minutes(of: open.meeting.id, on: occasion, in: $0) }
        for item in view?.items ?? [] {
            if let line = item.lines.first(where: { $0.id == id }) { return (open, item.item, line) }
        }
        throw Refusal.notFound
    }

    private static func strikePage(_ visit: Visit, errors: [FormError]) throws -> Response {
        let found = try line(visit)
        let content: Html = """
            <p class="govuk-body">“\(found.line.text)”</p>
            \(Input(
                name: "reason", label: "Why is it struck?", errorMessage: errors.message("reason"),
                value: visit.request.form["reason"] ?? "", autocomplete: "off"))
            \(Button(text: "Strike the line", preventsDoubleClick: true, classes: "govuk-button--warning"))
            """
        return visit.page(
            Page(
                "Strike a line", in: .panels, above: found.open.above, errors: errors, canBeLeftQuickly: true,
                visit.form("\(found.open.address)/lines/\(found.line.id.text)", content)))
    }

    static func strike(_ visit: Visit) throws -> Response {
        let found = try line(visit)
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.panels.strike(found.line.id, reason: visit.reason ?? "", on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect(PanelPlace.item(found.item))
        case .failure(let refusal): return try strikePage(visit, errors: visit.errors(refusal, at: "reason"))
        }
    }
}
