public import Kernel

/// Dates in heads (RFC 9110 §5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
    /// The date as it is sent.
    public static func text(_ instant: Instant) -> String {
        let seconds = instant.seconds
        let days = UKTime.floorDivide(seconds, 86_400)
        let date = LocalDate(day: Int32(clamping: days))
        let time = Int(seconds - days * 86_400)
        let civil = date.civil
        let clock = [time / 3600, time / 60 % 60, time % 60].map { padded($0, to: 2) }.joined(separator: ":")
        // Day 0 is a Thursday.
        let weekday = weekdays[Int(((days + 4) % 7 + 7) % 7)]
        return
            "\(weekday), \(padded(civil.day, to: 2)) \(months[civil.month - 1]) \(padded(civil.year, to: 4)) \(clock) GMT"
    }

    /// Reads a date in the preferred form; the two obsolete forms are not read, so such a condition is passed over.
    public static func parse(_ text: String) -> Instant? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[5] == "GMT", parts[1].utf8.count == 2, parts[3].utf8.count == 4,
            let day = digits(parts[1]), let month = months.firstIndex(of: String(parts[2])),
            let year = digits(parts[3]), let date = LocalDate(year: year, month: month + 1, day: day)
        else { return nil }
        let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, clock.allSatisfy({ $0.utf8.count == 2 }), let hour = digits(clock[0]),
            let minute = digits(clock[1]), let second = digits(clock[2]), hour < 24, minute < 60, second <= 60
        else { return nil }
        return Instant(milliseconds: (Int64(date.day) * 86_400 + Int64(hour * 3600 + minute * 60 + second)) * 1000)
    }

    private static let weekdays: [String] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months: [String] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
