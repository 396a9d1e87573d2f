extension Html {
    /// The schemes that a link of a page may have.
    private static let schemes: Set<String> = ["http", "https", "mailto", "tel"]

    /// The address if it can stand in a link, else `#`: one without a scheme, or with `http`, `https`, `mailto` or
    /// `tel`. So `javascript:` and `data:` addresses never reach a page, however they are spelt: browsers leave out
    /// controls and leading spaces before they read the scheme (URL Standard, 4.4), and so does this.
    public static func safeAddress(_ address: String) -> String {
        let read = address.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }
        guard let end = read.firstIndex(where: { "/?#:".unicodeScalars.contains($0) }), read[end] == ":" else {
            return address
        }
        var scheme = String.UnicodeScalarView()
        scheme.append(contentsOf: read[..<end])
        return schemes.contains(String(scheme).lowercased()) ? address : "#"
    }
}

extension Html.StringInterpolation {
    /// `href="\(href: address)"` — escaped, and `#` when its scheme is not one for links (see `safeAddress`).
    public mutating func appendInterpolation(href address: String) {
        appendInterpolation(Html.safeAddress(address))
    }
}
