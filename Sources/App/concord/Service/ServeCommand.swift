import API
import AccountPages
import AssessmentPages
import CasePages
import CaseReviewPages
import CohortPages
import CommandLine
import Configuration
import Files
import Glibc
import Governance
import HTTP
import HTTPServer
import HomePages
import Jobs
import Kernel
import OrderPages
import PanelPages
import PeoplePages
import Secrets
import Site
import Storage
import TrustPages

/// `concord serve`: the web application.
enum ServeCommand: Command {
    static let spec = CommandSpec(
        "serve", "Serve the web application.",
        details: """
            Serves until it is told to stop (SIGTERM or Ctrl-C); running requests are then finished. Writes one line of JSON
            for each request to standard error, without personal data.
            """,
        options: Installation.options + [
            .init("assets", "DIR", "Style sheets and scripts. Otherwise $CONCORD_ASSETS, or Assets beside the program.")
        ],
        example: "concord serve --config /etc/concord/concord.json")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let installation = try Installation(arguments)
        let configuration = installation.configuration
        // Before any thread begins, so that all of them leave these signals to the wait below.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_BLOCK, &signals, nil)

        let database = try installation.servingDatabase()
        let site = try Site(
            configuration: configuration, partnership: installation.partnership,
            evidence: try installation.evidence(), roles: installation.roles,
            definitions: installation.definitions, database: database, clock: .system, assets: try assets(arguments),
            sealing: try installation.sealingKey(), breached: try breached(configuration),
            program: "Concord \(Concord.version)")
        try keepDefinitions(site, installation)
        let metrics = Metrics()
        let quiet = arguments.has("quiet")
        try FileSystem.makeFolder(configuration.uploads, isPrivate: true)
        let routes =
            routes(metrics, database, cookie: site.cookies.session)
            + CaseRoutes.uploads(in: configuration.uploads, largest: configuration.attachments.largest)
            + PanelRoutes.uploads(in: configuration.uploads)
        let dispatch = Dispatch(site, routes: routes) { failure($0) }
        var settings = ServerConfiguration(address: configuration.web.listen, port: configuration.web.port)
        settings.threads = configuration.web.threads ?? 4
        // Whoever waits at the gate of the passwords must not keep other slow routes waiting.
        settings.slowThreads += site.passwordGate.capacity
        settings.trustedProxies = configuration.web.trustedProxies
        let server = try Server(settings, answering: dispatch, metrics: metrics) { record in
            guard !quiet else { return }
            Output.log(record.jsonLine)
        }
        let housekeeping = Housekeeping(site) { failure($0) }
        try server.start()
        // Only now: while another server has the port, the unfinished jobs are its own.
        try site.jobs.begin()
        housekeeping.start(uploads: configuration.uploads)
        Output.line("Serving \(installation.partnership.name) on \(configuration.publicAddress)")
        var signal: Int32 = 0
        sigwait(&signals, &signal)
        progress.say("Stopping: running requests are finished first.")
        site.jobs.stop()
        server.stop()
        housekeeping.stop()
        database.close()
    }

    /// A line of the log about something that failed.
    private static func failure(_ text: String) {
        Output.log(JSON.object([.init("failure", .string(text))]).encoded(indented: false) + [0x0A])
    }

    static func routes(_ metrics: Metrics, _ database: Database, cookie: String) -> [Route<Endpoint>] {
        let health = Health([("database", { _ = try database.read { try $0.first("SELECT 1 AS one") } })])
        let own: [Route<Endpoint>] = [
            Route(.get, "/health", handler: Endpoint(.open) { _ in health.response() }),
            Route(
                .get, "/metrics",
                handler: Endpoint(.open) { visit in
                    // For the machine's own monitor; proxies do not pass it on.
                    guard ["127.0.0.1", "::1"].contains(visit.request.remoteAddress) else { throw Refusal.notFound }
                    return .text(metrics.exposition)
                }),
        ]
        let pages =
            HomeRoutes.routes + AccountRoutes.routes + AssessmentRoutes.routes + PeopleRoutes.routes
            + CaseRoutes.routes + PanelRoutes.routes + OrderRoutes.routes + CaseReviewRoutes.routes
            + CohortRoutes.routes
            + TrustRoutes.routes
        let document = APIDocument.Details(title: "Concord", version: Concord.version, cookie: cookie)
        return own + pages + APIRoutes.routes(document: document)
    }

    private static func keepDefinitions(_ site: Site, _ installation: Installation) throws {
        let outside = [installation.partnershipPath] + (installation.configuration.evidence.map { [$0] } ?? [])
        for changed in try site.keepDefinitions(outside: outside) {
            Output.error(
                "concord: the definition \(changed.path) changed but its version did not. Both are kept; raise the version."
            )
        }
    }

    private static func assets(_ arguments: ParsedArguments) throws -> SiteAssets {
        if let given = arguments.value("assets") ?? ProcessPlace.variable("CONCORD_ASSETS") {
            return try SiteAssets(folder: given)
        }
        guard let folder = FileSystem.folder(above: ProcessPlace.program, holding: "Assets/styles") else {
            throw Fault(
                "The style sheets were not found", because: "no folder Assets lies beside or above the program",
                remedy: "Give it with --assets or $CONCORD_ASSETS.")
        }
        return try SiteAssets(folder: "\(folder)/Assets")
    }

    private static func breached(_ configuration: Configuration) throws -> BreachedPasswords {
        let given = ProcessPlace.variable("CONCORD_BREACHED_PASSWORDS")
        let folder = FileSystem.folder(above: ProcessPlace.program, holding: "Lists")
        guard let path = given ?? folder.map({ "\($0)/Lists/breached-passwords.txt" }) else {
            throw Fault(
                "The list of breached passwords was not found", at: "Lists/breached-passwords.txt",
                remedy: "Run Scripts/set-up, or name the list in $CONCORD_BREACHED_PASSWORDS.")
        }
        return try BreachedPasswords(contentsOf: path)
    }
}
