internal import Kernel

/// Reads dates with times from bytes.
enum TimeReading {
    /// The UK wall clock in seconds since 1970-01-01T00:00, and whether a time was told.
    @inline(__always)
    static func wallClock(
        _ text: FieldText, _ order: DateOrder, _ clock: Clock
    ) throws(Misread) -> (seconds: Int64, timeKnown: Bool) {
        if text.count == 16 || text.count == 19, order == .yearFirst, clock == .uk,
            let date = DateReading.isoDate(text.start), let time = plainTime(text.start + 10, text.count - 10)
        {
            return (Int64(date.day) * 86_400 + time, true)
        }
        return try anyWallClock(text, order, clock)
    }

    /// The seconds of `THH:MM` or `THH:MM:SS`.
    @inline(__always)
    private static func plainTime(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
        guard bytes[0] == UInt8(ascii: "T") || bytes[0] == Mark.space, bytes[3] == UInt8(ascii: ":"),
            let hour = twoDigits(bytes + 1), let minute = twoDigits(bytes + 4), hour < 24, minute < 60
        else { return nil }
        guard count == 9 else { return hour * 3600 + minute * 60 }
        guard bytes[6] == UInt8(ascii: ":"), let second = twoDigits(bytes + 7), second < 60 else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    @inline(__always)
    private static func twoDigits(_ bytes: UnsafePointer<UInt8>) -> Int64? {
        let tens = bytes[0] &- 0x30
        let ones = bytes[1] &- 0x30
        return tens <= 9 && ones <= 9 ? Int64(tens) * 10 + Int64(ones) : nil
    }

    @inline(never)
    private static func anyWallClock(
        _ text: FieldText, _ order: DateOrder, _ clock: Clock
    ) throws(Misread) -> (seconds: Int64, timeKnown: Bool) {
        var cursor = ByteCursor(text)
        guard let date = DateReading.date(&cursor, order) else { throw .form }
        let midnight = Int64(date.day) * 86_400
        if cursor.isAtEnd { return (midnight, false) }
        guard DateReading.skipToTime(&cursor), let time = time(&cursor) else { throw .form }
        let read = midnight + time
        if cursor.isAtEnd { return (clock == .utc ? UKTime.wallClock(atUTC: read) : read, true) }
        guard let offset = offset(&cursor), cursor.isAtEnd else { throw .form }
        return (UKTime.wallClock(atUTC: read - offset), true)
    }

    /// `HH:MM[:SS[.fff]]` in seconds; a fraction is cut off.
    private static func time(_ cursor: inout ByteCursor) -> Int64? {
        guard let hour = cursor.number(mostDigits: 2), hour < 24, cursor.take(":"),
            let minute = cursor.number(), minute.digits == 2, minute.value < 60
        else { return nil }
        var second = 0
        if cursor.take(":") {
            guard let read = cursor.number(), read.digits == 2, read.value < 60 else { return nil }
            second = read.value
            if cursor.take(".") || cursor.take(",") {
                guard cursor.number() != nil else { return nil }
            }
        }
        return Int64(hour * 3600 + minute.value * 60 + second)
    }

    /// `Z`, `UTC`, `GMT`, `+hh`, `+hhmm` or `+hh:mm` in seconds ahead of UTC.
    private static func offset(_ cursor: inout ByteCursor) -> Int64? {
        while cursor.take(" ") {}
        if cursor.take("Z") || cursor.take("z") { return 0 }
        if cursor.take("U") { return cursor.take("T") && cursor.take("C") ? 0 : nil }
        if cursor.take("G") { return cursor.take("M") && cursor.take("T") ? 0 : nil }
        let negative = cursor.take("-")
        guard negative || cursor.take("+"), let first = cursor.number() else { return nil }
        var minutes = first.value * 60
        if first.digits == 4 {
            minutes = first.value / 100 * 60 + first.value % 100
        } else if first.digits != 2 {
            return nil
        } else if cursor.take(":") {
            guard let more = cursor.number(), more.digits == 2, more.value < 60 else { return nil }
            minutes += more.value
        }
        guard minutes <= 14 * 60 else { return nil }
        return Int64(negative ? -minutes : minutes) * 60
    }
}
