import Assessing
import Assessments
import CaseReview
import Casework
import Cohorts
import CommandLine
import Configuration
import Enforcement
import Files
import Governance
import Jobs
import Kernel
import Panels
import People
import Records
import Secrets
import Storage

/// An installation of the service: its configuration, definitions, database and keys.
struct Installation {
    let configuration: Configuration
    let definitions: DefinitionsFolder
    let partnership: PartnershipDefinition
    let partnershipPath: String
    let roles: RoleCatalogue

    static let option = CommandSpec.Option(
        "config", "FILE",
        "The configuration. Otherwise $CONCORD_CONFIG, or concord.json in the current folder if there is one.")
    static let options: [CommandSpec.Option] = [option, InputOptions.definitions]

    /// What assessments are made from.
    func evidence() throws -> Partnership {
        try Partnership(DefinitionFile(path: configuration.evidence ?? partnershipPath))
    }

    /// Every step of the tables, of all areas.
    static let migrations: [Migration] =
        AuditTables.migrations + AccountTables.migrations + RegisterTables.migrations + JobStore.migrations
        + AssessmentTables.migrations + PeopleTables.migrations + CaseTables.migrations + CaseReviewTables.migrations
        + OrderTables.migrations + CohortTables.migrations + PanelTables.migrations + KeptDefinitions.migrations

    /// Reads the configuration and the definitions that it names.
    /// - Throws: the first fault.
    init(_ arguments: ParsedArguments) throws {
        let (configuration, faults) = Installation.configuration(arguments)
        if let fault = faults.first { throw fault }
        self.configuration = configuration
        definitions = try DefinitionsFolder(arguments)
        partnershipPath = try definitions.partnershipFile(configuration.partnership)
        partnership = try PartnershipDefinition(DefinitionFile(path: partnershipPath))
        roles = try RoleCatalogue(DefinitionFile(path: "\(definitions.path)/roles/\(partnership.roles).json"))
    }

    /// The configuration, with all faults.
    static func configuration(_ arguments: ParsedArguments) -> (Configuration, [Fault]) {
        var path = arguments.value("config") ?? ProcessPlace.variable("CONCORD_CONFIG")
        if path == nil, FileSystem.exists("concord.json") { path = "concord.json" }
        var environment: [String: String] = [:]
        for (name, _) in ConfigurationReader.variables { environment[name] = ProcessPlace.variable(name) }
        return ConfigurationReader.read(path: path, environment: environment)
    }

    /// Where the program serves from.
    func location() throws -> DatabaseLocation {
        try Installation.location(configuration.databaseAddress)
    }

    /// Where migrations and restores are done.
    func ownerLocation() throws -> DatabaseLocation {
        try Installation.location(configuration.database.owner ?? configuration.databaseAddress)
    }

    private static func location(_ address: String) throws -> DatabaseLocation {
        guard let location = DatabaseLocation(address) else {
            throw Fault(
                "The database's address is wrong", at: "database.address",
                because: "it is neither sqlite:PATH nor postgresql://…")
        }
        return location
    }

    /// The database that the program serves from.
    /// - Throws: when it was never made, is newer than the program, or is to be migrated first.
    func database() throws -> Database {
        let database = try Database(location(), makes: false)
        let pending = try Migrator.pending(database, Installation.migrations)
        guard pending.isEmpty else {
            throw Fault(
                "The database is older than this program", at: configuration.databaseAddress,
                because:
                    "\(pending.count) migrations are still to be done, the first of them \(pending[0].number) \(pending[0].name)",
                remedy: "Make a backup, then run concord migrate.")
        }
        return database
    }

    /// The database that the program serves from, with a role that can neither change nor remove entries of the audit.
    /// - Throws: as `database()` does, and when the role could.
    func servingDatabase() throws -> Database {
        let database = try database()
        do {
            let kept = Installation.migrations.flatMap(\.appendOnly)
            let open = try database.read { try Schema.unprotected(kept, in: $0) }
            guard open.isEmpty else {
                let role = try location().role ?? "of the program"
                throw Fault(
                    "The audit is not protected from the program itself", at: "database.address",
                    because: "the role \(role) owns or may change \(open.joined(separator: ", "))",
                    remedy: """
                        Let another role own the tables: name it as database.owner, make it their owner \
                        (docs/running.md, PostgreSQL), and run concord migrate.
                        """)
            }
            return database
        } catch {
            database.close()
            throw error
        }
    }

    /// The role that the program serves as, where it differs from the owner of the tables.
    var servingRole: String? {
        get throws { configuration.database.owner == nil ? nil : try location().role }
    }

    /// The cases, under the partnership's rules.
    func cases() throws -> CaseStore {
        try CaseStore(roles: roles, definitions: definitions.path, partnership: partnership)
    }

    /// The panels that hear these cases.
    func panels(_ cases: CaseStore) throws(Fault) -> PanelStore {
        try PanelStore(
            cases: cases, partnership: partnership, catalogue: PanelCatalogue(folder: "\(definitions.path)/panel-types")
        )
    }

    /// The key that seals secrets.
    func sealingKey() throws -> SealingKey { try SealingKey(contentsOf: keyPath) }

    var keyPath: String { "\(configuration.keys)/sealing.key" }

    /// The file of the audit's anchors, signed with a key of its own.
    func anchors() throws -> AuditAnchorFile {
        AuditAnchorFile(path: configuration.auditAnchors, sealedBy: try sealingKey())
    }

    /// An act of the command line.
    func occasion(_ now: Instant) throws -> Occasion {
        guard let agency = partnership.agencies.first?.code,
            let account = ID<Account>("00000000-0000-7000-8000-000000000000")
        else { throw Fault("The partnership has no agencies", at: partnershipPath, remedy: "Add its agencies.") }
        let system = Actor(kind: .system, account: account, name: "Command line", agency: agency)
        return Occasion(system, at: now, request: "command-line")
    }
}
