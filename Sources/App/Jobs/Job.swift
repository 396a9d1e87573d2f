public import Governance
public import Kernel

/// A piece of long work that someone started and waits for.
public struct Job: Sendable, Hashable {
    /// Where it stands.
    public enum State: String, Sendable, CaseIterable {
        /// In the queue.
        case waiting
        /// Being done.
        case running
        /// Finished; `link` leads to what it made.
        case done
        /// Could not be finished; `message` says why.
        case failed
        /// The program stopped while it ran; it can be started again.
        case interrupted

        /// Whether nothing more will happen to it.
        public var isFinal: Bool { self != .waiting && self != .running }
    }

    /// Its identifier.
    public let id: ID<Job>
    /// What it does, for its owner's eyes.
    public let title: String
    /// Whose it is: only they see it.
    public let account: ID<Account>
    /// When it was asked for.
    public let createdAt: Instant
    /// When it ended.
    public var finishedAt: Instant?
    /// Where it stands.
    public var state: State
    /// How much is done, 0…1; nil when that cannot be told.
    public var fraction: Double?
    /// What is being done now, or why it failed.
    public var message: String
    /// The path of what it made.
    public var link: String?
}

/// How work tells how far it is. Cheap to call often.
public struct JobProgress: Sendable {
    let report: @Sendable (Double?, String) -> Void

    /// Says what is being done now, and how much of all is done (0…1), when that is known.
    public func say(_ message: String, fraction: Double? = nil) { report(fraction, message) }
}
