/// How a total is shared out among units (suspects, places, victims): who holds how much of it.
///
/// All answers are exact: values are whole numbers (counts, or harm in hundredths of a day), and ties are broken by the
/// lower index, so that the same data give the same list everywhere.
public struct Concentration: Sendable {
    /// The units by value, largest first, ties by index.
    public let order: [Int]
    /// The values in that order.
    public let values: [Int64]
    /// Sums of the first 0, 1, … units.
    private let cumulative: [Int64]

    /// - Parameter values: one value ≥ 0 for each unit, units with nothing included.
    public init(_ values: [Int64]) {
        precondition(values.allSatisfy { $0 >= 0 }, "values are not negative")
        order = values.indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
        self.values = order.map { values[$0] }
        var cumulative: [Int64] = [0]
        cumulative.reserveCapacity(values.count + 1)
        var sum: Int64 = 0
        for value in self.values {
            sum += value
            cumulative.append(sum)
        }
        self.cumulative = cumulative
    }

    /// How many units.
    public var count: Int { values.count }
    /// What they hold together.
    public var total: Int64 { cumulative[count] }
    /// How many units hold more than nothing.
    public var nonZeroCount: Int { values.count { $0 > 0 } }

    /// The fewest units that together hold at least `numerator`/`denominator` of the total: the "felonious few".
    /// 0 when the total is 0.
    public func smallestCount(holding numerator: Int64, of denominator: Int64) -> Int {
        precondition(numerator >= 0 && denominator > 0 && numerator <= denominator, "a share from 0 to 1")
        let target = numerator.multipliedFullWidth(by: total)
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let held = cumulative[middle].multipliedFullWidth(by: denominator)
            if (held.high, held.low) < (target.high, target.low) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The fewest units that together hold at least this percentage of the total.
    public func smallestCount(holdingPercent percent: Int) -> Int { smallestCount(holding: Int64(percent), of: 100) }

    /// What the `count` largest units hold together.
    public func sum(ofTop count: Int) -> Int64 { cumulative[min(max(0, count), self.count)] }

    /// The share (0…1) of the total that the `count` largest units hold, or nil when the total is 0.
    public func share(ofTop count: Int) -> Double? {
        total > 0 ? Double(sum(ofTop: count)) / Double(total) : nil
    }

    /// How many units are the top `percent` of all, rounded up.
    public func unitCount(ofTopPercent percent: Int) -> Int { (count * percent + 99) / 100 }

    /// The share (0…1) of the total held by the top `percent` of units, rounded up to whole units, or nil when the total
    /// is 0.
    public func share(ofTopPercent percent: Int) -> Double? { share(ofTop: unitCount(ofTopPercent: percent)) }

    /// A point of the concentration curve.
    public struct Point: Hashable, Sendable {
        /// How many of the largest units.
        public let units: Int
        /// What they hold together.
        public let held: Int64
    }

    /// The concentration curve from the largest unit down, from (0, 0) to (all, total), at equal steps of units.
    /// The Lorenz curve is the same turned by 180°.
    /// - Parameter steps: how many steps, each rounded up to whole units.
    public func curve(steps: Int) -> [Point] {
        precondition(steps > 0, "at least one step")
        return (0...steps).map { step in
            let units = (count * step + steps - 1) / steps
            return Point(units: units, held: cumulative[units])
        }
    }
}

// MARK: - Repeats

extension Concentration {
    /// Units with several events each: repeat victims, repeat locations, repeat suspects.
    public struct Repeats: Hashable, Sendable {
        /// How many units have at least the stated number of events.
        public let units: Int
        /// How many units have any event.
        public let unitsWithAny: Int
        /// How many events the repeat units have.
        public let events: Int64
        /// How many events there are.
        public let allEvents: Int64
    }

    /// The units with at least `least` events, when the values are numbers of events.
    public func repeats(atLeast least: Int64 = 2) -> Repeats {
        let units = values.count { $0 >= least }
        return Repeats(units: units, unitsWithAny: nonZeroCount, events: sum(ofTop: units), allEvents: total)
    }
}

// MARK: - Chance

extension Concentration {
    /// The share (0…1) of units that would hold this share of the events by chance alone, were every unit equally likely
    /// to have each event: for many units, with Poisson counts of that mean. Few events on many places are always
    /// concentrated; print this beside the observed figure.
    ///
    /// No simulation: of all events, P(X ≥ c − 1) lie in units with c or more, which are P(X ≥ c) of all units.
    /// - Parameters:
    ///   - share: the share of the events, 0…1.
    ///   - mean: events for each unit on average.
    /// - Returns: the share of units, or nil when there are no events.
    public static func unitShareByChance(holding share: Double, meanPerUnit mean: Double) -> Double? {
        precondition(share >= 0 && share <= 1 && mean >= 0, "a share and a mean")
        guard mean > 0 else { return nil }
        guard share > 0 else { return 0 }
        var c = 1
        while Distributions.poissonUpper(c, mean: mean) >= share, c < Int(mean * 40) + 400 { c += 1 }
        // Units with more than c events, and as many of those with c as are needed.
        let rest = share - Distributions.poissonUpper(c, mean: mean)
        return Distributions.poissonUpper(c + 1, mean: mean) + max(0, rest) * mean / Double(c)
    }
}
