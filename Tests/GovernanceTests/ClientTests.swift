import Kernel
import Storage
import Testing

@testable import Governance

@Suite("Client programs", .serialized)
struct ClientTests {
    private let store = ClientStore(rules: testRules)
    private let month = morning.advanced(bySeconds: 30 * 86_400)

    private func wanted(roles: Set<String> = ["intake"], until end: Instant? = nil) -> ClientDetails {
        ClientDetails(
            name: "Dashboard", agency: code("council"), scopes: [code("assessments-read")],
            roles: Set(roles.map { code($0) }), expiresAt: end ?? month)
    }

    private func create(
        _ database: Database, _ details: ClientDetails, by actor: Actor = admin
    ) throws -> Result<(client: ClientRecord, token: String), ClientRefusal> {
        try database.write { try store.create(details, by: occasion(actor), in: $0) }
    }

    private func call(_ database: Database, _ token: String, at now: Instant = morning) throws -> ClientCall? {
        try database.read { try ClientStore.call(token: token, from: "192.0.2.1", at: now, in: $0) }
    }

    @Test("A token calls as its client until it ends; the database holds only its digest", arguments: TestEngine.all)
    func call(engine: TestEngine) throws {
        try engine.use { database in
            let (client, token) = try create(database, wanted()).get()
            #expect(token.hasPrefix("concord_"))
            let found = try #require(try call(database, token))
            #expect(found.actor.kind == .client)
            #expect(found.actor.account.text == client.id.text)
            #expect(found.actor.agency == code("council"))
            #expect(found.actor.roles == [code("intake")])
            #expect(found.scopes == [code("assessments-read")])
            #expect(try call(database, token, at: month.advanced(byMilliseconds: -1)) != nil)
            #expect(try call(database, token, at: month) == nil)
            #expect(try call(database, token + "x") == nil)
            #expect(try call(database, String(token.dropFirst(8))) == nil)
            #expect(try call(database, "") == nil)
            let rows = try database.read { try $0.rows("SELECT * FROM clients") }
            #expect(!rows.contains { $0.values.contains { "\($0)".contains(token.dropFirst(8)) } })
        }
    }

    @Test("Use is noted once a minute", arguments: TestEngine.all)
    func touch(engine: TestEngine) throws {
        try engine.use { database in
            let (client, token) = try create(database, wanted()).get()
            #expect(try call(database, token)?.needsTouch == true)
            try database.write { try ClientStore.touch(client.id, at: morning, in: $0) }
            #expect(try call(database, token, at: morning.advanced(bySeconds: 59))?.needsTouch == false)
            #expect(try call(database, token, at: morning.advanced(bySeconds: 60))?.needsTouch == true)
            #expect(try call(database, token)?.client.usedAt == morning)
        }
    }

    @Test("A withdrawn token ends at once", arguments: TestEngine.all)
    func revoke(engine: TestEngine) throws {
        try engine.use { database in
            let (client, token) = try create(database, wanted()).get()
            let revoke = { (actor: Actor) in
                try database.write { try store.revoke(client.id, reason: "Leaked", by: occasion(actor), in: $0) }
            }
            #expect(try revoke(actor(["agency-admin"], agency: "police")).refusal == .noSuchClient)
            #expect(try call(database, token) != nil)
            _ = try revoke(admin).get()
            #expect(try call(database, token) == nil)
            #expect(
                try auditWords(database) == [
                    "client-created permit", "client-revoked deny no-such-client", "client-revoked permit",
                ])
        }
    }

    @Test("What a client may not be is refused", arguments: TestEngine.all)
    func refused(engine: TestEngine) throws {
        try engine.use { (database) throws in
            var nameless = wanted()
            nameless.name = " "
            var scopeless = wanted()
            scopeless.scopes = []
            let year = morning.advanced(bySeconds: 366 * 86_400 + 1)
            let cases: [(ClientDetails, Actor, ClientRefusal)] = [
                (wanted(), actor(["agency-admin"], agency: "police"), .notPermitted), (nameless, admin, .notAName),
                (scopeless, admin, .noScope), (wanted(until: morning), admin, .badEnd),
                (wanted(until: year), admin, .badEnd),
                (
                    wanted(roles: ["idva", "perpetrator-worker"]), admin,
                    .conflictingRoles("idva and perpetrator-worker are held by different people")
                ),
                (wanted(roles: ["auditor"]), admin, .roleBeyondGranter(code("auditor"))),
            ]
            for (details, actor, refusal) in cases {
                #expect(try create(database, details, by: actor).refusal == refusal)
            }
            #expect(try database.read { try $0.rows("SELECT id FROM clients").isEmpty })
        }
    }

    @Test("An administrator lists the clients of his agency", arguments: TestEngine.all)
    func list(engine: TestEngine) throws {
        try engine.use { database in
            _ = try create(database, wanted()).get()
            let list = { (actor: Actor) in
                try database.write { try store.list(by: occasion(actor), in: $0).map(\.details.name) }
            }
            #expect(try list(admin) == ["Dashboard"])
            #expect(try list(actor(["agency-admin"], agency: "police")).isEmpty)
        }
    }
}
