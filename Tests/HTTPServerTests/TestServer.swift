import Foundation
import Glibc
import HTTP
import HTTPServer
import Kernel
import Synchronization

/// A server on a free port with routes that tests need, and the records that it logs.
final class TestServer: Sendable {
    let server: Server
    let metrics = Metrics()
    let folder: String
    private let records = Mutex([AccessRecord]())
    private let streams = Mutex([EventStream]())
    let isWorking = Atomic(false)
    let mayFinish = Atomic(false)

    var port: Int { server.port }
    var log: [AccessRecord] { records.withLock { $0 } }
    var openStreams: [EventStream] { streams.withLock { $0 } }

    /// The bytes of the uploads that lie on the disk.
    var uploaded: Int {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.reduce(0) { sum, name in
            var info = stat()
            return stat("\(folder)/\(name)", &info) == 0 ? sum + Int(info.st_size) : sum
        }
    }

    init(_ change: (inout ServerConfiguration) -> Void = { _ in }) throws {
        folder = NSTemporaryDirectory() + "server-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var configuration = ServerConfiguration(port: 0)
        configuration.threads = 2
        configuration.connectionLimit = 200
        configuration.connectionsPerAddress = 150
        configuration.stopSeconds = 3
        change(&configuration)
        let box = Box()
        server = try Server(configuration, answering: box, metrics: metrics) { record in box.site?.note(record) }
        box.hold(self)
        try server.start()
    }

    deinit {
        server.stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    fileprivate func note(_ record: AccessRecord) { records.withLock { $0.append(record) } }

    fileprivate var routes: [Route<RoutedSite.Handler>] {
        let limits = MultipartLimits(folder: folder, total: 60 << 20, file: 55 << 20)
        return [
            Route(.get, "/", handler: { _, _ in .html(Array("<p>Hello".utf8)) }),
            Route(.get, "/people/{person}", handler: { _, values in .text(values["person"] ?? "?") }),
            Route(.get, "/big", handler: { _, _ in .html([UInt8](repeating: 0x61, count: 300_000)) }),
            Route(
                .get, "/tagged",
                handler: { request, _ in
                    Response.html([UInt8](repeating: 0x61, count: 5000)).tagged(EntityTag("v1"), for: request)
                }),
            Route(.get, "/throw", handler: { _, _ in throw Fault("The database is away") }),
            Route(.get, "/secret", handler: { _, _ in throw SecretError(name: "Jane Doe") }),
            Route(
                .get, "/client",
                handler: { request, _ in .text("\(request.remoteAddress) \(request.isSecure) \(request.id)") }),
            Route(.get, "/file", handler: { [folder] _, _ in .file("\(folder)/file.txt", type: .text) }),
            Route(
                .get, "/stream",
                handler: { _, _ in
                    let left = Mutex(3)
                    return Response(
                        body: .stream {
                            left.withLock { count in
                                count -= 1
                                return count < 0 ? nil : Array("part \(count)\n".utf8)
                            }
                        })
                }),
            Route(
                .get, "/broken",
                handler: { _, _ in
                    let isFirst = Mutex(true)
                    return Response(
                        body: .stream {
                            try isFirst.withLock { first in
                                guard first else { throw Fault("gone") }
                                first = false
                                return [0x61]
                            }
                        })
                }),
            Route(.post, "/form", body: .form(limit: 1000), handler: { request, _ in .text(request.form.encoded) }),
            Route(
                .post, "/json", body: .json(JSONLimits(bytes: 1000)),
                handler: { request, _ in .json(request.json ?? .null) }),
            Route(
                .post, "/upload", body: .multipart(limits),
                handler: { request, _ in
                    .text(request.files.map { "\($0.name) \($0.size)" }.joined(separator: ","))
                }),
            Route(
                .get, "/events",
                handler: { [weak self] _, _ in
                    let stream = EventStream()
                    stream.send("welcome", event: "greeting", id: "1")
                    self?.streams.withLock { $0.append(stream) }
                    return .events(stream)
                }),
            Route(
                .get, "/slow", isSlow: true,
                handler: { [weak self] _, _ in
                    self?.isWorking.store(true, ordering: .releasing)
                    while self?.mayFinish.load(ordering: .acquiring) == false { usleep(1000) }
                    return .text("finished")
                }),
        ]
    }
}

struct SecretError: Error {
    let name: String
}

// The server wants its handler before the test server is whole.
private final class Box: RequestAnswering {
    private struct State {
        weak var site: TestServer?
        var routed = RoutedSite([])
    }

    private let state = Mutex(State())

    var site: TestServer? { state.withLock { $0.site } }

    func hold(_ site: TestServer) {
        let routes = RoutedSite(site.routes)
        state.withLock { state in
            state.site = site
            state.routed = routes
        }
    }

    func admit(_ head: RequestHead) -> Admission { state.withLock { $0.routed }.admit(head) }
    func answer(_ request: Request) throws -> Response { try state.withLock { $0.routed }.answer(request) }
}

/// Waits at most three seconds for something to become true.
func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<300 {
        if condition() { return true }
        usleep(10_000)
    }
    return condition()
}

/// A request without a body.
func get(_ path: String, _ fields: String = "") -> String { "GET \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n" }
