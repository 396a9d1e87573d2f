/// When crimes happened that are known only to lie between two times (Ratcliffe 2000, "Aoristic analysis", Int. J.
/// Geographical Information Science 14; Ratcliffe 2002, J. Quantitative Criminology 18): each crime is one, spread evenly
/// over its interval.
///
/// Times are readings of the wall clock, in seconds since 1970-01-01T00:00 of that clock (`UKTime.wallClock`). On the two
/// nights that clocks change, the hour that is skipped takes a share like any other and the hour that occurs twice takes
/// one share only.
public enum Aoristic {
    /// How many hours a week has.
    public static let cellCount = 168
    static let week: Int64 = 604_800

    /// The hour of the week, 0 (Monday 00:00 to 01:00) … 167, of a wall-clock time.
    public static func hourOfWeek(_ wall: Int64) -> Int { Int(secondOfWeek(wall) / 3600) }

    /// Seconds since the last Monday 00:00. 1970-01-01 was a Thursday.
    static func secondOfWeek(_ wall: Int64) -> Int64 {
        let second = (wall + 3 * 86_400) % week
        return second < 0 ? second + week : second
    }

    /// One crime's share in each hour of the week; the shares add up to 1.
    /// - Parameters:
    ///   - begin: the earliest wall-clock time.
    ///   - end: the latest; nil when the time is known. An end before the begin is taken as the other way round.
    public static func weights(begin: Int64, end: Int64?) -> [Double] {
        var weights: [Double] = Array(repeating: 0, count: cellCount)
        let first = min(begin, end ?? begin)
        let length = max(begin, end ?? begin) - first
        guard length > 0 else {
            weights[hourOfWeek(first)] = 1
            return weights
        }
        var seconds: [Int64] = Array(repeating: length / week * 3600, count: cellCount)
        var position = secondOfWeek(first)
        var rest = length % week
        while rest > 0 {
            let step = min(rest, 3600 - position % 3600)
            seconds[Int(position / 3600) % cellCount] += step
            position += step
            rest -= step
        }
        for cell in 0..<cellCount { weights[cell] = Double(seconds[cell]) / Double(length) }
        return weights
    }

    /// Sums of an hour-of-week table over bands of three hours: 7 days × 8 bands, Monday 00:00 to 03:00 first.
    public static func threeHourBands(_ hours: [Double]) -> [Double] {
        precondition(hours.count == cellCount, "168 hours")
        return (0..<56).map { band in hours[(3 * band)..<(3 * band + 3)].reduce(0, +) }
    }
}
