internal import Casework
public import Governance
public import Kernel

/// A letter to the applicant: its parts, each a heading and its paragraphs. What people typed on the review stands in it at
/// places in braces, so that it is looked at, and can be put in other words, before it goes out.
public struct CaseReviewLetter: Hashable, Sendable {
    /// A part.
    public struct Part: Hashable, Sendable {
        /// Its heading; empty for the first and the last.
        public let heading: String
        /// Its paragraphs.
        public let paragraphs: [String]
    }

    /// What someone typed on the review.
    public struct Passage: Hashable, Sendable {
        /// Its place in braces.
        public let code: String
        /// What it is.
        public let label: String
        /// What was typed.
        public let text: String
    }

    /// What was typed, as the parts are put together.
    struct Passages {
        private(set) var all: [Passage] = []

        /// The place of a text.
        mutating func place(_ text: String, _ label: String) -> String {
            let passage = Passage(code: "words-\(all.count + 1)", label: label, text: text)
            all.append(passage)
            return "{\(passage.code)}"
        }
    }

    /// Which letter.
    public enum Kind: String, CaseIterable, Sendable {
        /// That the application came in.
        case acknowledgement
        /// The decision on the threshold, or that it cannot be decided.
        case decision
        /// The outcome of the review.
        case outcome
        /// The decision on the appeal.
        case appeal

        /// Its name.
        public var title: String {
            switch self {
            case .acknowledgement: "Letter: we have your application"
            case .decision: "Letter: our decision"
            case .outcome: "Letter: the outcome of the review"
            case .appeal: "Letter: the decision on your appeal"
            }
        }
    }

    /// Which letter.
    public let kind: Kind
    /// Its parts, with places.
    public let parts: [Part]
    /// What stands at the places.
    public let passages: [Passage]

    /// All that it says before anyone puts it in other words, in one line: two letters that say the same are the same one.
    public var wording: String {
        let said = parts.flatMap { [$0.heading] + $0.paragraphs } + passages.flatMap { [$0.code, $0.label, $0.text] }
        return said.joined(separator: " ").singleSpaced
    }
}

/// What a letter needs to know beside the review.
public struct CaseReviewLetterFacts: Sendable {
    /// The applicant's name; nil for who may not see it.
    public var applicant: String?
    /// The partnership's name.
    public var partnership: String
    /// What bodies are called.
    public var name: @Sendable (Code<Agency>) -> String
    /// How the agency that writes is reached.
    public var contact: String?
    /// By when one may appeal: the length of the rule `caseReview.appealWindow`, in words.
    public var appealWindow: String
    /// Whether the local policing body may review decisions.
    public var hasPolicingBody: Bool

    /// What a letter needs to know.
    public init(
        applicant: String?, partnership: String, contact: String?, appealWindow: String,
        hasPolicingBody: Bool,
        name: @escaping @Sendable (Code<Agency>) -> String
    ) {
        // A brace would be taken for a place.
        @Sendable func plain(_ text: String) -> String { text.replacing("{", with: "(").replacing("}", with: ")") }
        self.applicant = applicant.map(plain)
        self.partnership = plain(partnership)
        self.contact = contact.map(plain)
        self.appealWindow = appealWindow
        self.hasPolicingBody = hasPolicingBody
        self.name = { plain(name($0)) }
    }
}

extension CaseReviewRecord {
    /// The letters that can be written as the review stands: each says what was decided, and none before it was.
    public var letters: [CaseReviewLetter.Kind] {
        CaseReviewLetter.Kind.allCases.filter { kind in
            switch kind {
            case .acknowledgement: true
            case .decision: decision != nil || state == .invalid
            case .outcome: entries("review-meeting").last != nil
            case .appeal: appealDecision != nil
            }
        }
    }

    /// A letter.
    public func letter(_ kind: CaseReviewLetter.Kind, _ facts: CaseReviewLetterFacts) -> CaseReviewLetter {
        let greeting = "Dear \(facts.applicant ?? "applicant"),"
        let reference = "Our reference: \(view.record.reference). You applied on \(appliedOn.inWords)."
        var words = CaseReviewLetter.Passages()
        let body =
            switch kind {
            case .acknowledgement: acknowledgement
            case .decision: decisionParts(facts, &words)
            case .outcome: outcomeParts(facts, &words)
            case .appeal: appealParts(&words)
            }
        let opening = CaseReviewLetter.Part(heading: "", paragraphs: [greeting, reference])
        let contact = contactPart(facts, &words)
        let closing = CaseReviewLetter.Part(heading: "", paragraphs: ["Yours sincerely,", facts.partnership])
        return CaseReviewLetter(kind: kind, parts: [opening] + body + [contact, closing], passages: words.all)
    }

    private func contactPart(
        _ facts: CaseReviewLetterFacts, _ words: inout CaseReviewLetter.Passages
    ) -> CaseReviewLetter.Part {
        var lines: [String] = []
        if let person = entries("acknowledgement").last?.answers["contact-person"].first {
            let name = words.place(person, "The one person to ask")
            lines.append("\(name) answers for your application from first to last.")
        }
        if let contact = facts.contact { lines.append("You reach us here: \(contact).") }
        lines.append(
            """
            You need not wait for our letters: ask us at any time, tell us if we should reach you in another way, and call \
            999 if you are in danger. Victim Support listens to you day and night, free of charge, on 0808 168 9111.
            """)
        return .init(heading: "Whom to ask, and support", paragraphs: lines)
    }

    private var acknowledgement: [CaseReviewLetter.Part] {
        [
            .init(
                heading: "We have your application",
                paragraphs: [
                    """
                    You asked that the bodies responsible look together at what was done about the antisocial behaviour \
                    that you reported. We look at consent, place and subject first, ask every body for what it knows, and \
                    then tell you whether the threshold for a review is met.
                    """,
                    "We write to you when that is decided, whatever the decision is, with the reasons and how to appeal.",
                ])
        ]
    }

    private var complaintsPart: CaseReviewLetter.Part {
        guard let keptCount else {
            return .init(heading: "Your reports", paragraphs: ["The reports were not counted."])
        }
        return .init(heading: "Which of your reports count, and why", paragraphs: keptCount.items.map(\.says))
    }

    private func thresholdPart(_ words: inout CaseReviewLetter.Passages) -> CaseReviewLetter.Part {
        var lines: [String] = []
        if let keptCount {
            lines.append(keptCount.summary)
            let told = ["caseReview.complaints.n", "caseReview.complaintWindow", "caseReview.applicationWindow"]
            for rule in keptCount.rules where told.contains(rule.key) {
                lines.append(
                    "\(rule.name): \(rule.says) (\(rule.source), as it held on \(keptCount.appliedOn.inWords)).")
            }
        }
        switch decision?.answers["decision"].first {
        case "met": lines.append("We have decided that the threshold is met. Your case will be reviewed.")
        case "not-met":
            lines.append("We have decided that the threshold is not met.")
        case "not-met-reviewed":
            lines.append("The threshold is not met. We have decided to review your case all the same.")
        default: break
        }
        if isMetByHarm {
            lines.append("We found that the persistence, the harm or what was done so far ask for a review.")
        }
        if let reason = decision?.answers["reason"].first {
            lines.append(words.place(reason, "Why the threshold is met, or not"))
        }
        return .init(heading: "Our decision", paragraphs: lines)
    }

    private func decisionParts(
        _ facts: CaseReviewLetterFacts, _ words: inout CaseReviewLetter.Passages
    ) -> [CaseReviewLetter.Part] {
        guard decision != nil else {
            let reason = entries("closing").last?.answers["reason"].first.map {
                words.place($0, "Why it cannot be decided")
            }
            return [
                .init(
                    heading: "Our decision",
                    paragraphs: ["Your application cannot be decided."] + (reason.map { [$0] } ?? [])),
                appealPart(facts),
            ]
        }
        var parts = [complaintsPart, thresholdPart(&words)]
        let bodies = bodyViews.map { facts.name($0.body) }
        if !bodies.isEmpty {
            parts.append(.init(heading: "Who took part", paragraphs: [bodies.joined(separator: ", ") + "."]))
        }
        return parts + [appealPart(facts)]
    }

    private func outcomeParts(
        _ facts: CaseReviewLetterFacts, _ words: inout CaseReviewLetter.Passages
    ) -> [CaseReviewLetter.Part] {
        let meeting = entries("review-meeting").last
        var parts: [CaseReviewLetter.Part] = []
        if let what = entries("application").first?.answers["what"].first {
            let asked = words.place(what, "What they asked for")
            parts.append(.init(heading: "What you asked for, as we understood it", paragraphs: [asked]))
        }
        parts += [complaintsPart, thresholdPart(&words), meetingPart(meeting, facts, &words)]
        if let found = meeting?.answers["found"].first {
            parts.append(.init(heading: "What we found", paragraphs: [words.place(found, "What was found")]))
        }
        parts.append(.init(heading: "What we recommend", paragraphs: recommendationLines(facts, &words)))
        if let plan = entries("plan-consultation").last {
            let said = plan.answers["said"].first.map {
                "You said: \(words.place($0, "What they said about the plan"))"
            }
            let changed = plan.answers["changed"].first.map {
                "We changed for it: \(words.place($0, "What was changed for it"))"
            }
            parts.append(
                .init(
                    heading: "What you said about the plan",
                    paragraphs: [said ?? "You were asked about the plan."] + (changed.map { [$0] } ?? [])))
        }
        return parts + [appealPart(facts)]
    }

    private func meetingPart(
        _ meeting: CaseEntry?, _ facts: CaseReviewLetterFacts, _ words: inout CaseReviewLetter.Passages
    ) -> CaseReviewLetter.Part {
        var lines: [String] = []
        if let meeting, let chair = meeting.answers["chair"].first {
            let day = meeting.happenedOn.map { " on \($0.inWords)" } ?? ""
            let body = meeting.answers["chair-agency"].first.flatMap { Code<Agency>($0) }.map { " (\(facts.name($0)))" }
            let name = words.place(chair, "Who chaired")
            lines.append("The review was held\(day). \(name)\(body ?? "") chaired it.")
            let isIndependent = meeting.answers["independent"].first == "yes"
            lines.append(
                isIndependent
                    ? "No report under review had been made to the chair’s body."
                    : "The chair comes from a body to which reports were made."
                        + (meeting.answers["chair-reason"].first.map {
                            " \(words.place($0, "Why nobody independent chaired"))"
                        } ?? ""))
            let there = view.type.form(meeting.form)?.field("there")
            let names = meeting.answers["there"].compactMap { code in
                there?.choices.first { $0.code == code }?.text
            }
            if !names.isEmpty { lines.append("There were: \(names.joined(separator: ", ")).") }
        }
        return .init(heading: "Who took part, and what we reviewed", paragraphs: lines)
    }

    private func recommendationLines(
        _ facts: CaseReviewLetterFacts, _ words: inout CaseReviewLetter.Passages
    ) -> [String] {
        guard !recommendations.isEmpty else { return ["We made no recommendations."] }
        var lines = [
            """
            A body to which a recommendation is made must have regard to it when it does its work (Anti-social Behaviour, \
            Crime and Policing Act 2014, section 104).
            """
        ]
        for (i, recommendation) in recommendations.enumerated() {
            let by = recommendation.asksBy.map { ", by \($0.inWords)" } ?? ""
            let text = words.place(recommendation.text, "Recommendation \(i + 1)")
            let answer =
                switch recommendation.answer {
                case nil: "It has not answered yet."
                case .accepts(let due): "It accepts, and will do it by \(due.inWords)."
                case .partly(let due, let reason):
                    "It accepts in part, by \(due.inWords): \(words.place(reason, "Answer to recommendation \(i + 1)"))"
                case .rejects(let reason):
                    "It does not accept it: \(words.place(reason, "Answer to recommendation \(i + 1)"))"
                }
            lines.append("\(i + 1). \(facts.name(recommendation.body))\(by): \(text) \(answer)")
        }
        return lines
    }

    private func appealParts(_ words: inout CaseReviewLetter.Passages) -> [CaseReviewLetter.Part] {
        let decided = appealDecision
        let isChanged = decided?.answers["decision"].first == "revised"
        var lines = [isChanged ? "The decision is changed." : "The decision stands."]
        if let by = decided?.answers["by"].first {
            lines.append("Decided by \(words.place(by, "Who decided the appeal")), who took no part before.")
        }
        if let reason = decided?.answers["reason"].first {
            lines.append(words.place(reason, "Why the appeal was decided so"))
        }
        return [.init(heading: "The decision on your appeal", paragraphs: lines)]
    }

    private func appealPart(_ facts: CaseReviewLetterFacts) -> CaseReviewLetter.Part {
        var lines = [
            """
            If you think that this is wrong, tell us in any way you like within \(facts.appealWindow) of this letter. \
            Someone who took no part decides on your appeal.
            """
        ]
        if facts.hasPolicingBody {
            lines.append(
                "You can also ask the local policing body, the commissioner or whoever has their powers, to look at it."
            )
        }
        lines.append(
            """
            About the council you can turn to the Local Government and Social Care Ombudsman, about a landlord to the \
            Housing Ombudsman, and about the police to their professional standards department.
            """)
        return .init(heading: "If you do not agree", paragraphs: lines)
    }
}

extension KeptCaseReviewCount {
    /// The count against the threshold: "2 complaints count. The review procedures ask for 3."
    public var summary: String {
        let verb = count == 1 ? "complaint counts" : "complaints count"
        let needed = rule("caseReview.complaints.n").map { " The review procedures ask for \($0.says)." } ?? ""
        return "\(count == 0 ? "No" : String(count)) \(verb).\(needed)"
    }
}
