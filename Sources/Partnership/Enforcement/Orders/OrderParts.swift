public import Governance
public import Kernel
public import Rules

/// Whom or what an order is about.
public enum OrderSubject: Hashable, Sendable {
    /// A registered person.
    case person(ID<Registered>)
    /// A business or other body, by name.
    case body(String)
    /// Premises, by address.
    case premises(String)
    /// An area, by description.
    case area(String)
    /// A tenancy, by its reference.
    case tenancy(String)

    /// Its kind.
    public var kind: OrderType.SubjectKind {
        switch self {
        case .person: .person
        case .body: .body
        case .premises: .premises
        case .area: .area
        case .tenancy: .tenancy
        }
    }

    /// The person's identifier, or the text.
    public var text: String {
        switch self {
        case .person(let id): id.text
        case .body(let text), .premises(let text), .area(let text), .tenancy(let text): text
        }
    }
}

/// When things happened to an order. A moment that is nil has not come.
public struct OrderDates: Hashable, Sendable {
    /// The date on the paper.
    public var issued: Instant?
    /// When it was authorised.
    public var authorised: Instant?
    /// When it was served.
    public var served: Instant?
    /// When the court hears it, as last fixed.
    public var hearing: Instant?
    /// When the hearing was last put off.
    public var adjourned: Instant?
    /// When the court or the maker decided.
    public var decided: Instant?
    /// From when it holds.
    public var from: Instant?
    /// The first moment at which it no longer holds; nil for until further order.
    public var to: Instant?
    /// When it was varied.
    public var varied: [Instant] = []
    /// When it was extended.
    public var extended: [Instant] = []
    /// When it was reviewed.
    public var reviewed: [Instant] = []
    /// When it was discharged, quashed or withdrawn after it held.
    public var discharged: Instant?

    /// Nothing has happened.
    public init() {}
}

/// How and where an order was served.
public struct OrderService: Hashable, Sendable {
    /// How: by hand, by post, fixed to the premises.
    public var method: String
    /// By whom.
    public var who: String
    /// Where.
    public var place: String
    /// What proves it: a statement, a photograph, a receipt.
    public var proof: String
    /// When.
    public var at: Instant

    /// A service.
    public init(method: String, who: String, place: String, proof: String, at: Instant) {
        self.method = method
        self.who = who
        self.place = place
        self.proof = proof
        self.at = at
    }
}

/// A breach of an order.
public struct OrderBreach: Hashable, Sendable {
    /// How far it has come.
    public enum Stage: String, CaseIterable, Sendable {
        /// Someone was charged with it.
        case charged
        /// They admitted it: a plea, a caution, or before the court that made the order.
        case admitted
        /// A court convicted them of it.
        case convicted
        /// The court that made the order found it proved; that is contempt, and no offence.
        case proved
        /// It was dropped, or a court did not find it.
        case notProved = "not-proved"
        /// Nothing was done.
        case noAction = "no-action"

        /// Whether it is an offence from here on, where its type says that a breach is one.
        public var isOffence: Bool {
            switch self {
            case .charged, .admitted, .convicted: true
            case .proved, .notProved, .noAction: false
            }
        }
    }

    /// When it happened.
    public var at: Instant
    /// What happened.
    public var what: String
    /// What shows it.
    public var evidence: String
    /// What was done.
    public var response: String
    /// How far it has come; nil while nobody entered it.
    public var stage: Stage?
    /// What came of it.
    public var outcome: String
    /// When it went to court.
    public var toCourt: Instant?
    /// When it was entered.
    public var enteredAt: Instant

    /// A breach.
    public init(
        at: Instant, what: String, evidence: String, response: String = "", stage: Stage? = nil, outcome: String = "",
        toCourt: Instant? = nil, enteredAt: Instant
    ) {
        self.at = at
        self.what = what
        self.evidence = evidence
        self.response = response
        self.stage = stage
        self.outcome = outcome
        self.toCourt = toCourt
        self.enteredAt = enteredAt
    }
}

/// An appeal against an order.
public struct OrderAppeal: Hashable, Sendable {
    /// What came of an appeal.
    public enum Outcome: String, CaseIterable, Sendable {
        case dismissed, allowed, varied, withdrawn
    }

    /// When it was made.
    public var at: Instant
    /// To which court.
    public var court: String
    /// Whether the court put the whole order on hold.
    public var isStayed: Bool
    /// What came of it; nil while it waits.
    public var outcome: Outcome?
    /// When it was decided.
    public var decidedAt: Instant?

    /// An appeal.
    public init(
        at: Instant, court: String, isStayed: Bool = false, outcome: Outcome? = nil, decidedAt: Instant? = nil
    ) {
        self.at = at
        self.court = court
        self.isStayed = isStayed
        self.outcome = outcome
        self.decidedAt = decidedAt
    }
}

/// Whether and how the public is told.
public struct OrderPublicity: Hashable, Sendable {
    /// Whether the order is made public.
    public var isPublic: Bool
    /// Whether the subject is named.
    public var isNamed: Bool
    /// Why.
    public var reason: String
    /// Who decided.
    public var decidedBy: String
    /// When.
    public var at: Instant

    /// A decision.
    public init(isPublic: Bool, isNamed: Bool, reason: String, decidedBy: String, at: Instant) {
        self.isPublic = isPublic
        self.isNamed = isNamed
        self.reason = reason
        self.decidedBy = decidedBy
        self.at = at
    }
}

/// A rule under which something about an order was decided. It is kept, so that a later rule does not judge it again.
public struct KeptRule: Hashable, Sendable {
    /// Its name.
    public let key: RuleKey
    /// From when the version held.
    public let from: LocalDate
    /// What it said.
    public let value: String

    /// A rule as it was kept.
    public init(key: RuleKey, from: LocalDate, value: String) {
        self.key = key
        self.from = from
        self.value = value
    }
}

/// A clock of an order.
public struct OrderClock: Hashable, Sendable {
    /// What it is for.
    public let purpose: OrderType.Clock.Purpose
    /// The clock.
    public var clock: RunningClock

    /// A clock.
    public init(purpose: OrderType.Clock.Purpose, clock: RunningClock) {
        self.purpose = purpose
        self.clock = clock
    }
}

/// What came before an order: a warning before a notice, a notice before an order.
public struct OrderBefore: Hashable, Sendable {
    /// The record.
    public let id: ID<Order>
    /// Its type.
    public let type: Code<OrderType>
    /// Whom or what it was about.
    public let subject: OrderSubject
    /// When it was served, or made where it is not served.
    public let at: Instant?

    /// What came before.
    public init(id: ID<Order>, type: Code<OrderType>, subject: OrderSubject, at: Instant?) {
        self.id = id
        self.type = type
        self.subject = subject
        self.at = at
    }
}

/// Someone whom an order protects. Their details are victim safety.
public struct ProtectedPerson: Hashable, Sendable {
    /// The registered person, if they are one.
    public var person: ID<Registered>?
    /// Who they are and how they are kept safe.
    public var details: String

    /// Someone protected.
    public init(person: ID<Registered>? = nil, details: String) {
        self.person = person
        self.details = details
    }
}

/// What is recorded of the subject for the view of who is made subject to orders. Each is nil where nobody recorded it.
public struct OrderEquality: Hashable, Sendable {
    /// The sex.
    public var sex: String?
    /// The ethnic group, as the person says.
    public var ethnicGroup: String?

    /// What is recorded.
    public init(sex: String? = nil, ethnicGroup: String? = nil) {
        self.sex = sex
        self.ethnicGroup = ethnicGroup
    }
}
