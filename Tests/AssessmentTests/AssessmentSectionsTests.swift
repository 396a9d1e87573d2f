import Assessment
import HTML
import Kernel
import Testing

@Suite("The assessment in pages")
struct AssessmentSectionsTests {
    private func sections(_ filter: AssessmentFilter = AssessmentFilter()) throws -> AssessmentSections {
        AssessmentSections(
            try DemoGround.shared().stored, links: AssessmentLinks(base: "/assessment/1"), filter: filter)
    }

    private func problems(_ html: Html) -> [String] {
        HtmlLint.problems(in: html.bytes, policy: .contentSecurity)
    }

    @Test("Every fragment of the demo is sound HTML without styles and scripts")
    func lint() throws {
        let sections = try sections()
        #expect(problems(sections.contentsList(current: "B1")) == [])
        for entry in sections.contents {
            let html = try #require(sections.section(entry.id))
            #expect(problems(html) == [], "\(entry.id)")
            for table in entry.children {
                let html = try #require(sections.table(table.id, offset: 0, limit: 30))
                #expect(problems(html) == [], "\(table.id)")
            }
        }
        #expect(sections.section("nothing") == nil)
        #expect(sections.table("nothing") == nil)
    }

    @Test("The whole document is sound, and its links lead within it")
    func whole() throws {
        let stored = try DemoGround.shared().stored
        let links = AssessmentLinks(base: "/assessment/1").withinPage()
        let sections = AssessmentSections(stored, links: links)
        let page: Html = "\(sections.contentsList())<main><h1>Assessment</h1>\(sections.whole())</main>"
        #expect(problems(page) == [])
    }

    @Test("Every table is in the contents once, under its part")
    func contents() throws {
        let sections = try sections()
        let assessment = try DemoGround.shared().assessment
        #expect(sections.contents.first?.id == "findings")
        #expect(sections.contents.last?.id == "method")
        let tables = sections.contents.flatMap { entry in entry.children.map { (entry.id, $0.id) } }
        #expect(Set(tables.map(\.1)) == Set(assessment.tables.map(\.id)))
        #expect(tables.count == assessment.tables.count)
        for (part, table) in tables { #expect(table.hasPrefix(part + ".")) }
    }

    @Test("Every figure shown leads to its address, and the address to what is shown")
    func links() throws {
        let sections = try sections()
        let assessment = try DemoGround.shared().assessment
        var seen = 0
        for table in assessment.tables {
            let html = try #require(sections.table(table.id, limit: 100_000)).string
            let links = html.matches(
                of: /<a class="[^"]*concord-figure" href="\/assessment\/1\/figures\/([^"]*)">([^<]*)</)
            var figures = Set(assessment.addresses(of: table.id))
            let isCrossed = table.kind == "B1.months"
            for link in links {
                let address = try #require(FigureAddress(segment: String(link.1)))
                #expect(figures.remove(address) != nil, "\(address)")
                guard seen % 37 == 0 else { continue }
                let definition = try FigureDefinition.of(address, in: assessment)
                #expect(Html(text: definition.value).string == String(link.2), "\(address)")
            }
            seen += links.count
            // The months before the period stand in the file only.
            if isCrossed { figures = figures.filter { $0.row.hasPrefix("2025") } }
            #expect(figures.isEmpty, "\(table.id) does not link \(figures.first?.description ?? "")")
        }
        #expect(seen > 2000)
    }

    @Test("Long tables are cut among others and whole on their own page, in pieces")
    func pieces() throws {
        let sections = try sections()
        let table = try #require(try DemoGround.shared().assessment.table("B3.lsoas"))
        let rows = try #require(sections.rowCount(of: "B3.lsoas"))
        #expect(rows == table.rows.count)
        try #require(rows > 60)
        func count(_ html: Html?) throws -> Int {
            let text = try #require(html).string
            let own = try #require(text.firstRange(of: "id=\"B3.lsoas-table\""))
            return text[own.lowerBound...].matches(of: /<th scope="row"/).count
        }
        #expect(try count(sections.table("B3.lsoas", offset: 0, limit: 50)) == 50)
        #expect(try count(sections.table("B3.lsoas", offset: rows - 7, limit: 50)) == 7)
        #expect(try count(sections.table("B3.lsoas", offset: rows + 5, limit: 50)) == 0)
        #expect(try count(sections.table("B3.lsoas", offset: -5, limit: 3)) == 3)
        #expect(try #require(sections.section("B3")).string.contains("Show all rows"))
    }

    @Test("Each map has a list of its areas, tooltips, and its layer")
    func maps() throws {
        let demo = try DemoGround.shared()
        let html = try #require(try sections().table("B3.wards")).string
        let wards = try #require(demo.assessment.table("B3.wards")).rows
        let layers = AssessmentGeoJSON.layers(of: "B3.wards", in: demo.stored)
        #expect(layers.map(\.id) == ["ratePer1000-ward", "harm-ward"])
        #expect(html.matches(of: /data-module="map"/).count == 2)
        #expect(html.contains("data-geojson=\"/assessment/1/layers/B3.wards/ratePer1000-ward\""))
        #expect(html.matches(of: /<tr [^>]*data-area="/).count == 2 * wards.count)
        #expect(html.matches(of: /<path [^>]*><title>/).count == 2 * wards.count)
        let breaks = layers[0].breaks.map { "\($0)" }.joined(separator: ",")
        #expect(html.contains("data-breaks=\"\(breaks)\""))
    }

    @Test("Words from outside are escaped in every fragment")
    func hostile() throws {
        let evil = "<script>alert('x')</script>\"& style=x"
        let month = try #require(Month("2024-01"))
        let range = try #require(MonthRange(from: month, to: month))
        let columns: [AssessmentTable.Column] = [
            .init("code", evil), .init("name", evil), .init("count", evil, .count),
            .init("ratePer1000", evil, .decimal(1)),
        ]
        let table = AssessmentTable(
            id: "B3.wards", title: evil, columns: columns,
            rows: [[.text(evil), .text(evil), .integer(1), .number(2)]], notes: [evil])
        let level = AssessmentTable(
            id: "B1.level", title: evil, columns: [.init("category", evil), .init("count", evil, .count)],
            rows: [[.text(evil), .integer(3)], [.text("Total"), .integer(3)]], notes: [evil])
        let square: [(x: Double, y: Double)] = [
            (530_000, 170_000), (531_000, 170_000), (531_000, 171_000), (530_000, 170_000),
        ]
        let stored = StoredAssessment(
            assessment: StrategicAssessment(
                area: .init(code: evil, name: evil), period: range, previous: range,
                inputs: [.init(path: evil, sha256: evil, rows: 1, rejected: 0)],
                definitions: [.init(name: evil, version: evil, sha256: evil)], tables: [level, table],
                statements: [.init(id: "B1.level/x", text: evil, figures: ["B1.level/\(evil)/count", "B1.level"])],
                labels: [evil: evil]),
            maps: [.init(id: "ward", title: evil, level: evil, shapes: [(evil, evil, [square])])], program: evil)
        let links = AssessmentLinks(base: "/a")
        let sections = AssessmentSections(stored, links: links, filter: AssessmentFilter(area: evil, group: evil))
        var all: [Html] = sections.contents.compactMap { sections.section($0.id) }
        all.append(sections.contentsList())
        let address = FigureAddress(table: "B1.level", row: evil, column: "count")
        all.append(try FigureDefinition.of(address, in: stored.assessment).html(links))
        var other = stored
        other.assessment.area.name += "2"
        other.assessment.tables[0].rows[0][1] = .integer(4)
        all.append(AssessmentComparison(from: stored, to: other).html(oldTitle: evil, newTitle: evil))
        #expect(all.count > 5)
        for html in all {
            #expect(problems(html) == [])
            #expect(!html.string.contains("<script"))
        }
    }
}
