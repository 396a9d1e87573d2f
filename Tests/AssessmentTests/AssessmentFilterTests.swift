import HTML
import Kernel
import Testing

@testable import Assessment

@Suite("Filters of an assessment")
struct AssessmentFilterTests {
    private typealias Cell = AssessmentTable.Cell

    private func demo() throws -> StrategicAssessment { try DemoGround.shared().assessment }

    private func spring() throws -> MonthRange {
        let march = try #require(Month("2025-03"))
        return try #require(MonthRange(from: march, to: march.advanced(by: 2)))
    }

    private func column(_ table: AssessmentTable, _ id: String) throws -> [Cell] {
        let position = try #require(table.column(id))
        return table.rows.map { $0[position] }
    }

    @Test("The choices are the areas, groups and months that the tables hold")
    func choices() throws {
        let assessment = try demo()
        let choices = AssessmentChoices(assessment)
        let wards = try column(#require(assessment.table("B3.wards")), "code")
        #expect(Set(choices.wards.map { Cell.text($0.value) }) == Set(wards))
        #expect(choices.smallAreas.count == (try #require(assessment.table("B3.lsoas"))).rows.count)
        #expect(choices.wards.map(\.title) == choices.wards.map(\.title).sorted())
        #expect(choices.months.first == Month("2024-01"))
        #expect(choices.months.last == Month("2025-12"))
        #expect(choices.months.count == 24)
        #expect(!choices.categories.contains { $0.value == "Total" })
        #expect(choices.groups.contains { group in assessment.table("B3.hotspots.\(group.value)") != nil })
    }

    @Test("A ward leaves its own row, and its small areas where tables are of those")
    func ward() throws {
        let assessment = try demo()
        let ward = try #require(AssessmentChoices(assessment).wards.first)
        let filter = AssessmentFilter(area: ward.value)
        let wards = assessment.filtered(try #require(assessment.table("B3.wards")), by: filter)
        let areas = assessment.filtered(try #require(assessment.table("B3.lsoas")), by: filter)
        let hotspots = assessment.filtered(try #require(assessment.table("B3.hotspots")), by: filter)
        let level = assessment.filtered(try #require(assessment.table("B1.level")), by: filter)

        #expect(try column(wards.table, "code") == [.text(ward.value)])
        #expect(try Set(column(areas.table, "ward")) == [.text(ward.title)])
        #expect(try Set(column(hotspots.table, "code")) == Set(column(areas.table, "code")))
        #expect(wards.applied == ["Shown: \(ward.title)."])
        #expect(level.table == assessment.table("B1.level"))
        #expect(level.unavailable == ["This table has no areas: it is of \(assessment.area.name) as a whole."])
    }

    @Test("A category leaves its rows; a table without it stays whole and says so")
    func category() throws {
        let assessment = try demo()
        let category = try #require(assessment.table("B1.level")?.rows.first?.first?.asText)
        let filter = AssessmentFilter(group: category)
        let months = assessment.filtered(try #require(assessment.table("B1.months")), by: filter)
        let week = assessment.filtered(try #require(assessment.table("B5.weekday")), by: filter)

        #expect(months.table.rows.count == 24)
        #expect(try Set(column(months.table, "category")) == [.text(category)])
        #expect(week.table.rows.count == 7)
        #expect(week.unavailable.first?.contains("shown whole") == true)
    }

    @Test("An offence group leaves its own hotspots and sets the others aside")
    func group() throws {
        let assessment = try demo()
        let tables = assessment.tables.filter { $0.id.hasPrefix("B3.hotspots.") }
        try #require(tables.count > 1)
        let filter = AssessmentFilter(group: String(tables[0].id.dropFirst("B3.hotspots.".count)))
        #expect(!assessment.filtered(tables[0], by: filter).isOther)
        #expect(assessment.filtered(tables[1], by: filter).isOther)
        #expect(assessment.filtered(tables[0], by: filter).table == tables[0])
    }

    @Test("Months leave the rows of those months")
    func months() throws {
        let assessment = try demo()
        let range = try spring()
        let filter = AssessmentFilter(period: range)
        let season = assessment.filtered(try #require(assessment.table("B5.month")), by: filter)
        let level = assessment.filtered(try #require(assessment.table("B1.level")), by: filter)

        #expect(try column(season.table, "month") == ["2025-03", "2025-04", "2025-05"].map { .text($0) })
        #expect(level.unavailable == ["This table has no months: it is of 2025 as a whole."])
    }

    @Test("What is filtered keeps its addresses, and pages stay sound")
    func addresses() throws {
        let demo = try DemoGround.shared()
        let ward = try #require(AssessmentChoices(demo.assessment).wards.last)
        let range = try spring()
        let filters = [
            AssessmentFilter(area: ward.value, period: range), AssessmentFilter(area: "nowhere", group: "nothing"),
            AssessmentFilter(group: demo.assessment.table("B1.level")?.rows[1][0].asText),
        ]
        for filter in filters {
            let sections = AssessmentSections(demo.stored, links: AssessmentLinks(base: "/a"), filter: filter)
            for table in demo.assessment.tables {
                let html = try #require(sections.table(table.id, limit: 40))
                #expect(HtmlLintProblems.of(html) == [], "\(table.id)")
                for link in html.string.matches(of: /href="\/a\/figures\/([^"]*)">([^<]*)</).prefix(5) {
                    let address = try #require(FigureAddress(segment: String(link.1)))
                    let definition = try FigureDefinition.of(address, in: demo.assessment)
                    #expect(definition.value.replacing("<", with: "&lt;") == String(link.2), "\(address)")
                }
            }
        }
    }
}
