import Files
import Kernel
import Testing

@testable import Rules

@Suite("Clocks on a record")
struct RunningClockTests {
    private func clock(_ rule: RuleKey = "asb.victimUpdate", at start: String) throws -> RunningClock {
        try Shipped.rules().start(rule, at: try uk(start))
    }

    @Test("A clock runs, is late, and is met in time or not")
    func states() throws {
        let calendar = try Shipped.calendar()
        var clock = try clock(at: "2025-08-22 16:00")
        let end = Deadline(endOf: try day("2025-09-08"))
        #expect(clock.state(at: try uk("2025-09-08 23:59"), on: calendar) == .running(end))
        #expect(clock.state(at: try uk("2025-09-09 00:00"), on: calendar) == .late(end))
        #expect(try !clock.needsReason(at: uk("2025-09-08 23:59"), on: calendar))
        #expect(try clock.needsReason(at: uk("2025-09-09 00:00"), on: calendar))
        clock.metAt = try uk("2025-09-08 23:59")
        #expect(clock.state(at: try uk("2026-01-01 00:00"), on: calendar) == .met(end, inTime: true))
        clock.metAt = try uk("2025-09-10 09:00")
        #expect(clock.state(at: try uk("2026-01-01 00:00"), on: calendar) == .met(end, inTime: false))
        #expect(try clock.needsReason(at: uk("2026-01-01 00:00"), on: calendar))
        clock.breachReason = "The victim was in hospital"
        #expect(try !clock.needsReason(at: uk("2026-01-01 00:00"), on: calendar))
    }

    @Test("A clock that stands still has no end, and is never late")
    func paused() throws {
        let calendar = try Shipped.calendar()
        var clock = try clock(at: "2025-08-22 16:00")
        clock.pauses = [ClockPause(from: try uk("2025-08-27 10:00"), reason: "Abroad")]
        #expect(clock.state(at: try uk("2026-08-22 16:00"), on: calendar) == .paused)
        #expect(try !clock.needsReason(at: uk("2026-08-22 16:00"), on: calendar))
        clock.pauses[0].until = try uk("2025-08-29 10:00")
        #expect(
            clock.state(at: try uk("2025-08-30 10:00"), on: calendar)
                == .running(Deadline(endOf: try day("2025-09-10"))))
    }

    @Test("A pause that begins when the time has run out hides no breach", arguments: [nil, "2025-09-20 10:00"])
    func pausedTooLate(_ until: String?) throws {
        let calendar = try Shipped.calendar()
        var clock = try clock(at: "2025-08-22 16:00")
        let end = Deadline(endOf: try day("2025-09-08"))
        clock.pauses = [
            ClockPause(from: try uk("2025-09-09 00:00"), until: try until.map { try uk($0) }, reason: "Abroad")
        ]
        #expect(clock.state(at: try uk("2025-10-01 09:00"), on: calendar) == .late(end))
        clock.metAt = try uk("2025-09-15 09:00")
        #expect(clock.state(at: try uk("2025-10-01 09:00"), on: calendar) == .met(end, inTime: false))
        clock.pauses[0].from = try uk("2025-09-08 23:59")
        clock.metAt = nil
        #expect((clock.state(at: try uk("2025-10-01 09:00"), on: calendar) == .paused) == (until == nil))
        var hours = try self.clock("closure.hearing", at: "2025-08-22 16:00")
        hours.pauses = [ClockPause(from: try uk("2025-08-24 16:00"), reason: "None")]
        #expect(
            hours.state(at: try uk("2025-08-25 09:00"), on: calendar)
                == .late(Deadline(at: try uk("2025-08-24 16:00"))))
    }

    @Test("A rule that changes later judges no clock again")
    func keptRule() throws {
        let text = """
            {"name": "Local", "version": "1", "approvedBy": "The board", "approvedOn": "2026-05-01", "rules": [
              {"key": "closure.hearing", "name": "Hearing", "value": {"count": 72, "counting": "hours-excluding",
               "without": ["christmas-day"]}, "from": "2026-06-29", "source": "The Act of 2026", "standing": "statute"}]}
            """
        let rules = try PolicyRules([
            try Shipped.file(), try DefinitionFile(bytes: Array(text.utf8), path: "local.json"),
        ])
        let calendar = try Shipped.calendar()
        let before = try rules.start("closure.hearing", at: try uk("2026-06-28 15:00"))
        let after = try rules.start("closure.hearing", at: try uk("2026-06-29 15:00"))
        let late = try uk("2026-06-30 16:00")
        #expect(before.state(at: late, on: calendar) == .late(Deadline(at: try uk("2026-06-30 15:00"))))
        #expect(after.state(at: late, on: calendar) == .running(Deadline(at: try uk("2026-07-02 15:00"))))
        #expect([before.ruleFrom, after.ruleFrom].map(\.description) == ["2014-10-20", "2026-06-29"])
    }
}
