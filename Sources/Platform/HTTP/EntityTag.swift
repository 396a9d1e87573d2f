/// A mark of one version of a resource (RFC 9110 §8.8.3).
public struct EntityTag: Hashable, Sendable {
    /// What stands between the quotes.
    public let value: String
    /// Whether the bytes may differ between two answers with this mark.
    public let isWeak: Bool

    /// A mark; what may not stand in one is left out.
    public init(_ value: String, isWeak: Bool = false) {
        self.value = String(
            decoding: value.utf8.filter { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }, as: UTF8.self)
        self.isWeak = isWeak
    }

    /// The value of an ETag field.
    public var headerValue: String { (isWeak ? "W/" : "") + "\"\(value)\"" }

    /// What the server puts behind the mark of an answer that it compressed: other bytes, so another strong mark, but the
    /// same version; it is taken off again when the mark comes back.
    public static let gzipSuffix = "-gzip"

    /// The marks of an If-Match or If-None-Match list; passes over what is malformed.
    static func list(_ header: String) -> [EntityTag] {
        var found: [EntityTag] = []
        var rest = header[...].utf8
        while found.count < 100 {
            while let byte = rest.first, isBlank(byte) || byte == UInt8(ascii: ",") { rest.removeFirst() }
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak { rest.removeFirst(2) }
            guard rest.first == UInt8(ascii: "\"") else { return found }
            rest.removeFirst()
            guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return found }
            var value = Substring(rest[..<end])
            if value.hasSuffix(gzipSuffix) { value = value.dropLast(gzipSuffix.count) }
            found.append(EntityTag(String(value), isWeak: isWeak))
            rest = rest[rest.index(after: end)...]
        }
        return found
    }
}

/// What the conditions of a request say (RFC 9110 §13.2.2).
public enum Preconditions: Hashable, Sendable {
    /// Go on.
    case met
    /// The client has this version already: answer 304.
    case notModified
    /// The resource has changed since the client read it: answer 412.
    case failed

    /// Holds the conditions against the present version.
    /// - Parameter tag: the mark of the present version, nil when the resource is not there.
    public static func check(_ headers: Headers, method: Method, tag: EntityTag?) -> Preconditions {
        if let wanted = headers.joined("If-Match") {
            let isAny = wanted == "*" && tag != nil
            let found = EntityTag.list(wanted).contains { !$0.isWeak && tag?.isWeak == false && $0 == tag }
            guard isAny || found else { return .failed }
        }
        if let known = headers.joined("If-None-Match") {
            let matches = known == "*" ? tag != nil : EntityTag.list(known).contains { $0.value == tag?.value }
            if matches { return method == .get || method == .head ? .notModified : .failed }
        }
        return .met
    }
}
