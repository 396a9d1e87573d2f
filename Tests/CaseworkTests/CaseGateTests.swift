import Files
import Governance
import Instruments
import Kernel
import People
import Rules
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("Gates, clocks and guards that a case type can ask for", .serialized)
struct CaseGateTests {
    typealias W = CaseWorld

    private static let type = """
        {"code": "watch", "name": "Watch", "purpose": "Watch.", "version": "1", "reference": "WAT", "side": "child",
         "parties": [{"code": "child", "name": "Child"}, {"code": "asker", "name": "Asker", "class": "P3"}],
         "forms": [
            {"code": "away", "name": "Away", "repeats": true, "fields": [
                {"code": "since", "label": "Since", "kind": "date", "class": "P1"},
                {"code": "who", "label": "Who", "kind": "party", "class": "P1", "parties": ["child"]}]},
            {"code": "talk", "name": "Talk", "repeats": true, "fields": [
                {"code": "safe", "label": "Safe", "kind": "yes-no", "class": "P3"}]},
            {"code": "end", "name": "End", "fields": [
                {"code": "why", "label": "Why", "kind": "line", "class": "P1", "required": true}]}],
         "states": [{"code": "open", "name": "Open"}, {"code": "heard", "name": "Heard"},
            {"code": "over", "name": "Over", "ends": true}],
         "moves": [
            {"code": "hear", "name": "Hear", "from": ["open"], "to": "heard",
             "gates": [{"gate": "form", "form": "talk", "says": "Talk first", "since": "again"}]},
            {"code": "again", "name": "Again", "from": ["heard", "over"], "to": "open"},
            {"code": "end", "name": "End", "from": ["heard"], "to": "over", "form": "end",
             "gates": [{"gate": "answer", "form": "end", "field": "why", "says": "Say why"},
                {"gate": "author", "says": "Only who opened it"}]}],
         "clocks": [{"code": "talk", "name": "Talk", "rule": "mace.rhi", "starts": ["form away"],
            "metBy": ["form talk"], "forEach": true, "from": {"form": "away", "field": "since"}}]}
        """

    private func world(_ engine: Engine) throws -> W {
        let file = try DefinitionFile(bytes: Array(Self.type.utf8), path: "watch.json")
        return try W(engine, types: [try CaseType(file)])
    }

    private static let child = W.actor(12, "case-officer", teams: ["asb-team"], side: .child)
    private static let friend = W.actor(13, "case-officer", teams: ["asb-team"], side: .child)

    private func open(_ world: W) throws -> ID<CaseRecord> {
        let new = NewCase(W.word("watch"), heading: "Out at night", team: W.word("asb-team"))
        return try world.write { try world.store.open(new, on: world.occasion(Self.child), in: $0).get() }
    }

    @Test(
        "What was done before a step does not count after it; a form that goes with a step counts for it",
        arguments: TestDatabase.engines)
    func since(_ engine: Engine) throws {
        let world = try world(engine)
        let id = try open(world)
        func move(_ code: String, entry: NewEntry? = nil, by actor: Actor = Self.child, later: Int64) throws
            -> Result<Void, CaseRefusal>
        {
            try world.move(id, code, entry: entry, by: actor, at: W.now.advanced(bySeconds: later))
        }
        #expect(try move("hear", later: 0).refusal?.gates == ["Talk first"])
        _ = try world.fill(id, "talk", ["safe": "yes"], by: Self.child).get()
        try move("hear", later: 1).get()
        try move("again", later: 60).get()
        #expect(try move("hear", later: 61).refusal?.gates == ["Talk first"])
        _ = try world.fill(
            id, "talk", ["safe": "yes"], by: Self.child, at: W.now.advanced(bySeconds: 62)
        ).get()
        try move("hear", later: 63).get()
        let end = NewEntry(W.word("end"), W.answers(["why": "Safe at home"]))
        #expect(try move("end", entry: end, by: Self.friend, later: 64).refusal?.gates == ["Only who opened it"])
        try move("end", entry: end, later: 65).get()
        // A second end corrects the first: the form is kept once.
        try move("again", later: 66).get()
        _ = try world.fill(id, "talk", ["safe": "no"], by: Self.child, at: W.now.advanced(bySeconds: 67)).get()
        try move("hear", later: 68).get()
        try move("end", entry: NewEntry(W.word("end"), W.answers(["why": "Moved"])), later: 69).get()
        let view = try world.view(id, Self.child)
        #expect(view.entries(of: W.word("end")).map { $0.answers["why"] } == [["Moved"]])
        #expect(view.entries.count { $0.form.text == "end" } == 2)
    }

    @Test(
        "Each time has a clock of its own, from the day that was told, and the oldest is met first",
        arguments: TestDatabase.engines)
    func forEach(_ engine: Engine) throws {
        let world = try world(engine)
        let id = try open(world)
        for day in ["2026-05-30", "2026-05-31", "2026-07-01"] {
            _ = try world.fill(id, "away", ["since": day], by: Self.child).get()
        }
        let clocks = try world.view(id, Self.child).clocks
        // Midnight of 30 and 31 May in London is 23:00 UTC before; a day to come counts from now.
        #expect(
            clocks.map(\.running.startedAt.description)
                == ["2026-05-29T23:00:00.000Z", "2026-05-30T23:00:00.000Z", W.now.description])
        _ = try world.fill(id, "talk", ["safe": "yes"], by: Self.child).get()
        #expect(try world.view(id, Self.child).clocks.map(\.isOpen) == [false, true, true])
    }

    @Test(
        "An answer names someone in the case, and a guarded part only those see who see as deep",
        arguments: TestDatabase.engines)
    func parties(_ engine: Engine) throws {
        let world = try world(engine)
        let id = try open(world)
        let child = try world.person("Ada", "Achebe", by: Self.child)
        let asker = try world.person("Ask", "Er", by: Self.child)
        #expect(try world.fill(id, "away", ["who": child.text], by: Self.child).refusal?.fields == ["who"])
        try world.write {
            try world.store.addParty(child, as: W.word("child"), to: id, on: world.occasion(Self.child), in: $0).get()
            try world.store.addParty(asker, as: W.word("asker"), to: id, on: world.occasion(Self.child), in: $0).get()
        }
        _ = try world.fill(id, "away", ["who": child.text], by: Self.child).get()
        #expect(try world.fill(id, "away", ["who": asker.text], by: Self.child).refusal?.fields == ["who"])
        _ = try world.fill(id, "talk", ["safe": "no"], by: Self.child).get()
        // The case is on a child's side: who works for victims sees neither the safety form nor the guarded part.
        let own = try world.view(id, Self.child)
        #expect(own.parties.map(\.role.text) == ["child", "asker"] && own.entries.contains { $0.form.text == "talk" })
        let other = try world.view(id, W.officer)
        #expect(other.parties.map(\.role.text) == ["child"] && !other.entries.contains { $0.form.text == "talk" })
        // Sharing less deep than a part shares everyone but who takes it.
        try world.write { connection in
            let occasion = world.occasion(Self.child)
            _ = try world.store.share(
                id, with: W.word("police"), until: nil, highest: .p2, gateway: "cda-115", reason: "They look for her",
                on: occasion, in: connection
            ).get()
            let seen = try world.people.items([child, asker], on: world.occasion(W.police), in: connection)
            #expect(seen.map(\.id) == [child])
        }
    }
}
