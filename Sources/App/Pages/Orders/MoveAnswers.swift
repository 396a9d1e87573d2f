internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Rules
internal import Site

/// The answers to a move's questions as they were typed.
struct MoveAnswers {
    private let fields: [MoveField]
    private let sent: FormFields?
    private let now: Instant

    /// - Parameter sent: nil where the page is shown for the first time.
    init(_ fields: [MoveField], _ sent: FormFields?, now: Instant) {
        (self.fields, self.sent, self.now) = (fields, sent, now)
    }

    func text(_ name: String) -> String { String((sent?[name] ?? "").trimmed.prefix(4000)) }

    func line(_ name: String) -> String { String((sent?[name] ?? "").singleSpaced.prefix(300)) }

    func isChecked(_ name: String) -> Bool { sent?[name] == "yes" }

    func moment(_ name: String) -> Instant? {
        guard let field = fields.first(where: { $0.name == name }), case .moment(let meaning, _) = field.kind else {
            return nil
        }
        return MomentControl(name, meaning, sent).moment(now: now)
    }

    /// From when it holds; a day without a time, on the day on which it was made, means at once.
    var from: Instant? {
        guard let from = moment("from"), let at = moment("at") else { return moment("from") }
        return from == at.ukDate.startInUK ? max(from, at) : from
    }

    /// What is missing, cannot be read or cannot be.
    var errors: [FormError] {
        var errors = unread
        if let issued = moment("issued"), issued > now {
            errors.append(FormError("issued", "Enter a date on the paper that is not in the future"))
        }
        if let from, let at = moment("at"), from < at {
            errors.append(FormError("from", "Enter a time that is not before it was made, or leave this empty"))
        }
        return errors
    }

    private var unread: [FormError] {
        fields.compactMap { field in
            switch field.kind {
            case .moment(let meaning, _):
                let control = MomentControl(field.name, meaning, sent)
                if control.isEmpty {
                    return field.isRequired ? FormError(field.name, "Enter the day: \(field.label)") : nil
                }
                return control.moment(now: now) == nil
                    ? FormError(field.name, "Enter a real day, such as 27 3 2026, and a time such as 14:30") : nil
            case .line, .text:
                return field.isRequired && text(field.name).isEmpty
                    ? FormError(field.name, "Enter an answer: \(field.label)") : nil
            case .choice(let choices):
                let isLeft = !field.isRequired && text(field.name).isEmpty
                return isLeft || choices.contains { $0.code == text(field.name) }
                    ? nil : FormError(field.name, "Choose one: \(field.label)")
            case .check: return nil
            }
        }
    }

    /// The controls.
    func html(_ errors: [FormError]) -> Html { "\(each: fields, { control($0, errors.message($0.name)) })" }

    private func control(_ field: MoveField, _ error: ErrorMessage?) -> Html {
        let hint = field.hint.map { Hint(text: .text($0)) }
        switch field.kind {
        case .moment(let meaning, let initial):
            return MomentControl(field.name, meaning, sent, initial: initial).html(field.label, hint: field.hint, error)
        case .line:
            return Input(
                name: field.name, label: Label(text: .text(field.label)), hint: hint, errorMessage: error,
                value: sent.map { $0[field.name] ?? "" } ?? field.initial, autocomplete: "off"
            ).html
        case .text:
            return Textarea(
                name: field.name, label: Label(text: .text(field.label)), hint: hint, errorMessage: error,
                value: sent?[field.name] ?? "", rows: 4, checksSpelling: true, autocomplete: "off"
            ).html
        case .choice(let choices):
            return Radios(
                name: field.name, items: choices.map { .item(.init(value: $0.code, text: .text($0.text))) },
                value: sent?[field.name],
                fieldset: Fieldset(legend: .init(text: .text(field.label), classes: "govuk-fieldset__legend--s")),
                hint: hint, errorMessage: error, classes: "govuk-radios--small"
            ).html
        case .check:
            return Checkboxes(
                name: field.name,
                items: [.item(.init(value: "yes", text: .text(field.label), isChecked: isChecked(field.name)))],
                fieldset: nil, hint: hint, classes: "govuk-checkboxes--small"
            ).html
        }
    }
}

extension OrderMove {
    /// Makes the move with its answers.
    func act(
        _ order: inout Order, _ answers: MoveAnswers, by account: ID<Account>, at now: Instant, _ law: OrderLaw
    ) throws(OrderRefusal) {
        let at = answers.moment("at") ?? now
        guard at <= now else {
            throw OrderRefusal("It lies in the future", source: "The register", allowed: "Up to \(now.inWords)")
        }
        if let type = law.types[order.type], let step = unassessed(order, type, at: now) {
            try order.goOn(without: UnassessedStep(step, reason: answers.text("without"), at: now, by: account), law)
        }
        switch self {
        case .authorise:
            if order.riskAssessment.isEmpty, !answers.line("risk").isEmpty {
                order.riskAssessment = answers.line("risk")
            }
            try order.authorise(
                by: answers.line("who"), isSenior: answers.isChecked("senior"), issued: answers.moment("issued"),
                enteredAt: now, at: at, law)
        case .serve:
            let service = OrderService(
                method: answers.line("method"), who: answers.line("who"), place: answers.line("where"),
                proof: answers.line("proof"), at: at)
            try order.serve(service, to: answers.moment("to"), law)
        case .hearing:
            try order.setHearing(
                at: answers.moment("hearing") ?? now, court: answers.line("court"), enteredAt: now, law)
        case .adjourn:
            try order.adjourn(
                to: answers.moment("hearing") ?? now, isContinued: answers.isChecked("continued"), at: at, law)
        case .heard: try order.hear(at: at, runningOnTo: answers.moment("to"), law)
        case .make:
            order.isInterim = answers.isChecked("interim")
            order.isUndertaking = answers.isChecked("undertaking")
            order.hasPowerOfArrest = answers.isChecked("arrest")
            try order.make(at: at, from: answers.from, to: answers.moment("to"), law)
        case .refuse: try order.refuse(at: at, law)
        case .withdraw: try order.withdraw(at: at, law)
        case .extend: try order.extend(to: answers.moment("to") ?? now, at: at, law)
        case .review: try order.review(at: at, law)
        case .discharge: try order.discharge(at: at, law)
        case .breach:
            try order.enter(
                OrderBreach(
                    at: at, what: answers.text("what"), evidence: answers.text("evidence"),
                    response: answers.text("response"), stage: OrderBreach.Stage(rawValue: answers.text("stage")),
                    outcome: answers.line("outcome"), toCourt: answers.moment("court"), enteredAt: now), law)
        case .outcome:
            guard let stage = OrderBreach.Stage(rawValue: answers.text("stage")),
                let place = Int(answers.text("breach"))
            else { return }
            try order.follow(
                breach: place, to: stage, outcome: answers.line("outcome"), toCourt: answers.moment("court"), law)
        case .appeal:
            try order.appeal(
                OrderAppeal(at: at, court: answers.line("court"), isStayed: answers.isChecked("stayed")), law)
        case .decide:
            guard let outcome = OrderAppeal.Outcome(rawValue: answers.text("outcome")) else { return }
            try order.decideAppeal(outcome, at: at, law)
        case .publicity:
            try order.publicise(
                OrderPublicity(
                    isPublic: answers.isChecked("public"), isNamed: answers.isChecked("named"),
                    reason: answers.text("reason"), decidedBy: answers.line("who"), at: now))
        case .explain:
            guard let purpose = OrderType.Clock.Purpose(rawValue: answers.text("purpose")) else { return }
            order.explain(purpose, answers.text("reason"), at: now, on: law.calendar)
        }
    }
}
