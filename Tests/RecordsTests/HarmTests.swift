import Files
import Foundation
import Kernel
import Testing

@testable import Records

@Suite("Harm weights")
struct HarmTests {
    private func days(_ weights: HarmWeights, _ category: String, _ offence: String = "", scheme: String = "police-uk")
        -> Double?
    {
        weights.weight(scheme: scheme, category: category, offence: offence).map { Double($0.days) / 100 }
    }

    /// The codes of the index of 2020 that carry several scores, with those scores (by pandas), and the one that the
    /// rule takes: the most frequent, the lower where equally frequent.
    static let ambiguous: [(code: String, used: Double, low: Double, high: Double)] = [
        ("005/01", 1825, 1460, 1825), ("008/01", 19, 19, 912.5), ("008/06", 10, 10, 182.5),
        ("019/08", 1825, 1825, 2555),
        ("028/03", 10, 10, 365), ("067/01", 2, 2, 182.5), ("069/05", 10, 10, 19), ("079/05", 42, 42, 126),
        ("099/99", 2, 2, 357), ("125/12", 1, 1, 2), ("810/90", 1, 1, 2),
    ]

    @Test(
        "The index of 2020 is read, and its eleven ambiguous codes are resolved and listed",
        .enabled(if: Place.hasShared, Place.absent))
    func index2020() throws {
        let made = try HarmImport(path: Place.data("harm/cchi_2020_update_values.csv"))

        #expect(made.weights.version == "2020")
        #expect(made.ambiguous.map { String($0.prefix(6)) } == Self.ambiguous.map(\.code))
        for key in Self.ambiguous {
            let weight = try #require(made.weights.weight(scheme: "ho-code", category: "", offence: key.code))
            #expect(Double(weight.days) / 100 == key.used, "\(key.code)")
            #expect(Double(weight.low) / 100 == key.low && Double(weight.high) / 100 == key.high, "\(key.code)")
        }
        #expect(days(made.weights, "", "001/01") == 5475)
        // Medians of an independent roll-up to the categories of data.police.uk.
        for (category, median) in [
            ("Burglary", 126), ("Robbery", 365), ("Violence and sexual offences", 182.5), ("Drugs", 5),
            ("Vehicle crime", 5), ("Possession of weapons", 365), ("Public order", 5),
        ] {
            #expect(days(made.weights, category) == median, "\(category)")
        }
        #expect(days(made.weights, "violent-crime") == 182.5)
        #expect(days(made.weights, "Anti-social behaviour") == nil)
    }

    @Test("A definition written from an import reads as the same weights", .enabled(if: Place.hasShared, Place.absent))
    func roundTrip() throws {
        let made = try HarmImport(path: Place.data("harm/cchi_2020_update_values.csv")).weights
        let read = try HarmWeights(DefinitionFile(bytes: made.definition().encoded(), path: "made.json"))

        #expect(read.definition() == made.definition())
        #expect(read.version == "2020")
    }

    @Test(
        "Weights of the index of 2026 by category are means by national volume",
        .enabled(if: Place.hasShared, Place.absent))
    func index2026() throws {
        let weights = try HarmImport(path: Place.data("harm/cchi_2026_weights_with_national_counts_2024-25.csv"))
            .weights

        #expect(weights.version == "2026")
        #expect(days(weights, "Violence and sexual offences") == 194.21)
        #expect(days(weights, "Burglary") == 244.68)
        #expect(days(weights, "Criminal damage and arson") == 11.18)
        #expect(days(weights, "Drugs") == 3.66)
        let weight = try #require(weights.weight(scheme: "any", category: "Violence and sexual offences", offence: ""))
        #expect(weight.high == 547_500 && weight.low < weight.days)
    }

    @Test("Weights by force are those of the force named", .enabled(if: Place.hasShared, Place.absent))
    func forces() throws {
        let path = Place.data("harm/cchi_2026_by_policeuk_category_selected_forces.csv")

        #expect(days(try HarmImport(path: path).weights, "Violence and sexual offences") == 194.21)
        let met = try HarmImport(path: path, force: "metropolitan police").weights
        #expect(days(met, "Violence and sexual offences") == 200.69 && days(met, "Criminal damage and arson") == 9.82)
        #expect(throws: Fault.self) { try HarmImport(path: path, force: "Nowhere") }
    }

    @Test("The offence counts before the category, and an unknown one has no weight")
    func order() throws {
        let text = """
            {"id": "t", "title": "T", "version": "1", "schemes": {"ho-code": {"034/01": 365}, "mps-minor": {"RAPE": 2000.5},
            "police-uk": {"Robbery": {"days": 10, "low": 5, "high": 20}}, "any": {"theft": 0.25, "none": null}}}
            """
        let weights = try HarmWeights(DefinitionFile(bytes: Array(text.utf8), path: "t.json"))

        #expect(days(weights, "Robbery", "034/01") == 365)
        #expect(days(weights, "Robbery", "999/99") == 10)
        #expect(days(weights, "SEXUAL OFFENCES", " rape ", scheme: "mps-major") == 2000.5)
        #expect(days(weights, "THEFT", scheme: "mps-major") == 0.25)
        #expect(days(weights, "none") == nil && days(weights, "other") == nil)
    }

    @Test("Days are whole hundredths from 0 to 100,000")
    func hundredths() {
        #expect(HarmWeights.hundredths(0.25) == 25 && HarmWeights.hundredths(547.5) == 54_750)
        #expect(HarmWeights.hundredths(194.21) == 19_421 && HarmWeights.hundredths(0) == 0)
        for days in [0.005, -1, 100_001, .infinity, .nan, 1e300] { #expect(HarmWeights.hundredths(days) == nil) }
    }

    @Test("Impossible weights are refused with their row", arguments: ["1e300", "-1", "nan", "much"])
    func impossible(days: String) throws {
        let folder = try Folder()
        let path = try folder.write("category,days\nTheft,2\nRobbery,\(days)\n", to: "weights.csv")

        let fault = try #require(throws: Fault.self) { try HarmImport(path: path) }
        #expect(fault.place.hasSuffix("weights.csv, row 3") && fault.why.contains(days))
    }
}
