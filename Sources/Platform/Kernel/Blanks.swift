extension StringProtocol {
    /// Without blanks, tabs and line ends at both ends.
    public var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }

    /// Trimmed, and with one blank where there were several, or tabs and line ends.
    public var singleSpaced: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
