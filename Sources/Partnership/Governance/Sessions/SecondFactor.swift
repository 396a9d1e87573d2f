internal import Kernel
internal import Secrets
public import Storage

// The second step: a code from an authenticator app, or one of the recovery codes.
extension SignIn {
    /// What someone shows as their second factor.
    public enum Proof: Sendable {
        /// Six digits from the authenticator app.
        case code(String)
        /// One of the recovery codes; each works once.
        case recoveryCode(String)
    }

    /// Finishes a sign-in that awaits the second factor. The session begins anew, under a new token.
    /// - Parameter token: of the session that `password` or `identity` began.
    /// - Throws: `StorageError`, and what opening the sealed secret throws.
    public func secondFactor(
        _ proof: Proof, token: String, visitor: Visitor, in connection: Connection
    ) throws -> SignInResult {
        guard let (session, account) = try pending(token, .secondFactor, visitor, in: connection) else {
            return .startAgain
        }
        switch try prove(proof, account, session, visitor, in: connection) {
        case .right(let code):
            try SessionRows.close(session.id, code: "finished", at: visitor.now, in: connection)
            return .session(
                try begin(.complete, account, visitor, secondFactorAt: visitor.now, code: code, in: connection))
        case .wrong: return .wrong
        case .wait(let seconds): return .wait(seconds: seconds)
        case .over: return .startAgain
        }
    }

    /// Shows the second factor again in a session, for what asks for a fresh one (ASVS 7.5.3). The session goes on
    /// under a new token.
    /// - Throws: `StorageError`, and what opening the sealed secret throws.
    public func stepUp(
        _ proof: Proof, token: String, visitor: Visitor, in connection: Connection
    ) throws -> SignInResult {
        guard let (session, account) = try pending(token, .complete, visitor, in: connection) else {
            return .startAgain
        }
        switch try prove(proof, account, session, visitor, in: connection) {
        case .right(let code):
            let renewed = try SessionRows.renew(session, secondFactorAt: visitor.now, at: visitor.now, in: connection)
            try AuditLog.append(
                visitor.entry(.stepUp, account, outcome: .permit, code: code, session: session.id), in: connection)
            return .session(NewSession(session: renewed.session, token: renewed.token, deviceToken: nil))
        case .wrong: return .wrong
        case .wait(let seconds): return .wait(seconds: seconds)
        case .over: return .startAgain
        }
    }

    enum ProofResult {
        case right(code: String)
        case wrong
        case wait(Double)
        /// Too many wrong codes: the session has ended.
        case over
    }

    /// The session of a token at a stage, and its account while that is active.
    func pending(
        _ token: String, _ stage: SignInStage, _ visitor: Visitor, in connection: Connection
    ) throws -> (SessionRecord, AccountRecord)? {
        guard let session = try sessions.session(forToken: token, at: visitor.now, in: connection),
            session.stage == stage,
            let account = try AccountRows.account(session.account, in: connection), account.status == .active
        else { return nil }
        return (session, account)
    }

    /// Checks a proof and counts it.
    private func prove(
        _ proof: Proof, _ account: AccountRecord, _ session: SessionRecord, _ visitor: Visitor,
        in connection: Connection
    ) throws -> ProofResult {
        let keys = try factorKeys(account, visitor, in: connection)
        let wait = try ThrottleStore.begin(keys, at: visitor.now, in: connection)
        guard wait == 0 else {
            try noteDelay(keys, account, visitor, in: connection)
            return .wait(wait)
        }
        let isRight =
            switch proof {
            case .code(let code): try matches(code, account.id, visitor.now, in: connection)
            case .recoveryCode(let code): try RecoveryCodes.use(code, of: account.id, at: visitor.now, in: connection)
            }
        guard isRight else { return try wrong(proof, account, session, visitor, in: connection) }
        try ThrottleStore.succeed(keys, at: visitor.now, in: connection)
        return .right(code: proof.name)
    }

    private func wrong(
        _ proof: Proof, _ account: AccountRecord, _ session: SessionRecord, _ visitor: Visitor,
        in connection: Connection
    ) throws -> ProofResult {
        try fail(.secondFactorFailed, account, code: "wrong-\(proof.name)", visitor, in: connection)
        try SessionRows.countTry(session.id, in: connection)
        guard session.tries + 1 >= rules.tries else { return .wrong }
        try SessionRows.close(session.id, code: "too-many-codes", at: visitor.now, in: connection)
        try AuditLog.append(
            visitor.entry(.sessionEnded, account, outcome: .deny, code: "too-many-codes"), in: connection)
        return .over
    }

    /// A known device is slowed down by its own guesses only; all others together by those at the account.
    private func factorKeys(
        _ account: AccountRecord, _ visitor: Visitor, in connection: Connection
    ) throws -> [ThrottleKey] {
        if let device = visitor.deviceToken,
            try DeviceStore.isKnown(device, to: account.id, at: visitor.now, in: connection)
        {
            return [.device("second-factor " + device, account.id)]
        }
        return [.secondFactor(account.id)]
    }

    /// Whether the code is one of the account's, not used before. Notes the step, so that it is not taken twice.
    private func matches(
        _ code: String, _ account: ID<Account>, _ now: Instant, in connection: Connection
    ) throws -> Bool {
        let kept = try CredentialStore.read(account, in: connection)
        guard let sealed = kept.factor else { return false }
        let secret = try sealing.open(sealed, context: SignIn.context(account))
        guard let step = TOTP.match(code, secret: secret, at: now, lastStep: kept.lastStep) else { return false }
        return try connection.run(
            """
            UPDATE credentials
            SET factor_step = \(step)
            WHERE account = \(account) AND (factor_step IS NULL OR factor_step < \(step))
            """) == 1
    }

    /// What the sealed secret of an account is bound to, so that one cannot be put in place of another.
    static func context(_ account: ID<Account>) -> String { "second-factor \(account)" }
}

extension SignIn.Proof {
    /// How the audit calls it.
    var name: String {
        switch self {
        case .code: "code"
        case .recoveryCode: "recovery-code"
        }
    }
}
