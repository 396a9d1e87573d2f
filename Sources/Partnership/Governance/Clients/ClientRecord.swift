public import Kernel

/// A client program. Its account in `Actor` and in the audit bears the same identifier.
public enum Client {}
/// What a client may call.
public enum Scope {}

/// What an administrator says of a client program.
public struct ClientDetails: Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// The agency that answers for it.
    public var agency: Code<Agency>
    /// What it may call.
    public var scopes: Set<Code<Scope>>
    /// The roles under which the access policy judges it.
    public var roles: Set<Code<Role>>
    /// When its token ends.
    public var expiresAt: Instant

    /// Details.
    public init(
        name: String, agency: Code<Agency>, scopes: Set<Code<Scope>>, roles: Set<Code<Role>>, expiresAt: Instant
    ) {
        self.name = name
        self.agency = agency
        self.scopes = scopes
        self.roles = roles
        self.expiresAt = expiresAt
    }
}

/// A client program with its token's dates. The token itself is not kept.
public struct ClientRecord: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<Client>
    /// What an administrator says of it.
    public let details: ClientDetails
    /// When it was made.
    public let createdAt: Instant
    /// When it last called, to a minute; nil before its first call.
    public let usedAt: Instant?
    /// When its token was withdrawn.
    public let revokedAt: Instant?

    /// Whether its token works at that moment.
    public func works(at now: Instant) -> Bool { revokedAt == nil && now < details.expiresAt }

    /// The actor that it is.
    public func actor(address: String?) -> Actor? {
        ID<Account>(id.text).map {
            Actor(
                kind: .client, account: $0, name: details.name, agency: details.agency, roles: details.roles,
                address: address)
        }
    }
}

/// A client program that calls.
public struct ClientCall: Sendable {
    /// Who acts.
    public let actor: Actor
    /// What it may call.
    public let scopes: Set<Code<Scope>>
    /// The client.
    public let client: ClientRecord
    /// Whether the call should be noted with `ClientStore.touch`.
    public let needsTouch: Bool
}
