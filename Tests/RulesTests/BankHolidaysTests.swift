import Files
import Kernel
import Testing

@testable import Rules

@Suite("Bank holidays")
struct BankHolidaysTests {
    // Published by the government for England and Wales: 2027 has Christmas on a weekend, 2028 New Year's Day; in 2020 and
    // 2022 holidays were moved, in 2022 and 2023 proclaimed.
    static let published: [(Int, [String])] = [
        (2020, ["01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"]),
        (2022, ["01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"]),
        (2023, ["01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"]),
        (2025, ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"]),
        (2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
        (2027, ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        (2028, ["01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"]),
    ]

    @Test("Those that are shipped are those published", arguments: published)
    func shipped(_ year: Int, _ days: [String]) throws {
        let holidays = try Shipped.holidays()
        #expect(holidays.days(of: year).sorted().map(\.description) == days.map { "\(year)-\($0)" })
    }

    @Test("By the Act alone they are those published, but for years in which some were moved or proclaimed")
    func byRule() throws {
        let shipped = try Shipped.holidays()
        let different = (2019...2028).filter { shipped.days(of: $0) != BankHolidays.statutory.days(of: $0) }
        #expect(different == [2020, 2022, 2023])
        #expect(BankHolidays.statutory.days(of: 2031).count == 8)
    }

    @Test(
        "Two working days later, over weekends and holidays",
        arguments: [
            ("2026-06-01", "2026-06-03"), ("2026-06-04", "2026-06-08"), ("2026-06-06", "2026-06-09"),
            ("2026-04-02", "2026-04-08"), ("2026-12-24", "2026-12-30"),
        ])
    func workingDays(_ start: String, _ end: String) throws {
        #expect(BankHolidays.statutory.workingDay(2, after: try day(start)).description == end)
    }

    @Test(
        "A wrong file is refused with the place of the fault",
        arguments: [
            (#"{"years": {"2025": {"2026-01-01": "New Year"}}}"#, "years.2025.2026-01-01"),
            (#"{"years": {"1": {}}}"#, "years.1"),
            (#"{"years": {"2025": {"2025-12-25": 3}}}"#, "text in double quotes"),
            (#"{"year": {}}"#, "no such member"),
        ])
    func wrong(_ text: String, _ says: String) {
        #expect {
            try BankHolidays(DefinitionFile(bytes: Array(text.utf8), path: "holidays.json"))
        } throws: {
            "\($0)".contains(says)
        }
    }
}
