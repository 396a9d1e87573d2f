internal import Synchronization

/// What is known of one connection: shared by its thread and the watchdog.
final class ConnectionRecord: Sendable {
    let socket: Int32
    let address: NetworkAddress?
    // The moment at which the watchdog cuts the connection, in milliseconds of the monotonic clock.
    private let deadline: Atomic<Int>

    init(socket: Int32, address: NetworkAddress?, deadline: Int) {
        self.socket = socket
        self.address = address
        self.deadline = Atomic(deadline)
    }

    /// Gives the connection until then.
    func allow(until moment: Int) { deadline.store(moment, ordering: .relaxed) }

    /// Lets the connection be for as long as it likes: while a handler works, and for event streams.
    func allowAlways() { deadline.store(.max, ordering: .relaxed) }

    func isOverdue(at now: Int) -> Bool { deadline.load(ordering: .relaxed) < now }
}
