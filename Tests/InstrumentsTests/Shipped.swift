import Files
import Foundation
import Kernel
import Rules

@testable import Instruments

/// What the repository ships, and files of the tests' own.
enum Shipped {
    static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/Definitions"

    static func catalogue() throws -> InstrumentCatalogue { try InstrumentCatalogue(folder: "\(folder)/instruments") }

    static func instrument(_ code: String) throws -> RiskInstrument {
        guard let instrument = try catalogue().current(word(code)) else { throw Fault("No instrument: \(code)") }
        return instrument
    }

    static func rules() throws -> PolicyRules { try PolicyRules(folder: "\(folder)/rules", own: nil) }
}

func word<Tag>(_ text: String, _ tag: Tag.Type = Tag.self) throws -> Code<Tag> {
    guard let code = Code<Tag>(text) else { throw Fault("No code: \(text)") }
    return code
}

/// An instrument file whose parts can be replaced one at a time.
struct Sheet {
    var name = "sheet.json"
    var head = #""code": "sheet", "name": "A sheet", "version": "1", "source": "The tests""#
    var licence = #""licence": { "owner": "own", "terms": "Free" }"#
    var arithmetic = "sum"
    var bands = #"{ "code": "low", "name": "Low", "from": 0 }, { "code": "high", "name": "High", "from": 3 }"#
    var questions = #"{ "code": "one", "text": "One?", "yesNo": { "yes": 5, "no": 0, "notKnown": 1 } }"#

    func file() throws -> DefinitionFile {
        let text = """
            { \(head), \(licence), "arithmetic": "\(arithmetic)", "bands": [\(bands)], "questions": [\(questions)] }
            """
        return try DefinitionFile(bytes: Array(text.utf8), path: name)
    }

    func instrument() throws -> RiskInstrument { try RiskInstrument(file()) }
}

extension RiskInstrument {
    /// Answers by the codes of questions and answers.
    func answers(_ given: [String: String]) throws -> RiskAnswers {
        var answers = RiskAnswers(version)
        for (question, answer) in given { answers.given[try word(question)] = try word(answer) }
        return answers
    }

    /// The answer of each question that the rule picks.
    func answers(_ pick: (RiskQuestion) -> RiskAnswer?) -> RiskAnswers {
        var answers = RiskAnswers(version)
        for question in questions { answers.given[question.code] = pick(question)?.code }
        return answers
    }

    /// "Yes" to the first so many questions, and no to the others.
    func ticks(_ count: Int) throws -> RiskAnswers {
        let first = Set(questions.prefix(count).map(\.code))
        let (yes, no): (Code<RiskAnswer>, Code<RiskAnswer>) = (try word("yes"), try word("no"))
        return answers { $0.answer(first.contains($0.code) ? yes : no) }
    }
}
