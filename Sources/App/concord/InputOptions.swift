import Assessing
import CommandLine
import Files
import Kernel
import Records

#if canImport(Glibc)
    import Glibc
#endif

/// The options by which commands are given definitions and files.
enum InputOptions {
    static let definitions = CommandSpec.Option(
        "definitions", "DIR",
        "The folder of definitions. Otherwise $CONCORD_DEFINITIONS, or the one beside the program.")

    static let records: [CommandSpec.Option] = [
        .init("mapping", "NAME", "The mapping to read files with, where it is not to be recognised from the header."),
        .init("restate", nil, "Of months that two files hold differently, the later file replaces the earlier."),
        .init("add", nil, "Files that hold different records of the same month complete each other."),
        .init(
            "reject-limit", "PERCENT", "How many of a file's rows may be unusable before the run stops (standard: 5)."),
    ]

    static func rejectLimit(_ arguments: ParsedArguments) throws -> Double {
        (try arguments.number("reject-limit", in: 0...100) ?? 5) / 100
    }

    // "a.csv,b.csv" names two files where there is no file of the whole name.
    static func split(_ values: [String]) -> [String] {
        values.flatMap { value -> [String] in
            let parts = value.split(separator: ",").map(String.init)
            return !FileSystem.exists(value) && parts.count > 1 && parts.allSatisfy(FileSystem.exists) ? parts : [value]
        }
    }
}

extension DefinitionsFolder {
    /// As the arguments, the environment or the program's place say.
    init(_ arguments: ParsedArguments) throws {
        try self.init(
            given: arguments.value("definitions") ?? ProcessPlace.variable("CONCORD_DEFINITIONS"),
            program: ProcessPlace.program)
    }
}

extension RecordFiles {
    init(_ paths: [String], _ arguments: ParsedArguments, library: MappingLibrary, progress: Progress) throws {
        guard !(arguments.has("restate") && arguments.has("add")) else {
            throw WrongUse("--restate and --add exclude each other.")
        }
        try self.init(
            paths, mapping: arguments.value("mapping"),
            overlap: arguments.has("restate") ? .restate : arguments.has("add") ? .add : .refuse, library: library,
            say: progress.say)
    }
}

extension InputFiles {
    init(_ arguments: ParsedArguments, _ partnership: Partnership?, _ library: MappingLibrary) throws {
        try self.init(
            records: InputOptions.split(arguments.all("records")) + arguments.arguments,
            lookups: InputOptions.split(arguments.all("lookup")),
            boundaries: InputOptions.split(arguments.all("boundaries")),
            populations: InputOptions.split(arguments.all("population")),
            isMapped: arguments.value("mapping") != nil, partnership: partnership, library: library)
    }
}

/// What the process knows of its surroundings. Nothing else reads the environment.
enum ProcessPlace {
    /// A variable of the environment.
    static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// The path of the running program.
    static var program: String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard count > 0 else { return "." }
        return String(decoding: buffer[0..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
