internal import Files
internal import Governance
public import Instruments
public import Kernel
public import Rules

/// What must be so before a case may go on.
public struct CaseGate: Hashable, Sendable {
    /// What is asked for.
    public enum Requirement: Hashable, Sendable {
        /// Someone takes this part.
        case party(Code<PartyRole>)
        /// A form was filled in so many times.
        case form(Code<CaseForm>, atLeast: Count)
        /// A question was answered, with one of these answers when there are any.
        case answer(Code<CaseForm>, field: String, Set<String>)
        /// A risk was assessed with an instrument.
        case assessed(Code<RiskInstrument>)
        /// Every action is closed.
        case noOpenAction
        /// A person at the agency answers for the case.
        case owned
        /// Whoever acts is the one who opened the case: a duty that nobody can do for another.
        case author
        /// Whoever acts is not the one who made this step last.
        case another(than: Code<CaseMove>)
    }

    /// How often.
    public enum Count: Hashable, Sendable {
        /// This often.
        case number(Int)
        /// As often as a rule says.
        case rule(RuleKey)
    }

    /// What is asked for.
    public let requirement: Requirement
    /// What to do, for whoever is stopped by it.
    public let says: String
    /// Whether one may go on without it, with a reason.
    public let allowsReason: Bool
    /// Steps since the last of which alone what was filled in and assessed counts; none for since the case was opened.
    public let since: Set<Code<CaseMove>>
}

/// How a case stands, as far as gates ask. Only what has not been superseded counts.
public struct CaseStanding: Hashable, Sendable {
    /// Something that was filled in.
    public struct Filled: Hashable, Sendable {
        /// The form.
        public let form: Code<CaseForm>
        /// What was answered.
        public let answers: FormAnswers
        /// When.
        public let at: Instant

        /// Something that was filled in.
        public init(_ form: Code<CaseForm>, _ answers: FormAnswers, at: Instant) {
            self.form = form
            self.answers = answers
            self.at = at
        }
    }

    /// The parts that someone takes.
    public var parties: Set<Code<PartyRole>> = []
    /// What was filled in, the oldest first.
    public var filled: [Filled] = []
    /// When a risk was last assessed with each instrument.
    public var assessed: [Code<RiskInstrument>: Instant] = [:]
    /// When each step was last made.
    public var moved: [Code<CaseMove>: Instant] = [:]
    /// The steps that whoever acts made last.
    public var ownMoves: Set<Code<CaseMove>> = []
    /// How many actions are open.
    public var openActions = 0
    /// Whether a person answers for it.
    public var isOwned = false
    /// Whether whoever acts opened it.
    public var isAuthor = false
    /// How often the rules of gates ask for something, today.
    public var counts: [RuleKey: Int] = [:]

    /// A case of which nothing is known.
    public init() {}

    /// Whether it is as a gate asks. A gate that counts since a step which was never made counts from the beginning.
    public func meets(_ gate: CaseGate) -> Bool {
        let since = gate.since.compactMap { moved[$0] }.max()
        func counts(_ at: Instant) -> Bool { since.map { at >= $0 } ?? true }
        switch gate.requirement {
        case .party(let role): return parties.contains(role)
        case .form(let form, let atLeast):
            let times = filled.count { $0.form == form && counts($0.at) }
            switch atLeast {
            case .number(let needed): return times >= needed
            case .rule(let rule): return self.counts[rule].map { times >= $0 } ?? false
            }
        case .answer(let form, let field, let wanted):
            guard let last = filled.last(where: { $0.form == form && counts($0.at) }) else { return false }
            let given = last.answers[field]
            return wanted.isEmpty ? !given.isEmpty : given.contains(where: wanted.contains)
        case .assessed(let instrument): return assessed[instrument].map(counts) ?? false
        case .noOpenAction: return openActions == 0
        case .owned: return isOwned
        case .author: return isAuthor
        case .another(let move): return !ownMoves.contains(move)
        }
    }
}

extension CaseGate {
    init(_ node: DefinitionNode) throws(Fault) {
        let gate = try node.required("gate")
        let common: Set<String> = ["gate", "says", "orReason"]
        switch try gate.text() {
        case "party":
            try node.allow(only: common.union(["party"]))
            requirement = .party(try node.required("party").code())
        case "form":
            try node.allow(only: common.union(["form", "atLeast", "since"]))
            requirement = .form(try node.required("form").code(), atLeast: try CaseGate.count(node.optional("atLeast")))
        case "answer":
            try node.allow(only: common.union(["form", "field", "answers", "since"]))
            requirement = .answer(
                try node.required("form").code(), field: try node.required("field").text(),
                Set(try node.optional("answers")?.texts() ?? []))
        case "assessment":
            try node.allow(only: common.union(["instrument", "since"]))
            requirement = .assessed(try node.required("instrument").code())
        case "no-open-action":
            try node.allow(only: common)
            requirement = .noOpenAction
        case "owner":
            try node.allow(only: common)
            requirement = .owned
        case "author":
            try node.allow(only: common)
            requirement = .author
        case "another":
            try node.allow(only: common.union(["move"]))
            requirement = .another(than: try node.required("move").code())
        case let other:
            throw gate.fault(
                "\(other) is no gate; there are another, answer, assessment, author, form, no-open-action, owner, party"
            )
        }
        says = try node.required("says").text()
        allowsReason = try node.optional("orReason")?.bool() ?? false
        var since: Set<Code<CaseMove>> = []
        if let node = try node.optional("since") {
            if case .string = node.value {
                since = [try node.code()]
            } else {
                for item in try node.items() { since.insert(try item.code()) }
            }
        }
        self.since = since
    }

    private static func count(_ node: DefinitionNode?) throws(Fault) -> Count {
        guard let node else { return .number(1) }
        if case .string = node.value { return .rule(try node.ruleKey()) }
        return .number(try node.integer(in: 1...100))
    }
}
