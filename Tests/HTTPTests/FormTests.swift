import HTTP
import Kernel
import Testing

@Suite struct FormTests {
    // WHATWG URL, urlencoded parsing; the examples are those of web-platform-tests/url/urlencoded-parser.any.js.
    @Test("Forms are read as browsers' own reader does")
    func whatwg() {
        let cases: [(String, [(String, String)])] = [
            ("test", [("test", "")]), ("test=", [("test", "")]),
            ("%EF%BB%BFtest=%EF%BB%BF", [("\u{FEFF}test", "\u{FEFF}")]),
            ("%FE%FF", [("\u{FFFD}\u{FFFD}", "")]), ("†&†=x", [("†", ""), ("†", "x")]), ("%C2", [("\u{FFFD}", "")]),
            ("%C2x", [("\u{FFFD}x", "")]), ("a=1&a=2", [("a", "1"), ("a", "2")]), ("a=1=2", [("a", "1=2")]),
            ("&&a=b&&c=d&&", [("a", "b"), ("c", "d")]), ("=", [("", "")]), ("=a", [("", "a")]),
            ("a+b=c+d", [("a b", "c d")]), ("%zz=%2", [("%zz", "%2")]), ("a=%26%3D%2B%25", [("a", "&=+%")]), ("", []),
        ]

        for (text, expected) in cases {
            let fields = FormFields(parsing: Array(text.utf8))
            #expect(fields?.fields == expected.map { .init($0.0, $0.1) }, "\(text)")
        }
    }

    @Test("More fields than the limit are refused")
    func limit() {
        #expect(FormFields(parsing: Array("a&b&c".utf8), limit: 3)?.fields.count == 3)
        #expect(FormFields(parsing: Array("a&b&c&d".utf8), limit: 3) == nil)
    }

    @Test("What is encoded reads back the same")
    func roundTrip() throws {
        var random = SeededRandom(seed: 11)
        for _ in 0..<300 {
            var fields = FormFields()
            for _ in 0..<random.below(5) { fields.add("n" + random.text(8), random.text(20)) }
            #expect(FormFields(parsing: Array(fields.encoded.utf8)) == fields)
            let text = random.text(12)
            #expect(PercentCoding.decode(PercentCoding.encodeSegment(text)) == text)
        }
    }

    // RFC 3986 §2.1 and §2.3.
    @Test("Percent-encoding is decoded strictly in paths")
    func percent() {
        #expect(PercentCoding.decode("a%2Fb%20c%C3%A9") == "a/b cé")
        #expect(PercentCoding.decode("+") == "+")
        for bad in ["%", "%2", "%zz", "%00", "%C3", "%FF", "%ED%A0%80", "%C0%AF"] {
            #expect(PercentCoding.decode(bad) == nil, "\(bad)")
        }
        #expect(PercentCoding.encodeSegment("a/b ?#é~") == "a%2Fb%20%3F%23%C3%A9~")
    }

    @Test("JSON deeper, larger or wider than the limits is refused before it is built")
    func json() throws {
        let limits = JSONLimits(bytes: 200_000, depth: 4, members: 3)

        #expect(try JSONBody.parse(Array(#"{"a": [1, {"b": "[[[[[{,,,,"}]}"#.utf8), limits: limits)["a"] != nil)
        let bad = [
            "[[[[[]]]]]", #"{"a":1,"b":2,"c":3,"d":4}"#, "{", "[1,]", #"{"a":1,"a":2}"#, "nul", "",
            "\"" + String(repeating: "a", count: 200_000) + "\"", String(repeating: "[", count: 100_000),
        ]
        for text in bad { #expect(throws: Fault.self) { try JSONBody.parse(Array(text.utf8), limits: limits) } }
    }
}

extension SeededRandom {
    /// A text of letters and of the characters that encodings stumble over.
    mutating func text(_ most: Int) -> String {
        let scalars = Array("abc XYZ019&=+%;\"'\\/<>\r\n\té€😀,".unicodeScalars)
        var text = ""
        for _ in 0..<below(most + 1) { text.unicodeScalars.append(scalars[below(scalars.count)]) }
        return text
    }
}
