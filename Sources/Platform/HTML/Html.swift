internal import Kernel

/// HTML text in UTF-8, written as a string literal whose interpolations are escaped.
///
/// Literal segments are copied as they stand and can only come from source code (`StaticString`); everything
/// interpolated is escaped unless it is `Html` itself or is marked `raw:`, which a reviewer can search for.
///
/// ```swift
/// let row: Html = "<tr><th scope=\"row\">\(name)</th>\(each: cells, { "<td>\($0)</td>" })</tr>"
/// ```
public struct Html: ExpressibleByStringInterpolation, Hashable, Sendable {
    /// The text, UTF-8.
    public private(set) var bytes: [UInt8]

    /// No text.
    public init() { bytes = [] }

    /// Text from source code, as it stands.
    public init(stringLiteral text: StaticString) {
        bytes = text.withUTF8Buffer(Array.init)
    }

    /// The text of a literal with its interpolations.
    public init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }

    /// Text that is HTML already, such as a drawing. The caller answers for its being escaped.
    public init(raw bytes: [UInt8]) { self.bytes = bytes }

    /// Text, escaped.
    public init(text: String) {
        bytes = []
        bytes.reserveCapacity(text.utf8.count)
        Html.escape(text, into: &bytes)
    }

    /// The text as a string.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether there is no text.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Adds more after this.
    public mutating func append(_ more: Html) { bytes.append(contentsOf: more.bytes) }

    /// Each part after the other.
    public static func joined(_ parts: some Sequence<Html>) -> Html {
        var all = Html()
        for part in parts { all.append(part) }
        return all
    }

    /// Writes text with `& < > " '` replaced by character references, so that it is safe in content and in quoted
    /// attribute values (HTML Standard, 13.1.2.3 and 13.1.4).
    static func escape(_ text: some StringProtocol, into bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case 0x26: bytes.append(contentsOf: "&amp;".utf8)
            case 0x3C: bytes.append(contentsOf: "&lt;".utf8)
            case 0x3E: bytes.append(contentsOf: "&gt;".utf8)
            case 0x22: bytes.append(contentsOf: "&quot;".utf8)
            case 0x27: bytes.append(contentsOf: "&#39;".utf8)
            default: bytes.append(byte)
            }
        }
    }
}
