import Assessment
import Kernel
import Testing

@Suite("Assessment tables for people and programs")
struct ReportFormatTests {
    private typealias Cell = AssessmentTable.Cell

    private func cell(_ cell: AssessmentTable.Cell, _ format: AssessmentTable.Format, column: String = "c") throws
        -> String
    {
        let table = AssessmentTable(
            id: "T", title: "T", columns: [.init("k", "K"), .init(column, "C", format)], rows: [[.text("k"), cell]])
        let month = try #require(Month("2024-01"))
        let range = try #require(MonthRange(from: month, to: month))
        let page = AssessmentReport.html(
            StrategicAssessment(
                area: .init(code: "E", name: "A"), period: range, previous: range.sameMonthsBefore, inputs: [],
                definitions: [], tables: [table], statements: [], labels: ["burglary": "Burglary"]),
            maps: [], generatedBy: "Concord")
        let text = String(decoding: page, as: UTF8.self)
        let match = try #require(text.firstMatch(of: /<th scope="row">k<\/th><td[^>]*>(.*?)<\/td>/))
        return String(match.1.replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<"))
    }

    @Test("Each format is written as readers expect")
    func formats() throws {
        let cases: [(Cell, AssessmentTable.Format, String)] = [
            (.text("burglary"), .text, "Burglary"), (.text("unknown"), .text, "unknown"),
            (.text("2024-07"), .text, "Jul 2024"), (.integer(1_234_567), .count, "1,234,567"),
            (.integer(-1234), .change, "−1,234"), (.integer(12), .change, "+12"), (.integer(0), .change, "0"),
            (.integer(3), .rank, "3"), (.number(2.345), .decimal(2), "2.35"), (.number(-2.345), .decimal(1), "−2.3"),
            (.number(12.34), .percent(signed: false), "12.3%"), (.number(12.34), .percent(signed: true), "+12.3%"),
            (.number(-0.04), .percent(signed: true), "0.0%"), (.number(12_345.678), .days, "12,346"),
            (.number(4.256), .days, "4.26"), (.number(0.00009), .probability, "< 0.0001"),
            (.number(0), .probability, "< 0.0001"), (.number(0.04567), .probability, "0.0457"),
            (.number(0.5), .probability, "0.500"), (.number(1), .probability, "1.00"),
            (.number(0.000123), .probability, "0.000123"), (.flag(true), .yesNo, "Yes"), (.flag(false), .yesNo, "No"),
            (.missing, .count, "–no figure"), (.number(.nan), .decimal(1), "–no figure"),
        ]
        for (value, format, expected) in cases { #expect(try cell(value, format) == expected) }
    }

    @Test("Differences carry their sign")
    func signs() throws {
        #expect(try cell(.number(12_345.6), .days, column: "difference") == "+12,346")
        #expect(try cell(.number(0), .days, column: "difference") == "0")
        #expect(try cell(.number(1.25), .decimal(1), column: "gap") == "+1.3")
    }

    private var table: AssessmentTable {
        AssessmentTable(
            id: "B1.level", title: "Level, \"and\" change",
            columns: [
                .init("category", "Category"), .init("count", "2024", .count), .init("rate", "Rate", .decimal(1)),
            ],
            rows: [
                [.text("=HYPERLINK(\"x\")"), .integer(-5), .number(0.1)], [.text("a, b"), .missing, .number(1 / 3)],
                [.text("-x"), .flag(true), .number(.infinity)], [.text(""), .text("+1"), .text("@x")],
            ], notes: ["n"])
    }

    @Test("CSV: numbers as they are, missing empty, formulas disarmed")
    func csv() {
        let text = String(decoding: AssessmentCSV.encode(table), as: UTF8.self)

        #expect(
            text == """
                category,count,rate
                "'=HYPERLINK(""x"")",-5,0.1
                "a, b",,0.3333333333333333
                '-x,true,
                ,'+1,'@x

                """)
    }

    @Test("JSON has exactly the agreed shape, numbers unrounded")
    func json() throws {
        let month = try #require(Month("2024-01"))
        let range = try #require(MonthRange(from: month, to: month.advanced(by: 11)))
        let assessment = StrategicAssessment(
            area: .init(code: "E09000029", name: "Sutton"), period: range, previous: range.sameMonthsBefore,
            inputs: [.init(path: "a.csv", sha256: "00", rows: 7, rejected: 1)],
            definitions: [.init(name: "Groups", version: "1", sha256: "ff")], tables: [table],
            statements: [.init(id: "B1.level/total", text: "“Text”", figures: ["B1.level/total/count"])], labels: [:])
        let read = try JSON(parsing: AssessmentJSON.encode(assessment, program: "Concord 1.0"), from: "test")
        let expected = """
            {"area":{"code":"E09000029","name":"Sutton"},"period":{"from":"2024-01","to":"2024-12"},
            "previous":{"from":"2023-01","to":"2023-12"},"program":"Concord 1.0",
            "inputs":[{"path":"a.csv","sha256":"00","rows":7,"rejected":1}],
            "definitions":[{"name":"Groups","version":"1","sha256":"ff"}],
            "tables":{"B1.level":{"title":"Level, \\"and\\" change","columns":["category","count","rate"],
            "rows":[["=HYPERLINK(\\"x\\")",-5,0.1],["a, b",null,0.3333333333333333],["-x",true,null],["","+1","@x"]],
            "notes":["n"]}},
            "statements":[{"id":"B1.level/total","text":"“Text”","figures":["B1.level/total/count"]}]}
            """

        #expect(read == (try JSON(parsing: Array(expected.utf8), from: "expected")))
    }
}
