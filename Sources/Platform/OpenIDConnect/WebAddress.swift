/// The address of a provider's endpoint, taken apart strictly: what is unusual in it is refused, so that this reading
/// and the HTTP client's cannot differ.
public struct WebAddress: Hashable, Sendable {
    /// The address as given.
    public let text: String
    /// Whether it is `https`.
    public let isSecure: Bool
    /// The host, in small letters; an IPv6 address with its brackets.
    public let host: String

    /// Nil for other schemes, a user's name, a fragment, a port that is none, and characters that addresses do not
    /// have.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;=%".utf8)
        guard bytes.count <= 2000, bytes.allSatisfy({ allowed.contains($0) }) else { return nil }
        let rest: Substring
        if text.hasPrefix("https://") {
            (isSecure, rest) = (true, text.dropFirst(8))
        } else if text.hasPrefix("http://") {
            (isSecure, rest) = (false, text.dropFirst(7))
        } else {
            return nil
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard let host = WebAddress.host(of: authority) else { return nil }
        self.text = text
        self.host = host
    }

    /// Whether it is on this machine, where nothing can listen in on the way.
    public var isLoopback: Bool { ["localhost", "127.0.0.1", "[::1]"].contains(host) }

    /// Whether it has a query.
    public var hasQuery: Bool { text.contains("?") }

    /// The address with parameters behind those that it has.
    func appending(_ parameters: [(name: String, value: String)]) -> String {
        text + (hasQuery ? "&" : "?") + FormText.encoded(parameters)
    }

    private static func host(of authority: Substring) -> String? {
        var name = authority
        if authority.hasPrefix("[") {
            guard authority == "[::1]" || authority.hasPrefix("[::1]:") else { return nil }
            name = authority.prefix(5)
        } else {
            name = authority.prefix { $0 != ":" }
            guard !name.isEmpty, name.first != ".", name.first != "-",
                name.utf8.allSatisfy({ isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x2E })
            else { return nil }
        }
        let port = authority.dropFirst(name.count)
        guard port.isEmpty || (port.first == ":" && UInt16(port.dropFirst()) != nil && port.dropFirst().first != "+")
        else { return nil }
        return name.lowercased()
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

/// Parameters as `application/x-www-form-urlencoded`, in the form that is also right in a query: spaces as `%20`.
enum FormText {
    static func encoded(_ parameters: [(name: String, value: String)]) -> String {
        parameters.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
    }

    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: out.append(byte)
            default: out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// Whether two texts have the same bytes: Swift's own comparison takes different spellings of a letter for equal.
func isSame(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }
