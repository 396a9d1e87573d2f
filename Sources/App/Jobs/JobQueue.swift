public import Governance
public import Kernel
public import Storage
internal import Synchronization

/// Does long work one piece after another on a thread of its own, and remembers what became of it.
public final class JobQueue: Sendable {
    private struct Work: Sendable {
        let id: ID<Job>
        let body: @Sendable (JobProgress) throws -> String
    }

    private struct Shelf {
        var jobs: [ID<Job>: Job] = [:]
        var waiting: [Work] = []
        /// Those that are about to wait: their place in the queue is taken.
        var reserved = 0
        var isBegun = false
        var log: @Sendable (String) -> Void = { _ in }
        var observers: [ID<Job>: [Int: @Sendable (Job) -> Void]] = [:]
        var nextObserver = 0
        var isStopping = false
    }

    private let shelf = Mutex(Shelf())
    private let wake = Semaphore()
    private let database: Database
    private let clock: Clock
    /// How many pieces of work may wait; more are refused.
    private let capacity = 20

    /// A queue whose jobs are kept in the database. Work waits until `begin`.
    public init(database: Database, clock: Clock) {
        self.database = database
        self.clock = clock
    }

    /// Who is told of work that failed and of results that could not be kept, without personal data.
    public func report(to log: @escaping @Sendable (String) -> Void) { shelf.withLock { $0.log = log } }

    /// Begins to work. Jobs that a stopped program left unfinished are marked interrupted: so this is called only when
    /// it is certain that no other program serves the same database (the port is ours).
    /// - Throws: when the database cannot be written.
    public func begin() throws {
        let isFirst = shelf.withLock { shelf in
            defer { shelf.isBegun = true }
            return !shelf.isBegun
        }
        guard isFirst else { return }
        let now = clock.now()
        try database.write { connection in
            for id in try JobStore.unfinished(in: connection) where shelf.withLock({ $0.jobs[id] }) == nil {
                try JobStore.interrupt(id, at: now, in: connection)
            }
        }
        startThread(isPatient: true) { [self] in runUntilStopped() }
    }

    /// Puts work in the queue.
    /// - Parameters:
    ///   - also: what is written in the same transaction, such as the audit's entry: without it there is no job, and
    ///     without the job it is not written.
    ///   - work: returns the path of what it made; a `Fault` that it throws is shown to the owner.
    /// - Throws: a `Fault` when too much is waiting already; when the database cannot be written; what `also` throws.
    public func submit(
        _ title: String, for actor: Actor, also: (Connection) throws -> Void = { _ in },
        work: @escaping @Sendable (JobProgress) throws -> String
    ) throws -> ID<Job> {
        let now = clock.now()
        let job = Job(
            id: ID(at: now), title: title, account: actor.account, createdAt: now, state: .waiting, message: "")
        let isTaken = shelf.withLock { shelf in
            guard shelf.waiting.count + shelf.reserved < capacity, !shelf.isStopping else { return false }
            shelf.reserved += 1
            shelf.jobs[job.id] = job
            return true
        }
        guard isTaken else {
            throw Fault(
                "The work could not be started", because: "\(capacity) pieces of work are waiting already",
                remedy: "Try again when some of them are finished.")
        }
        do {
            try database.write { connection in
                try JobStore.insert(job, in: connection)
                try also(connection)
            }
        } catch {
            shelf.withLock {
                $0.reserved -= 1
                $0.jobs[job.id] = nil
            }
            throw error
        }
        shelf.withLock {
            $0.reserved -= 1
            $0.waiting.append(Work(id: job.id, body: work))
        }
        wake.post()
        return job.id
    }

    /// A job as it stands, or nil when there is none of that account.
    public func job(_ id: ID<Job>, of account: ID<Account>) throws -> Job? {
        let live = shelf.withLock { $0.jobs[id] }
        let job = try live ?? database.read { try JobStore.find(id, in: $0) }
        return job?.account == account ? job : nil
    }

    /// The newest jobs of an account.
    public func recent(of account: ID<Account>, limit: Int = 20) throws -> [Job] {
        let kept = try database.read { try JobStore.recent(of: account, limit: limit, in: $0) }
        return shelf.withLock { shelf in kept.map { shelf.jobs[$0.id] ?? $0 } }
    }

    /// Calls `body` now and whenever the job changes, until it is final or the observation is cancelled.
    /// - Returns: what cancels the observation.
    public func observe(_ job: Job, _ body: @escaping @Sendable (Job) -> Void) -> @Sendable () -> Void {
        let (number, current) = shelf.withLock { shelf -> (Int, Job?) in
            shelf.nextObserver += 1
            shelf.observers[job.id, default: [:]][shelf.nextObserver] = body
            return (shelf.nextObserver, shelf.jobs[job.id])
        }
        body(current ?? job)
        return { [self] in shelf.withLock { _ = $0.observers[job.id]?.removeValue(forKey: number) } }
    }

    /// Takes no more work. Work that runs goes on until the process ends and is then found interrupted.
    public func stop() {
        shelf.withLock { $0.isStopping = true }
        wake.post()
    }
}

// MARK: - Working

extension JobQueue {
    private func runUntilStopped() {
        while true {
            wake.wait()
            let (work, isStopping) = shelf.withLock { shelf -> (Work?, Bool) in
                (shelf.isStopping || shelf.waiting.isEmpty ? nil : shelf.waiting.removeFirst(), shelf.isStopping)
            }
            if isStopping { return }
            if let work { run(work) }
        }
    }

    private func run(_ work: Work) {
        change(work.id) { $0.state = .running }
        let progress = JobProgress { [self] fraction, message in
            change(work.id) {
                $0.fraction = fraction ?? $0.fraction
                $0.message = message
            }
        }
        do {
            let link = try work.body(progress)
            finish(work.id) {
                $0.state = .done
                $0.fraction = 1
                $0.message = ""
                $0.link = link
            }
        } catch {
            log("The job \(work.id) failed: \(error)")
            finish(work.id) {
                $0.state = .failed
                $0.message =
                    (error as? Fault)?.description ?? "Something went wrong in the program. It has been logged."
            }
        }
    }

    private func log(_ line: String) { shelf.withLock { $0.log }(line) }

    private func change(_ id: ID<Job>, _ edit: (inout Job) -> Void) {
        let (job, observers) = shelf.withLock { shelf -> (Job?, [@Sendable (Job) -> Void]) in
            guard var job = shelf.jobs[id] else { return (nil, []) }
            edit(&job)
            shelf.jobs[id] = job
            let observers = Array((shelf.observers[id] ?? [:]).values)
            if job.state.isFinal { shelf.observers[id] = nil }
            return (job, observers)
        }
        guard let job else { return }
        for observer in observers { observer(job) }
    }

    /// Keeps how a job ended before saying so. When the database is gone, the job is found interrupted at the next start.
    private func finish(_ id: ID<Job>, _ edit: (inout Job) -> Void) {
        let now = clock.now()
        var ended = shelf.withLock { $0.jobs[id] }
        ended?.finishedAt = now
        if var job = ended {
            edit(&job)
            do {
                try database.write { try JobStore.update(job, in: $0) }
            } catch {
                log("How the job \(id) ended (\(job.state.rawValue)) could not be kept: \(error)")
            }
        }
        change(id) {
            $0.finishedAt = now
            edit(&$0)
        }
    }
}
