internal import CMicrohttpd
internal import HTTP
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#endif

/// Joins an event stream to its connection: while there is nothing to send the connection is suspended and holds no
/// thread; a writer wakes it.
final class EventFeed: Sendable {
    private struct State {
        var isSuspended = false
        var isClosed = false
        // A connection is libmicrohttpd's; protected by the lock of this state, and not used once it is closed.
        nonisolated(unsafe) let connection: OpaquePointer
    }

    let stream: EventStream
    private let state: Mutex<State>
    private let feeds: EventFeeds

    init(_ stream: EventStream, connection: OpaquePointer, feeds: EventFeeds) {
        self.stream = stream
        self.feeds = feeds
        state = Mutex(State(connection: connection))
        feeds.add(self)
        stream.onWake { [weak self] in self?.wake() }
    }

    /// Copies what there is to send; called on the connection's thread.
    /// - Returns: the count of bytes, 0 when the connection is now suspended, -1 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        state.withLock { state in
            switch stream.next(buffer.count) {
            case .bytes(let bytes):
                buffer.copyBytes(from: bytes)
                return bytes.count
            case .end: return -1
            case .waiting:
                if feeds.isStopping { return -1 }
                state.isSuspended = true
                MHD_suspend_connection(state.connection)
                return 0
            }
        }
    }

    /// Lets the connection go on.
    func wake() {
        state.withLock { state in
            guard state.isSuspended, !state.isClosed else { return }
            state.isSuspended = false
            MHD_resume_connection(state.connection)
        }
    }

    /// Ends the stream when the client has closed its side, which libmicrohttpd does not see while suspended.
    func checkClient() {
        let isGone = state.withLock { state in
            guard state.isSuspended, !state.isClosed else { return false }
            var byte: UInt8 = 0
            return recv(
                concord_mhd_socket(state.connection), &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) == 0
        }
        if isGone { stream.end() }
    }

    /// The request is over; called on the connection's thread.
    func close() {
        state.withLock { $0.isClosed = true }
        feeds.remove(self)
        stream.disconnect()
    }
}

/// All open event streams of a server.
final class EventFeeds: Sendable {
    private let feeds = Mutex([ObjectIdentifier: EventFeed]())
    private let stopping = Atomic(false)

    var count: Int { feeds.withLock { $0.count } }
    var isStopping: Bool { stopping.load(ordering: .acquiring) }

    func add(_ feed: EventFeed) { feeds.withLock { $0[ObjectIdentifier(feed)] = feed } }
    func remove(_ feed: EventFeed) { feeds.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(feed)) } }

    func heartbeat() {
        for feed in all { feed.stream.heartbeat() }
    }

    func checkClients() {
        for feed in all { feed.checkClient() }
    }

    /// Ends all streams, and every one that is still to be opened.
    func stop() {
        stopping.store(true, ordering: .releasing)
        for feed in all {
            feed.stream.end()
            feed.wake()
        }
    }

    private var all: [EventFeed] { feeds.withLock { Array($0.values) } }
}
