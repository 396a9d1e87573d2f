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
}

/// How a case stands, as far as gates ask. Only what has not been superseded counts.
public struct CaseStanding: Hashable, Sendable {
    /// The parts that someone takes.
    public var parties: Set<Code<PartyRole>> = []
    /// How often each form was filled in.
    public var forms: [Code<CaseForm>: Int] = [:]
    /// The newest answers of each form.
    public var answers: [Code<CaseForm>: FormAnswers] = [:]
    /// The instruments with which a risk was assessed.
    public var assessed: Set<Code<RiskInstrument>> = []
    /// How many actions are open.
    public var openActions = 0
    /// Whether a person answers for it.
    public var isOwned = false
    /// How often the rules of gates ask for something, today.
    public var counts: [RuleKey: Int] = [:]

    /// A case of which nothing is known.
    public init() {}

    /// Whether it is as a gate asks.
    public func meets(_ requirement: CaseGate.Requirement) -> Bool {
        switch requirement {
        case .party(let role): parties.contains(role)
        case .form(let form, .number(let atLeast)): forms[form, default: 0] >= atLeast
        case .form(let form, .rule(let rule)): counts[rule].map { forms[form, default: 0] >= $0 } ?? false
        case .answer(let form, let field, let wanted):
            answers[form].map { $0[field] }.map { given in
                wanted.isEmpty ? !given.isEmpty : given.contains(where: wanted.contains)
            } ?? false
        case .assessed(let instrument): assessed.contains(instrument)
        case .noOpenAction: openActions == 0
        case .owned: isOwned
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
            try node.allow(only: common.union(["form", "atLeast"]))
            requirement = .form(try node.required("form").code(), atLeast: try CaseGate.count(node.optional("atLeast")))
        case "answer":
            try node.allow(only: common.union(["form", "field", "answers"]))
            requirement = .answer(
                try node.required("form").code(), field: try node.required("field").text(),
                Set(try node.optional("answers")?.texts() ?? []))
        case "assessment":
            try node.allow(only: common.union(["instrument"]))
            requirement = .assessed(try node.required("instrument").code())
        case "no-open-action":
            try node.allow(only: common)
            requirement = .noOpenAction
        case "owner":
            try node.allow(only: common)
            requirement = .owned
        case let other:
            throw gate.fault(
                "\(other) is no gate; there are answer, assessment, form, no-open-action, owner, party")
        }
        says = try node.required("says").text()
        allowsReason = try node.optional("orReason")?.bool() ?? false
    }

    private static func count(_ node: DefinitionNode?) throws(Fault) -> Count {
        guard let node else { return .number(1) }
        if case .string = node.value { return .rule(try node.ruleKey()) }
        return .number(try node.integer(in: 1...100))
    }
}
