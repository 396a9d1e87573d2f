public import Kernel

/// What one person is to another. Each kind is written from the first to the second: the first is the second's parent.
public enum RelationKind: String, CaseIterable, Sendable {
    case partner, sibling, friend, associate
    case formerPartner = "former-partner"
    case parent, child, carer
    case caredFor = "cared-for"
    case exploits
    case exploitedBy = "exploited-by"
    case harms
    case harmedBy = "harmed-by"

    /// What stands before the name of the other.
    fileprivate var inWords: String {
        switch self {
        case .partner, .sibling, .friend, .associate, .parent, .child, .carer: "\(rawValue) of"
        case .formerPartner: "former partner of"
        case .caredFor: "cared for by"
        case .exploits, .harms: rawValue
        case .exploitedBy: "exploited by"
        case .harmedBy: "harmed by"
        }
    }

    /// The kind read from the other end.
    public var inverse: RelationKind {
        switch self {
        case .partner, .formerPartner, .sibling, .friend, .associate: self
        case .parent: .child
        case .child: .parent
        case .carer: .caredFor
        case .caredFor: .carer
        case .exploits: .exploitedBy
        case .exploitedBy: .exploits
        case .harms: .harmedBy
        case .harmedBy: .harms
        }
    }
}

/// What kind of evidence a relation rests on.
public enum RelationEvidence: String, CaseIterable, Sendable {
    case fact, opinion, allegation, hearsay
}

/// A relation of one person to another, with the time during which it holds and where it is known from.
public struct RelationContent: Hashable, Sendable {
    /// The other person.
    public var other: ID<Person>
    /// What the first is to the other.
    public var kind: RelationKind
    /// The first day; nil when it is not known.
    public var from: LocalDate?
    /// The last day; nil while it holds.
    public var until: LocalDate?
    /// Where it is known from.
    public var source: String?
    /// What it rests on.
    public var evidence: RelationEvidence
    /// Whether it tells where a person is: then it is a matter of safety.
    public var tellsWhere: Bool

    /// A relation.
    public init(
        _ kind: RelationKind, to other: ID<Person>, from: LocalDate? = nil, until: LocalDate? = nil,
        source: String? = nil, evidence: RelationEvidence, tellsWhere: Bool = false
    ) {
        self.other = other
        self.kind = kind
        self.from = from
        self.until = until
        self.source = source
        self.evidence = evidence
        self.tellsWhere = tellsWhere
    }

    /// What is wrong, in the order of the form.
    public func problems(of person: ID<Person>) -> [PartProblem] {
        var problems: [PartProblem] = []
        if other == person {
            problems.append(PartProblem("other", "Choose someone else: nobody is related to themselves"))
        }
        if let from, let until, until < from {
            problems.append(PartProblem("until", "The last day must not be before the first"))
        }
        return problems
    }

    /// What it says in one line, for the history; `{other}` stands for the name of the other person.
    var inWords: String {
        var words = "\(kind.inWords) {other}"
        if let from { words += "; from \(from.inWords)" }
        if let until { words += "; until \(until.inWords)" }
        words += "; \(evidence.rawValue)"
        if let source { words += "; source: \(source)" }
        return words
    }

    /// The relation read from the other end.
    func seen(from person: ID<Person>) -> RelationContent {
        var content = self
        content.other = person
        content.kind = kind.inverse
        return content
    }
}

/// A relation of a person to another.
public typealias Relation = PersonPart<RelationContent>

/// The people around one person, as far as the actor may see them.
public struct Network: Hashable, Sendable {
    /// In whose midst it is.
    public let centre: ID<Person>
    /// Everyone in it, the centre first, then the nearest.
    public let people: [PersonItem]
    /// How many steps each is from the centre.
    public let steps: [ID<Person>: Int]
    /// The relations among them.
    public let relations: [Relation]
}
