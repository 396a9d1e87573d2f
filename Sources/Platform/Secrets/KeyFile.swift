internal import Files
internal import Glibc
internal import Kernel

/// A file of sealing keys: a line `NUMBER BASE64URL` for each key.
enum KeyFile {
    private static let what = "The sealing key could not be read"
    private static let remedy = "Restore the file from your safe copy."

    /// The bytes of a file that its owner alone may read.
    /// - Throws: a `Fault` when there is none, it is no plain file, belongs to someone else, or others may read it.
    static func read(_ path: String) throws(Fault) -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw FileSystem.failure(what, path) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileSystem.failure(what, path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Fault(what, at: path, because: "it is not a file") }
        guard status.st_mode & 0o077 == 0 else {
            throw Fault(
                "The sealing key is not safe", at: path, because: "other users of this machine may read it",
                remedy: "Run: chmod 600 \(path)")
        }
        guard status.st_uid == geteuid() || geteuid() == 0 else {
            throw Fault("The sealing key is not safe", at: path, because: "it belongs to another user of this machine")
        }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw FileSystem.failure(what, path) }
        guard count < bytes.count else { throw Fault(what, at: path, because: "it is too large", remedy: remedy) }
        return Array(bytes[..<count])
    }

    /// The keys in their order.
    /// - Throws: a `Fault` that names the line, never what is in it.
    static func keys(_ bytes: [UInt8], at path: String) throws(Fault) -> [(number: UInt8, key: [UInt8])] {
        var keys: [(number: UInt8, key: [UInt8])] = []
        var line = 0
        for text in String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
            line += 1
            if text.isEmpty { continue }
            let place = "\(path), line \(line)"
            let parts = text.split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 2, let number = UInt8(parts[0]), let key = Base64URL.decode(String(parts[1])),
                key.count == 32
            else { throw Fault(what, at: place, because: "the line is not a number and a key", remedy: remedy) }
            guard !keys.contains(where: { $0.number == number }) else {
                throw Fault(what, at: place, because: "there are two keys \(number)", remedy: remedy)
            }
            keys.append((number, key))
        }
        guard !keys.isEmpty else { throw Fault(what, at: path, because: "the file is empty", remedy: remedy) }
        return keys
    }

    /// The line of a key.
    static func line(_ number: UInt8, _ key: [UInt8]) -> [UInt8] { Array("\(number) \(Base64URL.encode(key))\n".utf8) }
}
