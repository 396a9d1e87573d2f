import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("Addresses in answers of several lines are guarded, ordinary words are not", .serialized)
struct GuardedProseTests {
    private func words(_ prose: String) -> GuardedWords {
        var words = GuardedWords()
        words.guardProse(prose)
        return words
    }

    @Test("Lines, clauses, postcodes, and streets with and without their number are found")
    func found() {
        for (prose, text) in [
            ("She stays with her sister at 14 Harbour Walk, Obbwade OB9 9ZZ. Her sister knows.", "14 Harbour Walk"),
            ("She stays with her sister at 14 Harbour Walk, Obbwade OB9 9ZZ. Her sister knows.", "in Harbour Walk"),
            ("She stays with her sister at 14 Harbour Walk, Obbwade OB9 9ZZ. Her sister knows.", "OB99ZZ"),
            ("now at 12a acacia road with the children", "12A Acacia Rd"),
            ("now at 12a acacia road with the children", "Acacia Road"),
            ("The refuge is Rose House, nobody knows it", "Rose House"),
            ("Flat 4\nRose House\nMill Lane\nSE15 1AA", "by Mill Ln"),
            ("Fairview, Little Wenlock, Telford, TF1 1AA", "at Fairview"),
            ("Since May at Rose Cottage, Little Wenlock, Telford TF1 1AA", "Rose cottage"),
            ("Moved to 12 Cornhill last week", "12 Cornhill"),
            ("They go to St Mary's Primary School", "St Mary’s Primary School"),
            ("Ring her sister on 020 7946 0123, or amy@example.org.", "(020) 79460123"),
            ("Ring her sister on 020 7946 0123, or amy@example.org.", "Amy@example.org"),
        ] { #expect(!words(prose).kinds(in: text).isEmpty, "\(text) of: \(prose)") }
    }

    @Test("Words that place nobody stay")
    func ordinary() {
        let prose = """
            On 12 June 2026 she moved away from the house with her 3 children. He drove down the road 5 times in 2 \
            weeks, at 10 pm, on the M25 6pm. She told the Crown Court and Leeds Magistrates' Court in Leeds, LS1 2ED. \
            She works in Peckham; 2 Police officers keep watch, ring 999. Her mother fetches them from the primary school. \
            Mr Hall and Dr Close know. Nobody lives close to the Town Hall.
            """
        for text in [
            "12 June 2026", "the house", "3 children", "down the road", "5 times", "2 weeks", "10 pm", "6pm",
            "the Crown Court", "Magistrates’ Court", "Leeds", "Peckham", "Police officers", "2 Police officers", "999",
            "the primary school", "Mr Hall", "Close", "Town Hall", "her mother", "She moved away",
        ] { #expect(words(prose).kinds(in: text).isEmpty, "\(text)") }
        #expect(words("12 June, 3 nights, 4 days at home, 2 Monday").isEmpty)
    }

    @Test(
        "What a text of the victim’s safety says of where she lives reaches neither a letter to him nor papers",
        arguments: TestDatabase.engines)
    func letter(_ engine: Engine) throws {
        let world = try LetterWorld(engine)
        _ = try world.world.fill(
            world.id, "safe-contact",
            [
                "channel": "phone", "voicemail": "no", "say": "no",
                "cautions": "She stays with her sister, Zoë O’Brien\n14 Harbour Walk\nOB9 9ZZ. He works in town.",
            ]
        ).get()
        for text in ["You stood in Harbour Walk", "OB9 9ZZ", "at 14, Harbour Walk"] {
            let draft = try world.draft("asb-warning", to: "alleged-perpetrator", ["behaviour": text])
            #expect(try world.compose(draft).refusal?.fields == ["behaviour"], "\(text)")
        }
        let plain = try world.draft(
            "asb-warning", to: "alleged-perpetrator", ["behaviour": "You shouted in town, at her sister"])
        _ = try world.compose(plain).get()
        let papers = CasePapers(
            attachments: AttachmentStore(cases: world.cases, sealing: AttachmentTests.sealing, largest: 1 << 20))
        let content = try world.world.write {
            try papers.content(
                of: world.id, .init(withSafety: false, reason: "Panel"), for: .print,
                on: world.world.occasion(CaseWorld.officer), in: $0
            ).get()
        }
        // Papers name her; a name above an address is no address.
        #expect(
            content.guarded.redacted("Zoë O’Brien at 14 Harbour Walk, in town")
                == "Zoë O’Brien at [withheld], in town")
    }
}
