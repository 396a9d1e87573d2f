internal import Kernel

extension DemoSampler {
    /// How often a burglary of a home is followed by another one close by and soon, in per cent. Followers can be
    /// followed in turn, so that a little less than this share of all burglaries are followers.
    private static let followed = 22.0
    /// The greatest distance of a follower, in decimetres, and its greatest delay, in days.
    private static let reach = 1900
    private static let delay = 13

    /// Burglaries of homes in a year. Some are followed by another within 190 m and 13 days: the near repeats that
    /// are known of burglary (Johnson and Bowers 2004; Townsley, Homel and Chaseling 2003).
    func burglaries(_ count: Int, _ position: Int, _ year: Int, _ random: inout SeededRandom) -> [DemoEvent] {
        let offence = DemoOffence.all[position]
        let end = period.days(of: year).upperBound
        var events: [DemoEvent] = []
        for _ in 0..<count * 78 / 100 {
            var latest = burglary(offence, position, year, &random)
            events.append(latest)
            while random.percent(Self.followed) {
                guard let next = follower(of: latest, &random), next.from / 1440 < end else { break }
                events.append(next)
                latest = next
            }
        }
        return events
    }

    private func burglary(
        _ offence: DemoOffence, _ position: Int, _ year: Int, _ random: inout SeededRandom
    ) -> DemoEvent {
        let area = area(.home, &random)
        let day = moment(year, offence.season, offence.rhythm, &random) / 1440
        let window = window(on: day, &random)
        return DemoEvent(
            from: window.lowerBound, to: window.upperBound, offence: position, area: area,
            point: point(.home, in: area, &random), setting: .home)
    }

    /// A burglary of the same or a near home, more often sooner than later.
    private func follower(of event: DemoEvent, _ random: inout SeededRandom) -> DemoEvent? {
        var near: [(area: Int, home: DemoPoint)] = []
        for area in [event.area] + borough.areas[event.area].neighbours {
            for home in borough.areas[area].homes
            where home.squaredDistance(to: event.point) <= Self.reach * Self.reach { near.append((area, home)) }
        }
        guard !near.isEmpty else { return nil }
        let home = random.percent(20) ? (area: event.area, home: event.point) : random.one(of: near)
        let gap = min(random.within(1...Self.delay), random.within(1...Self.delay))
        let window = window(on: event.from / 1440 + gap, &random)
        return DemoEvent(
            from: window.lowerBound, to: window.upperBound, offence: event.offence, area: home.area, point: home.home,
            setting: .home, isNearRepeat: true)
    }

    /// While the people were at work, out for the evening, asleep or away; or at a known moment.
    private func window(on day: Int, _ random: inout SeededRandom) -> ClosedRange<Int> {
        let midnight = day * 1440
        let last = period.endDay * 1440 - 1
        func range(_ from: ClosedRange<Int>, _ length: ClosedRange<Int>) -> ClosedRange<Int> {
            let start = min(midnight + random.within(from), last)
            return start...min(start + random.within(length), last)
        }
        switch random.below(100) {
        case ..<18: return range(540...1380, 0...0)
        case ..<62: return range(440...600, 300...600)
        case ..<78: return range(1020...1170, 90...300)
        case ..<94: return range(1290...1410, 360...560)
        default: return range(480...1080, 2880...11_520)
        }
    }
}
