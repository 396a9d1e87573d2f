public import Kernel

/// Something in a calendar. It holds no personal data: whoever looks over a shoulder learns that there is a meeting.
public struct CalendarEvent: Hashable, Sendable {
    /// What names it in every calendar, also when its time changes.
    public var identifier: String
    /// What it is called.
    public var summary: String
    /// When it begins.
    public var startsAt: Instant
    /// When it ends.
    public var endsAt: Instant
    /// How often its time changed.
    public var sequence: Int
    /// Whether it was called off.
    public var isCancelled: Bool

    /// An event.
    public init(
        identifier: String, summary: String, from startsAt: Instant, to endsAt: Instant, sequence: Int = 0,
        isCancelled: Bool = false
    ) {
        self.identifier = identifier
        self.summary = summary
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.sequence = sequence
        self.isCancelled = isCancelled
    }
}

/// A calendar as RFC 5545 writes it, for any calendar program.
public enum CalendarText {
    /// The most bytes of a line, without its end (RFC 5545, section 3.1).
    static let longestLine = 75

    /// The text of a calendar. Times are in UTC.
    /// - Parameter now: when it is written.
    public static func text(_ events: [CalendarEvent], at now: Instant) -> String {
        var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Concord//Panels//EN", "METHOD:PUBLISH"]
        for event in events {
            lines += [
                "BEGIN:VEVENT", "UID:\(escaped(event.identifier))", "DTSTAMP:\(time(now))",
                "DTSTART:\(time(event.startsAt))", "DTEND:\(time(event.endsAt))", "SEQUENCE:\(event.sequence)",
                "STATUS:\(event.isCancelled ? "CANCELLED" : "CONFIRMED")", "SUMMARY:\(escaped(event.summary))",
                "CLASS:CONFIDENTIAL", "END:VEVENT",
            ]
        }
        lines.append("END:VCALENDAR")
        return lines.map { folded($0) + "\r\n" }.joined()
    }

    /// `20260616T090000Z`.
    static func time(_ moment: Instant) -> String {
        let seconds = moment.seconds
        let day = LocalDate(day: Int32(clamping: UKTime.floorDivide(seconds, 86_400)))
        let ofDay = Int(seconds - Int64(day.day) * 86_400)
        let (year, month, number) = day.civil
        let date = padded(year, to: 4) + padded(month, to: 2) + padded(number, to: 2)
        return date + "T" + padded(ofDay / 3600, to: 2) + padded(ofDay / 60 % 60, to: 2) + padded(ofDay % 60, to: 2)
            + "Z"
    }

    /// Text in which no sign means anything (RFC 5545, section 3.3.11).
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case ";": out += "\\;"
            case ",": out += "\\,"
            case "\n": out += "\\n"
            // Other control signs have no place in a line.
            case _ where scalar.value < 32 || scalar.value == 127: break
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// A line in parts of at most 75 bytes, the later ones begun with a space. No character is cut.
    static func folded(_ line: String) -> String {
        var out = ""
        var length = 0
        for scalar in line.unicodeScalars {
            let size = String(scalar).utf8.count
            if length + size > longestLine {
                out += "\r\n "
                length = 1
            }
            out.unicodeScalars.append(scalar)
            length += size
        }
        return out
    }
}
