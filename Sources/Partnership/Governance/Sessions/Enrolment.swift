internal import Kernel
internal import Secrets
public import Storage

/// What an authenticator app needs to know.
public struct FactorSetUp: Sendable {
    /// The secret, 20 bytes; shown in base 32 to those who type it.
    public let secret: [UInt8]
    /// The same as an `otpauth:` address, shown as a QR code.
    public let uri: String
}

/// A second factor that now holds.
public struct FactorReady: Sendable {
    /// The session, which has begun anew.
    public let session: NewSession
    /// Codes for the day on which the telephone is lost. Shown once; only digests are kept.
    public let recoveryCodes: [String]
}

// Setting up a second factor: at the first sign-in, or in a session to replace one.
extension SignIn {
    /// Makes a secret. It does not hold before a code made with it has been shown to `confirmFactor`.
    /// - Parameter token: of a session that awaits enrolment, or of a finished one whose second factor is fresh.
    /// - Returns: nil when the session does not allow it.
    /// - Throws: `StorageError`, and what sealing throws.
    public func setUpFactor(token: String, visitor: Visitor, in connection: Connection) throws -> FactorSetUp? {
        guard let (_, account) = try enrolling(token, visitor, in: connection) else { return nil }
        let secret = TOTP.secret()
        let sealed = try sealing.seal(secret, context: SignIn.context(account.id))
        try CredentialStore.prepare(account.id, in: connection)
        try connection.run("UPDATE credentials SET factor_new = \(sealed) WHERE account = \(account.id)")
        let uri = TOTP.uri(secret: secret, account: account.details.email.text, issuer: issuer)
        return FactorSetUp(secret: secret, uri: uri)
    }

    /// Shows that the app has the secret. The factor holds from now on, new recovery codes replace those before, other
    /// sessions end, and this one goes on under a new token.
    /// - Returns: `wrong` for a wrong code, `startAgain` when the session does not allow it or had too many.
    /// - Throws: `StorageError`, and what opening the sealed secret throws.
    public func confirmFactor(
        _ code: String, token: String, visitor: Visitor, in connection: Connection
    ) throws -> Result<FactorReady, FactorRefusal> {
        guard let (session, account) = try enrolling(token, visitor, in: connection),
            let sealed = try CredentialStore.read(account.id, in: connection).newFactor
        else { return .failure(.startAgain) }
        let secret = try sealing.open(sealed, context: SignIn.context(account.id))
        guard let step = TOTP.match(code, secret: secret, at: visitor.now, lastStep: nil) else {
            try fail(.secondFactorFailed, account, code: "wrong-set-up-code", visitor, in: connection)
            try SessionRows.countTry(session.id, in: connection)
            guard session.tries + 1 >= rules.tries else { return .failure(.wrong) }
            try SessionRows.close(session.id, code: "too-many-codes", at: visitor.now, in: connection)
            return .failure(.startAgain)
        }
        try keep(sealed, step: step, account, visitor, in: connection)
        let codes = try RecoveryCodes.replace(of: account.id, in: connection)
        let owner = account.actor(
            session: session.id, secondFactorAt: visitor.now, address: visitor.address, at: visitor.now)
        let occasion = Occasion(owner, at: visitor.now, request: visitor.request)
        try SessionStore.endAll(
            of: account.id, except: session.id, code: "second-factor-set", by: occasion, in: connection)
        try CredentialStore.log(.secondFactorSet, account.id, by: occasion, in: connection)
        try SessionRows.close(session.id, code: "finished", at: visitor.now, in: connection)
        let new = try begin(
            .complete, account, visitor, secondFactorAt: visitor.now, code: "second-factor-set", in: connection)
        return .success(FactorReady(session: new, recoveryCodes: codes))
    }

    /// Makes new recovery codes in place of those before, in a session whose second factor is fresh.
    /// - Returns: the codes, shown once; nil when the session does not allow it.
    /// - Throws: `StorageError`.
    public func renewRecoveryCodes(token: String, visitor: Visitor, in connection: Connection) throws -> [String]? {
        guard let (session, account) = try enrolling(token, visitor, in: connection), session.stage == .complete,
            session.secondFactorAt != nil
        else { return nil }
        let codes = try RecoveryCodes.replace(of: account.id, in: connection)
        let owner = account.actor(
            session: session.id, secondFactorAt: session.secondFactorAt, address: visitor.address, at: visitor.now)
        try CredentialStore.log(
            .recoveryCodesMade, account.id, by: Occasion(owner, at: visitor.now, request: visitor.request),
            in: connection)
        return codes
    }

    /// Seconds for which a second factor counts as fresh.
    public static let freshFactor = 900.0

    /// A session that awaits enrolment, or a finished one whose second factor (if the account has one) is fresh: a
    /// forgotten screen must not let anyone put their own factor in place of the owner's.
    private func enrolling(
        _ token: String, _ visitor: Visitor, in connection: Connection
    ) throws -> (SessionRecord, AccountRecord)? {
        if let found = try pending(token, .enrolment, visitor, in: connection) { return found }
        guard let (session, account) = try pending(token, .complete, visitor, in: connection) else { return nil }
        let hasFactor = try CredentialStore.read(account.id, in: connection).factor != nil
        let shownAt = hasFactor ? session.secondFactorAt : session.createdAt
        guard let shownAt, visitor.now.seconds(since: shownAt) < SignIn.freshFactor else { return nil }
        return (session, account)
    }

    private func keep(
        _ sealed: [UInt8], step: Int64, _ account: AccountRecord, _ visitor: Visitor, in connection: Connection
    ) throws {
        try connection.run(
            """
            UPDATE credentials
            SET factor_secret = \(sealed), factor_new = NULL, factor_step = \(step), factor_set_at = \(visitor.now)
            WHERE account = \(account.id)
            """)
    }
}

/// Why a second factor was not set up.
public enum FactorRefusal: Error, Hashable, Sendable {
    /// The code was wrong.
    case wrong
    /// The session does not allow it or had too many wrong codes.
    case startAgain
}
