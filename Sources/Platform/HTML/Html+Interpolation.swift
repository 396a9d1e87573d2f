internal import Kernel

extension Html {
    /// What may stand inside `\( )` of an `Html` literal.
    public struct StringInterpolation: StringInterpolationProtocol {
        var bytes: [UInt8] = []

        /// An empty text with room for the literal.
        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        /// `<p>` — source code, as it stands.
        public mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
        }

        /// `\(text)` — escaped.
        public mutating func appendInterpolation(_ text: String) { Html.escape(text, into: &bytes) }

        /// `\(text)` — escaped.
        public mutating func appendInterpolation(_ text: Substring) { Html.escape(text, into: &bytes) }

        /// `\(number)` — in decimal digits, without separators.
        public mutating func appendInterpolation(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

        /// `\(number)` — the shortest text that reads back the same.
        public mutating func appendInterpolation(_ number: Double) {
            bytes.append(contentsOf: shortest(number).utf8)
        }

        /// `\(html)` — as it stands.
        public mutating func appendInterpolation(_ html: Html) { bytes.append(contentsOf: html.bytes) }

        /// `\(each: rows, { row in … })` — the HTML of each element.
        public mutating func appendInterpolation<Elements: Sequence>(
            each elements: Elements, _ body: (Elements.Element) -> Html
        ) {
            for element in elements { bytes.append(contentsOf: body(element).bytes) }
        }

        /// `\(if: condition, html)` or `\(if: condition, html, else: other)`.
        public mutating func appendInterpolation(
            if condition: Bool, _ html: @autoclosure () -> Html, else other: @autoclosure () -> Html = Html()
        ) {
            bytes.append(contentsOf: condition ? html().bytes : other().bytes)
        }

        /// `\(some: value, { value in … })` — nothing when there is no value.
        public mutating func appendInterpolation<Value>(some value: Value?, _ body: (Value) -> Html) {
            if let value { bytes.append(contentsOf: body(value).bytes) }
        }

        /// `\(raw: text)` — not escaped. Say beside it why the text is safe.
        public mutating func appendInterpolation(raw text: String) { bytes.append(contentsOf: text.utf8) }

        /// `\(raw: bytes)` — not escaped. Say beside it why the text is safe.
        public mutating func appendInterpolation(raw text: [UInt8]) { bytes.append(contentsOf: text) }
    }
}
