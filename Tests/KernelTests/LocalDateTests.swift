import Kernel
import Testing

@Suite struct LocalDateTests {
    @Test("400 years of dates agree with counting day by day") func bruteForce() throws {
        // 1900-01-01 was a Monday, 25,567 days before 1970-01-01.
        var (year, month, day) = (1900, 1, 1)
        var weekday = 0
        var wrong: [Int32] = []
        for number in Int32(-25_567)..<(-25_567 + 146_097) {
            let date = LocalDate(day: number)
            let isRight =
                date.civil == (year, month, day) && date.weekday == weekday
                && LocalDate(year: year, month: month, day: day) == date && date.month.monthOfYear == month
            if !isRight { wrong.append(number) }
            let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
            let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            weekday = (weekday + 1) % 7
            day += 1
            if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(3))")
        #expect((year, month, day) == (2300, 1, 1))
    }

    @Test("A date is read and written as YYYY-MM-DD, and no such day is no date") func text() {
        #expect(LocalDate("1970-01-01")?.day == 0)
        #expect(LocalDate("2025-03-03")?.description == "2025-03-03")
        #expect(LocalDate("2025-03-03")?.inWords == "3 March 2025")
        #expect(LocalDate("2024-02-29") != nil && LocalDate("2000-02-29") != nil)
        for wrong in [
            "2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-1-1", "2024-01-0a", "20240101",
            "", "2024-01-01T", "0000-01-01",
        ] {
            #expect(LocalDate(wrong) == nil, "\(wrong)")
        }
    }

    @Test("Dates before 1970 and far ahead keep their order") func order() throws {
        let dates = ["0001-01-01", "1899-12-31", "1969-12-31", "1970-01-01", "9999-12-31"]
        let parsed = try dates.map { try #require(LocalDate($0)) }
        #expect(parsed.sorted() == parsed)
        #expect(parsed.map(\.description) == dates)
        #expect(parsed[2].advanced(by: 1) == parsed[3] && parsed[2].weekday == 2)
    }
}
