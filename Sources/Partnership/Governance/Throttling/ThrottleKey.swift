internal import Glibc
public import Kernel
internal import Secrets

/// What failures are counted under. It is a digest: what someone typed in place of an e-mail address is not kept.
public struct ThrottleKey: Hashable, Sendable {
    /// 64 hexadecimal digits.
    public let text: String
    /// The rule that holds for it.
    public let rule: ThrottleRule

    private init(_ parts: [String], _ rule: ThrottleRule) {
        // Lengths before the parts keep ("a", "bc") and ("ab", "c") apart.
        let joined = parts.map { "\($0.utf8.count):\($0)" }.joined()
        text = Hexadecimal.text(Hash.blake2b(Array(joined.utf8)))
        self.rule = rule
    }

    /// Guesses at an e-mail address, whether an account has it or not, from a network.
    public static func account(_ email: String, from address: String) -> ThrottleKey {
        ThrottleKey(["account", folded(email), network(of: address)], .accountFromAddress)
    }

    /// Guesses from a network.
    public static func address(_ address: String) -> ThrottleKey {
        ThrottleKey(["address", network(of: address)], .address)
    }

    /// Guesses at an account from a device that has signed in to it before.
    public static func device(_ token: String, _ account: ID<Account>) -> ThrottleKey {
        ThrottleKey(["device", Hexadecimal.text(Token.digest(token)), account.text], .knownDevice)
    }

    /// Guesses at an account's second factor.
    public static func secondFactor(_ account: ID<Account>) -> ThrottleKey {
        ThrottleKey(["second-factor", account.text], .secondFactor)
    }

    /// Guesses of one account at the passphrases of files that it brings.
    public static func sealedFile(by account: ID<Account>) -> ThrottleKey {
        ThrottleKey(["sealed-file", account.text], .sealedFile)
    }

    /// All failures at an account, which are counted to tell of an attack and delay nobody.
    static func attack(_ account: ID<Account>) -> ThrottleKey { ThrottleKey(["attack", account.text], .alarm) }

    private static func folded(_ email: String) -> String { EmailAddress.fold(email) }

    /// The network that an address stands for: itself for IPv4, its first 64 bits for IPv6, where one customer has
    /// at least so many (RFC 6177). What is no address stands for itself.
    static func network(of address: String) -> String {
        var v6 = in6_addr()
        let text = address.split(separator: "%").first.map(String.init) ?? address
        guard text.contains(":"), inet_pton(AF_INET6, text, &v6) == 1 else { return address }
        let bytes = withUnsafeBytes(of: &v6) { Array($0) }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        if isMapped { return bytes[12...].map { String($0) }.joined(separator: ".") }
        return Hexadecimal.text(Array(bytes[..<8])) + "/64"
    }
}

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
