internal import Files
public import Kernel

/// Passwords that were found in breaches. `Scripts/passwords-list` makes the list at set-up.
///
/// Kept as sorted 64-bit digests: eight bytes a password, found by bisection.
public struct BreachedPasswords: Sendable {
    private let digests: [UInt64]

    /// Reads a list of one password a line, in UTF-8.
    /// - Throws: a `Fault` when there is no such file, or it has no password in it.
    public init(contentsOf path: String) throws(Fault) {
        self.init(lines: try FileSystem.read(path, limit: 256 << 20))
        guard !digests.isEmpty else {
            throw Fault(
                "The list of breached passwords could not be used", at: path, because: "the file is empty",
                remedy: "Make it again with Scripts/passwords-list.")
        }
    }

    /// A list of one password a line.
    public init(lines bytes: [UInt8]) {
        var digests: [UInt64] = []
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            digests.append(BreachedPasswords.digest(String(decoding: line, as: UTF8.self)))
        }
        digests.sort()
        var kept = 0
        for (index, digest) in digests.enumerated() where index == 0 || digest != digests[index - 1] {
            digests[kept] = digest
            kept += 1
        }
        digests.removeSubrange(kept...)
        self.digests = digests
    }

    /// How many different passwords are known.
    public var count: Int { digests.count }

    /// Whether the password is one of them, in any case of letters and any Unicode form.
    public func contains(_ password: String) -> Bool {
        let wanted = BreachedPasswords.digest(password)
        var low = 0
        var high = digests.count
        while low < high {
            let middle = (low + high) / 2
            if digests[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return low < digests.count && digests[low] == wanted
    }

    // 64 bits of BLAKE2b: of 100,000 known ones, a stranger's password collides with a chance of 5e-15.
    private static func digest(_ password: String) -> UInt64 {
        Hash.blake2b(Array(PasswordText.folded(password).utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
