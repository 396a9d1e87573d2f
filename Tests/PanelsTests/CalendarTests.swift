import Governance
import Kernel
import Storage
import TestDatabases
import Testing

@testable import Panels

@Suite struct CalendarTests {
    @Test("A calendar is written as RFC 5545 says, with times in UTC on both sides of the change of clocks")
    func text() {
        // 16 June 2026 10:00 in London is 09:00 UTC; 15 December 2026 10:00 is 10:00 UTC.
        let events = [
            CalendarEvent(
                identifier: "a@concord.example", summary: "Domestic abuse MARAC", from: PanelWorld.meetingStart,
                to: PanelWorld.meetingStart.advanced(bySeconds: 7200)),
            CalendarEvent(
                identifier: "b@concord.example", summary: "Gangs, and; others",
                from: Instant(milliseconds: 1_797_328_800_000),
                to: Instant(milliseconds: 1_797_332_399_000), sequence: 2, isCancelled: true),
        ]

        let expected = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Concord//Panels//EN", "METHOD:PUBLISH", "BEGIN:VEVENT",
            "UID:a@concord.example", "DTSTAMP:20260601T090000Z", "DTSTART:20260616T090000Z",
            "DTEND:20260616T110000Z", "SEQUENCE:0", "STATUS:CONFIRMED", "SUMMARY:Domestic abuse MARAC",
            "CLASS:CONFIDENTIAL", "END:VEVENT", "BEGIN:VEVENT", "UID:b@concord.example", "DTSTAMP:20260601T090000Z",
            "DTSTART:20261215T100000Z", "DTEND:20261215T105959Z", "SEQUENCE:2", "STATUS:CANCELLED",
            "SUMMARY:Gangs\\, and\\; others", "CLASS:CONFIDENTIAL", "END:VEVENT", "END:VCALENDAR", "",
        ].joined(separator: "\r\n")
        #expect(CalendarText.text(events, at: PanelWorld.now) == expected)
    }

    @Test("Signs that mean something are escaped, and others that have no place are left out")
    func escaped() {
        #expect(CalendarText.escaped("a\\b;c,d\ne\u{7}f") == "a\\\\b\\;c\\,d\\nef")
    }

    @Test("No line is longer than 75 bytes, no character is cut, and unfolding gives the line back")
    func folded() {
        for line in [
            String(repeating: "x", count: 75), String(repeating: "x", count: 76), String(repeating: "é", count: 200),
            "SUMMARY:" + String(repeating: "Łódź 🛡 ", count: 40),
        ] {
            let folded = CalendarText.folded(line)
            let parts = folded.split(separator: "\r\n", omittingEmptySubsequences: false)
            #expect(parts.allSatisfy { $0.utf8.count <= 75 })
            #expect(folded.unfolded == line)
            #expect((parts.count == 1) == (line.utf8.count <= 75))
        }
    }

    @Test(
        "A member's calendar names panels and times and no person; a moved meeting keeps its identifier",
        arguments: TestDatabase.engines)
    func store(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let meeting = try world.call()
        _ = try world.list(world.accepted(pair), on: meeting)
        func text(_ actor: Actor) throws -> String {
            try world.by(actor) {
                try $0.calendarText(
                    from: PanelWorld.today, to: PanelWorld.today.advanced(by: 60), host: "concord.example", on: $1,
                    in: $2)
            }
        }
        let first = try text(PanelWorld.health)
        #expect(first.contains("UID:\(meeting)@concord.example\r\n"))
        #expect(first.contains("SUMMARY:Domestic abuse MARAC\r\n"))
        for word in ["Zoë", "O’Neil", "Elm House", "MAR-2026", "Worker"] { #expect(!first.contains(word), "\(word)") }
        #expect(try !text(PanelWorld.fire).contains("BEGIN:VEVENT"))

        try world.by(PanelWorld.coordinator) {
            try $0.reschedule(
                meeting, from: after(38), to: after(38).advanced(bySeconds: 3600), reason: "Flood", on: $1, in: $2
            ).get()
        }
        let second = try text(PanelWorld.health)
        #expect(second.contains("UID:\(meeting)@concord.example\r\n"))
        #expect(second.contains("SEQUENCE:1\r\n"))
        #expect(second.contains("DTSTART:20260709T090000Z\r\n"))
    }

    @Test("A sealed panel is not named in a calendar", arguments: TestDatabase.engines)
    func sealed(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let coordinator = PanelWorld.actor(20, "panel-coordinator", agency: "council", panels: ["channel"])
        _ = try world.call(by: coordinator, panel: "channel")
        let text = try world.by(coordinator) {
            try $0.calendarText(
                from: PanelWorld.today, to: PanelWorld.today.advanced(by: 60), host: "concord.example", on: $1, in: $2)
        }

        #expect(text.contains("SUMMARY:Panel meeting\r\n"))
        #expect(!text.contains("Channel"))
    }
}

extension String {
    /// The text without the folds of RFC 5545, section 3.1.
    fileprivate var unfolded: String {
        var out = ""
        var rest = Substring(self)
        while let fold = rest.firstRange(of: "\r\n ") {
            out += rest[..<fold.lowerBound]
            rest = rest[fold.upperBound...]
        }
        return out + rest
    }
}
