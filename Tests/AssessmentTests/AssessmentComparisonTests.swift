import HTML
import Kernel
import Testing

@testable import Assessment

/// Problems of a fragment of the site's pages.
enum HtmlLintProblems {
    static func of(_ html: Html) -> [String] { HtmlLint.problems(in: html.bytes, policy: .contentSecurity) }
}

@Suite("Comparison of assessments")
struct AssessmentComparisonTests {
    private func stored() throws -> StoredAssessment {
        StoredAssessment(assessment: try ReportSample().assessment(), maps: [], program: "Concord 1")
    }

    @Test("An assessment does not differ from itself, kept or not")
    func same() throws {
        let demo = try DemoGround.shared().stored
        let back = try StoredAssessment(decoding: demo.encoded(), from: "kept")
        let comparison = AssessmentComparison(from: demo, to: back)
        #expect(comparison.isEmpty)
        #expect(comparison.count == 0)
        #expect(comparison.html(oldTitle: "a", newTitle: "b").string.contains("The two are the same"))
    }

    @Test("Exactly the figures that were changed are found, with their difference")
    func figures() throws {
        let old = try stored()
        var new = old
        let level = try #require(new.assessment.tables.firstIndex { $0.id == "B1.level" })
        let row = try #require(new.assessment.tables[level].rows.firstIndex { $0[0] == .text("robbery") })
        guard case .integer(let count) = new.assessment.tables[level].rows[row][1] else { return }
        new.assessment.tables[level].rows[row][1] = .integer(count + 12)
        new.assessment.tables[level].rows[row][4] = .missing
        new.assessment.tables[level].rows.swapAt(2, 3)

        let comparison = AssessmentComparison(from: old, to: new)

        #expect(comparison.tables.map(\.id) == ["B1.level"])
        let changes = comparison.tables[0].changes
        #expect(changes.map(\.address.description) == ["B1.level/robbery/count", "B1.level/robbery/changePercent"])
        #expect(changes[0].old == .integer(count))
        #expect(changes[0].new == .integer(count + 12))
        #expect(changes[0].difference == 12)
        #expect(changes[0].row == "Robbery")
        #expect(changes[1].new == .missing)
        #expect(changes[1].difference == nil)
        let html = comparison.html(oldTitle: "Spring", newTitle: "Autumn") { "/f/\($0.segment)" }
        #expect(HtmlLintProblems.of(html) == [])
        #expect(html.string.contains("href=\"/f/B1.level~robbery~count\""))
        #expect(html.string.contains(">+12<"))
    }

    @Test("Rows, columns and tables that only one has are found on their side")
    func shapes() throws {
        let old = try stored()
        var new = old
        new.assessment.tables.removeAll { $0.id == "B2.harm" }
        new.assessment.tables.append(.init(id: "B9.matrix", title: "Matrix", columns: [.init("a", "A")], rows: []))
        let wards = try #require(new.assessment.tables.firstIndex { $0.id == "B3.wards" })
        let gone = new.assessment.tables[wards].rows.removeFirst()
        new.assessment.tables[wards].columns.append(.init("more", "More", .count))
        for row in new.assessment.tables[wards].rows.indices {
            new.assessment.tables[wards].rows[row].append(row == 0 ? .integer(7) : .missing)
        }

        let comparison = AssessmentComparison(from: old, to: new)

        #expect(comparison.onlyOld.map(\.id) == ["B2.harm"])
        #expect(comparison.onlyNew.map(\.id) == ["B9.matrix"])
        let changes = try #require(comparison.tables.first { $0.id == "B3.wards" }).changes
        let lost = changes.filter { $0.new == nil }
        #expect(lost.compactMap(\.old) == gone)
        let won = changes.filter { $0.old == nil }
        #expect(won.map(\.new) == [.integer(7)])
        #expect(HtmlLintProblems.of(comparison.html(oldTitle: "a", newTitle: "b")) == [])
    }

    @Test("Files, definitions, months and programs that differ are named")
    func materials() throws {
        let old = try stored()
        var new = old
        new.assessment.inputs[1].sha256 = String(repeating: "ab", count: 32)
        new.assessment.inputs.removeLast()
        new.assessment.inputs.append(.init(path: "new.csv", sha256: "cd", rows: 3, rejected: 1))
        new.assessment.definitions[0].version = "2026.1"
        new.assessment.period = new.assessment.period.advanced(by: 1)
        new.program = "Concord 2"

        let comparison = AssessmentComparison(from: old, to: new)

        let last = try #require(old.assessment.inputs.last)
        #expect(comparison.inputs.map(\.name) == [old.assessment.inputs[1].path, last.path, "new.csv"].sorted())
        #expect(comparison.inputs.first { $0.name == "new.csv" }?.old == nil)
        #expect(comparison.inputs.first { $0.name == last.path }?.new == nil)
        #expect(comparison.definitions.map(\.name) == ["Offence groups"])
        #expect(comparison.definitions.first?.new?.hasPrefix("version 2026.1") == true)
        #expect(comparison.old.program == "Concord 1")
        #expect(!comparison.isEmpty)
        let html = comparison.html(oldTitle: "a", newTitle: "b").string
        for words in ["Concord 2", "new.csv", "version 2026.1", "February 2024 to January 2025", "not used"] {
            #expect(html.contains(words), "\(words)")
        }
    }

    @Test("The file of changes has a line for each, values unrounded")
    func csv() throws {
        let old = try stored()
        var new = old
        let level = try #require(new.assessment.tables.firstIndex { $0.id == "B1.level" })
        new.assessment.tables[level].rows[0][6] = .number(1.0 / 3)
        new.assessment.definitions[1].version = "x"
        let lines = String(decoding: AssessmentComparison(from: old, to: new).csv(), as: UTF8.self)
            .split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0] == "kind,address,table,row,column,old,new,difference")
        #expect(lines[1].hasPrefix("definition,Harm weights,"))
        #expect(lines[2].hasPrefix("figure,B1.level/total/ratePer1000,"))
        #expect(lines[2].contains(",0.3333333333333333,"))
    }
}
