internal import Kernel

/// Writes the answers to a residents' survey, as a web form gives them: several answers in one field apart by a
/// semicolon, blanks, untidy spelling, and people who pressed the button twice.
enum DemoSurvey {
    private static let header: [String] = [
        "response_id", "submitted_at", "ward", "age_band", "sex", "ethnicity", "feel_safe_day", "feel_safe_after_dark",
        "biggest_concerns", "where_unsafe", "victim_last_year", "reported_it", "confidence_in_partnership", "comment",
    ]
    private static let concerns: [(String, Double)] = [
        ("Knife crime", 46), ("Drug dealing", 38), ("Anti-social behaviour", 52), ("Burglary", 27), ("Fly-tipping", 33),
        ("Vehicle crime", 22), ("Domestic abuse", 14), ("Hate crime", 9), ("Violence against women and girls", 30),
        ("Street drinking", 15), ("Shop theft", 20),
    ]
    private static let places: [(String, Double)] = [
        ("Town centre", 42), ("Parks", 31), ("Station", 25), ("On the bus", 14), ("My street", 11), ("Near schools", 7),
    ]
    private static let feelings: [String] = ["Very safe", "Fairly safe", "A bit unsafe", "Very unsafe", "Don't know"]
    private static let comments: [String] = [
        "", "", "", "", "More lighting please", "We need to see officers on foot, not only in cars",
        "Better since the CCTV came", "Nothing happens when I report it", "Please do something about the noise",
    ]

    static func write(_ borough: DemoAreas, seed: UInt64, to directory: String) throws(Fault) {
        var random = SeededRandom(seed: seed, subject: "survey")
        let file = try DemoFile("survey.csv", in: directory, header: header)
        let deprived = deprivationByWard(borough)
        let opened = Int(LocalDate(year: 2025, month: 9, day: 8)?.day ?? 0) * 1440
        var moment = opened
        for number in 1...600 {
            moment += random.longTail(from: 1, typical: 50) % 900
            let ward = random.below(DemoAreas.wardCount)
            let answers = answers(borough.wardNames[ward], deprived[ward], &random)
            try write(number, moment, answers, to: file)
            if random.percent(2.5) {
                moment += 1
                try write(random.percent(50) ? number : 9000 + number, moment, answers, to: file)
            }
            if random.percent(1) { try write(7000 + number, moment, answers.map { _ in "" }, to: file) }
        }
        try file.close()
    }

    private static func write(_ number: Int, _ moment: Int, _ answers: [String], to file: DemoFile) throws(Fault) {
        let time = moment % 1440
        let text = "\(LocalDate(day: Int32(moment / 1440)))T\(padded(time / 60, to: 2)):\(padded(time % 60, to: 2))"
        try file.row(["S\(padded(number, to: 4))", text] + answers)
    }

    private static func deprivationByWard(_ borough: DemoAreas) -> [Double] {
        var sums = [Double](repeating: 0, count: DemoAreas.wardCount)
        var counts = sums
        for area in borough.areas {
            sums[area.ward] += area.deprivation
            counts[area.ward] += 1
        }
        return zip(sums, counts).map { $0 / max($1, 1) }
    }

    private static func answers(_ ward: String, _ deprivation: Double, _ random: inout SeededRandom) -> [String] {
        let female = random.percent(57)
        let band = random.index(weightedBy: [0.3, 1, 8, 17, 27, 27, 20])
        let fear = 0.7 + deprivation + (female ? 0.35 : 0)
        let victim = random.percent(18 + 20 * deprivation)
        return [
            random.percent(4) ? "" : random.percent(6) ? " \(ward.uppercased())" : ward,
            random.percent(5) ? "" : DemoPopulation.ageBands[band],
            random.percent(4) ? "" : female ? "female" : "male",
            random.percent(11) ? "" : DemoPopulation.ethnicities[random.index(weightedBy: [12, 9, 4, 71, 4])],
            feeling([44, 42, 9 * fear, 2.5 * fear, 2], &random), feeling([14, 36, 25 * fear, 12 * fear, 4], &random),
            several(concerns, most: 3, &random), several(places, most: 4, &random), victim ? "Yes" : "No",
            victim ? random.one(of: ["Yes", "No", "No", "To the council"]) : "",
            random.percent(7) ? "" : String(1 + random.index(weightedBy: [9, 19, 38, 26, 8])),
            random.one(of: comments),
        ]
    }

    private static func feeling(_ weights: [Double], _ random: inout SeededRandom) -> String {
        random.percent(3) ? "" : feelings[random.index(weightedBy: weights)]
    }

    /// Some of the choices, in the order in which they were ticked.
    private static func several(_ choices: [(String, Double)], most: Int, _ random: inout SeededRandom) -> String {
        if random.percent(5) { return "" }
        let ticked = choices.filter { random.percent($0.1) }.map(\.0)
        return random.mixed(ticked).prefix(most).joined(separator: random.percent(12) ? "; " : ";")
    }
}
