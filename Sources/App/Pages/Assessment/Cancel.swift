internal import Synchronization

/// What ends an observation, known only after the observation has begun.
final class Cancel: Sendable {
    private let action = Mutex<(@Sendable () -> Void)?>(nil)

    func set(_ run: @escaping @Sendable () -> Void) { action.withLock { $0 = run } }

    func run() { action.withLock { $0 }?() }
}
