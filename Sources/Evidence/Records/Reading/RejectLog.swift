internal import Files
public import Kernel

#if canImport(Glibc)
    internal import Glibc
#endif

/// The rejects file: every row that could not be used, and every value that was left out of a row that was kept, with
/// file, line, column, value and reason. It is made when the first of them is written.
public final class RejectLog {
    /// Where the file is, or would be.
    public let path: String
    /// How many rows were rejected for each reason.
    public private(set) var rejectedRows: [String: Int] = [:]
    /// How many values were left out of rows that were kept, for each reason.
    public private(set) var unusedValues: [String: Int] = [:]
    private let isKept: Bool
    private var writer = DelimitedWriter()
    private var descriptor: Int32 = -1

    /// A log that would be written to this path. A file already there is replaced at the first reject.
    public init(path: String) {
        self.path = path
        isKept = true
    }

    /// A log that counts and writes nothing, for records that were checked before.
    public init() {
        path = ""
        isKept = false
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Whether anything was written.
    public var isEmpty: Bool { rejectedRows.isEmpty && unusedValues.isEmpty }

    /// A row that could not be used.
    public func reject(file: String, line: Int, column: String, value: String, because reason: String) throws(Fault) {
        rejectedRows["\(column) \(reason)", default: 0] += 1
        try write(file, line, column, value, reason, "row rejected")
    }

    /// A value that could not be used in a row that was kept without it.
    public func leaveOut(file: String, line: Int, column: String, value: String, because reason: String) throws(Fault) {
        unusedValues["\(column) \(reason)", default: 0] += 1
        try write(file, line, column, value, reason, "value left out, row kept")
    }

    /// Writes what is still in memory.
    public func flush() throws(Fault) {
        guard !writer.bytes.isEmpty else { return }
        if descriptor < 0 {
            try FileSystem.makeFolder(FileSystem.parent(of: path))
            descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw FileSystem.failure("The rejects file could not be written", path) }
        }
        try FileSystem.write(writer.bytes, to: descriptor, path: path)
        writer.removeAll()
    }

    private func write(
        _ file: String, _ line: Int, _ column: String, _ value: String, _ reason: String, _ treatment: String
    ) throws(Fault) {
        guard isKept else { return }
        if rejectedRows.count + unusedValues.count == 1, writer.bytes.isEmpty, descriptor < 0 {
            writer.row(["file", "line", "column", "value", "reason", "treatment"])
        }
        writer.row([file, String(line), column, value, reason, treatment])
        if writer.bytes.count > 1 << 20 { try flush() }
    }
}
