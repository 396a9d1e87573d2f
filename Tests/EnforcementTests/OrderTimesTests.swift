import Governance
import Kernel
import Rules
import Testing

@testable import Enforcement

@Suite("Times and appeals of orders")
struct OrderTimesTests {
    private static let at = "2025-02-01 10:00"

    private func injunction(_ law: OrderLaw) throws -> Order {
        try Law.made("injunction", born: "1990-01-01", at: Self.at, to: try endOf("2025-12-31"), law)
    }

    @Test("What came of an appeal is kept and brings no order back that has ended", arguments: [true, false])
    func endedAppeal(isDischarged: Bool) throws {
        let law = try Law.shipped()
        for outcome in OrderAppeal.Outcome.allCases {
            var order = try injunction(law)
            try order.appeal(OrderAppeal(at: try uk("2025-02-10 10:00"), court: "County court"), law)
            if isDischarged { try order.discharge(at: try uk("2025-03-01 10:00"), law) }
            let decided = try uk("2026-01-10 10:00")
            let before = order
            try order.decideAppeal(outcome, terms: [OrderTerm(.prohibition, "Another")], at: decided, law)
            #expect(order.appeals.last?.outcome == outcome && order.appeals.last?.decidedAt == decided)
            #expect(order.state(at: decided) == (isDischarged ? .discharged : .expired))
            #expect(order.dates == before.dates && order.step == before.step && order.terms == before.terms)
        }
    }

    @Test("The reason for a late review is written on the review that was late, not on next year's")
    func explaining() throws {
        let law = try Law.shipped()
        var order = try Law.made("cbo", born: "2010-05-01", at: "2025-02-01 11:00", to: try endOf("2028-01-31"), law)
        // The first period ends with 31 January 2026.
        let late = try uk("2026-03-10 10:00")
        try order.review(at: late, law)
        #expect(order.clocks(at: late, on: law.calendar).map(\.needsReason) == [true, false])
        order.explain(.review, "The worker was ill", at: late, on: law.calendar)
        #expect(order.clocks.map(\.clock.breachReason) == ["The worker was ill", nil])
        #expect(order.clocks(at: late, on: law.calendar).map(\.needsReason) == [false, false])
        // Nothing else is late, so that a second reason is written nowhere.
        order.explain(.review, "Again", at: late, on: law.calendar)
        #expect(order.clocks.map(\.clock.breachReason) == ["The worker was ill", nil])
    }

    @Test("An order holds from no time before it was made")
    func from() throws {
        let law = try Law.shipped()
        var order = try Law.applied("injunction", born: "1990-01-01", at: Self.at, law)
        let refused = try refusal {
            try order.make(at: try uk(Self.at), from: try uk("2025-02-01 09:59"), to: try endOf("2025-12-31"), law)
        }
        #expect(refused.what == "It would hold before it was made" && order.step == .hearingSet)
        try order.make(at: try uk(Self.at), from: try uk(Self.at), to: try endOf("2025-12-31"), law)
        #expect(try order.dates.from == uk(Self.at))
    }

    @Test("No appeal lies before the order")
    func appeal() throws {
        let law = try Law.shipped()
        var order = try injunction(law)
        let refused = try refusal {
            try order.appeal(OrderAppeal(at: try uk("2025-01-31 10:00"), court: "County court"), law)
        }
        #expect(refused.what == "This step lies before the one before it" && order.appeals.isEmpty)
        try order.appeal(OrderAppeal(at: try uk(Self.at), court: "County court"), law)
        #expect(order.step == .appealed)
    }

    @Test("The date on the paper may lie after the authorisation, and not in the future")
    func issued() throws {
        let law = try Law.shipped()
        let (at, now) = (try uk(Self.at), try uk("2025-02-02 10:00"))
        var order = try Law.draft("warning")
        let refused = try refusal {
            try order.authorise(
                by: "Officer", issued: try uk("2025-02-02 10:01"), enteredAt: now, at: at, law)
        }
        #expect(refused.what == "The date on the paper lies in the future" && order.step == .draft)
        try order.authorise(by: "Officer", issued: now, enteredAt: now, at: at, law)
        #expect(order.dates.issued == now)
    }

    /// A closure notice of 48 hours, its hearing on the next day put off.
    private func closure(
        to hearing: String, isContinued: Bool, _ law: OrderLaw
    ) throws -> Order {
        var order = try Law.served("closure-notice", "2025-06-02 10:00", to: try uk("2025-06-04 10:00"), law)
        try order.setHearing(
            at: try uk("2025-06-03 10:00"), court: "Magistrates", enteredAt: try uk("2025-06-02 11:00"), law)
        try order.adjourn(to: try uk(hearing), isContinued: isContinued, at: try uk("2025-06-03 10:30"), law)
        return order
    }

    @Test("A closure notice goes on until the adjourned hearing where the court says so, and ends where it does not")
    func adjourned() throws {
        let law = try Law.shipped()
        var order = try closure(to: "2025-06-16 10:00", isContinued: true, law)
        #expect(try order.dates.to == uk("2025-06-16 10:00") && order.dates.hearing == uk("2025-06-16 10:00"))
        #expect(try order.state(at: uk("2025-06-16 09:59")) == .inForce)
        #expect(try order.state(at: uk("2025-06-16 10:00")) == .expired)
        try order.hear(at: try uk("2025-06-16 10:30"), law)
        #expect(try order.dates.to == uk("2025-06-16 10:00"))
        let ended = try closure(to: "2025-06-16 10:00", isContinued: false, law)
        #expect(try ended.dates.to == uk("2025-06-04 10:00"))
        #expect(try ended.state(at: uk("2025-06-05 10:00")) == .expired)
    }

    @Test("The hearing of a closure notice is put off for at most 14 days, and other notices are not continued by it")
    func adjournedTooFar() throws {
        let law = try Law.shipped()
        // The day is 3 June 2025: 14 days following it end with 17 June (2014 Act, s.81(3)).
        _ = try closure(to: "2025-06-17 10:00", isContinued: true, law)
        let refused = try refusal { _ = try closure(to: "2025-06-18 10:00", isContinued: true, law) }
        #expect(refused.rule?.text == "closure.adjourn")
        var other = try Law.served("dvpn", "2025-06-02 10:00", law)
        try other.setHearing(
            at: try uk("2025-06-03 10:00"), court: "Magistrates", enteredAt: try uk("2025-06-02 11:00"), law)
        let kept = other
        _ = try refusal {
            try other.adjourn(to: try uk("2025-06-09 10:00"), isContinued: true, at: try uk("2025-06-03 10:30"), law)
        }
        #expect(other == kept)
    }

    /// A closure notice of 24 hours, served on 2 June at ten.
    private func notice(_ law: OrderLaw) throws -> Order {
        try Law.served("closure-notice", "2025-06-02 10:00", to: try uk("2025-06-03 10:00"), law)
    }

    // 2014 Act, s.80(3): the court hears it within 48 hours of the service, whenever the notice ends.
    @Test("The hearing of a notice that has ended is fixed and put off within the time in which the court hears it")
    func afterTheNotice() throws {
        let law = try Law.shipped()
        var order = try notice(law)
        let later = try uk("2025-06-03 15:00")
        try order.setHearing(at: try uk("2025-06-04 01:00"), court: "Magistrates", enteredAt: later, law)
        let kept = order
        let off = try uk("2025-06-04 02:00")
        // What has ended cannot go on.
        #expect(throws: OrderRefusal.self) {
            try order.adjourn(to: try uk("2025-06-12 10:00"), isContinued: true, at: off, law)
        }
        #expect(order == kept)
        try order.adjourn(to: try uk("2025-06-12 10:00"), at: off, law)
        let hearing = RunningClock.State.met(Deadline(at: try uk("2025-06-04 10:00")), inTime: true)
        #expect(order.clocks(at: later, on: law.calendar).first?.state == hearing)
        try order.hear(at: try uk("2025-06-12 11:00"), law)
        #expect(try order.dates.decided == uk("2025-06-12 11:00") && order.dates.to == uk("2025-06-03 10:00"))
        #expect(throws: OrderRefusal.self) {
            try order.setHearing(
                at: try uk("2025-06-13 10:00"), court: "Magistrates", enteredAt: try uk("2025-06-12 12:00"), law)
        }
    }

    @Test("A hearing that was mistyped is corrected, and that meets no clock")
    func corrected() throws {
        let law = try Law.shipped()
        var order = try notice(law)
        let now = try uk("2025-06-02 12:00")
        try order.setHearing(at: try uk("2025-06-13 11:00"), court: "Magistrates", enteredAt: now, law)
        try order.setHearing(at: try uk("2025-06-03 11:00"), court: "Magistrates", enteredAt: now, law)
        #expect(try order.dates.hearing == uk("2025-06-03 11:00"))
        #expect(order.clocks.map(\.clock.metAt) == [nil] && order.dates.adjourned == nil)
    }

    @Test("The hearing after an adjournment is corrected within its 14 days, and the notice goes on until then")
    func correctedLater() throws {
        let law = try Law.shipped()
        var order = try closure(to: "2025-06-16 10:00", isContinued: true, law)
        let now = try uk("2025-06-03 12:00")
        let kept = order
        let refused = try refusal {
            try order.setHearing(at: try uk("2025-06-18 10:00"), court: "Magistrates", enteredAt: now, law)
        }
        #expect(refused.rule == "closure.adjourn" && order == kept)
        try order.setHearing(at: try uk("2025-06-12 10:00"), court: "Magistrates", enteredAt: now, law)
        #expect(try order.dates.hearing == uk("2025-06-12 10:00") && order.dates.to == uk("2025-06-12 10:00"))
    }

    // casework.md §2.13: in force until the court.
    @Test("A notice against abuse is served without an end", arguments: ["dvpn", "dapn"])
    func noEnd(type: String) throws {
        let law = try Law.shipped()
        let at = "2025-06-02 10:00"
        #expect(throws: OrderRefusal.self) {
            try Law.served(type, at, to: try uk("2025-06-03 10:00"), area: "croydon", law)
        }
        #expect(try Law.served(type, at, area: "croydon", law).dates.to == nil)
    }
}
