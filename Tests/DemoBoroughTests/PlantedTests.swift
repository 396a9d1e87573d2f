import DemoBorough
import Foundation
import Kernel
import Testing

@Suite("Demonstration borough: what was planted is there")
struct PlantedTests {
    @Test("Violence peaks in summer, burglary and theft from vehicles in winter")
    func seasons() throws {
        let incidents = try Made.incidents()
        func halves(_ column: String, _ values: Set<String>) -> (summer: Int, winter: Int) {
            var counts = (summer: 0, winter: 0)
            for (kind, from) in zip(incidents.column(column), incidents.column("from")) where values.contains(kind) {
                switch from.dropFirst(5).prefix(2) {
                case "06", "07", "08": counts.summer += 1
                case "12", "01", "02": counts.winter += 1
                default: break
                }
            }
            return counts
        }
        let violence = halves("category", ["Violence and sexual offences"])
        let theft = halves("offence_code", ["028/03", "030/02", "045/10"])
        #expect(Double(violence.summer) > 1.12 * Double(violence.winter))
        #expect(Double(theft.winter) > 1.25 * Double(theft.summer))
    }

    @Test("Assaults gather on the nights of Friday and Saturday, and most burglaries of homes have a window")
    func rhythms() throws {
        let incidents = try Made.incidents()
        let codes = incidents.column("offence_code")
        let from = incidents.column("from")
        let to = incidents.column("to")
        var nights = [Int](repeating: 0, count: 7)
        var windows = (with: 0, all: 0)
        for row in codes.indices {
            if codes[row] == "028/03" {
                windows.all += 1
                if !to[row].isEmpty { windows.with += 1 }
            }
            guard codes[row] == "008/06", let hour = Int(from[row].dropFirst(11).prefix(2)),
                let date = LocalDate(String(from[row].prefix(10))), hour >= 20 || hour < 5
            else { continue }
            nights[hour < 5 ? (date.weekday + 6) % 7 : date.weekday] += 1
        }
        #expect(nights[4] + nights[5] > nights[0] + nights[1] + nights[2])
        #expect((0.7...0.95).contains(Double(windows.with) / Double(windows.all)))
    }

    @Test("The seven planted hot spots are the seven areas with most police incidents", arguments: [true, false])
    func hotspots(small: Bool) throws {
        let borough = small ? Made.small : Made.other
        var counts: [String: Int] = [:]
        for code in try (small ? Made.incidents() : borough.rows("police-incidents.csv")).column("lsoa")
        where !code.isEmpty {
            counts[code, default: 0] += 1
        }
        let top = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(7).map(\.key)
        #expect(Set(top) == Set(try #require(borough.truth).hotspots.map(\.lsoa)))
    }

    @Test("Pairs of home burglaries within 200 m and 14 days exceed what shuffled dates give")
    func nearRepeats() throws {
        let incidents = try Made.incidents()
        var points: [(x: Double, y: Double)] = []
        var days: [Int] = []
        let columns = ["offence_code", "longitude", "latitude", "from"].map(incidents.column)
        for row in incidents.rows.indices where columns[0][row] == "028/03" {
            guard let longitude = Double(columns[1][row]), let latitude = Double(columns[2][row]),
                let date = LocalDate(String(columns[3][row].prefix(10)))
            else { continue }
            points.append((longitude * 71_204, latitude * 111_235))
            days.append(Int(date.day))
        }
        var near: [(Int, Int)] = []
        for i in points.indices {
            for j in points.indices.dropFirst(i + 1) {
                let (dx, dy) = (points[i].x - points[j].x, points[i].y - points[j].y)
                if dx * dx + dy * dy <= 200 * 200 { near.append((i, j)) }
            }
        }
        func close(_ days: [Int]) -> Int { near.count { abs(days[$0.0] - days[$0.1]) <= 14 } }
        let observed = close(days)
        var random = SeededRandom(seed: 99)
        var shuffled = days
        var shuffles: [Int] = []
        for _ in 0..<39 {
            shuffled.shuffle(using: &random)
            shuffles.append(close(shuffled))
        }
        let mean = Double(shuffles.reduce(0, +)) / 39
        let truth = try #require(Made.small.truth)
        #expect(observed > shuffles.max() ?? 0)
        #expect(Double(observed) - mean > 0.6 * Double(truth.nearRepeats))
        #expect((0.12...0.30).contains(Double(truth.nearRepeats) / Double(truth.homeBurglaries)))
    }

    @Test("The truth file counts what truth.json says, and a few people make many of the rows")
    func concentration() throws {
        let table = try Made.small.rows("people-truth.csv")
        var rows: [String: [String: Int]] = [:]
        for row in table.rows { rows[row[2], default: [:]][row[3], default: 0] += 1 }
        let truth = try #require(Made.small.truth)
        let suspects = try #require(rows["suspect"])
        let victims = try #require(rows["victim"])
        #expect(suspects.count == truth.suspects && victims.count == truth.victims)
        #expect(suspects.values.count { $0 > 1 } == truth.repeatSuspects)
        #expect(victims.values.count { $0 > 1 } == truth.repeatVictims)
        let most = suspects.values.sorted(by: >)
        let topFifth = most.prefix(most.count / 5).reduce(0, +)
        #expect(Double(topFifth) > 0.4 * Double(most.reduce(0, +)))
        #expect((most.first ?? 0) > 12)
        #expect((victims.values.max() ?? 0) > 6)
    }

    @Test("Records of one person differ often enough that linkage has work, and agree often enough that it can")
    func mistakes() throws {
        let people = try Made.people()
        let truth = try Made.small.rows("people-truth.csv").column("person")
        let names = zip(people.column("given_name"), people.column("family_name")).map { "\($0)|\($1)" }
        var spellings: [String: Set<String>] = [:]
        var rows: [String: Int] = [:]
        for (person, name) in zip(truth, names) {
            spellings[person, default: []].insert(name)
            rows[person, default: 0] += 1
        }
        let several = rows.filter { $0.value > 1 }.keys
        let differing = several.count { (spellings[$0]?.count ?? 0) > 1 }
        #expect((0.2...0.7).contains(Double(differing) / Double(several.count)))
        let born = people.column("date_of_birth")
        #expect((0.05...0.15).contains(Double(born.count { $0.isEmpty }) / Double(born.count)))
        #expect(born.allSatisfy { $0.isEmpty || LocalDate($0) != nil })
        let references = people.column("person_ref")
        #expect((0.3...0.55).contains(Double(references.count { $0.isEmpty }) / Double(references.count)))
        var owner: [String: String] = [:]
        for (reference, person) in zip(references, truth) where !reference.isEmpty {
            #expect(owner[reference, default: person] == person, "two people share a reference")
            owner[reference] = person
        }
    }

    @Test("More deprived areas have more crime when hot spots are left out")
    func deprivation() throws {
        var counts: [String: Double] = [:]
        for code in try Made.incidents().column("lsoa") { counts[code, default: 0] += 1 }
        let hot = Set(try #require(Made.small.truth).hotspots.map(\.lsoa))
        let table = try Made.small.rows("deprivation.csv")
        let pairs = zip(table.column("lsoa_code"), table.column("imd_score").compactMap { Double($0) })
            .filter { !hot.contains($0.0) }.map { ($0.1, counts[$0.0] ?? 0) }
        let n = Double(pairs.count)
        let (mx, my) = (pairs.reduce(0) { $0 + $1.0 } / n, pairs.reduce(0) { $0 + $1.1 } / n)
        let xy = pairs.reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
        let xx = pairs.reduce(0) { $0 + ($1.0 - mx) * ($1.0 - mx) }
        let yy = pairs.reduce(0) { $0 + ($1.1 - my) * ($1.1 - my) }
        #expect(xy / (xx * yy).squareRoot() > 0.3)
    }
}
