import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The program as people run it: the release build, in a process of its own.
enum Program {
    /// The repository.
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    private static let path = root + "/.build/release/concord"
    private static let few = DispatchSemaphore(value: 3)

    /// What a run said and how it ended.
    struct Run {
        let status: Int32
        let output: String
        let errors: String

        /// The lines of the error, for checking that there is one.
        var errorLines: [Substring] { errors.split(separator: "\n") }
    }

    /// Runs the program to its end.
    /// - Parameter shell: commands of the shell before it starts, such as limits.
    static func run(_ arguments: [String], shell: String? = nil) throws -> Run {
        try #require(
            FileManager.default.isExecutableFile(atPath: path),
            "The program under test is not there: run \"make build\" first (\(path))")
        few.wait()
        defer { few.signal() }
        let folder = try TemporaryFolder()
        let (out, err) = (folder.path("out"), folder.path("err"))
        var words = [path] + arguments
        if let shell { words = ["/bin/sh", "-c", "\(shell); exec \"$0\" \"$@\""] + words }
        let status = try spawn(words, out: out, err: err)
        return Run(status: status, output: try text(out), errors: try text(err))
    }

    /// Runs the program and requires that it succeeds.
    static func succeed(_ arguments: [String]) throws -> Run {
        let run = try run(arguments)
        try #require(run.status == 0, "concord \(arguments.joined(separator: " ")): \(run.errors)")
        return run
    }

    private static func spawn(_ words: [String], out: String, err: String) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, err, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for word in argv { free(word) } }
        var child = pid_t()
        try #require(posix_spawn(&child, words[0], &actions, nil, &argv, environ) == 0, "\(words[0]) did not start")
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 { try #require(errno == EINTR) }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
    }
}

/// A folder that lives as long as the value does.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "concord-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a name in it.
    func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file and gives its path.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    /// Writes a text file and gives its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    /// Every file below a folder in it by its path from there, with its bytes.
    func files(_ name: String) -> [String: Data] {
        var found: [String: Data] = [:]
        for file in FileManager.default.subpaths(atPath: path(name)) ?? [] {
            var isFolder: ObjCBool = false
            let whole = "\(path(name))/\(file)"
            guard FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            found[file] = FileManager.default.contents(atPath: whole)
        }
        return found
    }
}

/// The project's shared folder of real data and reference values: `CONCORD_SHARED`, or `shared` beside the repository.
enum Shared {
    static let folder = ProcessInfo.processInfo.environment["CONCORD_SHARED"] ?? Program.root + "/../shared"

    /// Whether the folder is there; without it a test of real data is skipped.
    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder + "/data/README.md") }
    static let absent: Comment = "the shared folder of real data is not there (CONCORD_SHARED)"

    static func data(_ path: String) -> String { "\(folder)/data/\(path)" }

    /// The text of a reference file.
    static func reference(_ path: String) throws -> String {
        let data = FileManager.default.contents(atPath: "\(folder)/reference/\(path)")
        return String(decoding: try #require(data, "\(path) is missing"), as: UTF8.self)
    }

    /// The rows of a reference file, by heading.
    static func table(_ path: String) throws -> [[String: String]] {
        let lines = try reference(path).split(whereSeparator: \.isNewline).map(fields)
        let headings = try #require(lines.first)
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(headings, $0)) }
    }

    private static func fields(of line: Substring) -> [String] {
        var fields: [[UInt8]] = [[]]
        var isQuoted = false
        for byte in line.utf8 {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted: fields.append([])
            default: fields[fields.count - 1].append(byte)
            }
        }
        return fields.map { String(decoding: $0, as: UTF8.self) }
    }

    static let lookups = [
        "geo/LSOA21_WD24_LAD24_bestfit_EW.csv.gz", "geo/LSOA11_LSOA21_LAD22_exactfit_EW.csv.gz",
    ].map(data)
    static let boundaries = data("geo/london_lsoa_2021_20m.geojson")
    static let population = data("deprivation_population/london_LSOA21_population_density_mid2011-2022.csv.gz")
    static let panel = data(
        "london_lsoa_panel/london_police-api_LSOA11_month_category_pullA_2023-05_to_2026-02_gaps.csv.gz")
    static func mps(_ level: String) -> String { data("london_datastore_mps/recorded-crime-\(level).csv.gz") }
    static let publishedWards = data(
        "london_datastore_mps/MPS Ward Level Crime (most recent 24 months) 2023-07_to_2025-06.csv")
}
