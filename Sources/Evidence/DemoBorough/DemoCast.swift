internal import Kernel

/// A part that a person played in an incident.
struct DemoPart {
    let isVictim: Bool
    /// Position of the person in `DemoCast.people`.
    let person: Int
    /// What the other person is to this one; empty when not recorded.
    let relationship: String
    /// Whether they knew each other; nil when not recorded.
    let known: Bool?
}

/// Everybody in the records, and who comes back.
///
/// A suspect or victim is either somebody new or somebody drawn from the earlier records of the same kind, each record
/// as likely. Those with many records therefore gather more: the numbers of records per person have a heavy tail
/// (Yule 1925; Simon 1955), as repeat offending and repeat victimisation do.
struct DemoCast {
    /// How often somebody returns, in per cent of the parts played.
    private static let returningSuspects = 64.0
    private static let returningVictims = 24.0
    private static let returningCouples = 60.0

    private struct Couple {
        let victim: Int
        let suspect: Int
        let relationship: String
    }

    let borough: DemoAreas
    private(set) var people: [DemoPerson] = []
    private var maker: DemoPersonMaker
    private var suspects: [[Int]] = DemoTraits.Circle.allCases.map { _ in [] }
    private var victims: [[Int]] = DemoTraits.Circle.allCases.map { _ in [] }
    private var couples: [Couple] = []
    private var coupleRecords: [Int] = []
    /// How many parts each person has played, in the order of `people`.
    private var partsPlayed: [Int] = []

    init(_ borough: DemoAreas, _ random: inout SeededRandom) {
        self.borough = borough
        maker = DemoPersonMaker(borough, &random)
    }

    /// The parts played in an event. A domestic event at a home moves to the home of its couple.
    mutating func parts(
        in event: inout DemoEvent, domestic: Bool, _ random: inout SeededRandom
    ) -> [DemoPart] {
        let traits = DemoOffence.all[event.offence].traits
        let day = event.from / 1440
        guard !domestic else { return domesticParts(&event, traits, day, &random) }
        var parts: [DemoPart] = []
        let hasSuspect = random.percent(traits.suspect)
        let knows = hasSuspect && random.percent(traits.known)
        let relation = knows ? random.one(of: ["acquaintance", "acquaintance", "friend", "family"]) : "stranger"
        let recorded = random.percent(85) && hasSuspect
        if random.percent(traits.victim) {
            let victim = victim(event, traits, day, &random)
            parts.append(part(true, victim, recorded, relation, knows))
        }
        if hasSuspect {
            parts.append(part(false, suspect(event, traits, day, &random), recorded, relation, knows))
            while traits.circle == .youth || traits.circle == .violence, parts.count < 5, random.percent(22) {
                parts.append(part(false, suspect(event, traits, day, &random), recorded, relation, knows))
            }
        }
        return withoutDoubles(parts)
    }

    private func part(
        _ isVictim: Bool, _ person: Int, _ recorded: Bool, _ relation: String, _ knows: Bool
    ) -> DemoPart {
        DemoPart(
            isVictim: isVictim, person: person, relationship: recorded ? relation : "", known: recorded ? knows : nil)
    }

    /// Nobody plays two parts in one incident.
    private func withoutDoubles(_ parts: [DemoPart]) -> [DemoPart] {
        var kept: [DemoPart] = []
        for part in parts where !kept.contains(where: { $0.person == part.person }) { kept.append(part) }
        return kept
    }

    private mutating func suspect(
        _ event: DemoEvent, _ traits: DemoTraits, _ day: Int, _ random: inout SeededRandom
    ) -> Int {
        let circle = traits.circle.rawValue
        let person: Int
        if random.percent(Self.returningSuspects), let known = returning(from: suspects[circle], ease: 18, &random) {
            person = known
        } else if random.percent(6), let known = returning(from: victims[circle], ease: 5, &random) {
            person = known
        } else {
            person = add(
                female: !random.percent(traits.maleSuspects), age: age(traits.suspectAge, &random), day,
                area: random.percent(38) ? event.area : nil, home: nil, workless: 48, &random)
        }
        suspects[circle].append(person)
        partsPlayed[person] += 1
        return person
    }

    /// Somebody from earlier records, each record as likely; nil when there is none or the person drawn stays away, as
    /// people do the more often, the more parts they have played.
    private func returning(from records: [Int], ease: Double, _ random: inout SeededRandom) -> Int? {
        guard !records.isEmpty, case let person = random.one(of: records),
            random.chance(ease / (ease + Double(partsPlayed[person])))
        else { return nil }
        return person
    }

    private mutating func victim(
        _ event: DemoEvent, _ traits: DemoTraits, _ day: Int, _ random: inout SeededRandom
    ) -> Int {
        let circle = traits.circle.rawValue
        let atHome = event.setting == .home
        let person: Int
        if !atHome, random.percent(Self.returningVictims),
            let known = returning(from: victims[circle], ease: 5, &random)
        {
            person = known
        } else {
            person = add(
                female: random.percent(traits.femaleVictims), age: age(traits.victimAge, &random), day,
                area: atHome || random.percent(36) ? event.area : nil, home: atHome ? event.point : nil, workless: 18,
                &random)
        }
        victims[circle].append(person)
        partsPlayed[person] += 1
        return person
    }

    private mutating func domesticParts(
        _ event: inout DemoEvent, _ traits: DemoTraits, _ day: Int, _ random: inout SeededRandom
    ) -> [DemoPart] {
        let couple: Int
        if !coupleRecords.isEmpty, random.percent(Self.returningCouples),
            case let known = random.one(of: coupleRecords),
            random.chance(8 / (8 + Double(partsPlayed[couples[known].victim])))
        {
            couple = known
        } else {
            couple = couples.count
            couples.append(newCouple(event, traits, day, &random))
        }
        coupleRecords.append(couple)
        let (victim, suspect) = (people[couples[couple].victim], couples[couple].suspect)
        partsPlayed[couples[couple].victim] += 1
        partsPlayed[suspect] += 1
        if event.setting == .home || random.percent(70) {
            event.area = victim.area
            event.point = victim.home
            event.setting = .home
        }
        let relation = random.percent(90) ? couples[couple].relationship : ""
        return [
            DemoPart(isVictim: true, person: couples[couple].victim, relationship: relation, known: true),
            DemoPart(isVictim: false, person: suspect, relationship: relation, known: true),
        ]
    }

    private mutating func newCouple(
        _ event: DemoEvent, _ traits: DemoTraits, _ day: Int, _ random: inout SeededRandom
    ) -> Couple {
        let relation = random.one(of: ["partner", "partner", "former partner", "former partner", "family"])
        let femaleVictim = random.percent(74)
        let victimAge = max(relation == "family" ? 14 : 16, age((16, 31, 80), &random))
        let gap = relation == "family" ? random.one(of: [-24, -4, 3, 26, 30]) : random.within(-5...8)
        let place = borough.areas[event.area]
        let home = event.setting == .home ? event.point : random.one(of: place.homes)
        let victim = add(
            female: femaleVictim, age: victimAge, day, area: event.area, home: home, workless: 30, &random)
        let apart = relation == "former partner"
        let suspect = add(
            female: random.percent(femaleVictim ? 6 : 85), age: min(max(14, victimAge + gap), 90), day,
            area: apart ? nil : event.area, home: apart ? nil : home, workless: 40, &random)
        return Couple(victim: victim, suspect: suspect, relationship: relation)
    }

    private mutating func add(
        female: Bool, age: Int, _ day: Int, area: Int?, home: DemoPoint?, workless: Double,
        _ random: inout SeededRandom
    ) -> Int {
        people.append(
            maker.make(female: female, age: age, on: day, area: area, home: home, workless: workless, &random))
        partsPlayed.append(0)
        return people.count - 1
    }

    /// An age between the youngest and the oldest, most often near the usual one.
    private func age(_ ages: (Int, Int, Int), _ random: inout SeededRandom) -> Int {
        let u = random.uniform() * random.uniform()
        let side = random.percent(60) ? ages.2 : ages.0
        return ages.1 + Int(Double(side - ages.1) * u)
    }
}
