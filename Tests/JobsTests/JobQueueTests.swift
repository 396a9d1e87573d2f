import Governance
import Kernel
import Storage
import Synchronization
import TestDatabases
import Testing

@testable import Jobs

@Suite("The queue of long work")
struct JobQueueTests {
    @Test("Work is done, and its owner alone sees what became of it", arguments: Engine.allCases)
    func done(engine: Engine) throws {
        let world = try World(engine)
        let id = try world.queue.submit("Sums", for: world.actor) { progress in
            progress.say("Adding", fraction: 0.5)
            return "/made"
        }
        let waiting = try #require(try world.queue.job(id, of: world.actor.account))
        #expect(waiting.state == .waiting && !waiting.state.isFinal)
        try world.queue.begin()
        let events = world.watch(waiting)
        #expect(events.last?.state == .done && events.last?.fraction == 1)
        let job = try #require(try world.queue.job(id, of: world.actor.account))
        #expect(job.link == "/made" && job.finishedAt == World.now && job.message.isEmpty)
        let stored = try world.test.database.read { try JobStore.find(id, in: $0) }
        #expect(stored?.state == .done && stored?.link == "/made" && stored?.finishedAt == World.now)
        let others = try world.queue.job(id, of: ID(at: World.now))
        #expect(others == nil)
        let recent = try world.queue.recent(of: world.actor.account)
        #expect(recent.map(\.id) == [id])
        let strangers = try world.queue.recent(of: ID(at: World.now))
        #expect(strangers.isEmpty)
    }

    @Test("Who watches hears how far it is, in order, and the end")
    func watched() throws {
        let world = try World(.sqlite)
        let go = Semaphore()
        let id = try world.queue.submit("Sums", for: world.actor) { progress in
            go.wait()
            for step in 1...3 { progress.say("Step \(step)", fraction: Double(step) / 4) }
            return "/made"
        }
        let job = try #require(try world.queue.job(id, of: world.actor.account))
        let heard = Mutex<[Job]>([])
        let over = Semaphore()
        _ = world.queue.observe(job) { now in
            heard.withLock { $0.append(now) }
            if now.state.isFinal { over.post() }
        }
        let unheard = Mutex(0)
        let cancel = world.queue.observe(job) { _ in unheard.withLock { $0 += 1 } }
        cancel()
        try world.queue.begin()
        go.post()
        #expect(over.wait(milliseconds: 20_000))
        let events = heard.withLock { $0 }
        #expect(events.map(\.message) == ["", "", "Step 1", "Step 2", "Step 3", ""])
        #expect(events.map(\.state) == [.waiting, .running, .running, .running, .running, .done])
        #expect(unheard.withLock { $0 } == 1)
    }

    @Test("What fails says why to its owner, and everything to the operators", arguments: Engine.allCases)
    func failed(engine: Engine) throws {
        struct Broken: Error {}
        let world = try World(engine)
        let first = try world.queue.submit("One", for: world.actor) { _ in
            throw Fault("There are no records", remedy: "Add some.")
        }
        let second = try world.queue.submit("Two", for: world.actor) { _ in throw Broken() }
        let last = try world.queue.submit("Three", for: world.actor) { _ in "/made" }
        try world.queue.begin()
        _ = world.watch(try #require(try world.queue.job(last, of: world.actor.account)))
        let jobs = try [first, second, last].map { try world.queue.job($0, of: world.actor.account) }
        #expect(jobs.map { $0?.state } == [.failed, .failed, .done])
        #expect(jobs.first??.message == "There are no records. Add some.")
        #expect(jobs[1]?.message == "Something went wrong in the program. It has been logged.")
        let lines = world.lines.withLock { $0 }
        #expect(lines.count == 2)
        #expect(lines.first?.contains("\(first)") == true && lines.first?.contains("There are no records") == true)
        #expect(lines.last?.contains("\(second)") == true && lines.last?.contains("Broken") == true)
    }

    @Test("A result that cannot be kept is logged")
    func unkept() throws {
        let world = try World(.sqlite)
        let database = world.test.owner
        let id = try world.queue.submit("Sums", for: world.actor) { _ in
            try database.write { _ = try $0.run("DROP TABLE jobs") }
            return "/made"
        }
        let job = try #require(try world.queue.job(id, of: world.actor.account))
        try world.queue.begin()
        #expect(world.watch(job).last?.state == .done)
        let lines = world.lines.withLock { $0 }
        #expect(lines.count == 1 && lines.first?.contains("\(id)") == true)
    }

    @Test("A queue that is full, or an entry that cannot be written, leaves no trace", arguments: Engine.allCases)
    func full(engine: Engine) throws {
        let world = try World(engine)
        let refused = Fault("No entry")
        #expect(throws: refused) {
            _ = try world.queue.submit("Sums", for: world.actor, also: { _ in throw refused }, work: { _ in "" })
        }
        #expect(try world.count() == 0)
        for number in 1...20 { _ = try world.queue.submit("Sums \(number)", for: world.actor) { _ in "" } }
        let wasWritten = Mutex(false)
        #expect(throws: Fault.self) {
            _ = try world.queue.submit(
                "One more", for: world.actor, also: { _ in wasWritten.withLock { $0 = true } }, work: { _ in "" })
        }
        #expect(wasWritten.withLock { $0 } == false)
        #expect(try world.count() == 20)
    }

    @Test(
        "What a stopped program left is interrupted once the next one begins, and not before",
        arguments: Engine.allCases)
    func interrupted(engine: Engine) throws {
        let world = try World(engine)
        let left = try world.queue.submit("Left", for: world.actor) { _ in "" }
        let next = JobQueue(database: world.test.database, clock: Clock { World.now.advanced(bySeconds: 60) })
        defer { next.stop() }
        let untouched = try next.job(left, of: world.actor.account)
        #expect(untouched?.state == .waiting)
        let go = Semaphore()
        let own = try next.submit("Own", for: world.actor) { _ in
            go.wait()
            return "/made"
        }
        try next.begin()
        let found = try #require(try next.job(left, of: world.actor.account))
        #expect(found.state == .interrupted && found.finishedAt == World.now.advanced(bySeconds: 60))
        #expect(found.message.contains("Start it again"))
        go.post()
        let job = try #require(try next.job(own, of: world.actor.account))
        #expect(world.watch(job, on: next).last?.state == .done)
    }
}

private final class World: Sendable {
    static let now = Instant(milliseconds: 1_780_304_400_000)

    let test: TestDatabase
    let queue: JobQueue
    let actor: Actor
    let lines = Mutex<[String]>([])

    init(_ engine: Engine) throws {
        test = try TestDatabase(engine, migrations: JobStore.migrations)
        queue = JobQueue(database: test.database, clock: Clock { World.now })
        actor = Actor(
            kind: .person, account: ID(at: World.now), name: "Asha Nair", agency: try #require(Code("council")))
        queue.report { [weak self] line in self?.lines.withLock { $0.append(line) } }
    }

    deinit {
        queue.stop()
        test.remove()
    }

    /// What who watches hears until the end.
    func watch(_ job: Job, on other: JobQueue? = nil) -> [Job] {
        let heard = Mutex<[Job]>([])
        let over = Semaphore()
        let cancel = (other ?? queue).observe(job) { now in
            heard.withLock { $0.append(now) }
            if now.state.isFinal { over.post() }
        }
        #expect(over.wait(milliseconds: 20_000))
        cancel()
        return heard.withLock { $0 }
    }

    func count() throws -> Int {
        try test.database.read { try $0.first("SELECT count(*) AS jobs FROM jobs")?.get("jobs") ?? -1 }
    }
}
