import Governance
import Kernel
import Rules
import Storage
import TestDatabases
import Testing

@testable import Enforcement

@Suite("The register's lists", .serialized)
struct OrderRegisterTests {
    private func draft(_ name: String, _ agency: String = "council") -> Order {
        Order(
            Law.code("warning"), subject: .body(name), name: name, applicant: Law.code(agency), maker: "local authority"
        )
    }

    /// Orders of the council that hold from now for some days; nil for until further order.
    private func held(_ world: EnforcementWorld, _ name: String, days: Int?) throws -> ID<Order> {
        let id = try world.make(draft(name))
        let law = world.law
        let end = days.map { EnforcementWorld.today.advanced(by: $0).startInUK }
        try world.change(id, version: 1) { (order) throws(OrderRefusal) in
            try order.authorise(by: "Officer", at: EnforcementWorld.now, law)
            try order.serve(
                OrderService(method: "By hand", who: "O", place: "Here", proof: "Paper", at: EnforcementWorld.now),
                to: end, law)
        }.get()
        return id
    }

    private func names(
        _ world: EnforcementWorld, _ filter: OrderFilter = OrderFilter(), by sort: OrderSort = .recorded,
        descending: Bool = false, from offset: Int = 0, limit: Int = 50, _ actor: Actor = EnforcementWorld.officer
    ) throws -> [String] {
        try world.write {
            try world.store.page(
                filter, by: sort, isDescending: descending, from: offset, limit: limit, on: world.occasion(actor),
                in: $0
            ).items.map(\.name)
        }
    }

    @Test("Pages come in the order asked for, those without an end last", arguments: TestDatabase.engines)
    func sorted(_ engine: Engine) throws {
        let world = try EnforcementWorld(engine)
        _ = try held(world, "Birch Motors", days: 30)
        _ = try held(world, "Alder Café", days: nil)
        _ = try held(world, "Cedar Bar", days: 10)
        #expect(try names(world, by: .name) == ["Alder Café", "Birch Motors", "Cedar Bar"])
        #expect(try names(world, by: .name, descending: true) == ["Cedar Bar", "Birch Motors", "Alder Café"])
        #expect(try names(world, by: .to) == ["Cedar Bar", "Birch Motors", "Alder Café"])
        #expect(try names(world, by: .to, descending: true) == ["Birch Motors", "Cedar Bar", "Alder Café"])
        #expect(try names(world, by: .name, from: 1, limit: 1) == ["Birch Motors"])
        let more = try world.write {
            try world.store.page(by: .name, from: 1, limit: 2, on: world.occasion(EnforcementWorld.officer), in: $0)
        }
        #expect(more.items.count == 2 && !more.hasMore)
        #expect(try names(world, EnforcementWorld.police).isEmpty && names(world, EnforcementWorld.analyst).isEmpty)
    }

    private func names(_ world: EnforcementWorld, _ actor: Actor) throws -> [String] {
        try names(world, OrderFilter(), actor)
    }

    @Test("A name is found whatever its capitals, and a sign stands for itself", arguments: TestDatabase.engines)
    func words(_ engine: Engine) throws {
        let world = try EnforcementWorld(engine)
        _ = try world.make(draft("Birch Motors"))
        _ = try world.make(draft("50% Off Bar"))
        var filter = OrderFilter()
        filter.words = "bIRCH  mot"
        #expect(try names(world, filter) == ["Birch Motors"])
        filter.words = "%"
        #expect(try names(world, filter) == ["50% Off Bar"])
        filter.words = nil
        filter.agency = Law.code("police")
        #expect(try names(world, filter).isEmpty)
    }

    @Test("A case finds its orders, and loses one whose link was taken away", arguments: TestDatabase.engines)
    func cases(_ engine: Engine) throws {
        let world = try EnforcementWorld(engine)
        let record = ID<Registered>(at: EnforcementWorld.now)
        var order = draft("Birch Motors")
        order.cases = [record]
        let id = try world.make(order)
        var filter = OrderFilter()
        filter.linkedCase = record
        #expect(try names(world, filter) == ["Birch Motors"])
        #expect(try names(world, filter, EnforcementWorld.police).isEmpty)
        try world.change(id, version: 1) { $0.cases = [] }.get()
        #expect(try names(world, filter).isEmpty)
    }

    @Test("An export needs a reason and the right, and the audit keeps both", arguments: TestDatabase.engines)
    func export(_ engine: Engine) throws {
        let world = try EnforcementWorld(engine)
        _ = try world.make(draft("Birch Motors"))
        func rows(_ actor: Actor, _ reason: String) throws -> Int? {
            try world.write {
                try? world.store.export(OrderFilter(), reason: reason, on: world.occasion(actor), in: $0).get().count
            }
        }
        #expect(try rows(EnforcementWorld.supervisor, " ") == nil)
        #expect(try rows(EnforcementWorld.supervisor, "For the lawyers") == 1)
        // A case officer may list and not export (casework.md §4.4).
        #expect(try rows(EnforcementWorld.officer, "For the lawyers") == 0)
        #expect(try world.audit().filter { $0.hasPrefix("export|") }.count == 2)
    }

    @Test("The history names each step, and leaves out what the reader may not see", arguments: TestDatabase.engines)
    func history(_ engine: Engine) throws {
        let world = try EnforcementWorld(engine)
        let id = try held(world, "Birch Motors", days: 30)
        try world.change(id, version: 2) { $0.equality.sex = "Female" }.get()
        let seen = try #require(
            try world.write { try world.store.history(of: id, on: world.occasion(EnforcementWorld.officer), in: $0) })
        #expect(seen.map(\.number) == [3, 2, 1])
        #expect(seen.map(\.step) == [nil, .served, .draft])
        #expect(seen.first?.changed == [.equality] && seen.first?.by == EnforcementWorld.account(2))
        let none = try world.write {
            try world.store.history(of: id, on: world.occasion(EnforcementWorld.police), in: $0)
        }
        #expect(none == nil)
    }

    @Test("What waits are own clocks and near ends, for those who work on the order", arguments: TestDatabase.engines)
    func work(_ engine: Engine) throws {
        let world = try EnforcementWorld(engine)
        // order.expiryWarning.first: 28 days. An end at the midnight after the 27th day is near; after 60 it is not.
        let near = try held(world, "Near", days: 28)
        _ = try held(world, "Far", days: 60)
        func work(_ actor: Actor, after days: Int64 = 0) throws -> [OrderWork] {
            let later = EnforcementWorld.now.advanced(bySeconds: days * 86_400)
            return try world.write { try world.store.work(on: world.occasion(actor, at: later), in: $0) }
        }
        let waiting = try work(EnforcementWorld.officer)
        #expect(waiting.map(\.item.id) == [near] && waiting.map(\.kind) == [.expiry(warning: 1)])
        // order.expiryWarning.second: 7 days before the last, 28 June.
        #expect(try work(EnforcementWorld.officer, after: 22).map(\.kind) == [.expiry(warning: 2)])
        #expect(try work(EnforcementWorld.supervisor).isEmpty && work(EnforcementWorld.police).isEmpty)
        #expect(try work(EnforcementWorld.officer, after: 29).map(\.item.name) == [])
    }

    // The court hears a closure within 48 hours of its service (s.80(3)): served on 28 May at 10:00, by 30 May at 10:00.
    @Test(
        "A hearing that was missed reaches whoever works on the order and their supervisor until someone says why",
        arguments: TestDatabase.engines)
    func breaches(_ engine: Engine) throws {
        let world = try EnforcementWorld(engine)
        let law = world.law
        let id: ID<Order> = Law.id(71)
        var facts = EnforcementWorld.facts()
        facts.owner = EnforcementWorld.officer.account
        let notice = try Law.served("closure-notice", "2026-05-28 10:00", to: try uk("2026-05-29 10:00"), law)
        try world.put(id, notice, facts)
        facts.agency = Law.code("police")
        facts.owner = nil
        try world.put(Law.id(72), notice, facts)
        func work(_ actor: Actor) throws -> [OrderWork] {
            try world.write { try world.store.work(on: world.occasion(actor), in: $0) }
        }
        let due = try uk("2026-05-30 10:00")
        #expect(try work(EnforcementWorld.officer).map(\.kind) == [.clock(.hearing)])
        let seen = try work(EnforcementWorld.supervisor)
        #expect(seen.map(\.item.id) == [id] && seen.map(\.kind) == [.breach(.hearing)] && seen.map(\.dueAt) == [due])
        #expect(seen.map(\.owner) == [EnforcementWorld.officer.account])
        for other in [EnforcementWorld.actor(12, "case-officer"), EnforcementWorld.police, EnforcementWorld.analyst] {
            #expect(try work(other).isEmpty)
        }
        // Heard late, it still wants a reason.
        try world.change(id, version: 1) { (order) throws(OrderRefusal) in
            try order.hear(at: EnforcementWorld.now, law)
        }.get()
        #expect(try work(EnforcementWorld.officer).map(\.kind) == [.clock(.hearing)])
        #expect(try work(EnforcementWorld.supervisor).map(\.kind) == [.breach(.hearing)])
        try world.change(id, version: 2) {
            $0.explain(.hearing, "The court had no room", at: EnforcementWorld.now, on: law.calendar)
        }.get()
        #expect(try work(EnforcementWorld.officer).isEmpty && work(EnforcementWorld.supervisor).isEmpty)
    }

    // Anti-social Behaviour, Crime and Policing Act 2014, s.81(2): not more than 48 hours.
    @Test("The court may let a closure notice run on for 48 hours, and no other notice")
    func runningOn() throws {
        let law = try Law.shipped()
        func notice(_ type: String, _ subject: OrderSubject, _ maker: String) throws -> Order {
            var order = Order(Law.code(type), subject: subject, name: "X", applicant: Law.code("police"), maker: maker)
            order.born = try day("1990-01-01")
            try order.authorise(by: "Superintendent", isSenior: true, at: uk("2025-06-02 09:00"), law)
            let service = OrderService(
                method: "By hand", who: "O", place: "Here", proof: "Paper", at: try uk("2025-06-02 10:00"))
            try order.serve(service, to: type == "dvpn" ? nil : uk("2025-06-04 10:00"), law)
            return order
        }
        var closure = try notice("closure-notice", .premises("12 Mill Lane"), "police")
        let late = #expect(throws: OrderRefusal.self) {
            try closure.hear(at: uk("2025-06-03 11:00"), runningOnTo: uk("2025-06-05 11:01"), law)
        }
        #expect(late?.rule == "closure.continue" && closure.dates.decided == nil)
        try closure.hear(at: uk("2025-06-03 11:00"), runningOnTo: uk("2025-06-05 11:00"), law)
        let end = try uk("2025-06-05 11:00")
        #expect(closure.isLive(at: end.advanced(bySeconds: -1)) && !closure.isLive(at: end))
        var notice = try notice("dvpn", .person(ID(at: uk("2025-06-01 10:00"))), "police")
        #expect(throws: OrderRefusal.self) {
            try notice.hear(at: uk("2025-06-03 11:00"), runningOnTo: uk("2025-06-04 11:00"), law)
        }
    }

    // s.84(5) of the same Act: 21 days beginning with the date of the decision.
    @Test("An appeal against a closure order runs to the 21st day, the day of the decision being the first")
    func closureAppeal() throws {
        let law = try Law.shipped()
        let premises = OrderSubject.premises("12 Mill Lane")
        var order = Order(
            Law.code("closure-order"), subject: premises, name: "X", applicant: Law.code("council"),
            maker: "local authority")
        order.before = OrderBefore(
            id: ID(at: try uk("2025-03-01 09:00")), type: Law.code("closure-notice"), subject: premises,
            at: try uk("2025-03-01 09:30"))
        try order.authorise(by: "Chief executive", at: uk("2025-03-01 10:00"), law)
        try order.setHearing(at: uk("2025-03-01 14:00"), court: "Magistrates", enteredAt: uk("2025-03-01 10:30"), law)
        try order.make(at: uk("2025-03-01 14:30"), to: uk("2025-06-01 00:00"), law)
        #expect(order.deadline(.appeal, on: law.calendar)?.lastDay == (try day("2025-03-21")))
    }

    // Offensive Weapons Act 2019, ss.14(1), 23(3); Policing and Crime Act 2009, s.34(1); Sentencing Act 2020, s.342A.
    @Test(
        "The orders of the courts have the ages of their Acts",
        arguments: [("kcpo", 12, "police"), ("gang-injunction", 14, "police"), ("svro", 18, "prosecutor")])
    func ages(type: String, age: Int, maker: String) throws {
        let law = try Law.shipped()
        let today = try day("2025-06-02")
        for (years, isAllowed) in [(age - 1, false), (age, true)] {
            var order = Order(
                Law.code(type), subject: .person(ID(at: try uk("2025-06-01 10:00"))), name: "X",
                applicant: Law.code("police"), maker: maker)
            order.born = try day("\(2025 - years)-06-02")
            #expect((order.obstacle(on: today, law) == nil) == isAllowed, "\(years)")
        }
    }

    // Offensive Weapons Act 2019, s.23(3): at least six months and not more than two years.
    @Test(
        "A knife crime prevention order lasts six months to two years",
        arguments: [("2025-12-01", false), ("2025-12-02", true), ("2027-06-02", true), ("2027-06-03", false)])
    func knifeOrder(end: String, isAllowed: Bool) throws {
        let law = try Law.shipped()
        var order = Order(
            Law.code("kcpo"), subject: .person(ID(at: try uk("2025-06-01 10:00"))), name: "X",
            applicant: Law.code("police"), maker: "police")
        order.born = try day("2000-01-01")
        order.assessments = [try Law.assessment()]
        try order.authorise(by: "Superintendent", at: uk("2025-06-02 09:00"), law)
        try order.setHearing(at: uk("2025-06-02 10:00"), court: "Magistrates", enteredAt: uk("2025-06-02 09:30"), law)
        let end = try day(end).startInUK
        do { try order.make(at: uk("2025-06-02 11:00"), to: end, law) } catch { #expect(!isAllowed) }
        #expect((order.step == .made) == isAllowed)
    }
}
