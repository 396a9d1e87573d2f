internal import Synchronization

/// Server-sent events to one client (HTML §9.2): written from any thread, sent by the server, ended by either side.
///
/// An open stream holds a connection and no thread. A client that reads too slowly is cut off once more than
/// `bufferLimit` bytes wait for it: it comes back by itself and asks for what it missed by Last-Event-ID.
public final class EventStream: Sendable {
    private struct State {
        var buffer: [UInt8] = []
        var isEnded = false
        var isGone = false
        var wake: (@Sendable () -> Void)?
        var onEnd: (@Sendable () -> Void)?
    }

    /// What the server finds when it wants to send.
    public enum Next: Sendable {
        /// These bytes.
        case bytes([UInt8])
        /// Nothing yet: `wake` will be called.
        case waiting
        /// The end.
        case end
    }

    private let state = Mutex(State())
    private let bufferLimit: Int

    /// A stream.
    /// - Parameters:
    ///   - bufferLimit: how many unsent bytes may wait.
    ///   - onEnd: called once, when the stream has ended for whatever reason.
    public init(bufferLimit: Int = 256 << 10, onEnd: (@Sendable () -> Void)? = nil) {
        self.bufferLimit = bufferLimit
        state.withLock { $0.onEnd = onEnd }
    }

    /// Sends an event.
    /// - Parameters:
    ///   - data: any text; each line becomes a data line.
    ///   - event: its name; line ends in it are dropped.
    ///   - id: what the client sends back as Last-Event-ID when it comes again; line ends and NUL in it are dropped.
    /// - Returns: false when the client is gone and the writer may stop.
    @discardableResult
    public func send(_ data: String, event: String? = nil, id: String? = nil) -> Bool {
        var out: [UInt8] = []
        if let event { EventStream.line("event", event.utf8, to: &out) }
        if let id { EventStream.line("id", id.utf8, to: &out) }
        // A line of data ends with CR LF, CR or LF, so all three must be cut at.
        var bytes = Array(data.utf8)[...]
        while true {
            let end = bytes.firstIndex { $0 == 0x0A || $0 == 0x0D }
            EventStream.line("data", bytes[..<(end ?? bytes.endIndex)], to: &out)
            guard let end else { break }
            let isPair = bytes[end] == 0x0D && end + 1 < bytes.endIndex && bytes[end + 1] == 0x0A
            bytes = bytes[(end + (isPair ? 2 : 1))...]
        }
        out.append(0x0A)
        return write(out)
    }

    /// Sends a comment, which clients pass over: shows that the line still stands.
    @discardableResult
    public func heartbeat() -> Bool { write(Array(":\n\n".utf8)) }

    /// Tells the client how long to wait before it comes again, in milliseconds.
    @discardableResult
    public func retry(afterMilliseconds delay: Int) -> Bool { write(Array("retry: \(max(0, delay))\n\n".utf8)) }

    /// Ends the stream after what was written.
    public func end() {
        let wake = state.withLock { state in
            state.isEnded = true
            return state.wake
        }
        wake?()
    }

    /// Whether more can be sent.
    public var isOpen: Bool { state.withLock { !$0.isEnded && !$0.isGone } }

    private func write(_ bytes: [UInt8]) -> Bool {
        let (isTaken, wake): (Bool, (@Sendable () -> Void)?) = state.withLock { state in
            guard !state.isEnded, !state.isGone else { return (false, nil) }
            guard state.buffer.count + bytes.count <= bufferLimit else {
                state.isEnded = true
                state.buffer = []
                return (false, state.wake)
            }
            state.buffer.append(contentsOf: bytes)
            return (true, state.wake)
        }
        wake?()
        return isTaken
    }

    private static func line(_ name: String, _ value: some Sequence<UInt8>, to out: inout [UInt8]) {
        out.append(contentsOf: name.utf8)
        out.append(contentsOf: ": ".utf8)
        for byte in value where byte != 0x0A && byte != 0x0D && byte != 0 { out.append(byte) }
        out.append(0x0A)
    }
}

// MARK: - For the server

extension EventStream {
    /// Sets what is called, on the writer's thread, when there is something to send or the stream has ended.
    public func onWake(_ wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }

    /// Takes at most so many bytes to be sent.
    public func next(_ most: Int) -> Next {
        state.withLock { state in
            if state.buffer.isEmpty { return state.isEnded || state.isGone ? .end : .waiting }
            if state.buffer.count <= most {
                defer { state.buffer.removeAll(keepingCapacity: true) }
                return .bytes(state.buffer)
            }
            let part = Array(state.buffer[0..<most])
            state.buffer.removeFirst(most)
            return .bytes(part)
        }
    }

    /// The connection is closed: nothing more can be sent.
    public func disconnect() {
        let onEnd: (@Sendable () -> Void)? = state.withLock { state in
            state.isGone = true
            state.buffer = []
            state.wake = nil
            defer { state.onEnd = nil }
            return state.onEnd
        }
        onEnd?()
    }
}
