import Kernel
import Rules
import Testing

@testable import Enforcement

/// The rows of casework.md §5.5 that concern orders, each through an order that was served or made.
@Suite("Clocks of orders")
struct OrderClockTests {
    @Test("The appeal against a protection notice runs from its service, not from its print")
    func cpn() throws {
        let law = try Law.shipped()
        let order = try Law.served(
            "cpn", "2025-03-01 16:00", printed: "2025-02-25 09:00", before: "cpw", beforeAt: "2025-02-01 10:00", law)
        #expect(try order.deadline(.appeal, on: law.calendar)?.lastDay == day("2025-03-21"))
        #expect(order.rules.map(\.key) == ["cpn.appeal"])
    }

    @Test("Fourteen days following the date of a fixed penalty notice end on 15 March")
    func fpn() throws {
        let law = try Law.shipped()
        var order = try Law.draft("cpn-fpn", before: "cpn", beforeAt: "2025-02-01 10:00")
        order.penalty = 10_000
        try order.authorise(by: "Officer", at: try uk("2025-03-01 10:00"), law)
        try order.serve(try Law.service("2025-03-03 10:00"), law)
        #expect(try order.deadline(.payment, on: law.calendar)?.lastDay == day("2025-03-15"))
    }

    @Test(
        "The court hears about a closure within 48 elapsed hours without Christmas Day",
        arguments: [("2024-12-24 15:00", "2024-12-27 15:00"), ("2025-03-29 12:00", "2025-03-31 13:00")])
    func closure(served: String, due: String) throws {
        let law = try Law.shipped()
        let order = try Law.served("closure-notice", served, to: try uk(served).advanced(bySeconds: 3600), law)
        #expect(try order.deadline(.hearing, on: law.calendar)?.at == uk(due))
    }

    @Test("With 72 hours approved, Christmas Eve at three leads to 28 December")
    func closure72() throws {
        let law = try Law.shipped(
            own: Law.hours("closure.hearing", 72, from: "2024-12-01", without: "christmas-day"))
        let served = "2024-12-24 15:00"
        let order = try Law.served("closure-notice", served, to: try uk(served).advanced(bySeconds: 3600), law)
        #expect(try order.deadline(.hearing, on: law.calendar)?.at == uk("2024-12-28 15:00"))
    }

    @Test(
        "The court hears about a notice against abuse within 48 hours without Sundays and holidays",
        arguments: [
            ("2024-12-21 18:00", "2024-12-24 18:00"), ("2024-12-24 15:00", "2024-12-28 15:00"),
            ("2025-04-17 12:00", "2025-04-22 12:00"),
        ], ["dvpn", "dapn"])
    func abuse(row: (served: String, due: String), type: String) throws {
        let law = try Law.shipped()
        let order = try Law.served(type, row.served, area: "croydon", law)
        #expect(try order.deadline(.hearing, on: law.calendar)?.at == uk(row.due))
        // It holds until the court has decided, also when that is late.
        #expect(try order.state(at: uk("2025-05-05 12:00")) == .inForce)
        #expect(try order.clocks(at: uk("2025-05-05 12:00"), on: law.calendar).map(\.needsReason) == [true])
    }

    @Test("A public spaces order made on 29 February ends with 28 February three years on")
    func pspo() throws {
        let law = try Law.shipped()
        let order = try Law.made(
            "pspo", at: "2024-02-29 00:00", to: try endOf("2027-02-28"), maker: "local authority", law)
        #expect(try order.lastDay == day("2027-02-28"))
        let refused = try refusal {
            _ = try Law.made(
                "pspo", at: "2024-02-29 00:00", to: try endOf("2027-03-01"), maker: "local authority", law)
        }
        #expect(refused.rule == "pspo.max")
        #expect(refused.allowed.contains("28 February 2027"))
        // Six weeks beginning with 29 February 2024: 42 days, the last 10 April.
        #expect(try order.deadline(.challenge, on: law.calendar)?.lastDay == day("2024-04-10"))
    }

    @Test("A child's criminal behaviour order is reviewed twelve months from effect, or from its variation")
    func youthReview() throws {
        let law = try Law.shipped()
        var order = try Law.made("cbo", born: "2010-05-01", at: "2025-02-01 11:00", to: try endOf("2028-01-31"), law)
        #expect(try order.deadline(.review, on: law.calendar)?.lastDay == day("2026-01-31"))
        try order.review(at: try uk("2026-01-10 10:00"), law)
        #expect(try order.deadline(.review, on: law.calendar)?.lastDay == day("2027-01-31"))
        #expect(order.clocks.count == 2)
        try order.vary(terms: [], at: try uk("2026-06-10 10:00"), law)
        #expect(try order.deadline(.review, on: law.calendar)?.lastDay == day("2027-06-09"))
    }

    // Sentencing Act 2020, s.337: the review period is twelve months from effect or the last variation, and each of
    // twelve months that follows.
    @Test("A second review in the same period leaves the next year's owed")
    func secondReview() throws {
        let law = try Law.shipped()
        var order = try Law.made("cbo", born: "2010-05-01", at: "2025-01-01 11:00", to: try endOf("2027-12-31"), law)
        try order.review(at: try uk("2025-11-01 10:00"), law)
        try order.review(at: try uk("2025-12-01 10:00"), law)
        #expect(order.dates.reviewed.count == 2)
        #expect(try order.clocks.map(\.clock.metAt) == [uk("2025-11-01 10:00"), nil])
        #expect(try order.deadline(.review, on: law.calendar)?.lastDay == day("2026-12-31"))
    }

    @Test("A review that was late stays so after a variation, with its reason; the period that runs begins anew")
    func lateReview() throws {
        let law = try Law.shipped()
        var order = try Law.made("cbo", born: "2010-05-01", at: "2025-01-01 11:00", to: try endOf("2027-12-31"), law)
        let varied = try uk("2026-02-10 10:00")
        order.explain(.review, "The worker was ill", at: varied, on: law.calendar)
        try order.vary(terms: [], at: varied, law)
        let days = order.clocks.map { law.calendar.deadline($0.clock.length, from: $0.clock.startedAt)?.lastDay }
        #expect(try days == [day("2025-12-31"), day("2027-02-09")])
        #expect(order.clocks.map(\.clock.breachReason) == ["The worker was ill", nil])
        // The review that follows is the one that was missed.
        let at = try uk("2026-03-01 10:00")
        try order.review(at: at, law)
        #expect(order.clocks.map(\.clock.metAt) == [at, nil])
        #expect(try order.deadline(.review, on: law.calendar)?.lastDay == day("2027-02-09"))
        // Varied again, what is not late makes room for what runs then.
        try order.vary(terms: [], at: try uk("2026-06-10 10:00"), law)
        #expect(order.clocks.count == 2)
        #expect(try order.deadline(.review, on: law.calendar)?.lastDay == day("2027-06-09"))
    }

    @Test("No review is owed for a period at whose end the person is 18 or the order is over")
    func noReview() throws {
        let law = try Law.shipped()
        // 18 on 1 June 2026: the second period, to 31 January 2027, is no longer reviewed.
        var order = try Law.made("cbo", born: "2008-06-01", at: "2025-02-01 11:00", to: try endOf("2028-01-31"), law)
        try order.review(at: try uk("2026-01-10 10:00"), law)
        #expect(order.clocks.count == 1)
        let adult = try Law.made("cbo", born: "2000-06-01", at: "2025-02-01 11:00", to: try endOf("2028-01-31"), law)
        #expect(adult.clocks.isEmpty)
    }

    @Test("A rule that changes later neither re-opens nor moves a clock that runs or was met")
    func laterRule() throws {
        let law = try Law.shipped()
        let later = try Law.shipped(
            own: Law.hours("closure.hearing", 72, from: "2024-12-01", without: "christmas-day"))
        let served = "2024-12-10 12:00"
        var order = try Law.served("closure-notice", served, to: try uk("2024-12-12 12:00"), law)
        try order.setHearing(
            at: try uk("2024-12-12 11:00"), court: "Magistrates", enteredAt: try uk("2024-12-10 13:00"), later)
        #expect(try order.deadline(.hearing, on: later.calendar)?.at == uk("2024-12-12 12:00"))
        try order.hear(at: try uk("2024-12-12 11:00"), later)
        let met = RunningClock.State.met(Deadline(at: try uk("2024-12-12 12:00")), inTime: true)
        #expect(try order.clocks(at: uk("2026-12-01 10:00"), on: later.calendar).map(\.state) == [met])
        #expect(
            order.rules.contains(
                KeptRule(key: "closure.hearing", from: try day("2014-10-20"), value: "48 hours, without Christmas Day"))
        )
    }

    @Test("The end of an order is announced 28 and 7 days before, and no more afterwards")
    func warnings() throws {
        let law = try Law.shipped()
        let order = try Law.made("cbo", born: "1990-01-01", at: "2024-02-01 11:00", to: try endOf("2026-06-30"), law)
        let days = [
            ("2026-06-01", nil), ("2026-06-02", 1), ("2026-06-22", 1), ("2026-06-23", 2), ("2026-06-30", 2),
            ("2026-07-01", nil),
        ]
        for (text, level) in days {
            #expect(try order.expiryWarning(on: day(text), law.rules) == level, "\(text)")
        }
    }
}
