internal import Files
public import Kernel

/// Passwords that were found in breaches.
public struct BreachedPasswords: Sendable {
    private let digests: Set<UInt64>

    /// Reads a list of one password a line.
    /// - Throws: a `Fault` when there is no such file.
    public init(contentsOf path: String) throws(Fault) {
        let bytes = try FileSystem.read(path, limit: 64 << 20)
        self.init(lines: bytes)
    }

    /// A list of one password a line.
    public init(lines bytes: [UInt8]) {
        var digests: Set<UInt64> = []
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            digests.insert(BreachedPasswords.digest(String(decoding: line, as: UTF8.self)))
        }
        self.digests = digests
    }

    /// How many passwords are known.
    public var count: Int { digests.count }

    /// Whether the password is one of them, in any case of letters.
    public func contains(_ password: String) -> Bool { digests.contains(BreachedPasswords.digest(password)) }

    // 64 bits of BLAKE2b: of 100,000 known ones, a stranger's password collides with a chance of 5e-15.
    private static func digest(_ password: String) -> UInt64 {
        Hash.blake2b(Array(password.lowercased().utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
