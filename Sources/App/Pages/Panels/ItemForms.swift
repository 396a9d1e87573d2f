internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import People
internal import Site
internal import Storage

/// What is done at an item: minuting while the meeting sits, preparing it before, leaving it.
enum ItemForms {
    private static func form(_ item: OpenItem, _ act: String, _ visit: Visit, _ content: Html) -> Html {
        visit.form(item.address, "\(HiddenField(name: "act", value: act))\(content)")
    }

    /// What was sent with this act; nothing with another.
    private static func sent(_ act: String, _ visit: Visit) -> FormFields {
        visit.request.form["act"] == act ? visit.request.form : FormFields()
    }

    // MARK: - Minuting

    static func minuting(_ item: OpenItem, _ visit: Visit, _ errors: [FormError]) throws -> Html {
        """
        \(form(item, "line", visit, try line(item, sent("line", visit), visit, errors)))
        \(form(item, "action", visit, action(item, sent("action", visit), visit, errors)))
        \(form(item, "decide", visit, decision(item, sent("decide", visit), errors)))
        """
    }

    private static func line(
        _ item: OpenItem, _ sent: FormFields, _ visit: Visit, _ errors: [FormError]
    ) throws -> Html {
        let occasion = try visit.occasion()
        let people = try visit.personNames(
            visit.write { try visit.panels.people(of: item.item, on: occasion, in: $0) }
        ).sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        let about = Select(
            name: "about", label: "Whom is it about? (optional)",
            items: [.init(value: "", text: "Nobody alone")]
                + people.map { .init(value: $0.key.text, text: $0.value) },
            value: sent["about"] ?? "", errorMessage: errors.message("about"))
        let parts = MinutePart.allCases.filter { $0 != .research }
        return """
            <h2 class="govuk-heading-m">Add a line</h2>
            \(Select(
                name: "part", label: "Where does it stand?", items: parts.map { .init(value: $0.rawValue, text: $0.inWords) },
                value: sent["part"] ?? MinutePart.discussion.rawValue))
            \(Textarea(
                name: "text-1", id: "line-text", label: "What was said?", errorMessage: errors.message("line-text"),
                value: sent["text-1"] ?? "", rows: 3, checksSpelling: true))
            \(Select(
                name: "agency", id: "line-agency", label: "Whose information is it?", items: agencies(item, visit),
                value: sent["agency"] ?? visit.knownActor?.agency.text, errorMessage: errors.message("line-agency")))
            \(if: !people.isEmpty, about.html)
            \(StatementControls.html(1, sent))
            \(Button(text: "Add the line", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """
    }

    private static func agencies(_ item: OpenItem, _ visit: Visit) -> [Select.Item] {
        item.open.panel.definition.agencies.map { .init(value: $0.text, text: visit.site.partnership.name(of: $0)) }
    }

    private static func action(_ item: OpenItem, _ sent: FormFields, _ visit: Visit, _ errors: [FormError]) -> Html {
        let seats = (try? visit.seats(on: item.open.meeting.panel)) ?? []
        let due = DayControl("due", sent.isEmpty ? nil : sent)
        return """
            <h2 class="govuk-heading-m">Add an action</h2>
            \(Input(
                name: "text", label: "What is to be done?", hint: "Begin with a verb: visit, refer, change, share.",
                errorMessage: errors.message("text"), value: sent["text"] ?? "", autocomplete: "off"))
            \(Select(
                name: "owner", label: "Who does it?",
                items: [.init(value: "", text: "Choose")]
                    + seats.map { .init(value: $0.account.text, text: "\($0.name), \(visit.site.partnership.name(of: $0.agency))") },
                value: sent["owner"] ?? "", errorMessage: errors.message("owner")))
            \(Input(
                name: "owner-address", label: "Or someone else’s e-mail address here (optional)",
                hint: "They see this action, and nothing else of the meeting.", errorMessage: errors.message("owner-address"),
                value: sent["owner-address"] ?? "", type: "email", autocomplete: "off", checksSpelling: false))
            \(due.html("By when?", hint: nil, errors.message("due")))
            \(Input(
                name: "risk", id: "risk-factor", label: "Which risk does it lower? (optional)", value: sent["risk"] ?? "",
                autocomplete: "off"))
            \(Button(text: "Add the action", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """
    }

    private static func decision(_ item: OpenItem, _ sent: FormFields, _ errors: [FormError]) -> Html {
        """
        <h2 class="govuk-heading-m">\(item.item.decision == nil ? "Decide" : "Correct the decision")</h2>
        \(Textarea(
            name: "decision", label: "What is decided?", errorMessage: errors.message("decision"),
            value: sent["decision"] ?? item.item.decision ?? "", rows: 3, checksSpelling: true))
        \(Input(
            name: "before", id: "risk", label: "The risk as it came", errorMessage: errors.message("risk"),
            value: sent["before"] ?? item.item.riskBefore ?? "", autocomplete: "off", classes: "govuk-input--width-20"))
        \(Input(
            name: "after", label: "The risk as it is left", value: sent["after"] ?? item.item.riskAfter ?? "",
            autocomplete: "off", classes: "govuk-input--width-20"))
        \(Input(
            name: "none", id: "actions", label: "Why is no action needed? (where there is none)",
            errorMessage: errors.message("actions"), value: sent["none"] ?? item.item.noAction ?? "", autocomplete: "off"))
        \(Input(
            name: "taken", label: "Minutes that it took (optional)", errorMessage: errors.message("taken"),
            value: sent["taken"] ?? item.item.taken.map { String($0) } ?? "", inputMode: "numeric", autocomplete: "off",
            classes: "govuk-input--width-3"))
        \(Button(text: "Save the decision", preventsDoubleClick: true))
        """
    }

    // MARK: - Preparing

    static func preparing(_ item: OpenItem, _ visit: Visit, _ errors: [FormError]) -> Html {
        let state = item.open.meeting.state
        let counts = item.item.kind.isCase && (state.isAhead || state.takesMinutes)
        let mayTakeOff = state.takesItems && item.item.decision == nil
        let sentOff = sent("off", visit)
        let equalities: Html = """
            \(Checkboxes(
                name: "fact",
                items: EqualityFact.allCases.filter { !$0.isFound }.map { .item(.init(value: $0.rawValue, text: .text($0.inWords))) },
                values: sent("equalities", visit).all("fact"),
                fieldset: Fieldset(legend: .init(text: "Which of these hold, for the return?", classes: "govuk-fieldset__legend--s")),
                hint: Hint(text: "Counted, and never shown for one case. Saving replaces what was said before.")))
            \(Button(text: "Save for the return", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """
        let takeOff: Html = """
            \(Input(
                name: "reason", label: "Why is it taken off the agenda?", errorMessage: errors.message("reason"),
                value: sentOff["reason"] ?? "", autocomplete: "off"))
            \(Button(text: "Take it off", preventsDoubleClick: true, classes: "govuk-button--warning"))
            """
        return """
            \(if: counts, form(item, "equalities", visit, equalities))
            \(if: mayTakeOff, form(item, "off", visit, takeOff))
            """
    }

    // MARK: - Leaving

    static func withdrawing(_ item: OpenItem, _ visit: Visit) -> Html {
        let state = item.open.meeting.state
        guard state.isAhead || state.takesMinutes else { return "" }
        let content: Html = """
            <p class="govuk-body">If you know someone of this item outside your work, say so. The item and its case are \
            hidden from you from then on. Only a supervisor of the agency that holds the case can open it again.</p>
            \(Button(text: "I know someone here", preventsDoubleClick: true, classes: "govuk-button--warning"))
            """
        let leave: Html = Button(
            text: "I leave the room for this item", preventsDoubleClick: true, classes: "govuk-button--secondary"
        ).html
        return Details(
            summary: "You should not hear this item?",
            content: .html("\(form(item, "leave", visit, leave))\(form(item, "conflict", visit, content))")
        ).html
    }

    // MARK: - Acting

    static func act(_ visit: Visit) throws -> Response {
        let item = try OpenItem(visit)
        let sent = visit.request.form
        let (id, occasion) = (item.item.id, try visit.occasion())
        let result: Result<Void, PanelRefusal>
        var back = item.address
        switch sent["act"] {
        case "line":
            guard let statement = StatementControls.statement(1, sent) else {
                return try ItemPage.page(visit, errors: [FormError("line-text", "Enter what was said")])
            }
            let part = sent["part"].flatMap(MinutePart.init(rawValue:)) ?? .discussion
            let about = (sent["about"] ?? "").trimmed
            let person = ID<Person>(about)
            guard about.isEmpty || person != nil else {
                return try ItemPage.page(visit, errors: [FormError("about", "Choose someone of the case")])
            }
            let new = NewMinuteLine(
                part, statement, about: person, from: sent["agency"].flatMap { Code<Agency>($0) })
            result = try visit.write { try visit.panels.minute(new, of: id, on: occasion, in: $0).map { _ in } }
        case "action":
            let owner = try ActionOwner(sent["owner"], orAddress: sent["owner-address"], at: item.open, visit)
            if owner.isUnknownAddress {
                let wrong = FormError("owner-address", "Nobody signs in here with this address")
                return try ItemPage.page(visit, errors: [wrong])
            }
            let new = NewPanelAction(
                sent["text"] ?? "", agency: owner.agency, owner: owner.account, due: DayControl("due", sent).date,
                riskFactor: sent["risk"])
            result = try visit.write { try visit.panels.addAction(new, to: id, on: occasion, in: $0).map { _ in } }
        case "decide":
            let taken = (sent["taken"] ?? "").trimmed
            if !taken.isEmpty, Int(taken) == nil {
                return try ItemPage.page(visit, errors: [FormError("taken", "Enter 0 to 600 minutes")])
            }
            let decision = ItemDecision(
                sent["decision"] ?? "", riskBefore: sent["before"] ?? "", riskAfter: sent["after"] ?? "",
                noAction: sent["none"], taken: Int(taken))
            result = try visit.write { try visit.panels.decide(decision, on: id, on: occasion, in: $0) }
        case "equalities":
            let facts = Set(sent.all("fact").compactMap(EqualityFact.init(rawValue:)))
            result = try visit.write { try visit.panels.recordEqualities(facts, of: id, on: occasion, in: $0) }
        case "off":
            result = try visit.write {
                try visit.panels.takeOff(id, reason: sent["reason"] ?? "", on: occasion, in: $0)
            }
            back = item.open.address
        case "leave":
            result = try visit.write { try visit.panels.leave(for: id, on: occasion, in: $0) }
            back = item.open.address
        case "conflict":
            try visit.write { connection in
                try visit.panels.declareConflict(with: id, on: occasion, in: connection)
                try visit.closeOrders(of: item.item.caseID, on: occasion, in: connection)
            }
            result = .success(())
            back = item.open.address
        default: throw Refusal.notFound
        }
        switch result {
        case .success: return visit.redirect(back)
        case .failure(let refusal):
            let errors = try visit.errors(refusal, at: sent["act"] == "line" ? "line-text" : "text")
            // A line and an action both have a text and an agency; each has ids of its own.
            let isLine = sent["act"] == "line"
            return try ItemPage.page(
                visit,
                errors: errors.map { error in
                    switch error.field {
                    case "text" where isLine: FormError("line-text", error.text)
                    case "agency": FormError(isLine ? "line-agency" : "owner", error.text)
                    default: error
                    }
                })
        }
    }
}

/// Who does an action: someone who sits on the panel, or a colleague of one of its agencies.
struct ActionOwner {
    let account: ID<Account>?
    let agency: Code<Agency>?
    /// Whether an address was given with which nobody signs in here.
    let isUnknownAddress: Bool

    init(_ chosen: String?, orAddress typed: String?, at open: OpenMeeting, _ visit: Visit) throws {
        let address = (typed ?? "").trimmed
        if address.isEmpty {
            let seat = try visit.seats(on: open.meeting.panel).first { $0.account.text == chosen }
            (account, agency, isUnknownAddress) = (seat?.account, seat?.agency, false)
            return
        }
        if let email = EmailAddress(address) {
            for code in visit.site.partnership.agencies.map(\.code) {
                if let found = try visit.read({ try AccountNames.active(email, of: code, in: $0) }) {
                    (account, agency, isUnknownAddress) = (found, code, false)
                    return
                }
            }
        }
        (account, agency, isUnknownAddress) = (nil, nil, true)
    }
}
