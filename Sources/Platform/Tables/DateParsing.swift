internal import Kernel

/// Reading dates and times from the bytes of a field.
extension FieldParsing {
    /// A run of digits from `index`, which is moved past it; nil when there is none or it is longer than `most`.
    private static func number(_ bytes: Bytes, _ index: inout Int, most: Int) -> Int? {
        var value = 0
        let start = index
        while index < bytes.count, index - start < most {
            let digit = bytes[index] &- 0x30
            guard digit <= 9 else { break }
            value = value * 10 + Int(digit)
            index += 1
        }
        return index > start ? value : nil
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == 0x2D || byte == 0x2F || byte == 0x2E || byte == 0x20
    }

    /// A month's number from its first three letters, which `index` is moved past with any letters that follow.
    private static func monthName(_ bytes: Bytes, _ index: inout Int) -> Int? {
        guard index + 3 <= bytes.count else { return nil }
        let key = (0..<3).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[index + $1] | 0x20) }
        let names: [StaticString] = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ]
        for (position, name) in names.enumerated() {
            let wanted = (0..<3).reduce(UInt32(0)) { $0 << 8 | UInt32(name.utf8Start[$1]) }
            guard wanted == key else { continue }
            index += 3
            while index < bytes.count, (0x61...0x7A).contains(bytes[index] | 0x20) { index += 1 }
            return position + 1
        }
        return nil
    }

    /// The date at the start of a field; `index` is moved past it.
    static func date(_ bytes: Bytes, _ order: DateOrder, _ index: inout Int) -> LocalDate? {
        if let date = isoDate(bytes, &index) { return date }
        switch order {
        case .yearFirst:
            guard bytes.count >= 8, (0..<8).allSatisfy({ bytes[$0] &- 0x30 <= 9 }) else { return nil }
            guard let year = number(bytes, &index, most: 4), let month = number(bytes, &index, most: 2),
                let day = number(bytes, &index, most: 2)
            else { return nil }
            return LocalDate(year: year, month: month, day: day)
        case .dayFirst:
            guard let day = number(bytes, &index, most: 2), index < bytes.count, isSeparator(bytes[index]) else {
                return nil
            }
            index += 1
            guard let month = monthName(bytes, &index) ?? number(bytes, &index, most: 2), index < bytes.count,
                isSeparator(bytes[index])
            else { return nil }
            index += 1
            let start = index
            guard let year = number(bytes, &index, most: 4), index - start == 4 else { return nil }
            return LocalDate(year: year, month: month, day: day)
        }
    }

    // YYYY-MM-DD or YYYY/MM/DD, in whatever order other dates of the column are.
    private static func isoDate(_ bytes: Bytes, _ index: inout Int) -> LocalDate? {
        guard bytes.count >= 8, bytes[4] == 0x2D || bytes[4] == 0x2F else { return nil }
        var at = 0
        guard let year = number(bytes, &at, most: 4), at == 4 else { return nil }
        at = 5
        guard let month = number(bytes, &at, most: 2), at < bytes.count, bytes[at] == bytes[4] else { return nil }
        at += 1
        guard let day = number(bytes, &at, most: 2) else { return nil }
        index = at
        return LocalDate(year: year, month: month, day: day)
    }

    static func day(_ bytes: Bytes, _ order: DateOrder) -> Int32? {
        var index = 0
        guard let date = date(bytes, order, &index) else { return nil }
        guard index == bytes.count || bytes[index] == 0x54 || bytes[index] == 0x20 else { return nil }
        return date.day
    }

    /// Seconds of the UK wall clock.
    static func wallClock(_ bytes: Bytes, _ order: DateOrder, _ clock: Clock) -> (seconds: Int64, dateOnly: Bool)? {
        var index = 0
        guard let date = date(bytes, order, &index) else { return nil }
        var seconds = Int64(date.day) * 86_400
        guard index < bytes.count else { return (seconds, true) }
        guard bytes[index] == 0x54 || bytes[index] == 0x20 else { return nil }
        index += 1
        guard let hour = number(bytes, &index, most: 2), hour < 24, index < bytes.count, bytes[index] == 0x3A else {
            return nil
        }
        index += 1
        guard let minute = number(bytes, &index, most: 2), minute < 60 else { return nil }
        seconds += Int64(hour * 3600 + minute * 60)
        if index < bytes.count, bytes[index] == 0x3A {
            index += 1
            guard let second = number(bytes, &index, most: 2), second < 61 else { return nil }
            seconds += Int64(second)
            if index < bytes.count, bytes[index] == 0x2E {
                index += 1
                while index < bytes.count, bytes[index] &- 0x30 <= 9 { index += 1 }
            }
        }
        guard index < bytes.count else {
            return (clock == .utc ? UKTime.wallClock(atUTC: seconds) : seconds, false)
        }
        guard let offset = offset(bytes, &index), index == bytes.count else { return nil }
        return (UKTime.wallClock(atUTC: seconds - offset), false)
    }

    // "Z", "+01:00", "+0100" or "+01", in seconds ahead of UTC.
    private static func offset(_ bytes: Bytes, _ index: inout Int) -> Int64? {
        if bytes[index] == 0x5A || bytes[index] == 0x7A {
            index += 1
            return 0
        }
        let sign: Int64 = bytes[index] == 0x2B ? 1 : bytes[index] == 0x2D ? -1 : 0
        guard sign != 0 else { return nil }
        index += 1
        guard let hours = number(bytes, &index, most: 2), hours <= 18 else { return nil }
        if index < bytes.count, bytes[index] == 0x3A { index += 1 }
        let minutes = index < bytes.count ? number(bytes, &index, most: 2) : 0
        guard let minutes, minutes < 60 else { return nil }
        return sign * Int64(hours * 3600 + minutes * 60)
    }

    static func month(_ bytes: Bytes) -> Int32? {
        var index = 0
        if let month = monthName(bytes, &index) {
            guard index < bytes.count, isSeparator(bytes[index]) else { return nil }
            index += 1
            let start = index
            guard var year = number(bytes, &index, most: 4), index == bytes.count else { return nil }
            if index - start == 2 { year += year < 70 ? 2000 : 1900 }
            return Month(year: year, month: month)?.index
        }
        guard let year = number(bytes, &index, most: 4), index == 4, index < bytes.count else { return nil }
        if bytes[index] == 0x2D || bytes[index] == 0x2F { index += 1 }
        let start = index
        guard let month = number(bytes, &index, most: 2), index - start == 2 || index < 7 else { return nil }
        if index < bytes.count {
            var at = 0
            guard let date = date(bytes, .yearFirst, &at), at == bytes.count || bytes[at] == 0x54 || bytes[at] == 0x20
            else { return nil }
            return date.month.index
        }
        return Month(year: year, month: month)?.index
    }
}
