import Casework
import Governance
import Kernel
import Storage
import TestDatabases
import Testing

@testable import Panels

@Suite struct PanelWorkTests {
    typealias W = PanelWords

    private func declined(_ world: PanelWorld, _ actor: Actor, at now: Instant) throws -> [LocalDate] {
        try world.by(actor, at: now) { try $0.work(on: $1, in: $2) }.filter {
            if case .declined = $0.kind { true } else { false }
        }.map(\.due)
    }

    private struct ToList: Equatable {
        let id: ID<PanelReferral>
        let next: ID<PanelMeeting>?
        let due: LocalDate
    }

    private func toList(_ world: PanelWorld, _ actor: Actor, at now: Instant) throws -> [ToList] {
        try world.by(actor, at: now) { try $0.work(on: $1, in: $2) }.compactMap { work in
            guard case .list(let referral, let next) = work.kind else { return nil }
            return ToList(id: referral.id, next: next?.id, due: work.due)
        }
    }

    @Test("Who referred is told of a refusal as long as they may appeal", arguments: TestDatabase.engines)
    func refused(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let first = try world.refer(world.pair())
        let second = try world.refer(world.pair())
        #expect(try declined(world, PanelWorld.officer, at: PanelWorld.now).isEmpty)
        for referral in [first, second] {
            try world.by(PanelWorld.chair) {
                try $0.answer(
                    referral, .decline(reason: "No", forum: "Another", nextStep: "Ring her"), on: $1, in: $2
                ).get()
            }
        }

        // Five working days after 1 June: 8 June is the last day.
        let last = W.day("2026-06-08")
        #expect(try declined(world, PanelWorld.officer, at: after(7)) == [last, last])
        try world.by(PanelWorld.officer, at: after(7)) {
            try $0.appeal(first, because: "He has found her", on: $1, in: $2).get()
        }
        #expect(try declined(world, PanelWorld.officer, at: after(7)) == [last])
        #expect(try declined(world, PanelWorld.officer, at: after(8)).isEmpty)
        for actor in [PanelWorld.coordinator, PanelWorld.chair, PanelWorld.fire] {
            #expect(try declined(world, actor, at: after(7)).isEmpty, "\(actor.name)")
        }
    }

    @Test(
        "Who prepares the panel is told of what was accepted and stands on no agenda, of an emergency at once",
        arguments: TestDatabase.engines)
    func accepted(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let ordinary = try world.accepted(world.pair())
        let urgent = try world.refer(world.pair(), isEmergency: true)
        try world.by(PanelWorld.coordinator) { try $0.answer(urgent, .accept, on: $1, in: $2).get() }
        func found(_ actor: Actor = PanelWorld.coordinator, at now: Instant = PanelWorld.now) throws -> [ID<
            PanelReferral
        >: ToList] {
            Dictionary(try toList(world, actor, at: now).map { ($0.id, $0) }) { first, _ in first }
        }

        // No meeting is called.
        let none = try found()
        #expect(none[ordinary] == ToList(id: ordinary, next: nil, due: PanelWorld.today))
        #expect(none[urgent] == ToList(id: urgent, next: nil, due: PanelWorld.today))
        let meeting = try world.call()
        // Eight working days before 16 June are 4 June.
        let called = try found()
        #expect(called[ordinary] == ToList(id: ordinary, next: meeting, due: W.day("2026-06-04")))
        #expect(called[urgent] == ToList(id: urgent, next: meeting, due: PanelWorld.today))
        // It is 5 June: the meeting takes the emergency alone.
        let late = try found(at: after(4))
        #expect(late[ordinary]?.next == nil && late[urgent]?.next == meeting)
        for actor in [PanelWorld.health, PanelWorld.officer, PanelWorld.fire] {
            #expect(try found(actor).isEmpty, "\(actor.name)")
        }
        _ = try world.list(ordinary, on: meeting)
        #expect(try Set(found().keys) == [urgent])
    }
}
