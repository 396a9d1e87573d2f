import Kernel
import Rules
import Testing

@testable import Enforcement

@Suite("Steps of orders")
struct OrderMoveTests {
    private static let at = "2025-02-01 10:00"

    @Test("An order holds from its beginning and is expired at the very moment of its end")
    func states() throws {
        let law = try Law.shipped()
        var order = try Law.applied("injunction", born: "1990-01-01", at: Self.at, law)
        #expect(try order.state(at: uk(Self.at)) == .hearingSet)
        let end = try endOf("2025-06-30")
        try order.make(at: try uk(Self.at), from: try uk("2025-02-03 00:00"), to: end, law)
        #expect(try order.state(at: uk("2025-02-02 23:59")) == .made)
        #expect(try order.state(at: uk("2025-02-03 00:00")) == .inForce)
        #expect(order.state(at: Instant(milliseconds: end.milliseconds - 1)) == .inForce)
        #expect(order.state(at: end) == .expired)
        // 30 June ends at midnight British summer time, 23:00 UTC.
        #expect(end.description.hasPrefix("2025-06-30T23:00:00"))
        let refused = try refusal { try order.extend(to: try endOf("2025-12-31"), at: end, law) }
        #expect(refused.what.contains("expired"))
        #expect(refused.allowed == "Nothing: it has ended")
    }

    @Test("Steps come in their order, and a refusal names those that may come")
    func sequence() throws {
        let law = try Law.shipped()
        var order = try Law.draft("cbo", born: "1990-01-01")
        let made = try refusal { try order.make(at: try uk(Self.at), to: nil, law) }
        #expect(made.allowed == "authorised, withdrawn")
        #expect(throws: OrderRefusal.self) { try order.serve(try Law.service(Self.at), law) }
        try order.authorise(by: "Prosecutor", at: try uk(Self.at), law)
        #expect(order.basis == "Sentencing Act 2020, s.330")
        let early = try refusal { try order.withdraw(at: try uk("2025-01-31 10:00"), law) }
        #expect(early.what.contains("before the one before it"))
        try order.setHearing(at: try uk("2025-03-01 10:00"), court: "Crown Court", enteredAt: try uk(Self.at), law)
        try order.refuse(at: try uk("2025-03-01 12:00"), law)
        #expect(try order.state(at: uk("2025-03-02 10:00")) == .refused)
        #expect(order.madeAt == nil)
        #expect(throws: OrderRefusal.self) { try order.withdraw(at: try uk("2025-03-02 12:00"), law) }
    }

    @Test("Nobody's authority, an incomplete service and a requirement without supervisor are refused")
    func gates() throws {
        let law = try Law.shipped()
        var order = try Law.draft("injunction", born: "1990-01-01")
        #expect(
            try refusal { try order.authorise(by: " ", at: try uk(Self.at), law) }.allowed.contains("Head of service"))
        order.terms = [OrderTerm(.requirement, "Attend a course")]
        #expect(try refusal { try order.authorise(by: "Head", at: try uk(Self.at), law) }.what.contains("supervises"))
        order.terms = [OrderTerm(.requirement, "Attend a course", supervisor: "Youth service")]
        try order.authorise(by: "Head", at: try uk(Self.at), law)
        var service = try Law.service(Self.at)
        service.proof = ""
        #expect(throws: OrderRefusal.self) { try order.serve(service, law) }
        #expect(order.dates.served == nil)
    }

    @Test("A breach is entered for a time in which the order held, up to six months after its end")
    func lateBreach() throws {
        let law = try Law.shipped()
        let base = try Law.made("cbo", born: "1990-01-01", at: "2023-02-01 10:00", to: try endOf("2025-06-30"), law)
        func enter(_ at: String, on day: String) throws {
            var order = base
            try order.enter(
                OrderBreach(at: try uk(at), what: "W", evidence: "E", enteredAt: try uk("\(day) 12:00")), law)
        }
        try enter("2025-06-30 23:59", on: "2025-07-01")
        try enter("2025-06-30 23:59", on: "2025-12-30")
        let late = try refusal { try enter("2025-06-30 23:59", on: "2025-12-31") }
        #expect(late.rule == "order.lateBreach")
        #expect(late.allowed == "Up to 6 months after its end")
        #expect(try refusal { try enter("2025-07-01 00:00", on: "2025-07-02") }.what.contains("did not hold"))
        #expect(throws: OrderRefusal.self) { try enter("2023-01-31 10:00", on: "2025-07-02") }
        #expect(throws: OrderRefusal.self) { try enter("2024-07-01 10:00", on: "2024-06-30") }
    }

    @Test("While an appeal against a protection notice waits, what it forbids stays and what it requires does not")
    func appeal() throws {
        let law = try Law.shipped()
        let type = try #require(law.types[Law.code("cpn")])
        var order = try Law.draft("cpn", before: "cpw", beforeAt: "2025-01-01 10:00")
        order.terms = [OrderTerm(.prohibition, "Stop the noise"), OrderTerm(.requirement, "Clear the garden")]
        try order.authorise(by: "Officer", at: try uk(Self.at), law)
        try order.serve(try Law.service(Self.at), law)
        try order.appeal(OrderAppeal(at: try uk("2025-02-10 10:00"), court: "Magistrates"), law)
        #expect(try order.state(at: uk("2025-02-11 10:00")) == .appealed)
        #expect(try order.terms(at: uk("2025-02-11 10:00"), type).map(\.text) == ["Stop the noise"])
        #expect(order.clocks.map(\.clock.metAt) == [try uk("2025-02-10 10:00")])
        try order.decideAppeal(.dismissed, at: try uk("2025-03-10 10:00"), law)
        #expect(try order.terms(at: uk("2025-03-11 10:00"), type).count == 2)
        #expect(try order.state(at: uk("2025-03-11 10:00")) == .inForce)
        try order.appeal(OrderAppeal(at: try uk("2025-03-12 10:00"), court: "Crown Court"), law)
        try order.decideAppeal(.allowed, at: try uk("2025-04-10 10:00"), law)
        #expect(try order.state(at: uk("2025-04-11 10:00")) == .discharged)
        #expect(try order.isLive(at: uk("2025-04-09 10:00")) && !order.isLive(at: uk("2025-04-10 10:00")))
    }

    @Test("A notice against abuse ends when the court has decided; putting the hearing off keeps it alive")
    func hearing() throws {
        let law = try Law.shipped()
        var order = try Law.served("dvpn", "2025-06-02 10:00", law)
        try order.setHearing(
            at: try uk("2025-06-03 10:00"), court: "Magistrates", enteredAt: try uk("2025-06-02 11:00"), law)
        try order.adjourn(to: try uk("2025-06-09 10:00"), at: try uk("2025-06-03 10:30"), law)
        #expect(try order.state(at: uk("2025-06-08 10:00")) == .inForce)
        #expect(try order.clocks(at: uk("2025-06-08 10:00"), on: law.calendar).map(\.needsReason) == [false])
        try order.hear(at: try uk("2025-06-09 11:00"), law)
        #expect(try order.state(at: uk("2025-06-09 11:00")) == .expired)
        #expect(try order.madeAt == uk("2025-06-02 10:00"))
    }

    @Test("Nobody under 18 or of unknown age is named without a reason, and nobody at all without a decision")
    func publicity() throws {
        func decide(born: String?, reason: String) throws -> Order {
            var order = try Law.draft("cbo", born: born)
            #expect(!order.mayBeNamed)
            try order.publicise(
                OrderPublicity(isPublic: true, isNamed: true, reason: reason, decidedBy: "Head", at: try uk(Self.at)))
            return order
        }
        #expect(throws: OrderRefusal.self) { try decide(born: "2008-01-01", reason: " ") }
        #expect(throws: OrderRefusal.self) { try decide(born: nil, reason: "") }
        #expect(try decide(born: "2008-01-01", reason: "The court lifted the restriction").mayBeNamed)
        #expect(try decide(born: "1990-01-01", reason: "").mayBeNamed)
    }

    @Test("Whoever was born on 29 February is 18 on 1 March")
    func leapling() throws {
        let born = try day("2008-02-29")
        #expect(Order.age(born, on: try day("2026-02-28")) == 17)
        #expect(Order.age(born, on: try day("2026-03-01")) == 18)
        #expect(Order.age(born, on: try day("2028-02-29")) == 20)
    }

    @Test("An interim order needs neither the shortest time nor an end; a full one does")
    func interim() throws {
        let law = try Law.shipped()
        var order = try Law.applied("cbo", born: "2010-01-01", at: Self.at, isInterim: true, law)
        try order.make(at: try uk(Self.at), to: nil, law)
        #expect(order.step == .made)
        var full = try Law.applied("cbo", born: "2010-01-01", at: Self.at, law)
        #expect(throws: OrderRefusal.self) { try full.make(at: try uk(Self.at), to: nil, law) }
    }

    @Test("A protection order's 28 days run from the day it is made, also when it takes effect later")
    func fromMade() throws {
        let law = try Law.shipped()
        func make(_ last: String) throws {
            var order = try Law.applied(
                "dvpo", born: "1990-01-01", at: "2025-06-01 10:00", before: "dvpn", beforeAt: "2025-05-30 10:00", law)
            try order.make(at: try uk("2025-06-01 10:00"), from: try uk("2025-06-03 00:00"), to: try endOf(last), law)
        }
        try make("2025-06-28")
        #expect(try refusal { try make("2025-06-29") }.rule == "dvpo.max")
    }

    @Test("Terms are written until the court has decided, and then varied")
    func terms() throws {
        let law = try Law.shipped()
        let terms = [OrderTerm(.prohibition, "Not to enter the park")]
        var order = try Law.applied("injunction", born: "1990-01-01", at: Self.at, law)
        try order.write(terms: terms, law)
        try order.make(at: try uk(Self.at), to: nil, law)
        #expect(try refusal { try order.write(terms: [], law) }.allowed.contains("variation"))
        try order.vary(terms: terms + terms, at: try uk("2025-03-01 10:00"), law)
        #expect(order.terms.count == 2)
        #expect(try order.state(at: uk("2025-03-01 10:00")) == .varied)
    }

    @Test("An agreement beyond its six months and one without an end are refused")
    func agreement() throws {
        let law = try Law.shipped()
        func sign(to end: Instant?) throws -> Order {
            var order = try Law.draft("abc", born: "2010-01-01")
            try order.authorise(by: "Officer", at: try uk(Self.at), law)
            try order.serve(try Law.service(Self.at), to: end, law)
            return order
        }
        // Six months beginning with 1 February end with 31 July.
        #expect(try sign(to: try endOf("2025-07-31")).state(at: uk("2025-07-31 12:00")) == .inForce)
        #expect(try refusal { _ = try sign(to: try endOf("2025-08-01")) }.rule == "abc.max")
        #expect(try refusal { _ = try sign(to: nil) }.what.contains("no end"))
    }
}
