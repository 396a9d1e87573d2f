import Governance
import Kernel
import Testing

@testable import People

@Suite("Names as they are compared")
struct NameTests {
    // Published with the algorithm's description at dropby.com and in the tests of Apache Commons Codec.
    static let published: [(String, String)] = [
        ("MACINTOSH", "MCANT"), ("KNUTH", "NAT"), ("KOEHN", "CAN"), ("PHILLIPSON", "FALAPSAN"),
        ("PFEISTER", "FASTAR"), ("SCHOENHOEFT", "SANAFT"), ("MCKEE", "MCY"), ("MACKIE", "MCY"),
        ("HEITSCHMIDT", "HATSNAD"), ("BART", "BAD"), ("HURD", "HAD"), ("HUNT", "HAD"),
        ("WESTERLUND", "WASTARLAD"), ("CASSTEVENS", "CASTAFAN"), ("VASQUEZ", "VASG"), ("FRAZIER", "FRASAR"),
        ("BOWMAN", "BANAN"), ("MCKNIGHT", "MCNAGT"), ("RICKERT", "RACAD"), ("DEUTSCH", "DAT"),
        ("WESTPHAL", "WASTFAL"), ("SHRIVER", "SRAVAR"), ("KUHL", "CAL"), ("RAWSON", "RASAN"), ("JILES", "JAL"),
        ("CARRAWAY", "CARY"), ("YAMADA", "YANAD"), ("O'Daniel", "ODANAL"), ("O'Donnel", "ODANAL"),
        ("Cory", "CARY"), ("Corey", "CARY"), ("Kory", "CARY"), ("FUZZY", "FASY"), ("Brian", "BRAN"),
        ("Brown", "BRAN"), ("Brun", "BRAN"), ("Dent", "DAD"), ("Dionne", "DAN"), ("Phil", "FAL"),
        ("Schmidt", "SNAD"), ("Smith", "SNAT"), ("Schmit", "SNAT"), ("Kobwick", "CABWAC"), ("Kocher", "CACAR"),
        ("Fesca", "FASC"), ("Shom", "SAN"), ("Ohlo", "OL"), ("Uhu", "UH"), ("Um", "UN"), ("Trueman", "TRANAN"),
        ("Truman", "TRANAN"), ("MACX", "MCX"), ("SCHX", "SX"), ("XEE", "XY"), ("XND", "XD"), ("XEV", "XAF"),
        ("XQ", "XG"), ("XZ", "X"), ("XM", "XN"), ("XSS", "X"), ("XAYS", "XY"), ("XAS", "X"),
    ]

    @Test("A name sounds as the published keys say", arguments: published)
    func keys(name: String, key: String) { #expect(NYSIIS.key(name) == key) }

    @Test("What has no Latin letter has no key, and one letter says too little")
    func noKey() {
        #expect(NYSIIS.key("") == nil)
        #expect(NYSIIS.key("李 42") == nil)
        #expect(NameWords.sound(of: "x") == nil)
        #expect(NameWords.sound(of: "catherine") == NameWords.sound(of: "katherine"))
    }

    @Test(
        "Accents, case and apostrophes make no difference",
        arguments: [
            ("Zoë", ["zoe"]), ("ZOE\u{0308}", ["zoe"]), ("O’Brien", ["obrien"]), ("O'BRIEN", ["obrien"]),
            ("Łukasz Żak-Nowak", ["lukasz", "zak", "nowak"]), ("Nguyễn", ["nguyen"]), ("Straße", ["strasse"]),
            ("Søren Ærø", ["soren", "aero"]), ("Ştefan İnce", ["stefan", "ince"]), ("Нина", ["нина"]),
            ("  J.  Smith ", ["j", "smith"]), ("%_", []), ("Ann%", ["ann"]),
        ])
    func words(name: String, words: [String]) { #expect(NameWords.of(name) == words) }
}

@Suite("What is kept of a person")
struct PersonDetailsTests {
    @Test("Blanks are tidied, lines kept only where a field has lines")
    func tidy() {
        var details = PersonDetails()
        details[.givenName] = "  Ann \n Marie\u{7} "
        details[.address] = " 1 High Street \r\n\r\n Obbwade "
        details[.phone] = "   "
        #expect(details.givenName == "Ann Marie")
        #expect(details.address == "1 High Street\nObbwade")
        #expect(details.phone == nil)
        #expect(details.filled == [.givenName, .address])
    }

    @Test(
        "A birth is a day, a year or a guess",
        arguments: [("1984-03-02", "2 March 1984"), ("1984", "1984, day not known"), ("~1984", "about 1984")])
    func births(text: String, words: String) throws {
        let birth = try #require(Birth(text))
        #expect(birth.text == text)
        #expect(birth.inWords == words)
    }

    @Test("Births agree when a digit or the order of day and month may be wrong, and not otherwise")
    func agreeing() throws {
        func agree(_ a: String, _ b: String) throws -> Bool {
            try #require(Birth(a)).agrees(with: #require(Birth(b)))
        }
        #expect(try agree("1984-03-02", "1984-02-03"))
        #expect(try agree("1984-03-02", "1985-03-02"))
        #expect(try agree("1984-03-02", "1984"))
        #expect(try agree("1984-03-02", "~1988"))
        #expect(try !agree("1984-03-02", "1991-07-30"))
        #expect(try !agree("1984", "1985"))
        #expect(try !agree("~1984", "1990"))
        for nonsense in ["", "84", "1984-13-01", "soon", "~"] { #expect(Birth(nonsense) == nil) }
    }

    @Test("What is wrong is named in the order of the fields")
    func problems() {
        var details = PersonDetails()
        details[.birth] = "2099"
        details[.phone] = "call me"
        details[.email] = "a@b"
        #expect(details.problems(in: 2026) == [.nameMissing, .birth, .phone, .email])
        details[.familyName] = "Example"
        details[.birth] = "~1890"
        details[.phone] = "+44 (0)1632 960 123"
        details[.email] = "a.b@mail.example"
        #expect(details.problems(in: 2026).isEmpty)
    }

    @Test("How to reach a person is victim safety unless the record is that of someone who harms")
    func classes() {
        for field in [PersonField.phone, .email, .safeContact, .address] {
            #expect(field.fieldClass(side: .victim, secrecy: .ordinary) == .p3)
            #expect(field.fieldClass(side: .child, secrecy: .ordinary) == .p3)
            #expect(field.fieldClass(side: nil, secrecy: .ordinary) == .p3)
            #expect(field.fieldClass(side: .perpetrator, secrecy: .ordinary) == .p2)
        }
        #expect(PersonField.address.fieldClass(side: .perpetrator, secrecy: .safety) == .p3)
        #expect(PersonField.address.fieldClass(side: .perpetrator, secrecy: .sealed) == .p4)
        #expect(PersonField.phone.fieldClass(side: .victim, secrecy: .sealed) == .p3)
        #expect(PersonField.familyName.fieldClass(side: .victim, secrecy: .sealed) == .p1)
        #expect(PersonField.needs.fieldClass(side: .perpetrator, secrecy: .ordinary) == .p2)
    }
}
