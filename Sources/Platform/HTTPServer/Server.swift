internal import CMicrohttpd
public import HTTP
public import Kernel
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#endif

/// A web server: libmicrohttpd's pool of threads, each of which waits for many connections and answers them in turn.
public final class Server: Sendable {
    private enum Phase {
        case bound(socket: Int32)
        // The daemon is libmicrohttpd's; protected by the lock of this value.
        case serving(Daemon)
        case stopped
    }

    // Protected by libmicrohttpd's own locks; started and stopped under the lock of `phase`.
    private struct Daemon: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// The port, also when a free one was asked for; 0 for a Unix socket.
    public let port: Int
    private let core: ServerCore
    private let watchdog: Watchdog
    private let phase: Mutex<Phase>

    /// Takes the address; connections wait in the system's queue until `start`.
    /// - Parameters:
    ///   - answering: what answers.
    ///   - metrics: where requests are counted.
    ///   - log: called at the end of every request, on the server's threads.
    /// - Throws: a `Fault` when the address is taken or is none, or too few files may be open.
    public init(
        _ configuration: ServerConfiguration, answering: any RequestAnswering, metrics: Metrics = Metrics(),
        log: @escaping @Sendable (AccessRecord) -> Void = { _ in }
    ) throws(Fault) {
        core = try ServerCore(configuration, answering, metrics: metrics, log: log)
        try OpenFiles.secure(connections: configuration.connectionLimit)
        let (socket, port) = try ListeningSocket.open(address: configuration.address, port: configuration.port)
        self.port = port
        watchdog = Watchdog(core)
        phase = Mutex(.bound(socket: socket))
        let (connections, feeds) = (core.connections, core.feeds)
        metrics.gauge("http_connections", help: "Open connections.") { Double(connections.count) }
        metrics.gauge("http_event_streams", help: "Open event streams.") { Double(feeds.count) }
    }

    deinit { stop() }

    /// Serves from now on, on its own threads.
    /// - Throws: a `Fault` when the threads cannot be made.
    public func start() throws(Fault) {
        let isStarted: Bool = phase.withLock { phase in
            guard case .bound(let socket) = phase, let daemon = makeDaemon(socket) else { return false }
            phase = .serving(Daemon(pointer: daemon))
            return true
        }
        guard isStarted else {
            throw Fault(
                "The server could not be started", because: String(cString: strerror(errno)),
                remedy: "Check the limits of open files and of threads.")
        }
        // A client that goes away must not end the process.
        signal(SIGPIPE, SIG_IGN)
        core.workers.start()
        watchdog.start()
    }

    private func makeDaemon(_ socket: Int32) -> OpaquePointer? {
        let settings = core.settings
        var all = concord_mhd_settings()
        all.listen_socket = socket
        all.threads = UInt32(clamping: max(2, settings.threads))
        all.connection_limit = UInt32(clamping: max(settings.threads, settings.connectionLimit))
        all.connection_memory = max(64 << 10, settings.headLimit * 2)
        all.idle_seconds = UInt32(clamping: settings.idleSeconds)
        all.context = Unmanaged.passUnretained(core).toOpaque()
        all.accept = Callbacks.accept
        all.handle = Callbacks.handle
        all.completed = Callbacks.completed
        all.connection = Callbacks.connection
        all.request_line = Callbacks.requestLine
        all.unescape = Callbacks.unescape
        return concord_mhd_start(&all)
    }

    /// Takes no more connections, ends event streams, lets running requests finish within the configured time, closes
    /// everything and returns. A handler that never returns keeps this from returning. Called on one of its own threads,
    /// which cannot wait for itself, it returns at once and does all of that on another.
    public func stop() {
        let ending: Phase = phase.withLock { phase in
            defer { phase = .stopped }
            return phase
        }
        guard case .serving(let daemon) = ending else {
            if case .bound(let socket) = ending {
                close(socket)
                core.removeSocketFile()
            }
            return
        }
        let end = Ending(daemon: daemon, core: core, watchdog: watchdog)
        Server.isOnOwnThread ? end.runElsewhere() : end.run()
    }

    /// Whether libmicrohttpd made this thread.
    private static var isOnOwnThread: Bool {
        let file = open("/proc/thread-self/comm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var name = [UInt8](repeating: 0, count: 16)
        let count = read(file, &name, name.count)
        return count > 0 && name.starts(with: Array("MHD-".utf8))
    }

    /// The end of a server, which needs the server itself no longer: its last reference may go with a request.
    private final class Ending: Sendable {
        private let daemon: Daemon
        private let core: ServerCore
        private let watchdog: Watchdog

        init(daemon: Daemon, core: ServerCore, watchdog: Watchdog) {
            (self.daemon, self.core, self.watchdog) = (daemon, core, watchdog)
        }

        func run() {
            let socket = MHD_quiesce_daemon(daemon.pointer)
            if socket >= 0 { close(socket) }
            core.feeds.stop()
            let last = MonotonicClock.milliseconds + core.settings.stopSeconds * 1000
            wait(until: last)
            core.feeds.stop()
            core.workers.stop(answering: core.answering.page(for: .serviceUnavailable, detail: "", id: ""))
            // Those answers are on their way.
            wait(until: MonotonicClock.milliseconds + 300)
            core.connections.cutAll()
            MHD_stop_daemon(daemon.pointer)
            watchdog.stop()
            core.removeSocketFile()
        }

        func runElsewhere() {
            startThread { [self] in run() }
        }

        private func wait(until last: Int) {
            while core.running.load(ordering: .acquiring) > 0, MonotonicClock.milliseconds < last { usleep(5000) }
        }
    }
}

extension ServerCore {
    /// Removes the file of a Unix socket; nothing where the address is none.
    fileprivate func removeSocketFile() {
        if settings.address.hasPrefix("unix:") { unlink(String(settings.address.dropFirst(5))) }
    }
}
