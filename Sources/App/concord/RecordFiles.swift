import CommandLine
import Files
import Kernel
import Records
import Tables

/// The record files that a command was given: files, folders of files, and folders of imported records.
struct RecordFiles {
    static let options: [CommandSpec.Option] = [
        .init("mapping", "NAME", "The mapping to read files with, where it is not to be recognised from the header."),
        .init("restate", nil, "Of months that two files hold differently, the later file replaces the earlier."),
        .init("add", nil, "Files that hold different records of the same month complete each other."),
        .init(
            "reject-limit", "PERCENT", "How many of a file's rows may be unusable before the run stops (standard: 5)."),
    ]

    private(set) var files: [RecordReader.File] = []
    private let mapping: String?
    private let overlap: OverlapRule

    init(_ paths: [String], _ arguments: ParsedArguments, library: MappingLibrary, progress: Progress) throws {
        guard !(arguments.has("restate") && arguments.has("add")) else {
            throw WrongUse("--restate and --add exclude each other.")
        }
        mapping = arguments.value("mapping")
        overlap = arguments.has("restate") ? .restate : arguments.has("add") ? .add : .refuse
        for path in paths {
            if RecordsFolder.isOne(path) {
                files += try RecordsFolder(path: path).files
            } else if FileSystem.isFolder(path) {
                try addFolder(path, library: library, progress: progress)
            } else {
                files.append(.init(path: path, mapping: mapping, overlap: overlap))
            }
        }
    }

    static func rejectLimit(_ arguments: ParsedArguments) throws -> Double {
        (try arguments.number("reject-limit", in: 0...100) ?? 5) / 100
    }

    // Files in a folder that no mapping recognises are not records; they are named and passed over.
    private mutating func addFolder(_ folder: String, library: MappingLibrary, progress: Progress) throws {
        for name in try FileSystem.names(in: folder) {
            let path = "\(folder)/\(name)"
            if FileSystem.isFolder(path) {
                try addFolder(path, library: library, progress: progress)
                continue
            }
            let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
            guard [".csv", ".tab", ".tsv", ".txt"].contains(where: plain.hasSuffix) else { continue }
            if mapping == nil, !library.recognises(header: try DelimitedFile(path: path).header) {
                progress.say("Passed over, as no mapping recognises it: \(path)")
                continue
            }
            files.append(.init(path: path, mapping: mapping, overlap: overlap))
        }
    }
}
