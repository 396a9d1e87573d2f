internal import Files
internal import Glibc
internal import Kernel

/// The folder of a backup's files: filled under a temporary name, then given its own.
final class RestoredFiles {
    private let folder: String
    private let temporary: String
    private var isSettled = false
    private var names: [String] = []

    /// - Throws: a `Fault` when there is something of that name already.
    init(_ folder: String) throws(Fault) {
        guard !FileSystem.exists(folder) else {
            throw Fault(
                "The backup's files cannot be restored", at: folder, because: "there is something of that name already",
                remedy: "Name a folder that does not exist yet.")
        }
        self.folder = folder
        temporary = "\(folder).part-\(getpid())"
    }

    /// Begins, perhaps again.
    func begin() throws(Fault) {
        remove()
        try FileSystem.makeFolder(temporary, isPrivate: true)
    }

    func write(_ name: String, _ bytes: [UInt8], isFirst: Bool) throws(Fault) {
        let path = "\(temporary)/\(name)"
        if isFirst { try FileSystem.makeFolder(FileSystem.parent(of: path), isPrivate: true) }
        let flags = O_WRONLY | O_CLOEXEC | O_NOFOLLOW | (isFirst ? O_CREAT | O_EXCL : O_APPEND)
        let descriptor = open(path, flags, 0o600)
        if isFirst { names.append(name) }
        guard descriptor >= 0 else { throw FileSystem.failure("The file could not be written", path) }
        defer { close(descriptor) }
        try FileSystem.write(bytes, to: descriptor, path: path)
    }

    func settle() throws(Fault) {
        guard rename(temporary, folder) == 0 else {
            throw FileSystem.failure("The folder could not be made", folder)
        }
        isSettled = true
    }

    /// Removes what was written.
    func remove() {
        let path = isSettled ? folder : temporary
        isSettled = false
        for name in names {
            unlink("\(path)/\(name)")
            var parent = FileSystem.parent(of: name)
            while parent != ".", rmdir("\(path)/\(parent)") == 0 { parent = FileSystem.parent(of: parent) }
        }
        names = []
        rmdir(path)
    }
}
