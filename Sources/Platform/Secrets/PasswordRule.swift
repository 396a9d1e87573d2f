public import Kernel

/// Which passwords are taken. Length, breaches and the owner's own words decide; there are no rules of composition and
/// none expires (NIST SP 800-63B, 3.1.1.2; ASVS 5.0, 6.2).
public struct PasswordRule: Sendable {
    /// The fewest characters, as Unicode counts code points (ASVS 5.0, 6.2.1).
    public static let shortest: Int = 8
    /// The length that pages recommend (ASVS 5.0, 6.2.1; NIST SP 800-63B, 3.1.1.2).
    public static let advised: Int = 15

    private let breached: BreachedPasswords?
    private let shortest: Int

    /// A rule with a list of breached passwords.
    /// - Parameter shortest: a stricter least length; never less than `PasswordRule.shortest`.
    public init(breached: BreachedPasswords?, shortest: Int = PasswordRule.shortest) {
        self.breached = breached
        self.shortest = max(shortest, PasswordRule.shortest)
    }

    /// Why a password is not taken, or nil when it is.
    /// - Parameter ownWords: the account's e-mail address and name, and the agency's and the service's name.
    public func refusal(of password: String, ownWords: [String] = []) -> Refusal? {
        guard let bytes = PasswordText.bytes(password) else { return .tooLong(Password.longest) }
        let count = String(decoding: bytes, as: UTF8.self).unicodeScalars.count
        if count < shortest { return .tooShort(shortest) }
        if breached?.contains(password) == true { return .breached }
        let folded = PasswordText.folded(password)
        return PasswordRule.parts(of: ownWords).contains { folded.contains($0) } ? .ownWord : nil
    }

    /// Whether a password that is taken is shorter than advised, for a hint beside the field.
    public func isShorterThanAdvised(_ password: String) -> Bool {
        password.unicodeScalars.count < PasswordRule.advised
    }

    // The words as given, an address's local part, and each part of a name of four letters or more: shorter ones
    // ("Ann", "Lee") are found inside ordinary words.
    private static func parts(of words: [String]) -> [String] {
        var parts: [String] = []
        for word in words.map(PasswordText.folded) {
            let local = word.split(separator: "@").first.map(String.init) ?? word
            let pieces = local.split { !$0.isLetter && !$0.isNumber }.map(String.init)
            parts += [word, local] + pieces
        }
        return parts.filter { $0.unicodeScalars.count >= 4 }
    }

    /// Why a password is not taken.
    public enum Refusal: Error, Hashable, Sendable {
        /// It has fewer characters than this.
        case tooShort(Int)
        /// It has more bytes than this.
        case tooLong(Int)
        /// It is in the list of breached passwords.
        case breached
        /// It holds the owner's address or name, or the service's.
        case ownWord

        /// The refusal for the person before the screen; it does not repeat the password.
        public var fault: Fault {
            switch self {
            case .tooShort(let count):
                Fault(
                    "The password is too short", because: "it must have \(count) characters or more",
                    remedy: "Use \(PasswordRule.advised) or more: three random words are easy to remember.")
            case .tooLong(let count):
                Fault("The password is too long", because: "it must have \(count) characters or fewer")
            case .breached:
                Fault(
                    "The password is known to attackers", because: "it is in a list of breached passwords",
                    remedy: "Choose one that you use nowhere else: three random words are easy to remember.")
            case .ownWord:
                Fault(
                    "The password is easy to guess",
                    because: "it has your email address, your name or the name of your service in it",
                    remedy: "Choose words that have nothing to do with you.")
            }
        }
    }
}
