import DemoBorough
import Foundation
import Kernel
import Testing

@Suite("Default definitions")
struct DefinitionsTests {
    private static func read(_ path: String) throws -> JSON {
        let full = "\(Places.root)/Definitions/\(path)"
        return try JSON(parsing: Array(try Data(contentsOf: URL(fileURLWithPath: full))), from: path)
    }

    private static func members(_ value: JSON?) -> [JSON.Member] {
        if case .object(let members) = value { members } else { [] }
    }

    private static func texts(_ value: JSON?) -> [String] {
        guard case .array(let items) = value else { return [] }
        return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    private static func number(_ value: JSON?) -> Double? {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }

    @Test("Every harm weight has a basis, a range around it and at most two decimals; antisocial behaviour has none")
    func weights() throws {
        let harm = try Self.read("harm/default.json")
        #expect(harm["unit"] == .string("days"))
        for scheme in Self.members(harm["schemes"]) {
            #expect(!Self.members(scheme.value).isEmpty)
            for weight in Self.members(scheme.value) {
                if weight.name.lowercased().hasPrefix("anti-social") {
                    #expect(weight.value == .null)
                    continue
                }
                guard case .string(let basis) = weight.value["basis"],
                    let days = Self.number(weight.value["days"]), let low = Self.number(weight.value["low"]),
                    let high = Self.number(weight.value["high"])
                else {
                    Issue.record("\(scheme.name) \(weight.name) is incomplete")
                    continue
                }
                #expect(basis.count > 8 && low >= 0 && low <= days && days <= high, "\(weight.name)")
                for value in [days, low, high] { #expect(abs(value * 100 - (value * 100).rounded()) < 1e-6) }
            }
        }
        #expect(Self.number(harm["schemes"]?["ho-code"]?["001/01"]?["days"]) == 5475)
        #expect(Self.number(harm["schemes"]?["ho-code"]?["019/08"]?["days"]) == 1825)
    }

    @Test("A category's range spans its offences, and its weight is their median or one of theirs")
    func categoryWeights() throws {
        let harm = try Self.read("harm/default.json")
        let offences = harm["schemes"]?["ho-code"]
        for scheme in Self.members(harm["schemes"]) where scheme.name != "ho-code" {
            for weight in Self.members(scheme.value) {
                let codes = Self.texts(weight.value["of"])
                guard !codes.isEmpty else { continue }
                let days = codes.compactMap { Self.number(offences?[$0]?["days"]) }.sorted()
                #expect(days.count == codes.count, "\(weight.name) names an unknown code")
                let middle = (days[(days.count - 1) / 2] + days[days.count / 2]) / 2
                let own = Self.number(weight.value["days"]) ?? -1
                #expect(abs(own - middle) < 0.006 || days.contains(own), "\(weight.name)")
                #expect(
                    Self.number(weight.value["low"]) == codes.compactMap { Self.number(offences?[$0]?["low"]) }.min())
                #expect(
                    Self.number(weight.value["high"])
                        == codes.compactMap { Self.number(offences?[$0]?["high"]) }.max())
            }
        }
    }

    @Test("Every offence of the demonstration borough has a weight, and every category of data.police.uk by both names")
    func coverage() throws {
        let schemes = try Self.read("harm/default.json")["schemes"]
        let codes = Set(try Made.incidents().column("offence_code"))
        #expect(codes.count > 45)
        for code in codes { #expect(schemes?["ho-code"]?[code] != nil, "\(code)") }
        for category in Set(try Made.incidents().column("category")) {
            #expect(schemes?["police-uk"]?[category] != nil, "\(category)")
        }
        #expect(Self.members(schemes?["police-uk"]).count == 28)
    }

    @Test("Groups have unique names and something that puts an incident into them")
    func groups() throws {
        let file = try Self.read("offence-groups/default.json")
        guard case .array(let groups) = file["groups"] else {
            Issue.record("there are no groups")
            return
        }
        var ids = Set<String>()
        for group in groups {
            guard case .string(let id) = group["id"], case .string(let title) = group["title"] else {
                Issue.record("a group lacks id or title")
                continue
            }
            #expect(ids.insert(id).inserted && !title.isEmpty)
            let ways = ["categories", "minor", "codes", "flags"].filter { group[$0] != nil }
            #expect(!ways.isEmpty, "\(id)")
        }
        #expect(
            ids.isSuperset(of: [
                "burglary", "domestic-abuse", "knife", "sexual-offences", "serious-violence-under-25", "hate-race",
                "asb-personal", "asb-nuisance", "asb-environmental",
            ]))
    }

    @Test("Every category of data.police.uk is in a group by its title and by its name in the API")
    func categoriesAreGrouped() throws {
        let harm = try Self.read("harm/default.json")
        let file = try Self.read("offence-groups/default.json")
        guard case .array(let groups) = file["groups"] else { return }
        for scheme in ["police-uk", "mps-major"] {
            let grouped = Set(groups.flatMap { Self.texts($0["categories"]?[scheme]) })
            for category in Self.members(harm["schemes"]?[scheme]) {
                #expect(grouped.contains(category.name), "\(category.name)")
            }
        }
    }

    @Test(
        "Every category of the London Datastore has a weight",
        .enabled(if: Places.hasLookup, "needs the shared data"))
    func londonDatastore() throws {
        let schemes = try Self.read("harm/default.json")["schemes"]
        let path = "\(Places.shared)/data/london_datastore_mps/recorded-crime-borough.csv.gz"
        let table = try CSVRows(Places.unzipped(path))
        for major in Set(table.column("majortext")) { #expect(schemes?["mps-major"]?[major] != nil, "\(major)") }
        for minor in Set(table.column("minortext")) { #expect(schemes?["mps-minor"]?[minor] != nil, "\(minor)") }
    }
}
