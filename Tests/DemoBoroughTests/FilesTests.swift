import DemoBorough
import Foundation
import Kernel
import Testing

@Suite("Demonstration borough: its files")
struct FilesTests {
    @Test("The same seed gives the same bytes in every file", arguments: Borough.files)
    func sameSeed(file: String) throws {
        #expect(Made.other.failure == nil)
        #expect(try Made.other.bytes(file) == Made.again.bytes(file))
        #expect(Made.other.truth == Made.again.truth)
    }

    @Test("Another seed gives another borough")
    func otherSeed() throws {
        #expect(try Made.small.bytes("lsoa.geojson") != Made.other.bytes("lsoa.geojson"))
        #expect(try Made.small.bytes("survey.csv") != Made.other.bytes("survey.csv"))
    }

    @Test("The partnership names only files that were written")
    func partnership() throws {
        let json = try JSON(parsing: Made.small.bytes("partnership.json"), from: "partnership.json")
        for member in ["lookups", "boundaries", "populations", "deprivation", "records", "people"] {
            guard case .array(let paths) = json[member] else {
                Issue.record("\(member) is missing")
                continue
            }
            #expect(!paths.isEmpty)
            for case .string(let path) in paths { #expect(Borough.files.contains(path)) }
        }
        #expect(json["areas"] == .array([.string("E09000990")]))
    }

    @Test("A year has about 18,000 crimes and every row has all fields")
    func totals() throws {
        let incidents = try Made.incidents()
        #expect((35_000...38_500).contains(incidents.rows.count))
        #expect(incidents.rows.count == Made.small.truth?.incidents)
        #expect(incidents.header.count == 31)
        for file in Borough.files where file.hasSuffix(".csv") {
            let table = try file == "police-incidents.csv" ? Made.incidents() : Made.small.rows(file)
            #expect(table.rows.allSatisfy { $0.count == table.header.count }, "\(file)")
        }
        #expect((11_000...13_000).contains(try Made.small.rows("police-asb.csv").rows.count))
    }

    @Test("Identifiers are unique in each incidents file")
    func identifiers() throws {
        for file in ["police-incidents.csv", "police-asb.csv", "council-asb.csv", "ambulance.csv", "ae.csv"] {
            let identifiers = try Made.small.rows(file).column("incident_id")
            #expect(Set(identifiers).count == identifiers.count, "\(file)")
        }
    }

    @Test("Flags, injuries and times hold only what the format allows")
    func allowedValues() throws {
        let incidents = try Made.incidents()
        for flag in incidents.header[14..<28] {
            #expect(Set(incidents.column(flag)).isSubset(of: ["yes", "no", ""]), "\(flag)")
        }
        #expect(
            Set(incidents.column("injury")).isSubset(of: ["none", "minor", "moderate", "serious", "fatal", ""]))
        let (from, to) = (incidents.column("from"), incidents.column("to"))
        let reported = incidents.column("reported_at")
        #expect(from.allSatisfy { $0.count == 16 && $0 >= "2024-01-01T00:00" && $0 <= "2025-12-31T23:59" })
        #expect(zip(from, to).allSatisfy { $1.isEmpty || $0 < $1 })
        #expect(zip(from, reported).allSatisfy { $0 <= $1 })
        #expect(from == from.sorted())
    }

    @Test("Each person row belongs to an incident, and the truth has a row for it")
    func people() throws {
        let incidents = Set(try Made.incidents().column("incident_id"))
        let people = try Made.people()
        let truth = try Made.small.rows("people-truth.csv")
        #expect(people.column("incident_id").allSatisfy(incidents.contains))
        #expect(people.column("incident_id") == truth.column("incident_id"))
        #expect(people.column("role") == truth.column("role"))
        #expect(people.rows.count == (Made.small.truth?.victimRows ?? 0) + (Made.small.truth?.suspectRows ?? 0))
    }

    @Test("Residents by group are whole numbers and each area has a plausible total in every year")
    func population() throws {
        let table = try Made.small.rows("population.csv")
        #expect(table.rows.count == 120 * 2 * 2 * 7 * 5)
        var totals: [String: Int] = [:]
        for row in table.rows { totals["\(row[0]) \(row[1])", default: 0] += try #require(Int(row[5])) }
        #expect(totals.count == 240)
        #expect(totals.values.allSatisfy { (1000...3500).contains($0) })
    }

    @Test("Ranks of deprivation are different, and deciles follow from them")
    func deprivation() throws {
        let table = try Made.small.rows("deprivation.csv")
        let ranks = table.column("imd_rank").compactMap { Int($0) }
        #expect(Set(ranks).count == 120)
        let deciles = table.column("imd_decile").compactMap { Int($0) }
        for (rank, decile) in zip(ranks, deciles) {
            #expect(decile == Int((Double(rank) / 33_755 * 10).rounded(.up)))
        }
        let scores = table.column("imd_score").compactMap { Double($0) }
        let byScore = scores.indices.sorted { scores[$0] > scores[$1] }
        #expect(byScore.map { ranks[$0] } == ranks.sorted())
    }

    @Test("Times of stops are in UTC and none lies outside the years when read in the United Kingdom")
    func stops() throws {
        let dates = try Made.small.rows("stop-and-search.csv").column("Date")
        #expect(dates.allSatisfy { $0.hasSuffix(":00+00:00") && $0.count == 25 })
        #expect(dates.allSatisfy { $0 >= "2023-12-31T23:00" && $0 < "2026" })
        #expect(dates.count > 4500)
    }
}
