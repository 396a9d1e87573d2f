public import Kernel

/// What the access policy says about accounts.
public struct AccountRules: Sendable {
    /// Whether the actor may administer the accounts of an agency at that moment.
    public let mayAdminister: @Sendable (Actor, Code<Agency>, Instant) -> Bool
    /// Why one person may not hold those roles together (separation of duty), or nil when they may.
    public let conflict: @Sendable (Set<Code<Role>>) -> String?
    /// Whether someone with those roles must show a second factor: they can see personal data or change access.
    public let needsSecondFactor: @Sendable (Set<Code<Role>>) -> Bool

    /// Rules.
    public init(
        mayAdminister: @escaping @Sendable (Actor, Code<Agency>, Instant) -> Bool,
        conflict: @escaping @Sendable (Set<Code<Role>>) -> String?,
        needsSecondFactor: @escaping @Sendable (Set<Code<Role>>) -> Bool
    ) {
        self.mayAdminister = mayAdminister
        self.conflict = conflict
        self.needsSecondFactor = needsSecondFactor
    }

    /// The rules that follow from the roles: who administers is whom the access policy lets administer accounts.
    public init(_ roles: RoleCatalogue) {
        self.init(
            mayAdminister: { actor, agency, now in
                guard let kind = Code<RecordKind>("account") else { return false }
                let request = AccessRequest(actor, .administer, RecordFacts(kind: kind, agency: agency), .p1)
                return Access.decide(request, roles: roles, now: now).isPermitted
            },
            conflict: { roles.conflict($0) }, needsSecondFactor: { roles.needSecondFactor($0) })
    }

    /// Whether the actor administers the accounts of an agency. The command line and the scheduler do.
    func allow(_ occasion: Occasion, in agency: Code<Agency>) -> Bool {
        occasion.actor.kind == .system || mayAdminister(occasion.actor, agency, occasion.now)
    }
}

/// Why something was not done to an account.
public enum AccountRefusal: Error, Hashable, Sendable {
    /// There is none, or none that the actor may know of.
    case noSuchAccount
    /// The actor does not administer accounts there.
    case notPermitted
    /// Nobody changes their own roles, places, agency, side, status or dates.
    case ownAccount
    /// The roles cannot be held by one person, for this reason.
    case conflictingRoles(String)
    /// The actor could not hold this role beside their own, so cannot grant it either.
    case roleBeyondGranter(Code<Role>)
    /// Another account has the address.
    case emailTaken
    /// The account has no name, or one over 200 bytes or with control characters.
    case notAName
    /// Someone else changed the account in between; it is now at this version.
    case changedMeanwhile(Int64)
    /// The account's status does not allow it.
    case wrongStatus(AccountStatus)
    /// The link is unknown, used or older than its 72 hours.
    case linkNotGood
    /// There are accounts already, so there is no first administrator to make.
    case accountsExist
    /// The identity belongs to another account.
    case identityTaken

    /// The code under which the audit keeps the refusal.
    public var code: String {
        switch self {
        case .noSuchAccount: "no-such-account"
        case .notPermitted: "not-permitted"
        case .ownAccount: "own-account"
        case .conflictingRoles: "conflicting-roles"
        case .roleBeyondGranter: "role-beyond-granter"
        case .emailTaken: "email-taken"
        case .notAName: "not-a-name"
        case .changedMeanwhile: "changed-meanwhile"
        case .wrongStatus: "wrong-status"
        case .linkNotGood: "link-not-good"
        case .accountsExist: "accounts-exist"
        case .identityTaken: "identity-taken"
        }
    }

    /// The refusal for the person before the screen.
    public var fault: Fault {
        switch self {
        case .noSuchAccount: Fault("The account was not found", remedy: "Check the link or search for the person.")
        case .notPermitted:
            Fault("You cannot change this account", remedy: "Ask an administrator of that agency.")
        case .ownAccount:
            Fault("You cannot change your own roles or status", remedy: "Ask another administrator.")
        case .conflictingRoles(let why):
            Fault("These roles cannot be held by one person", because: why, remedy: "Take one of them away.")
        case .roleBeyondGranter(let role):
            Fault(
                "You cannot grant this role (\(role))", because: "you could not hold it beside your own roles",
                remedy: "Ask an administrator who could.")
        case .emailTaken:
            Fault("Another account has this email address", remedy: "Search for it, or use another address.")
        case .notAName: Fault("Enter a name", because: "it must have 1 to 200 characters")
        case .changedMeanwhile:
            Fault(
                "Someone else changed this account", because: "it was changed after you opened it",
                remedy: "Open it again and repeat your change.")
        case .wrongStatus(let status):
            Fault("This cannot be done to the account", because: "its status is \(status.rawValue)")
        case .linkNotGood:
            Fault(
                "This link can no longer be used", because: "links work once and for 72 hours",
                remedy: "Ask your administrator for a new one.")
        case .accountsExist:
            Fault(
                "The first administrator was not made", because: "there are accounts already",
                remedy: "Sign in as an administrator and add accounts there.")
        case .identityTaken:
            Fault("This identity belongs to another account", remedy: "Remove it there first.")
        }
    }
}
