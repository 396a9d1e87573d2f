import Assessment
import Kernel

/// An invented borough whose figures agree with each other, for looking at the report and for its tests.
struct ReportSample {
    typealias Cell = AssessmentTable.Cell
    typealias Column = AssessmentTable.Column

    static let categories: [(key: String, title: String, monthly: Double, weight: Double, trend: Double)] = [
        ("violent-crime", "Violence and sexual offences", 410, 128, 0.02),
        ("anti-social-behaviour", "Anti-social behaviour", 365, 0, -0.06),
        ("vehicle-crime", "Vehicle crime", 168, 4.2, -0.09),
        ("public-order", "Public order", 112, 8.5, 0.05),
        ("criminal-damage-arson", "Criminal damage and arson", 104, 12, -0.01),
        ("burglary", "Burglary", 88, 19, -0.14),
        ("other-theft", "Other theft", 121, 2.1, 0.03),
        ("shoplifting", "Shoplifting", 96, 1.0, 0.24),
        ("drugs", "Drugs", 61, 9, 0.11),
        ("robbery", "Robbery", 31, 365, 0.16),
        ("theft-from-the-person", "Theft from the person", 22, 20, 0.31),
        ("possession-of-weapons", "Possession of weapons", 9, 14, 0.0),
        ("other-crime", "Other crime", 18, 10, -0.02),
    ]
    static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    static let bands = [
        "00:00 to 02:59", "03:00 to 05:59", "06:00 to 08:59", "09:00 to 11:59", "12:00 to 14:59", "15:00 to 17:59",
        "18:00 to 20:59", "21:00 to 23:59",
    ]
    static let population = 214_500

    var random = SeededRandom(seed: 20)
    let period: MonthRange
    let previous: MonthRange
    /// Month → category → count.
    var counts: [Month: [Int]] = [:]
    let ground = ReportGround()

    init() throws {
        let january = try require2(Month("2024-01"))
        period = try require2(MonthRange(from: january, to: january.advanced(by: 11)))
        previous = period.sameMonthsBefore
        for offset in -36..<12 where offset != -18 {
            let month = january.advanced(by: offset)
            let season = [0.94, 0.9, 1, 1, 1.07, 1.06, 1.12, 1.07, 1, 1.02, 0.95, 0.87][month.monthOfYear - 1]
            counts[month] = ReportSample.categories.map { category in
                let growth = offset >= 0 ? 1 + category.trend : 1
                return random.poisson(category.monthly * season * growth)
            }
        }
    }

    func sum(_ category: Int, _ range: MonthRange) -> Int {
        range.months.reduce(0) { $0 + (counts[$1]?[category] ?? 0) }
    }

    func assessment() -> StrategicAssessment {
        let tables = [
            level(), months(), offences(), harm(), wards(), lsoas(), overlap(), hotspots(), concentration(), weekday(),
            band(), weekdayBand(), month(), quality(),
        ]
        return StrategicAssessment(
            area: .init(code: "E09000099", name: "Thornbeck"), period: period, previous: previous,
            inputs: (1...12).map { number in
                .init(
                    path: "data/2024-\(padded(number, to: 2))-thornbeck-street.csv",
                    sha256: String(repeating: "8f1c0a9d3b5e7742", count: 4), rows: 1500 + number * 7,
                    rejected: number % 5)
            },
            definitions: [
                .init(
                    name: "Offence groups", version: "2025.1", sha256: String(repeating: "0123456789abcdef", count: 4)),
                .init(name: "Harm weights", version: "2020", sha256: String(repeating: "fedcba9876543210", count: 4)),
            ],
            tables: tables, statements: statements(tables[0]),
            labels: Dictionary(uniqueKeysWithValues: ReportSample.categories.map { ($0.key, $0.title) }).merging(
                ["total": "All categories", "crimes": "Recorded crime", "harm": "Harm"]) { a, _ in a })
    }

    private func statements(_ level: AssessmentTable) -> [StrategicAssessment.Statement] {
        let total = ReportSample.categories.indices.map { sum($0, period) }.reduce(0, +)
        let texts: [(String, String, [String])] = [
            (
                "B1.level/total", "In 2024, \(total) incidents were recorded in Thornbeck, 0.9% more than in 2023.",
                ["B1.level/total/count", "B1.level/total/changePercent"]
            ),
            (
                "B1.level/rises",
                "Shoplifting (+24%) and theft from the person (+31%) rose most; burglary fell by 14%.",
                ["B1.level/shoplifting/changePercent", "B1.level/burglary/changePercent"]
            ),
            (
                "B1.level/region", "The rate per 1,000 residents is below the region’s for every category but robbery.",
                ["B1.level/robbery/gap"]
            ),
            (
                "B1.months/peak", "July was the busiest month, as in each of the three years before.",
                ["B1.months/2024-07/count"]
            ),
            (
                "B2.harm/robbery", "Robbery is 2% of incidents and 17% of harm; its harm rose by 16%.",
                ["B2.harm/robbery/harm", "B1.level/robbery/count"]
            ),
            (
                "B2.harm/disagree", "Counts fell while harm rose for violence & sexual offences <under 16>.",
                ["B2.harm/violent-crime/difference"]
            ),
            (
                "B3.wards/top", "Two wards, Market Cross and Station, carry a fifth of all incidents.",
                ["B3.wards/W01/count"]
            ),
            (
                "B3.hotspots/found", "Nine neighbourhoods are hotspots beyond what chance would give.",
                ["B3.hotspots/L001/hotspot"]
            ),
            (
                "B5.weekdayBand/peak", "Friday and Saturday from 21:00 to 23:59 are the busiest times.",
                ["B5.weekdayBand/Friday/21:00 to 23:59/count"]
            ),
            ("B5.band/night", "A third of violence falls between 21:00 and 02:59.", ["B5.band/21:00 to 23:59/count"]),
            ("A2.fields/place", "6.2% of records have no place and are left out of maps.", ["A2.fields/place/missing"]),
        ]
        return texts.map { .init(id: $0.0, text: $0.1, figures: $0.2) }
    }
}

/// Like `#require` outside a test.
func require2<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Fault("The sample is wrong") }
    return value
}
