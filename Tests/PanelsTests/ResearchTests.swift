import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Panels

@Suite struct ResearchTests {
    typealias W = PanelWords

    struct Opened {
        let world: PanelWorld
        let pair: PanelWorld.Pair
        let meeting: ID<PanelMeeting>
        let item: ID<AgendaItem>
    }

    /// A meeting whose research is open.
    static func opened(_ engine: Engine, agencies: [String] = []) throws -> Opened {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let meeting = try world.call()
        let item = try world.list(world.accepted(pair), on: meeting, agencies: agencies)
        try world.accept(meeting)
        _ = try world.step(.publishAgenda, meeting, at: PanelWorld.now).get()
        return Opened(world: world, pair: pair, meeting: meeting, item: item)
    }

    private func give(
        _ opened: Opened, _ person: ID<Person>? = nil, _ answer: ResearchAnswer = .known,
        _ lines: [NewStatement], caution: String? = nil, withheld: String? = nil, by actor: Actor,
        at now: Instant = PanelWorld.now
    ) throws -> Result<ID<ResearchReturn>, PanelRefusal> {
        try opened.world.by(actor, at: now) {
            try $0.returnResearch(
                NewResearch(
                    opened.item, person ?? opened.pair.victim, answer, lines, caution: caution,
                    withholds: withheld != nil, withheldReason: withheld), on: $1, in: $2)
        }
    }

    private func research(_ opened: Opened, _ actor: Actor, at now: Instant = PanelWorld.now) throws -> [ResearchReturn]
    {
        try opened.world.by(actor, at: now) { try $0.research(on: opened.item, on: $1, in: $2) }
    }

    @Test(
        "Research is the agency's own until it releases lines, and then these lines alone",
        arguments: TestDatabase.engines)
    func release(_ engine: Engine) throws {
        let opened = try Self.opened(engine)
        let id = try give(
            opened, nil, .known,
            [
                NewStatement(.fact, "She is in treatment", .p2, side: .victim),
                NewStatement(.opinion, "She plays it down", .p2, side: .victim),
            ], caution: "She has not been told", withheld: "Told in confidence", by: PanelWorld.health
        ).get()
        #expect(try research(opened, PanelWorld.health).first?.lines.map(\.kind) == [.fact, .opinion])
        #expect(try research(opened, PanelWorld.health).first?.withheldReason == "Told in confidence")
        for actor in PanelWorld.members where actor != PanelWorld.health {
            #expect(try research(opened, actor).isEmpty, "\(actor.name)")
        }

        let line = try #require(try research(opened, PanelWorld.health).first?.lines.first)
        func release(_ lines: [ID<ResearchLine>], _ actor: Actor) throws -> PanelRefusal? {
            try opened.world.by(actor) { try $0.release(lines, of: id, on: $1, in: $2).refusal }
        }
        #expect(try release([line.id], PanelWorld.haven)?.isAbsent == true)
        #expect(try release([line.id], PanelWorld.coordinator)?.isAbsent == true)
        #expect(try release([], PanelWorld.health)?.fields == ["lines"])
        #expect(try release([line.id], PanelWorld.health) == nil)

        for actor in PanelWorld.members where actor != PanelWorld.health {
            let shown = try research(opened, actor)
            #expect(shown.first?.lines.map(\.text) == ["She is in treatment"], "\(actor.name)")
            #expect(shown.first?.caution == nil)
            #expect(shown.first?.withheldReason == nil)
        }
        #expect(try research(opened, PanelWorld.health).first?.lines.count == 2)
        #expect(try research(opened, PanelWorld.officer).isEmpty)
    }

    @Test("That a person is not known is told when it is released", arguments: TestDatabase.engines)
    func notKnown(_ engine: Engine) throws {
        let opened = try Self.opened(engine)
        let line = NewStatement(.fact, "Something")

        #expect(try give(opened, nil, .notKnown, [line], by: PanelWorld.health).refusal?.fields == ["answer"])
        #expect(try give(opened, nil, .known, [], by: PanelWorld.health).refusal?.fields == ["lines"])
        #expect(try give(opened, nil, .known, [], withheld: " ", by: PanelWorld.health).refusal?.fields == ["withheld"])
        #expect(
            try give(opened, nil, .known, [NewStatement(.fact, " ")], by: PanelWorld.health).refusal?.fields == [
                "lines"
            ])
        #expect(
            try give(opened, nil, .known, [NewStatement(.fact, "x", .p4)], by: PanelWorld.health).refusal?.fields
                == ["lines"])
        let id = try give(opened, nil, .notKnown, [], by: PanelWorld.health).get()
        #expect(try research(opened, PanelWorld.haven).isEmpty)
        try opened.world.by(PanelWorld.health) { try $0.release([], of: id, on: $1, in: $2).get() }
        #expect(try research(opened, PanelWorld.haven).map(\.answer) == [.notKnown])
        #expect(try give(opened, nil, .notKnown, [], by: PanelWorld.health).refusal?.fields == ["person"])
    }

    @Test(
        "Each agency gets only its people, and who prepares the meeting sees who answered, not what",
        arguments: TestDatabase.engines)
    func nominals(_ engine: Engine) throws {
        let opened = try Self.opened(engine, agencies: ["haven", "probation"])
        func nominals(_ actor: Actor) throws -> Set<ID<Person>> {
            Set(
                try opened.world.by(actor) {
                    try $0.nominals(of: opened.meeting, on: $1, in: $2).map(\.person)
                })
        }
        #expect(try nominals(PanelWorld.haven) == [opened.pair.victim, opened.pair.perpetrator])
        #expect(try nominals(PanelWorld.health).isEmpty)
        #expect(try nominals(PanelWorld.officer).isEmpty)
        let foreign = try opened.world.person("Else", side: .victim)
        #expect(
            try give(opened, foreign, .notKnown, [], by: PanelWorld.haven).refusal?.isAbsent == true)
        #expect(try give(opened, nil, .notKnown, [], by: PanelWorld.health).refusal?.isAbsent == true)

        _ = try give(opened, opened.pair.perpetrator, .notKnown, [], by: PanelWorld.probation).get()
        let progress = try opened.world.by(PanelWorld.coordinator) {
            try $0.researchProgress(of: opened.meeting, on: $1, in: $2).get()
        }
        let asked = Dictionary(uniqueKeysWithValues: progress.map { ($0.agency.text, $0.asked) })
        let answered = Dictionary(uniqueKeysWithValues: progress.map { ($0.agency.text, $0.answered) })
        // The police prepare the panel and are asked with the two; each has the two people of the case.
        #expect(asked == ["police": 2, "haven": 2, "probation": 2, "health": 0, "council": 0])
        #expect(answered == ["police": 0, "haven": 0, "probation": 1, "health": 0, "council": 0])
        let refused = try opened.world.by(PanelWorld.health) {
            try $0.researchProgress(of: opened.meeting, on: $1, in: $2).refusal
        }
        #expect(refused?.isDenied == true)
    }

    @Test("Research after the last day is taken and marked late", arguments: TestDatabase.engines)
    func late(_ engine: Engine) throws {
        let opened = try Self.opened(engine)
        let line = NewStatement(.fact, "She is in treatment")
        // The meeting is on 16 June: the last day is 13 June, twelve days after the first of the month.
        let inTime = try give(opened, nil, .known, [line], by: PanelWorld.health, at: after(12)).get()
        let late = try give(opened, nil, .known, [line], by: PanelWorld.haven, at: after(13)).get()

        let rows = try opened.world.write { try ResearchRows.returns(of: [opened.item], in: $0) }
        #expect(rows.first { $0.id == inTime }?.isLate == false)
        #expect(rows.first { $0.id == late }?.isLate == true)
    }

    @Test(
        "Who sits on the panel for an agency returns its research; who chairs it does not",
        arguments: TestDatabase.engines)
    func roles(_ engine: Engine) throws {
        let opened = try Self.opened(engine)
        let line = NewStatement(.fact, "She rents from us")

        #expect(try give(opened, nil, .known, [line], by: PanelWorld.chair).refusal?.isDenied == true)
        #expect(try give(opened, nil, .known, [line], by: PanelWorld.council).refusal == nil)
        // What keeps a victim safe is not written by who works with people who harm.
        let safety = NewStatement(.fact, "12 Oak Road", .p3, side: .victim)
        #expect(try give(opened, nil, .known, [safety], by: PanelWorld.probation).refusal?.isDenied == true)
        #expect(try give(opened, nil, .known, [safety], by: PanelWorld.health).refusal == nil)
        #expect(try give(opened, nil, .known, [safety], by: PanelWorld.haven).refusal == nil)
    }

    @Test(
        "Minutes are written while research still comes in, and neither loses anything", arguments: TestDatabase.engines
    )
    func together(_ engine: Engine) async throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (meeting, items) = try world.session([pair])
        let start = PanelWorld.meetingStart
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 0..<12 {
                    let line = NewMinuteLine(.discussion, NewStatement(.fact, "Line \(number)"))
                    _ = try world.by(PanelWorld.coordinator, at: start) {
                        try $0.minute(line, of: items[0], on: $1, in: $2).get()
                    }
                }
            }
            for actor in [PanelWorld.health, PanelWorld.haven] {
                group.addTask {
                    let told = NewResearch(
                        items[0], pair.victim, .known, [NewStatement(.fact, "Told by \(actor.agency)")], caution: nil,
                        withholds: false, withheldReason: nil)
                    _ = try world.by(actor, at: start) { try $0.returnResearch(told, on: $1, in: $2).get() }
                }
            }
            try await group.waitForAll()
        }
        let view = try world.by(PanelWorld.coordinator, at: start) { try $0.minutes(of: meeting, on: $1, in: $2) }
        let written = try #require(view?.items.first).lines.filter { $0.part == .discussion }.map(\.text)
        #expect(written == (0..<12).map { "Line \($0)" })
        let returned = try world.write { try ResearchRows.returns(of: items, in: $0) }
        #expect(Set(returned.map(\.agency)) == [PanelWorld.health.agency, PanelWorld.haven.agency])
    }
}
