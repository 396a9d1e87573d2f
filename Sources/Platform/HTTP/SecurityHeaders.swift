/// The fields that tell browsers to be careful. Put on every answer that does not say otherwise itself.
public struct SecurityHeaders: Hashable, Sendable {
    /// The value of Content-Security-Policy.
    public let contentSecurityPolicy: String

    /// The fields of a site.
    /// - Parameter formTargets: origins that forms may lead to besides our own, such as the OpenID Connect provider's:
    ///   browsers hold redirects after a form against this list too. One that is not `https://host[:port]` (or
    ///   `http://` on the machine itself, for trials) is left out.
    public init(formTargets: [String] = []) {
        let targets = (["'self'"] + formTargets.filter(SecurityHeaders.isOrigin)).joined(separator: " ")
        contentSecurityPolicy = [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
            "connect-src 'self'", "worker-src 'self'", "font-src 'self'", "manifest-src 'self'",
            "form-action \(targets)", "frame-ancestors 'none'", "base-uri 'none'",
        ].joined(separator: "; ")
    }

    /// Adds what is missing to an answer.
    /// - Parameter isSecure: whether the client speaks TLS; only then is it told to stay with it (RFC 6797 §7.2).
    public func apply(to response: inout Response, isSecure: Bool) {
        for (name, value) in SecurityHeaders.fixed where response.headers[name] == nil {
            response.headers[name] = value
        }
        if response.headers["Content-Security-Policy"] == nil {
            response.headers["Content-Security-Policy"] = contentSecurityPolicy
        }
        if isSecure { response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains" }
        // Pages hold personal data: neither the browser's disk nor a cache between may keep them.
        if response.headers["Cache-Control"] == nil { response.headers["Cache-Control"] = "no-store" }
    }

    private static let fixed: [(String, String)] = [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        (
            "Permissions-Policy",
            "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
                + "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
        ),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]

    private static func isOrigin(_ text: String) -> Bool {
        let isLocal = text.hasPrefix("http://127.0.0.1:") || text.hasPrefix("http://localhost:")
        guard text.hasPrefix("https://") || isLocal else { return false }
        let host = text.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst(2)
        return !host.isEmpty
            && host.allSatisfy { byte in
                switch lowercased(byte) {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x30...0x39, 0x2D, 0x2E, 0x3A: true
                default: false
                }
            }
    }
}
