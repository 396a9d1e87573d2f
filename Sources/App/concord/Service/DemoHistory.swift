import Casework
import CommandLine
import Kernel
import Storage

/// What the demo accounts did over the last weeks, done in the order in which it happened: the audit notes a clock that
/// goes back.
final class DemoHistory {
    private var acts: [(at: Instant, act: (Instant, Connection) throws -> Void)] = []

    /// Something that was done at a moment; now, for one that is still to come.
    func add(_ at: Instant, _ act: @escaping (Instant, Connection) throws -> Void) { acts.append((at, act)) }

    /// Does all of it.
    func make(in database: Database) throws {
        let now = Clock.system.now()
        let ordered = acts.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        try database.write { connection in
            for (at, act) in ordered.map(\.element) { try act(min(at, now), connection) }
        }
        acts = []
    }

    /// Makes the work of the demo partnership, unless there is some already.
    static func make(
        _ installation: Installation, _ register: DemoRegister, _ database: Database, _ progress: Progress
    ) throws {
        guard try database.read({ try $0.first("SELECT id FROM cases LIMIT 1") }) == nil else {
            return progress.say("The demo cases are there already.")
        }
        let (now, history) = (Clock.system.now(), DemoHistory())
        let cases = try installation.cases()
        DemoCases(register: register, store: cases).add(to: history, now: now)
        let orders = try DemoOrders(register: register)
        try DemoCohort(register: register, cases: cases, orders: orders.store).add(to: history, now: now)
        try DemoPanels(register: register, store: installation.panels(cases)).add(to: history, now: now)
        for (at, act) in orders.acts(now: now) { history.add(at, act) }
        try DemoCaseReviews(register: register, cases: cases).add(to: history, now: now)
        try history.make(in: database)
        let count = try database.read { try $0.first("SELECT count(*) AS n FROM cases")?.get("n", as: Int.self) } ?? 0
        progress.say("Made \(count) demo cases.")
    }
}
