import HTTP
import Kernel
import Testing

@Suite struct RedirectTests {
    @Test("Only plain paths of this site are redirected to")
    func hostile() {
        let good = [
            "/", "/people", "/people/7?tab=notes&x=%2F%2Fevil.example#top", "/a/b/", "/a?next=//evil", "/a%2Fb",
        ]
        let bad = [
            "", "people", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
            "/\\/evil.example",
            "https://evil.example", "http:evil", "javascript:alert(1)", "data:text/html,x", "/\t/evil.example",
            "/\r\nSet-Cookie: a=b", "/\n/evil.example", "\t//evil.example", " //evil.example", "/ /evil.example",
            "/\0/evil.example", "/.//evil.example", "/..//evil.example", "/a/..//evil.example", "/%2e%2e//evil.example",
            "/./a", "/a/../b", "/%2E/a", "/.%2e/a", "/a//b", "/é", "/\u{3000}", "／／evil.example", "/\u{202E}a",
            "/<script>", "/\"", "/{x}", "?a", "#a", "/" + String(repeating: "a", count: 2000), "//", "/a\u{7F}",
        ]

        for target in good { #expect(Response.redirect(to: target).headers["Location"] == target) }
        for target in bad {
            #expect(Response.redirect(to: target).headers["Location"] == "/", "\(target.debugDescription)")
        }
        #expect(Response.redirect(to: "/a").status.code == 303)
    }

    @Test("Random texts lead to this site or to its first page")
    func fuzz() {
        var random = SeededRandom(seed: 3)
        let pieces = [
            "/", "\\", ".", "%2e", "%2f", ":", "@", "?", "#", "evil.example", "\t", "\n", " ", "a", "%5c", "//",
        ]
        for _ in 0..<5000 {
            let target = (0..<random.below(7)).map { _ in pieces[random.below(pieces.count)] }.joined()
            let location = Response.redirect(to: target).headers["Location"] ?? ""
            #expect(location == "/" || location == target)
            let path = location.prefix { $0 != "?" && $0 != "#" }
            #expect(location.hasPrefix("/") && !path.contains("//") && !location.contains("\\"))
        }
    }
}

@Suite struct SecurityTests {
    @Test("Pages forbid inline script and style, framing, and other sites")
    func policy() {
        var response = Response.html([])
        SecurityHeaders(formTargets: ["https://id.example:8443", "https://x/y", "*", "'unsafe-inline'", "https://a b"])
            .apply(to: &response, isSecure: false)

        let policy = response.headers["Content-Security-Policy"] ?? ""
        #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"))
        #expect(policy.contains("form-action 'self' https://id.example:8443; frame-ancestors 'none'; base-uri 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(response.headers["Strict-Transport-Security"] == nil)
        #expect(response.headers["Cache-Control"] == "no-store")
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
        SecurityHeaders().apply(to: &response, isSecure: true)
        #expect(response.headers["Strict-Transport-Security"]?.hasPrefix("max-age=63072000") == true)
    }

    @Test("A form token is taken for its session and key only, and never looks the same")
    func tokens() {
        let csrf = CSRF(key: [UInt8](repeating: 7, count: 32))
        let token = csrf.token(for: "session-1")

        #expect(csrf.accepts(token, for: "session-1"))
        #expect(!csrf.accepts(token, for: "session-2"))
        #expect(!CSRF(key: [UInt8](repeating: 8, count: 32)).accepts(token, for: "session-1"))
        #expect(csrf.token(for: "session-1") != token)
        for index in token.indices {
            var other = token
            other.replaceSubrange(index...index, with: token[index] == "0" ? "1" : "0")
            #expect(!csrf.accepts(other, for: "session-1"))
        }
        for bad in [nil, "", "00", String(repeating: "0", count: 96), "zz" + token.dropFirst(2), token + "00"] {
            #expect(!csrf.accepts(bad, for: "session-1"))
        }
    }

    @Test("The name under which a file is saved cannot leave its field")
    func disposition() {
        #expect(ContentDisposition.attachment("report.csv") == "attachment; filename=\"report.csv\"")
        #expect(
            ContentDisposition.attachment("a\"b\\..\\é.csv")
                == "attachment; filename=\"__.csv\"; filename*=UTF-8''%C3%A9.csv")
        #expect(ContentDisposition.attachment("x\r\nSet-Cookie: a").contains("\r") == false)
        #expect(ContentDisposition.attachment("..") == "attachment; filename=\"file\"")
    }

    @Test("A problem is told as RFC 9457 has it")
    func problem() {
        let response = ProblemDetails(
            .forbidden, detail: "No.", instance: "id", members: [.init("balance", .integer(30))]
        )
        .response

        #expect(response.headers["Content-Type"] == "application/problem+json")
        guard case .bytes(let bytes) = response.body else { return }
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"type": "about:blank", "title": "Forbidden", "status": 403, "detail": "No.", "instance": "id", "balance": 30}"#
        )
    }
}
