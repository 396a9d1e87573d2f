internal import Kernel

/// Writes monthly counts and residents of six invented neighbouring boroughs, so that the borough can be ranked.
enum DemoRegion {
    private static let header: [String] = ["borough_code", "borough", "category", "year", "month", "crime_count"]

    static func write(_ borough: DemoAreas, _ period: DemoPeriod, seed: UInt64, to directory: String) throws(Fault) {
        var random = SeededRandom(seed: seed, subject: "region")
        var names = DemoPlaceNames(&random)
        let counts = try DemoFile("region.csv", in: directory, header: header)
        let residents = try DemoFile("region-population.csv", in: directory, header: DemoPopulation.header)
        let shares = DemoPopulation.residents(of: borough)
        for number in 1...6 {
            let code = "E0900099\(number)"
            var name = names.next()
            if name == borough.boroughName { name = names.next() }
            var people = random.within(150_000...330_000)
            let level = Double(people) / 205_000 * (0.75 + 0.6 * random.uniform())
            try write(code, name, level, period, to: counts, &random)
            for year in period.years {
                try DemoPopulation.write(code, year, DemoPopulation.apportioned(people, by: shares), to: residents)
                people += people / 150
            }
        }
        try counts.close()
        try residents.close()
    }

    private static func write(
        _ code: String, _ name: String, _ level: Double, _ period: DemoPeriod, to file: DemoFile,
        _ random: inout SeededRandom
    ) throws(Fault) {
        var categories: [String] = []
        for offence in DemoOffence.all where !categories.contains(offence.category) {
            categories.append(offence.category)
        }
        for category in categories {
            let offences = DemoOffence.all.filter { $0.category == category }
            let own = level * (0.75 + 0.5 * random.uniform())
            for (age, year) in period.years.enumerated() {
                for month in 1...12 {
                    var expected = 0.0
                    for offence in offences {
                        let yearly = Double(offence.perYear) * (1 + offence.trend * Double(age) / 100)
                        expected += yearly / 12 * offence.season.months[month - 1]
                    }
                    let count = Int(expected * own * (0.9 + 0.2 * random.uniform()) + 0.5)
                    try file.row([code, name, category, String(year), String(month), String(count)])
                }
            }
        }
    }
}
