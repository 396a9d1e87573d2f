public import Kernel
public import Storage

// Set-up links, the second factor's reset and outside identities: what an administrator does for the owner.
extension AccountStore {
    /// Makes a link by which the owner sets a password, valid once and for 72 hours, and withdraws earlier ones. It
    /// does not replace the second factor. Show it once; only its digest is kept.
    /// - Parameter reason: why, for an account that has been in use.
    /// - Throws: `StorageError`.
    public func makeLink(
        for id: ID<Account>, reason: String? = nil, by occasion: Occasion, in connection: Connection
    ) throws -> Result<String, AccountRefusal> {
        switch try administered(id, .setUpLink, occasion, connection) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let account):
            guard account.status != .disabled else {
                return .failure(try deny(.wrongStatus(.disabled), .setUpLink, id, occasion, connection))
            }
            let token = try SetUpLinks.make(for: id, at: occasion.now, in: connection)
            try CredentialStore.log(.setUpLink, id, reason: reason, by: occasion, in: connection)
            return .success(token)
        }
    }

    /// The account that a link belongs to, to greet its owner and check the new password against their details.
    /// - Throws: `StorageError`.
    public func account(
        ofLink token: String, at now: Instant, in connection: Connection
    ) throws -> Result<AccountRecord, AccountRefusal> {
        guard let id = try SetUpLinks.account(of: token, at: now, in: connection),
            let account = try AccountRows.account(id, in: connection), account.status != .disabled
        else { return .failure(.linkNotGood) }
        return .success(account)
    }

    /// The owner uses a link: sets the password, which makes an invited account active and ends all its sessions and
    /// known devices. They sign in next, with the second factor if they have one.
    /// - Parameter hash: of a password that `PasswordRules` take, made by `PasswordWork`.
    /// - Throws: `StorageError`.
    public func useLink(
        _ token: String, passwordHash hash: String, from address: String?, at now: Instant, request: String,
        in connection: Connection
    ) throws -> Result<AccountRecord, AccountRefusal> {
        guard case .success(var account) = try account(ofLink: token, at: now, in: connection),
            try SetUpLinks.use(token, at: now, in: connection)
        else {
            try AuditLog.append(
                AuditEntry(
                    at: now, by: AuditParty(kind: .visitor, address: address), act: .passwordChanged, outcome: .deny,
                    code: AccountRefusal.linkNotGood.code, request: request), in: connection)
            return .failure(.linkNotGood)
        }
        let owner = account.actor(session: nil, secondFactorAt: nil, address: address, at: now)
        let occasion = Occasion(owner, at: now, request: request)
        try CredentialStore.setPassword(account.id, hash: hash, at: now, in: connection)
        if account.status == .invited {
            account.status = .active
            account.version += 1
            account.changedAt = now
            _ = try AccountRows.update(account, in: connection)
        }
        try SessionStore.endAll(of: account.id, code: "password-changed", by: occasion, in: connection)
        try DeviceStore.forgetAll(of: account.id, in: connection)
        try CredentialStore.log(.passwordChanged, account.id, by: occasion, in: connection)
        return .success(account)
    }

    /// Takes the second factor of an account away; its owner sets up a new one at the next sign-in.
    /// - Throws: `StorageError`.
    public func resetSecondFactor(
        of id: ID<Account>, reason: String, by occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, AccountRefusal> {
        switch try administered(id, .secondFactorReset, occasion, connection) {
        case .failure(let refusal): return .failure(refusal)
        case .success:
            try CredentialStore.resetSecondFactor(id, reason: reason, by: occasion, in: connection)
            return .success(())
        }
    }

    /// The account, if the actor may administer it and it is not their own.
    func administered(
        _ id: ID<Account>, _ act: AuditAct, _ occasion: Occasion, _ connection: Connection
    ) throws -> Result<AccountRecord, AccountRefusal> {
        guard let account = try AccountRows.account(id, in: connection), isKnown(account, to: occasion) else {
            return .failure(try deny(.noSuchAccount, act, id, occasion, connection))
        }
        guard occasion.actor.account != id else {
            return .failure(try deny(.ownAccount, act, id, occasion, connection))
        }
        return .success(account)
    }
}
