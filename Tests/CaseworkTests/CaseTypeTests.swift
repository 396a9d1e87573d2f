import Files
import Kernel
import Rules
import Storage
import Testing

@testable import Casework

@Suite("Case types as data")
struct CaseTypeTests {
    /// The smallest type of case.
    private static let small = """
        {"code": "noise", "name": "Noise", "purpose": "Noise.", "version": "1", "reference": "NOI",
         "parties": [{"code": "victim", "name": "Victim"}],
         "forms": [{"code": "report", "name": "Report", "happens": true, "repeats": true, "fields": [
            {"code": "what", "label": "What", "kind": "line", "class": "P1", "required": true},
            {"code": "kind", "label": "Kind", "kind": "choice", "class": "P0",
             "choices": [{"code": "loud", "text": "Loud"}, {"code": "low", "text": "Low"}]}]}],
         "states": [{"code": "open", "name": "Open"}, {"code": "over", "name": "Over", "ends": true}],
         "moves": [{"code": "end", "name": "End", "from": ["open"], "to": "over"}]}
        """

    static func type(_ changes: (String, String)...) throws -> CaseType {
        var text = small
        for (old, new) in changes { text = text.replacing(old, with: new) }
        return try CaseType(DefinitionFile(bytes: Array(text.utf8), path: "noise.json"))
    }

    @Test("Every shipped type is read, and its rules are there")
    func shipped() throws {
        let world = try CaseWorld(.sqlite)
        #expect(world.store.catalogue.types.contains { $0.code.text == "asb" })
        for type in world.store.catalogue.types {
            let keys = type.clocks.flatMap(\.rules.values) + type.watches.flatMap { [$0.count, $0.window] }
            let known = Set(world.store.policy.all.map(\.key))
            #expect(known.isSuperset(of: keys), "\(type.code)")
            for clock in type.clocks {
                for key in clock.rules.values {
                    _ = try world.store.policy.length(key, on: CaseWorld.today)
                }
            }
            let ends = type.moves.contains { $0.to.flatMap(type.state)?.ends == true }
            #expect(!type.forms.isEmpty && ends)
            // Every state can be left, and the first leads somewhere.
            for state in type.states where !state.ends {
                #expect(type.moves.contains { $0.leaves(state) }, "\(type.code): \(state.code)")
            }
        }
    }

    @Test("A new type is a new file")
    func newFile() throws {
        let type = try Self.type()
        #expect(type.states.map(\.name) == ["Open", "Over"] && type.move(CaseWorld.word("end"))?.name == "End")
        let world = try CaseWorld(.sqlite, types: [type])
        var report = NewEntry(CaseWorld.word("report"), CaseWorld.answers(["what": "Drums", "kind": "loud"]))
        report.happenedOn = CaseWorld.today
        let new = NewCase(CaseWorld.word("noise"), heading: "Drums", entries: [report])
        let id = try world.write { try world.store.open(new, on: world.occasion(CaseWorld.officer), in: $0).get() }
        #expect(try world.view(id).record.reference == "NOI-2026-000001")
        try world.move(id, "end").get()
        #expect(try world.view(id).state?.name == "Over")
        #expect(try world.view(id).record.closedAt == CaseWorld.now)
    }

    @Test(
        "A wrong file is refused with the place of the fault",
        arguments: [
            (#""kind": "line""#, #""kind": "novel""#, "forms[0].fields[0].kind"),
            (#""class": "P1""#, #""class": "P9""#, "forms[0].fields[0].class"),
            (#""reference": "NOI""#, #""reference": "n1""#, "reference"),
            (#""from": ["open"]"#, #""from": ["shut"]"#, "moves[0]"),
            (#""to": "over""#, #""to": "nowhere""#, "moves[0]"),
            (#", "ends": true"#, "", "states"),
            (#""code": "low""#, #""code": "loud""#, "forms[0].fields[1].choices[1]"),
            (#""name": "Noise", "purpose""#, #""nome": "Noise", "purpose""#, "nome"),
            (
                #""to": "over"}"#, #""to": "over", "gates": [{"gate": "form", "form": "diary", "says": "x"}]}"#,
                "moves[0].gates[0]"
            ),
            (
                #""to": "over"}"#,
                #""to": "over", "gates": [{"gate": "answer", "form": "report", "field": "kind", "answers": ["mild"], "says": "x"}]}"#,
                "mild is no answer"
            ),
            (
                #""to": "over"}]}"#,
                #""to": "over"}], "clocks": [{"code": "c", "name": "C", "rule": "asb.ack.p1", "starts": ["sunrise"]}]}"#,
                "clocks[0].starts[0]"
            ),
            (
                #""to": "over"}]}"#,
                #""to": "over"}], "watches": [{"code": "w", "name": "W", "form": "report", "party": "dog", "count": "a.b", "window": "a.c"}]}"#,
                "watches[0]"
            ),
        ])
    func wrong(_ old: String, _ new: String, _ place: String) throws {
        let fault = #expect(throws: Fault.self) { try Self.type((old, new)) }
        let says = fault?.description ?? ""
        #expect(says.contains(place), "\(says)")
    }

    @Test("Two types may not share a code or the beginning of their references")
    func alike() throws {
        let one = try Self.type()
        let other = try Self.type((#""code": "noise""#, #""code": "din""#))
        #expect(throws: Fault.self) { try CaseCatalogue([one, other]) }
    }

    @Test("Answers are kept as what they are, and refused with what to do")
    func answers() throws {
        func field(_ kind: String, _ more: String = "") throws -> FormField {
            let type = try Self.type((#""kind": "line""#, #""kind": "\#(kind)"\#(more)"#))
            return type.forms[0].fields[0]
        }
        #expect(try field("line").kept(["  two   words \n"]) == ["two words"])
        #expect(try field("text").kept([" a \r\n\r\n\r\n b\n"]) == ["a\n\nb"])
        #expect(try field("date").kept(["2026-02-28"]) == ["2026-02-28"])
        #expect(throws: AnswerProblem.self) { try field("date").kept(["2026-02-30"]) }
        #expect(throws: AnswerProblem.self) { try field("date").kept(["0026-02-28"]) }
        let number = try field("number", #", "from": 0, "to": 4"#)
        #expect(try number.kept(["04"]) == ["4"])
        for wrong in ["5", "-1", "x", "1.5"] { #expect(throws: AnswerProblem.self) { try number.kept([wrong]) } }
        for (text, pence) in [("12", "1200"), ("12.5", "1250"), ("£12.05", "1205"), ("0", "0")] {
            #expect(try field("pence").kept([text]) == [pence])
        }
        for wrong in ["12.345", "-1", "x", "1.", "12.x"] {
            #expect(throws: AnswerProblem.self) { try field("pence").kept([wrong]) }
        }
        #expect(throws: AnswerProblem.self) { try field("yes-no").kept(["perhaps"]) }
        #expect(throws: AnswerProblem.self) { try field("line").kept([String(repeating: "x", count: 201)]) }
        #expect(throws: AnswerProblem.self) { try field("line").kept([" "]) }
        let several = try field("choices", #", "choices": [{"code": "a", "text": "A"}, {"code": "b", "text": "B"}]"#)
        #expect(try several.kept(["b", "a", "b"]) == ["a", "b"])
        #expect(throws: AnswerProblem.self) { try several.kept(["a", "c"]) }
    }

    @Test("What is stored is read back the same, whatever it holds")
    func stored() throws {
        var answers = FormAnswers()
        answers["a"] = ["one \"two\"\n", "three\u{0}"]
        answers["b"] = []
        #expect(try FormAnswers(stored: answers.stored) == answers)
        #expect(answers.codes == ["a"])
    }
}
