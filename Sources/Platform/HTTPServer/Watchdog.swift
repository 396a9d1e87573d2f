internal import Kernel
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#endif

/// A thread that cuts what is overdue and keeps event streams alive.
final class Watchdog: Sendable {
    private let core: ServerCore
    private let isStopped = Atomic(false)

    init(_ core: ServerCore) { self.core = core }

    func start() {
        startThread { [self] in run() }
    }

    func stop() { isStopped.store(true, ordering: .releasing) }

    private func run() {
        var nextBeat = MonotonicClock.milliseconds + core.settings.heartbeatSeconds * 1000
        var ticks = 0
        while !isStopped.load(ordering: .acquiring) {
            usleep(200_000)
            let now = MonotonicClock.milliseconds
            core.connections.cutOverdue(at: now)
            ticks += 1
            if ticks.isMultiple(of: 5) { core.feeds.checkClients() }
            if now >= nextBeat {
                core.feeds.heartbeat()
                nextBeat = now + core.settings.heartbeatSeconds * 1000
            }
        }
    }
}
