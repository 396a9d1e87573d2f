import HTML
import Kernel
import Testing

@testable import Assessment

@Suite("Records of figures")
struct FigureRowsTests {
    @Test("The records of every count of the demo assessment add up to it")
    func everyCount() throws {
        let demo = try DemoGround.shared()
        var counts = 0
        for table in demo.assessment.tables {
            for address in demo.assessment.addresses(of: table.id)
            where FigureMeaning.of(table, address.column).kind == .sum {
                let rows = try demo.records.rows(of: address, in: demo.assessment)
                counts += 1
                #expect(rows.agrees == true, "\(address): \(rows.sum) instead of \(rows.figure ?? .nan)")
            }
        }
        #expect(counts > 3000)
    }

    @Test("Every other figure has the records of its counts, or says why it has none")
    func others() throws {
        let demo = try DemoGround.shared()
        for table in demo.assessment.tables {
            let others = demo.assessment.addresses(of: table.id).filter {
                FigureMeaning.of(table, $0.column).kind != .sum
            }
            for (position, address) in others.enumerated() where position % 23 == 0 || others.count < 40 {
                let rows = try demo.records.rows(of: address, in: demo.assessment)
                #expect(rows.agrees == nil)
                #expect(!rows.notes.isEmpty, "\(address)")
                let isElsewhere = FigureMeaning.of(table, address.column).kind == .elsewhere
                if isElsewhere, !table.id.hasPrefix("A2") { #expect(rows.count == 0, "\(address)") }
            }
        }
    }

    @Test("Each record names its file and line, and the line says what the record says")
    func lines() throws {
        let demo = try DemoGround.shared()
        let samples = [
            "B1.level/Total/count", "B1.level/Total/previous", "B2.harm/Total/harm", "A2.areas/{0}/noLocation",
            "B5.weekday/Friday/count",
        ]
        var checked = 0
        for sample in samples + samplesOfPlaces(demo.assessment) {
            let text = sample.replacing("{0}", with: demo.assessment.table("A2.areas")?.rows[0][0].asText ?? "")
            let rows = try demo.records.rows(of: #require(FigureAddress(text)), in: demo.assessment)
            let page = rows.page(offset: rows.count / 2, limit: 40)
            #expect(!page.rows.isEmpty, "\(text)")
            for row in page.rows {
                func word(_ column: String) -> String {
                    page.column(column).flatMap { row[$0].asText } ?? ""
                }
                let line = try #require(page.column("line").flatMap { row[$0].asNumber })
                let source = try #require(demo.lines[word("file")])
                let words = source[Int(line) - 1]
                if !word("lsoa").isEmpty { #expect(words.contains(word("lsoa"))) }
                #expect(words.contains(word("category")))
                #expect(words.contains(word("month")))
                checked += 1
            }
        }
        #expect(checked > 200)
    }

    private func samplesOfPlaces(_ assessment: StrategicAssessment) -> [String] {
        ["B3.wards", "B3.lsoas", "B3.hotspots"].compactMap { id in
            assessment.table(id)?.rows.first?.first?.asText.map { "\(id)/\($0)/count" }
        }
    }

    @Test("Pages are the parts of the whole, and CSV holds all of it")
    func pages() throws {
        let demo = try DemoGround.shared()
        let rows = try demo.records.rows(
            of: .init(table: "B1.level", row: "Total", column: "change"), in: demo.assessment)
        var whole: [[AssessmentTable.Cell]] = []
        rows.each { whole.append($0) }
        #expect(whole.count == rows.count)
        try #require(rows.count > 1200)
        #expect(rows.page(limit: 10).rows == Array(whole.prefix(10)))
        #expect(rows.page(offset: rows.count - 3, limit: 10).rows == Array(whole.suffix(3)))
        #expect(rows.page(offset: rows.count, limit: 10).rows == [])
        #expect(rows.page(offset: 5, limit: 0).rows == [])
        #expect(Set(whole.compactMap(\.first)) == [.text("Period"), .text("Earlier period")])
        var csv: [UInt8] = []
        var pieces = 0
        rows.csv {
            csv += $0
            pieces += 1
        }
        #expect(pieces > 2)
        let lines = String(decoding: csv, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == rows.count + 1)
        #expect(lines[0].hasPrefix("part,file,line,month,"))
        #expect(lines.filter { $0.hasPrefix("part,") }.count == 1)
    }

    @Test("Records of a page are sound HTML, for figures with and without any")
    func html() throws {
        let demo = try DemoGround.shared()
        for text in ["B1.level/Total/changePercent", "B1.level/Total/population", "A2.rejects/x/count"] {
            guard let address = FigureAddress(text), let rows = try? demo.records.rows(of: address, in: demo.assessment)
            else { continue }
            let html = rows.html(offset: 20, limit: 30, labels: demo.assessment.labels)
            #expect(HtmlLintProblems.of(html) == [])
            #expect(html.string.contains("There are no records") == (rows.count == 0))
        }
        for table in demo.assessment.tables {
            guard let address = demo.assessment.addresses(of: table.id).last else { continue }
            let definition = try FigureDefinition.of(address, in: demo.assessment)
            #expect(HtmlLintProblems.of(definition.html(AssessmentLinks(base: "/a"))) == [], "\(address)")
        }
    }

    @Test("Records that are not those of the assessment are refused by name")
    func strange() throws {
        let demo = try DemoGround.shared()
        var assessment = demo.assessment
        assessment.inputs[0].sha256 = String(repeating: "0", count: 64)
        assessment.definitions[0].sha256 = "1"
        let address = FigureAddress(table: "B1.level", row: "Total", column: "count")
        let fault = #expect(throws: Fault.self) { try demo.records.rows(of: address, in: assessment) }
        #expect(fault?.why.contains(assessment.inputs[0].path) == true)
        #expect(demo.records.differences(from: assessment).count == 3)
        #expect(demo.records.differences(from: demo.assessment) == [])
    }

    @Test("A definition says what, how, from what and with which caution")
    func definition() throws {
        let assessment = try DemoGround.shared().assessment
        let category = try #require(assessment.table("B2.harm")?.rows.first?.first?.asText)
        let rate = try FigureDefinition.of(#require(FigureAddress("B1.level/Total/rateLow")), in: assessment)
        let harm = try FigureDefinition.of(
            .init(table: "B2.harm", row: category, column: "harm"), in: assessment)

        #expect(rate.meaning.method.contains("Garwood"))
        #expect(rate.recordsCounted.map(Double.init) == assessment.table("B1.level")?.rows.last?[1].asNumber)
        #expect(rate.inputs == assessment.inputs)
        #expect(!rate.definitions.contains { $0.name.hasPrefix("harm weights") })
        #expect(harm.definitions.contains { $0.name.hasPrefix("harm weights") })
        #expect(rate.notes == assessment.table("B1.level")?.notes)
        let count = try FigureDefinition.of(#require(FigureAddress("B1.level/Total/count")), in: assessment)
        #expect(count.statements.map(\.id).contains("B1.level/total"))
        #expect(count.title == "Total: count")
        #expect(count.rowFigures.contains { $0.title == "Rate per 1,000" })
    }
}
