import Files
import Foundation
import Kernel
import Rules

/// What the repository ships.
enum Shipped {
    private static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/Definitions/rules"

    static func holidays() throws -> BankHolidays {
        try BankHolidays(DefinitionFile(path: "\(folder)/bank-holidays.json"))
    }

    static func calendar() throws -> ClockCalendar { ClockCalendar(try holidays()) }

    static func file() throws -> DefinitionFile { try DefinitionFile(path: "\(folder)/default.json") }

    static func rules() throws -> PolicyRules { try PolicyRules([file()]) }
}

/// A moment by a British clock: "2024-12-24 15:00".
func uk(_ text: String) throws -> Instant {
    let parts = text.split(separator: " ")
    let clock = parts[1].split(separator: ":").compactMap { Int64($0) }
    guard parts.count == 2, clock.count == 2, let day = LocalDate(String(parts[0])) else {
        throw Fault("No time: \(text)")
    }
    let wall = Int64(day.day) * 86_400 + clock[0] * 3600 + clock[1] * 60
    return Instant(milliseconds: UKTime.utc(atWallClock: wall) * 1000)
}

func day(_ text: String) throws -> LocalDate {
    guard let day = LocalDate(text) else { throw Fault("No day: \(text)") }
    return day
}
