internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// A meeting: by when what is due, its agenda with running times, and what comes next.
enum MeetingPage {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.openMeeting()
        let occasion = try visit.occasion()
        let agenda = try visit.write { try visit.panels.agenda(of: open.meeting.id, on: occasion, in: $0) }
        return visit.page(
            Page(
                open.meeting.day.inWords, in: .panels,
                above: [(open.panel.definition.name, PanelPlace.panel(open.meeting.panel))],
                errors: errors, canBeLeftQuickly: true, isWide: true, hasHeading: false,
                """
                <span class="govuk-caption-l">\(open.panel.definition.name)</span>
                <h1 class="govuk-heading-l">\(open.meeting.day.inWords)</h1>
                <p class="govuk-body">\(PanelPlace.hours(open.meeting)) \(PanelPlace.tag(open.meeting.state))\
                \(if: open.meeting.isExtraordinary, " \(StatusTag("Called specially", tone: .attention))")</p>
                \(days(open, visit.now.ukDate))
                \(if: !open.hasAccepted, confidentiality(open, visit))
                \(if: open.hasAccepted, tasks(open))
                \(if: open.hasAccepted, agendaPart(agenda, open, visit))
                \(if: open.rights.prepares, steps(open, visit, errors))
                """))
    }

    private static func days(_ open: OpenMeeting, _ today: LocalDate) -> Html {
        let days: [(String, LocalDate)] = [
            ("Referrals until", open.meeting.referralsUntil), ("Research until", open.meeting.researchUntil),
            ("Minutes until", open.meeting.minutesUntil),
        ]
        var rows = days.map { SummaryList.Row(key: .text($0.0), value: .text($0.1.inWords)) }
        if let at = open.meeting.approvedAt { rows.append(.init(key: "Minutes approved", value: .text(at.inWords))) }
        return SummaryList(rows: rows).html
    }

    private static func confidentiality(_ open: OpenMeeting, _ visit: Visit) -> Html {
        guard open.meeting.state != .cancelled else { return "" }
        let content: Html = """
            <h2 class="govuk-heading-m">Before you see what is on the agenda</h2>
            <p class="govuk-body">What you read and hear here keeps people safe, and in the wrong hands it puts them at \
            risk. You use it for this panel’s work alone, hand it on to nobody without the agreement of the agency that \
            gave it, and keep no copy longer than you need it.</p>
            <p class="govuk-body">If you know someone on the agenda, say so at the item: it is hidden from you from then on.</p>
            \(Button(text: "I accept this for the meeting", preventsDoubleClick: true))
            """
        return visit.form("\(open.address)/confidentiality", content)
    }

    static func accept(_ visit: Visit) throws -> Response {
        let open = try visit.openMeeting()
        let occasion = try visit.occasion()
        switch try visit.write({ try visit.panels.acceptConfidentiality(for: open.meeting.id, on: occasion, in: $0) }) {
        case .success: return visit.redirect(open.address)
        case .failure(let refusal): return try page(visit, errors: visit.errors(refusal, at: "reason"))
        }
    }

    private static func tasks(_ open: OpenMeeting) -> Html {
        var items: [(String, String)] = []
        switch open.meeting.state {
        case .researchOpen, .researchClosed, .inSession: items.append(("What your agency knows", "/research"))
        case .scheduled, .agendaPublished, .minutesDraft, .minutesApproved, .closed, .cancelled: break
        }
        items.append(("Attendance", "/attendance"))
        items.append(("Minutes", "/minutes"))
        items.append(("The pack for the room", "/pack"))
        if open.rights.prepares { items.append(("Bring notes from the room", "/room-notes")) }
        return """
            <ul class="govuk-list concord-columns">
            \(each: items, { item in "<li>\(PanelPlace.link(item.0, open.address + item.1))</li>" })
            </ul>
            """
    }

    // MARK: - Agenda

    private static func agendaPart(_ agenda: AgendaView?, _ open: OpenMeeting, _ visit: Visit) -> Html {
        guard let agenda else { return "" }
        return """
            \(AgendaTable.html(agenda, open, visit))
            \(some: agenda.plan.missing, { minutes in
                WarningText(text: .text("The agenda takes \(minutes) minutes more than there are.")).html
            })
            \(if: open.rights.prepares && open.meeting.state.takesItems, "<p class=\"govuk-body\">\(PanelPlace.link("Put a case on the agenda", "\(open.address)/agenda"))</p>")
            \(if: !agenda.incomplete.isEmpty, ActionTable.html("Actions of earlier meetings that are not complete", agenda.incomplete, visit))
            """
    }

    // MARK: - Steps

    private static func steps(_ open: OpenMeeting, _ visit: Visit, _ errors: [FormError]) -> Html {
        let sent = visit.request.form
        let steps = MeetingSteps.open(open)
        guard !steps.isEmpty else { return "" }
        let mayMove = open.meeting.state.isAhead
        let content: Html = """
            \(Radios(
                name: "step", items: steps.map { .item(.init(value: $0.step.rawValue, text: .text($0.text), hint: $0.hint.map { Hint(text: .text($0)) })) },
                value: sent["step"],
                fieldset: Fieldset(legend: .init(text: "What comes next", classes: "govuk-fieldset__legend--m")),
                errorMessage: errors.message("step")))
            \(Input(
                name: "reason", label: "Why? (where the step asks)", errorMessage: errors.message("reason"),
                value: sent["reason"] ?? "", autocomplete: "off"))
            \(Button(text: "Go on", preventsDoubleClick: true))
            """
        return """
            \(visit.form("\(open.address)/step", content))
            \(if: mayMove, "<p class=\"govuk-body\">\(PanelPlace.link("Move the meeting to another time", "\(open.address)/time"))</p>")
            """
    }

    static func step(_ visit: Visit) throws -> Response {
        let open = try visit.preparedMeeting()
        guard let step = visit.request.form["step"].flatMap(MeetingStep.init(rawValue:)),
            MeetingSteps.open(open).contains(where: { $0.step == step })
        else { return try page(visit, errors: [FormError("step", "Choose what comes next")]) }
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.panels.step(step, of: open.meeting.id, reason: visit.reason, on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect(open.address)
        case .failure(let refusal): return try page(visit, errors: visit.errors(refusal, at: "step"))
        }
    }
}

/// The steps that lead on from where a meeting stands, in words.
enum MeetingSteps {
    struct Step {
        let step: MeetingStep
        let text: String
        var hint: String?
    }

    static func open(_ open: OpenMeeting) -> [Step] {
        var steps: [Step] = []
        switch open.meeting.state {
        case .scheduled:
            steps.append(
                Step(
                    step: .publishAgenda, text: "Publish the agenda",
                    hint: "The agencies are asked what they know, until \(open.meeting.researchUntil.inWords)."))
        case .agendaPublished: steps.append(Step(step: .openResearch, text: "Open the research"))
        case .researchOpen:
            steps.append(
                Step(step: .closeResearch, text: "Close the research", hint: "What comes later is marked as late."))
        case .researchClosed:
            steps.append(
                Step(
                    step: .begin, text: "Begin the meeting",
                    hint: "Write first who is here. With too few agencies, say why you go on."))
        case .inSession:
            steps.append(
                Step(
                    step: .draft, text: "End the meeting",
                    hint: "Every item has a decision, and everyone who was asked is written down as here or not."))
        case .minutesDraft:
            if open.rights.chairs {
                steps.append(
                    Step(
                        step: .approve, text: "Approve the minutes",
                        hint: "Nobody changes them after. Who called the meeting cannot approve them."))
            }
        case .minutesApproved: steps.append(Step(step: .close, text: "Close the meeting"))
        case .closed, .cancelled: break
        }
        if open.meeting.state.isAhead {
            steps.append(
                Step(step: .cancel, text: "Call the meeting off", hint: "Say why. Its items wait for another."))
        }
        return steps
    }
}

/// An agenda in its order, with the times at which items begin as planned.
enum AgendaTable {
    static func html(_ agenda: AgendaView, _ open: OpenMeeting, _ visit: Visit) -> Html {
        let items = Dictionary(agenda.items.map { ($0.id, $0) }) { first, _ in first }
        let rows = agenda.plan.lines.compactMap { line -> [Content]? in
            let time = "\(line.startsAt.timeInWords), \(line.minutes) minutes"
            guard let id = line.item else {
                return [
                    .text(time),
                    .html("<a class=\"govuk-link\" href=\"#incomplete\">Actions that are not complete</a>"), "", "", "",
                ]
            }
            guard let item = items[id] else { return nil }
            let asked =
                item.agencies.isEmpty
                ? "All" : item.agencies.sorted().map { visit.site.partnership.name(of: $0) }.joined(separator: ", ")
            let kind: Html = "\(item.kind.inWords)\(if: item.isUrgent, " \(StatusTag("Emergency", tone: .urgent))")"
            return [
                .text(time),
                .html(PanelPlace.link(agenda.references[item.caseID] ?? "Item", PanelPlace.item(item))), .html(kind),
                .text(asked), .html(item.decision == nil ? "" : StatusTag("Decided", tone: .good).html),
            ]
        }
        return SortableTable(
            id: "agenda", caption: "Agenda",
            columns: ["Begins", "Item", "What it is", "Agencies asked", "How it stands"].map { .init(.text($0)) },
            rows: rows, emptyText: "There is nothing on the agenda that you may see.",
            address: { _, _ in open.address }
        ).html
    }
}

/// Actions of panels in a table.
enum ActionTable {
    static func html(_ caption: String, _ actions: [PanelAction], _ visit: Visit, id: String = "incomplete") -> Html {
        let rows = actions.map { action -> [Content] in
            [
                .html(PanelPlace.link(action.text, PanelPlace.action(action.id))),
                .text(visit.site.partnership.name(of: action.agency)), .text(action.due.inWords),
                .html(PanelPlace.tag(action, on: visit.now.ukDate).html),
            ]
        }
        return SortableTable(
            id: id, caption: caption,
            columns: ["What", "Agency", "Due", "How it stands"].map { .init(.text($0)) }, rows: rows,
            emptyText: "There are none.", address: { _, _ in "/panels" }
        ).html
    }
}
