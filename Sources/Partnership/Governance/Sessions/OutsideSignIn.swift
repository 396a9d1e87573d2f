internal import Kernel
public import Storage

/// What an OpenID Connect provider has said, after its token was checked.
public struct ProvedIdentity: Sendable {
    /// Who it is.
    public var identity: OutsideIdentity
    /// Their address, only if the provider has verified it.
    public var verifiedEmail: EmailAddress?
    /// Whether the provider vouches for a second factor that this service accepts.
    public var hasSecondFactor: Bool

    /// A proved identity.
    public init(_ identity: OutsideIdentity, verifiedEmail: EmailAddress?, hasSecondFactor: Bool) {
        self.identity = identity
        self.verifiedEmail = verifiedEmail
        self.hasSecondFactor = hasSecondFactor
    }
}

extension SignIn {
    /// Signs in who comes from a provider. A linked account is signed in. An *invited* account is linked and made
    /// active when the provider has verified its address. An active account is never linked by its address: whoever
    /// gains an address at a provider would gain the account.
    /// - Throws: `StorageError`.
    public func identity(
        _ proved: ProvedIdentity, visitor: Visitor, in connection: Connection
    ) throws -> SignInResult {
        guard let account = try linked(proved, visitor, in: connection) else {
            try AuditLog.append(
                visitor.entry(.signInFailed, nil, outcome: .deny, code: "identity-not-linked"), in: connection)
            return .wrong
        }
        guard account.status == .active else {
            try fail(.signInFailed, account, code: account.status.rawValue, visitor, in: connection)
            return .wrong
        }
        let stage = SignInStage.after(
            firstFactor: try CredentialStore.read(account.id, in: connection).factor != nil,
            needsFactor: accountRules.needsSecondFactor(account.details.roles(on: visitor.now.ukDate)),
            isProved: proved.hasSecondFactor)
        let at = proved.hasSecondFactor ? visitor.now : nil
        return .session(
            try begin(stage, account, visitor, secondFactorAt: at, code: "identity-provider", in: connection))
    }

    /// Records that a sign-in by a provider failed. An address from which too many come is noted once a minute, so that
    /// strangers cannot fill the audit.
    /// - Parameter code: why.
    /// - Throws: `StorageError`.
    public func identityFailed(code: String, visitor: Visitor, in connection: Connection) throws {
        let keys: [ThrottleKey] = [.address(visitor.address)]
        guard try ThrottleStore.begin(keys, at: visitor.now, in: connection) == 0 else {
            return try noteDelay(keys, nil, visitor, in: connection)
        }
        try fail(.signInFailed, nil, code: code, visitor, in: connection)
    }

    private func linked(
        _ proved: ProvedIdentity, _ visitor: Visitor, in connection: Connection
    ) throws -> AccountRecord? {
        if let id = try IdentityRows.account(proved.identity, in: connection) {
            return try AccountRows.account(id, in: connection)
        }
        guard let email = proved.verifiedEmail,
            var account = try AccountRows.account(foldedEmail: email.folded, in: connection),
            account.status == .invited
        else { return nil }
        account.status = .active
        account.version += 1
        account.changedAt = visitor.now
        guard try IdentityRows.insert(proved.identity, account.id, at: visitor.now, in: connection),
            try AccountRows.update(account, in: connection)
        else { return nil }
        try SetUpLinks.withdraw(of: account.id, at: visitor.now, in: connection)
        try AuditLog.append(
            visitor.entry(.identityLinked, account, outcome: .permit, code: "verified-email"), in: connection)
        return account
    }
}
