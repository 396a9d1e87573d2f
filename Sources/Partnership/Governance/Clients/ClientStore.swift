public import Kernel
internal import Secrets
public import Storage

/// Client programs and their tokens. A token is shown once; the database holds its digest.
public struct ClientStore: Sendable {
    private let accounts: AccountStore
    private var rules: AccountRules { accounts.rules }

    /// What every token begins with, so that scanners for leaked secrets know it.
    public static let prefix = "concord_"
    /// The longest life of a token, in seconds: a year.
    public static let longestLife: Int64 = 366 * 86_400

    /// A store under the rules of the access policy.
    public init(rules: AccountRules) { accounts = AccountStore(rules: rules) }

    /// Makes a client and its token.
    /// - Throws: `StorageError`.
    public func create(
        _ details: ClientDetails, by occasion: Occasion, in connection: Connection
    ) throws -> Result<(client: ClientRecord, token: String), ClientRefusal> {
        let client = ClientRecord(
            id: ID(at: occasion.now), details: details, createdAt: occasion.now, usedAt: nil, revokedAt: nil)
        if let refusal = refusal(of: details, occasion) {
            try log(.clientCreated, client.id, code: refusal.code, outcome: .deny, occasion, connection)
            return .failure(refusal)
        }
        let token = ClientStore.prefix + Token.make()
        try ClientRows.insert(client, digest: Token.digest(token), in: connection)
        try log(.clientCreated, client.id, query: ClientRows.summary(details), occasion, connection)
        return .success((client, token))
    }

    /// Withdraws a client's token at once.
    /// - Throws: `StorageError`.
    public func revoke(
        _ id: ID<Client>, reason: String, by occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, ClientRefusal> {
        guard let client = try ClientRows.client(id, in: connection),
            rules.allow(occasion, in: client.details.agency)
        else {
            try log(.clientRevoked, id, code: ClientRefusal.noSuchClient.code, outcome: .deny, occasion, connection)
            return .failure(.noSuchClient)
        }
        try connection.run("UPDATE clients SET revoked_at = \(occasion.now) WHERE id = \(id) AND revoked_at IS NULL")
        try log(.clientRevoked, id, reason: reason, occasion, connection)
        return .success(())
    }

    /// The clients of the agencies that the actor administers, by name.
    /// - Throws: `StorageError`.
    public func list(by occasion: Occasion, in connection: Connection) throws -> [ClientRecord] {
        let clients = try ClientRows.all(in: connection).filter { rules.allow(occasion, in: $0.details.agency) }
        try log(.list, nil, results: clients.count, occasion, connection)
        return clients
    }

    /// Who calls with a token, or nil when it is none that works.
    /// - Throws: `StorageError`.
    public static func call(
        token: String, from address: String?, at now: Instant, in connection: Connection
    ) throws -> ClientCall? {
        guard token.hasPrefix(prefix), let client = try ClientRows.client(digest: Token.digest(token), in: connection),
            client.works(at: now), let actor = client.actor(address: address)
        else { return nil }
        let needsTouch = client.usedAt.map { now.seconds(since: $0) >= 60 } ?? true
        return ClientCall(actor: actor, scopes: client.details.scopes, client: client, needsTouch: needsTouch)
    }

    /// Notes that a client calls.
    /// - Throws: `StorageError`.
    public static func touch(_ id: ID<Client>, at now: Instant, in connection: Connection) throws {
        try connection.run("UPDATE clients SET used_at = \(now) WHERE id = \(id)")
    }

    private func refusal(of details: ClientDetails, _ occasion: Occasion) -> ClientRefusal? {
        guard rules.allow(occasion, in: details.agency) else { return .notPermitted }
        guard accounts.isName(details.name) else { return .notAName }
        guard !details.scopes.isEmpty else { return .noScope }
        let life = details.expiresAt.seconds(since: occasion.now)
        guard life > 0, life <= Double(ClientStore.longestLife) else { return .badEnd }
        if let why = rules.conflict(details.roles) { return .conflictingRoles(why) }
        if occasion.actor.kind != .system {
            for role in details.roles.sorted() where rules.conflict(occasion.actor.roles.union([role])) != nil {
                return .roleBeyondGranter(role)
            }
        }
        return nil
    }

    private func log(
        _ act: AuditAct, _ id: ID<Client>?, code: String? = nil, query: String? = nil, reason: String? = nil,
        results: Int? = nil, outcome: AuditOutcome = .permit, _ occasion: Occasion, _ connection: Connection
    ) throws {
        var entry = occasion.entry(act, Code("client").map { AuditObject($0, id: id?.text) }, outcome: outcome)
        entry.code = code
        entry.query = query
        entry.reason = reason
        entry.results = results.map(Int64.init)
        try AuditLog.append(entry, in: connection)
    }
}

/// Why something was not done to a client program.
public enum ClientRefusal: Error, Hashable, Sendable {
    /// There is none, or none that the actor may know of.
    case noSuchClient
    /// The actor does not administer clients there.
    case notPermitted
    /// It has no name, or one of over 200 characters or with control characters.
    case notAName
    /// It may call nothing.
    case noScope
    /// The token would be over already, or last longer than a year.
    case badEnd
    /// The roles cannot be held by one, for this reason.
    case conflictingRoles(String)
    /// The actor could not hold this role beside their own, so cannot give it either.
    case roleBeyondGranter(Code<Role>)

    /// The code under which the audit keeps the refusal.
    public var code: String {
        switch self {
        case .noSuchClient: "no-such-client"
        case .notPermitted: "not-permitted"
        case .notAName: "not-a-name"
        case .noScope: "no-scope"
        case .badEnd: "bad-end"
        case .conflictingRoles: "conflicting-roles"
        case .roleBeyondGranter: "role-beyond-granter"
        }
    }

    /// The refusal for the person before the screen.
    public var fault: Fault {
        switch self {
        case .noSuchClient: Fault("The client was not found", remedy: "Check the link or look in the list of clients.")
        case .notPermitted:
            Fault("You cannot add clients for this agency", remedy: "Ask an administrator of that agency.")
        case .notAName: Fault("Enter a name", because: "it must have 1 to 200 characters")
        case .noScope: Fault("Choose what the client may call", because: "it has no scope")
        case .badEnd: Fault("Enter a day on which the token ends", because: "it must lie within the next year")
        case .conflictingRoles(let why): Fault("These roles cannot be held by one client", because: why)
        case .roleBeyondGranter(let role):
            Fault(
                "You cannot give this role (\(role))", because: "you could not hold it beside your own roles",
                remedy: "Ask an administrator who could.")
        }
    }
}
