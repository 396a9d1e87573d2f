internal import Files
public import Kernel

/// What a password must be (NCSC and ASVS 5.0, 6.2): long enough, not breached, nothing of its owner. No composition
/// rules, and no forced change.
public enum PasswordRule {
    /// The fewest characters.
    public static let shortest = 8
    /// The number of characters that is advised.
    public static let advised = 15

    /// Why a password is refused.
    public enum Refusal: Hashable, Sendable {
        case tooShort, tooLong, breached, ownName

        /// For the person who chose it.
        public var text: String {
            switch self {
            case .tooShort:
                "Your password must have at least \(shortest) characters. Three random words make a good one."
            case .tooLong: "Your password must have at most \(Password.longest) characters."
            case .breached:
                "This password is in lists of passwords that thieves try first. Choose another, such as three random words."
            case .ownName: "Your password must be more than your name, your e-mail address or the name of this service."
            }
        }
    }

    /// Why this password is refused, or nil when it may be used.
    /// - Parameter about: names and addresses of its owner and of the service.
    public static func refusal(_ password: String, about names: [String], breached: BreachedPasswords) -> Refusal? {
        guard password.count >= shortest else { return .tooShort }
        guard password.utf8.count <= Password.longest else { return .tooLong }
        if breached.contains(password) { return .breached }
        let folded = letters(password)
        let own = names.flatMap { name in
            [letters(name)] + name.split { !$0.isLetter && !$0.isNumber }.map { letters(String($0)) }
        }
        let isOwn = own.contains { !$0.isEmpty && folded.utf8.count < $0.utf8.count + 4 && folded.hasPrefix($0) }
        return isOwn ? .ownName : nil
    }

    private static func letters(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
}

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
