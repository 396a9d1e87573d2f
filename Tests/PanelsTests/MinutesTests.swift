import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Panels

@Suite struct MinutesTests {
    typealias W = PanelWords

    private func view(
        _ world: PanelWorld, _ meeting: ID<PanelMeeting>, _ actor: Actor, about person: ID<Person>? = nil,
        side: SubjectSide? = nil, at now: Instant = PanelWorld.meetingStart
    ) throws -> MinutesView? {
        try world.by(actor, at: now) { try $0.minutes(of: meeting, about: person, side: side, on: $1, in: $2) }
    }

    private func texts(_ view: MinutesView?) -> Set<String> {
        Set(view?.items.flatMap { $0.lines.map(\.text) } ?? [])
    }

    /// A meeting in session into which the haven released an address, and in which lines of each side were written.
    private func session(_ engine: Engine) throws -> (PanelWorld, PanelWorld.Pair, ID<PanelMeeting>, ID<AgendaItem>) {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (meeting, items) = try world.session([pair])
        let start = PanelWorld.meetingStart
        try world.by(PanelWorld.haven, at: start) { store, occasion, connection in
            let id = try store.returnResearch(
                NewResearch(
                    items[0], pair.victim, .known,
                    [
                        NewStatement(.fact, "She lives at 12 Oak Road", .p3, side: .victim),
                        NewStatement(.fact, "Her adviser is Jo", .p3, side: .victim),
                        NewStatement(.opinion, "She may go back to him", .p2, side: .victim),
                    ]), on: occasion, in: connection
            ).get()
            let lines = try store.research(on: items[0], on: occasion, in: connection)[0].lines
            try store.release([lines[0].id, lines[1].id], of: id, on: occasion, in: connection).get()
        }
        for (text, fieldClass, side, person) in [
            ("He lost his job", FieldClass.p2, SubjectSide.perpetrator, pair.perpetrator),
            ("She wants to move", .p2, .victim, pair.victim), ("The school was told", .p1, .child, nil),
        ] as [(String, FieldClass, SubjectSide, ID<Person>?)] {
            _ = try world.by(PanelWorld.coordinator, at: start) {
                try $0.minute(
                    NewMinuteLine(.discussion, NewStatement(.fact, text, fieldClass, side: side), about: person),
                    of: items[0], on: $1, in: $2
                ).get()
            }
        }
        return (world, pair, meeting, items[0])
    }

    @Test(
        "Each reader's view is made from what they may see: no address or adviser on the side of who harms",
        arguments: TestDatabase.engines)
    func sides(_ engine: Engine) throws {
        let (world, _, meeting, _) = try session(engine)
        let shared: Set<String> = ["He lost his job", "She wants to move", "The school was told"]
        let safety: Set<String> = ["She lives at 12 Oak Road", "Her adviser is Jo"]

        #expect(try texts(view(world, meeting, PanelWorld.health)) == shared.union(safety))
        #expect(try texts(view(world, meeting, PanelWorld.haven)) == shared.union(safety))
        #expect(try texts(view(world, meeting, PanelWorld.probation)) == shared)
        // The co-ordinator wrote it down in the room, on the victim's side.
        #expect(try texts(view(world, meeting, PanelWorld.coordinator)) == shared.union(safety))
        #expect(try view(world, meeting, PanelWorld.fire) == nil)
        #expect(try view(world, meeting, PanelWorld.officer) == nil)
        let unread = PanelWorld.actor(60, "panel-member", agency: "health")
        #expect(try texts(view(world, meeting, unread)).isEmpty)
    }

    @Test("A view of one person or side holds only that", arguments: TestDatabase.engines)
    func person(_ engine: Engine) throws {
        let (world, pair, meeting, _) = try session(engine)

        #expect(
            try texts(view(world, meeting, PanelWorld.health, about: pair.perpetrator)) == ["He lost his job"])
        #expect(
            try texts(view(world, meeting, PanelWorld.health, side: .child)) == ["The school was told"])
        #expect(
            try texts(view(world, meeting, PanelWorld.probation, about: pair.victim)) == ["She wants to move"])
    }

    @Test("Lines about a person are hidden from who has a conflict with that person", arguments: TestDatabase.engines)
    func conflict(_ engine: Engine) throws {
        let (world, pair, meeting, _) = try session(engine)
        try world.write {
            try world.store.register.declareConflict(
                with: ID(pair.perpetrator), on: world.occasion(PanelWorld.health), in: $0)
        }

        #expect(try !texts(view(world, meeting, PanelWorld.health)).contains("He lost his job"))
        #expect(try texts(view(world, meeting, PanelWorld.haven)).contains("He lost his job"))
    }

    @Test("A line is about someone of the item’s case whom its writer sees", arguments: TestDatabase.engines)
    func about(_ engine: Engine) throws {
        let (world, pair, _, item) = try session(engine)
        let stranger = try world.person("Mia", side: .victim)
        func minute(_ person: ID<Person>) throws -> PanelRefusal? {
            try world.by(PanelWorld.coordinator, at: PanelWorld.meetingStart) {
                try $0.minute(
                    NewMinuteLine(.discussion, NewStatement(.fact, "They were seen"), about: person), of: item, on: $1,
                    in: $2
                ).refusal
            }
        }

        #expect(try minute(stranger)?.fields == ["about"])
        #expect(try minute(pair.perpetrator) == nil)
        try world.write {
            try world.store.register.declareConflict(
                with: ID(pair.perpetrator), on: world.occasion(PanelWorld.coordinator), in: $0)
        }
        #expect(try minute(pair.perpetrator)?.fields == ["about"])
    }

    @Test(
        "Nobody writes what an agency keeps back into the minutes, and nothing is released after the meeting",
        arguments: TestDatabase.engines)
    func withheld(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (meeting, items) = try world.session([pair])
        let start = PanelWorld.meetingStart
        let police = PanelWorld.actor(61, "panel-coordinator", "case-officer", agency: "police")
        try world.accept(meeting, [police], at: start)
        let id = try world.by(police, at: start) {
            try $0.returnResearch(
                NewResearch(items[0], pair.victim, .known, [NewStatement(.fact, "An informant saw him")]), on: $1,
                in: $2
            ).get()
        }
        let line = try world.by(police, at: start) { try $0.research(on: items[0], on: $1, in: $2)[0].lines[0].id }
        func minute(_ text: String) throws -> PanelRefusal? {
            try world.by(police, at: start) {
                try $0.minute(NewMinuteLine(.discussion, NewStatement(.fact, text)), of: items[0], on: $1, in: $2)
                    .refusal
            }
        }
        #expect(try minute("It was said that an  INFORMANT saw him.")?.fields == ["text"])
        #expect(try minute("It was said that he was seen") == nil)
        try world.decide(items[0])
        _ = try world.step(.draft, meeting, at: start).get()
        #expect(try minute("An informant saw him")?.fields == ["text"])
        let late = try world.by(police, at: start) { try $0.release([line], of: id, on: $1, in: $2).refusal }
        if case .meetingState(.minutesDraft)? = late {} else { Issue.record("It was released after the meeting") }
        let research = try world.by(PanelWorld.haven, at: start) { try $0.research(on: items[0], on: $1, in: $2) }
        #expect(research.isEmpty)
    }

    @Test(
        "Approved minutes do not change; before that a line is struck by who writes them or whose it is",
        arguments: TestDatabase.engines)
    func approved(_ engine: Engine) throws {
        let (world, _, meeting, item) = try session(engine)
        let start = PanelWorld.meetingStart
        let lines = try #require(try view(world, meeting, PanelWorld.haven)?.items.first?.lines)
        let adviser = try #require(lines.first { $0.text == "Her adviser is Jo" })
        let address = try #require(lines.first { $0.text == "She lives at 12 Oak Road" })
        let job = try #require(lines.first { $0.text == "He lost his job" })
        func strike(_ line: MinuteLine, _ actor: Actor, reason: String = "Not for the minutes") throws -> PanelRefusal?
        {
            try world.by(actor, at: start) { try $0.strike(line.id, reason: reason, on: $1, in: $2).refusal }
        }

        #expect(try strike(adviser, PanelWorld.probation)?.isAbsent == true)
        #expect(try strike(job, PanelWorld.haven)?.isDenied == true)
        #expect(try strike(adviser, PanelWorld.haven, reason: "")?.stop == .reason)
        #expect(try strike(adviser, PanelWorld.haven) == nil)
        #expect(try world.reasons(meeting) == ["Not for the minutes"])
        #expect(try !texts(view(world, meeting, PanelWorld.haven)).contains("Her adviser is Jo"))

        try world.decide(item)
        try world.approve(meeting)
        if case .meetingState(.minutesApproved)? = try strike(address, PanelWorld.haven) {
        } else {
            Issue.record("Approved minutes were changed")
        }
        let minuted = try world.by(PanelWorld.coordinator, at: start) {
            try $0.minute(NewMinuteLine(.discussion, NewStatement(.fact, "Later")), of: item, on: $1, in: $2).refusal
        }
        if case .meetingState(.minutesApproved)? = minuted {} else { Issue.record("Approved minutes were changed") }
        let kept = try #require(try view(world, meeting, PanelWorld.health))
        #expect(kept.meeting.approvedBy == PanelWorld.chair.account)
        #expect(kept.items.first?.item.decision == "A plan was agreed")
        #expect(kept.attendance.count == PanelWorld.members.count)
    }

    @Test("What was read is in the audit, as deep as it was", arguments: TestDatabase.engines)
    func audited(_ engine: Engine) throws {
        let (world, _, meeting, _) = try session(engine)
        func deepest(_ actor: Actor) throws -> String? {
            _ = try view(world, meeting, actor)
            return try world.write {
                try $0.rows(
                    """
                    SELECT object_class FROM audit_entries
                    WHERE account = \(actor.account) AND object_id = \(meeting) AND act = 'read' ORDER BY seq DESC
                    """
                ).first?.optional("object_class", as: String.self)
            }
        }

        #expect(try deepest(PanelWorld.health) == "P3")
        #expect(try deepest(PanelWorld.probation) == "P2")
    }

    @Test("A decision needs an action or why there is none, and the risk after it", arguments: TestDatabase.engines)
    func decisions(_ engine: Engine) throws {
        let (world, _, _, item) = try session(engine)
        let start = PanelWorld.meetingStart
        func decide(_ decision: ItemDecision, _ actor: Actor = PanelWorld.coordinator) throws -> PanelRefusal? {
            try world.by(actor, at: start) { try $0.decide(decision, on: item, on: $1, in: $2).refusal }
        }

        #expect(try decide(ItemDecision("Plan", riskBefore: "high", riskAfter: "low"))?.fields == ["actions"])
        #expect(try decide(ItemDecision("Plan", riskBefore: "high", riskAfter: " "))?.fields == ["risk"])
        #expect(try decide(ItemDecision(" ", riskBefore: "high", riskAfter: "low"))?.fields == ["decision"])
        let fine = ItemDecision("Plan", riskBefore: "high", riskAfter: "low", noAction: "All is done", taken: 14)
        #expect(try decide(fine, PanelWorld.haven)?.isDenied == true)
        #expect(try decide(fine, PanelWorld.chair) == nil)
    }
}
