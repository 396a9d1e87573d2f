import Foundation
import Kernel
import Testing

@testable import Records

/// The repository and the project's shared folder of real data.
enum Place {
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    static let shared = ProcessInfo.processInfo.environment["CONCORD_SHARED"] ?? root + "/../shared"
    static var hasShared: Bool { FileManager.default.fileExists(atPath: shared + "/data/README.md") }
    static let absent: Comment = "the shared folder of real data is not there (CONCORD_SHARED)"

    static func data(_ path: String) -> String { "\(shared)/data/\(path)" }
    static func library() throws -> MappingLibrary { try MappingLibrary(folder: root + "/Definitions/mappings") }
}

/// A folder that lives as long as the value does.
final class Folder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "concord-records-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }

    /// Reads files with the mappings that are shipped.
    func read(_ files: [RecordReader.File], limit: Double = 0.05) throws -> RecordSet {
        try RecordReader(
            library: Place.library(), log: RejectLog(path: "\(path)/rejects.csv"), rejectLimit: limit
        ).read(files)
    }
}
