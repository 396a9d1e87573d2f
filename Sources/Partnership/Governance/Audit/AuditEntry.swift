public import Kernel

/// A kind of thing that acts are done to: `person`, `account`, `assessment`.
public enum AuditObjectKind {}

/// One act, as the audit keeps it (casework.md §4.6). The log gives it its number and its hash.
///
/// An entry names people by the identifiers of their records, never by name. `reason` and `query` hold what the actor
/// typed, so the audit as a whole is personal data of class P2 and is read only through `AuditView`.
public struct AuditEntry: Hashable, Sendable {
    /// When the act was done.
    public var at: Instant
    /// Who did it.
    public var by: AuditParty
    /// What was done.
    public var act: AuditAct
    /// To what, or nil when the act has no object (a failed sign-in).
    public var object: AuditObject?
    /// BLAKE2b-256 of the object before the act.
    public var before: [UInt8]?
    /// BLAKE2b-256 of the object after the act.
    public var after: [UInt8]?
    /// Why, in the actor's own words, where the act asks for a reason.
    public var reason: String?
    /// The legal gateway of a disclosure.
    public var gateway: String?
    /// The version of the rules that decided.
    public var ruleVersion: String?
    /// How it ended.
    public var outcome: AuditOutcome
    /// The code of the reason for which it was refused or went as it did: `wrong-password`, `conflict`.
    public var code: String?
    /// What was searched for, or the filters of a list or an export.
    public var query: String?
    /// How many records the query found.
    public var results: Int64?
    /// The identifier of the request, by which log lines and entries of one request are found together.
    public var request: String
    /// The people whose records are concerned, in the order in which they were shown.
    public var subjects: [AuditSubject]

    /// An act.
    public init(
        at: Instant, by: AuditParty, act: AuditAct, object: AuditObject? = nil, before: [UInt8]? = nil,
        after: [UInt8]? = nil, reason: String? = nil, gateway: String? = nil, ruleVersion: String? = nil,
        outcome: AuditOutcome = .permit, code: String? = nil, query: String? = nil, results: Int64? = nil,
        request: String, subjects: [AuditSubject] = []
    ) {
        self.at = at
        self.by = by
        self.act = act
        self.object = object
        self.before = before
        self.after = after
        self.reason = reason
        self.gateway = gateway
        self.ruleVersion = ruleVersion
        self.outcome = outcome
        self.code = code
        self.query = query
        self.results = results
        self.request = request
        self.subjects = subjects
    }
}

/// Who did an act.
public struct AuditParty: Hashable, Sendable {
    /// Whether a person, a client program, the system, or someone who has not signed in.
    public enum Kind: String, CaseIterable, Sendable {
        case person, client, system, visitor
    }

    /// What kind of party.
    public var kind: Kind
    /// The account, unless nobody is known.
    public var account: ID<Account>?
    /// The agency they acted for.
    public var agency: Code<Agency>?
    /// The role that allowed the act.
    public var role: Code<Role>?
    /// The session.
    public var session: ID<Session>?
    /// The network address.
    public var address: String?

    /// A party.
    public init(
        kind: Kind, account: ID<Account>? = nil, agency: Code<Agency>? = nil, role: Code<Role>? = nil,
        session: ID<Session>? = nil, address: String? = nil
    ) {
        self.kind = kind
        self.account = account
        self.agency = agency
        self.role = role
        self.session = session
        self.address = address
    }

    /// The party that an actor is.
    /// - Parameter role: the role that allowed the act, as the policy's decision names it.
    public init(_ actor: Actor, role: Code<Role>? = nil) {
        let kind: Kind =
            switch actor.kind {
            case .person: .person
            case .client: .client
            case .system: .system
            }
        self.init(
            kind: kind, account: actor.account, agency: actor.agency, role: role, session: actor.session,
            address: actor.address)
    }
}

/// What an act was done to.
public struct AuditObject: Hashable, Sendable {
    /// The kind of thing.
    public var kind: Code<AuditObjectKind>
    /// Which one, or nil for all of the kind (a list).
    public var id: String?
    /// Its version after the act.
    public var version: Int64?
    /// The fields read or changed, by name. Spaces and control characters in a name are written `_`.
    public var fields: [String]
    /// The highest class among those fields or the class of the record: `P2`, `restricted`.
    public var classification: String?

    /// An object.
    public init(
        _ kind: Code<AuditObjectKind>, id: String? = nil, version: Int64? = nil, fields: [String] = [],
        classification: String? = nil
    ) {
        self.kind = kind
        self.id = id
        self.version = version
        self.fields = fields
        self.classification = classification
    }
}

/// A person whose record an act concerned: by the record's identifier, or by the reference of a source's row.
public struct AuditSubject: Hashable, Sendable {
    /// At most 200 bytes without control characters.
    public let reference: String

    /// The person with that identifier.
    public init<Tag>(_ id: ID<Tag>) { reference = id.text }

    /// The reference, or nil when it is empty, longer than 200 bytes or holds control characters.
    public init?(reference: String) {
        guard (1...200).contains(reference.utf8.count), reference.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { return nil }
        self.reference = reference
    }
}

/// Who acts, when, and in which request: what every function that writes asks for.
public struct Occasion: Sendable {
    /// Who acts.
    public var actor: Actor
    /// The role that the policy found to allow the act.
    public var role: Code<Role>?
    /// When.
    public var now: Instant
    /// The identifier of the request.
    public var request: String

    /// An occasion.
    public init(_ actor: Actor, at now: Instant, request: String, role: Code<Role>? = nil) {
        self.actor = actor
        self.role = role
        self.now = now
        self.request = request
    }

    /// An entry of this occasion.
    public func entry(_ act: AuditAct, _ object: AuditObject? = nil, outcome: AuditOutcome = .permit) -> AuditEntry {
        AuditEntry(
            at: now, by: AuditParty(actor, role: role), act: act, object: object, outcome: outcome, request: request)
    }
}
