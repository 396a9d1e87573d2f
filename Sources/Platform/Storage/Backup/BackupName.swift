internal import Kernel

/// Names of tables and files in an archive: relative paths that stay where they are put.
enum BackupName {
    /// - Throws: a `Fault` for an absolute path, `.` or `..`, empty parts, and control characters.
    static func check(_ name: String) throws(Fault) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
        guard isPlain, name.utf8.count <= 90, !name.utf8.contains(where: { $0 < 0x20 || $0 == 0x5C || $0 == 0x22 })
        else {
            throw Fault(
                "The backup cannot hold this", at: "a name", because: "it is no plain relative path of 90 bytes")
        }
    }
}
