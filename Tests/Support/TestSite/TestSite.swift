import Assessing
import Assessments
import CaseReview
import Casework
import Cohorts
public import Configuration
import Enforcement
import Files
public import Governance
public import HTTP
import Jobs
public import Kernel
import Panels
import People
import Records
import Secrets
public import Site
public import Storage
import Synchronization
import TestDatabases

/// A whole site of the demo partnership on a new database, with a clock that tests move, and people with browsers.
///
/// ```swift
/// let site = try TestSite(.sqlite, routes: TrustRoutes.routes)
/// let officer = try site.account(roles: ["case-officer"], agency: "council")
/// let page = try site.get("/trust/audit", as: officer)
/// ```
public final class TestSite: Sendable {
    /// The services.
    public let site: Site
    /// What answers.
    public let dispatch: Dispatch
    private let database: TestDatabase
    private let time = TestTime()
    private let made = Mutex(0)

    /// 1 June 2026, 09:00 UTC: a Monday, when a site begins.
    public static let morning = Instant(milliseconds: 1_780_304_400_000)
    /// The password of all accounts.
    public static let password = "violet kettle harbour"

    /// A site of these routes.
    /// - Parameters:
    ///   - migrations: of tables beyond those of the partnership's areas.
    ///   - evidence: the partnership of whose files assessments are made: a name or a path.
    ///   - publicAddress: an `https:` address makes cookies secure.
    ///   - passwordGate: where passwords are hashed.
    ///   - left: text that is left out of the demo partnership's definition.
    ///   - configure: what else its configuration says.
    public init(
        _ engine: Engine = .sqlite, routes: [Route<Endpoint>], migrations: [Migration] = [], evidence: String = "demo",
        publicAddress: String? = nil, passwordGate: PasswordGate = PasswordGate(),
        without left: String = "",
        configure: (inout Configuration) -> Void = { _ in }
    ) throws {
        let own = AuditTables.migrations + AccountTables.migrations + RegisterTables.migrations
        database = try TestDatabase(
            engine,
            migrations: own + AssessmentTables.migrations + JobStore.migrations + KeptDefinitions.migrations
                + PeopleTables.migrations + CaseTables.migrations + CaseReviewTables.migrations
                + OrderTables.migrations + CohortTables.migrations + PanelTables.migrations + migrations)
        let time = time
        var configuration = Configuration()
        configuration.web.publicAddress = publicAddress
        configuration.auditAnchors = "\(database.folder)/anchors.txt"
        configure(&configuration)
        let definitions = try DefinitionsFolder(given: "\(TestSite.root)/Definitions", program: "")
        let path = "\(definitions.path)/partnerships/demo/partnership.json"
        let text = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self).replacing(left, with: "")
        site = try Site(
            configuration: configuration,
            partnership: PartnershipDefinition(DefinitionFile(bytes: Array(text.utf8), path: path)),
            evidence: definitions.partnership(evidence),
            roles: RoleCatalogue(DefinitionFile(path: "\(definitions.path)/roles/default.json")),
            definitions: definitions, database: database.database, clock: Clock { time.instant },
            assets: SiteAssets(folder: "\(TestSite.root)/Assets"),
            sealing: SealingKey(bytes: Array(repeating: 7, count: 32)),
            breached: BreachedPasswords(lines: Array("correct horse battery staple".utf8)), passwordGate: passwordGate,
            program: "Concord test")
        dispatch = Dispatch(site, routes: routes) { line in time.failures.withLock { $0.append(line) } }
    }

    deinit { site.jobs.stop() }

    /// The repository's folder.
    public static let root: String = {
        var folder = #filePath
        for _ in 0..<4 { folder = FileSystem.parent(of: folder) }
        return folder
    }()

    /// The time.
    public var now: Instant { time.instant }

    /// Lets time pass.
    public func advance(seconds: Int64) { time.now.withLock { $0 = $0.advanced(bySeconds: seconds) } }

    /// What the site has logged.
    public var log: [String] { time.failures.withLock { $0 } }

    /// A browser that has never been here.
    public func visitor(address: String = "192.0.2.9") -> TestBrowser { TestBrowser(self, address: address) }

    /// Fetches a page.
    public func get(_ path: String, as account: TestAccount) throws -> TestAnswer { try account.browser.get(path) }

    /// Sends a form, with the token against forged requests.
    public func post(
        _ path: String, _ fields: [String: String] = [:], as account: TestAccount
    ) throws -> TestAnswer { try account.browser.post(path, fields) }

    /// The words of the audit: `act outcome code` of each entry, in order.
    public func audit() throws -> [String] {
        try site.database.read { connection in
            try connection.rows("SELECT act, outcome, code FROM audit_entries ORDER BY seq").map { row in
                let words: [String?] = [try row.get("act"), try row.get("outcome"), try row.optional("code")]
                return words.compactMap { $0 }.joined(separator: " ")
            }
        }
    }

    func next() -> Int {
        made.withLock {
            $0 += 1
            return $0
        }
    }
}

/// What a site's clock and log write to.
private final class TestTime: Sendable {
    let now = Mutex(TestSite.morning)
    let failures = Mutex<[String]>([])
    var instant: Instant { now.withLock { $0 } }
}
