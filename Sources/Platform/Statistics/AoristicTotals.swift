/// Sums up aoristic shares of many crimes over the hours of the week, in constant time for each crime.
///
/// A share is whole weeks (the same for all hours), one run of full hours (two changes of a difference array) and at
/// most two part hours.
public struct AoristicTotals: Sendable {
    /// How many crimes were added.
    public private(set) var events = 0
    /// Of these, how many had one known time.
    public private(set) var instants = 0
    /// Of these, how many ended before they began and were turned round.
    public private(set) var reversed = 0
    /// Of these, how many last a week or longer and so say nothing about the hour.
    public private(set) var weekOrLonger = 0
    /// Of the instants, how many are at 00:00:00 exactly, which often stands for "not known".
    public private(set) var instantsAtMidnight = 0
    /// Of the instants, how many are on the hour exactly, midnight included.
    public private(set) var instantsOnTheHour = 0

    private var everyHour = 0.0
    private var parts: [Double] = Array(repeating: 0, count: Aoristic.cellCount)
    /// Changes of the shares from hour to hour over two weeks, so that a run may pass the end of Sunday.
    private var changes: [Double] = Array(repeating: 0, count: 2 * Aoristic.cellCount + 1)

    /// No crimes.
    public init() {}

    /// Adds crimes of one interval.
    /// - Parameters:
    ///   - begin: the earliest wall-clock time, seconds since 1970-01-01T00:00 of that clock.
    ///   - end: the latest; nil when the time is known. An end before the begin is taken as the other way round.
    ///   - count: how many crimes.
    public mutating func add(begin: Int64, end: Int64?, count: Int = 1) {
        let last = end ?? begin
        events += count
        if last < begin { reversed += count }
        let first = min(begin, last)
        let length = max(begin, last) - first
        let start = Aoristic.secondOfWeek(first)
        if length == 0 {
            addInstant(start, count: count)
        } else {
            addInterval(start, length: length, count: count)
        }
    }

    private mutating func addInstant(_ second: Int64, count: Int) {
        instants += count
        if second % 3600 == 0 { instantsOnTheHour += count }
        if second % 86_400 == 0 { instantsAtMidnight += count }
        parts[Int(second / 3600)] += Double(count)
    }

    private mutating func addInterval(_ start: Int64, length: Int64, count: Int) {
        let perSecond = Double(count) / Double(length)
        if length >= Aoristic.week {
            weekOrLonger += count
            everyHour += Double(length / Aoristic.week * 3600) * perSecond
        }
        let end = start + length % Aoristic.week
        let firstCell = Int(start / 3600)
        let lastCell = Int(end / 3600)
        guard firstCell < lastCell else {
            parts[firstCell] += Double(end - start) * perSecond
            return
        }
        parts[firstCell] += Double(3600 - start % 3600) * perSecond
        parts[lastCell % Aoristic.cellCount] += Double(end % 3600) * perSecond
        if lastCell > firstCell + 1 {
            changes[firstCell + 1] += 3600 * perSecond
            changes[lastCell] -= 3600 * perSecond
        }
    }

    /// Adds what another holds. Merging in a fixed order gives the same last digit each time.
    public mutating func merge(_ other: AoristicTotals) {
        events += other.events
        instants += other.instants
        reversed += other.reversed
        weekOrLonger += other.weekOrLonger
        instantsAtMidnight += other.instantsAtMidnight
        instantsOnTheHour += other.instantsOnTheHour
        everyHour += other.everyHour
        for i in parts.indices { parts[i] += other.parts[i] }
        for i in changes.indices { changes[i] += other.changes[i] }
    }

    /// The crimes in each hour of the week, Monday 00:00 to 01:00 first. They add up to `events`.
    public var hours: [Double] {
        var hours = parts
        var running = 0.0
        for cell in 0..<(2 * Aoristic.cellCount) {
            running += changes[cell]
            hours[cell % Aoristic.cellCount] += running
        }
        // A run that has ended leaves rounding of either sign behind.
        return hours.map { max(0, $0 + everyHour) }
    }

    /// The crimes in each band of three hours, 7 days × 8 bands, Monday 00:00 to 03:00 first.
    public var threeHourBands: [Double] { Aoristic.threeHourBands(hours) }
}
