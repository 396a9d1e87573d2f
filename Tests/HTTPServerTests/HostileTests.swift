import Foundation
import HTTP
import HTTPServer
import Kernel
import Testing

@Suite(.serialized) struct HostileTests {
    static let form = "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"

    /// Sends bytes followed by a request that must not be answered, and reads all that comes back.
    func refused(_ site: TestServer, _ bytes: String) -> (status: Int, isClosed: Bool, answered: Bool) {
        let client = RawClient(port: site.port)
        client.send(bytes + get("/people/smuggled"))
        let (text, isClosed) = client.rest()
        return (Answer(head: text, body: []).status, isClosed, text.contains("\r\n\r\nsmuggled"))
    }

    // What libmicrohttpd 0.9.75 refuses by itself, and what it lets through and we refuse, is told in
    // deploy/README.md.
    @Test("Requests that two readers could take apart are refused and the connection is closed")
    func smuggling() throws {
        let site = try TestServer()
        let chunks = "3\r\na=b\r\n0\r\n\r\n"
        let cases: [(String, Int)] = [
            (Self.form + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks, 400),
            (Self.form + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n" + chunks, 400),
            (Self.form + "Content-Length: 3\r\nContent-Length: 5\r\n\r\na=b", 400),
            (Self.form + "Content-Length: +3\r\n\r\na=b", 400), (Self.form + "Content-Length: 3, 3\r\n\r\na=b", 400),
            (Self.form + "Content-Length: 0x3\r\n\r\na=b", 400), (Self.form + "Content-Length: -3\r\n\r\na=b", 400),
            (Self.form + "Transfer-Encoding: xchunked\r\n\r\n" + chunks, 501),
            (Self.form + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" + chunks, 400),
            (Self.form + "Transfer-Encoding: gzip, chunked\r\n\r\n" + chunks, 501),
            (Self.form + "Transfer-Encoding: \u{B}chunked\r\n\r\n" + chunks, 400),
            (Self.form + "Transfer-Encoding : chunked\r\n\r\n" + chunks, 400),
            (
                Self.form.replacingOccurrences(of: "1.1", with: "1.0") + "Transfer-Encoding: chunked\r\n\r\n" + chunks,
                400
            ),
            (Self.form + "Transfer-Encoding: chunked\r\n\r\nzz\r\na=b\r\n0\r\n\r\n", 400),
            (Self.form + "Transfer-Encoding: chunked\r\n\r\n-3\r\na=b\r\n0\r\n\r\n", 400),
            (Self.form + "Transfer-Encoding: chunked\r\n\r\n3\r\na=bX0\r\n\r\n", 400),
            (Self.form + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\na=b\r\n0\r\n\r\n", 413),
            ("GET / HTTP/1.1\nHost: a\n\n", 400), ("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: b\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\n", 400),
            ("GET / HTTP/1.1\nHost: a\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nX: b\rY: c\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n\tc\r\nY: d\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n X: b\r\nHost: a\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 400),
            ("GET /\0x HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nnocolon\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 413),
            ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505), ("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        ]

        for (bytes, status) in cases {
            let result = refused(site, bytes)
            #expect(result.status == status, "\(bytes.debugDescription)")
            #expect(result.isClosed && !result.answered, "\(bytes.debugDescription)")
        }
        #expect(eventually { site.metrics.exposition.contains("http_connections 0\n") })
    }

    @Test("Large heads, addresses and bodies are answered and cut")
    func large() throws {
        let site = try TestServer()
        let cases: [(String, Int)] = [
            (get("/" + String(repeating: "a", count: 9000)), 414),
            (get("/" + String(repeating: "a", count: 200_000)), 414),
            (get("/", "X: \(String(repeating: "a", count: 17_000))\r\n"), 431),
            (get("/", "X: \(String(repeating: "a", count: 300_000))\r\n"), 431),
            (get("/", String(repeating: "A: b\r\n", count: 10_000)), 431),
            (Self.form + "Content-Length: 1001\r\n\r\n", 413), (Self.form + "Content-Length: 99999999999\r\n\r\n", 413),
            (Self.form + "Content-Length: 5\r\nExpect: 100-continue\r\nExpect: x\r\n\r\n", 200),
            (Self.form.replacingOccurrences(of: "application/x", with: "text/x") + "Content-Length: 5\r\n\r\n", 415),
        ]

        for (bytes, status) in cases where status != 200 {
            let result = refused(site, bytes)
            #expect(result.status == status, "\(bytes.prefix(80).debugDescription)")
            #expect(result.isClosed && !result.answered)
        }
    }

    @Test("A body is invited only when it may come")
    func expectation() throws {
        let site = try TestServer()
        let good = RawClient(port: site.port)
        let large = RawClient(port: site.port)

        good.send(Self.form + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        #expect(good.answer(hasBody: false)?.status == 100)
        good.send("a=b")
        #expect(good.answer()?.text == "a=b")
        large.send(Self.form + "Content-Length: 3000000\r\nExpect: 100-continue\r\n\r\n")
        #expect(large.answer()?.status == 413)
        #expect(large.rest().isClosed)
    }

    @Test("A chunked body past its limit is answered 413, and cut when it does not stop")
    func endlessChunks() throws {
        let site = try TestServer()
        let short = RawClient(port: site.port)
        let endless = RawClient(port: site.port)
        let chunk = "1000\r\n\(String(repeating: "x", count: 4096))\r\n"

        short.send(Self.form + "Transfer-Encoding: chunked\r\n\r\n\(chunk)0\r\n\r\n")
        #expect(short.answer()?.status == 413)
        endless.send(Self.form + "Transfer-Encoding: chunked\r\n\r\n")
        var sent = 0
        while sent < 5000, endless.send(chunk) { sent += 1 }
        #expect(sent < 5000)
    }

    @Test("Slow heads and slow bodies are cut, though bytes keep coming")
    func slow() throws {
        let site = try TestServer {
            $0.headSeconds = 1
            $0.transferSeconds = 1
        }
        let head = RawClient(port: site.port)
        let body = RawClient(port: site.port)
        let quick = RawClient(port: site.port)

        head.send("GET / HTTP/1.1\r\nHost: a\r\n")
        body.send(Self.form + "Content-Length: 900\r\n\r\n")
        var isHeadOpen = true
        var isBodyOpen = true
        let start = ContinuousClock.now
        while isHeadOpen || isBodyOpen, ContinuousClock.now - start < .seconds(8) {
            if isHeadOpen { isHeadOpen = head.send("X: y\r\n") }
            if isBodyOpen { isBodyOpen = body.send("x") }
            usleep(100_000)
        }
        #expect(!isHeadOpen && !isBodyOpen)
        #expect(ContinuousClock.now - start > .milliseconds(900))
        quick.send(get("/"))
        #expect(quick.answer() == nil, "a connection without a request is cut too")
    }

    @Test("One address cannot take all connections, and many connections are served")
    func many() throws {
        let site = try TestServer { $0.connectionsPerAddress = 100 }
        let clients = (0..<100).map { _ in RawClient(port: site.port) }

        for client in clients { client.send(get("/people/1")) }
        #expect(clients.allSatisfy { $0.answer()?.text == "1" })
        let extra = RawClient(port: site.port)
        extra.send(get("/"))
        #expect(extra.answer() == nil)
        #expect(site.metrics.exposition.contains("http_connections 100\n"))
    }

    @Test("Random bytes never stop the server")
    func fuzz() throws {
        let site = try TestServer()
        var random = SeededRandom(seed: 21)
        let base = Array((Self.form + "Content-Length: 3\r\n\r\na=b" + get("/people/1", "Cookie: a=b\r\n")).utf8)

        for _ in 0..<150 {
            var bytes = base
            for _ in 0..<(1 + random.below(5)) {
                let place = random.below(bytes.count)
                if random.chance(0.5) { bytes[place] = UInt8(random.below(256)) } else { bytes.remove(at: place) }
            }
            let client = RawClient(port: site.port)
            client.send(bytes)
            client.hangUp()
            _ = client.rest()
        }
        let client = RawClient(port: site.port)
        client.send(get("/people/alive"))
        #expect(client.answer()?.text == "alive")
    }
}
