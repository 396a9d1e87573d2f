import Kernel
import Testing

@testable import TrustPages

@Suite("Days as people type them")
struct BritishDateTests {
    @Test(
        "The day stands before the month, in figures or words",
        arguments: [
            ("27/3/2026", 2026, 3, 27), ("1-12-2025", 2025, 12, 1), ("9 4 2026", 2026, 4, 9),
            ("29 February 2024", 2024, 2, 29), ("5 sept 2026", 2026, 9, 5), ("03/04/2026", 2026, 4, 3),
        ])
    func reads(text: String, year: Int, month: Int, day: Int) {
        #expect(BritishDate.day(text) == LocalDate(year: year, month: month, day: day))
    }

    @Test(
        "What is no day is none",
        arguments: ["", "3/27/2026", "29/2/2025", "2026-03-27", "27/3/26", "27 Ma 2026", "27//2026", "a/b/cccc"])
    func refuses(text: String) {
        #expect(BritishDate.day(text) == nil)
    }
}
