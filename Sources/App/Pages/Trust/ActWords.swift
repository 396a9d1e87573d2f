internal import Governance

/// The audit's words for people.
extension AuditAct {
    /// What was done, as a sentence without its subject.
    var inWords: String {
        switch self {
        case .create: "Added a record"
        case .read: "Read a record"
        case .search: "Searched"
        case .list: "Looked at a list"
        case .update: "Changed a record"
        case .merge: "Merged records"
        case .split: "Split a record"
        case .link: "Linked records"
        case .disclose: "Disclosed to someone outside"
        case .export: "Exported records"
        case .print: "Printed a record"
        case .delete: "Deleted a record"
        case .anonymise: "Made a record anonymous"
        case .seal: "Sealed a record"
        case .importData: "Imported records"
        case .download: "Downloaded a file"
        case .denied: "Was refused access"
        case .breakGlass: "Opened a protected record in an emergency"
        case .breakGlassReview: "Reviewed an emergency opening"
        default: accountWords ?? serviceWords
        }
    }

    private var accountWords: String? {
        switch self {
        case .signIn: "Signed in"
        case .signInFailed: "Failed to sign in"
        case .signInDelayed: "Was made to wait before signing in"
        case .signInAttack: "Many failed sign-ins were noticed"
        case .signOut: "Signed out"
        case .secondFactor: "Showed a second factor"
        case .secondFactorFailed: "Showed a wrong second factor"
        case .stepUp: "Showed a second factor again"
        case .sessionEnded: "Ended a session"
        case .accountCreated: "Added an account"
        case .accountChanged: "Changed an account’s details"
        case .accountDisabled: "Closed an account"
        case .accountEnabled: "Opened an account again"
        case .setUpLink: "Made a set-up link"
        case .permission: "Changed what an account may do"
        case .passwordChanged: "Set a password"
        case .secondFactorSet: "Set up a second factor"
        case .secondFactorReset: "Took a second factor away"
        case .recoveryCodesMade: "Made recovery codes"
        case .identityLinked: "Linked another organisation’s sign-in"
        case .identityRemoved: "Removed another organisation’s sign-in"
        case .clientCreated: "Added a client program"
        case .clientRevoked: "Withdrew a client program’s token"
        default: nil
        }
    }

    private var serviceWords: String {
        switch self {
        case .config: "Changed the service’s settings"
        case .policyRule: "Changed an access rule"
        case .retention: "Applied a retention rule"
        case .legalHold: "Set or lifted a legal hold"
        case .publish: "Published"
        case .assessmentRun: "Ran an assessment"
        case .auditRead: "Read the audit"
        case .auditExport: "Exported the audit"
        case .auditReview: "Checked the audit"
        case .clockStepped: "The clock went back"
        default: rawValue
        }
    }

    /// The acts as the filter shows them, by what they concern.
    static let groups: [(title: String, acts: [AuditAct])] = [
        (
            "Records",
            [
                .create, .read, .search, .list, .update, .merge, .split, .link, .disclose, .export, .print, .delete,
                .anonymise, .seal, .importData, .download,
            ]
        ),
        ("Access", [.denied, .breakGlass, .breakGlassReview]),
        (
            "Signing in",
            [
                .signIn, .signInFailed, .signInDelayed, .signInAttack, .signOut, .secondFactor, .secondFactorFailed,
                .stepUp, .sessionEnded,
            ]
        ),
        (
            "Accounts",
            [
                .accountCreated, .accountChanged, .accountDisabled, .accountEnabled, .setUpLink, .permission,
                .passwordChanged, .secondFactorSet, .secondFactorReset, .recoveryCodesMade, .identityLinked,
                .identityRemoved, .clientCreated, .clientRevoked,
            ]
        ),
        (
            "The service",
            [
                .config, .policyRule, .retention, .legalHold, .publish, .assessmentRun, .auditRead, .auditExport,
                .auditReview, .clockStepped,
            ]
        ),
    ]
}

extension AuditOutcome {
    /// How it ended.
    var inWords: String {
        switch self {
        case .permit: "Done"
        case .deny: "Refused"
        case .error: "Failed"
        }
    }
}

extension AuditParty.Kind {
    /// Who, when there is no name.
    var inWords: String {
        switch self {
        case .person: "A person"
        case .client: "A client program"
        case .system: "The service itself"
        case .visitor: "Someone not signed in"
        }
    }
}
