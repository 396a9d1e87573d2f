internal import Files
internal import Glibc
public import Kernel
public import Secrets

/// The file of anchors, one line a day. It belongs on another machine or on storage that only appends.
public struct AuditAnchorFile: Sendable {
    private let path: String
    private let key: [UInt8]?

    /// A file.
    /// - Parameter key: authenticates the lines; nil for none.
    public init(path: String, key: [UInt8]? = nil) {
        self.path = path
        self.key = key
    }

    /// The file of an installation, whose lines are authenticated with a key derived from the installation's own.
    public init(path: String, sealedBy key: SealingKey) {
        self.init(path: path, key: key.derived(for: "audit anchors"))
    }

    /// All anchors, in the order of the file; none when there is no file.
    /// - Throws: `Fault` when the file cannot be read, a line is damaged or not authentic, or days or numbers go back.
    public func anchors() throws(Fault) -> [AuditAnchor] {
        guard FileSystem.exists(path) else { return [] }
        let text = String(decoding: try FileSystem.read(path, limit: 64 << 20), as: UTF8.self)
        var anchors: [AuditAnchor] = []
        for (i, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() where !line.isEmpty
        {
            let anchor = try AuditAnchor(line: line, number: i + 1, path: path, key: key)
            if let last = anchors.last, anchor.day < last.day || anchor.seq < last.seq {
                throw Fault(
                    "The anchors of the audit are out of order", at: "\(path), line \(i + 1)",
                    because: "its day or its number is lower than that of the line before",
                    remedy: "Compare the file with its copies and find out who changed it.")
            }
            anchors.append(anchor)
        }
        return anchors
    }

    /// Whether the day has no anchor yet.
    /// - Throws: `Fault` as `anchors()` does.
    public func isDue(on day: LocalDate) throws(Fault) -> Bool { (try anchors().last?.day).map { $0 < day } ?? true }

    /// Adds an anchor at the end and waits until it is on the disk.
    /// - Throws: `Fault` when it could not be written.
    public func add(_ anchor: AuditAnchor) throws(Fault) {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileSystem.failure("The anchor of the audit could not be written", path) }
        defer { close(file) }
        try FileSystem.write(Array(anchor.line(key: key).utf8), to: file, path: path)
        guard fsync(file) == 0 else { throw FileSystem.failure("The anchor of the audit could not be written", path) }
    }
}
