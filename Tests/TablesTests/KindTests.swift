import Glibc
import Kernel
import Testing

@testable import Tables

/// Seconds since 1970 of a civil time, by the C library.
private func seconds(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0, _ second: Int = 0)
    -> Int64
{
    var parts = tm()
    parts.tm_year = Int32(year - 1900)
    parts.tm_mon = Int32(month - 1)
    parts.tm_mday = Int32(day)
    parts.tm_hour = Int32(hour)
    parts.tm_min = Int32(minute)
    parts.tm_sec = Int32(second)
    return Int64(timegm(&parts))
}

private func days(_ year: Int, _ month: Int, _ day: Int) -> Int32 { Int32(seconds(year, month, day) / 86_400) }

/// Reads one column of values.
private func column(_ values: [String], _ kind: ColumnKind) throws -> Batch {
    let file = TemporaryFile("row\tvalue\n" + values.map { "x\t\($0)\n" }.joined())
    defer { withExtendedLifetime(file) {} }
    var batches: [Batch] = []
    try DelimitedFile(path: file.path).read([ColumnRequest(field: 1, kind: kind)], threads: 1) { batches.append($0) }
    return try #require(batches.first)
}

private func faults(_ batch: Batch) -> [String] { batch.faults.map { "\($0.line): \($0.value) \($0.reason)" } }

@Suite("Kinds of column")
struct KindTests {
    @Test("whole numbers")
    func integers() throws {
        let batch = try column(
            [
                "0", " 42 ", "-7", "+8", "12.0", "9223372036854775807", "9223372036854775808", "12.5", "1,234", "",
                "x", "-", ".", "000000000000000000012", "\"5\"",
            ], .integer)
        guard case .integers(let values) = batch.columns[0] else { return }
        let missing = Int64.min
        let expected: [Int64] = [
            0, 42, -7, 8, 12, .max, missing, missing, missing, missing, missing, missing, missing, 12, 5,
        ]
        #expect(values == expected)
        #expect(
            faults(batch) == [
                "8: 9223372036854775808 is too large a number", "9: 12.5 is not a whole number",
                "10: 1,234 is not a whole number", "12: x is not a whole number", "13: - is not a whole number",
                "14: . is not a whole number",
            ])
    }

    @Test("decimals equal those of the C library")
    func decimals() throws {
        var random = SeededRandom(seed: 3)
        var texts = ["0", "-0.5", ".5", "5.", "1e3", "1.5E-7", "123456789012345678", "0.1", "179769313486231570e291"]
        for _ in 0..<3000 {
            let digits = String(random.next() >> UInt64(random.below(60)))
            let point = random.below(digits.utf8.count + 1)
            texts.append(String(digits.prefix(point)) + "." + String(digits.dropFirst(point)))
        }
        let batch = try column(texts + ["nan", "inf", "0x10", "1e", "1e999", ".", "--1"], .decimal)
        guard case .decimals(let values) = batch.columns[0] else { return }
        for (i, text) in texts.enumerated() { #expect(values[i] == strtod(text, nil), "\(text)") }
        #expect(values.dropFirst(texts.count).allSatisfy { $0.isNaN })
        #expect(batch.faults.count == 7)
        #expect(batch.faults[4].reason == "is too large a number")
    }

    @Test("scaled decimals are exact")
    func scaled() throws {
        let batch = try column(
            ["12.34", "-0.05", "7", "7.5", ".25", "1.230", "1.235", "92233720368547758.07", "92233720368547758.08"],
            .decimalScaled(2))
        guard case .integers(let values) = batch.columns[0] else { return }
        #expect(values == [1234, -5, 700, 750, 25, 123, .min, .max, .min])
        #expect(
            faults(batch) == [
                "8: 1.235 has more than 2 digits after the point",
                "10: 92233720368547758.08 is too large a number",
            ])
    }

    @Test("dates written year first")
    func yearFirst() throws {
        let batch = try column(
            [
                "2024-02-29", "2024/03/01", "20240301", "2024-3-1", "2024-03-01 14:30", "2024-03-01T00:00:00Z",
                "1899-12-31", "2023-02-29", "01/03/2024", "2024-13-01", "2024-03-01x", "1 Mar 2024", "",
            ], .date(.yearFirst))
        guard case .days(let values) = batch.columns[0] else { return }
        let first = days(2024, 3, 1)
        let expected: [Int32] = [
            days(2024, 2, 29), first, first, first, first, first, days(1899, 12, 31), .min, .min, .min, .min, first,
            .min,
        ]
        #expect(values == expected)
        #expect(batch.faults.map(\.row) == [7, 8, 9, 10])
        #expect(batch.faults[1].reason == "is not a date written like 2024-03-31")
    }

    @Test("dates written day first")
    func dayFirst() throws {
        let batch = try column(
            [
                "01/03/2024", "1-3-2024", "01 Mar 2024", "1 march 2024", "01-MAR-2024", "01.03.2024",
                "01/03/2024 09:15", "2024-03-01", "1/3/24", "31/04/2024", "01/03-2024", "30 Sept 2024",
            ], .date(.dayFirst))
        guard case .days(let values) = batch.columns[0] else { return }
        let first = days(2024, 3, 1)
        let expected: [Int32] = [
            first, first, first, first, first, first, first, first, .min, .min, .min, days(2024, 9, 30),
        ]
        #expect(values == expected)
        #expect(batch.faults.map(\.row) == [8, 9, 10])
    }

    @Test("every day from 1900 to 2100 is that of the C library in each form")
    func everyDay() throws {
        let all = (days(1900, 1, 1)...days(2100, 12, 31)).map { LocalDate(day: $0).civil }
        let two = { (n: Int) in padded(n, to: 2) }
        let iso = try column(all.map { "\($0.year)-\(two($0.month))-\(two($0.day))" }, .date(.yearFirst))
        let british = try column(all.map { "\(two($0.day))/\(two($0.month))/\($0.year)" }, .date(.dayFirst))
        guard case .days(let first) = iso.columns[0], case .days(let second) = british.columns[0] else { return }
        let expected = all.map { days($0.year, $0.month, $0.day) }
        #expect(first == Array(expected.prefix(first.count)))
        #expect(second == Array(expected.prefix(second.count)))
        #expect(expected == Array(days(1900, 1, 1)...days(2100, 12, 31)))
    }

    @Test("months in each form")
    func months() throws {
        let batch = try column(
            [
                "2024-03", "2024-03-31", "202403", "Mar-24", "Mar 2024", "march-2024", "03/2024", "2024/03", "Jan-03",
                "Dec-70", "2024-13", "Foo-24", "24",
            ], .month)
        guard case .months(let values) = batch.columns[0] else { return }
        let march = Int32(2024 * 12 + 2)
        let expected: [Int32] = [
            march, march, march, march, march, march, march, march, 2003 * 12, 1970 * 12 + 11, .min, .min, .min,
        ]
        #expect(values == expected)
        #expect(batch.faults.map(\.row) == [10, 11, 12])
    }

    @Test("UK wall-clock times, with and without an offset")
    func wallClocks() throws {
        let batch = try column(
            [
                "2024-03-01 14:30", "2024-07-01T14:30:59", "2024-07-01T14:30:59.999", "2024-07-01T14:30:59Z",
                "2024-07-01T14:30+05:30", "2024-07-01", "2024-01-15T12:00:00+0000", "2024-01-15 24:00",
                "2024-01-15 12:60", "01/02/2024 12:00", "2024-01-15 9:05", "2024-07-01 12:00:00 UTC", "",
            ], .dateTime(.yearFirst, .uk))
        guard case .seconds(let values) = batch.columns[0] else { return }
        let expected: [Int64] = [
            seconds(2024, 3, 1, 14, 30), seconds(2024, 7, 1, 14, 30, 59), seconds(2024, 7, 1, 14, 30, 59),
            seconds(2024, 7, 1, 15, 30, 59), seconds(2024, 7, 1, 10, 0), seconds(2024, 7, 1),
            seconds(2024, 1, 15, 12), .min, .min, .min, seconds(2024, 1, 15, 9, 5), seconds(2024, 7, 1, 13), .min,
        ]
        #expect(values == expected)
        #expect(batch.timeKnown[0].map { $0 ? 1 : 0 } == [1, 1, 1, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0])
        #expect(batch.faults.map(\.row) == [7, 8, 9])
    }

    @Test("times in UTC are turned into British Summer Time on the right minute")
    func utcTimes() throws {
        let batch = try column(
            [
                "31/03/2024 00:59:59", "31/03/2024 01:00", "27/10/2024 00:59", "27/10/2024 01:00", "01/07/2024",
                "30/06/2024 23:30",
            ], .dateTime(.dayFirst, .utc))
        guard case .seconds(let values) = batch.columns[0] else { return }
        let expected: [Int64] = [
            seconds(2024, 3, 31, 0, 59, 59), seconds(2024, 3, 31, 2), seconds(2024, 10, 27, 1, 59),
            seconds(2024, 10, 27, 1), seconds(2024, 7, 1), seconds(2024, 7, 1, 0, 30),
        ]
        #expect(values == expected)
        #expect(batch.timeKnown[0] == [true, true, true, true, false, true])
    }

    @Test("yes and no")
    func booleans() throws {
        let batch = try column(
            ["true", "FALSE", "Yes", "no", "Y", "n", "1", "0", " yes ", "", "2", "ye", "!"], .boolean)
        guard case .booleans(let values) = batch.columns[0] else { return }
        #expect(values == [1, 0, 1, 0, 1, 0, 1, 0, 1, -1, -1, -1, -1])
        #expect(faults(batch) == ["12: 2 is not yes or no", "13: ye is not yes or no", "14: ! is not yes or no"])
    }

    @Test("identifiers are equal exactly when their trimmed texts are")
    func identifiers() throws {
        var texts = ["AB/123", " AB/123 ", "AB/124", "", "\"AB/123\"", "a much longer identifier 1234567890"]
        texts += ["a much longer identifier 1234567891"] + (0..<5000).map { "P\($0)" }
        let batch = try column(texts, .identifier)
        guard case .hashes(let values) = batch.columns[0] else { return }
        #expect(values[0] == values[1] && values[0] == values[4])
        #expect(values[3] == 0)
        #expect(Set(values).count == Set(texts.map { trimmedText(Array($0.utf8)) ?? "" }).count - 1)
        // Good mixing: each bit is set in about half of the hashes.
        for bit in 0..<64 {
            let set = values.suffix(5000).count { $0 >> UInt64(bit) & 1 == 1 }
            #expect((2250...2750).contains(set), "bit \(bit)")
        }
    }

    @Test("a value shown in a fault is at most 200 characters long")
    func longValue() throws {
        let batch = try column([String(repeating: "é", count: 500)], .integer)
        #expect(batch.faults[0].value == String(repeating: "é", count: 200))
    }
}
