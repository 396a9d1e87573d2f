public import Casework
public import Files
public import Governance
public import Kernel
public import Rules

/// What an item is on an agenda.
public enum AgendaKind: String, CaseIterable, Sendable {
    case new
    /// It came again within the time that the panel's definition of a repeat gives.
    case `repeat`
    case review, update
    /// It comes from a panel of another area.
    case transferIn = "transfer-in"

    /// What readers see.
    public var inWords: String {
        switch self {
        case .new: "New"
        case .repeat: "Repeat"
        case .review: "Review"
        case .update: "Update"
        case .transferIn: "Transferred in"
        }
    }

    /// Whether a return counts it as a case heard: a look at what was decided before is none.
    public var isCase: Bool { self == .new || self == .repeat || self == .transferIn }
}

/// Who must be there before a panel decides.
public struct PanelQuorum: Hashable, Sendable {
    /// How many agencies.
    public let agencies: Int
    /// Kinds of agency of which one must be among them, as the partnership's definition names them.
    public let kinds: [String]
}

/// Who takes the chair.
public enum PanelChairRule: String, CaseIterable, Sendable {
    /// Someone who works for none of the agencies.
    case independent
    /// The agencies in turn.
    case rotating
    /// The local authority.
    case localAuthority = "local-authority"
    /// The police.
    case police
    /// The police and the local authority together.
    case shared

    /// What readers see.
    public var inWords: String {
        switch self {
        case .independent: "An independent chair"
        case .rotating: "The agencies in turn"
        case .localAuthority: "The local authority"
        case .police: "The police"
        case .shared: "The police and the local authority together"
        }
    }
}

/// A reason for which a case may come to a panel.
public struct PanelRoute: Hashable, Sendable {
    /// Its name in tables.
    public let code: Code<PanelRoute>
    /// What readers see.
    public let text: String
}

/// A kind of panel, read from a file in `Definitions/panel-types`. One engine serves them all.
public struct PanelType: Sendable {
    /// Its name: the kind that the partnership's definition gives a panel.
    public let code: Code<PartnershipDefinition.PanelKind>
    /// What readers see.
    public let name: String
    /// What it is for.
    public let purpose: String
    /// The version of the file.
    public let version: String
    /// SHA-256 of the file, in hexadecimal.
    public let digest: String
    /// The laws and guidance on which it rests.
    public let legalBasis: [String]
    /// Kinds of agency that always sit on it.
    public let coreMembers: [String]
    /// Kinds of agency that are asked to some items.
    public let flexibleMembers: [String]
    /// Who must be there.
    public let quorum: PanelQuorum
    /// Who takes the chair.
    public let chair: PanelChairRule
    /// How often it meets, in words.
    public let frequency: String
    /// The rules by which its days are counted.
    public let deadlines: PanelDeadlineRules
    /// The rule that gives an item's minutes, by what it is.
    public let minutes: [AgendaKind: RuleKey]
    /// The rule that gives the minutes for one action that is not complete.
    public let minutesPerAction: RuleKey
    /// The types of case that it hears.
    public let caseTypes: Set<Code<CaseType>>
    /// The reasons for which a case may come to it, one of which every referral names.
    public let routes: [PanelRoute]
    /// The rule that gives the score of the case type's instrument from which a case may come, for readers: judgement may
    /// bring it all the same. Nil where no score does.
    public let score: RuleKey?
    /// The order of the kinds of items on its agenda, after what is left of the last meeting.
    public let agendaOrder: [AgendaKind]
    /// Whether a referral names a victim and who harms, with the incident, so that a repeat can be looked for.
    public let asksPair: Bool
    /// Whether its meetings are sealed.
    public let isSealed: Bool
    /// Whether each member accepts confidentiality at each meeting before they see an item.
    public let asksConfidentiality: Bool
    /// The parts of a case whose people are told of what was decided, where it is safe.
    public let told: Set<Code<PartyRole>>
    /// The parts whose people are never told, not even that there is a panel.
    public let neverTold: Set<Code<PartyRole>>
    /// Words with which its actions begin, beside those that the program knows.
    public let verbs: Set<String>
    /// What is expected in a case before it is heard; what is missing is told, and stops nothing.
    public let expected: [PanelExpectation]

    /// A route, or nil.
    public func route(_ code: Code<PanelRoute>) -> PanelRoute? { routes.first { $0.code == code } }
}

/// An entry that is expected in a case before a panel hears it.
public struct PanelExpectation: Hashable, Sendable {
    /// The type of case.
    public let caseType: Code<CaseType>
    /// The form of which there is an entry.
    public let form: Code<CaseForm>
    /// The question that one of the entries answers so; any entry does when nil.
    public let question: String?
    /// The answer.
    public let answer: String?
    /// What readers are told as long as there is none.
    public let says: String
}

/// The rules by which a panel's days are counted.
public struct PanelDeadlineRules: Hashable, Sendable {
    /// The last day for a referral, before the meeting.
    public let referral: RuleKey
    /// The last day for research, before the meeting.
    public let research: RuleKey
    /// The last day for the minutes, after the meeting.
    public let minutes: RuleKey
    /// The co-ordinator decides on a referral.
    public let screening: RuleKey
    /// The referrer completes a referral that came back.
    public let completion: RuleKey
    /// The referrer appeals to the chair.
    public let appeal: RuleKey
}

// MARK: - Reading

extension PanelType {
    /// Reads a kind of panel.
    /// - Throws: a `Fault` that names the place in the file.
    public init(_ file: DefinitionFile) throws(Fault) {
        let root = file.root
        try root.allow(only: [
            "code", "name", "purpose", "version", "notes", "legalBasis", "coreMembers", "flexibleMembers", "quorum",
            "chair", "frequency", "deadlines", "minutes", "minutesPerAction", "caseTypes", "routes", "score",
            "agendaOrder",
            "pair", "sealed", "asksConfidentiality", "told", "neverTold", "verbs", "expected",
        ])
        code = try root.required("code").code()
        name = try root.required("name").text()
        purpose = try root.required("purpose").text()
        version = try root.required("version").text()
        digest = file.sha256
        legalBasis = try root.required("legalBasis").texts()
        coreMembers = try root.required("coreMembers").texts()
        flexibleMembers = try root.optional("flexibleMembers")?.texts() ?? []
        quorum = try PanelQuorum(root.required("quorum"), among: coreMembers)
        chair = try root.required("chair").word()
        frequency = try root.required("frequency").text()
        deadlines = try PanelDeadlineRules(root.required("deadlines"))
        var minutes: [AgendaKind: RuleKey] = [:]
        for (name, node) in try root.required("minutes").members() {
            guard let kind = AgendaKind(rawValue: name) else {
                throw node.fault("items are \(AgendaKind.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            minutes[kind] = try node.panelRule()
        }
        for kind in AgendaKind.allCases where minutes[kind] == nil {
            throw try root.required("minutes").fault("no rule gives the minutes of \(kind.rawValue)")
        }
        self.minutes = minutes
        minutesPerAction = try root.required("minutesPerAction").panelRule()
        caseTypes = try root.codes("caseTypes")
        score = try root.optional("score")?.panelRule()
        routes = try PanelType.routes(root.required("routes"))
        agendaOrder = try PanelType.order(root.required("agendaOrder"))
        asksPair = try root.optional("pair")?.bool() ?? false
        isSealed = try root.optional("sealed")?.bool() ?? false
        asksConfidentiality = try root.optional("asksConfidentiality")?.bool() ?? true
        told = try root.codes("told")
        neverTold = try root.codes("neverTold")
        if let both = told.intersection(neverTold).sorted().first {
            throw try root.required("neverTold").fault("\(both) is told and never told")
        }
        var verbs: Set<String> = []
        for node in try root.optional("verbs")?.items() ?? [] { verbs.insert(try node.text().lowercased()) }
        self.verbs = verbs
        expected = try PanelType.expected(root.optional("expected"), among: caseTypes)
    }

    private static func expected(
        _ node: DefinitionNode?, among caseTypes: Set<Code<CaseType>>
    ) throws(Fault) -> [PanelExpectation] {
        var expected: [PanelExpectation] = []
        for item in try node?.items() ?? [] {
            try item.allow(only: ["caseType", "form", "question", "answer", "says"])
            let type: Code<CaseType> = try item.required("caseType").code()
            guard caseTypes.contains(type) else { throw item.fault("it hears no cases of the type \(type)") }
            let (question, answer) = (try item.optional("question"), try item.optional("answer"))
            guard (question == nil) == (answer == nil) else { throw item.fault("a question goes with its answer") }
            expected.append(
                PanelExpectation(
                    caseType: type, form: try item.required("form").code(), question: try question?.text(),
                    answer: try answer?.text(), says: try item.required("says").text()))
        }
        return expected
    }

    private static func routes(_ node: DefinitionNode) throws(Fault) -> [PanelRoute] {
        var routes: [PanelRoute] = []
        for item in try node.items() {
            try item.allow(only: ["code", "text"])
            let route = PanelRoute(code: try item.required("code").code(), text: try item.required("text").text())
            guard !routes.contains(where: { $0.code == route.code }) else {
                throw item.fault("\(route.code) is here twice")
            }
            routes.append(route)
        }
        guard !routes.isEmpty else {
            throw node.fault("a case must have a reason to come: one route at least is needed")
        }
        return routes
    }

    private static func order(_ node: DefinitionNode) throws(Fault) -> [AgendaKind] {
        var order: [AgendaKind] = []
        for item in try node.items() {
            let kind: AgendaKind = try item.word()
            guard !order.contains(kind) else { throw item.fault("\(kind.rawValue) is here twice") }
            order.append(kind)
        }
        if let missing = AgendaKind.allCases.first(where: { !order.contains($0) }) {
            throw node.fault("\(missing.rawValue) has no place in the order")
        }
        return order
    }
}

extension PanelQuorum {
    init(_ node: DefinitionNode, among core: [String]) throws(Fault) {
        try node.allow(only: ["agencies", "kinds"])
        agencies = try node.required("agencies").integer(in: 1...50)
        var kinds: [String] = []
        for item in try node.optional("kinds")?.items() ?? [] {
            let kind = try item.text()
            guard core.contains(kind) else { throw item.fault("\(kind) is none of the core members") }
            kinds.append(kind)
        }
        self.kinds = kinds
    }
}

extension PanelDeadlineRules {
    init(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["referral", "research", "minutes", "screening", "completion", "appeal"])
        referral = try node.required("referral").panelRule()
        research = try node.required("research").panelRule()
        minutes = try node.required("minutes").panelRule()
        screening = try node.required("screening").panelRule()
        completion = try node.required("completion").panelRule()
        appeal = try node.required("appeal").panelRule()
    }
}

extension DefinitionNode {
    /// This name of a rule.
    fileprivate func panelRule() throws(Fault) -> RuleKey {
        guard let key = RuleKey(try text()) else { throw fault("the name of a rule is needed here") }
        return key
    }
}
