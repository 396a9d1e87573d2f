internal import Kernel

/// Writes the police files: incidents, the people in them, and who these people truly are.
struct DemoPoliceFiles {
    private static let peopleHeader: [String] = [
        "incident_id", "source", "role", "person_ref", "given_name", "family_name", "date_of_birth", "postcode", "sex",
        "age", "ethnicity", "employment", "relationship", "known_to_other", "home_lsoa",
    ]

    private let borough: DemoAreas
    private let clock: DemoClock
    private let incidents: DemoFile
    private let people: DemoFile
    private let whoIsWho: DemoFile

    private init(_ borough: DemoAreas, _ period: DemoPeriod, directory: String) throws(Fault) {
        self.borough = borough
        clock = DemoClock(period)
        incidents = try DemoFile("police-incidents.csv", in: directory, header: DemoIncidentRow.header)
        people = try DemoFile("police-people.csv", in: directory, header: Self.peopleHeader)
        whoIsWho = try DemoFile(
            "people-truth.csv", in: directory, header: ["row", "incident_id", "role", "person"])
    }

    /// Writes the three files.
    /// - Returns: the violent events, for what other agencies saw of them.
    static func write(
        _ events: [DemoEvent], _ borough: DemoAreas, _ period: DemoPeriod, seed: UInt64, to directory: String,
        truth: inout DemoTruth
    ) throws(Fault) -> [DemoHurt] {
        let files = try DemoPoliceFiles(borough, period, directory: directory)
        var random = SeededRandom(seed: seed, subject: "people")
        var cast = DemoCast(borough, &random)
        var count = DemoRepeats()
        var hurt: [DemoHurt] = []
        for (index, planned) in events.enumerated() {
            var event = planned
            let traits = DemoOffence.all[event.offence].traits
            let domestic = random.percent(traits.domestic)
            let parts = cast.parts(in: &event, domestic: domestic, &random)
            let row = DemoDetails.row(
                event, number: index + 1, area: borough.areas[event.area], domestic: domestic, parts: parts,
                clock: files.clock, &random)
            try row.write(to: files.incidents, clock: files.clock)
            for part in parts {
                count.add(part)
                try files.write(part, cast.people[part.person], row, &random)
            }
            if let level = DemoIncidentRow.injuries.firstIndex(of: row.injury), level > 0 {
                hurt.append(DemoHurt(event: event, level: level))
            }
        }
        try files.incidents.close()
        try files.people.close()
        try files.whoIsWho.close()
        truth.incidents = events.count
        count.report(to: &truth)
        return hurt
    }

    private func write(
        _ part: DemoPart, _ person: DemoPerson, _ row: DemoIncidentRow, _ random: inout SeededRandom
    ) throws(Fault) {
        let recorded = DemoRecordedPerson(person, &random)
        let role = part.isVictim ? "victim" : "suspect"
        let gaps = part.isVictim ? 1.0 : 1.6
        people.csv.field(row.id)
        people.csv.field("police")
        people.csv.field(role)
        people.csv.field(recorded.reference)
        people.csv.field(recorded.given)
        people.csv.field(recorded.family)
        people.csv.field(recorded.born)
        people.csv.field(recorded.postcode)
        people.csv.field(random.percent(1.5 * gaps) ? "" : person.isFemale ? "female" : "male")
        people.csv.field(random.percent(3 * gaps) ? "" : String(person.age(on: row.from / 1440)))
        people.csv.field(random.percent(12 * gaps) ? "" : DemoPopulation.ethnicities[person.ethnicity])
        people.csv.field(random.percent(25 * gaps) ? "" : person.work)
        people.csv.field(part.relationship)
        people.csv.field(part.known.map { $0 ? "yes" : "no" } ?? "")
        people.csv.field(random.percent(10 * gaps) ? "" : borough.areas[person.area].code)
        try people.endRow()
        try whoIsWho.row([String(people.rowCount), row.id, role, String(person.number)])
    }
}

/// A violent event in which somebody was hurt, with the worst injury as a position in `DemoIncidentRow.injuries`.
struct DemoHurt {
    let event: DemoEvent
    let level: Int
}

/// Counts how often people come back.
struct DemoRepeats {
    private var victims: [Int] = []
    private var suspects: [Int] = []

    mutating func add(_ part: DemoPart) {
        if part.isVictim { Self.count(part.person, in: &victims) } else { Self.count(part.person, in: &suspects) }
    }

    private static func count(_ person: Int, in records: inout [Int]) {
        if person >= records.count { records += repeatElement(0, count: person + 1 - records.count) }
        records[person] += 1
    }

    func report(to truth: inout DemoTruth) {
        truth.victimRows = victims.reduce(0, +)
        truth.suspectRows = suspects.reduce(0, +)
        truth.victims = victims.count { $0 > 0 }
        truth.suspects = suspects.count { $0 > 0 }
        truth.repeatVictims = victims.count { $0 > 1 }
        truth.repeatSuspects = suspects.count { $0 > 1 }
    }
}
