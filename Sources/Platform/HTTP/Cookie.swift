/// A cookie to be set (RFC 6265bis §4.1), as strict as it can be: HttpOnly, Secure and SameSite unless said otherwise.
public struct Cookie: Hashable, Sendable {
    /// With which requests from other sites a browser sends the cookie.
    public enum SameSite: String, Sendable {
        case strict = "Strict"
        case lax = "Lax"
    }

    /// The name. `__Host-` before it makes browsers refuse the cookie unless it is secure, for this host and path `/`.
    public let name: String
    /// The value.
    public let value: String
    /// The path below which it is sent.
    public let path: String
    /// How long it is kept, in seconds: nil until the browser closes; 0 removes it.
    public let maxAge: Int?
    /// Sent over TLS only. False only for trials on the machine itself.
    public let isSecure: Bool
    /// Out of reach of scripts.
    public let isHTTPOnly: Bool
    /// With which requests of other sites it is sent.
    public let sameSite: SameSite

    /// A cookie. The name must be a token and the value made of cookie octets: both are ours, never a user's text.
    public init(
        _ name: String, _ value: String, path: String = "/", maxAge: Int? = nil, isSecure: Bool = true,
        isHTTPOnly: Bool = true, sameSite: SameSite = .lax
    ) {
        let fault = Cookie.fault(name, value, path: path, isSecure: isSecure)
        precondition(fault == nil, fault ?? "")
        self.name = name
        self.value = value
        self.path = path
        self.maxAge = maxAge
        self.isSecure = isSecure
        self.isHTTPOnly = isHTTPOnly
        self.sameSite = sameSite
    }

    /// A cookie that takes the one of that name away.
    public static func removal(of name: String, path: String = "/", isSecure: Bool = true) -> Cookie {
        Cookie(name, "", path: path, maxAge: 0, isSecure: isSecure)
    }

    /// The value of the Set-Cookie field.
    public var headerValue: String {
        var text = "\(name)=\(value); Path=\(path)"
        if let maxAge { text += "; Max-Age=\(max(0, maxAge))" }
        if isSecure { text += "; Secure" }
        if isHTTPOnly { text += "; HttpOnly" }
        return text + "; SameSite=\(sameSite.rawValue)"
    }

    /// What is wrong with a cookie of ours, or nil.
    static func fault(_ name: String, _ value: String, path: String, isSecure: Bool) -> String? {
        if !isToken(name.utf8) { return "a cookie's name is a token" }
        if !value.utf8.allSatisfy(isOctet) { return "a cookie's value has no blanks, quotes or separators" }
        if !path.hasPrefix("/") || !path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3B }) {
            return "a cookie's path starts with a slash and has no separators"
        }
        if name.hasPrefix("__Host-"), !isSecure || path != "/" {
            return "a __Host- cookie is secure and for the path /"
        }
        return nil
    }

    /// RFC 6265 §4.1.1, cookie-octet.
    static func isOctet(_ byte: UInt8) -> Bool {
        byte == 0x21 || (0x23...0x2B).contains(byte) || (0x2D...0x3A).contains(byte) || (0x3C...0x5B).contains(byte)
            || (0x5D...0x7E).contains(byte)
    }
}

/// The cookies that a request brought.
public struct Cookies: Hashable, Sendable {
    private let pairs: [FormFields.Field]

    /// Reads the values of the Cookie fields; pairs without a name are passed over, and at most 100 are taken.
    public init(_ values: [String] = []) {
        var pairs: [FormFields.Field] = []
        for value in values {
            for pair in value.split(separator: ";") {
                guard pairs.count < 100, let equals = pair.firstIndex(of: "=") else { continue }
                let name = trimmed(pair[..<equals])
                var value = trimmed(pair[pair.index(after: equals)...])
                if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
                    value = value.dropFirst().dropLast()
                }
                if isToken(name.utf8) { pairs.append(.init(String(name), String(value))) }
            }
        }
        self.pairs = pairs
    }

    /// The value of the only cookie of that name. Nil when there is none, and also when there are several: another page
    /// of the domain may have set a second one, and which is ours cannot be known.
    public subscript(name: String) -> String? {
        let found = pairs.filter { $0.name == name }
        return found.count == 1 ? found[0].value : nil
    }

    /// The names, in the order sent.
    public var names: [String] { pairs.map(\.name) }
}
