internal import Casework
internal import Cohorts
internal import Configuration
internal import Files
internal import Governance
internal import HTTP
internal import Jobs
internal import Kernel
internal import Storage
internal import Synchronization

/// What is to be done now and then while the program serves: what is over is removed, the head of the audit's chain is
/// kept outside the database once a day, the figures of cohorts once a month, and sealed cases open to those who chair
/// their panels. One thread, which ends with the server.
public final class Housekeeping: Sendable {
    /// Seconds between one round and the next.
    public static let pause = 3600

    private let site: Site
    private let log: @Sendable (String) -> Void
    private let stopping = Semaphore()
    private let ended = Semaphore()
    private let isStarted = Mutex(false)

    /// The housekeeping of a site.
    /// - Parameter log: is told what could not be done, without personal data.
    public init(_ site: Site, log: @escaping @Sendable (String) -> Void) {
        self.site = site
        self.log = log
    }

    /// Does everything that is due now. What fails is logged and tried again in the next round; it keeps nothing else
    /// from being done.
    /// - Returns: how many parts failed.
    @discardableResult
    public func round() -> Int {
        let now = site.clock.now()
        return attempt("Sessions that are over could not be removed") {
            try site.database.write { try SessionStore.tidy(at: now, in: $0) }
        }
            + attempt("Delays that are over could not be removed") {
                try site.database.write { try ThrottleStore.tidy(at: now, in: $0) }
            } + attempt("The audit's anchor could not be kept") { try anchor(at: now) }
            + attempt("The figures of last month's cohorts could not be kept") {
                _ = try site.database.write { try site.cohorts.keepLastMonth(at: now, in: $0) }
            }
            + attempt("Sealed cases could not be granted to those who chair their panels") {
                _ = try site.database.write { try site.cases.keepChaired(at: now, in: $0) }
            }
            + attempt("Restricted records that nobody can open could not be opened to those who supervise") {
                _ = try site.database.write { try site.cases.register.keepRestrictedOpen(at: now, in: $0) }
            }
    }

    /// Begins: removes what a killed process left of uploads, does a round, and then one every hour on a thread of its own.
    /// - Parameter uploads: the folder of files that are being sent.
    public func start(uploads: String) {
        TemporaryFile.sweep(uploads)
        round()
        isStarted.withLock { $0 = true }
        startThread(isPatient: true) { [self] in
            while !stopping.wait(milliseconds: Housekeeping.pause * 1000) { round() }
            ended.post()
        }
    }

    /// Ends the thread, and waits until the round that is being done is finished.
    public func stop() {
        let wasStarted = isStarted.withLock { started in
            defer { started = false }
            return started
        }
        guard wasStarted else { return }
        stopping.post()
        ended.wait()
    }

    /// Keeps the head of the audit's chain outside the database, if the day has no anchor yet.
    private func anchor(at now: Instant) throws {
        guard try site.anchors.isDue(on: now.ukDate) else { return }
        try FileSystem.makeFolder(FileSystem.parent(of: site.configuration.auditAnchors), isPrivate: true)
        try AuditAnchors.keep(in: site.anchors, on: now.ukDate, site.database)
    }

    private func attempt(_ what: String, _ body: () throws -> Void) -> Int {
        do {
            try body()
            return 0
        } catch {
            log("\(what): \(error)")
            return 1
        }
    }
}
