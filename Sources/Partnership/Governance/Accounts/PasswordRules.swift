public import Kernel
public import Secrets

/// Which passwords are taken: long enough, in no list of breached ones, and not made of the owner's own details
/// (NIST SP 800-63B, 5.1.1.2; ASVS 6.2). No composition rules and no expiry.
public struct PasswordRules: Sendable {
    /// The fewest characters.
    public let shortest: Int
    /// The most bytes; more would be work for nothing.
    public let longest: Int
    private let isBreached: @Sendable (String) -> Bool

    /// Rules.
    /// - Parameter isBreached: whether a password is in a list of breached ones.
    public init(shortest: Int = 12, longest: Int = 256, isBreached: @escaping @Sendable (String) -> Bool) {
        self.shortest = shortest
        self.longest = longest
        self.isBreached = isBreached
    }

    /// Rules with a list of breached passwords.
    public init(shortest: Int = 12, _ list: BreachedPasswords) {
        self.init(shortest: shortest) { list.contains($0) }
    }

    /// Says why a password is not taken, or nil.
    public func refusal(of password: String, for details: AccountDetails?) -> PasswordRefusal? {
        // Counted as they are hashed: some characters are typed as several, and some become several.
        guard let normal = Password.normalised(password), normal.utf8.count <= longest else { return .tooLong(longest) }
        if normal.unicodeScalars.count < shortest { return .tooShort(shortest) }
        if Set(password.lowercased().unicodeScalars).count < 4 { return .tooPlain }
        if let details, isOwn(password, details) { return .ownDetails }
        return isBreached(password) || isBreached(password.lowercased()) ? .breached : nil
    }

    // What is left of the password without the owner's details and the service's name must be worth something.
    private func isOwn(_ password: String, _ details: AccountDetails) -> Bool {
        let email = details.email.folded
        var words = [email] + email.split(separator: "@").map(String.init)
        words += details.name.lowercased().split(whereSeparator: { !$0.isLetter }).map(String.init)
        words += [details.agency.text, "concord", "password"]
        var rest = password.lowercased()
        for word in words.filter({ $0.count >= 4 }).sorted(by: { $0.count > $1.count }) {
            rest = rest.split(separator: word).joined()
        }
        return rest != password.lowercased() && rest.count < shortest / 2
    }
}

/// Why a password was not taken.
public enum PasswordRefusal: Error, Hashable, Sendable {
    /// It has fewer characters than this.
    case tooShort(Int)
    /// It has more bytes than this.
    case tooLong(Int)
    /// It has fewer than four different characters.
    case tooPlain
    /// It is made of the owner's name, address or agency.
    case ownDetails
    /// It is in a list of passwords known from breaches.
    case breached

    /// The refusal for the person before the screen.
    public var fault: Fault {
        switch self {
        case .tooShort(let count):
            Fault(
                "Your password is too short", because: "it must have \(count) characters or more",
                remedy: "Three random words make a good password.")
        case .tooLong(let count):
            Fault("Your password is too long", because: "it must have \(count) characters or fewer")
        case .tooPlain:
            Fault(
                "Your password is too easy to guess", because: "it repeats the same characters",
                remedy: "Three random words make a good password.")
        case .ownDetails:
            Fault(
                "Your password is too easy to guess", because: "it is made of your name, email address or agency",
                remedy: "Three random words make a good password.")
        case .breached:
            Fault(
                "This password is known to attackers", because: "it is in a list of breached passwords",
                remedy: "Choose one that you use nowhere else.")
        }
    }
}

/// The slow work of password hashing, so that tests can count it. It takes a tenth of a second: never do it inside a
/// write transaction.
public struct PasswordWork: Sendable {
    /// The hash under which a password is kept.
    public let hash: @Sendable (String) throws -> String
    /// Whether a password belongs to a hash.
    public let matches: @Sendable (_ password: String, _ hash: String) -> Bool
    /// Whether the hash was made with weaker settings than those of today.
    public let isOutdated: @Sendable (String) -> Bool

    /// Work of one's own.
    public init(
        hash: @escaping @Sendable (String) throws -> String,
        matches: @escaping @Sendable (_ password: String, _ hash: String) -> Bool,
        isOutdated: @escaping @Sendable (String) -> Bool
    ) {
        self.hash = hash
        self.matches = matches
        self.isOutdated = isOutdated
    }

    /// Argon2id.
    public static let argon2id = PasswordWork(
        hash: { try Password.hash($0) }, matches: { Password.matches($0, $1) }, isOutdated: { Password.needsRehash($0) }
    )
}
