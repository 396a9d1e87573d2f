import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("Where a household lives is guarded like an address", .serialized)
struct HouseholdLetterTests {
    typealias W = CaseWorld

    private func join(
        _ lines: String, _ members: [HouseholdMember], _ world: LetterWorld
    ) throws {
        try world.world.write { connection in
            let id = ID<Household>(at: W.now)
            _ = try connection.run(
                """
                INSERT INTO households (id, lines, changed_at, changed_by)
                VALUES (\(id), \(lines), \(W.now), \(W.officer.account))
                """)
            for member in members {
                _ = try connection.run(
                    """
                    INSERT INTO household_members (household, person, role, from_day, until_day)
                    VALUES (\(id), \(member.person), \(member.role.rawValue), \(member.from), \(member.until))
                    """)
            }
        }
    }

    private func refuses(_ text: String, _ world: LetterWorld) throws -> Bool {
        let draft = try world.draft("asb-warning", to: "alleged-perpetrator", ["request": text])
        return try world.compose(draft).refusal?.fields == ["request"]
    }

    @Test("It stands in no letter to the other side, and in no papers without safety", arguments: TestDatabase.engines)
    func guarded(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        #expect(try !refuses("Keep away from 4 Hill", world))
        try join("4 Hill\nObbwade\nOB7 7HH", [HouseholdMember(world.victim, .adult)], world)
        for text in ["Keep away from 4 Hill", "ob77hh"] { #expect(try refuses(text, world), "\(text)") }
        let papers = CasePapers(
            attachments: AttachmentStore(cases: world.cases, sealing: AttachmentTests.sealing, largest: 1 << 20))
        func redacted(_ withSafety: Bool) throws -> String {
            try world.world.write {
                try papers.content(
                    of: world.id, .init(withSafety: withSafety, reason: "Panel"), for: .print,
                    on: world.world.occasion(W.officer), in: $0
                ).get().guarded.redacted("Seen at 4 Hill")
            }
        }
        #expect(try redacted(false) == "Seen at [withheld]" && redacted(true) == "Seen at 4 Hill")
        // Once an address of hers is withheld, so is where her household lives.
        try world.world.write {
            _ = try $0.run("UPDATE people SET address_secrecy = 'safety' WHERE id = \(world.victim)")
        }
        #expect(try redacted(true) == "Seen at [withheld]")
    }

    @Test("Whoever lives there too may be written to of it, and whoever left may not", arguments: TestDatabase.engines)
    func shared(_ engine: Engine) throws {
        let together = try LetterWorld(engine)
        try join(
            "4 Hill\nObbwade\nOB7 7HH",
            [HouseholdMember(together.victim, .adult), HouseholdMember(together.harmer, .adult)], together)
        #expect(try !refuses("Keep quiet at 4 Hill", together))
        // The household may have gone on to live elsewhere since.
        let apart = try LetterWorld(engine)
        let left = HouseholdMember(apart.harmer, .adult, until: W.today.advanced(by: -30))
        try join("4 Hill\nObbwade\nOB7 7HH", [HouseholdMember(apart.victim, .adult), left], apart)
        #expect(try refuses("Keep quiet at 4 Hill", apart))
    }

    @Test("A type of case that was switched off withholds what it did", arguments: TestDatabase.engines)
    func withoutType(_ engine: Engine) throws {
        let world = try LetterWorld(engine, secrecy: .safety)
        try world.world.write { _ = try $0.run("UPDATE cases SET type = 'gone' WHERE id = \(world.id)") }
        let words = try world.world.write { try world.cases.withheldAddresses(of: world.id, in: $0) }
        #expect(words.redacted("At 12 Acacia Road and 9 Mill Lane") == "At [withheld] and 9 Mill Lane")
    }
}
