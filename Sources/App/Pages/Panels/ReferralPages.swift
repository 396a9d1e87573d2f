internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Instruments
internal import Kernel
internal import Panels
internal import Rules
internal import Site
internal import Storage

/// One referral: what it says, how it was answered, and what may be done with it now.
enum ReferralPages {
    /// What is said of a referral of which nobody can tell whether it is a repeat.
    static let noPair = "Not looked for: the referral does not name both the victim and who is said to do harm"

    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private struct Open {
        let referral: PanelReferral
        let panel: KnownPanel
        let rights: PanelRights
        let isReferrer: Bool
        var address: String { PanelPlace.referral(referral.id) }
    }

    private static func open(_ visit: Visit) throws -> Open {
        let (id, occasion): (ID<PanelReferral>, Occasion) = (try visit.id("referral"), try visit.occasion())
        guard let referral = try visit.write({ try visit.panels.referral(id, on: occasion, in: $0) }),
            let panel = visit.panels.panel(referral.panel, in: visit)
        else { throw Refusal.notFound }
        return Open(
            referral: referral, panel: panel, rights: try visit.panels.rights(at: referral.panel, on: occasion),
            isReferrer: referral.agency == occasion.actor.agency)
    }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try open(visit)
        let unlisted = visit.request.query["unlisted"].flatMap(Int.init)
        return visit.page(
            Page(
                "Referral to the \(open.panel.definition.name)", in: .panels,
                above: [(open.panel.definition.name, PanelPlace.panel(open.referral.panel))],
                errors: errors, canBeLeftQuickly: true,
                """
                <p class="govuk-body">\(PanelPlace.tag(open.referral.state))</p>
                \(some: unlisted, { count in
                    InsetText(text: .text("\(count == 1 ? "One person" : "\(count) people") of the case belong to another agency’s records. Ask that agency to let the panel see them.")).html
                })
                \(try summary(open, visit))
                \(try forms(open, visit, errors))
                """))
    }

    private static func summary(_ open: Open, _ visit: Visit) throws -> Html {
        let referral = open.referral
        let partnership = visit.site.partnership
        let names = try visit.accountNames([referral.referredBy] + [referral.decision?.by].compactMap { $0 })
        var rows: [SummaryList.Row] = [
            .init(key: "Case", value: .html(PanelPlace.link(referral.reference, "/cases/\(referral.caseID.text)"))),
            .init(
                key: "Referred",
                value: .text(
                    "\(referral.referredAt.inWords) by \(names[referral.referredBy] ?? "someone who has left"), \(partnership.name(of: referral.agency))"
                )),
            .init(
                key: "Why it comes",
                value: .text(open.panel.type.route(referral.route)?.text ?? referral.route.text)),
        ]
        if let risk = try risk(open, visit) { rows.append(.init(key: "Risk", value: .text(risk))) }
        if !referral.why.isEmpty { rows.append(.init(key: "What it says", value: .text(referral.why))) }
        if referral.isEmergency { rows.append(.init(key: "Emergency", value: "It cannot wait for the next meeting")) }
        if let found = referral.repeatFound {
            rows.append(
                .init(
                    key: "Repeat",
                    value: .text("\(found.isRepeat ? "A repeat" : "No repeat"): \(found.definition.inWords)")))
        }
        if open.panel.type.asksPair, referral.state.isAccepted, referral.repeatFound == nil {
            rows.append(.init(key: "Repeat", value: .text(noPair)))
        }
        if !referral.missing.isEmpty {
            rows.append(.init(key: "What is missing", value: .text(referral.missing.joined(separator: "; "))))
        }
        if let decision = referral.decision {
            let by = names[decision.by] ?? "someone who has left"
            rows.append(.init(key: "Answered", value: .text("\(decision.at.inWords) by \(by)")))
            if let reason = decision.reason { rows.append(.init(key: "Why", value: .text(reason))) }
            if let forum = decision.forum { rows.append(.init(key: "A better place", value: .text(forum))) }
            if let next = decision.nextStep { rows.append(.init(key: "What happens next", value: .text(next))) }
            rows.append(.init(key: "Answered under", value: .text(decision.ruleVersion)))
        }
        if let appeal = referral.appeal { rows.append(.init(key: "Appeal", value: .text(appeal))) }
        if referral.dueOn != nil {
            rows.append(.init(key: "Due", value: .html(ReferralTable.due(referral, visit.now.ukDate))))
        }
        return SummaryList(rows: rows).html
    }

    /// The risk of the case as it was assessed last, for who may see it, beside the score from which cases may come.
    private static func risk(_ open: Open, _ visit: Visit) throws -> String? {
        let (id, occasion) = (open.referral.caseID, try visit.occasion())
        guard case .found(let view) = try visit.write({ try visit.site.cases.read(id, on: occasion, in: $0) }),
            let last = view.assessments.last(where: { $0.instrument.code == view.type.instruments.first })
        else { return nil }
        var words = last.holds.capitalisedFirst
        if let score = last.score { words += ", score \(score)" }
        words += ", on \(last.madeAt.ukDate.inWords)."
        if let key = open.panel.type.score, visit.site.policy.rule(key, on: visit.now.ukDate) != nil {
            let from = try visit.site.policy.number(key, on: visit.now.ukDate)
            words += " Cases may come from a score of \(from); judgement brings them from any."
        }
        return words
    }

    // MARK: - What may be done now

    private static func forms(_ open: Open, _ visit: Visit, _ errors: [FormError]) throws -> Html {
        let sent = visit.request.form
        func form(_ act: String, _ content: Html) -> Html {
            visit.form(open.address, "\(HiddenField(name: "act", value: act))\(content)")
        }
        func reason(_ act: String, _ title: String, _ label: String, _ button: String, name: String = "reason") -> Html
        {
            let isThis = sent["act"] == act
            return form(
                act,
                """
                <h2 class="govuk-heading-m">\(title)</h2>
                \(Textarea(
                    name: name, id: isThis ? name : "\(act)-\(name)", label: Label(text: .text(label)),
                    errorMessage: isThis ? errors.message(name) : nil, value: isThis ? sent[name] ?? "" : "", rows: 3,
                    checksSpelling: true))
                \(Button(text: .text(button), preventsDoubleClick: true, classes: "govuk-button--secondary"))
                """)
        }
        let state = open.referral.state
        var parts: [Html] = []
        let mayAnswer = state == .submitted && open.rights.prepares || state == .appealed && open.rights.chairs
        if mayAnswer {
            parts.append(form("answer", answer(open, sent, errors, mayDecline: try mayDecline(open, visit))))
        }
        if state == .accepted, open.rights.prepares { parts.append(form("list", try listing(open, visit, errors))) }
        if state == .planOpen, open.rights.prepares {
            parts.append(
                "<p class=\"govuk-body\">\(PanelPlace.link("Hand the case to another area", "\(open.address)/transfer"))</p>"
            )
        }
        if state == .planOpen, open.rights.chairs {
            parts.append(reason("exit", "End what the panel does", "Why is the panel done with it?", "End it"))
        }
        if open.isReferrer, state == .returned {
            parts.append(
                reason(
                    "complete", "Complete the referral", "What should the panel know first?", "Send it again",
                    name: "why"))
        }
        if open.isReferrer, state == .declined, open.referral.appeal == nil {
            parts.append(
                reason(
                    "appeal", "Ask the chair to look again", "What did the answer not take into account?",
                    "Ask the chair"))
        }
        if open.isReferrer, [.submitted, .returned, .appealed, .accepted].contains(state) {
            parts.append(reason("withdraw", "Take the referral back", "Why?", "Take it back"))
        }
        return "\(each: parts, { $0 })"
    }

    /// Whether the visitor may turn the referral down: of a case of high risk only who takes the chair may.
    private static func mayDecline(_ open: Open, _ visit: Visit) throws -> Bool {
        if open.rights.chairs { return true }
        let (id, occasion) = (open.referral.caseID, try visit.occasion())
        guard case .found(let view) = try visit.write({ try visit.site.cases.read(id, on: occasion, in: $0) }) else {
            return false
        }
        return !visit.panels.isOfHighRisk(view)
    }

    private static func answer(
        _ open: Open, _ sent: FormFields, _ errors: [FormError], mayDecline: Bool
    ) -> Html {
        let decline: Html = """
            \(Textarea(
                name: "reason", id: ["answer", nil].contains(sent["act"]) ? "reason" : "answer-reason",
                label: "Why is it turned down?", errorMessage: errors.message("reason"),
                value: sent["reason"] ?? "", rows: 3, checksSpelling: true))
            \(Input(name: "forum", label: "Which forum suits it better?", value: sent["forum"] ?? "", autocomplete: "off"))
            \(Textarea(
                name: "next", label: "What happens next, and who keeps the risk until then?", value: sent["next"] ?? "",
                rows: 3, checksSpelling: true))
            """
        let missing = Textarea(
            name: "missing", label: "What is missing?", hint: "One thing on each line.",
            errorMessage: errors.message("missing"), value: sent["missing"] ?? "", rows: 3, checksSpelling: true
        ).html
        return """
            \(Radios(
                name: "answer",
                items: [
                    .item(.init(value: "accept", text: "Accept it: it will be heard")),
                    .item(.init(value: "back", text: "Send it back for what is missing", conditional: missing)),
                ] + (mayDecline ? [.item(.init(value: "decline", text: "Turn it down", conditional: decline))] : []),
                value: sent["answer"],
                fieldset: Fieldset(legend: .init(text: "Your answer", classes: "govuk-fieldset__legend--m")),
                hint: mayDecline
                    ? nil : "Only the chair may turn down a case of high risk, or one whose risk nobody assessed.",
                errorMessage: errors.message("answer")))
            \(Button(text: "Answer", preventsDoubleClick: true))
            """
    }

    private static func listing(_ open: Open, _ visit: Visit, _ errors: [FormError]) throws -> Html {
        let (occasion, today) = (try visit.occasion(), visit.now.ukDate)
        let meetings = try visit.write {
            try visit.panels.meetings(
                of: open.referral.panel, from: today, to: today.advanced(by: 184), on: occasion, in: $0)
        }.filter(\.state.takesItems)
        guard !meetings.isEmpty else {
            return InsetText(text: "No meeting is called that takes it. Call one first.").html
        }
        return """
            <h2 class="govuk-heading-m">Put it on an agenda</h2>
            \(Select(
                name: "meeting", label: "Which meeting?",
                items: meetings.map { .init(value: $0.id.text, text: "\($0.day.inWords), \(PanelPlace.hours($0))") },
                value: visit.request.form["meeting"], errorMessage: errors.message("meeting")))
            \(try ItemControls(open.panel, visit).html(errors))
            \(Button(text: "Put it on the agenda", preventsDoubleClick: true))
            """
    }

    static func act(_ visit: Visit) throws -> Response {
        let open = try open(visit)
        let sent = visit.request.form
        let (id, occasion) = (open.referral.id, try visit.occasion())
        let reason = sent["reason"] ?? ""
        let result: Result<String, PanelRefusal>
        switch sent["act"] {
        case "answer":
            guard let answer = answer(sent) else {
                return try page(visit, errors: [FormError("answer", "Choose your answer")])
            }
            result = try visit.write {
                try visit.panels.answer(id, answer, on: occasion, in: $0).map { open.address }
            }
        case "list":
            guard let meeting = sent["meeting"].flatMap({ ID<PanelMeeting>($0) }) else {
                return try page(visit, errors: [FormError("meeting", "Choose a meeting")])
            }
            let (new, wrong) = ItemControls.item(sent)
            if let wrong { return try page(visit, errors: [wrong]) }
            result = try visit.write {
                try visit.panels.list(id, on: meeting, new, on: occasion, in: $0).map { _ in PanelPlace.meeting(meeting)
                }
            }
        case "complete":
            result = try visit.write {
                try visit.panels.complete(id, why: sent["why"] ?? "", on: occasion, in: $0).map { open.address }
            }
        case "withdraw":
            result = try visit.write {
                try visit.panels.withdraw(id, reason: reason, on: occasion, in: $0).map { open.address }
            }
        case "appeal":
            result = try visit.write {
                try visit.panels.appeal(id, because: reason, on: occasion, in: $0).map { open.address }
            }
        case "exit":
            result = try visit.write {
                try visit.panels.exit(id, reason: reason, on: occasion, in: $0).map { open.address }
            }
        default: throw Refusal.notFound
        }
        switch result {
        case .success(let address): return visit.redirect(address)
        case .failure(let refusal):
            let field = sent["act"] == "list" ? "meeting" : sent["act"] == "answer" ? "answer" : "reason"
            return try page(visit, errors: visit.errors(refusal, at: field))
        }
    }

    private static func answer(_ sent: FormFields) -> ReferralAnswer? {
        switch sent["answer"] {
        case "accept": .accept
        case "back":
            .sendBack(missing: (sent["missing"] ?? "").split(whereSeparator: \.isNewline).map(String.init))
        case "decline":
            .decline(reason: sent["reason"] ?? "", forum: sent["forum"] ?? "", nextStep: sent["next"] ?? "")
        default: nil
        }
    }
}

/// What a co-ordinator says of an item: who is asked, who presents it, how long it takes.
struct ItemControls {
    private let panel: KnownPanel
    private let visit: Visit

    init(_ panel: KnownPanel, _ visit: Visit) {
        self.panel = panel
        self.visit = visit
    }

    func html(_ errors: [FormError]) throws -> Html {
        let sent = visit.request.form
        let partnership = visit.site.partnership
        let seats = try visit.seats(on: panel.definition.code)
        return """
            \(Checkboxes(
                name: "agencies",
                items: panel.definition.agencies.map { .item(.init(value: $0.text, text: .text(partnership.name(of: $0)))) },
                values: sent.all("agencies"),
                fieldset: Fieldset(legend: .init(text: "Which agencies are asked to it?", classes: "govuk-fieldset__legend--s")),
                hint: Hint(text: "Nobody else sees it. Choose none for all that sit on the panel."),
                errorMessage: errors.message("agencies")))
            \(Select(
                name: "presenter", label: "Who presents it? (optional)",
                items: [.init(value: "", text: "Nobody yet")]
                    + seats.map { .init(value: $0.account.text, text: "\($0.name), \(partnership.name(of: $0.agency))") },
                value: sent["presenter"] ?? ""))
            \(Input(
                name: "minutes", label: "Minutes (optional)", hint: "Otherwise as many as the panel’s rule gives.",
                errorMessage: errors.message("minutes"), value: sent["minutes"] ?? "", inputMode: "numeric",
                autocomplete: "off", classes: "govuk-input--width-3"))
            """
    }

    /// What was entered, and what is wrong with it.
    static func item(_ sent: FormFields) -> (item: NewItem, error: FormError?) {
        var item = NewItem()
        item.agencies = Set(sent.all("agencies").compactMap { Code<Agency>($0) })
        item.presenter = sent["presenter"].flatMap { ID<Account>($0) }
        let minutes = (sent["minutes"] ?? "").trimmed
        if !minutes.isEmpty {
            guard let number = Int(minutes) else { return (item, FormError("minutes", "Enter 1 to 240 minutes")) }
            item.minutes = number
        }
        return (item, nil)
    }
}
