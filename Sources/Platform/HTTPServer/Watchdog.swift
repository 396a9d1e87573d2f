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
        var thread = pthread_t()
        let held = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Watchdog>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            }, held.toOpaque())
        if result == 0 { pthread_detach(thread) } else { held.release() }
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
