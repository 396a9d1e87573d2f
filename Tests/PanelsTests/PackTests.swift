import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Panels

@Suite struct PackTests {
    @Test(
        "What leaves the program of a meeting holds no withheld address, whoever carries it; the pages do",
        arguments: TestDatabase.engines)
    func withheld(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let zoe = try world.person("Zoë", side: .victim)
        try world.write {
            _ = try $0.run(
                """
                INSERT INTO person_addresses
                    (id, person, kind, lines, secrecy, takes_letters, version, changed_at, changed_by)
                VALUES (\(zoe), \(zoe), 'home', \("12 Oak Road\nObbwade\nOB1 1AA"), 'ordinary', 1, 1, \(PanelWorld.now),
                    \(PanelWorld.officer.account))
                """)
        }
        let start = PanelWorld.meetingStart
        let pair = try world.pair(victim: zoe)
        let (meeting, items) = try world.session([pair])
        _ = try world.addAction(
            "Fit locks at 12 Oak Road", to: items[0], owner: PanelWorld.officer, due: after(40).ukDate)
        _ = try world.by(PanelWorld.coordinator, at: start) {
            let statement = NewStatement(.fact, "He was seen at 12 Oak Road, near the school", .p2, side: .victim)
            return try $0.minute(NewMinuteLine(.discussion, statement), of: items[0], on: $1, in: $2).get()
        }
        func texts() throws -> (shown: [String], taken: [String]) {
            try world.by(PanelWorld.coordinator, at: start) { store, occasion, connection in
                let agenda = try #require(try store.agenda(of: meeting, on: occasion, in: connection))
                let minutes = try #require(try store.minutes(of: meeting, on: occasion, in: connection))
                let taken = try store.withoutWithheldAddresses(agenda, minutes, in: connection)
                func all(_ view: MinutesView) -> [String] {
                    view.items.flatMap { item in
                        item.lines.map { line in line.text } + item.actions.map { action in action.text }
                    }
                }
                return (all(minutes), all(taken.1))
            }
        }
        // An address that is not withheld stays: the room needs it.
        let before = try texts()
        #expect(before.shown == before.taken && before.shown.count == 2)
        try world.write {
            _ = try $0.run("UPDATE person_addresses SET secrecy = 'safety' WHERE person = \(zoe)")
        }
        let guarded = try texts()
        #expect(guarded.shown.allSatisfy { $0.contains("12 Oak Road") })
        #expect(!guarded.taken.contains { $0.contains("Oak") })
        #expect(guarded.taken.contains { $0.hasPrefix("He was seen at") && $0.hasSuffix("near the school") })
    }
}
