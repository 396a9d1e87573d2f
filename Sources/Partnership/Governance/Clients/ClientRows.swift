internal import Kernel
internal import Storage

/// How clients lie in their tables.
enum ClientRows {
    private static let columns: SQL = "c.id, c.name, c.agency, c.created_at, c.expires_at, c.used_at, c.revoked_at"

    static func client(_ id: ID<Client>, in connection: Connection) throws -> ClientRecord? {
        try connection.first("SELECT \(columns) FROM clients c WHERE c.id = \(id)").map { try client($0, connection) }
    }

    static func client(digest: [UInt8], in connection: Connection) throws -> ClientRecord? {
        try connection.first("SELECT \(columns) FROM clients c WHERE c.digest = \(digest)")
            .map { try client($0, connection) }
    }

    static func all(in connection: Connection) throws -> [ClientRecord] {
        try connection.rows("SELECT \(columns) FROM clients c ORDER BY c.name, c.id").map { try client($0, connection) }
    }

    private static func client(_ row: Row, _ connection: Connection) throws -> ClientRecord {
        let id: ID<Client> = try row.get("id")
        let scopes = try connection.rows("SELECT scope FROM client_scopes WHERE client = \(id)")
        let roles = try connection.rows("SELECT role FROM client_roles WHERE client = \(id)")
        let details = ClientDetails(
            name: try row.get("name"), agency: try row.get("agency"),
            scopes: Set(try scopes.map { try $0.get("scope") }),
            roles: Set(try roles.map { try $0.get("role") }), expiresAt: try row.get("expires_at"))
        return ClientRecord(
            id: id, details: details, createdAt: try row.get("created_at"), usedAt: try row.optional("used_at"),
            revokedAt: try row.optional("revoked_at"))
    }

    static func insert(_ client: ClientRecord, digest: [UInt8], in connection: Connection) throws {
        let details = client.details
        try connection.run(
            """
            INSERT INTO clients (id, name, agency, digest, created_at, expires_at)
            VALUES (\(client.id), \(details.name), \(details.agency), \(digest), \(client.createdAt),
                \(details.expiresAt))
            """)
        for scope in details.scopes {
            try connection.run("INSERT INTO client_scopes (client, scope) VALUES (\(client.id), \(scope))")
        }
        for role in details.roles {
            try connection.run("INSERT INTO client_roles (client, role) VALUES (\(client.id), \(role))")
        }
    }

    /// What a client may do, for the audit.
    static func summary(_ details: ClientDetails) -> String {
        let scopes = details.scopes.sorted().map(\.text).joined(separator: ",")
        let roles = details.roles.sorted().map(\.text).joined(separator: ",")
        return "agency=\(details.agency) scopes=\(scopes) roles=\(roles) until=\(details.expiresAt)"
    }
}
