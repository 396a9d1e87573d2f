/// What every request must satisfy before anything looks at it: rules that keep two readers of the same bytes, a proxy
/// and us, from seeing two different requests (RFC 9112 §3, §5, §6, §11.2).
public enum RequestRules {
    /// Why a request is refused, or nil.
    /// - Parameters:
    ///   - version: as in the request line, `HTTP/1.1`.
    ///   - target: as in the request line.
    public static func refusal(method: String, target: String, version: String, headers: Headers) -> Status? {
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else { return .versionNotSupported }
        guard Method(rawValue: method) != nil else { return .notImplemented }
        guard target.utf8.count <= 8000 else { return .targetTooLong }
        return isTarget(target, method) && hasOneHost(headers, version) && hasPlainValues(headers)
            ? bodyRefusal(headers, version) : .badRequest
    }

    // Exactly one way to tell where the body ends. A request with both is refused even where RFC 9112 §6.3 lets the
    // transfer encoding win: no client of ours sends it.
    private static func bodyRefusal(_ headers: Headers, _ version: String) -> Status? {
        let lengths = headers.all("Content-Length")
        let codings = headers.all("Transfer-Encoding")
        guard codings.isEmpty || lengths.isEmpty, lengths.count <= 1, codings.count <= 1 else { return .badRequest }
        if let length = lengths.first, digits(length) == nil { return .badRequest }
        if let coding = codings.first {
            guard version == "HTTP/1.1" else { return .badRequest }
            guard equalIgnoringCase(coding, "chunked") else { return .notImplemented }
        }
        if let expected = headers["Expect"], !equalIgnoringCase(expected, "100-continue") { return .expectationFailed }
        return nil
    }

    private static func hasOneHost(_ headers: Headers, _ version: String) -> Bool {
        let hosts = headers.all("Host")
        guard hosts.count == 1 || (hosts.isEmpty && version == "HTTP/1.0") else { return false }
        return hosts.allSatisfy { host in
            host.utf8.allSatisfy { byte in
                switch lowercased(byte) {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x30...0x39, 0x2D, 0x2E, 0x3A, 0x5B, 0x5D, 0x5F: true
                default: false
                }
            }
        }
    }

    private static func hasPlainValues(_ headers: Headers) -> Bool {
        headers.fields.allSatisfy { Headers.isValid(name: $0.name, value: $0.value) }
    }

    private static func isTarget(_ target: String, _ method: String) -> Bool {
        if target == "*" { return method == "OPTIONS" }
        guard target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else { return false }
        let path = RequestTarget(target).path
        return path.utf8.first == UInt8(ascii: "/") && PercentCoding.decode(path) != nil
    }
}

/// A request's target in its parts.
public struct RequestTarget: Hashable, Sendable {
    /// The path, percent-encoded.
    public let path: String
    /// What stands after the first question mark.
    public let query: String

    /// Takes a target apart. An absolute one (RFC 9112 §3.2.2) loses its scheme and host.
    public init(_ target: String) {
        var rest = target[...]
        for scheme in ["http://", "https://"] where asciiLowercased(rest.prefix(scheme.count)) == scheme {
            let host = rest.dropFirst(scheme.count)
            let end = host.utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? host.endIndex
            rest = host[end...]
            if rest.utf8.first != UInt8(ascii: "/") { rest = "/" + rest }
            break
        }
        let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?"))
        path = String(rest[..<(mark ?? rest.endIndex)])
        query = mark.map { String(rest[rest.utf8.index(after: $0)...]) } ?? ""
    }
}
