import HTTP
import Kernel
import Testing

@Suite struct NegotiationTests {
    // RFC 9110 §12.5.1, the weights of its second example; §12.5.3.
    @Test("The best of what is offered is chosen by weight")
    func accept() throws {
        let header = "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed;q=0.2, */*;q=0.5"
        let offers = [MediaType.html, .text, .json]

        #expect(Accept.best(header, among: offers) == .text)
        #expect(Accept.best(header, among: [.html, .json]) == .json)
        #expect(Accept.best(nil, among: offers) == .html)
        #expect(Accept.best("application/json", among: [.html]) == nil)
        #expect(Accept.best("text/html;q=0", among: [.html]) == nil)
        #expect(Accept.best("text/html;q=0, */*", among: [.html, .json]) == .json)
        for (header, expected) in [
            ("gzip", true), ("compress;q=0.5, gzip;q=1.0", true), ("gzip;q=1.0, identity; q=0.5, *;q=0", true),
            ("*", true), ("gzip;q=0", false), ("identity", false), ("", false), ("gzip;q=x", false), ("*;q=0", false),
        ] {
            #expect(Accept.accepts(encoding: "gzip", header: header) == expected, "\(header)")
        }
    }

    // RFC 9110 §8.8.3.2: its table of comparisons.
    @Test("Conditions are held against the mark of the version")
    func conditions() {
        func check(_ name: String, _ value: String, _ method: Method, _ tag: EntityTag?) -> Preconditions {
            Preconditions.check([name: value], method: method, tag: tag)
        }
        let strong = EntityTag("1")
        let weak = EntityTag("1", isWeak: true)

        #expect(check("If-None-Match", "W/\"1\"", .get, weak) == .notModified)
        #expect(check("If-None-Match", "W/\"1\"", .get, strong) == .notModified)
        #expect(check("If-None-Match", "\"0\", \"1\"", .head, strong) == .notModified)
        #expect(check("If-None-Match", "\"2\"", .get, strong) == .met)
        #expect(check("If-None-Match", "*", .put, strong) == .failed)
        #expect(check("If-None-Match", "*", .put, nil) == .met)
        #expect(check("If-Match", "\"1\"", .put, strong) == .met)
        #expect(check("If-Match", "\"1-gzip\"", .put, strong) == .met)
        #expect(check("If-Match", "W/\"1\"", .put, strong) == .failed)
        #expect(check("If-Match", "W/\"1\"", .put, weak) == .failed)
        #expect(check("If-Match", "\"2\"", .put, strong) == .failed)
        #expect(check("If-Match", "*", .put, nil) == .failed)
        #expect(check("If-Match", "*", .put, strong) == .met)
        #expect(check("If-Match", "1", .put, strong) == .failed)
    }

    // RFC 9110 §14.1.2: its examples for 10,000 bytes.
    @Test("Ranges are those of RFC 9110")
    func ranges() {
        let cases: [(String?, Int, ByteRange)] = [
            ("bytes=0-499", 10_000, .part(0...499)), ("bytes=500-999", 10_000, .part(500...999)),
            ("bytes=-500", 10_000, .part(9500...9999)), ("bytes=9500-", 10_000, .part(9500...9999)),
            ("bytes=9000-99999", 10_000, .part(9000...9999)), ("bytes=-99999", 10_000, .part(0...9999)),
            ("bytes=10000-", 10_000, .beyond), ("bytes=-0", 10_000, .beyond), ("bytes=0-0", 0, .beyond),
            ("bytes=5-4", 10_000, .whole), ("bytes=0-0,-1", 10_000, .whole), ("lines=1-2", 10, .whole),
            ("bytes=", 10, .whole), ("bytes=-", 10, .whole), ("bytes=a-b", 10, .whole), (nil, 10, .whole),
            ("bytes=99999999999999999999999-", 10, .whole), ("bytes=+1-2", 10, .whole),
        ]
        for (header, size, expected) in cases { #expect(ByteRange(header, size: size) == expected, "\(header ?? "-")") }
    }

    // RFC 9110 §5.6.7.
    @Test("Dates are written and read in the preferred form")
    func dates() throws {
        let text = "Sun, 06 Nov 1994 08:49:37 GMT"
        let instant = Instant(milliseconds: 784_111_777_000)

        #expect(HTTPDate.text(instant) == text)
        #expect(HTTPDate.parse(text) == instant)
        for bad in ["Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "", "Sun, 31 Feb 1994 08:49:37 GMT"] {
            #expect(HTTPDate.parse(bad) == nil)
        }
    }

    @Test("Media types are read with their parameters")
    func media() {
        let type = MediaType("Text/HTML; Charset=\"utf-8\" ; x=\"a\\\"b\"")

        #expect(type?.name == "text/html")
        #expect(type?["charset"] == "utf-8")
        #expect(type?["x"] == "a\"b")
        for bad in ["", "text", "text/", "/html", "text/html; a", "text/html; a=1; A=2", "text/html x", "te xt/html"] {
            #expect(MediaType(bad) == nil, "\(bad)")
        }
        #expect(MediaType(ofFile: "a.b/styles.CSS").headerValue == "text/css; charset=utf-8")
        #expect(MediaType(ofFile: "noending") == .bytes)
    }

    @Test("Parsers of fields never stop the program on random text")
    func fuzz() {
        var random = SeededRandom(seed: 9)
        let pieces = [
            "\"", "\\", ";", "=", ",", "q=", "/", "*", "a", " ", "\t", "W/", "é", "%", "bytes=", "-", "99999999999",
        ]
        for _ in 0..<20_000 {
            let text = (0..<random.below(10)).map { _ in pieces[random.below(pieces.count)] }.joined()
            _ = MediaType(text)
            _ = Accept.best(text, among: [.html, .json])
            _ = Accept.accepts(encoding: "gzip", header: text)
            _ = ByteRange(text, size: random.below(100))
            _ = Cookies([text])
            _ = HTTPDate.parse(text)
            _ = Preconditions.check(["If-Match": text, "If-None-Match": text], method: .get, tag: EntityTag("a"))
            _ = RequestTarget(text)
            _ = PercentCoding.decode(text)
            _ = FormFields(parsing: Array(text.utf8))
        }
    }
}
