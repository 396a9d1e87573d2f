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
        details:
            "Each step is one transaction. Make a backup first. With --dry-run only says which steps are still to be done.",
        options: Installation.options + [.init("dry-run", nil, "Say what would be done.")], example: "concord migrate")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let installation = try Installation(arguments)
        let database = try Database(installation.ownerLocation(), makes: false)
        defer { database.close() }
        if arguments.has("dry-run") {
            for step in try Migrator.pending(database, Installation.migrations) {
                Output.line("\(step.number) \(step.name)")
            }
            return
        }
        let done = try Migrator.migrate(
            database, Installation.migrations, servingRole: try installation.servingRole, at: Clock.system.now())
        for step in done { Output.line("\(step.number) \(step.name)") }
        progress.say(done.isEmpty ? "Nothing was to be done." : "\(done.count) migrations done.")
        if let role = try installation.servingRole { progress.say("The role \(role) has the rights it needs.") }
    }
}

/// `concord backup`: everything in the database, in one file, while the program serves.
enum BackupCommand: Command {
    static let spec = CommandSpec(
        "backup", "Write the whole database to one file, while the program serves.",
        details: """
            The file holds one moment of all tables with their digests. It can be restored into SQLite or PostgreSQL.
            The keys are not in it: keep a copy of them elsewhere. A file that is there already stays, unless --replace
            is given.
            """,
        arguments: "FILE",
        options: Installation.options + [.init("replace", nil, "Write over a file that is there already.")],
        example: "concord backup /backups/concord-monday.tar.gz")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        guard let path = arguments.arguments.first, arguments.arguments.count == 1 else {
            throw WrongUse("Name one file to write. See --help.")
        }
        guard arguments.has("replace") || !FileSystem.exists(path) else {
            throw Fault(
                "The backup was not written", at: path, because: "there is a file of that name already",
                remedy: "Give another name, or --replace to write over it.")
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
