public import Kernel
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#endif

/// A file that is removed when nobody holds it any more, unless it was kept.
public final class TemporaryFile: Sendable {
    /// Where it is now.
    public let path: String
    private let isKept = Mutex(false)

    private static let counter = Atomic<UInt64>(0)
    private static let prefix = "upload-"

    /// An empty file in a folder, open for writing, readable by its owner only.
    static func make(in folder: String) throws(Fault) -> (file: TemporaryFile, descriptor: Int32) {
        let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
        let path = "\(folder)/\(prefix)\(getpid())-\(number)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        return (TemporaryFile(path: path), descriptor)
    }

    private init(path: String) { self.path = path }

    deinit {
        if !isKept.withLock({ $0 }) { unlink(path) }
    }

    /// Moves the file to its lasting place, on the same file system, flushed to the disk.
    /// - Throws: a `Fault` when it was moved before or cannot be.
    public func keep(at place: String) throws(Fault) {
        let result: Int32? = isKept.withLock { kept in
            guard !kept else { return nil }
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return -1 }
            defer { close(descriptor) }
            guard fsync(descriptor) == 0, rename(path, place) == 0 else { return -1 }
            kept = true
            return 0
        }
        guard let result else {
            throw Fault("The uploaded file could not be kept", because: "it was moved to its place before")
        }
        guard result == 0 else { throw TemporaryFile.failure(place) }
    }

    /// Removes what a killed process left in the folder: called once, before the server starts.
    public static func sweep(_ folder: String) {
        guard let entries = opendir(folder) else { return }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(prefix), !name.hasPrefix("\(prefix)\(getpid())-") { unlink("\(folder)/\(name)") }
        }
    }

    static func failure(_ path: String) -> Fault {
        let code = errno
        let isFull = code == ENOSPC || code == EDQUOT || code == EFBIG
        return Fault(
            "The uploaded file could not be stored", at: path, because: String(cString: strerror(code)),
            remedy: isFull ? "Make room on the disk." : "Check that the server may write in this folder.")
    }
}
