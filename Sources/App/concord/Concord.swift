import CommandLine
import Files
import Kernel
import Records

#if canImport(Glibc)
    import Glibc
#endif

/// The command line: reads the arguments and the environment, runs one command, and ends with 0 (done), 1 (the work
/// failed) or 2 (wrong use).
@main
enum Concord {
    static let version = "0.1"

    static var commands: [any Command.Type] {
        [
            AssessCommand.self, ExplainCommand.self, ImportCommand.self, QualityCommand.self, HarmImportCommand.self,
            MappingsCommand.self, DemoRecordsCommand.self, DemoCodeCommand.self, InitCommand.self, MigrateCommand.self,
            ServeCommand.self, BackupCommand.self, RestoreCommand.self, ConfigCheckCommand.self,
            AuditVerifyCommand.self,
            AuditExportCommand.self, AccountListCommand.self, AccountGrantCommand.self, AccountRevokeCommand.self,
            AccountLinkCommand.self,
        ]
    }

    static func main() {
        // A file that may not grow further is then an error like any other, instead of the end of the program.
        signal(SIGXFSZ, SIG_IGN)
        let status = run(Array(Swift.CommandLine.arguments.dropFirst()))
        if status == 0, let failure = Output.failure {
            Output.error("concord: \(failure)")
            exit(1)
        }
        exit(status)
    }

    private static func run(_ words: [String]) -> Int32 {
        guard let first = words.first, first != "help", first != "--help" else {
            return help(Array(words.dropFirst()))
        }
        if first == "--version" || first == "version" {
            Output.line("concord \(version)")
            return 0
        }
        guard let (command, rest) = command(for: words) else {
            let names = commands.map { $0.spec.name }
            let near = Spelling.nearest(first, among: names).map { " Did you mean \"\($0)\"?" } ?? ""
            Output.error("concord: there is no command \"\(first)\".\(near) Run \"concord help\" for the list.")
            return 2
        }
        do {
            let arguments = try ParsedArguments(rest, for: command.spec)
            if arguments.has("help") {
                Output.text(command.spec.help(program: "concord"))
                return 0
            }
            try command.run(arguments, progress: Progress(quiet: arguments.has("quiet")))
            return 0
        } catch let wrong as WrongUse {
            Output.error("concord \(command.spec.name): \(wrong)")
            return 2
        } catch {
            Output.error("concord \(command.spec.name): \(error)")
            return 1
        }
    }

    private static func command(for words: [String]) -> ((any Command.Type), [String])? {
        for command in commands {
            let name = command.spec.name.split(separator: " ").map(String.init)
            if words.starts(with: name) { return (command, Array(words.dropFirst(name.count))) }
        }
        return nil
    }

    private static func help(_ words: [String]) -> Int32 {
        if !words.isEmpty {
            guard let (command, _) = command(for: words) else {
                Output.error("concord: there is no command \"\(words.joined(separator: " "))\".")
                return 2
            }
            Output.text(command.spec.help(program: "concord"))
            return 0
        }
        var text = "Concord turns the records of a Community Safety Partnership into its strategic assessment.\n\n"
        text += "Usage: concord COMMAND [options]\n\nCommands:\n"
        for command in commands {
            let name = command.spec.name
            text += "  \(name)\(String(repeating: " ", count: max(1, 16 - name.count)))\(command.spec.summary)\n"
        }
        text += "  version         Print the version.\n\nconcord COMMAND --help tells more about one of them.\n"
        Output.text(text)
        return 0
    }
}

/// A command of the program.
protocol Command {
    static var spec: CommandSpec { get }
    static func run(_ arguments: ParsedArguments, progress: Progress) throws
}

/// Standard output and standard error. The program has one thread that writes.
enum Output {
    /// Why something could not be written to standard output.
    nonisolated(unsafe) private(set) static var failure: Fault?

    static func line(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }
    static func text(_ text: String) { write(text, to: STDOUT_FILENO) }
    static func error(_ text: String) { write(text + "\n", to: STDERR_FILENO) }
    /// A line of the server's log, from any of its threads: one write, so that lines do not mix.
    static func log(_ line: [UInt8]) {
        _ = line.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if descriptor == STDOUT_FILENO, failure == nil {
                    failure = FileSystem.failure("The results could not be written", "standard output")
                }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }
}
