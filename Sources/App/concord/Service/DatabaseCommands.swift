import CommandLine
import Configuration
import Files
import Governance
import Kernel
import Storage

/// `concord migrate`: brings the tables to the state that this program knows.
enum MigrateCommand: Command {
    static let spec = CommandSpec(
        "migrate", "Bring the database to the state that this program knows.",
        details: "Each step is one transaction. Make a backup first. With --dry-run only says which steps are still to be done.",
        options: Installation.options + [.init("dry-run", nil, "Say what would be done.")], example: "concord migrate")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let installation = try Installation(arguments)
        let database = try Database(installation.ownerLocation(), makes: false)
        defer { database.close() }
        if arguments.has("dry-run") {
            for step in try Migrator.pending(database, Installation.migrations) { Output.line("\(step.number) \(step.name)") }
            return
        }
        let done = try Migrator.migrate(
            database, Installation.migrations, servingRole: installation.servingRole, at: Clock.system.now())
        for step in done { Output.line("\(step.number) \(step.name)") }
        progress.say(done.isEmpty ? "Nothing was to be done." : "\(done.count) migrations done.")
    }
}

/// `concord backup`: everything in the database, in one file, while the program serves.
enum BackupCommand: Command {
    static let spec = CommandSpec(
        "backup", "Write the whole database to one file, while the program serves.",
        details: """
            The file holds one moment of all tables with their digests. It can be restored into SQLite or PostgreSQL.
            The keys are not in it: keep a copy of them elsewhere.
            """,
        arguments: "FILE", options: Installation.options, example: "concord backup /backups/concord-monday.tar.gz")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        guard let path = arguments.arguments.first, arguments.arguments.count == 1 else {
            throw WrongUse("Name one file to write. See --help.")
        }
        let installation = try Installation(arguments)
        let database = try installation.database()
        defer { database.close() }
        let contents = try Backup.write(database, to: path, at: Clock.system.now()) {
            progress.bytes($0.part, done: Int64($0.done), total: Int64($0.total))
        }
        progress.clear()
        Output.line("\(path): \(contents.tables.count) tables, \(contents.tables.reduce(0) { $0 + $1.rows }) rows")
    }
}

/// `concord restore`: a backup into an empty database, checked.
enum RestoreCommand: Command {
    static let spec = CommandSpec(
        "restore", "Restore a backup into an empty database.",
        details: """
            Checks every table against its digest, and the audit's chain against the anchors. Restores everything or
            nothing. With --verify only checks the file.
            """,
        arguments: "FILE", options: Installation.options + [.init("verify", nil, "Only check the file.")],
        example: "concord restore /backups/concord-monday.tar.gz")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        guard let path = arguments.arguments.first, arguments.arguments.count == 1 else {
            throw WrongUse("Name one file to restore. See --help.")
        }
        if arguments.has("verify") {
            let contents = try Backup.verify(path)
            Output.line("\(path) is whole: \(contents.tables.count) tables of \(contents.madeAt).")
            return
        }
        let installation = try Installation(arguments)
        try FileSystem.makeFolder(installation.configuration.data, isPrivate: true)
        let database = try Database(installation.ownerLocation())
        defer { database.close() }
        let contents = try Backup.restore(
            path, into: database, migrations: Installation.migrations, servingRole: installation.servingRole,
            at: Clock.system.now()
        ) { progress.bytes($0.part, done: Int64($0.done), total: Int64($0.total)) }
        progress.clear()
        let anchors = FileSystem.exists(installation.keyPath) ? try installation.anchors().anchors() : []
        let verification = try database.read { try AuditVerifier.verify($0, anchors: anchors) }
        Output.line("Restored \(contents.tables.reduce(0) { $0 + $1.rows }) rows of \(contents.madeAt).")
        if let damage = verification.damage {
            throw Fault(
                "The restored audit does not agree with its anchors", at: installation.configuration.auditAnchors,
                because: damage.description, remedy: "Restore a later backup, or find out who changed the audit.")
        }
    }
}
