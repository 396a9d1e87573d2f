internal import Kernel

/// Something that happened, before it is known who was in it.
struct DemoEvent {
    /// Minutes of the wall clock since 1970, and the end of the window; the same when the moment is known.
    var from: Int
    var to: Int
    /// Position in `DemoOffence.all`.
    var offence: Int
    var area: Int
    var point: DemoPoint
    var setting: DemoSetting
    var isNearRepeat = false
}

/// The period that a borough's files cover.
struct DemoPeriod {
    /// Calendar years, the last one 2025.
    let years: ClosedRange<Int>
    /// The first day and the day after the last, as days since 1970.
    let firstDay: Int
    let endDay: Int

    init(years count: Int) {
        years = (2026 - max(count, 1))...2025
        firstDay = Int(LocalDate(year: years.lowerBound, month: 1, day: 1)?.day ?? 0)
        endDay = Int(LocalDate(year: 2026, month: 1, day: 1)?.day ?? 0)
    }

    /// The days of a year.
    func days(of year: Int) -> Range<Int> {
        let first = Int(LocalDate(year: year, month: 1, day: 1)?.day ?? 0)
        return first..<first + (year % 4 == 0 ? 366 : 365)
    }
}

/// Draws when and where things happen.
struct DemoSampler {
    let borough: DemoAreas
    let period: DemoPeriod
    private var days: [[Chooser]]
    private let hours: [Chooser]
    private let places: [Chooser]
    private let venues: Chooser

    init(_ borough: DemoAreas, _ period: DemoPeriod) {
        self.borough = borough
        self.period = period
        hours = DemoRhythm.allCases.map { Chooser($0.hours) }
        places = DemoSetting.allCases.map { setting in Chooser(borough.areas.map { setting.pull(of: $0) }) }
        venues = Chooser((0..<12).map { 1 / Double($0 + 1) })
        days = period.years.map { year in
            DemoSeason.allCases.flatMap { season in
                DemoRhythm.allCases.map { rhythm in Chooser(DemoSampler.weights(period.days(of: year), season, rhythm))
                }
            }
        }
    }

    private static func weights(_ days: Range<Int>, _ season: DemoSeason, _ rhythm: DemoRhythm) -> [Double] {
        let (months, weekdays) = (season.months, rhythm.weekdays)
        return days.map { day in
            let date = LocalDate(day: Int32(day))
            return months[date.civil.month - 1] * weekdays[date.weekday]
        }
    }

    /// A moment of a year: minutes of the wall clock since 1970.
    func moment(_ year: Int, _ season: DemoSeason, _ rhythm: DemoRhythm, _ random: inout SeededRandom) -> Int {
        let seasons = DemoSeason.allCases
        let rhythms = DemoRhythm.allCases
        let position = (seasons.firstIndex(of: season) ?? 0) * rhythms.count + (rhythms.firstIndex(of: rhythm) ?? 0)
        let day =
            period.days(of: year).lowerBound
            + days[year - period.years.lowerBound][position].pick(&random)
        let hour = 5 + hours[rhythms.firstIndex(of: rhythm) ?? 0].pick(&random)
        let moment = day * 1440 + hour * 60 + random.below(60)
        return min(moment, period.days(of: year).upperBound * 1440 - 1)
    }

    /// An area that draws this setting.
    func area(_ setting: DemoSetting, _ random: inout SeededRandom) -> Int { places[setting.rawValue].pick(&random) }

    /// A place in an area: a home, a venue, or anywhere.
    func point(_ setting: DemoSetting, in area: Int, _ random: inout SeededRandom) -> DemoPoint {
        let place = borough.areas[area]
        switch setting {
        case .home, .online: return random.one(of: place.homes)
        case .parked: return borough.grid.point(in: place.block, &random)
        case .street where random.percent(45): return borough.grid.point(in: place.block, &random)
        case .school: return place.venues[11]
        default: return place.venues[venues.pick(&random)]
        }
    }
}

extension DemoSampler {
    /// Everything that the police recorded, in the order in which it happened.
    func events(seed: UInt64) -> [DemoEvent] {
        var random = SeededRandom(seed: seed, subject: "incidents")
        var events: [DemoEvent] = []
        for (position, offence) in DemoOffence.all.enumerated() {
            var level = Double(offence.perYear)
            for year in period.years {
                let count = Int(level * (0.97 + 0.06 * random.uniform()) + random.uniform())
                level *= 1 + offence.trend / 100
                if offence.code == DemoOffence.homeBurglary {
                    events += burglaries(count, position, year, &random)
                } else {
                    for _ in 0..<count { events.append(event(position, offence, year, &random)) }
                }
            }
        }
        let order = events.indices.sorted { (events[$0].from, $0) < (events[$1].from, $1) }
        return order.map { events[$0] }
    }

    /// One event of an offence.
    func event(_ position: Int, _ offence: DemoOffence, _ year: Int, _ random: inout SeededRandom) -> DemoEvent {
        let area = area(offence.setting, &random)
        let moment = moment(year, offence.season, offence.rhythm, &random)
        let window = random.percent(offence.windows) ? overnight(around: moment, &random) : moment...moment
        return DemoEvent(
            from: window.lowerBound, to: window.upperBound, offence: position, area: area,
            point: point(offence.setting, in: area, &random), setting: offence.setting)
    }

    /// From when something was last seen in the evening to when its loss was found in the morning; now and then over
    /// several days.
    private func overnight(around moment: Int, _ random: inout SeededRandom) -> ClosedRange<Int> {
        let day = moment / 1440
        let start = day * 1440 + random.within(17 * 60...23 * 60 + 30)
        let nights = random.percent(6) ? random.within(2...9) : 1
        let end = (day + nights) * 1440 + random.within(6 * 60...10 * 60)
        let last = period.endDay * 1440 - 1
        return min(start, last)...min(end, last)
    }
}
