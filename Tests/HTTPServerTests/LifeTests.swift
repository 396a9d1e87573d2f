import Foundation
import Glibc
import HTTP
import HTTPServer
import Kernel
import Synchronization
import Testing

@Suite(.serialized) struct LifeTests {
    @Test("A server that is told to stop on a thread of its own stops, and the process goes on")
    func stopsItself() throws {
        let holder = Mutex<Server?>(nil)
        var configuration = ServerConfiguration(port: 0)
        configuration.stopSeconds = 1
        let server = try Server(configuration, answering: RoutedSite([])) { _ in holder.withLock { $0 }?.stop() }
        holder.withLock { $0 = server }
        try server.start()
        let port = server.port
        let client = RawClient(port: port)
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(client.answer()?.status == 404)
        // The port is free again.
        #expect(eventually { (try? Server(ServerConfiguration(port: port), answering: RoutedSite([]))) != nil })
        holder.withLock { $0 = nil }
    }

    @Test("Fifty megabytes go to the disk while they arrive, and are gone after the answer")
    func upload() throws {
        let site = try TestServer()
        let client = RawClient(port: site.port)
        let head = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"big.bin\"\r\n\r\n"
        let tail = "\r\n--b--\r\n"
        let block = [UInt8](repeating: 0x0D, count: 1 << 20)

        client.send(
            "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                + "Content-Length: \(head.utf8.count + (50 << 20) + tail.utf8.count)\r\n\r\n" + head)
        for _ in 0..<25 { client.send(block) }
        #expect(eventually { site.uploaded >= (25 << 20) - 4096 })
        for _ in 0..<25 { client.send(block) }
        client.send(tail)

        #expect(client.answer()?.text == "big.bin \(50 << 20)")
        #expect(eventually { site.uploaded == 0 })
    }

    @Test("Many event streams are open at a time, each gets its events, and threads stay free")
    func events() throws {
        let site = try TestServer()
        let clients = (0..<40).map { _ in RawClient(port: site.port) }
        for client in clients { client.send(get("/events")) }
        #expect(clients.allSatisfy { $0.wait(for: "data: welcome\n\n") })
        #expect(eventually { site.openStreams.count == 40 })

        let other = RawClient(port: site.port)
        other.send(get("/people/1"))
        #expect(other.answer()?.text == "1")
        for stream in site.openStreams { #expect(stream.send("news\nmore")) }
        #expect(clients.allSatisfy { $0.wait(for: "data: news\ndata: more\n\n") })
        site.openStreams[0].end()
        #expect(eventually { site.metrics.exposition.contains("http_event_streams 39\n") })
    }

    @Test("A stream ends when its client goes away, and lives on heartbeats while it stays")
    func clientGone() throws {
        let site = try TestServer { $0.heartbeatSeconds = 1 }
        do {
            let client = RawClient(port: site.port)
            client.send(get("/events"))
            #expect(client.wait(for: "welcome\n\n"))
            #expect(client.wait(for: ":\n\n"))
        }

        #expect(eventually { site.openStreams.first?.isOpen == false })
        #expect(eventually { site.metrics.exposition.contains("http_event_streams 0\n") })
    }

    @Test("A stop lets a running request finish, ends streams and takes nothing new")
    func stop() throws {
        let site = try TestServer()
        let slow = RawClient(port: site.port)
        let listener = RawClient(port: site.port)
        listener.send(get("/events"))
        #expect(listener.wait(for: "welcome\n\n"))
        slow.send(get("/slow"))
        #expect(eventually { site.isWorking.load(ordering: .acquiring) })

        let thread = Thread { site.server.stop() }
        thread.start()
        #expect(listener.wait(for: "0\r\n\r\n"))
        #expect(RawClient(port: site.port).answer() == nil)
        site.mayFinish.store(true, ordering: .releasing)
        let answer = try #require(slow.answer())
        #expect(answer.text == "finished")
        #expect(answer["Connection"] == "close")
        #expect(eventually { thread.isFinished })
        #expect(!RawClient(port: site.port).send(get("/")) || RawClient(port: site.port).answer() == nil)
    }

    @Test("A slow route keeps no other connection waiting")
    func slowRoute() throws {
        let site = try TestServer { $0.slowThreads = 1 }
        let slow = (0..<3).map { _ in RawClient(port: site.port) }
        for client in slow { client.send(get("/slow") + get("/people/after")) }
        #expect(eventually { site.isWorking.load(ordering: .acquiring) })

        let others = (0..<10).map { _ in RawClient(port: site.port) }
        for client in others { client.send(get("/people/1")) }
        #expect(others.allSatisfy { $0.answer()?.text == "1" })
        site.mayFinish.store(true, ordering: .releasing)
        #expect(slow.allSatisfy { $0.answer()?.text == "finished" && $0.answer()?.text == "after" })
    }

    @Test("A stop answers what a slow route has not finished in time")
    func stopUnfinished() throws {
        let site = try TestServer {
            $0.stopSeconds = 1
            $0.slowThreads = 1
        }
        let clients = (0..<2).map { _ in RawClient(port: site.port) }
        for client in clients { client.send(get("/slow")) }
        #expect(eventually { site.isWorking.load(ordering: .acquiring) })

        site.server.stop()

        #expect(clients.allSatisfy { $0.answer()?.status == 503 })
        site.mayFinish.store(true, ordering: .releasing)
        #expect(eventually { site.log.count == 2 })
    }

    @Test("A stop with idle connections and open streams returns at once; a second stop does nothing")
    func quickStop() throws {
        let site = try TestServer()
        let clients = (0..<20).map { _ in RawClient(port: site.port) }
        for (index, client) in clients.enumerated() { client.send(get(index.isMultiple(of: 2) ? "/events" : "/")) }
        #expect(clients.allSatisfy { $0.wait(for: "\r\n\r\n") })

        let start = ContinuousClock.now
        site.server.stop()
        site.server.stop()

        #expect(ContinuousClock.now - start < .seconds(2))
        #expect(throws: Fault.self) { try site.server.start() }
    }

    @Test("A port that is taken is one clear fault")
    func portTaken() throws {
        let site = try TestServer()

        let fault = #expect(throws: Fault.self) {
            try Server(ServerConfiguration(port: site.port), answering: RoutedSite([]))
        }

        #expect(fault?.place == "127.0.0.1:\(site.port)")
        #expect(fault?.why.contains("another program") == true)
        #expect(fault?.remedy.isEmpty == false)
    }

    @Test("Wrong addresses, ports, proxies and too few files are clear faults")
    func wrongConfiguration() {
        let changes: [(inout ServerConfiguration) -> Void] = [
            { $0.address = "nowhere" }, { $0.port = 70_000 }, { $0.address = "203.0.113.77" },
            { $0.trustedProxies = ["10.0.0.0/33"] }, { $0.trustedProxies = ["proxy"] },
            { $0.address = "unix:/nowhere/at/all.sock" }, { $0.address = "unix:" + String(repeating: "a", count: 200) },
            { $0.connectionLimit = 2_000_000_000 },
        ]
        for (index, change) in changes.enumerated() {
            var configuration = ServerConfiguration(port: 0)
            change(&configuration)
            let fault = #expect(throws: Fault.self, "\(index)") {
                try Server(configuration, answering: RoutedSite([]))
            }
            #expect(fault?.remedy.isEmpty == false, "\(index)")
        }
    }

    @Test("A Unix socket is served, also where a killed server left one")
    func unixSocket() throws {
        let path = NSTemporaryDirectory() + "s-\(UUID().uuidString.prefix(8)).sock"
        var configuration = ServerConfiguration(port: 0)
        configuration.address = "unix:\(path)"
        let stale = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(stale, $0, size) }
        }
        close(stale)

        let server = try Server(configuration, answering: RoutedSite([]))
        try server.start()
        #expect(throws: Fault.self) { try Server(configuration, answering: RoutedSite([])) }
        server.stop()
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
