/// What kind of act an audit entry records. The list is closed: a new kind is a change of the program.
public enum AuditAct: String, CaseIterable, Sendable {
    // Records
    case create, read, search, list, update, merge, split, link, disclose, export, print, delete, anonymise, seal
    case importData = "import"
    case download
    // Access
    case denied
    case breakGlass = "break-glass"
    case breakGlassReview = "break-glass-review"
    // Signing in
    case signIn = "sign-in"
    case signInFailed = "sign-in-failed"
    case signInDelayed = "sign-in-delayed"
    case signInAttack = "sign-in-attack"
    case signOut = "sign-out"
    case secondFactor = "second-factor"
    case secondFactorFailed = "second-factor-failed"
    case stepUp = "step-up"
    case sessionEnded = "session-ended"
    // Accounts
    case accountCreated = "account-created"
    case accountChanged = "account-changed"
    case accountDisabled = "account-disabled"
    case accountEnabled = "account-enabled"
    case setUpLink = "set-up-link"
    case permission
    case passwordChanged = "password-changed"
    case secondFactorSet = "second-factor-set"
    case secondFactorReset = "second-factor-reset"
    case recoveryCodesMade = "recovery-codes-made"
    case identityLinked = "identity-linked"
    case identityRemoved = "identity-removed"
    case clientCreated = "client-created"
    case clientRevoked = "client-revoked"
    // The running of the service
    case config
    case policyRule = "policy-rule"
    case retention
    case legalHold = "legal-hold"
    case publish
    case assessmentRun = "assessment-run"
    case auditRead = "audit-read"
    case auditExport = "audit-export"
    case auditReview = "audit-review"
    case clockStepped = "clock-stepped"

    /// The kind of processing operation that DPA 2018 s.62(1) names, or nil when the act is none of the six.
    public var processing: ProcessingKind? {
        switch self {
        case .create, .importData: .collection
        case .update, .split, .seal: .alteration
        case .read, .search, .list, .breakGlass, .auditRead: .consultation
        case .disclose, .export, .print, .download, .auditExport: .disclosure
        case .merge, .link: .combination
        case .delete, .anonymise: .erasure
        case .denied, .breakGlassReview, .signIn, .signInFailed, .signInDelayed, .signInAttack, .signOut,
            .secondFactor, .secondFactorFailed, .stepUp, .sessionEnded, .accountCreated, .accountChanged,
            .accountDisabled, .accountEnabled, .setUpLink, .permission, .passwordChanged, .secondFactorSet,
            .secondFactorReset, .recoveryCodesMade, .identityLinked, .identityRemoved, .clientCreated,
            .clientRevoked, .config, .policyRule, .retention, .legalHold, .publish, .assessmentRun, .auditReview,
            .clockStepped:
            nil
        }
    }
}

/// The six processing operations that a competent authority must log: Data Protection Act 2018, s.62(1).
public enum ProcessingKind: String, CaseIterable, Sendable {
    /// s.62(1)(a).
    case collection
    /// s.62(1)(b).
    case alteration
    /// s.62(1)(c): date, time and, as far as possible, who consulted are kept too (s.62(2)).
    case consultation
    /// s.62(1)(d), transfers included: date, time, who disclosed and, as far as possible, to whom (s.62(3)).
    case disclosure
    /// s.62(1)(e).
    case combination
    /// s.62(1)(f).
    case erasure
}

/// How the act ended.
public enum AuditOutcome: String, CaseIterable, Sendable {
    /// It was allowed and done.
    case permit
    /// It was refused.
    case deny
    /// It was allowed and failed.
    case error
}
