import Assessing
import Assessments
import Configuration
import Files
import Governance
import HTTP
import Jobs
import Kernel
import Records
import Secrets
import Site
import Storage
import TestDatabases
import Testing

@testable import API

/// 1 June 2026, 09:00 UTC: a Monday in British summer time.
let morning = Instant(milliseconds: 1_780_304_400_000)

/// The demo partnership served from an empty database, with its dispatcher.
struct APIWorld {
    let test: TestDatabase
    let site: Site
    let dispatch: Dispatch
    let maker = ID<Account>(at: morning)

    var database: Database { test.database }

    static let root: String = {
        var folder = #filePath
        for _ in 0..<3 { folder = FileSystem.parent(of: folder) }
        return folder
    }()

    static let migrations: [Migration] =
        AuditTables.migrations + AccountTables.migrations + RegisterTables.migrations + JobStore.migrations
        + AssessmentTables.migrations

    static let details = APIDocument.Details(title: "Concord", version: "0")

    init(_ engine: Engine = .sqlite) throws {
        test = try TestDatabase(engine, migrations: APIWorld.migrations)
        let definitions = try DefinitionsFolder(given: "\(APIWorld.root)/Definitions", program: "")
        let file = try DefinitionFile(path: "\(definitions.path)/partnerships/demo/partnership.json")
        site = try Site(
            configuration: Configuration(), partnership: PartnershipDefinition(file), evidence: Partnership(file),
            roles: RoleCatalogue(DefinitionFile(path: "\(definitions.path)/roles/default.json")),
            definitions: definitions, database: test.database, clock: Clock { morning },
            assets: SiteAssets(folder: "\(APIWorld.root)/Assets/styles"),
            sealing: SealingKey(bytes: Array(repeating: 7, count: 32)), breached: BreachedPasswords(lines: []),
            program: "Concord 0")
        dispatch = Dispatch(site, routes: APIRoutes.routes(document: APIWorld.details)) { Issue.record("\($0)") }
    }

    func end() {
        site.jobs.stop()
        test.remove()
    }

    static func use(_ engine: Engine = .sqlite, _ body: (APIWorld) throws -> Void) throws {
        let world = try APIWorld(engine)
        defer { world.end() }
        try body(world)
    }

    // MARK: Who asks

    private var system: Occasion {
        Occasion(
            Actor(kind: .system, account: maker, name: "Command line", agency: code("council")), at: morning,
            request: "set-up")
    }

    static let allScopes = [
        "partnership-read", "assessments-read", "assessments-write", "audit-read", "token-read",
    ]

    func client(roles: [String] = ["member"], scopes: [String] = allScopes) throws -> Headers {
        let details = ClientDetails(
            name: "Dashboard", agency: code("council"), scopes: Set(scopes.map { code($0) }),
            roles: Set(roles.map { code($0) }), expiresAt: morning.advanced(bySeconds: 86_400))
        let store = ClientStore(rules: site.accountRules)
        let made = try database.write { try store.create(details, by: system, in: $0).get() }
        return ["Authorization": "Bearer \(made.token)"]
    }

    /// A signed-in person with their second factor, and the token of their forms.
    func person(roles: [String], agency: String = "council") throws -> (account: ID<Account>, headers: Headers) {
        let plain = PasswordWork(hash: { "plain:\($0)" }, matches: { "plain:\($0)" == $1 }, isOutdated: { _ in false })
        let signIn = try SignIn(
            accountRules: site.accountRules, rules: site.sessionRules, sealing: site.sealing, issuer: "Concord",
            work: plain)
        let store = AccountStore(rules: site.accountRules)
        let address = "\(roles.joined(separator: "."))@\(agency).example"
        let details = AccountDetails(
            email: try #require(EmailAddress(address)), name: "Jo Bell", agency: code(agency),
            roles: Set(roles.map { RoleGrant(code($0), from: morning.ukDate) }))
        let account = try database.write { connection in
            let account = try store.create(details, by: system, in: connection).get()
            let link = try store.makeLink(for: account.id, by: system, in: connection).get()
            return try store.useLink(
                link, passwordHash: "plain:three words", from: nil, at: morning, request: "set-up", in: connection
            ).get()
        }
        let visitor = Visitor(address: "127.0.0.1", device: "test", at: morning, request: "set-up")
        let result = try signIn.password("three words", email: address, visitor: visitor, in: database)
        guard case .session(var session) = result else { throw Fault("The test expected a session") }
        if session.session.stage == .enrolment {
            session = try database.write { connection in
                let setUp = try #require(
                    try signIn.setUpFactor(token: session.token, visitor: visitor, in: connection))
                let digits = try #require(TOTP.code(setUp.secret, at: morning))
                return try signIn.confirmFactor(digits, token: session.token, visitor: visitor, in: connection).get()
                    .session
            }
        }
        return (
            account.id,
            [
                "Cookie": "\(site.cookies.session)=\(session.token)",
                "X-CSRF-Token": site.formTokens.token(for: session.session.formSecret),
            ]
        )
    }

    // MARK: What there is

    @discardableResult
    func assessment(
        _ title: String, at now: Instant = morning, by account: ID<Account>? = nil, isPublished: Bool = false,
        files: [AssessmentFile] = []
    ) throws -> AssessmentVersion {
        let months = try #require(Month("2025-04").flatMap { first in Month("2026-03").map { (first, $0) } })
        let version = AssessmentVersion(
            id: ID(at: now), title: title, area: "Obbwade",
            period: try #require(MonthRange(from: months.0, to: months.1)),
            state: .draft, madeAt: now, madeBy: account ?? maker, madeByName: "Asha Nair", digest: "ab",
            recordsRead: 12, rowVersion: 1)
        try database.write { connection in
            try AssessmentStore.insert(version, files: files, in: connection)
            guard isPublished else { return }
            let other = Actor(kind: .person, account: ID(at: now), name: "Leon Barrow", agency: code("council"))
            #expect(try AssessmentStore.publish(version.id, seen: 1, by: other, at: now, in: connection))
        }
        return version
    }

    // MARK: Asking

    func ask(
        _ method: HTTP.Method = .get, _ target: String, _ headers: Headers = [:], with more: Headers = [:],
        json: String? = nil
    ) throws -> Answer {
        var all = headers
        for field in more.fields { all.add(field.name, field.value) }
        var body = RequestBody.none
        if let json {
            all["Content-Type"] = all["Content-Type"] ?? "application/merge-patch+json"
            body = .json(try JSON(parsing: Array(json.utf8), from: "test"))
        }
        let parts = RequestTarget(target)
        let query = try #require(FormFields(parsing: Array(parts.query.utf8)))
        let request = Request(method, parts.path, query: query, headers: all, body: body)
        if let refusal = dispatch.admit(request.head).refusal { return Answer(refusal) }
        return Answer(try dispatch.answer(request))
    }

    /// Acts in the audit with their outcomes and codes, since the set-up.
    func acts() throws -> [String] {
        try database.read {
            try $0.rows(
                "SELECT act, outcome, code, object_fields FROM audit_entries WHERE request = 'test' ORDER BY seq"
            ).map { row in
                let parts: [String?] = [
                    try row.get("act"), try row.get("outcome"), try row.optional("code"),
                    try row.optional("object_fields"),
                ]
                return parts.compactMap(\.self).joined(separator: " ")
            }
        }
    }
}

/// What came back.
struct Answer {
    let response: Response

    init(_ response: Response) { self.response = response }

    var status: Int { response.status.code }
    var headers: Headers { response.headers }
    var bytes: [UInt8] { if case .bytes(let bytes) = response.body { bytes } else { [] } }
    var json: JSON { (try? JSON(parsing: bytes, from: "answer")) ?? .null }
    var isProblem: Bool {
        headers["Content-Type"] == "application/problem+json" && json["status"] == .integer(Int64(status))
    }

    func text(_ member: String) -> String? { json[member]?.asText }
    var items: [JSON] { if case .array(let items)? = json["items"] { items } else { [] } }
}

extension JSON {
    var asText: String? { if case .string(let text) = self { text } else { nil } }
    var asItems: [JSON] { if case .array(let items) = self { items } else { [] } }
    var asMembers: [Member] { if case .object(let members) = self { members } else { [] } }
}

func code<Tag>(_ text: String) -> Code<Tag> {
    guard let code = Code<Tag>(text) else { preconditionFailure("no code: \(text)") }
    return code
}
