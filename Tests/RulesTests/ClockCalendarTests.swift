import Kernel
import Testing

@testable import Rules

@Suite("Counting time")
struct ClockCalendarTests {
    static let protection: Set<ClockLength.DayOff> = [.sundays, .christmasDay, .goodFriday, .bankHolidays]

    // casework.md §5.5: lengths and ends as the statutes count them.
    @Test(
        "Days and months end on the day that the law names",
        arguments: [
            ("2025-03-01", ClockLength(21, .daysBeginningWith), "2025-03-21"),
            ("2025-03-01", ClockLength(14, .daysFollowing), "2025-03-15"),
            ("2025-01-31", ClockLength(1, .monthsBeginningWith), "2025-02-28"),
            ("2024-08-30", ClockLength(6, .monthsBeginningWith), "2025-02-28"),
            ("2024-02-29", ClockLength(36, .monthsBeginningWith), "2027-02-28"),
            ("2024-01-31", ClockLength(1, .monthsBeginningWith), "2024-02-29"),
            ("2025-03-01", ClockLength(1, .monthsBeginningWith), "2025-03-31"),
            ("2025-01-15", ClockLength(6, .monthsBeginningWith), "2025-07-14"),
            ("2025-12-31", ClockLength(2, .monthsBeginningWith), "2026-02-28"),
            ("2026-04-02", ClockLength(2, .workingDaysAfter), "2026-04-08"),
            ("2026-12-24", ClockLength(2, .workingDaysAfter), "2026-12-30"),
            ("2022-06-01", ClockLength(1, .workingDaysAfter), "2022-06-06"),
            ("2025-08-22", ClockLength(10, .workingDaysAfter), "2025-09-08"),
        ])
    func days(_ start: String, _ length: ClockLength, _ end: String) throws {
        let calendar = try Shipped.calendar()
        #expect(calendar.lastDay(length, from: try day(start)).description == end)
        let deadline = try #require(calendar.deadline(length, from: try uk("\(start) 14:30")))
        #expect(deadline.lastDay?.description == end)
        #expect(deadline.at.ukDate == deadline.lastDay?.advanced(by: 1))
    }

    // casework.md §5.5; the last two, over the night in October, by hand: 12 + 25 + 11 hours.
    @Test(
        "Hours pass as they pass, without the days that are left out",
        arguments: [
            ("2024-12-24 15:00", 48, [ClockLength.DayOff.christmasDay], "2024-12-27 15:00"),
            ("2024-12-24 15:00", 72, [.christmasDay], "2024-12-28 15:00"),
            ("2025-03-29 12:00", 48, [.christmasDay], "2025-03-31 13:00"),
            ("2024-12-21 18:00", 48, Array(protection), "2024-12-24 18:00"),
            ("2024-12-24 15:00", 48, Array(protection), "2024-12-28 15:00"),
            ("2025-04-17 12:00", 48, Array(protection), "2025-04-22 12:00"),
            ("2025-10-25 12:00", 48, [], "2025-10-27 11:00"),
            ("2025-12-25 09:00", 24, [.christmasDay], "2025-12-27 00:00"),
        ])
    func hours(_ start: String, _ count: Int, _ without: [ClockLength.DayOff], _ end: String) throws {
        let length = ClockLength(count, .hoursExcluding, without: Set(without))
        let deadline = try #require(try Shipped.calendar().deadline(length, from: try uk(start)))
        #expect(deadline == Deadline(at: try uk(end)))
    }

    @Test("A pause takes out the days whose midnight it covers, and working days only where they count")
    func pausedDays() throws {
        let calendar = try Shipped.calendar()
        // Monday to Wednesday: the midnights of Tuesday and Wednesday.
        let pause = ClockPause(from: try uk("2025-06-02 10:00"), until: try uk("2025-06-04 15:00"), reason: "Illness")
        func end(_ length: ClockLength, _ start: String, _ pauses: [ClockPause]) throws -> String? {
            calendar.deadline(length, from: try uk(start), pauses: pauses)?.lastDay?.description
        }
        #expect(try end(ClockLength(5, .daysFollowing), "2025-06-01 09:00", []) == "2025-06-06")
        #expect(try end(ClockLength(5, .daysFollowing), "2025-06-01 09:00", [pause]) == "2025-06-08")
        #expect(try end(ClockLength(5, .workingDaysAfter), "2025-06-01 09:00", [pause]) == "2025-06-10")
        #expect(try end(ClockLength(1, .monthsBeginningWith), "2025-06-01 09:00", [pause]) == "2025-07-02")
        // Over a weekend: no working day is lost.
        let weekend = ClockPause(from: try uk("2025-06-06 18:00"), until: try uk("2025-06-08 20:00"), reason: "Moved")
        #expect(try end(ClockLength(5, .workingDaysAfter), "2025-06-03 09:00", [weekend]) == "2025-06-10")
        // A pause in the time that an earlier one added.
        let late = ClockPause(from: try uk("2025-06-07 01:00"), until: try uk("2025-06-08 01:00"), reason: "Again")
        #expect(try end(ClockLength(5, .daysFollowing), "2025-06-01 09:00", [pause, late]) == "2025-06-09")
        let lasting = ClockPause(from: try uk("2025-06-02 10:00"), reason: "Abroad")
        #expect(try end(ClockLength(5, .daysFollowing), "2025-06-01 09:00", [lasting]) == nil)
    }

    @Test("A pause stops hours for as long as it lasts")
    func pausedHours() throws {
        let length = ClockLength(24, .hoursExcluding)
        let pauses = [
            ClockPause(from: try uk("2025-06-02 12:00"), until: try uk("2025-06-02 18:30"), reason: "Court"),
            ClockPause(from: try uk("2025-06-03 20:00"), until: try uk("2025-06-03 21:00"), reason: "After its end"),
        ]
        let end = try Shipped.calendar().deadline(length, from: try uk("2025-06-02 09:00"), pauses: pauses)
        #expect(end == Deadline(at: try uk("2025-06-03 15:30")))
    }

    @Test(
        "Months later is the corresponding date, or the month's last",
        arguments: [
            ("2024-02-29", 12, "2025-02-28"), ("2025-01-31", 1, "2025-02-28"), ("2025-03-31", 6, "2025-09-30"),
            ("2025-03-15", 12, "2026-03-15"), ("2025-03-31", -1, "2025-02-28"),
        ])
    func months(_ start: String, _ count: Int, _ end: String) throws {
        #expect(try day(start).addingMonths(count).description == end)
    }
}
