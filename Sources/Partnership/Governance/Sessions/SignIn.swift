internal import Kernel
public import Secrets
public import Storage

/// Signing in: password, then second factor, then a session.
///
/// The work for an unknown address is that for a known one: one reading of the tables, one password hash, one entry.
public struct SignIn: Sendable {
    let accountRules: AccountRules
    let sessions: SessionStore
    let rules: SessionRules
    let sealing: SealingKey
    /// The name by which authenticator apps list the service.
    let issuer: String
    let work: PasswordWork
    /// The hash of a password that nobody has, for accounts that do not exist.
    private let dummy: String

    /// Signing in under these rules.
    /// - Parameters:
    ///   - sealing: seals the secrets of second factors.
    ///   - issuer: the name by which authenticator apps list the service.
    /// - Throws: what `work` throws.
    public init(
        accountRules: AccountRules, rules: SessionRules = SessionRules(), sealing: SealingKey, issuer: String,
        work: PasswordWork = .argon2id
    ) throws {
        self.accountRules = accountRules
        self.rules = rules
        self.sealing = sealing
        self.issuer = issuer
        self.work = work
        sessions = SessionStore(rules, accountRules: accountRules)
        dummy = try work.hash(Token.make())
    }

    /// The first step: address and password. The password is hashed between two short transactions.
    /// - Returns: a session whose stage says what comes next, `wrong` or `wait`.
    /// - Throws: `StorageError`.
    public func password(
        _ password: String, email: String, visitor: Visitor, in database: Database
    ) throws -> SignInResult {
        switch try database.write({ try begin(email: email, visitor: visitor, in: $0) }) {
        case .wait(let seconds): return .wait(seconds: seconds)
        case .attempt(let attempt):
            let isRight = work.matches(password, attempt.hash)
            let fresh = isRight && attempt.isOpen && work.isOutdated(attempt.hash) ? try work.hash(password) : nil
            return try database.write {
                try finish(attempt, isRight: isRight, newHash: fresh, visitor: visitor, in: $0)
            }
        }
    }

    /// What to compare a password with.
    struct Attempt {
        var account: AccountRecord?
        var hash: String
        var keys: [ThrottleKey]
        /// Why even a right password is not enough, for the audit.
        var closed: String?
        var isOpen: Bool { closed == nil }
    }

    enum Start {
        case attempt(Attempt)
        case wait(Double)
    }

    /// Looks the account up and counts the attempt.
    func begin(email: String, visitor: Visitor, in connection: Connection) throws -> Start {
        let account = try AccountRows.account(foldedEmail: EmailAddress.fold(email), in: connection)
        let hash = try account.flatMap { try CredentialStore.read($0.id, in: connection).passwordHash }
        let keys = try keys(email: email, account, visitor, in: connection)
        let wait = try ThrottleStore.begin(keys, at: visitor.now, in: connection)
        guard wait == 0 else {
            try noteDelay(keys, account, visitor, in: connection)
            return .wait(wait)
        }
        let closed: String? =
            switch (account?.status, hash) {
            case (nil, _): "no-such-account"
            case (.invited, _), (.active, nil): "no-password"
            case (.disabled, _): "disabled"
            case (.active, _): nil
            }
        return .attempt(Attempt(account: account, hash: hash ?? dummy, keys: keys, closed: closed))
    }

    /// Begins a session, or records that the attempt failed.
    func finish(
        _ attempt: Attempt, isRight: Bool, newHash: String?, visitor: Visitor, in connection: Connection
    ) throws -> SignInResult {
        guard isRight, attempt.isOpen, let id = attempt.account?.id,
            // The account may have been closed, or the password changed, while the password was hashed.
            let account = try AccountRows.account(id, in: connection), account.status == .active,
            try CredentialStore.read(id, in: connection).passwordHash == attempt.hash
        else {
            try fail(.signInFailed, attempt.account, code: attempt.closed ?? "wrong-password", visitor, in: connection)
            return .wrong
        }
        if let newHash { try CredentialStore.rehash(id, newHash, in: connection) }
        try ThrottleStore.succeed(attempt.keys, at: visitor.now, in: connection)
        let hasFactor = try CredentialStore.read(id, in: connection).factor != nil
        let needsFactor = accountRules.needsSecondFactor(account.details.roles(on: visitor.now.ukDate))
        let stage = SignInStage.after(firstFactor: hasFactor, needsFactor: needsFactor)
        return .session(try begin(stage, account, visitor, secondFactorAt: nil, code: "password", in: connection))
    }

    /// Begins a session and records it. A finished sign-in makes the device known.
    func begin(
        _ stage: SignInStage, _ account: AccountRecord, _ visitor: Visitor, secondFactorAt: Instant?, code: String,
        in connection: Connection
    ) throws -> NewSession {
        let (session, token) = try SessionRows.begin(
            account.id, stage, visitor, secondFactorAt: secondFactorAt, in: connection)
        var deviceToken: String?
        if stage == .complete {
            deviceToken = try DeviceStore.remember(
                visitor.deviceToken, for: account.id, at: visitor.now, in: connection)
        }
        let act: AuditAct = stage == .complete ? .signIn : .secondFactor
        let note = stage == .complete ? code : "awaiting-\(stage.rawValue)"
        try AuditLog.append(
            visitor.entry(act, account, outcome: .permit, code: note, session: session.id), in: connection)
        return NewSession(session: session, token: token, deviceToken: deviceToken)
    }
}
