internal import Enforcement
internal import Governance
internal import Kernel
internal import Rules

/// Something that can be done to an order, each with a page of its own. Terms have their own pages.
enum OrderMove: String, CaseIterable {
    case authorise, serve, hearing, adjourn, heard, make, refuse, withdraw, extend, review, breach, appeal
    case outcome = "breach-outcome"
    case decide = "appeal-decided"
    case discharge, publicity
    case explain = "explain-late"

    /// What the button and the page are called.
    func name(_ open: OpenOrder) -> String {
        let type = open.type
        return switch self {
        case .authorise: "Authorise it"
        case .serve: type.course == .agreement ? "Record that it was signed" : "Record that it was served"
        case .hearing: open.order.dates.hearing == nil ? "Enter the hearing" : "Correct the hearing"
        case .adjourn: "Enter that the hearing was put off"
        case .heard: "Enter what the court decided on the notice"
        case .make: type.course == .court ? "Record that the court made it" : "Record that it was made"
        case .refuse: "Record that the court refused it"
        case .withdraw: "Withdraw it"
        case .extend: "Extend it"
        case .review: "Record a review"
        case .breach: "Enter a breach"
        case .outcome: "Enter what came of a breach"
        case .appeal: "Enter an appeal"
        case .decide: "Enter what came of the appeal"
        case .discharge: "End it early"
        case .publicity: "Decide on publicity"
        case .explain: "Say why something was late"
        }
    }

    /// What one should know before.
    func hint(_ type: OrderType) -> String? {
        switch self {
        case .authorise: "By: \(type.authority)."
        case .hearing: "A hearing that the court put off is entered as that, and not here."
        case .discharge: "It was discharged, quashed or taken back while it held."
        case .breach: type.breach == .criminal ? "A breach is an offence. Write what was seen, and by whom." : nil
        case .publicity: "Nobody under 18 is named without a reason."
        case .outcome: type.offence == nil ? nil : "What was charged, admitted or convicted counts as an offence."
        case .serve, .adjourn, .heard, .make, .refuse, .withdraw, .extend, .review, .appeal, .decide, .explain:
            nil
        }
    }

    /// The part of the order that the visitor must be allowed to change.
    var field: OrderField {
        switch self {
        case .authorise: .authorisation
        case .serve: .service
        case .breach, .outcome: .breaches
        case .appeal, .decide: .appeals
        case .publicity: .publicity
        case .explain: .clocks
        case .hearing, .adjourn, .heard, .make, .refuse, .withdraw, .extend, .review, .discharge: .dates
        }
    }

    /// The step that it is, where equality and proportionality may be asked for before it.
    private var step: Order.State? {
        switch self {
        case .authorise: .authorised
        case .serve: .served
        case .hearing, .adjourn, .heard, .make, .refuse, .withdraw, .extend, .review, .breach, .outcome, .appeal,
            .decide, .discharge, .publicity, .explain:
            nil
        }
    }

    /// The step before which equality and proportionality were to be assessed and were not; nil where nothing is missing.
    func unassessed(_ order: Order, _ type: OrderType, at now: Instant) -> Order.State? {
        guard let step, order.nextSteps(at: now, type).contains(step), order.lacksAssessment(before: step, type) else {
            return nil
        }
        return step
    }

    /// What may be done to an order now, by someone who may change these parts of it.
    static func offered(_ open: OpenOrder, at now: Instant, _ calendar: ClockCalendar) -> [OrderMove] {
        allCases.filter {
            open.shown.changeable.contains($0.field) && $0.fits(open.order, open.type, at: now, calendar)
        }
    }

    private func fits(_ order: Order, _ type: OrderType, at now: Instant, _ calendar: ClockCalendar) -> Bool {
        let state = order.state(at: now)
        let next = order.nextSteps(at: now, type)
        let isToBeHeard = order.isToBeHeard(at: now, type)
        switch self {
        case .authorise: return next.contains(.authorised)
        case .serve:
            let isMade: Bool = [.made, .inForce, .varied, .extended].contains(state)
            return next.contains(.served) || type.course == .court && isMade
        case .hearing: return next.contains(.hearingSet) || isToBeHeard
        case .adjourn: return state == .hearingSet || isToBeHeard && order.dates.hearing != nil
        case .heard: return isToBeHeard
        case .make: return next.contains(.made)
        case .refuse: return next.contains(.refused)
        case .withdraw: return next.contains(.withdrawn)
        case .extend: return next.contains(.extended)
        case .discharge: return next.contains(.discharged)
        case .review: return order.isLive(at: now)
        case .appeal: return next.contains(.appealed) && type.course != .agreement
        case .decide: return order.appeals.last.map { $0.outcome == nil } ?? false
        case .breach:
            return type.breach != .none && order.dates.from.map { $0 <= now } ?? false && state != .refused
                && state != .withdrawn
        case .outcome: return !order.breaches.isEmpty
        case .publicity: return order.madeAt.map { $0 <= now } ?? false
        case .explain: return !OrderMove.late(order, at: now, calendar).isEmpty
        }
    }

    /// The clocks of the agency's own that ended too late or unmet and have no reason.
    static func late(_ order: Order, at now: Instant, _ calendar: ClockCalendar) -> [OrderType.Clock.Purpose] {
        order.clocks(at: now, on: calendar).filter { $0.needsReason && $0.purpose.isOurs }.map(\.purpose)
    }
}

/// A question of a move's page.
struct MoveField {
    /// What is asked.
    enum Kind {
        case moment(MomentControl.Meaning, initial: Instant?)
        case line, text
        case choice([(code: String, text: String)])
        case check
    }

    let name: String
    let label: String
    let kind: Kind
    var hint: String?
    var isRequired = true
    /// What stands in a line before anything is typed.
    var initial = ""
}

extension OrderMove {
    /// The questions.
    func fields(_ open: OpenOrder, at now: Instant, _ calendar: ClockCalendar) -> [MoveField] {
        let own = ownFields(open, at: now, calendar)
        guard unassessed(open.order, open.type, at: now) != nil else { return own }
        return own + [
            MoveField(
                name: "without", label: "Why does it go on without assessing equality and proportionality?",
                kind: .text, hint: "This is kept, and shown on the order’s page.")
        ]
    }

    private func ownFields(_ open: OpenOrder, at now: Instant, _ calendar: ClockCalendar) -> [MoveField] {
        let type = open.type
        func when(_ label: String = "When?") -> MoveField {
            MoveField(name: "at", label: label, kind: .moment(.begins, initial: now))
        }
        func end(_ label: String, isRequired: Bool = false, hint: String? = nil) -> MoveField {
            MoveField(name: "to", label: label, kind: .moment(.ends, initial: nil), hint: hint, isRequired: isRequired)
        }
        switch self {
        case .authorise: return authorising(open, when("When was it authorised?"))
        case .serve:
            // What holds until the court has decided has no end of its own.
            let hasEnd = (type.course == .notice || type.course == .agreement) && !type.lastsUntilHeard
            return [
                MoveField(
                    name: "method", label: "How?",
                    kind: .choice(OrderMove.services(type).map { ($0, $0) })),
                MoveField(name: "who", label: "By whom?", kind: .line, hint: "Name and office"),
                MoveField(name: "where", label: "Where?", kind: .line),
                MoveField(
                    name: "proof", label: "What proves it?", kind: .line,
                    hint: "A certificate of service, a photograph, a signature"),
                when(),
            ] + (hasEnd ? [end("Until when does it hold? (optional)")] : [])
        case .hearing:
            return [
                MoveField(
                    name: "hearing", label: "When is the hearing?",
                    kind: .moment(.begins, initial: open.order.dates.hearing)),
                MoveField(name: "court", label: "Which court?", kind: .line, initial: open.order.court),
            ]
        case .adjourn:
            let goesOn = MoveField(
                name: "continued", label: "The court ordered that the notice goes on until then", kind: .check,
                hint: "Without that it ends when it would have ended", isRequired: false)
            return [
                MoveField(name: "hearing", label: "To when was it put off?", kind: .moment(.begins, initial: nil)),
                when("When did the court put it off?"),
            ] + (type.isContinuedByAdjournment ? [goesOn] : [])
        case .heard:
            let runsOn = end(
                "Until when does the notice run on? (optional)",
                hint: "Only where the court made no order and let the notice run on")
            return [when("When did the court decide?")] + (type.continuation == nil ? [] : [runsOn])
        case .make: return making(open, when("When was it made?"), end("Until when does it hold? (optional)"))
        case .refuse, .withdraw, .review, .discharge: return [when()]
        case .extend: return [end("Until when does it hold now?", isRequired: true), when("When was it extended?")]
        case .breach: return breaching(open, when("When was it breached?"))
        case .outcome: return following(open)
        case .appeal:
            return [
                when("When was the appeal made?"),
                MoveField(name: "court", label: "To which court?", kind: .line),
                MoveField(
                    name: "stayed", label: "The court put the whole order on hold", kind: .check, isRequired: false),
            ]
        case .decide:
            return [
                MoveField(
                    name: "outcome", label: "What came of it?",
                    kind: .choice(OrderAppeal.Outcome.allCases.map { ($0.rawValue, OrderWords.outcome($0)) }),
                    hint: "Where the court varied the terms, change them on the page of terms afterwards."),
                when("When was it decided?"),
            ]
        case .publicity:
            return [
                MoveField(name: "public", label: "The order is made public", kind: .check, isRequired: false),
                MoveField(name: "named", label: "The person or place is named", kind: .check, isRequired: false),
                MoveField(
                    name: "reason", label: "Why? (optional)", kind: .text,
                    hint: "Needed to name anyone who is or may be under 18", isRequired: false),
                MoveField(name: "who", label: "Who decided?", kind: .line, hint: "Name and office"),
            ]
        case .explain:
            let late = OrderMove.late(open.order, at: now, calendar)
            return [
                MoveField(
                    name: "purpose", label: "What was late?",
                    kind: .choice(late.map { ($0.rawValue, OrderWords.purpose($0)) })),
                MoveField(name: "reason", label: "Why?", kind: .text),
            ]
        }
    }

    private static func services(_ type: OrderType) -> [String] {
        type.course == .agreement
            ? ["Signed", "Signed with a parent or guardian"]
            : ["By hand", "By post", "Left at the address", "Fixed to the premises", "By e-mail"]
    }

    /// The question to which a refusal belongs.
    func field(_ refusal: OrderRefusal, _ type: OrderType, among fields: [MoveField]) -> String {
        let names = fields.map(\.name)
        let lengths = type.lengths.flatMap { [$0.shortest, $0.longest] }
        let ends = (lengths + [type.extensions?.each, type.extensions?.total, type.continuation]).compactMap { $0 }
        if let rule = refusal.rule, ends.contains(rule), names.contains("to") { return "to" }
        let usual: String =
            switch self {
            case .authorise: "who"
            case .hearing, .adjourn: "hearing"
            case .publicity: "reason"
            case .explain: "purpose"
            case .outcome: "stage"
            case .serve, .heard, .make, .refuse, .withdraw, .extend, .review, .breach, .appeal, .decide, .discharge:
                "at"
            }
        return names.contains(usual) ? usual : names.first ?? "at"
    }

    private func authorising(_ open: OpenOrder, _ when: MoveField) -> [MoveField] {
        var fields = [
            MoveField(name: "who", label: "Who authorised it?", kind: .line, hint: "Name, and rank or office")
        ]
        if let senior = open.type.seniorAuthority {
            fields.append(MoveField(name: "senior", label: senior, kind: .check, isRequired: false))
        }
        if open.type.needsRiskAssessment && open.order.riskAssessment.isEmpty {
            fields.append(MoveField(name: "risk", label: "Where is the risk assessment kept?", kind: .line))
        }
        return fields + [
            when,
            MoveField(
                name: "issued", label: "Date on the paper, if it is another (optional)",
                kind: .moment(.begins, initial: nil), isRequired: false),
        ]
    }

    private func making(_ open: OpenOrder, _ when: MoveField, _ end: MoveField) -> [MoveField] {
        let later = MoveField(
            name: "from", label: "From when does it hold, if later? (optional)", kind: .moment(.begins, initial: nil),
            isRequired: false)
        guard open.type.course == .court else { return [when, later, end] }
        return [
            when, later, end, MoveField(name: "interim", label: "It is interim", kind: .check, isRequired: false),
            MoveField(
                name: "undertaking", label: "The court took an undertaking instead", kind: .check, isRequired: false),
            MoveField(name: "arrest", label: "A power of arrest is attached", kind: .check, isRequired: false),
        ]
    }

    private func breaching(_ open: OpenOrder, _ when: MoveField) -> [MoveField] {
        [
            when, MoveField(name: "what", label: "What happened?", kind: .text),
            MoveField(name: "evidence", label: "What shows it?", kind: .text),
            MoveField(name: "response", label: "What was done? (optional)", kind: .text, isRequired: false),
            stage(open, "How far has it come? (optional)", isRequired: false),
            MoveField(name: "outcome", label: "What came of it? (optional)", kind: .line, isRequired: false),
            MoveField(
                name: "court", label: "When did it go to court? (optional)", kind: .moment(.begins, initial: nil),
                isRequired: false),
        ]
    }

    /// What came of one of the breaches.
    private func following(_ open: OpenOrder) -> [MoveField] {
        let breaches = open.order.breaches.enumerated().map { place, breach in
            (code: String(place), text: "\(breach.at.inWords): \(OrderWords.start(of: breach.what))")
        }
        return [
            MoveField(name: "breach", label: "Which breach?", kind: .choice(breaches)),
            stage(open, "How far has it come?"),
            MoveField(
                name: "outcome", label: "What came of it? (optional)", kind: .line,
                hint: "Left empty, what stands there stays", isRequired: false),
            MoveField(
                name: "court", label: "When did it go to court? (optional)", kind: .moment(.begins, initial: nil),
                isRequired: false),
        ]
    }

    private func stage(_ open: OpenOrder, _ label: String, isRequired: Bool = true) -> MoveField {
        let stages = open.order.breachStages(open.type).map { ($0.rawValue, OrderWords.stage($0)) }
        return MoveField(name: "stage", label: label, kind: .choice(stages), isRequired: isRequired)
    }
}
