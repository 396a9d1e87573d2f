import Casework
import Files
import Governance
import Kernel
import Rules
import Testing

@testable import Panels

@Suite struct PanelTypeTests {
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    static let definitions = root + "/Definitions"

    static func shipped() throws -> PanelCatalogue { try PanelCatalogue(folder: "\(definitions)/panel-types") }

    @Test("Every panel that a case type names is there, and hears cases of that type")
    func named() throws {
        let panels = try Self.shipped()
        for type in try CaseCatalogue(folder: "\(Self.definitions)/case-types").types {
            for code in type.panels {
                let panel = try #require(panels.type(code), "\(type.code) names \(code)")
                #expect(type.code.text == "case-review" || panel.caseTypes.contains(type.code), "\(type.code)")
            }
        }
    }

    static func type(_ code: String) throws -> PanelType {
        try #require(shipped().types.first { $0.code.text == code })
    }

    @Test("Every panel of the demonstration has a kind whose quorum its agencies can meet")
    func demonstration() throws {
        let partnership = try PartnershipDefinition(
            DefinitionFile(path: "\(Self.definitions)/partnerships/demo/partnership.json"))
        let catalogue = try Self.shipped()

        for panel in partnership.panels {
            let type = try #require(catalogue.type(panel.kind), "\(panel.code)")
            let kinds = Dictionary(
                uniqueKeysWithValues: panel.agencies.map { ($0, partnership.agency($0)?.kind ?? "") })
            #expect(QuorumFinding(type.quorum, kinds).isMet, "\(panel.code)")
            #expect(type.isSealed == panel.isSealed, "\(panel.code)")
        }
        #expect(partnership.panels.count == 10)
    }

    @Test("Kinds of panel name rules that are shipped, and people whom the cases that they hear know")
    func rules() throws {
        let policy = try PolicyRules(folder: "\(Self.definitions)/rules", own: nil)
        let calendar = try ClockCalendar(folder: "\(Self.definitions)/rules")
        let day = try #require(LocalDate("2026-06-15"))
        var parts: [String: Set<String>] = [:]
        for name in try FileSystem.names(in: "\(Self.definitions)/case-types") where name.hasSuffix(".json") {
            let type = try CaseType(DefinitionFile(path: "\(Self.definitions)/case-types/\(name)"))
            parts[type.code.text] = Set(type.parties.map(\.code.text))
        }

        for type in try Self.shipped().types {
            _ = try MeetingDeadlines(of: day, under: type.deadlines, policy, on: calendar)
            for key in [type.deadlines.screening, type.deadlines.completion, type.deadlines.appeal] {
                _ = try policy.length(key, on: day)
            }
            for key in Array(type.minutes.values) + [type.minutesPerAction] + (type.score.map { [$0] } ?? []) {
                #expect(try policy.number(key, on: day) > 0)
            }
            let heard = type.caseTypes.compactMap { parts[$0.text] }
            if !heard.isEmpty {
                let known = heard.reduce(Set<String>()) { $0.union($1) }
                #expect(Set(type.told.union(type.neverTold).map(\.text)).isSubset(of: known), "\(type.code)")
            }
        }
    }

    @Test("What a panel expects of a case is a form of its type, with a question that has the answer")
    func expected() throws {
        let catalogue = try CaseCatalogue(folder: "\(Self.definitions)/case-types", with: [PanelWords.word("channel")])
        for type in try Self.shipped().types {
            for expectation in type.expected {
                let form = try #require(catalogue.type(expectation.caseType)?.form(expectation.form), "\(type.code)")
                if let question = expectation.question {
                    let field = try #require(form.fields.first { $0.code == question }, "\(type.code) \(question)")
                    #expect(field.kind == .yesNo && ["yes", "no"].contains(expectation.answer))
                }
            }
        }
        // The advocate speaks to the victim before a MARAC hears of them (casework.md 2.6).
        let marac = try Self.type("marac")
        #expect(marac.expected.map(\.form.text) == ["advocate-contact"])
        #expect(marac.expected.first?.says == "The advocate has not yet spoken to the victim")
    }

    @Test("Only the domestic abuse MARAC asks who the victim is and who harms, and its file says so")
    func pair() throws {
        #expect(try Self.shipped().types.filter(\.asksPair).map(\.code.text) == ["marac"])
    }

    @Test("Neither the person said to do the harm nor a child is ever told of a MARAC")
    func neverTold() throws {
        let marac = try Self.type("marac")

        #expect(marac.neverTold.isSuperset(of: [PanelWords.word("perpetrator"), PanelWords.word("child")]))
        #expect(marac.told.contains(PanelWords.word("victim")))
        #expect(marac.asksConfidentiality)
    }

    @Test(
        "A wrong file is a fault that names the place",
        arguments: [
            (#""chair": "police""#, #""chair": "mayor""#, "chair"),
            (#""agencies": 4"#, #""agencies": 0"#, "quorum.agencies"),
            (#""kinds": ["police","#, #""kinds": ["navy","#, "quorum.kinds[0]"),
            (#""research": "panel.research""#, #""research": "research""#, "deadlines.research"),
            (#""update": "panel.minutesPerUpdate","#, "", "minutes"),
            (#""code": "judgement""#, #""code": "visible-risk""#, "routes[1]"),
            (#""neverTold": ["perpetrator""#, #""neverTold": ["victim""#, "neverTold"),
            (#"["repeat", "new","#, #"["repeat", "repeat","#, "agendaOrder[1]"),
            (#""pair": true"#, #""pair": "yes""#, "pair"),
            (#""frequency""#, #""frequenzy""#, "frequenzy"),
            (#""caseType": "marac""#, #""caseType": "asb""#, "expected[0]"),
            (#", "answer": "yes""#, "", "expected[0]"),
            (#""question": "reached""#, #""asked": "reached""#, "expected[0].asked"),
        ])
    func faults(old: String, new: String, place: String) throws {
        let path = "\(Self.definitions)/panel-types/marac.json"
        let text = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
        let first = try #require(text.firstRange(of: old), "\(old)")
        let wrong = text.replacingCharacters(in: first, with: new)

        let fault = #expect(throws: Fault.self) {
            _ = try PanelType(DefinitionFile(bytes: Array(wrong.utf8), path: "marac.json"))
        }
        #expect(fault?.place.hasSuffix(", at \(place)") == true, "\(fault?.place ?? "")")
    }

    @Test("Two kinds of panel with one code are a fault")
    func twice() throws {
        let marac = try Self.type("marac")

        #expect(throws: Fault.self) { _ = try PanelCatalogue([marac, marac]) }
    }
}

extension String {
    /// The text with a range of it replaced.
    func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}

/// Codes and days for tests.
enum PanelWords {
    static func word<Tag>(_ text: String, _ tag: Tag.Type = Tag.self) -> Code<Tag> {
        guard let code = Code<Tag>(text) else { preconditionFailure("no code: \(text)") }
        return code
    }

    static func id<Tag>(_ number: Int, _ tag: Tag.Type = Tag.self) -> ID<Tag> {
        let digits = String(number)
        guard let id = ID<Tag>("01890000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)
        else { preconditionFailure("no identifier") }
        return id
    }

    static func day(_ text: String) -> LocalDate {
        guard let day = LocalDate(text) else { preconditionFailure("no day: \(text)") }
        return day
    }
}
