internal import Kernel

/// Residents by area, year, sex, age band and ethnic group.
struct DemoPopulation {
    static let sexes: [String] = ["female", "male"]
    static let ageBands: [String] = ["0-9", "10-17", "18-24", "25-34", "35-49", "50-64", "65+"]
    static let ethnicities: [String] = ["Asian", "Black", "Mixed", "White", "Other"]
    static let header: [String] = ["lsoa_code", "year", "sex", "age_band", "ethnicity", "population"]

    private static let ageShares: [Double] = [0.12, 0.10, 0.09, 0.16, 0.22, 0.18, 0.13]
    /// How much larger the White share is among older residents, by age band.
    private static let whiteByAge: [Double] = [0.82, 0.85, 0.9, 0.92, 1.0, 1.15, 1.35]

    static func write(_ borough: DemoAreas, seed: UInt64, years: ClosedRange<Int>, to directory: String) throws(Fault) {
        var random = SeededRandom(seed: seed, subject: "population")
        let file = try DemoFile("population.csv", in: directory, header: header)
        let mean = borough.areas.reduce(0.0) { $0 + $1.weight } / Double(borough.areas.count)
        for area in borough.areas {
            var residents = 1250 + 450 * area.weight / mean + Double(random.within(-80...80))
            let growth = 1.002 + 0.01 * random.uniform()
            let shares = shares(area, young: area.hotspot == .townCentre)
            for year in years {
                try write(area.code, year, apportioned(Int(residents), by: shares), to: file)
                residents *= growth
            }
        }
        try file.close()
    }

    /// Writes the rows of an area and year from the counts of its groups.
    static func write(_ code: String, _ year: Int, _ counts: [Int], to file: DemoFile) throws(Fault) {
        var cell = 0
        for sex in sexes {
            for band in ageBands {
                for ethnicity in ethnicities {
                    try file.row([code, String(year), sex, band, ethnicity, String(counts[cell])])
                    cell += 1
                }
            }
        }
    }

    /// The shares of the groups in the order of the rows, adding up to about 1.
    private static func shares(_ area: DemoArea, young: Bool) -> [Double] {
        var shares: [Double] = []
        for sex in sexes.indices {
            for band in ageBands.indices {
                let isYoungAdult = band == 2 || band == 3
                let age = ageShares[band] * (young && isYoungAdult ? 1.6 : 1)
                let women = band == 6 ? 0.55 : 0.5
                let ethnic = (0..<5).map { area.ethnicity[$0] * ($0 == 3 ? whiteByAge[band] : 1) }
                let total = ethnic.reduce(0, +)
                for share in ethnic { shares.append(age * (sex == 0 ? women : 1 - women) * share / total) }
            }
        }
        return shares
    }

    /// The shares of the groups in the whole borough.
    static func residents(of borough: DemoAreas) -> [Double] {
        var total = [Double](repeating: 0, count: sexes.count * ageBands.count * ethnicities.count)
        for area in borough.areas {
            for (cell, share) in shares(area, young: false).enumerated() { total[cell] += share }
        }
        return total
    }

    /// Whole numbers in proportion to the shares that add up to the total exactly (method of largest remainders).
    static func apportioned(_ total: Int, by shares: [Double]) -> [Int] {
        let sum = shares.reduce(0, +)
        let exact = shares.map { Double(total) * $0 / sum }
        var counts = exact.map { Int($0) }
        let order = counts.indices.sorted {
            let (a, b) = (exact[$0] - Double(counts[$0]), exact[$1] - Double(counts[$1]))
            return a == b ? $0 < $1 : a > b
        }
        for cell in order.prefix(total - counts.reduce(0, +)) { counts[cell] += 1 }
        return counts
    }
}
