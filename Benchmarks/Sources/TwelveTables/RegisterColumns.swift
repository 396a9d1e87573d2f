internal import Kernel
internal import Tables

/// The columns that the tables need, in the order of `Batch.columns`.
enum RegisterColumns: Int, CaseIterable {
    case committedFrom, borough, ward, area, easting, northing, majorType, harm
    case domesticAbuse, hateCrime, knife, alcohol, injury
    case victim, victimAge, victimSex, victimEthnicity
    case suspect, suspectAge, suspectSex, suspectEthnicity

    private var request: (name: String, kind: ColumnKind) {
        switch self {
        case .committedFrom: ("CommittedFrom", .dateTime(.yearFirst, .uk))
        case .borough: ("Borough", .text)
        case .ward: ("WardCode", .text)
        case .area: ("LSOACode", .text)
        case .easting: ("Easting", .integer)
        case .northing: ("Northing", .integer)
        case .majorType: ("MajorType", .text)
        case .harm: ("HarmDays", .decimalScaled(2))
        case .domesticAbuse: ("DomesticAbuse", .boolean)
        case .hateCrime: ("HateCrime", .boolean)
        case .knife: ("Knife", .boolean)
        case .alcohol: ("Alcohol", .boolean)
        case .injury: ("Injury", .text)
        case .victim: ("VictimRef", .identifier)
        case .victimAge: ("VictimAge", .integer)
        case .victimSex: ("VictimSex", .text)
        case .victimEthnicity: ("VictimEthnicity", .text)
        case .suspect: ("SuspectRef", .identifier)
        case .suspectAge: ("SuspectAge", .integer)
        case .suspectSex: ("SuspectSex", .text)
        case .suspectEthnicity: ("SuspectEthnicity", .text)
        }
    }

    static func requests(in file: DelimitedFile) throws(Fault) -> [ColumnRequest] {
        var requests: [ColumnRequest] = []
        for column in allCases {
            guard let field = file.field(named: column.request.name) else {
                throw Fault("A column is missing", at: file.path, because: "there is no \(column.request.name)")
            }
            requests.append(ColumnRequest(field: field, kind: column.request.kind))
        }
        return requests
    }
}

extension Batch {
    func codes(_ column: RegisterColumns) -> [Int32] {
        guard case .codes(let values) = columns[column.rawValue] else { return [] }
        return values
    }

    func integers(_ column: RegisterColumns) -> [Int64] {
        switch columns[column.rawValue] {
        case .integers(let values), .seconds(let values): values
        default: []
        }
    }

    func hashes(_ column: RegisterColumns) -> [UInt64] {
        guard case .hashes(let values) = columns[column.rawValue] else { return [] }
        return values
    }

    func booleans(_ column: RegisterColumns) -> [Int8] {
        guard case .booleans(let values) = columns[column.rawValue] else { return [] }
        return values
    }
}

/// What the tables need of a time, by day.
struct Calendar {
    /// 1990-01-01.
    private static let first = 7305
    private static let days: [(year: Int32, month: Int32, weekday: Int32)] = (first..<first + 22_000).map { day in
        let date = LocalDate(day: Int32(day))
        return (Int32(date.civil.year), date.month.index, Int32(date.weekday))
    }

    private(set) var years: [Int32] = []
    private(set) var months: [Int32] = []
    /// Weekday from Monday, times eight, plus the band of three hours.
    private(set) var bands: [Int32] = []

    /// The year counts from 1990, the month from January 1990.
    init(_ seconds: [Int64]) {
        years.reserveCapacity(seconds.count)
        months.reserveCapacity(seconds.count)
        bands.reserveCapacity(seconds.count)
        let days = Calendar.days
        for second in seconds {
            let day = Int(second / 86_400) - Calendar.first
            guard days.indices.contains(day) else {
                years.append(-1)
                months.append(-1)
                bands.append(-1)
                continue
            }
            years.append(days[day].year - 1990)
            months.append(days[day].month - 1990 * 12)
            bands.append(days[day].weekday * 8 + Int32(second % 86_400 / 10_800))
        }
    }
}
