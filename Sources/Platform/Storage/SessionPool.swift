internal import Glibc
internal import Kernel
internal import Synchronization

/// Connections that are used by one thread at a time and kept for the next.
final class SessionPool: @unchecked Sendable {
    // `idle`, `isClosed` are protected by `lock`; a session is touched only by the thread that took it out.
    private var idle: [any EngineSession] = []
    private var isClosed = false
    private let lock = Mutex(())
    private let places = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private let make: @Sendable () throws -> any EngineSession
    /// How long a thread waits for a connection, in seconds.
    private static let patience = 10

    init(limit: Int, _ make: @escaping @Sendable () throws -> any EngineSession) {
        self.make = make
        sem_init(places, 0, UInt32(limit))
    }

    deinit {
        sem_destroy(places)
        places.deallocate()
    }

    /// Lends a connection in which a transaction has begun: one that was idle, or a new one. When all idle ones turn out
    /// to be broken, because the server was started again, a new one is made: once, and before anything was done.
    func use<Value>(
        begin: (any EngineSession) throws -> Void, _ body: (any EngineSession) throws -> Value
    ) throws -> Value {
        try takePlace()
        defer { sem_post(places) }
        let session = try begun(begin)
        defer { giveBack(session) }
        return try body(session)
    }

    private func begun(_ begin: (any EngineSession) throws -> Void) throws -> any EngineSession {
        if let session = takeIdle() {
            do {
                try begin(session)
                return session
            } catch StorageError.unavailable {
                session.close()
                closeIdle()
            } catch {
                rollBackAndGiveBack(session)
                throw error
            }
        }
        let session = try make()
        do {
            try begin(session)
            return session
        } catch {
            rollBackAndGiveBack(session)
            throw error
        }
    }

    private func rollBackAndGiveBack(_ session: any EngineSession) {
        try? session.script("ROLLBACK")
        giveBack(session)
    }

    /// Closes the idle connections, and the others when they come back.
    func close() {
        lock.withLock { _ in isClosed = true }
        closeIdle()
    }

    private func closeIdle() {
        let sessions = lock.withLock { _ in
            defer { idle = [] }
            return Unchecked(idle)
        }
        for session in sessions.value { session.close() }
    }

    private struct Unchecked: @unchecked Sendable {
        // Only carries sessions out of the lock, in the same thread.
        let value: [any EngineSession]
        init(_ value: [any EngineSession]) { self.value = value }
    }

    private func takePlace() throws {
        var deadline = timespec()
        clock_gettime(CLOCK_REALTIME, &deadline)
        deadline.tv_sec += SessionPool.patience
        while sem_timedwait(places, &deadline) != 0 {
            guard errno == EINTR else { throw StorageError.busy }
        }
    }

    private func takeIdle() -> (any EngineSession)? {
        let taken = lock.withLock { _ in
            while let session = idle.popLast() {
                if session.isUsable { return Unchecked([session]) }
                session.close()
            }
            return Unchecked([])
        }
        return taken.value.first
    }

    private func giveBack(_ session: any EngineSession) {
        let carried = Unchecked([session])
        let isKept = lock.withLock { _ in
            guard !isClosed, carried.value[0].isUsable else { return false }
            idle.append(carried.value[0])
            return true
        }
        if !isKept { session.close() }
    }
}
