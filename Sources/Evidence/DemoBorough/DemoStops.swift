internal import Kernel

/// Writes stop and search in the columns of data.police.uk, with times in UTC as there.
enum DemoStops {
    private static let header: [String] = [
        "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender",
        "Age range", "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search",
        "Outcome", "Outcome linked to object of search", "Removal of more than just outer clothing",
    ]
    private static let perYear = 2600
    /// How many times as likely as White residents those of each group are to be stopped, in the order of
    /// `DemoPopulation.ethnicities`.
    private static let relativeRates: [Double] = [1.1, 2.4, 1.6, 1.0, 1.0]
    private static let selfDefined: [[String]] = [
        [
            "Asian/Asian British - Any other Asian background", "Asian/Asian British - Pakistani",
            "Asian/Asian British - Indian", "Asian/Asian British - Bangladeshi",
        ],
        [
            "Black/African/Caribbean/Black British - African", "Black/African/Caribbean/Black British - Caribbean",
            "Black/African/Caribbean/Black British - Any other Black/African/Caribbean background",
        ],
        [
            "Mixed/Multiple ethnic groups - White and Black Caribbean",
            "Mixed/Multiple ethnic groups - Any other Mixed/Multiple ethnic background",
        ],
        [
            "White - English/Welsh/Scottish/Northern Irish/British",
            "White - English/Welsh/Scottish/Northern Irish/British",
            "White - Any other White background",
        ],
        ["Other ethnic group - Any other ethnic group"],
    ]
    private static let officerDefined: [String] = ["Asian", "Black", "Other", "White", "Other"]

    /// Writes the file.
    /// - Returns: how many times as likely as a White resident a Black resident was to be stopped.
    static func write(_ sampler: DemoSampler, seed: UInt64, to directory: String) throws(Fault) -> Double {
        var random = SeededRandom(seed: seed, subject: "stops")
        let shares = residents(sampler.borough)
        let groups = Chooser(zip(shares, relativeRates).map { $0 * $1 })
        var stops: [(moment: Int, fields: [String])] = []
        for year in sampler.period.years {
            for _ in 0..<perYear + random.within(-150...150) {
                let moment = sampler.moment(year, .flat, .evening, &random)
                stops.append((moment, fields(moment, groups.pick(&random), sampler, &random)))
            }
        }
        let file = try DemoFile("stop-and-search.csv", in: directory, header: header)
        for index in stops.indices.sorted(by: { (stops[$0].moment, $0) < (stops[$1].moment, $1) }) {
            try file.row(stops[index].fields)
        }
        try file.close()
        return relativeRates[1] / relativeRates[3]
    }

    /// The shares of the ethnic groups among residents.
    private static func residents(_ borough: DemoAreas) -> [Double] {
        var totals = [Double](repeating: 0, count: 5)
        for area in borough.areas {
            for group in 0..<5 { totals[group] += area.ethnicity[group] * (1250 + area.weight) }
        }
        return totals
    }

    private static func fields(
        _ moment: Int, _ group: Int, _ sampler: DemoSampler, _ random: inout SeededRandom
    ) -> [String] {
        let area = sampler.area(.street, &random)
        let point = sampler.point(.street, in: area, &random)
        let placed = !random.percent(6)
        let search = search(&random)
        let found = random.percent(24)
        let outcome =
            found
            ? random.one(of: [
                "Arrest", "Arrest", "Community resolution", "Caution (simple or conditional)",
                "Penalty Notice for Disorder",
            ])
            : random.percent(88) ? "A no further action disposal" : random.one(of: ["Arrest", "Community resolution"])
        let stated = random.percent(22) ? "Other ethnic group - Not stated" : random.one(of: selfDefined[group])
        return [
            random.percent(76) ? "Person search" : "Person and Vehicle search", utc(moment),
            random.percent(4) ? "True" : "False", "",
            placed ? fixed(DemoPlane.latitude(point), places: 6) : "",
            placed ? fixed(DemoPlane.longitude(point), places: 6) : "",
            random.percent(90) ? "Male" : "Female", age(&random), stated,
            random.percent(2) ? "" : officerDefined[group], search.law, search.object, outcome,
            outcome == "A no further action disposal" ? "False" : found ? "True" : "False",
            random.percent(4) ? "True" : "False",
        ]
    }

    private static func search(_ random: inout SeededRandom) -> (law: String, object: String) {
        if random.percent(58) { return ("Misuse of Drugs Act 1971 (section 23)", "Controlled drugs") }
        let pace = "Police and Criminal Evidence Act 1984 (section 1)"
        if random.percent(6) {
            return ("Criminal Justice and Public Order Act 1994 (section 60)", "Anything to threaten or harm anyone")
        }
        return (
            pace,
            random.one(of: [
                "Offensive weapons", "Offensive weapons", "Stolen goods", "Article for use in theft",
                "Articles for use in criminal damage",
            ])
        )
    }

    private static func age(_ random: inout SeededRandom) -> String {
        random.percent(11)
            ? "" : ["under 10", "10-17", "18-24", "25-34", "over 34"][random.index(weightedBy: [0.1, 22, 36, 24, 18])]
    }

    /// A wall-clock moment as an instant in UTC, to the minute.
    private static func utc(_ moment: Int) -> String {
        let instant = Int(UKTime.utc(atWallClock: Int64(moment) * 60)) / 60
        let time = instant % 1440
        return
            "\(LocalDate(day: Int32(instant / 1440)))T\(padded(time / 60, to: 2)):\(padded(time % 60, to: 2)):00+00:00"
    }
}
