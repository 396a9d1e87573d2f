import HTTP
import Testing

@Suite struct RequestRulesTests {
    func check(
        _ method: String = "GET", _ target: String = "/", _ version: String = "HTTP/1.1", host: String? = "example.org",
        fields: [(String, String)] = []
    ) -> Int? {
        var headers = Headers()
        if let host { headers.add("Host", host) }
        for field in fields { headers.add(field.0, field.1) }
        return RequestRules.refusal(method: method, target: target, version: version, headers: headers)?.code
    }

    @Test("Plain requests pass")
    func plain() {
        #expect(check() == nil)
        #expect(check("POST", "/a%20b?c=d", "HTTP/1.0", host: nil, fields: [("Content-Length", "0")]) == nil)
        #expect(
            check("POST", "http://example.org/a?b", host: "[::1]:80", fields: [("Transfer-Encoding", "Chunked")]) == nil
        )
        #expect(check("OPTIONS", "*", fields: [("Expect", "100-continue")]) == nil)
    }

    // RFC 9112 §3, §6.1, §6.3, §11.2.
    @Test("Requests that two readers could take apart are refused")
    func smuggling() {
        let both = [("Content-Length", "4"), ("Transfer-Encoding", "chunked")]
        #expect(check("POST", fields: both) == 400)
        #expect(check("POST", fields: [("Content-Length", "4"), ("Content-Length", "4")]) == 400)
        for length in ["", "+4", "-1", "4,4", "0x4", "4 4", " ", "99999999999999999999", "４"] {
            #expect(check("POST", fields: [("Content-Length", length)]) == 400, "\(length)")
        }
        for coding in ["xchunked", "chunked, chunked", "gzip, chunked", "identity", "chunked;a=b", ""] {
            #expect(check("POST", fields: [("Transfer-Encoding", coding)]) == 501, "\(coding)")
        }
        #expect(check("POST", "/", "HTTP/1.0", fields: [("Transfer-Encoding", "chunked")]) == 400)
        #expect(check(host: nil) == 400)
        #expect(check(fields: [("Host", "b")]) == 400)
        for host in ["a b", "a/b", "a@b", "a,b", "é"] { #expect(check(host: host) == 400, "\(host)") }
    }

    @Test("Targets, methods, versions and expectations that are not plain are refused")
    func others() {
        for target in [
            "", "a", "*", "/a b", "/a#b", "/%", "/%0", "/%00", "/é", "/a\u{1}", "//\u{7F}", "ftp://a/b", "a:1",
        ] {
            #expect(check("GET", target) == 400, "\(target)")
        }
        #expect(check("GET", "/" + String(repeating: "a", count: 8000)) == 414)
        for method in ["get", "CONNECT", "PRI", "", "G\u{0}ET"] { #expect(check(method) == 501) }
        for version in ["HTTP/2.0", "HTTP/1.2", "", "http/1.1", "HTTP/1.10"] {
            #expect(check("GET", "/", version) == 505)
        }
        #expect(check(fields: [("Expect", "magic")]) == 417)
    }

    @Test("An absolute target loses its host and nothing else")
    func absolute() {
        for (target, path, query) in [
            ("http://a/b?c?d", "/b", "c?d"), ("HTTPS://a", "/", ""), ("http://a?x", "/", "x"), ("/a?b", "/a", "b"),
            ("/", "/", ""),
        ] {
            #expect(RequestTarget(target).path == path)
            #expect(RequestTarget(target).query == query)
        }
    }
}
