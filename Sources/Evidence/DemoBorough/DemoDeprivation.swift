internal import Kernel

/// Scores of deprivation by area, in the shape of the English indices: a score, a rank among the 33,755 areas of
/// England (1 is the most deprived), a decile, and scores of the seven domains.
enum DemoDeprivation {
    private static let header: [String] = [
        "lsoa_code", "imd_score", "imd_rank", "imd_decile", "income_score", "employment_score", "education_score",
        "health_score", "crime_score", "barriers_score", "environment_score",
    ]
    private static let areasOfEngland = 33_755

    static func write(_ borough: DemoAreas, seed: UInt64, to directory: String) throws(Fault) {
        var random = SeededRandom(seed: seed, subject: "deprivation")
        let ranks = ranks(borough, &random)
        let file = try DemoFile("deprivation.csv", in: directory, header: header)
        for (index, area) in borough.areas.enumerated() {
            var fields = [
                area.code, fixed(2500 + Int(area.deprivation * 58_000), places: 3), String(ranks[index]),
                String((ranks[index] - 1) * 10 / areasOfEngland + 1),
            ]
            for most in [450, 350, 65_000, 2600, 2400, 45_000, 60_000] {
                let level = min(max(area.deprivation + 0.3 * (random.uniform() - 0.5), 0.02), 1)
                fields.append(fixed(Int(level * Double(most)), places: 3))
            }
            try file.row(fields)
        }
        try file.close()
    }

    /// Ranks spread over England in the order of the areas' deprivation, all different.
    private static func ranks(_ borough: DemoAreas, _ random: inout SeededRandom) -> [Int] {
        let order = borough.areas.indices.sorted {
            (-borough.areas[$0].deprivation, $0) < (-borough.areas[$1].deprivation, $1)
        }
        let step = (areasOfEngland - 800) / borough.areas.count
        var ranks = [Int](repeating: 0, count: borough.areas.count)
        for (place, index) in order.enumerated() { ranks[index] = 400 + place * step + random.below(step) }
        return ranks
    }
}
