import Kernel
import Testing

@testable import Casework

@Suite("What must not stand in a text")
struct GuardedWordsTests {
    static let guarded: GuardedWords = {
        var words = GuardedWords()
        words.guardAddress("Flat 3\n12 Acacia Road\nObbwade\nOB1 2CD")
        words.guardPhone("07700 900123")
        words.guardEmail("zoe.obrien@example.org")
        words.guardName(given: "Zoë", family: "O’Brien", others: ["Zee"])
        return words
    }()

    /// Each text with what a reader finds in it.
    static let found: [(String, [GuardedWords.Kind])] = [
        ("She lives at 12 Acacia Road now", [.address]), ("12, ACACIA RD.", [.address]),
        ("near Acacia Road", [.address]),
        ("ob1 2cd", [.address]), ("OB12CD", [.address]), ("O B 1 2 C D", [.address]), ("call 07700900123", [.phone]),
        ("+44 7700 900 123", [.phone]), ("+44 (0)7700-900-123", [.phone]), ("0\u{200B}7700 900123", [.phone]),
        ("Zoe.OBrien@EXAMPLE.org", [.email, .name]),
        ("zoe . obrien @ example . org", [.email, .name]), ("write to ZOE.obrien(at)example.org", [.name]),
        ("Mrs O'Brien said", [.name]), ("Zoe came", [.name]), ("zoë o’brien", [.name]), ("O’Brien, Zoë", [.name]),
        ("Zee’s door", [.name]), ("Zoë at 12 Acacia Road", [.address, .name]),
    ]
    static let harmless = [
        "", "112 Acacia Roadside", "Obbwade council", "Flat 3", "07700 900124", "1077009001234", "zoey and zoed",
        "a zee in the word", "Brienne", "example.org", "OB1 2CE", "the 12 of May",
    ]

    @Test("It is found however it is spaced, accented, shortened or hidden")
    func finding() {
        for (text, kinds) in Self.found { #expect(Self.guarded.kinds(in: text) == kinds, "\(text)") }
        for text in Self.harmless { #expect(Self.guarded.kinds(in: text) == [], "\(text)") }
    }

    @Test("Taken out, the rest of the text stays as it was")
    func redaction() {
        #expect(
            Self.guarded.redacted("Write to 12 Acacia Road, Obbwade, or ring 07700 900 123. Thanks")
                == "Write to [withheld], Obbwade, or ring [withheld]. Thanks")
        #expect(Self.guarded.redacted("Nothing here – “at all”") == "Nothing here – “at all”")
        for (text, _) in Self.found { #expect(Self.guarded.kinds(in: Self.guarded.redacted(text)) == [], "\(text)") }
    }

    @Test("A month is no name by itself, and what is the addressee’s own is no secret from them")
    func exceptions() {
        var may = GuardedWords()
        may.guardName(given: "May", family: "Young")
        #expect(may.kinds(in: "by 12 May 2026") == [] && may.kinds(in: "May Young") == [.name])
        #expect(may.kinds(in: "when young people") == [] && may.kinds(in: "Ms Young") == [.name])
        var own = GuardedWords()
        own.guardName(given: "Tom", family: "Young")
        may.allow(own)
        #expect(may.kinds(in: "Mr Young") == [] && may.kinds(in: "May Young") == [.name])
    }

    @Test("Words about safe contact that forbid letters are understood")
    func safeContact() {
        for text in [
            "No letters please", "Do not write", "don't write to her", "He opens her post", "NO POST",
            "Phone only, nothing in writing",
        ] {
            #expect(SafeContact.forbidsPost(text), "\(text)")
        }
        for text in ["By letter, to the address", "Ring before ten", "Post is fine", "No postcards? write letters"] {
            #expect(!SafeContact.forbidsPost(text), "\(text)")
        }
    }

    @Test("No text stops the search, and what it takes out is gone")
    func fuzz() {
        var random = SeededRandom(seed: 31)
        let pieces = [
            "Zoë", "O’Brien", " ", "12", "Acacia", "Road", "\u{301}", "07700", "900123", ",", "👩‍👧", "ß", "@", "\n",
        ]
        for round in 0..<2000 {
            let text = (0..<random.below(12)).map { _ in pieces[random.below(pieces.count)] }.joined()
            #expect(Self.guarded.kinds(in: Self.guarded.redacted(text)) == [], "round \(round): \(text)")
        }
    }
}
