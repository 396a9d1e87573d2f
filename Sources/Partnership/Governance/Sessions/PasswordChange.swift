internal import Kernel
public import Storage

/// Why a password was not changed.
public enum PasswordChangeRefusal: Error, Hashable, Sendable {
    /// The present password was wrong.
    case wrong
    /// Too many wrong ones: try again after so many whole seconds.
    case wait(seconds: Int)
    /// The session is over.
    case startAgain
    /// The new password is not taken.
    case password(PasswordRefusal)
}

extension SignIn {
    /// The owner changes the password in a session. All other sessions and known devices end; this session goes on
    /// under a new token.
    /// - Throws: `StorageError`, and what hashing throws.
    public func changePassword(
        from present: String, to new: String, under rules: PasswordRules, token: String, visitor: Visitor,
        in database: Database
    ) throws -> Result<NewSession, PasswordChangeRefusal> {
        let start = try database.write { try beginChange(token, visitor, in: $0) }
        guard let start else { return .failure(.startAgain) }
        guard start.wait == 0 else { return .failure(.wait(seconds: Int(start.wait.rounded(.up)))) }
        guard start.hash.map({ work.matches(present, $0) }) == true else {
            try database.write {
                try fail(.passwordChanged, start.account, code: "wrong-password", visitor, in: $0)
            }
            return .failure(.wrong)
        }
        if let refusal = rules.refusal(of: new, for: start.account.details) { return .failure(.password(refusal)) }
        let hash = try work.hash(new)
        return try database.write { try finishChange(start, hash: hash, token, visitor, in: $0) }
    }

    struct Change {
        var session: SessionRecord
        var account: AccountRecord
        var hash: String?
        var keys: [ThrottleKey]
        var wait: Double
    }

    private func beginChange(_ token: String, _ visitor: Visitor, in connection: Connection) throws -> Change? {
        guard let (session, account) = try pending(token, .complete, visitor, in: connection) else { return nil }
        let keys = try keys(email: account.details.email.text, account, visitor, in: connection)
        let wait = try ThrottleStore.begin(keys, at: visitor.now, in: connection)
        if wait > 0 { try noteDelay(keys, account, visitor, in: connection) }
        let hash = try CredentialStore.read(account.id, in: connection).passwordHash
        return Change(session: session, account: account, hash: hash, keys: keys, wait: wait)
    }

    private func finishChange(
        _ change: Change, hash: String, _ token: String, _ visitor: Visitor, in connection: Connection
    ) throws -> Result<NewSession, PasswordChangeRefusal> {
        guard let (session, account) = try pending(token, .complete, visitor, in: connection),
            try CredentialStore.read(account.id, in: connection).passwordHash == change.hash
        else { return .failure(.startAgain) }
        try ThrottleStore.succeed(change.keys, at: visitor.now, in: connection)
        let owner = account.actor(
            session: session.id, secondFactorAt: session.secondFactorAt, address: visitor.address, at: visitor.now)
        let occasion = Occasion(owner, at: visitor.now, request: visitor.request)
        try CredentialStore.changeOwnPassword(hash: hash, by: occasion, in: connection)
        let renewed = try SessionRows.renew(session, secondFactorAt: nil, at: visitor.now, in: connection)
        let device = try DeviceStore.remember(nil, for: account.id, at: visitor.now, in: connection)
        return .success(NewSession(session: renewed.session, token: renewed.token, deviceToken: device))
    }
}
