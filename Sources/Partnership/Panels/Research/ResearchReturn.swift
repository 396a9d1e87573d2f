public import Governance
public import Kernel
public import People

/// What an agency knows of a person.
public enum ResearchAnswer: String, CaseIterable, Sendable {
    case known
    case notKnown = "not-known"

    /// What readers see.
    public var inWords: String { self == .known ? "Known" : "Not known" }
}

/// Facts are kept apart from opinions (casework.md §2.0).
public enum StatementKind: String, CaseIterable, Sendable {
    case fact, opinion

    /// What readers see.
    public var inWords: String { self == .fact ? "Fact" : "Opinion" }
}

/// A line to be written: what it says, how deep it lies and on whose side.
public struct NewStatement: Hashable, Sendable {
    /// The longest text, in characters.
    public static let longestText = 4000

    /// Fact or opinion.
    public var kind: StatementKind
    /// The class of the field; P1 at least.
    public var fieldClass: FieldClass
    /// On whose side it is: it decides who sees a safety field. Nil counts as the victim's.
    public var side: SubjectSide?
    /// What it says.
    public var text: String

    /// A line.
    public init(
        _ kind: StatementKind, _ text: String, _ fieldClass: FieldClass = .p2, side: SubjectSide? = nil
    ) {
        self.kind = kind
        self.text = text
        self.fieldClass = fieldClass
        self.side = side
    }
}

/// A line of research.
public struct ResearchLine: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<ResearchLine>
    /// Fact or opinion.
    public let kind: StatementKind
    /// The class of the field.
    public let fieldClass: FieldClass
    /// On whose side it is.
    public let side: SubjectSide?
    /// What it says.
    public let text: String
    /// When its agency released it into the meeting; nil while it is the agency's own.
    public let releasedAt: Instant?
}

/// What one agency returns on one person of an item. It is internal to the agency until it releases lines.
public struct ResearchReturn: Hashable, Sendable {
    /// Its identifier, also in the register and in the audit.
    public let id: ID<ResearchReturn>
    /// The item.
    public let item: ID<AgendaItem>
    /// The person.
    public let person: ID<Person>
    /// The agency.
    public let agency: Code<Agency>
    /// Whether it knows them.
    public let answer: ResearchAnswer
    /// What whoever acts on it must know; the agency's own.
    public internal(set) var caution: String?
    /// Why something is not shared; the agency's own.
    public internal(set) var withheldReason: String?
    /// Whether it came after the last day.
    public let isLate: Bool
    /// When it came.
    public let madeAt: Instant
    /// Its lines, as far as the reader may see.
    public internal(set) var lines: [ResearchLine]
}

/// A return to be made.
public struct NewResearch: Hashable, Sendable {
    /// The item.
    public var item: ID<AgendaItem>
    /// The person.
    public var person: ID<Person>
    /// Whether the agency knows them.
    public var answer: ResearchAnswer
    /// What it knows.
    public var lines: [NewStatement]
    /// What whoever acts on it must know.
    public var caution: String?
    /// Whether something is kept back.
    public var withholds: Bool
    /// Why.
    public var withheldReason: String?

    /// A return.
    public init(
        _ item: ID<AgendaItem>, _ person: ID<Person>, _ answer: ResearchAnswer, _ lines: [NewStatement] = [],
        caution: String? = nil, withholds: Bool = false, withheldReason: String? = nil
    ) {
        self.item = item
        self.person = person
        self.answer = answer
        self.lines = lines
        self.caution = caution
        self.withholds = withholds
        self.withheldReason = withheldReason
    }
}

/// A person on whom an agency is asked for research.
public struct ResearchNominal: Hashable, Sendable {
    /// The item.
    public let item: ID<AgendaItem>
    /// The person.
    public let person: ID<Person>
    /// What the reader's own agency answered; nil while it did not.
    public let answer: ResearchAnswer?
}

/// Which agencies answered on how many of the people on whom they were asked; what they answered is theirs.
public struct ResearchProgress: Hashable, Sendable {
    /// The agency.
    public let agency: Code<Agency>
    /// People on whom it is asked.
    public let asked: Int
    /// People on whom it answered; there is no response on the others.
    public let answered: Int
}
