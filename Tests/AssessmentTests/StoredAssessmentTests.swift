import Foundation
import Kernel
import Testing

@testable import Assessment

@Suite("Kept assessments")
struct StoredAssessmentTests {
    private func isSame(_ a: StrategicAssessment, _ b: StrategicAssessment) -> Bool {
        a.area == b.area && a.period == b.period && a.previous == b.previous && a.inputs == b.inputs
            && a.definitions == b.definitions && a.tables == b.tables && a.statements == b.statements
            && a.labels == b.labels
    }

    @Test("The demo assessment comes back as it was, and its document byte for byte")
    func demo() throws {
        let kept = try DemoGround.shared().stored
        let bytes = kept.encoded()

        let back = try StoredAssessment(decoding: bytes, from: "kept.json")

        #expect(isSame(back.assessment, kept.assessment))
        #expect(back.program == kept.program)
        #expect(!kept.maps.isEmpty)
        #expect(back.document() == kept.document())
        #expect(back.encoded() == bytes)
    }

    @Test("The sample with its maps comes back as it was, and its document byte for byte")
    func sample() throws {
        let sample = try ReportSample()
        let maps = [
            ReportMap(id: "lsoa", title: "Neighbourhoods", level: "LSOAs", shapes: sample.ground.lsoas),
            ReportMap(id: "ward", title: "Wards", level: "wards", shapes: sample.ground.wards),
        ]
        let kept = StoredAssessment(assessment: sample.assessment(), maps: maps, program: "Concord 9 <beta>")

        let back = try StoredAssessment(decoding: kept.encoded(), from: "kept.json")

        #expect(isSame(back.assessment, kept.assessment))
        #expect(back.document() == kept.document())
    }

    @Test("Cells and formats of every kind come back as they were")
    func cells() throws {
        let cells: [AssessmentTable.Cell] = [
            .integer(5), .number(5), .number(-0.0), .number(0.1), .number(1e300), .number(.leastNonzeroMagnitude),
            .number(-1e15),
            .number(.infinity), .integer(.max), .integer(.min), .flag(true), .flag(false), .missing, .text(""),
            .text("\u{0}\u{1F}\"\\</script>\u{2028}é😀"), .text("5"),
        ]
        let formats: [AssessmentTable.Format] = [
            .text, .count, .rank, .decimal(0), .decimal(9), .percent(signed: true), .percent(signed: false), .change,
            .days, .probability, .yesNo,
        ]
        let month = try #require(Month("2024-01"))
        let range = try #require(MonthRange(from: month, to: month))
        let table = AssessmentTable(
            id: "X", title: "X", columns: formats.enumerated().map { .init("c\($0)", "C", $1) },
            rows: cells.map { cell in formats.map { _ in cell } })
        let kept = StoredAssessment(
            assessment: StrategicAssessment(
                area: .init(code: "", name: "A"), period: range, previous: range, inputs: [], definitions: [],
                tables: [table], statements: [], labels: [:]), maps: [], program: "")

        let back = try StoredAssessment(decoding: kept.encoded(), from: "kept.json")

        #expect(back.assessment.tables == [table])
        guard case .number(let zero)? = back.assessment.tables.first?.rows[2].first else {
            Issue.record("−0 is no number any more")
            return
        }
        #expect(zero.sign == .minus)
    }

    @Test("Numbers as Base64 are those of Foundation")
    func base64() throws {
        var random = SeededRandom(seed: 4)
        for count in 0..<40 {
            let numbers = (0..<count).map { _ in (random.uniform() - 0.5) * 1e6 }
            let data = numbers.withUnsafeBytes { Data($0) }

            #expect(Base64.text(numbers) == data.base64EncodedString())
            #expect(Base64.numbers(data.base64EncodedString()) == numbers)
        }
        #expect(Base64.numbers("AAAA") == nil)
        #expect(Base64.numbers("!") == nil)
    }

    @Test("A newer version, another format and damaged bytes are refused with their place")
    func refused() throws {
        let month = try #require(Month("2024-01"))
        let range = try #require(MonthRange(from: month, to: month))
        let kept = StoredAssessment(
            assessment: StrategicAssessment(
                area: .init(code: "E", name: "A"), period: range, previous: range,
                inputs: [.init(path: "a", sha256: "0", rows: 1, rejected: 0)],
                definitions: [.init(name: "d", version: "1", sha256: "1")],
                tables: [.init(id: "T", title: "T", columns: [.init("c", "C", .count)], rows: [[.integer(1)]])],
                statements: [.init(id: "s", text: "t", figures: ["T/1/c"])], labels: ["a": "b"]),
            maps: [.init(id: "m", title: "M", level: "l", shapes: [("c", "n", [[(0, 0), (1, 0), (1, 1), (0, 0)]])])],
            program: "p")
        let text = String(decoding: kept.encoded(), as: UTF8.self)
        func fault(_ changed: String) -> String {
            do {
                _ = try StoredAssessment(decoding: Array(changed.utf8), from: "kept.json")
                return "none"
            } catch { return "\(error)" }
        }

        #expect(fault(text.replacing("\"version\": 1", with: "\"version\": 2")).contains("newer"))
        #expect(fault(text.replacing("concord-assessment", with: "other")).contains("format"))
        #expect(fault(text.replacing("[[1]]", with: "[[1, 2]]")).contains("rows[0]"))
        #expect(fault(text.replacing("[[1]]", with: "[[{\"a\": 1}]]")).contains("tables[0].rows[0][0]"))
        #expect(fault(text.replacing("\"count\"", with: "\"fancy\"")).contains("format \"fancy\""))
        #expect(fault(text.replacing("2024-01", with: "2024-13")).contains("month"))
        #expect(fault(text).contains("none"))
        for cut in stride(from: 0, to: text.utf8.count - 1, by: 7) {
            #expect(throws: Fault.self) {
                try StoredAssessment(decoding: Array(text.utf8.prefix(cut)), from: "kept.json")
            }
        }
    }

    @Test("assessment.json of earlier runs is read with the same figures")
    func plain() throws {
        let assessment = try DemoGround.shared().assessment

        let back = try StrategicAssessment(json: AssessmentJSON.encode(assessment), from: "assessment.json")

        #expect(back.area == assessment.area)
        #expect(back.period == assessment.period)
        #expect(back.statements == assessment.statements)
        #expect(back.tables.map(\.id) == assessment.tables.map(\.id))
        for (a, b) in zip(assessment.tables, back.tables) {
            #expect(AssessmentCSV.encode(a) == AssessmentCSV.encode(b), "\(a.id)")
            #expect(a.notes == b.notes)
        }
        let kept = try DemoGround.shared().stored
        #expect(isSame(try StrategicAssessment(json: kept.encoded(), from: "kept.json"), assessment))
    }
}
