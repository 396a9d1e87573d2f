/// A path on this very site, with or without query and fragment: the only thing a redirect may lead to.
///
/// Refused: anything that a browser could take for another site (`//host`, `/\host`, `https:`), control characters and
/// blanks (browsers drop tabs and line ends inside addresses before they read them, WHATWG URL §4.4), backslashes, and
/// anything outside ASCII (encode it first).
public struct SitePath: Hashable, Sendable {
    /// The path as it may stand in a Location field.
    public let text: String

    /// Takes a path that is plainly on this site; nil for any other.
    public init?(_ text: String) {
        guard text.utf8.count <= 2000, text.utf8.first == UInt8(ascii: "/"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\\\"<>^`{|}".utf8.contains($0) })
        else { return nil }
        // The second byte decides whether a host follows. Dot segments are resolved first by browsers, so `/.//host`
        // and `/a/..//host` are refused too.
        let path = text.prefix { $0 != "?" && $0 != "#" }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard !segments.dropLast().contains(where: \.isEmpty), !segments.contains(where: SitePath.isDots) else {
            return nil
        }
        self.text = text
    }

    private static func isDots(_ segment: Substring) -> Bool {
        let plain = asciiLowercased(segment).split(separator: "%2e", omittingEmptySubsequences: false)
            .joined(separator: ".")
        return plain == "." || plain == ".."
    }
}
