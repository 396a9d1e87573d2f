public import Kernel
public import Storage

/// Someone as an OpenID Connect provider knows them.
public struct OutsideIdentity: Hashable, Sendable {
    /// The provider.
    public let issuer: String
    /// Whom it means, in its own words.
    public let subject: String

    /// An identity; nil when either part is empty or too long to be one (OpenID Connect Core 1.0, 2: 255 characters).
    public init?(issuer: String, subject: String) {
        guard (1...500).contains(issuer.utf8.count), (1...255).contains(subject.utf8.count) else { return nil }
        self.issuer = issuer
        self.subject = subject
    }
}

// Links between accounts and outside identities.
extension AccountStore {
    /// Links an identity with an account. For administrators.
    /// - Parameter reason: how they know that it is this person's.
    /// - Throws: `StorageError`.
    public func link(
        _ identity: OutsideIdentity, with id: ID<Account>, reason: String, by occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, AccountRefusal> {
        switch try administered(id, .identityLinked, occasion, connection) {
        case .failure(let refusal): return .failure(refusal)
        case .success:
            guard try IdentityRows.insert(identity, id, at: occasion.now, in: connection) else {
                return .failure(try deny(.identityTaken, .identityLinked, id, occasion, connection))
            }
            try CredentialStore.log(.identityLinked, id, reason: reason, by: occasion, in: connection)
            return .success(())
        }
    }

    /// The identities that are linked with an account. For administrators.
    /// - Throws: `StorageError`.
    public func identities(of id: ID<Account>, in connection: Connection) throws -> [OutsideIdentity] {
        try connection.rows("SELECT issuer, subject FROM identities WHERE account = \(id) ORDER BY issuer, subject")
            .compactMap { OutsideIdentity(issuer: try $0.get("issuer"), subject: try $0.get("subject")) }
    }

    /// Removes a link, which ends the account's sessions. For administrators.
    /// - Throws: `StorageError`.
    public func unlink(
        _ identity: OutsideIdentity, from id: ID<Account>, by occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, AccountRefusal> {
        switch try administered(id, .identityRemoved, occasion, connection) {
        case .failure(let refusal): return .failure(refusal)
        case .success:
            try connection.run(
                """
                DELETE FROM identities
                WHERE issuer = \(identity.issuer) AND subject = \(identity.subject) AND account = \(id)
                """)
            try SessionStore.endAll(of: id, code: "identity-removed", by: occasion, in: connection)
            try CredentialStore.log(.identityRemoved, id, by: occasion, in: connection)
            return .success(())
        }
    }
}

/// How identities lie in their table.
enum IdentityRows {
    static func account(_ identity: OutsideIdentity, in connection: Connection) throws -> ID<Account>? {
        try connection.first(
            "SELECT account FROM identities WHERE issuer = \(identity.issuer) AND subject = \(identity.subject)"
        )?.get("account")
    }

    /// Returns false when the identity belongs to another account.
    static func insert(
        _ identity: OutsideIdentity, _ account: ID<Account>, at now: Instant, in connection: Connection
    ) throws -> Bool {
        if let owner = try self.account(identity, in: connection) { return owner == account }
        try connection.run(
            """
            INSERT INTO identities (issuer, subject, account, linked_at)
            VALUES (\(identity.issuer), \(identity.subject), \(account), \(now))
            """)
        return true
    }
}
