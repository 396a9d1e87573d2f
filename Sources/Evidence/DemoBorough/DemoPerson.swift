internal import Kernel

/// Somebody who does not exist.
struct DemoPerson {
    let number: Int
    let isFemale: Bool
    let given: DemoPersonNames.Given
    /// A second given name that is joined to the first, or empty.
    let second: String
    let family: String
    /// Day of birth, days since 1970.
    let born: Int
    /// Position in `DemoPopulation.ethnicities`.
    let ethnicity: Int
    let area: Int
    let home: DemoPoint
    let postcode: String
    /// The postcode before the last move; some records still hold it.
    let formerPostcode: String
    /// A family name before or after marriage, or empty.
    let otherFamily: String
    let work: String

    /// Age in years on a day.
    func age(on day: Int) -> Int {
        let (year, month, dayOfMonth) = LocalDate(day: Int32(day)).civil
        let birth = LocalDate(day: Int32(born)).civil
        let hadBirthday = (month, dayOfMonth) >= (birth.month, birth.day)
        return max(0, year - birth.year - (hadBirthday ? 0 : 1))
    }
}

/// Makes people.
struct DemoPersonMaker {
    private let borough: DemoAreas
    private let families: Chooser
    private let womensNames: Chooser
    private let mensNames: Chooser
    private let homes: Chooser
    private var count = 0

    init(_ borough: DemoAreas, _ random: inout SeededRandom) {
        self.borough = borough
        // A few family names are common and most are rare; which ones differs from borough to borough.
        families = Chooser(random.mixed(DemoPersonNames.families.indices.map { 1 / (Double($0) + 12) }))
        womensNames = Chooser(DemoPersonNames.women.indices.map { 1 / (Double($0) + 8) })
        mensNames = Chooser(DemoPersonNames.men.indices.map { 1 / (Double($0) + 8) })
        homes = Chooser(borough.areas.map { $0.weight * (0.5 + $0.deprivation) })
    }

    /// A new person who lives in an area, or anywhere when that is nil.
    mutating func make(
        female: Bool, age: Int, on day: Int, area: Int?, home: DemoPoint? = nil, workless: Double,
        _ random: inout SeededRandom
    ) -> DemoPerson {
        count += 1
        let lives = area ?? homes.pick(&random)
        let place = borough.areas[lives]
        let names = female ? DemoPersonNames.women : DemoPersonNames.men
        let first = (female ? womensNames : mensNames).pick(&random)
        let postcode = random.one(of: place.postcodes)
        let moved = random.percent(14) ? homes.pick(&random) : lives
        return DemoPerson(
            number: count, isFemale: female, given: names[first],
            second: random.percent(4) ? random.one(of: names).name : "",
            family: family(&random), born: day - age * 1461 / 4 - random.below(365),
            ethnicity: random.index(weightedBy: place.ethnicity), area: lives,
            home: home ?? random.one(of: place.homes), postcode: postcode,
            formerPostcode: random.one(of: borough.areas[moved].postcodes),
            otherFamily: female && age > 20 && random.percent(9) ? family(&random) : "",
            work: work(age, workless, &random))
    }

    private func family(_ random: inout SeededRandom) -> String {
        let name = DemoPersonNames.families[families.pick(&random)]
        return random.percent(3) ? "\(name)-\(DemoPersonNames.families[families.pick(&random)])" : name
    }

    private func work(_ age: Int, _ workless: Double, _ random: inout SeededRandom) -> String {
        if age < 16 { return "student" }
        if age >= 66 { return random.percent(85) ? "retired" : "employed" }
        if age < 20, random.percent(60) { return "student" }
        if random.percent(workless) { return random.percent(20) ? "long-term sick" : "unemployed" }
        return random.percent(6) ? "looking after home" : "employed"
    }
}
