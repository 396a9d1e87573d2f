internal import Kernel

/// One row of an incidents file in Concord's own export format (docs/records.md).
struct DemoIncidentRow {
    static let header: [String] = [
        "incident_id", "source", "offence_code", "offence_title", "category", "from", "to", "reported_at", "longitude",
        "latitude", "easting", "northing", "lsoa", "location_type", "domestic_abuse", "hate_race", "hate_religion",
        "hate_sexual_orientation", "hate_disability", "hate_transgender", "knife", "gun", "alcohol", "drugs", "gang",
        "mental_health", "child_exploitation", "cyber", "injury", "weapon", "outcome",
    ]
    static let injuries: [String] = ["none", "minor", "moderate", "serious", "fatal"]

    /// A flag: yes, no or not recorded.
    enum Flag: String {
        case yes, no
        case blank = ""
    }

    var id = ""
    var source = ""
    var code = ""
    var title = ""
    var category = ""
    /// Minutes of the wall clock since 1970.
    var from = 0
    var to = 0
    var reported = 0
    /// Nil when the place was not recorded.
    var point: DemoPoint?
    var lsoa = ""
    var setting = ""
    var domestic = Flag.blank
    /// Race, religion, sexual orientation, disability, transgender identity.
    var hate = [Flag](repeating: .blank, count: 5)
    /// Knife, gun, alcohol, drugs, gang, mental health, child exploitation, cyber.
    var other = [Flag](repeating: .blank, count: 8)
    var injury = ""
    var weapon = ""
    var outcome = ""

    /// Writes the row.
    func write(to file: DemoFile, clock: DemoClock) throws(Fault) {
        file.csv.field(id)
        file.csv.field(source)
        file.csv.field(code)
        file.csv.field(title)
        file.csv.field(category)
        file.csv.field(clock.text(from))
        if to > from { file.csv.field(clock.text(to)) } else { file.csv.empty() }
        file.csv.field(clock.text(reported))
        if let point {
            file.csv.field(fixed(DemoPlane.longitude(point), places: 6))
            file.csv.field(fixed(DemoPlane.latitude(point), places: 6))
        } else {
            file.csv.empty()
            file.csv.empty()
        }
        file.csv.empty()
        file.csv.empty()
        file.csv.field(lsoa)
        file.csv.field(setting)
        file.csv.field(domestic.rawValue)
        for flag in hate { file.csv.field(flag.rawValue) }
        for flag in other { file.csv.field(flag.rawValue) }
        file.csv.field(injury)
        file.csv.field(weapon)
        file.csv.field(outcome)
        try file.endRow()
    }
}

/// Writes moments, with the texts of the days made once.
struct DemoClock {
    private let firstDay: Int
    private let days: [String]
    private let minutes: [String]
    /// The last moment that any file knows of: the morning on which the extract was made.
    let last: Int

    init(_ period: DemoPeriod) {
        firstDay = period.firstDay
        days = (period.firstDay..<period.endDay + 30).map { LocalDate(day: Int32($0)).description }
        minutes = (0..<1440).map { "T\(padded($0 / 60, to: 2)):\(padded($0 % 60, to: 2))" }
        last = (period.endDay + 14) * 1440 + 9 * 60
    }

    /// `YYYY-MM-DDTHH:MM` of a moment in the period or the 30 days after it.
    func text(_ moment: Int) -> String { days[moment / 1440 - firstDay] + minutes[moment % 1440] }
}
