import Foundation
import Kernel
import OpenIDConnect
import Testing

/// A server on this machine that gives every caller the same bytes, or none.
final class CannedServer: Sendable {
    let port: UInt16
    private let listener: Int32

    init(answering text: String?) throws {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(socket, generic, size) == 0 && listen(socket, 16) == 0
                    && getsockname(socket, generic, &size) == 0
            }
        }
        try #require(bound)
        port = UInt16(bigEndian: address.sin_port)
        listener = socket
        Thread.detachNewThread {
            while true {
                let caller = accept(socket, nil, nil)
                guard caller >= 0 else {
                    close(socket)
                    return
                }
                guard let text else { continue }
                var request = [UInt8](repeating: 0, count: 4096)
                _ = read(caller, &request, request.count)
                let bytes = Array(text.utf8)
                _ = send(caller, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                shutdown(caller, Int32(SHUT_WR))
                // Until the caller has read it all, so that nothing is lost.
                while read(caller, &request, request.count) > 0 {}
                close(caller)
            }
        }
    }

    /// Ends the thread, which then closes the socket: closed here, its number could be the next server's already while
    /// the thread still waits on it.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }
}

@Suite(.serialized) struct CurlFetcherTests {
    private func fetch(
        _ text: String?, seconds: Int = 5, body: [UInt8]? = nil
    ) throws -> WebAnswer {
        let server = try CannedServer(answering: text)
        defer { server.stop() }
        let address = try #require(WebAddress("http://127.0.0.1:\(server.port)/x"))
        return try WebFetcher.curl(seconds: seconds).fetch(WebRequest(address, body: body))
    }

    @Test("An answer is read, by its length or to the end")
    func answer() throws {
        let whole = try fetch("HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello")
        #expect(whole.status == 201)
        #expect(whole.body == Array("hello".utf8))
        #expect(try fetch("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end").body == Array("to the end".utf8))
        #expect(try fetch("HTTP/1.1 204 No Content\r\n\r\n", body: Array("a=b".utf8)).status == 204)
    }

    @Test("A redirect is not followed")
    func redirect() throws {
        let answer = try fetch("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n")
        #expect(answer.status == 302)
    }

    @Test("An answer that is too large is cut short, whatever length it announces")
    func tooLarge() {
        let much = String(repeating: "x", count: 300_000)
        for head in ["Content-Length: 300000", "Connection: close"] {
            let fault = #expect(throws: Fault.self) { try fetch("HTTP/1.1 200 OK\r\n\(head)\r\n\r\n\(much)") }
            #expect(fault?.why == "its answer is larger than 256 KB")
        }
    }

    @Test("A server that says nothing is waited for only so long")
    func silent() {
        let start = ContinuousClock.now
        let fault = #expect(throws: Fault.self) { try fetch(nil, seconds: 1) }
        #expect(fault?.why == "it took too long to answer")
        #expect(ContinuousClock.now - start < .seconds(4))
    }

    @Test("Nonsense, a broken answer and a closed port are faults that name the address without its query")
    func broken() throws {
        for text in ["", "hello\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"] {
            #expect(throws: Fault.self, "\(text)") { try fetch(text) }
        }
        let server = try CannedServer(answering: "")
        server.stop()
        let address = try #require(WebAddress("http://127.0.0.1:\(server.port)/x?code=secret"))
        let fault = #expect(throws: Fault.self) { try WebFetcher.curl().fetch(WebRequest(address)) }
        #expect(fault?.why == "nothing answers there")
        #expect(fault?.place == "http://127.0.0.1:\(server.port)/x")
    }

    @Test("A certificate is trusted only when a named authority stands behind it")
    func certificates() throws {
        let folder = NSTemporaryDirectory() + "concord-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let probe = try CannedServer(answering: "")
        probe.stop()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.arguments = [
            "-c",
            """
            openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out certificate -days 2 -subj /CN=localhost \
            -addext subjectAltName=DNS:localhost 2>/dev/null &&
            exec openssl s_server -accept 127.0.0.1:\(probe.port) -key key -cert certificate -www -quiet >/dev/null 2>&1
            """,
        ]
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        let trusting = WebFetcher.curl(authorities: folder + "/certificate")
        let address = try #require(WebAddress("https://localhost:\(probe.port)/"))
        var answer: WebAnswer?
        for _ in 0..<100 where answer == nil && process.isRunning {
            answer = try? trusting.fetch(WebRequest(address))
            if answer == nil { usleep(100_000) }
        }
        guard answer != nil else {
            print("Skipped: openssl, which these certificates are made with, is not installed.")
            return
        }
        #expect(answer?.status == 200)

        let untrusted = #expect(throws: Fault.self) { try WebFetcher.curl().fetch(WebRequest(address)) }
        #expect(untrusted?.why == "its certificate is not to be trusted")
        // The same certificate under another name.
        let other = try #require(WebAddress("https://127.0.0.1:\(probe.port)/"))
        let misnamed = #expect(throws: Fault.self) { try trusting.fetch(WebRequest(other)) }
        #expect(misnamed?.why == "its certificate is not to be trusted")
    }
}
