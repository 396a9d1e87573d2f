import Files
import Glibc
import Kernel

@testable import Governance

/// A folder of a test's own, removed afterwards.
enum AuditTestFolder {
    static func use<T>(_ body: (String) throws -> T) throws -> T {
        var template = Array("/tmp/concord-governance-XXXXXX".utf8CString)
        let path = template.withUnsafeMutableBufferPointer { buffer -> String? in
            guard let start = buffer.baseAddress, let made = mkdtemp(start) else { return nil }
            return String(cString: made)
        }
        guard let path else { throw Fault("No folder could be made for a test") }
        defer {
            for name in (try? FileSystem.names(in: path)) ?? [] { unlink("\(path)/\(name)") }
            rmdir(path)
        }
        return try body(path)
    }
}

extension LocalDate {
    /// A day known to exist.
    init(validYear year: Int, month: Int, day: Int) {
        self = LocalDate(year: year, month: month, day: day) ?? LocalDate(day: 0)
    }
}
