import Assessment
import Foundation
import Graphics
import HTML
import Kernel
import Testing

@Suite("AssessmentReport")
struct ReportTests {
    private let sample: ReportSample
    private let page: [UInt8]
    private var text: String { String(decoding: page, as: UTF8.self) }

    init() throws {
        sample = try ReportSample()
        page = AssessmentReport.html(
            sample.assessment(), maps: ReportTests.maps(sample), generatedBy: "Concord 1.0 <test>")
    }

    private static func maps(_ sample: ReportSample) -> [ReportMap] {
        [
            ReportMap(id: "wards", title: "Wards of Thornbeck", level: "wards", shapes: sample.ground.wards),
            ReportMap(id: "lsoas", title: "LSOAs of Thornbeck", level: "neighbourhoods", shapes: sample.ground.lsoas),
        ]
    }

    private func render(_ change: (inout StrategicAssessment) -> Void) -> String {
        var assessment = sample.assessment()
        change(&assessment)
        let page = AssessmentReport.html(assessment, maps: ReportTests.maps(sample), generatedBy: "Concord")
        #expect(HtmlLint.problems(in: page, whole: true) == [])
        return String(decoding: page, as: UTF8.self)
    }

    @Test("The page of a whole assessment is sound")
    func lint() throws {
        if let path = ProcessInfo.processInfo.environment["CONCORD_REPORT_SAMPLE"] {
            try Data(page).write(to: URL(fileURLWithPath: path))
        }

        #expect(HtmlLint.problems(in: page, whole: true) == [])
    }

    @Test("The page needs nothing else")
    func selfContained() {
        let outside = text.matches(of: /(?:src|href|url|@import)[=(\s]+["']?(?:https?:|\/\/|data:|file:)/)

        #expect(outside.isEmpty)
        #expect(!text.contains("<script") && !text.contains("<link") && !text.contains(" on" + "click"))
        #expect(text.contains("<html lang=\"en-GB\">") && text.contains("<meta charset=\"utf-8\">"))
    }

    @Test("The same assessment gives the same bytes")
    func deterministic() {
        let again = AssessmentReport.html(
            sample.assessment(), maps: ReportTests.maps(sample), generatedBy: "Concord 1.0 <test>")

        #expect(again == page)
    }

    @Test("Every table and sentence has its place, and a sentence leads to its row")
    func anchors() {
        for table in sample.assessment().tables {
            #expect(text.contains("<section class=\"block\" id=\"\(table.id)\""))
        }
        for statement in sample.assessment().statements { #expect(text.contains("id=\"statement-\(statement.id)\"")) }
        #expect(text.contains("href=\"#B2.harm/robbery\"") && text.contains("<tr id=\"B2.harm/robbery\">"))
    }

    @Test("Tables known by their columns are drawn, unknown ones are only set")
    func drawings() {
        for id in [
            "B1.level-count", "B1.level-change", "B1.level-region", "B1.months-year", "B1.months-each",
            "B2.harm-difference",
            "B3.wards-ratePer1000-wards", "B3.lsoas-harm-lsoas", "B3.hotspots-count-lsoas", "B3.concentration-curve",
            "B3.overlap-groups-lsoas", "B5.weekday-columns", "B5.band-columns", "B5.weekdayBand-grid",
            "B5.month-season",
        ] {
            #expect(text.contains("<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"drawing-\(id)\""), "\(id)")
        }
        #expect(!text.contains("drawing-A2.fields") && !text.contains("drawing-B3.wards-ratePer1000-lsoas"))
    }

    @Test("Words from outside are escaped everywhere")
    func escaping() {
        let nasty = "<img src=x onerror=\"alert(1)\">&'"
        let text = render { assessment in
            assessment.area.name = nasty
            assessment.inputs[0].path = nasty
            assessment.statements[0].text = nasty
            assessment.labels["burglary"] = nasty
            assessment.tables[0].title = nasty
            assessment.tables[0].columns[1].title = nasty
            assessment.tables[0].notes = [nasty]
            assessment.definitions[0].name = nasty
        }

        #expect(!text.contains("<img"))
    }

    @Test("A table without rows, without its columns, or with short rows does no harm")
    func tolerance() {
        _ = render { assessment in
            for i in assessment.tables.indices { assessment.tables[i].rows = [] }
        }
        _ = render { assessment in
            for i in assessment.tables.indices { assessment.tables[i].columns.removeLast(2) }
        }
        _ = render { assessment in
            for i in assessment.tables.indices {
                assessment.tables[i].rows = assessment.tables[i].rows.map { _ in [.text("<x y>")] }
            }
        }
        _ = render { assessment in
            for i in assessment.tables.indices {
                let width = assessment.tables[i].columns.count
                assessment.tables[i].rows = [Array(repeating: .missing, count: width)]
            }
        }
        let empty = render { assessment in
            assessment.tables = []
            assessment.statements = []
            assessment.inputs = []
            assessment.definitions = []
        }
        #expect(empty.contains("No sentences were made"))
    }

    @Test("Of a long table 25 rows are shown, the rest can be opened, and print points at the file")
    func longTable() throws {
        let block = try #require(text.firstRange(of: "id=\"B3.lsoas-table\""))
        let rest = text[block.upperBound...]
        let details = try #require(rest.firstRange(of: "<details><summary>Show the other 95 rows</summary>"))

        #expect(rest[..<details.lowerBound].matches(of: /<tr[ >]/).count == 26)
        #expect(rest.contains("All rows are in the file B3.lsoas.csv."))
    }

    @Test("What is missing is a dash that is explained and read out")
    func missing() {
        #expect(
            text.contains("<td class=\"n\"><span aria-hidden=\"true\">–</span><span class=\"vh\">no figure</span></td>")
        )
        #expect(text.contains("“–” means that there is no figure"))
    }

    @Test("An unknown part comes before quality, an unknown label as it is")
    func unknownPart() throws {
        let text = render { assessment in
            assessment.tables.append(
                AssessmentTable(
                    id: "Z9.new", title: "Something new", columns: [.init("a", "A")], rows: [[.text("b c")]]))
        }
        let new = try #require(text.firstRange(of: "<h2 id=\"section-Z9\">"))
        let quality = try #require(text.firstRange(of: "<h2 id=\"section-A2\">"))

        #expect(new.lowerBound < quality.lowerBound)
        #expect(text.contains("<th scope=\"row\">b c</th>"))
    }

    @Test("The page’s own colours can be read, light and dark")
    func contrast() throws {
        let palettes = text.matches(of: /:root\{[^}]*--paper:([^}]*)\}/).map { match in
            Dictionary(
                ("--paper:" + match.1).split(separator: ";").compactMap { rule in
                    rule.firstMatch(of: /--([a-z-]+):#([0-9a-f]+)/).map { (String($0.1), colour(String($0.2))) }
                }, uniquingKeysWith: { $1 })
        }

        #expect(palettes.count == 2)
        for palette in palettes {
            for (text, ground) in [
                ("ink", "paper"), ("soft", "paper"), ("link", "paper"), ("ink", "faint"), ("soft", "faint"),
                ("ink", "mark"), ("soft", "mark"), ("on-brand", "brand"),
            ] {
                let ratio = try #require(palette[text]).contrast(with: try #require(palette[ground]))
                #expect(ratio >= 4.5, "\(text) on \(ground)")
            }
        }
    }

    private func colour(_ hex: String) -> Colour {
        let full = hex.count == 3 ? hex.map { "\($0)\($0)" }.joined() : hex
        return Colour(UInt32(full, radix: 16) ?? 0)
    }
}
