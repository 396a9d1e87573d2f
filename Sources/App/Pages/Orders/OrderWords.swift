internal import DesignSystem
internal import Enforcement
internal import HTML
internal import Kernel
internal import Rules
internal import Site

/// How orders, their parts and refusals are put into words.
enum OrderWords {
    /// What is refused, what is allowed, and by which rule of which Act.
    static func says(_ refusal: OrderRefusal) -> String {
        let named = refusal.rule.map { "\(refusal.source), rule \($0)" } ?? refusal.source
        let allowed = refusal.allowed.isEmpty ? "" : " Allowed: \(refusal.allowed)."
        return "\(refusal.what).\(allowed) (\(named))"
    }

    /// The state in a word, coloured by what it asks.
    static func tag(_ state: Order.State) -> StatusTag {
        let tone: StatusTag.Tone =
            switch state {
            case .draft, .refused, .withdrawn, .discharged, .expired: .neutral
            case .authorised, .served, .hearingSet, .made: .underWay
            case .inForce, .varied, .extended: .good
            case .appealed: .attention
            }
        return StatusTag(state.inWords.capitalisedFirst, tone: tone)
    }

    /// "Appeal".
    static func purpose(_ purpose: OrderType.Clock.Purpose) -> String {
        switch purpose {
        case .appeal: "Time to appeal"
        case .hearing: "The court hears it"
        case .review: "Review"
        case .payment: "Time to pay"
        case .challenge: "Time to challenge it in the High Court"
        case .adjournment: "The hearing that was put off"
        case .notice: "Notice"
        }
    }

    /// A part of an order, in the history.
    static func field(_ field: OrderField) -> String {
        switch field {
        case .authority: "type, court and area"
        case .subject: "subject"
        case .born: "date of birth"
        case .dates: "state and dates"
        case .terms: "terms"
        case .clocks: "clocks and rules"
        case .penalty: "penalty"
        case .publicity: "publicity"
        case .links: "cases"
        case .authorisation: "authorisation and risk assessment"
        case .proportionality: "equality and proportionality"
        case .service: "service"
        case .breaches: "breaches"
        case .appeals: "appeals"
        case .equality: "sex and ethnic group"
        case .protected: "people protected"
        }
    }

    static func outcome(_ outcome: OrderAppeal.Outcome) -> String {
        switch outcome {
        case .dismissed: "Dismissed: the order stays"
        case .allowed: "Allowed: the order ends"
        case .varied: "The court varied the terms"
        case .withdrawn: "Withdrawn: the order stays"
        }
    }

    static func stage(_ stage: OrderBreach.Stage) -> String {
        switch stage {
        case .charged: "Charged"
        case .admitted: "Admitted, or a caution"
        case .convicted: "Convicted"
        case .proved: "The court found it proved"
        case .notProved: "Dropped, or not proved"
        case .noAction: "No action"
        }
    }

    /// The first words of a text, for a choice among several.
    static func start(of text: String) -> String {
        let line = text.singleSpaced
        return line.count > 80 ? "\(line.prefix(80))…" : line
    }

    static func breach(_ breach: OrderType.Breach) -> String {
        switch breach {
        case .criminal: "A breach is an offence"
        case .contempt: "The court may commit for contempt"
        case .nextStep: "The next step may be taken"
        case .none: "It cannot be breached"
        }
    }

    /// When something ends, as people say it: the last day, or the moment where it is none.
    static func end(_ moment: Instant) -> String {
        let last = Instant(milliseconds: moment.milliseconds - 1).ukDate
        return last.advanced(by: 1).startInUK == moment ? last.inWords : moment.inWords
    }

    /// "12.50".
    static func pounds(_ pence: Int) -> String { "£\(pence / 100).\(padded(pence % 100, to: 2))" }

    /// Text with its line ends.
    static func lines(_ text: String) -> Html {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return "\(each: Array(lines.enumerated()), { "\(if: $0.offset > 0, "<br>")\($0.element)" })"
    }
}
