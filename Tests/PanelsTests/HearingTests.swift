import Casework
import Governance
import Kernel
import Storage
import TestDatabases
import Testing

@testable import Panels

@Suite struct HearingTests {
    @Test(
        "What an approved meeting settled is read by who works on the case, and at the panel by who accepted confidentiality",
        arguments: TestDatabase.engines)
    func settled(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (meeting, items) = try world.session([pair])
        let start = PanelWorld.meetingStart
        _ = try world.addAction(
            "Change the locks", to: items[0], owner: PanelWorld.council, due: start.ukDate.advanced(by: 7))
        try world.decide(items[0], noAction: nil)
        try world.approve(meeting)
        let silent = PanelWorld.actor(60, "panel-member", agency: "health")
        let colleague = PanelWorld.actor(61, "panel-member", "case-officer", agency: "council")
        func hearings(_ actor: Actor) throws -> [PanelHearing] {
            try world.by(actor, at: start) { try $0.hearings(of: pair.caseID, on: $1, in: $2) }
        }

        // They see the case by the panel's listing, and nothing of what was decided.
        #expect(try world.reads(pair.caseID, silent, at: start))
        #expect(try hearings(silent).isEmpty)
        #expect(try hearings(PanelWorld.health).map(\.isOpen) == [true])
        for actor in [PanelWorld.officer, colleague] {
            let found = try hearings(actor)
            #expect(found.map(\.isOpen) == [false], "\(actor.name)")
            #expect(found.map(\.item.decision) == ["A plan was agreed"], "\(actor.name)")
        }
        try world.accept(meeting, [silent], at: start)
        #expect(try hearings(silent).map(\.item.decision) == ["A plan was agreed"])
    }
}
