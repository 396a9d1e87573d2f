internal import Kernel
internal import Synchronization

/// Lets few passwords be hashed or compared at a time. Each fills 64 MiB and keeps a processor busy for a tenth of a
/// second, so that a flood of sign-ins would otherwise take the memory and the processors from everybody else.
public final class PasswordGate: Sendable {
    private struct Queue {
        var inside = 0
        var waiting: [Semaphore] = []
    }

    private let atOnce: Int
    private let mostWaiting: Int
    private let queue = Mutex(Queue())

    /// A gate.
    /// - Parameters:
    ///   - atOnce: how many may be inside.
    ///   - mostWaiting: how many may wait for them, in the order in which they came; more are refused.
    public init(atOnce: Int = 2, mostWaiting: Int = 32) {
        self.atOnce = max(1, atOnce)
        self.mostWaiting = max(0, mostWaiting)
    }

    /// The most threads that can be at the gate at a time, inside or waiting.
    public var capacity: Int { atOnce + mostWaiting }

    /// How many wait now.
    public var waiting: Int { queue.withLock { $0.waiting.count } }

    /// Does the work when it is its turn.
    /// - Throws: `Refusal.busy` at once when too many wait already, and what the work throws.
    public func pass<Value>(_ work: () throws -> Value) throws -> Value {
        try enter()
        defer { leave() }
        return try work()
    }

    private func enter() throws {
        let turn: Semaphore? = try queue.withLock { queue in
            if queue.inside < atOnce {
                queue.inside += 1
                return nil
            }
            guard queue.waiting.count < mostWaiting else { throw Refusal.busy }
            let turn = Semaphore()
            queue.waiting.append(turn)
            return turn
        }
        turn?.wait()
    }

    /// Hands the place on to whoever has waited longest, so that nobody who comes now can take it.
    private func leave() {
        let next: Semaphore? = queue.withLock { queue in
            if queue.waiting.isEmpty {
                queue.inside -= 1
                return nil
            }
            return queue.waiting.removeFirst()
        }
        next?.post()
    }
}
