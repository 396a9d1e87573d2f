internal import CMicrohttpd
internal import HTTP
internal import Kernel
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#endif

/// A slow answer in the making. Its connection is suspended until the outcome is there.
final class Work: Sendable {
    struct Outcome: Sendable {
        let response: Response
        let failure: String?
    }

    private struct State {
        var outcome: Outcome?
        // A connection is libmicrohttpd's; protected by the lock of this state, and used once, while it is suspended.
        nonisolated(unsafe) let connection: OpaquePointer
    }

    private let state: Mutex<State>
    private let make: @Sendable () -> Outcome

    init(connection: OpaquePointer, make: @escaping @Sendable () -> Outcome) {
        state = Mutex(State(connection: connection))
        self.make = make
    }

    var outcome: Outcome? { state.withLock { $0.outcome } }

    func suspend() { state.withLock { MHD_suspend_connection($0.connection) } }

    func run() { settle(make()) }

    /// Gives the outcome and lets the connection go on; only the first outcome counts.
    func settle(_ outcome: Outcome) {
        state.withLock { state in
            guard state.outcome == nil else { return }
            state.outcome = outcome
            MHD_resume_connection(state.connection)
        }
    }
}

/// The threads for slow routes.
final class Workers: Sendable {
    private struct State {
        var waiting: [Work] = []
        var running: [ObjectIdentifier: Work] = [:]
        var isStopped = false
    }

    // More would wait longer than their clients.
    private static let mostWaiting = 200

    private let count: Int
    private let state = Mutex(State())
    private let signal = Semaphore()

    init(_ count: Int) { self.count = max(1, count) }

    func start() {
        for _ in 0..<count {
            startThread { [self] in run() }
        }
    }

    /// Suspends the connection and queues the work; called on the connection's thread.
    /// - Returns: false, and nothing is done, when too much waits or the server has stopped.
    func take(_ work: Work) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.isStopped, state.waiting.count < Workers.mostWaiting else { return false }
            work.suspend()
            state.waiting.append(work)
            return true
        }
        if isTaken { signal.post() }
        return isTaken
    }

    private func run() {
        while true {
            signal.wait()
            let (work, isStopped): (Work?, Bool) = state.withLock { state in
                guard !state.waiting.isEmpty else { return (nil, state.isStopped) }
                let work = state.waiting.removeFirst()
                state.running[ObjectIdentifier(work)] = work
                return (work, false)
            }
            if isStopped { return }
            guard let work else { continue }
            work.run()
            state.withLock { _ = $0.running.removeValue(forKey: ObjectIdentifier(work)) }
        }
    }

    /// Ends the threads, and answers what is not done: no connection may stay suspended when the server stops.
    func stop(answering response: Response) {
        let left = state.withLock { state in
            state.isStopped = true
            defer { state.waiting = [] }
            return state.waiting + state.running.values
        }
        for work in left { work.settle(Work.Outcome(response: response, failure: "stopped before it was done")) }
        for _ in 0..<count { signal.post() }
    }
}
