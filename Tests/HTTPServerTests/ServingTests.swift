import Foundation
import HTTP
import HTTPServer
import Kernel
import Testing

@Suite(.serialized) struct ServingTests {
    @Test("One connection carries many requests, also when they are sent at once")
    func keepAlive() throws {
        let site = try TestServer()
        let client = RawClient(port: site.port)

        for _ in 0..<3 {
            client.send(get("/people/a%2Fb"))
            let answer = try #require(client.answer())
            #expect(answer.status == 200)
            #expect(answer.text == "a/b")
        }
        client.send((0..<20).map { get("/people/\($0)") }.joined())
        #expect((0..<20).map { _ in client.answer()?.text } == (0..<20).map { "\($0)" })
        #expect(eventually { site.log.count == 23 })
        #expect(Set(site.log.map(\.route)) == ["/people/{person}"])
    }

    @Test("A head may come in any pieces")
    func pieces() throws {
        let site = try TestServer()
        let long =
            "X-Long: \(String(repeating: "x", count: 12_000))\r\nX-More: \(String(repeating: "y", count: 200))\r\n"
        let client = RawClient(port: site.port)

        for size in [1000, 1460, 7000] {
            var rest = Array(get("/people/7", long).utf8)[...]
            while !rest.isEmpty {
                client.send(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
                usleep(2000)
            }
            #expect(client.answer()?.text == "7")
        }
        for byte in get("/people/8", "A: b\r\n").utf8 { client.send([byte]) }
        #expect(client.answer()?.text == "8")
    }

    @Test("HEAD has the head of GET and no body; every page has the fields for safety")
    func head() throws {
        let site = try TestServer()
        let client = RawClient(port: site.port)

        client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"))
        let head = try #require(client.answer(hasBody: false))
        let answer = try #require(client.answer())
        #expect(head["Content-Length"] == "8")
        #expect(answer.text == "<p>Hello")
        #expect(answer["Content-Security-Policy"]?.contains("default-src 'none'") == true)
        #expect(answer["X-Content-Type-Options"] == "nosniff")
        #expect(answer["X-Request-Id"]?.count == 16)
        #expect(HTTPDate.parse(answer["Date"] ?? "") != nil)
        #expect(answer["Server"] == nil)
    }

    @Test("Bodies are read as their routes say")
    func bodies() throws {
        let site = try TestServer()
        let client = RawClient(port: site.port)
        let form = "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"

        client.send(form + "Content-Length: 8\r\n\r\na=b+c%21")
        #expect(client.answer()?.text == "a=b+c%21")
        let second = RawClient(port: site.port)
        second.send(form + "Transfer-Encoding: chunked\r\n\r\n4\r\na=b+\r\n2;x=y\r\nce\r\n0\r\n\r\n" + get("/people/1"))
        #expect(second.answer()?.text == "a=b+ce")
        #expect(second.answer()?.text == "1")
        second.send(
            "POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"a\": 1}")
        #expect(second.answer()?.text == "{\"a\": 1}")
        second.send(
            "POST /json HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"a\": 1,")
        #expect(second.answer()?.status == 400)
    }

    @Test("Text is compressed when the client asks, but not for other sites' requests")
    func compression() throws {
        let site = try TestServer()
        let client = RawClient(port: site.port)

        client.send(get("/big", "Accept-Encoding: gzip\r\n"))
        let packed = try #require(client.answer())
        #expect(packed["Content-Encoding"] == "gzip")
        #expect(packed["Vary"] == "Accept-Encoding")
        #expect(packed.body.starts(with: [0x1F, 0x8B]) && packed.body.count < 3000)
        for fields in ["", "Accept-Encoding: gzip;q=0\r\n", "Accept-Encoding: gzip\r\nSec-Fetch-Site: cross-site\r\n"] {
            client.send(get("/big", fields))
            let plain = try #require(client.answer())
            #expect(plain["Content-Encoding"] == nil)
            #expect(plain.body == [UInt8](repeating: 0x61, count: 300_000))
        }
        client.send(get("/tagged", "Accept-Encoding: gzip\r\n"))
        let tag = try #require(client.answer()?["ETag"])
        #expect(tag == "\"v1-gzip\"")
        client.send(get("/tagged", "If-None-Match: \(tag)\r\n"))
        #expect(client.answer(hasBody: false)?.status == 304)
    }

    @Test("Files are sent whole or in ranges; one that is not there is 404")
    func files() throws {
        let site = try TestServer()
        let client = RawClient(port: site.port)

        client.send(get("/file"))
        #expect(client.answer()?.status == 404)
        try Data("0123456789".utf8).write(to: URL(filePath: "\(site.folder)/file.txt"))
        client.send(get("/file") + get("/file", "Range: bytes=2-4\r\n") + get("/file", "Range: bytes=20-\r\n"))
        #expect(client.answer()?.text == "0123456789")
        let part = try #require(client.answer())
        #expect((part.status, part.text, part["Content-Range"]) == (206, "234", "bytes 2-4/10"))
        let beyond = try #require(client.answer())
        #expect((beyond.status, beyond["Content-Range"]) == (416, "bytes */10"))
    }

    @Test("A stream ends with its last chunk; one that fails is cut before it")
    func streams() throws {
        let site = try TestServer()
        let whole = RawClient(port: site.port)
        let broken = RawClient(port: site.port)

        whole.send(get("/stream", "Connection: close\r\n"))
        let text = whole.rest().text
        #expect(text.contains("part 2\n") && text.contains("part 0\n") && text.hasSuffix("0\r\n\r\n"))
        broken.send(get("/broken"))
        let (rest, isClosed) = broken.rest()
        #expect(isClosed)
        #expect(!rest.hasSuffix("0\r\n\r\n"))
    }

    @Test("A handler that throws gives 500 with an id, and the log says why without personal data")
    func throwing() throws {
        let site = try TestServer()
        let client = RawClient(port: site.port)

        client.send(get("/throw") + get("/secret") + get("/"))
        let answer = try #require(client.answer())
        #expect(answer.status == 500)
        #expect(answer.text.contains(try #require(answer["X-Request-Id"])))
        #expect(!answer.text.contains("database"))
        #expect(client.answer()?.status == 500)
        #expect(client.answer()?.status == 200)
        #expect(eventually { site.log.count == 3 })
        #expect(site.log[0].failure == "The database is away.")
        #expect(site.log[1].failure == "SecretError")
    }

    @Test("A log line holds no path, query or line end of the client's; metrics count by pattern")
    func logging() throws {
        let site = try TestServer()
        let client = RawClient(port: site.port)

        client.send(get("/people/Jane%20Doe%0A?q=secret") + "BREW / HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = client.rest()
        #expect(eventually { site.log.count == 2 })
        let lines = site.log.map { String(decoding: $0.jsonLine, as: UTF8.self) }
        for line in lines {
            #expect(!line.contains("Jane") && !line.contains("secret") && !line.contains("BREW"))
            #expect(line.hasSuffix("}\n") && line.dropLast().contains("\n") == false)
            _ = try JSON(parsing: Array(line.utf8), from: "log")
        }
        let text = site.metrics.exposition
        #expect(text.contains(#"http_requests_total{method="GET",route="/people/{person}",status="200"} 1"#))
        #expect(text.contains(#"http_requests_total{method="-",route="(refused)",status="501"} 1"#))
        #expect(text.contains(#"http_request_seconds_bucket{method="GET",route="/people/{person}",le="+Inf"} 1"#))
        #expect(text.contains("# TYPE http_connections gauge\nhttp_connections "))
    }

    @Test("Only a trusted proxy is believed about the client, its TLS and the request's id")
    func proxies() throws {
        let fields = "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Request-Id: abcdefgh-1\r\n"
        let alone = try TestServer()
        let behind = try TestServer { $0.trustedProxies = ["127.0.0.0/8", "203.0.113.0/24"] }

        let first = RawClient(port: alone.port)
        first.send(get("/client", fields))
        let stranger = try #require(first.answer())
        #expect(stranger.text.hasPrefix("127.0.0.1 false "))
        #expect(!stranger.text.contains("abcdefgh"))
        #expect(stranger["Strict-Transport-Security"] == nil)
        let second = RawClient(port: behind.port)
        second.send(get("/client", fields))
        let known = try #require(second.answer())
        #expect(known.text == "6.6.6.6 true abcdefgh-1")
        #expect(known["Strict-Transport-Security"] != nil)
        second.send(
            get(
                "/client",
                "X-Forwarded-For: 6.6.6.6, 198.51.100.7, nonsense, [2001:db8::1]:443\r\nX-Request-Id: a b\r\n"))
        #expect(second.answer()?.text.hasPrefix("2001:db8::1 false ") == true)
    }
}
