public import Assessing
public import CaseReview
public import Casework
public import Cohorts
public import Configuration
public import Enforcement
public import Governance
public import HTTP
public import Jobs
public import Kernel
public import Panels
public import Records
public import Rules
public import Secrets
public import Storage

/// Everything that pages need from outside: made once, when the program begins to serve.
public final class Site: Sendable {
    /// Where things are.
    public let configuration: Configuration
    /// The partnership: agencies, teams, panels, boards, priorities.
    public let partnership: PartnershipDefinition
    /// Its files for analysis.
    public let evidence: Partnership
    /// What each role may do.
    public let roles: RoleCatalogue
    /// Thresholds, clocks, amounts and definitions, as data.
    public let policy: PolicyRules
    /// Counts working days and hours.
    public let calendar: ClockCalendar
    /// The cases.
    public let cases: CaseStore
    /// The panels that hear them.
    public let panels: PanelStore
    /// The enforcement register.
    public let orders: OrderStore
    /// The monthly figures of cohorts.
    public let cohorts: CohortStore
    /// The yearly figures of case reviews.
    public let reviews: CaseReviewStore
    /// The definitions.
    public let definitions: DefinitionsFolder
    /// The database.
    public let database: Database
    /// The time.
    public let clock: Clock
    /// Style sheets, scripts and pictures.
    public let assets: SiteAssets
    /// Seals second-factor secrets and the like.
    public let sealing: SealingKey
    /// Signing in.
    public let signIn: SignIn
    /// The file of the audit's anchors, whose lines only this site's key can make.
    public let anchors: AuditAnchorFile
    /// Other organisations' sign-in services.
    public let providers: [SignInProvider]
    /// Sessions.
    public let sessions: SessionStore
    /// When sessions end.
    public let sessionRules: SessionRules
    /// What the policy says about accounts.
    public let accountRules: AccountRules
    /// What a password must be.
    public let passwordRules: PasswordRules
    /// Where passwords are hashed and compared, a few at a time.
    public let passwordGate: PasswordGate
    /// Tokens of forms.
    public let formTokens: CSRF
    /// Long work.
    public let jobs: JobQueue
    /// What the program calls itself on what it makes: "Concord 0.1".
    public let program: String

    /// The services of the site.
    /// - Throws: what hashing a password throws, and a `Fault` when the rules or the settings of a
    ///   sign-in provider are wrong.
    public init(
        configuration: Configuration, partnership: PartnershipDefinition, evidence: Partnership, roles: RoleCatalogue,
        definitions: DefinitionsFolder, database: Database, clock: Clock, assets: SiteAssets, sealing: SealingKey,
        breached: BreachedPasswords, passwordGate: PasswordGate = PasswordGate(), program: String
    ) throws {
        self.configuration = configuration
        self.partnership = partnership
        self.evidence = evidence
        self.roles = roles
        self.definitions = definitions
        policy = try PolicyRules(folder: "\(definitions.path)/rules", own: partnership.rules)
        calendar = try ClockCalendar(folder: "\(definitions.path)/rules")
        cases = try CaseStore(roles: roles, definitions: definitions.path, partnership: partnership)
        panels = try PanelStore(
            cases: cases, partnership: partnership,
            catalogue: PanelCatalogue(folder: "\(definitions.path)/panel-types"))
        orders = try OrderStore(
            roles: roles,
            law: OrderLaw(
                types: OrderTypes(folder: "\(definitions.path)/order-types", rules: policy), rules: policy,
                calendar: calendar))
        cohorts = CohortStore(
            try CohortCatalogue(folder: "\(definitions.path)/cohorts", types: cases.catalogue), cases: cases,
            orders: orders)
        reviews = CaseReviewStore(roles: roles)
        self.database = database
        self.clock = clock
        self.assets = assets
        self.sealing = sealing
        self.program = program
        self.passwordGate = passwordGate
        accountRules = AccountRules(roles)
        sessionRules = SessionRules(
            idle: Int64(configuration.sessions.idleMinutes) * 60,
            absolute: Int64(configuration.sessions.absoluteHours) * 3600)
        sessions = SessionStore(sessionRules, accountRules: accountRules)
        passwordRules = PasswordRules(breached)
        signIn = try SignIn(
            accountRules: accountRules, rules: sessionRules, sealing: sealing, issuer: partnership.name)
        providers = try configuration.providers.map {
            try SignInProvider($0, publicAddress: configuration.publicAddress)
        }
        anchors = AuditAnchorFile(path: configuration.auditAnchors, sealedBy: sealing)
        formTokens = CSRF(key: sealing.derived(for: "form tokens"))
        jobs = JobQueue(database: database, clock: clock)
    }
}
