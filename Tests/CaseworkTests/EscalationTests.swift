import Documents
import Files
import Governance
import Kernel
import Rules
import Storage
import TestDatabases
import Testing

@testable import Casework

/// How many call-outs show that it gets worse is each area's own number: Bristol's three, the shipped four after
/// Croydon, five on forms of the Cheshire type (casework.md §2.24, §5.4). It is told on Monday 1 June 2026.
@Suite("Escalation by the partnership's own rule", .serialized)
struct EscalationTests {
    typealias W = CaseWorld
    typealias J = CaseJourney

    /// A store whose partnership has a file of rules of its own before the shipped ones.
    private static func store(_ world: W, own: String) throws -> CaseStore {
        var random = SystemRandomNumberGenerator()
        let folder = "/tmp/concord-rules-\(random.next())"
        try FileSystem.makeFolder(folder)
        defer { _ = try? ChildProcess("rm", ["-rf", folder], seconds: 10).run([]) }
        try FileSystem.copy("\(W.definitions)/rules/default.json", to: "\(folder)/default.json")
        try FileSystem.write(Array(own.utf8), to: "\(folder)/own.json")
        let shipped = world.store
        return try CaseStore(
            roles: shipped.register.roles, catalogue: shipped.catalogue, instruments: shipped.instruments,
            policy: PolicyRules(folder: folder, own: "own"), calendar: shipped.calendar)
    }

    private static func rule(_ count: Int, from day: String, _ more: String = "") -> String {
        """
        {"name": "Ours", "version": "1", "approvedBy": "The board", "approvedOn": "2026-01-15", "rules": [
            {"key": "marac.escalation.n", "name": "Call-outs", "value": \(count), "from": "\(day)",
             "source": "Minutes of the board", "standing": "practice"\(more)}
        ]}
        """
    }

    private static func referred(_ world: W) throws -> J {
        try J(
            "marac", in: world, ["victim": "Ada"],
            ["referral": ["route": "escalation", "why": "x", "immediate": "no", "aware": "yes"]])
    }

    private static func callOut(
        _ day: String, _ marac: J, _ store: CaseStore, at now: Instant = W.now
    ) throws {
        var entry = J.entry("incident", ["what": "He waited at work"], of: marac.type, at: now)
        entry.happenedOn = LocalDate(day)
        _ = try marac.world.write {
            try store.fill(entry, in: marac.id, on: marac.world.occasion(W.officer, at: now), in: $0).get()
        }
    }

    @Test(
        "The third, fourth or fifth call-out in twelve months raises one flag and one action, as the own file says",
        arguments: TestDatabase.engines, [3, 4, 5])
    func threshold(_ engine: Engine, _ needed: Int) throws {
        let world = try W(engine)
        let store = try Self.store(world, own: Self.rule(needed, from: "2020-01-01"))
        let marac = try Self.referred(world)
        let ada = try #require(try marac.view().parties.first?.person)
        // Twelve months before 1 June 2026 begin on 1 June 2025: the day before lies outside.
        try Self.callOut("2025-05-31", marac, store)
        try Self.callOut("2025-06-01", marac, store)
        // Two entries about one day are one call-out.
        try Self.callOut("2025-06-01", marac, store)
        for month in 1..<(needed - 1) { try Self.callOut("2026-0\(month)-15", marac, store) }
        #expect(try marac.view().flags.isEmpty && marac.view().actions.isEmpty)
        for day in ["2026-05-31", "2026-06-01"] {
            try Self.callOut(day, marac, store)
            let view = try marac.view()
            // Twelve months beginning with 1 June 2026, and five working days after it: 2, 3, 4, 5 and 8 June.
            #expect(view.flags.map(\.code) == ["escalation"] && view.flags.map(\.person) == [ada], "\(day)")
            #expect(view.flags.map(\.until?.inWords) == ["31 May 2027"], "\(day)")
            #expect(
                view.flags.map(\.text) == ["It happens more often"], "\(day)")
            #expect(view.actions.map(\.origin) == ["escalation"] && view.actions.map(\.status) == [.open], "\(day)")
            #expect(view.actions.map(\.due.inWords) == ["8 June 2026"], "\(day)")
            #expect(
                view.actions.map(\.text) == ["Decide today whether to refer again: it happens more often"], "\(day)")
        }
    }

    @Test("The own number counts from its first day, and only once it is approved; until then the shipped four does")
    func days() throws {
        let world = try W(.sqlite)
        let days = ["2026-03-15", "2026-04-15", "2026-05-15"]
        let late = try Self.store(world, own: Self.rule(3, from: "2026-06-02"))
        let marac = try Self.referred(world)
        for day in days { try Self.callOut(day, marac, late) }
        #expect(try marac.view().flags.isEmpty)
        // Told a day later, a fourth entry about a day that counts already: three call-outs, and now three are enough.
        let tomorrow = Instant(milliseconds: W.now.milliseconds + 86_400_000)
        try Self.callOut("2026-05-15", marac, late, at: tomorrow)
        #expect(try marac.view().flags.map(\.code) == ["escalation"])

        let waiting = try Self.store(
            world, own: Self.rule(3, from: "2020-01-01", ", \"awaits\": \"The board has not met\""))
        let other = try Self.referred(world)
        for day in days { try Self.callOut(day, other, waiting) }
        #expect(try other.view().flags.isEmpty)
        try Self.callOut("2026-05-20", other, waiting)
        #expect(try other.view().flags.map(\.code) == ["escalation"])
    }
}
