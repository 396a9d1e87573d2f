import Files
import Kernel
import Rules
import Testing

@testable import Enforcement

@Suite("Order types")
struct OrderTypeTests {
    /// casework.md §2.13, with both kinds of fixed penalty notices and the injunctions of the 2026 Act.
    private static let table: Set<String> = [
        "warning", "abc", "cpw", "cpn", "cpn-fpn", "pspo-fpn", "pspo", "closure-notice", "closure-order", "injunction",
        "housing-injunction", "youth-injunction", "respect-order", "cbo", "dispersal", "dvpn", "dvpo", "dapn", "dapo",
        "gang-injunction", "kcpo", "svro", "shpo", "sro", "stpo", "stro", "spo", "fbo", "cce-prevention-order", "nosp",
        "ground-7a", "demotion", "eviction", "abatement", "s222", "licensing-review", "non-molestation", "occupation",
    ]

    @Test("Every type of the table is shipped, and every rule that one names is there")
    func shipped() throws {
        let types = try Law.shipped().types
        #expect(Set(types.all.map(\.code.text)) == Self.table)
        #expect(types[Law.code("cpn")]?.before?.type.text == "cpw")
        #expect(types[Law.code("respect-order")]?.needsRiskAssessment == true)
        #expect(types[Law.code("respect-order")]?.breach == .criminal)
        #expect(types[Law.code("cbo")]?.basis(on: try day("2020-11-30"))?.text.hasPrefix("Anti-social") == true)
        #expect(types[Law.code("cbo")]?.basis(on: try day("2020-12-01"))?.text.hasPrefix("Sentencing Act") == true)
    }

    @Test("The lines of the report begin as the Southwark plan prints them")
    func lines() throws {
        #expect(
            try Law.shipped().types.lines.map(\.name).prefix(5) == [
                "Criminal behaviour orders", "Injunctions", "Closures", "Respect orders", "Notices seeking possession",
            ])
    }

    private static let good = """
        { "code": "x", "name": "X", "course": "notice", "bases": [{ "text": "An Act", "from": "2014-10-20" }],
          "subjects": ["person"], "makers": ["police"], "authority": "Inspector", "breach": "criminal" }
        """

    private func read(_ types: String) throws -> OrderTypes {
        let text = "{ \"name\": \"Test\", \"types\": [\(types)] }"
        let rules = try PolicyRules(folder: "\(Law.root)/Definitions/rules", own: nil)
        return try OrderTypes([DefinitionFile(bytes: Array(text.utf8), path: "types.json")], rules: rules)
    }

    @Test("A small file is read")
    func small() throws { #expect(try read(Self.good).all.map(\.name) == ["X"]) }

    @Test(
        "A wrong file is refused, and the fault names the place",
        arguments: [
            ("\"x\", \"name\"", "\"X!\", \"name\"", "types[0].code"),
            ("\"notice\"", "\"letter\"", "types[0].course"),
            ("2014-10-20", "2014-13-20", "types[0].bases[0].from"),
            (
                "\"from\": \"2014-10-20\"", "\"from\": \"2014-10-20\", \"until\": \"2014-10-19\"",
                "types[0].bases[0].until"
            ),
            ("[\"person\"]", "[\"people\"]", "types[0].subjects[0]"),
            ("[\"person\"]", "[]", "types[0].subjects"),
            ("\"criminal\"", "\"criminal\", \"colour\": 1", "types[0].colour"),
            ("\"criminal\"", "\"criminal\", \"youngest\": \"no.such.rule\"", "types[0]"),
            ("\"criminal\"", "\"criminal\", \"before\": { \"type\": \"y\" }", "types[0].before"),
            ("\"criminal\"", "\"criminal\", \"line\": { \"name\": \"X\", \"place\": 0 }", "types[0].line.place"),
            ("\"criminal\"", "\"criminal\", \"lengths\": [{ \"senior\": true }]", "types[0].lengths"),
            (
                "\"criminal\"",
                "\"criminal\", \"clocks\": [{ \"purpose\": \"appeal\", \"rule\": \"a.b\", \"from\": \"printed\" }]",
                "types[0].clocks[0].from"
            ),
        ])
    func wrong(part: String, by other: String, place: String) throws {
        #expect(Self.good.contains(part))
        let changed = Self.good.replacing(part, with: other, maxReplacements: 1)
        let fault = #expect(throws: Fault.self) { _ = try read(changed) }
        #expect(fault?.place == "types.json, at \(place)")
    }

    @Test("A code used twice is refused at its second place")
    func twice() throws {
        let fault = #expect(throws: Fault.self) { _ = try read(Self.good + "," + Self.good) }
        #expect(fault?.place == "types.json, at types[1]")
    }
}
