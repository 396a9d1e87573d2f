import CommandLine
import Files
import Governance
import Kernel
import Storage

/// `concord audit verify`: proves that the audit is whole.
enum AuditVerifyCommand: Command {
    static let spec = CommandSpec(
        "audit verify", "Prove that no entry of the audit was changed, removed or added.",
        details: "Walks the chain from its beginning, compares it with the daily anchors, and names the first broken entry.",
        options: Installation.options, example: "concord audit verify")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        let installation = try Installation(arguments)
        let database = try installation.database()
        defer { database.close() }
        let anchors = try installation.anchors().anchors()
        let verification = try database.read { try AuditVerifier.verify($0, anchors: anchors) }
        if let damage = verification.damage {
            throw Fault("The audit is broken", at: "entry \(damage.seq)", because: damage.description,
                remedy: "Keep the database as it is, and tell the data protection officer.")
        }
        Output.line("\(verification.entries) entries and \(verification.anchors) anchors: the audit is whole.")
        for seq in verification.clockSteps { Output.line("The clock went back before entry \(seq).") }
    }
}

/// `concord audit export`: the audit as JSON lines or CSV.
enum AuditExportCommand: Command {
    static let spec = CommandSpec(
        "audit export", "Write the audit to a file.",
        details: "The export is itself an entry, with the reason.", arguments: "FILE.jsonl|FILE.csv",
        options: Installation.options + [.init("reason", "TEXT", "Why it is exported.")],
        example: "concord audit export audit.csv --reason \"Request of the ICO of 3 March\"")

    static func run(_ arguments: ParsedArguments, progress: Progress) throws {
        guard let path = arguments.arguments.first, arguments.arguments.count == 1 else {
            throw WrongUse("Name one file to write. See --help.")
        }
        let reason = try arguments.required("reason")
        let installation = try Installation(arguments)
        let database = try installation.database()
        defer { database.close() }
        let export = try database.write {
            try AuditView.export(AuditFilter(), reason: reason, by: installation.occasion(Clock.system.now()), in: $0)
        }
        var bytes: [UInt8] = []
        try database.read {
            try export.write(as: path.hasSuffix(".csv") ? .csv : .jsonLines, in: $0) { bytes += $0 }
        }
        try FileSystem.write(bytes, to: path, isPrivate: true)
        Output.line(path)
    }
}
