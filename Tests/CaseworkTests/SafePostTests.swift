import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("Letters to an address for letters alone", .serialized)
struct SafePostTests {
    typealias W = CaseWorld
    private static let template = "victim-acknowledgement"

    /// The victim lives in a refuge, and gets her letters at her sister's.
    private struct Sheltered {
        let world: LetterWorld

        init(_ engine: Engine, safe: String? = nil) throws {
            world = try LetterWorld(engine, safe: safe)
            try add(AddressContent(.refuge, "77 Harbour Walk\nObbwade\nOB9 9ZZ"))
        }

        func add(_ address: AddressContent) throws {
            try world.world.write {
                _ = try world.world.people.addAddress(
                    address, to: world.victim, on: world.world.occasion(W.officer), in: $0
                ).get()
            }
        }

        func say(_ safety: ContactSafetyWord, confirmed: LocalDate?) throws {
            var way = ContactContent(.letter, safety: safety)
            way.confirmedOn = confirmed
            try world.world.write {
                _ = try world.world.people.setContact(
                    nil, of: world.victim, to: way, on: world.world.occasion(W.officer), in: $0
                ).get()
            }
        }

        func post() throws -> Result<ComposedLetter, CaseRefusal> {
            var draft = try world.draft(SafePostTests.template, to: "victim")
            draft.whySafe = ""
            return try world.compose(draft)
        }
    }

    private static let sisters = AddressContent(.correspondence, "5 Elm Street\nObbwade\nOB2 2BB", takesLetters: true)

    @Test(
        "To someone in a refuge a letter goes to the address for letters to which she said yes",
        arguments: TestDatabase.engines)
    func agreed(_ engine: Engine) throws {
        let her = try Sheltered(engine)
        // The home of before still takes letters: nothing was agreed.
        try her.say(.yes, confirmed: W.today)
        #expect(try her.post().refusal?.fields == ["delivery"])
        try her.add(Self.sisters)
        let words = try her.post().get().document.words
        #expect(words.contains("5 Elm Street") && !words.contains("Harbour"))
    }

    @Test("Without her yes, or with one that is old, no letter goes there", arguments: TestDatabase.engines)
    func notAgreed(_ engine: Engine) throws {
        let silent = try Sheltered(engine)
        try silent.add(Self.sisters)
        #expect(try silent.post().refusal?.fields == ["delivery"])
        // Three months of the rule victims.contactConfirmed.window are over.
        let old = try Sheltered(engine)
        try old.add(Self.sisters)
        try old.say(.yes, confirmed: W.today.advanced(by: -100))
        #expect(try old.post().refusal?.fields == ["delivery"])
        let undated = try Sheltered(engine)
        try undated.add(Self.sisters)
        try undated.say(.yes, confirmed: nil)
        #expect(try undated.post().refusal?.fields == ["delivery"])
    }

    @Test("Words and a no go before it, and so does an address that is the refuge", arguments: TestDatabase.engines)
    func forbidden(_ engine: Engine) throws {
        let words = try Sheltered(engine, safe: "He opens her post")
        let no = try Sheltered(engine)
        try no.say(.no, confirmed: W.today)
        let same = try Sheltered(engine)
        for her in [words, no] { try her.add(Self.sisters) }
        try same.add(
            AddressContent(.correspondence, "Room 2\n77 Harbour Walk\nObbwade\nOB9 9ZZ", takesLetters: true))
        for her in [words, no, same] {
            try her.say(.yes, confirmed: W.today)
            #expect(try her.post().refusal?.fields == ["delivery"])
        }
    }
}
