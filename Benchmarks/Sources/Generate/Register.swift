internal import Kernel

/// The made-up register, a row at a time.
struct Register {
    static let header: String =
        "CrimeNumber,CommittedFrom,RecordedOn,Borough,WardCode,LSOACode,Easting,Northing,MajorType,MinorType,"
        + "HOClass,HarmDays,DomesticAbuse,HateCrime,Knife,Alcohol,Injury,VictimRef,VictimAge,VictimSex,"
        + "VictimEthnicity,SuspectRef,SuspectAge,SuspectSex,SuspectEthnicity"

    private static let lsoaCount = 4994
    private static let wardCount = 680
    private var random: SeededRandom
    /// For each small area its borough, ward, and corner in metres.
    private let areas: [(borough: Int, ward: Int, east: Int, north: Int)]
    private let areaTable: [UInt16]
    private let firstDay = 18_262  // 2020-01-01
    private let days = 1826
    private let yes = Choice([("Yes", 18), ("No", 82)])
    private let rarely = Choice([("Yes", 4), ("No", 96)])
    private let injuries = Choice([
        ("", 55), ("None", 25), ("Minor", 14), ("Moderate", 4), ("Serious", 1.6), ("Fatal", 0.4),
    ])
    private let sexes = Choice([("Female", 48), ("Male", 49), ("Unknown", 3)])
    private let suspectSexes = Choice([("Female", 20), ("Male", 77), ("Unknown", 3)])
    private let ethnicities = Choice([
        ("White European", 46), ("Black", 20), ("Asian", 18), ("White Irish", 6), ("Other", 3),
        ("\"Arab, Egyptian\"", 3), ("Unknown", 4),
    ])

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        var areas: [(Int, Int, Int, Int)] = []
        var weights: [(String, Double)] = []
        for area in 0..<Register.lsoaCount {
            let ward = area * Register.wardCount / Register.lsoaCount
            let borough = ward * Place.boroughs.count / Register.wardCount
            areas.append((borough, ward, 505_000 + random.below(55_000), 157_000 + random.below(42_000)))
            weights.append(("", random.exponential() + 0.15))
        }
        self.areas = areas.map { (borough: $0.0, ward: $0.1, east: $0.2, north: $0.3) }
        let choice = Choice(weights)
        areaTable = (0..<65_536).map { UInt16(choice.index($0)) }
    }

    mutating func appendRow(_ row: Int, to bytes: inout [UInt8]) {
        let a = random.next()
        let b = random.next()
        let c = random.next()
        let offence = Offence.all[Offence.choice.index(a)]
        let area = Int(areaTable[Int(a >> 16 & 0xFFFF)])
        appendTimes(row, a >> 32, b, &bytes)
        appendPlace(area, b >> 32, &bytes)
        bytes.append(contentsOf: offence.text)
        yes.append(yes.index(c), to: &bytes)
        for shift in [UInt64(8), 20, 32] { rarely.append(rarely.index(c >> shift), to: &bytes) }
        injuries.append(injuries.index(c >> 44), to: &bytes)
        appendPersons(&bytes)
    }

    private func appendTimes(_ row: Int, _ bits: UInt64, _ more: UInt64, _ bytes: inout [UInt8]) {
        bytes.append(number: 1_000_000 + row, width: 7)
        // More in the evening: the larger of two draws.
        let hour = Int(max(bits & 0xFF, bits >> 8 & 0xFF)) * 24 / 256
        let day = firstDay + Int(((more & 0xFFFF) * UInt64(days)) >> 16)
        bytes.append("/")
        let (year, month, dayOfMonth) = LocalDate(day: Int32(day)).civil
        bytes.append(number: year % 100, width: 2)
        bytes.append(",")
        appendDate(year, month, dayOfMonth, &bytes)
        bytes.append("T")
        bytes.append(number: hour, width: 2)
        bytes.append(":")
        bytes.append(number: Int(bits >> 16 & 0xFF) * 60 / 256, width: 2)
        bytes.append(",")
        let recorded = LocalDate(day: Int32(day + (more >> 16 & 7 == 0 ? Int(more >> 19 & 31) : 0))).civil
        appendDate(recorded.year, recorded.month, recorded.day, &bytes)
        bytes.append(",")
    }

    private func appendDate(_ year: Int, _ month: Int, _ day: Int, _ bytes: inout [UInt8]) {
        bytes.append(number: year, width: 4)
        bytes.append("-")
        bytes.append(number: month, width: 2)
        bytes.append("-")
        bytes.append(number: day, width: 2)
    }

    private func appendPlace(_ area: Int, _ bits: UInt64, _ bytes: inout [UInt8]) {
        let place = areas[area]
        bytes.append(contentsOf: Place.boroughs[place.borough])
        bytes.append(",E05")
        bytes.append(number: 9000 + place.ward, width: 6)
        bytes.append(",E01")
        bytes.append(number: 1000 + area, width: 6)
        bytes.append(",")
        bytes.append(number: place.east + Int(bits & 0x3FF), width: 6)
        bytes.append(",")
        bytes.append(number: place.north + Int(bits >> 10 & 0x3FF), width: 6)
        bytes.append(",")
    }

    private mutating func appendPersons(_ bytes: inout [UInt8]) {
        let a = random.next()
        let b = random.next()
        // One in seven has no victim; some persons come back again and again.
        if a % 7 == 0 {
            bytes.append(",,,,")
        } else {
            let share = Double(b >> 40) * 0x1p-24
            bytes.append("V")
            bytes.append(number: Int(share * share.squareRoot() * 4_000_000), width: 7)
            bytes.append(",")
            bytes.append(number: Int(a >> 8 & 0xFF) % 90, width: 1)
            bytes.append(",")
            sexes.append(sexes.index(a >> 16), to: &bytes)
            ethnicities.append(ethnicities.index(a >> 32), to: &bytes)
        }
        appendSuspect(b, &bytes)
    }

    private mutating func appendSuspect(_ bits: UInt64, _ bytes: inout [UInt8]) {
        guard bits % 10 < 4 else {
            bytes.append(",,,\n")
            return
        }
        let c = random.next()
        let share = Double(c >> 40) * 0x1p-24
        bytes.append("S")
        bytes.append(number: Int(share * share * share * 900_000), width: 7)
        bytes.append(",")
        bytes.append(number: 10 + Int(c & 0xFF) % 60, width: 1)
        bytes.append(",")
        suspectSexes.append(suspectSexes.index(c >> 8), to: &bytes)
        ethnicities.append(ethnicities.index(c >> 24), to: &bytes)
        bytes[bytes.count - 1] = UInt8(ascii: "\n")
    }
}
