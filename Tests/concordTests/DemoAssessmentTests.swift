import Foundation
import Testing

/// What `make run` does: the demo borough's records, assessed with the definitions that are shipped.
@Suite struct DemoAssessmentTests {
    @Test("The demo borough is assessed with the shipped definitions, and what was planted is found")
    func demo() throws {
        let folder = try TemporaryFolder()
        let records = folder.path("demo")
        let made = try Program.run(["demo", "records", "--quiet", "--seed", "7", "--years", "2", "--output", records])
        try #require(made.status == 0, "\(made.errors)")

        let assessed = try Program.run([
            "assess", "--quiet", "--partnership", "\(records)/partnership.json", "--from", "2025-01", "--to", "2025-12",
            "--output", folder.path("out"),
        ])
        try #require(assessed.status == 0, "\(assessed.errors)")
        let tables = try Assessed(folder: folder.path("out"))

        let incidents = try String(contentsOfFile: "\(records)/police-incidents.csv", encoding: .utf8)
            .split(separator: "\n").dropFirst()
            // The first date of a row is when it happened; titles before it may hold commas.
            .filter { row in row.firstRange(of: ",20").map { row[$0.lowerBound...].hasPrefix(",2025-") } ?? false }
            // Without an LSOA an incident is in no figure of an area.
            .filter { $0.contains(",E0199") }
        let level = try tables.table("B1.level")
        #expect(try level.value("count", ["Total"]).number == Double(incidents.count))
        #expect(try level.value("of", ["Total"]).number == 7)
        let harm = try tables.table("B2.harm")
        #expect(try harm.value("harm", ["Total"]).number ?? 0 > 0)
        #expect(try harm.value("unweighted", ["Total"]).number == 0)

        let weekdays = try tables.table("B5.weekday").column("count").compactMap(\.number)
        #expect(weekdays.count == 7)
        #expect(abs(weekdays.reduce(0, +) - Double(incidents.count)) < 1e-6)

        let truth = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: "\(records)/truth.json")))
        let planted = try #require((truth as? [String: Any])?["hotspots"] as? [[String: Any]])
        let busiest = Set(try tables.table("B3.lsoas").column("code").prefix(planted.count + 3).compactMap(\.text))
        for hotspot in planted { #expect(busiest.contains(try #require(hotspot["lsoa"] as? String))) }
    }
}
