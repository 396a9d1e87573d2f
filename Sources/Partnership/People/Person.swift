public import Governance
public import Kernel

/// A person whom the partnership works with, as one actor may see them.
public struct Person: Hashable, Sendable {
    /// The person's identifier, also in the register and in the audit.
    public let id: ID<Person>
    /// The fields that the actor may see; the others are nil.
    public let details: PersonDetails
    /// The fields that the actor may change.
    public internal(set) var changeable: Set<PersonField>
    /// What the policy knows of the record.
    public let facts: RecordFacts
    /// Whether the actor may decide who sees it.
    public let mayGuard: Bool
    /// Whether the actor may know on whose side the person is.
    public let showsSide: Bool
    /// Whether the actor would see sealed fields if they said why.
    public var mayAskForSealed: Bool
    /// How the address is guarded; nil when the actor may not see it.
    public internal(set) var secrecy: AddressSecrecy?
    /// The addresses that the actor may see, the one that takes letters first, then the newest.
    public var addresses: [PersonAddress] = []
    /// The ways to reach the person, when the actor may see them.
    public var contacts: [ContactMethod] = []
    /// Whether the actor may see how the person is reached.
    public internal(set) var seesContact: Bool
    /// Whether letters go to an address that the actor may not see.
    var hidesLetterAddress = false
    /// The side behind whose wall the person stands by the strictest of their records, also when the actor may not know it.
    var side: SubjectSide?
    /// The version, for a change.
    public let version: Int64
    /// When it was last changed.
    public let changedAt: Instant
    /// By whom.
    public let changedBy: ID<Account>

    /// Whether the actor may change where and how the person is reached.
    public var mayChangeReach: Bool { changeable.contains(.phone) }

    /// The end of the actor's broken glass, if that is why they see it.
    public func openUntil(for actor: Actor, now: Instant) -> Instant? {
        facts.recordClass == .protected
            ? facts.glasses.filter { $0.account == actor.account && now < $0.until }.map(\.until).max() : nil
    }
}

/// What a look at one person gave.
public enum PersonFinding: Hashable, Sendable {
    /// The person, as far as the actor may see.
    case found(Person)
    /// There is one, held by that agency, and it is not to be seen; `glass` tells that a reason would open it.
    case refused(agency: Code<Agency>, AccessDecision.Reason)
    /// There is none, or none that exists for this actor.
    case absent
}

/// A person in a list.
public struct PersonItem: Hashable, Sendable {
    /// The person.
    public let id: ID<Person>
    /// The agency that holds the record.
    public let agency: Code<Agency>
    /// The name; nil when the actor may not see it, and then the rest is nil too.
    public let name: String?
    /// When they were born.
    public let birth: Birth?
    /// Other names that they are known by.
    public let otherNames: [String]
    /// Whether the actor knows the name through another record alone, and cannot open the person's own.
    public var isThrough = false
}

/// A part of a list of people. It never tells how many it leaves out.
public struct PeoplePage: Hashable, Sendable {
    /// People that the actor may see.
    public var items: [PersonItem]
    /// Protected people who match and whose records take a broken glass to open: without names.
    public var masked: [PersonItem]
    /// Where the next page begins, or nil at the end.
    public var next: ID<Person>?
}

/// A person to be recorded.
public struct NewPerson: Sendable {
    /// The fields.
    public var details: PersonDetails
    /// On whose side they are, which decides who sees how to reach them.
    public var side: SubjectSide?
    /// The team that works with them: one of the actor's.
    public var team: Code<Team>?
    /// How the address is guarded; it cannot be sealed yet.
    public var secrecy: AddressSecrecy
    /// How the record is guarded.
    public var recordClass: RecordClass
    /// Who may see it, when it is restricted.
    public var named: Set<ID<Account>>
    /// Who may see it until when, when it is sealed.
    public var grants: [RecordFacts.Grant]

    /// A person to be recorded.
    public init(
        _ details: PersonDetails, side: SubjectSide? = nil, team: Code<Team>? = nil,
        secrecy: AddressSecrecy = .ordinary, recordClass: RecordClass = .normal, named: Set<ID<Account>> = [],
        grants: [RecordFacts.Grant] = []
    ) {
        self.details = details
        self.side = side
        self.team = team
        self.secrecy = secrecy
        self.recordClass = recordClass
        self.named = named
        self.grants = grants
    }
}

/// Why a person was not recorded or changed.
public enum PersonRefusal: Error, Hashable, Sendable {
    /// The register refuses.
    case register(RegisterRefusal)
    /// Something entered is wrong.
    case problems([PersonProblem])
    /// These may be the same person: someone must look first.
    case possibleMatches([PersonItem])
    /// Someone else changed the person in between: this is how it is now.
    case changedMeanwhile(Person)
}
