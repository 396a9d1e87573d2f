import CommandLine
import Configuration
import Files
import Glibc
import Governance
import Kernel
import Storage

/// `concord audit verify`: proves that the audit is whole.
enum AuditVerifyCommand: Command {
    static let spec = CommandSpec(
        "audit verify", "Prove that no entry of the audit was changed, removed or added.",
        details:
            "Walks the chain from its beginning, compares it with the daily anchors, and names the first broken entry.",
        options: Installation.options, example: "concord audit verify")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let installation = try Installation(arguments)
        let database = try installation.database()
        defer { database.close() }
        let anchors = try installation.anchors().anchors()
        let verification = try database.read { try AuditVerifier.verify($0, anchors: anchors) }
        if let damage = verification.damage {
            throw Fault(
                "The audit is broken", at: "entry \(damage.seq)", because: damage.description,
                remedy: "Keep the database as it is, and tell the data protection officer.")
        }
        if !verification.missingAnchors.isEmpty {
            let days = verification.missingAnchors.prefix(5).map(\.day.inWords).joined(separator: ", ")
            throw Fault(
                "Anchors of the audit are missing", at: installation.configuration.auditAnchors,
                because: "\(verification.missingAnchors.count) that were written are not in the file: \(days)",
                remedy: "Bring the file back from its copies, and find out who changed it.")
        }
        let entries = "\(verification.entries) \(verification.entries == 1 ? "entry" : "entries")"
        if verification.anchors > 0 {
            let anchors = "\(verification.anchors) \(verification.anchors == 1 ? "anchor" : "anchors")"
            Output.line("\(entries) and \(anchors): the audit is whole.")
        } else {
            Output.line("\(entries): the audit is whole in itself. There are no anchors yet to compare it with.")
        }
        for seq in verification.clockSteps { Output.line("The clock went back before entry \(seq).") }
    }
}

/// `concord audit export`: the audit as JSON lines or CSV.
enum AuditExportCommand: Command {
    static let spec = CommandSpec(
        "audit export", "Write the audit to a file.",
        details: "The export is itself an entry, with the reason. The ending says the form: JSON lines or CSV.",
        arguments: "FILE.jsonl|FILE.csv",
        options: Installation.options + [.init("reason", "TEXT", "Why it is exported.")],
        example: "concord audit export audit.csv --reason \"Request of the ICO of 3 March\"")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        guard let path = arguments.arguments.first, arguments.arguments.count == 1 else {
            throw WrongUse("Name one file to write. See --help.")
        }
        let format: AuditFormat
        if path.hasSuffix(".csv") {
            format = .csv
        } else if path.hasSuffix(".jsonl") {
            format = .jsonLines
        } else {
            throw WrongUse("The file's name must end in .jsonl or .csv: \(path)")
        }
        let reason = try arguments.required("reason")
        let installation = try Installation(arguments)
        let database = try installation.database()
        defer { database.close() }
        let export = try database.write {
            try AuditView.export(AuditFilter(), reason: reason, by: installation.occasion(Clock.system.now()), in: $0)
        }
        try stream(to: path) { descriptor in
            try database.read { connection in
                // A snapshot that is read again begins the file again.
                guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
                    throw FileSystem.failure("The audit could not be written", path)
                }
                try export.write(as: format, in: connection) {
                    try FileSystem.write($0, to: descriptor, path: path)
                }
            }
        }
        Output.line(path)
    }

    /// Writes a file part by part, readable by its owner only; it takes its name when it is whole.
    private static func stream(to path: String, _ body: (Int32) throws -> Void) throws {
        let temporary = "\(path).part-\(getpid())"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileSystem.failure("The audit could not be written", path) }
        defer { close(descriptor) }
        do {
            try body(descriptor)
            guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
                throw FileSystem.failure("The audit could not be written", path)
            }
        } catch {
            unlink(temporary)
            throw error
        }
    }
}
