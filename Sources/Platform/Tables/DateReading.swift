internal import Kernel

/// Reads dates, months and times from bytes.
enum DateReading {
    /// Days since 1970-01-01; a time may follow.
    @inline(__always)
    static func day(_ text: FieldText, _ order: DateOrder) throws(Misread) -> Int32 {
        if text.count == 10 {
            let date = order == .yearFirst ? isoDate(text.start) : britishDate(text.start)
            if let date { return date.day }
        }
        return try anyDay(text, order)
    }

    @inline(never)
    private static func anyDay(_ text: FieldText, _ order: DateOrder) throws(Misread) -> Int32 {
        var cursor = ByteCursor(text)
        guard let date = date(&cursor, order) else { throw .form }
        if !cursor.isAtEnd {
            guard skipToTime(&cursor), cursor.digitAhead else { throw .form }
        }
        return date.day
    }

    /// `YYYY-MM-DD` in ten bytes.
    @inline(__always)
    static func isoDate(_ bytes: UnsafePointer<UInt8>) -> LocalDate? {
        let word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
        // Digits become 0…9 and hyphens 0; anything else sets the top bit of its byte in `wrong`.
        let value = word ^ 0x2D30_302D_3030_3030
        let wrong = ((value &+ 0x7F76_767F_7676_7676) | value) & 0x8080_8080_8080_8080
        let tens = bytes[8] &- 0x30
        let ones = bytes[9] &- 0x30
        guard wrong == 0, tens <= 9, ones <= 9 else { return nil }
        let year = nibble(value, 0) * 1000 + nibble(value, 1) * 100 + nibble(value, 2) * 10 + nibble(value, 3)
        let month = nibble(value, 5) * 10 + nibble(value, 6)
        return LocalDate(year: year, month: month, day: Int(tens) * 10 + Int(ones))
    }

    /// `DD/MM/YYYY` in ten bytes.
    @inline(__always)
    private static func britishDate(_ bytes: UnsafePointer<UInt8>) -> LocalDate? {
        let word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
        let value = word ^ 0x3030_2F30_302F_3030
        let wrong = ((value &+ 0x7676_7F76_767F_7676) | value) & 0x8080_8080_8080_8080
        let tens = bytes[8] &- 0x30
        let ones = bytes[9] &- 0x30
        guard wrong == 0, tens <= 9, ones <= 9 else { return nil }
        let year = nibble(value, 6) * 1000 + nibble(value, 7) * 100 + Int(tens) * 10 + Int(ones)
        let month = nibble(value, 3) * 10 + nibble(value, 4)
        return LocalDate(year: year, month: month, day: nibble(value, 0) * 10 + nibble(value, 1))
    }

    @inline(__always)
    private static func nibble(_ value: UInt64, _ byte: UInt64) -> Int { Int((value &>> (8 &* byte)) & 15) }

    /// A date in any accepted form; the cursor then stands after it.
    static func date(_ cursor: inout ByteCursor, _ order: DateOrder) -> LocalDate? {
        guard let first = cursor.number() else { return nil }
        if first.digits == 8, order == .yearFirst {
            return LocalDate(year: first.value / 10_000, month: first.value / 100 % 100, day: first.value % 100)
        }
        guard let separator = cursor.separator() else { return nil }
        let named = cursor.monthName()
        guard let month = named ?? cursor.number(mostDigits: 2), cursor.separator() == separator,
            let last = cursor.number()
        else { return nil }
        if first.digits == 4, last.digits <= 2 { return LocalDate(year: first.value, month: month, day: last.value) }
        guard first.digits <= 2, last.digits == 4, order == .dayFirst || named != nil else { return nil }
        return LocalDate(year: last.value, month: month, day: first.value)
    }

    /// Steps over the `T` or the spaces between a date and a time.
    static func skipToTime(_ cursor: inout ByteCursor) -> Bool {
        if cursor.take("T") || cursor.take("t") { return true }
        guard cursor.take(" ") else { return false }
        while cursor.take(" ") {}
        return true
    }

    /// The index of a month.
    static func month(_ text: FieldText) throws(Misread) -> Int32 {
        if text.count == 7, let date = isoDateOfMonth(text) { return date.index }
        if text.count >= 8, let day = try? day(text, .yearFirst) { return LocalDate(day: day).month.index }
        var cursor = ByteCursor(text)
        guard let month = anyMonth(&cursor), cursor.isAtEnd else { throw .form }
        return month.index
    }

    private static func isoDateOfMonth(_ text: FieldText) -> Month? {
        var cursor = ByteCursor(text)
        guard let year = cursor.number(), year.digits == 4, cursor.take("-"), let month = cursor.number(),
            cursor.isAtEnd
        else { return nil }
        return Month(year: year.value, month: month.value)
    }

    private static func anyMonth(_ cursor: inout ByteCursor) -> Month? {
        if let month = cursor.monthName() {
            guard cursor.separator() != nil, let year = cursor.number() else { return nil }
            if year.digits == 2 { return Month(year: year.value + (year.value < 70 ? 2000 : 1900), month: month) }
            return year.digits == 4 ? Month(year: year.value, month: month) : nil
        }
        guard let first = cursor.number() else { return nil }
        if first.digits == 6 { return Month(year: first.value / 100, month: first.value % 100) }
        guard cursor.separator() != nil else { return nil }
        if first.digits == 4, let month = cursor.monthName() ?? cursor.number(mostDigits: 2) {
            return Month(year: first.value, month: month)
        }
        guard first.digits <= 2, let year = cursor.number(), year.digits == 4 else { return nil }
        return Month(year: year.value, month: first.value)
    }
}
