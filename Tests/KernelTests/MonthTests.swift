import Kernel
import Testing

@Suite struct MonthTests {
    @Test("A month is read and written as YYYY-MM") func text() {
        #expect(Month("2024-02")?.description == "2024-02")
        #expect(Month("2024-02")?.length == 29)
        #expect(Month("2023-02")?.length == 28)
        for wrong in ["2024-13", "2024-00", "24-01", "2024/01", "2024-1", "", "2024-0x", "0000-01", "2024-01 "] {
            #expect(Month(wrong) == nil, "\(wrong)")
        }
    }

    @Test("Month arithmetic passes the turn of the year both ways") func arithmetic() throws {
        let month = try #require(Month("2024-11"))
        #expect(month.advanced(by: 3).description == "2025-02")
        #expect(month.advanced(by: -11).description == "2023-12")
        #expect(month.year == 2024 && month.monthOfYear == 11)
        #expect(month.firstDay.description == "2024-11-01" && month.lastDay.description == "2024-11-30")
        #expect(month < month.advanced(by: 1))
        #expect(month.inWords == "November 2024" && month.inShort == "Nov 2024")
    }

    @Test("Every month of four centuries follows the one before without a gap") func consecutive() throws {
        var month = try #require(Month("1900-01"))
        for _ in 0..<4800 {
            let next = month.advanced(by: 1)
            #expect(next.firstDay.day == month.lastDay.day + 1)
            #expect((28...31).contains(month.length) && month.firstDay.month == month && month.lastDay.month == month)
            month = next
        }
        #expect(month.description == "2300-01")
    }
}

@Suite struct MonthRangeTests {
    private func range(_ first: String, _ last: String) throws -> MonthRange {
        let (first, last) = (try #require(Month(first)), try #require(Month(last)))
        return try #require(MonthRange(from: first, to: last))
    }

    @Test("A range holds both its ends and is never the wrong way round") func ends() throws {
        let year = try range("2023-04", "2024-03")
        #expect(year.count == 12 && year.months.count == 12)
        #expect(year.contains(year.first) && year.contains(year.last))
        #expect(!year.contains(year.last.advanced(by: 1)) && !year.contains(year.first.advanced(by: -1)))
        #expect(MonthRange(from: year.last, to: year.first) == nil)
    }

    @Test("The months compared with lie whole years back and do not overlap") func before() throws {
        #expect(try range("2024-01", "2024-12").sameMonthsBefore == range("2023-01", "2023-12"))
        #expect(try range("2024-03", "2024-03").sameMonthsBefore == range("2023-03", "2023-03"))
        #expect(try range("2023-01", "2024-06").sameMonthsBefore == range("2021-01", "2022-06"))
    }

    @Test("A range reads as a year where it is one") func words() throws {
        #expect(try range("2024-01", "2024-12").inWords == "2024")
        #expect(try range("2024-03", "2025-02").inWords == "March 2024 to February 2025")
        #expect(try range("2024-03", "2024-03").inWords == "March 2024")
        #expect(try range("2024-03", "2025-02").description == "2024-03 to 2025-02")
    }
}
