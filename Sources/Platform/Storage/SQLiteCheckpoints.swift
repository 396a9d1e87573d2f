internal import Kernel
internal import Synchronization

/// Copies SQLite's write-ahead log into the file on a thread of its own, so that nobody's answer waits for it: one page in
/// twenty-five would, where each record that is shown leaves an entry of the audit.
final class SQLiteCheckpoints: Sendable {
    private let sessions: SessionPool
    private let isAtWork = Atomic(false)
    /// Pages of the log from which on it is copied; SQLite's own limit.
    private static let some = 1000
    /// Pages of the log from which on the writer copies it itself, because the thread cannot keep up: 64 MB.
    private static let many = 16_000

    init(path: String, isDurable: Bool) {
        sessions = SessionPool(limit: 1) {
            try SQLiteSession(path: path, reads: false, makes: false, limit: 120, isDurable: isDurable)
        }
    }

    /// Told after each commit how many pages the log holds.
    func logHolds(_ pages: Int, in writer: SQLiteSession) {
        guard pages >= SQLiteCheckpoints.some else { return }
        guard pages < SQLiteCheckpoints.many else { return writer.checkpoint() }
        guard isAtWork.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
        else { return }
        let hasStarted = startThread { [self] in
            // Where it cannot be opened, the writer does it once the log is long.
            try? sessions.use(begin: { _ in }) { ($0 as? SQLiteSession)?.checkpoint() }
            isAtWork.store(false, ordering: .releasing)
        }
        if !hasStarted { isAtWork.store(false, ordering: .releasing) }
    }

    func close() { sessions.close() }
}
