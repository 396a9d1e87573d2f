public import Kernel

/// The tag of a record in the register, whatever its kind. A record keeps the identifier of its own area.
public enum Registered {}

extension ID where Tag == Registered {
    /// The register's name for a record of another area.
    public init<Other>(_ id: ID<Other>) {
        // An identifier's text is always an identifier.
        self = ID(id.text) ?? ID(at: Instant(milliseconds: 0))
    }
}

/// A record as the register knows it: who may see it, and the title that lists and searches show.
public struct RegisterEntry: Hashable, Sendable {
    /// The longest title, in characters.
    public static let longestTitle = 200

    /// The record's identifier.
    public let id: ID<Registered>
    /// What the policy must know.
    public var facts: RecordFacts
    /// What lists show: "Case 2026-0412", a person's name.
    public var title: String
    /// The class of the title: P0 for a number, P1 for a name.
    public var titleClass: FieldClass
    /// When it was registered.
    public internal(set) var createdAt: Instant
    /// When it was last changed.
    public internal(set) var changedAt: Instant
    /// Counts its changes, from 1.
    public internal(set) var version: Int64

    /// A record that is new to the register.
    public init(_ id: ID<Registered>, _ facts: RecordFacts, title: String, titleClass: FieldClass) {
        self.id = id
        self.facts = facts
        self.title = title
        self.titleClass = titleClass
        createdAt = Instant(milliseconds: 0)
        changedAt = createdAt
        version = 1
    }

    /// A title as it is searched: small letters, single spaces.
    static func folded(_ title: String) -> String {
        title.lowercased().singleSpaced
    }
}

/// What the audit keeps of the fields that an act concerned, beyond their class.
public struct RegisterDetail: Hashable, Sendable {
    /// The names of the fields that were read or changed.
    public var fields: [String]
    /// BLAKE2b-256 of the record before the act.
    public var before: [UInt8]?
    /// BLAKE2b-256 of the record after the act.
    public var after: [UInt8]?
    /// Accounts that the act concerned: those who were named or granted, or are no longer.
    public var accounts: [ID<Account>] = []

    /// Nothing.
    public static let none = RegisterDetail(fields: [])

    /// What the audit keeps.
    public init(fields: [String], before: [UInt8]? = nil, after: [UInt8]? = nil) {
        self.fields = fields
        self.before = before
        self.after = after
    }
}

/// A record in a list, as this actor may see it.
public struct RegisterItem: Hashable, Sendable {
    /// The record.
    public let id: ID<Registered>
    /// Its kind.
    public let kind: Code<RecordKind>
    /// The agency that holds it.
    public let agency: Code<Agency>
    /// Its title, or nil when this actor may not see it.
    public let title: String?
}

/// A part of a list. It never tells how many records it leaves out.
public struct RegisterPage: Hashable, Sendable {
    /// What the actor may see, the newest record first.
    public var items: [RegisterItem]
    /// Protected records that a search found and that take a broken glass to open: without their titles.
    public var masked: [RegisterItem]
    /// Where the next page begins, or nil at the end.
    public var next: ID<Registered>?
}

/// What a look at one record gave.
public enum RegisterFinding: Hashable, Sendable {
    /// It may be seen.
    case found(RegisterEntry, AccessDecision)
    /// It may be known of, and not seen; `glass` tells that a reason would open it.
    case refused(RegisterItem, AccessDecision.Reason)
    /// It may be seen when the actor says why.
    case reasonNeeded(RegisterItem)
    /// There is none, or none that exists for this actor.
    case absent
}

/// Why something was not done to a record.
public enum RegisterRefusal: Error, Hashable, Sendable {
    /// There is none, or none that exists for this actor.
    case absent
    /// The policy refuses.
    case denied(AccessDecision.Reason)
    /// The policy asks for a reason.
    case reasonNeeded
    /// The policy asks for a second person, who may do it too.
    case secondPersonNeeded
    /// Someone else changed it in between; it is now at this version.
    case changedMeanwhile(Int64)
    /// The reason for breaking a glass is shorter than 20 characters.
    case reasonTooShort
    /// The review was made already.
    case reviewed

    /// The refusal for the person before the screen.
    public var fault: Fault {
        switch self {
        case .absent: Fault("The record was not found", remedy: "Check the link, or search for it.")
        case .denied(.secondFactor), .denied(.recentSecondFactor):
            Fault("Show your second factor again", because: "this asks for one shown in the last 15 minutes")
        case .denied(.notTrained):
            Fault("Your training or vetting is out of date", remedy: "Ask your administrator to renew it.")
        case .denied(.ownWork): Fault("Someone else must do this", because: "it is your own work or your own account")
        case .denied: Fault("You may not do this", remedy: "Ask the agency that holds the record.")
        case .reasonNeeded: Fault("Give a reason", because: "it is kept with what you do")
        case .secondPersonNeeded: Fault("A second person must agree", remedy: "Ask a colleague who may do this too.")
        case .changedMeanwhile:
            Fault("Someone else changed this record", remedy: "Open it again and repeat your change.")
        case .reasonTooShort: Fault("Write at least 20 characters", because: "a reviewer must understand your reason")
        case .reviewed: Fault("The review was made already")
        }
    }
}
