import Files
import Kernel
import Testing

@testable import Instruments

@Suite("Risk instruments as files")
struct InstrumentFileTests {
    /// The fault of a sheet, as a reader sees it.
    private func fault(_ change: (inout Sheet) -> Void) throws -> String {
        var sheet = Sheet()
        _ = try sheet.instrument()
        change(&sheet)
        do {
            _ = try sheet.instrument()
            return "nothing"
        } catch let error as Fault { return error.description }
    }

    private let other = #"{ "code": "one", "text": "Again?", "yesNo": { "yes": 1, "no": 0, "notKnown": 0 } }"#

    @Test("Bands that overlap, leave a score out or cannot be reached are refused at their place")
    func bands() throws {
        let overlap = try fault {
            $0.bands = #"{ "code": "a", "name": "A", "from": 0 }, { "code": "b", "name": "B", "from": 0 }"#
        }
        #expect(overlap.contains("sheet.json, at bands[1].from") && overlap.contains("overlaps A"))
        let gap = try fault { $0.bands = #"{ "code": "a", "name": "A", "from": 2 }"# }
        #expect(gap.contains("at bands)") && gap.contains("scores from 0 to 1 have no band"))
        let above = try fault { $0.bands += #", { "code": "top", "name": "Top", "from": 6 }"# }
        #expect(above.contains("cannot be reached: scores go from 0 to 5"))
        let below = try fault { $0.bands = #"{ "code": "z", "name": "Z", "from": -3 }, "# + $0.bands }
        #expect(below.contains("cannot be reached"))
        let twice = try fault { $0.bands += #", { "code": "low", "name": "Low", "from": 4 }"# }
        #expect(twice.contains("bands[2].code") && twice.contains("two bands"))
        #expect(try fault { $0.bands = "" }.contains("a band is needed here"))
    }

    @Test("A member that there is not is refused wherever it stands")
    func members() throws {
        #expect(try fault { $0.head += #", "threshold": 3"# }.contains("at threshold)"))
        #expect(try fault { $0.bands += #", { "code": "x", "name": "X", "upTo": 9 }"# }.contains("at bands[2].upTo)"))
        let question = try fault { $0.questions = $0.questions.replacing("text", with: "label") }
        #expect(question.contains("at questions[0].label)"))
    }

    @Test("Two questions or two answers of one code are refused")
    func duplicates() throws {
        let twice = try fault { $0.questions += ", " + other }
        #expect(twice.contains("at questions[1].code)") && twice.contains("two questions have the code one"))
        let answer = #"{ "code": "a", "text": "A", "weight": 3 }"#
        let answers = try fault {
            $0.questions = #"{ "code": "one", "text": "One?", "answers": [\#(answer), \#(answer)] }"#
        }
        #expect(answers.contains("at questions[0].answers[1].code)"))
        let single = try fault { $0.questions = #"{ "code": "one", "text": "One?", "answers": [\#(answer)] }"# }
        #expect(single.contains("two answers or more"))
        #expect(try fault { $0.questions = "" }.contains("a question is needed here"))
    }

    @Test("Wording of others is loaded only with a permission, and the fault says what to do")
    func licence() throws {
        let without = try fault { $0.licence = #""licence": { "owner": "A Charity", "terms": "By permission" }"# }
        #expect(without.contains("at licence)") && without.contains("Ask A Charity for permission in writing"))
        var sheet = Sheet()
        sheet.licence = #"""
            "licence": { "owner": "A Charity", "terms": "By permission" },
            "permission": { "by": "Their director", "on": "2026-03-14" }
            """#
        let permission = try sheet.instrument().licence.permission
        #expect(permission?.by == "Their director" && permission?.on.description == "2026-03-14")
        #expect(
            try fault { $0.licence = sheet.licence.replacing("Their director", with: " ") }.contains("permission.by"))
        #expect(try fault { $0.licence = sheet.licence.replacing("-14", with: "-32") }.contains("permission.on"))
        // Wording under an open licence needs none, when the file says so.
        sheet.licence = #""licence": { "owner": "The Home Office", "terms": "OGL v3.0", "needsPermission": false }"#
        #expect(try sheet.instrument().licence.permission == nil)
    }

    @Test("Weights go the way of their kind, and nothing protects where nothing is added")
    func weights() throws {
        let negative = try fault { $0.questions = $0.questions.replacing("5", with: "-5") }
        #expect(negative.contains("at questions[0].yesNo.yes)"))
        let positive = try fault {
            $0.questions = $0.questions.replacing(#""text""#, with: #""kind": "protective", "text""#)
        }
        #expect(positive.contains("a protective question needs a weight from -100 to 0"))
        let indicator = try fault {
            $0.arithmetic = "indicator"
            $0.questions += #"""
                , { "code": "two", "text": "Two?", "kind": "protective", "yesNo": { "yes": -1, "no": 0, "notKnown": 0 } }
                """#
        }
        #expect(indicator.contains("at questions[1])"))
    }

    @Test("Words that are not on a list are refused with the list")
    func lists() throws {
        #expect(try fault { $0.arithmetic = "mean" }.contains("none of sum, indicator"))
        let level = try fault { $0.questions = $0.questions.replacing(#""text""#, with: #""level": "street", "text""#) }
        #expect(level.contains("none of individual, relationship, community, society"))
        let sensitivity = try fault {
            $0.questions = $0.questions.replacing(#""text""#, with: #""class": "P5", "text""#)
        }
        #expect(sensitivity.contains("at questions[0].class)"))
        #expect(try fault { $0.head = $0.head.replacing(#""1""#, with: #""one""#) }.contains("at version)"))
        #expect(try fault { $0.head = $0.head.replacing(#""sheet""#, with: #""A Sheet""#) }.contains("at code)"))
    }

    @Test("A question is of class P2, about risk and required, unless the file says otherwise")
    func defaults() throws {
        let question = try #require(Sheet().instrument().questions.first)
        #expect(question.sensitivity == .p2 && question.kind == .risk && question.isRequired && question.level == nil)
        #expect(question.answers.map(\.code.text) == ["yes", "no", "not-known"])
        #expect(question.answers.map(\.weight) == [5, 0, 1])
    }

    private func version(_ version: String, in name: String) throws -> DefinitionFile {
        var sheet = Sheet()
        sheet.name = name
        sheet.head = sheet.head.replacing(#""1""#, with: "\"\(version)\"")
        return try sheet.file()
    }

    @Test("The catalogue keeps every version, and the newest by number is the current one")
    func versions() throws {
        let catalogue = try InstrumentCatalogue([
            version("10", in: "a/sheet.json"), version("9", in: "a/sheet-9.json"),
            version("9.1", in: "a/sheet-9.1.json"),
        ])
        #expect(catalogue.all.map(\.version.version) == ["9", "9.1", "10"])
        #expect(try catalogue.current(word("sheet"))?.version.version == "10")
        #expect(try catalogue.version(word("sheet"), "9")?.version.version == "9")
        #expect(try catalogue.version(word("sheet"), "8") == nil)
        #expect(try catalogue.current(word("nothing")) == nil)
    }

    @Test("Two files of one version, and a file that is not named after its instrument, are refused")
    func files() throws {
        #expect(throws: Fault.self) {
            try InstrumentCatalogue([version("1", in: "sheet.json"), version("1", in: "sheet-1.json")])
        }
        #expect(throws: Fault.self) { try InstrumentCatalogue([version("1", in: "sheet-2.json")]) }
        #expect(throws: Fault.self) { try InstrumentCatalogue(folder: "/nowhere") }
    }
}
