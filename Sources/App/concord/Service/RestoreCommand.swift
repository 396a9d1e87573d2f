import CommandLine
import Configuration
import Files
import Governance
import Kernel
import Storage

/// `concord restore`: a backup into an empty database, checked.
enum RestoreCommand: Command {
    static let spec = CommandSpec(
        "restore", "Restore a backup into an empty database.",
        details: """
            Checks every table against its digest, and the audit's chain against the anchors, before anything is kept:
            it restores everything or nothing. A backup that is older than the newest anchor lacks entries of the audit:
            --accept-loss restores it all the same, writes an entry with the reason, and begins a new file of anchors; the
            old one stays beside it. With --verify only checks the file.
            """,
        arguments: "FILE",
        options: Installation.options + [
            .init("verify", nil, "Only check the file."),
            .init("accept-loss", nil, "Restore although entries after the backup are lost. Needs --reason."),
            .init("without-anchors", nil, "Restore although the anchors cannot be checked. Needs --reason."),
            .init("reason", "TEXT", "Why, for the audit."),
        ],
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
        let audit = try RestoredAudit(installation, arguments)
        try FileSystem.makeFolder(installation.configuration.data, isPrivate: true)
        let database = try Database(installation.ownerLocation())
        defer { database.close() }
        let contents: Backup.Contents
        do {
            contents = try Backup.restore(
                path, into: database, migrations: Installation.migrations, servingRole: try installation.servingRole,
                at: Clock.system.now(), check: { try audit.check($0) }
            ) { progress.bytes($0.part, done: Int64($0.done), total: Int64($0.total)) }
        } catch {
            progress.clear()
            audit.undo()
            throw error
        }
        progress.clear()
        Output.line("Restored \(contents.tables.reduce(0) { $0 + $1.rows }) rows of \(contents.madeAt).")
        for line in audit.said { Output.line(line) }
    }
}
