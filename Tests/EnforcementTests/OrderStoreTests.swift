import Governance
import Kernel
import Rules
import Storage
import Testing

@testable import Enforcement

@Suite("The enforcement register", .serialized)
struct OrderStoreTests {
    typealias W = EnforcementWorld

    /// An order with something in every field.
    private func whole() throws -> Order {
        let law = try Law.shipped()
        let place = OrderPlace(
            "Youth centre", within: ["Mill Estate"], point: .init(latitude: 51, longitude: -0.125),
            outline: [.init(latitude: 51.5, longitude: 0), .init(latitude: 51, longitude: 1)])
        let hours = try #require(WeeklyHours(days: [0, 4], from: 600, until: 660))
        let term = OrderTerm(
            .requirement, "Attend “the course”\non Mondays", supervisor: "Youth service",
            part: OrderTermPart(.attend, place: place, person: Law.id(12), hours: [hours]))
        var order = try Law.made(
            "cbo", born: "2010-05-01", at: "2025-02-01 11:00", to: try endOf("2028-01-31"), terms: [term], law)
        order.publicity = OrderPublicity(
            isPublic: true, isNamed: false, reason: "None", decidedBy: "Head", at: try uk("2025-02-02 10:00"))
        order.service = try Law.service("2025-02-02 10:00")
        order.penalty = 100
        order.earlyPenalty = 60
        order.area = Law.code("croydon")
        order.before = OrderBefore(id: Law.id(3), type: Law.code("cpw"), subject: .area("A"), at: nil)
        order.cases = [Law.id(4), Law.id(5)]
        order.clocks[0].clock.pauses = [ClockPause(from: try uk("2025-03-01 10:00"), reason: "Illness")]
        order.clocks[0].clock.breachReason = "Late"
        try order.enter(
            OrderBreach(
                at: try uk("2025-03-01 10:00"), what: "Entered", evidence: "Camera", response: "Arrest",
                stage: .convicted, outcome: "Fine", toCourt: try uk("2025-03-03 10:00"),
                enteredAt: try uk("2025-03-01 12:00")), law)
        try order.appeal(OrderAppeal(at: try uk("2025-03-05 10:00"), court: "Crown Court", isStayed: true), law)
        order.equality = OrderEquality(sex: "Female", ethnicGroup: "White: Irish")
        order.protected = [ProtectedPerson(person: Law.id(6), details: "Her mother, at a safe address")]
        order.unassessed = [
            UnassessedStep(.authorised, reason: "The court sat", at: try uk("2025-02-01 10:00"), by: Law.id(2))
        ]
        return order
    }

    @Test("An order lies in the tables as it was", arguments: Engine.allCases)
    func roundTrip(engine: Engine) throws {
        let world = try W(engine)
        let order = try whole()
        #expect(OrderField.allCases.filter { order.filled.contains($0) } == OrderField.allCases)
        try world.put(Law.id(50), order, W.facts())
        let shown = try world.found(Law.id(50), W.supervisor)
        #expect(shown.order == order)
        #expect(shown.shown == Set(OrderField.allCases))
    }

    @Test("A draft is recorded, stepped and read back; the audit has an entry for each", arguments: Engine.allCases)
    func course(engine: Engine) throws {
        let world = try W(engine)
        var draft = try Law.draft("cbo", born: "1990-01-01", maker: "local authority")
        draft.step = .made
        draft.authorisedBy = "Nobody"
        draft.terms = [OrderTerm(.prohibition, "Not to enter the park")]
        var id = Law.id(1) as ID<Order>
        let made = try world.entries { id = try world.make(draft) }
        #expect(made == ["create|permit|-|order|authority subject born terms|P1"])
        let first = try world.found(id, W.officer)
        #expect(first.order.step == .draft)
        #expect(first.order.authorisedBy.isEmpty)
        let stepped = try world.entries {
            try world.change(id, version: 1) { order throws(OrderRefusal) in
                try order.goOn(
                    without: UnassessedStep(.authorised, reason: "The court sat", at: W.now, by: W.account(2)),
                    world.law)
                try order.authorise(by: "Head of legal", at: W.now, world.law)
            }.get()
        }
        #expect(stepped == ["update|permit|-|order|authority dates clocks authorisation proportionality|P2"])
        let read = try world.entries { _ = try world.found(id, W.officer) }
        #expect(
            read == ["read|permit|-|order|authority subject born dates terms clocks authorisation proportionality|P2"])
        // What it was before can still be read.
        #expect(try world.found(id, W.officer, version: 1).order.step == .draft)
        // What the law refuses changes nothing.
        let refused = try world.change(id, version: 2) { order throws(OrderRefusal) in
            try order.make(at: W.now, to: nil, world.law)
        }
        guard case .failure(.order(let refusal)) = refused else { throw Fault("It was not refused") }
        #expect(refusal.what.contains("authorised"))
        #expect(try world.found(id, W.officer).version == 2)
    }

    @Test("The second of two editors sees their version beside what is there", arguments: Engine.allCases)
    func twoEditors(engine: Engine) throws {
        let world = try W(engine)
        let id = try world.make(try Law.draft("cbo", born: "1990-01-01", maker: "local authority"))
        try world.change(id, version: 1) { $0.court = "Crown Court" }.get()
        let late = try world.change(id, version: 1, by: W.supervisor) { $0.areaText = "The park" }
        guard case .failure(.changedMeanwhile(let yours, let now)) = late else { throw Fault("It was not stopped") }
        #expect(yours?.areaText == "The park" && yours?.court == "")
        #expect(now.order.court == "Crown Court" && now.order.areaText == "")
        #expect(now.version == 2)
        try world.change(id, version: 2, by: W.supervisor) { $0.areaText = "The park" }.get()
        let both = try world.found(id, W.officer).order
        #expect(both.court == "Crown Court" && both.areaText == "The park")
    }

    @Test("Another agency sees an order only when it is shared, and then names and terms", arguments: Engine.allCases)
    func sharing(engine: Engine) throws {
        let world = try W(engine)
        let id = Law.id(50) as ID<Order>
        try world.put(id, try whole(), W.facts())
        for actor in [W.police, W.member] {
            #expect(try world.read(id, actor) == .absent)
            #expect(try world.read(Law.id(51), actor) == .absent)
            #expect(try world.list(OrderFilter(), actor).isEmpty)
            #expect(try world.count(actor) == 0)
        }
        let hidden = try world.entries { _ = try world.read(id, W.police) }
        let nobody = try world.entries { _ = try world.read(Law.id(51), W.police) }
        #expect(hidden == ["denied|deny|no-permission|record|-|-"])
        #expect(nobody == ["denied|deny|absent|record|-|-"])
        let shared = try world.entries {
            try world.write { connection in
                try world.store.guardRecord(id, reason: "Joint work", on: world.occasion(W.officer), in: connection) {
                    $0.shares = [.init(agency: Law.code("police"), from: W.today, highest: .p3)]
                }.get()
            }
        }
        #expect(shared.count == 1 && shared.first?.hasPrefix("disclose|permit|-|order|share:police:P3|") == true)
        let read = try world.entries {
            let seen = try world.found(id, W.police)
            #expect(seen.order.subjectName == "Sam Example")
            #expect(seen.order.terms == (try whole()).terms)
            #expect(seen.order.breaches.isEmpty && seen.order.appeals.isEmpty && seen.order.protected.isEmpty)
            #expect(seen.order.service == nil && seen.order.authorisedBy.isEmpty)
            #expect(seen.order.equality == OrderEquality())
            #expect(seen.changeable.isEmpty)
        }
        #expect(
            read == [
                "read|permit|-|order|authority subject born dates terms clocks penalty publicity links|P1"
            ])
        #expect(try world.list(OrderFilter(), W.police).map(\.name) == ["Sam Example"])
        guard case .failure(.register(.denied)) = try world.change(id, version: 1, by: W.police, { $0.court = "X" })
        else { throw Fault("The police changed the council's order") }
    }

    @Test("Whom an order protects is not seen by those who work with its subject", arguments: Engine.allCases)
    func wall(engine: Engine) throws {
        let world = try W(engine)
        let id = Law.id(50) as ID<Order>
        try world.put(id, try whole(), W.facts())
        #expect(try world.found(id, W.officer).order.protected.count == 1)
        #expect(try world.found(id, W.chaser).order.protected.isEmpty)
        #expect(try world.found(id, W.chaser).order.breaches.count == 1)
        // The answer is the same whether there is someone or nobody, and whatever is written.
        try world.put(Law.id(51), try Law.draft("cbo", born: "1990-01-01"), W.facts())
        for number in [50, 51] {
            for people in [[], [ProtectedPerson(details: "Her mother")]] {
                let entries = try world.entries {
                    let blind = try world.change(Law.id(number), version: 1, by: W.chaser) { $0.protected = people }
                    #expect(blind == .failure(.register(.denied(.wall))))
                }
                #expect(entries == ["denied|deny|wall|record|-|-"])
            }
        }
        // The wall cannot be moved by those before it.
        let moved = try world.write { connection in
            try world.store.guardRecord(
                id, reason: "x", on: world.occasion(W.actor(9, "supervisor", side: .perpetrator)), in: connection
            ) { $0.side = .perpetrator }
        }
        #expect(moved == .failure(.register(.denied(.wall))))
        #expect(try world.found(id, W.officer).order.protected.count == 1)
    }

    @Test("A notice names the warning before it, which whoever records it must be able to read")
    func before() throws {
        let world = try W(.sqlite)
        let warning = Law.id(60) as ID<Order>
        let cpw = try Law.served("cpw", "2026-05-01 10:00", world.law)
        try world.put(warning, cpw, W.facts())
        let draft = try Law.draft("cpn", maker: "local authority")
        let id = try world.make(draft, after: warning)
        let assessment = try Law.assessment()
        try world.change(id, version: 1) { order throws(OrderRefusal) in
            try order.assess(assessment, world.law)
            try order.authorise(by: "Officer", at: W.now, world.law)
        }.get()
        let hidden = try world.write {
            try world.store.create(draft, after: warning, on: world.occasion(W.police), in: $0)
        }
        #expect(hidden == .failure(.register(.absent)))
    }

    @Test(
        "Lists are narrowed by type, state, day, end and subject, as each order says of itself",
        arguments: Engine.allCases)
    func filters(engine: Engine) throws {
        let world = try W(engine)
        let law = world.law
        let at = "2026-05-20 10:00"
        let ended = try Law.made(
            "dvpo", born: "1990-01-01", at: "2026-05-01 10:00", to: try endOf("2026-05-20"), before: "dvpn",
            beforeAt: "2026-04-30 10:00", law)
        var varied = try Law.made("cbo", born: "1990-01-01", at: at, to: try endOf("2028-05-31"), law)
        try varied.vary(terms: [], at: try uk("2026-05-25 10:00"), law)
        var gone = try Law.made("injunction", born: "1990-01-01", at: at, to: nil, law)
        try gone.discharge(at: try uk("2026-05-22 10:00"), law)
        var later = try Law.applied("injunction", born: "1990-01-01", at: at, law)
        try later.make(at: try uk(at), from: try uk("2026-07-01 00:00"), to: nil, law)
        let orders = try [
            Law.draft("cbo"), Law.applied("cbo", born: "1990-01-01", at: at, law), Law.served("dvpn", at, law),
            Law.served("closure-notice", "2026-06-01 09:00", to: uk("2026-06-02 09:00"), law), ended, varied, gone,
            later,
            Law.made("injunction", born: "1990-01-01", at: at, to: endOf("2026-06-28"), law),
        ]
        for (index, order) in orders.enumerated() { try world.put(Law.id(100 + index), order, W.facts()) }
        func numbers(_ body: (inout OrderFilter) throws -> Void) throws -> Set<Int> {
            var filter = OrderFilter()
            try body(&filter)
            let ids = try world.list(filter).map(\.id)
            return Set(orders.indices.filter { ids.contains(Law.id(100 + $0)) })
        }
        for state in Order.State.allCases {
            let expected = Set(orders.indices.filter { orders[$0].state(at: W.now) == state })
            #expect(try numbers { $0.states = [state] } == expected, "\(state)")
        }
        for text in ["2026-05-01", "2026-05-20", "2026-05-21", "2026-05-22", "2026-05-23", "2026-06-02", "2026-07-01"] {
            let expected = Set(try orders.indices.filter { orders[$0].isLive(on: try day(text)) })
            #expect(try numbers { $0.liveOn = try day(text) } == expected, "\(text)")
        }
        #expect(try numbers { $0.types = [Law.code("dvpn"), Law.code("dvpo")] } == [2, 4])
        #expect(try numbers { $0.expiringWithin = 1 } == [3])
        #expect(try numbers { $0.expiringWithin = 26 } == [3])
        #expect(try numbers { $0.expiringWithin = 27 } == [3, 8])
        #expect(try numbers { $0.subject = .premises("1 High Street") } == [3])
        #expect(try numbers { $0.subject = .person(Law.id(2)) }.isEmpty)
        #expect(try numbers { _ in } == Set(orders.indices))
        let entries = try world.entries { _ = try numbers { $0.expiringWithin = 1 } }
        #expect(entries == ["list|permit|-|order|-|-"])
    }

    @Test("A draft is compared with the subject's live orders that the actor may read", arguments: Engine.allCases)
    func overlap(engine: Engine) throws {
        let world = try W(engine)
        func reside(_ place: String) -> [OrderTerm] {
            [
                OrderTerm(
                    .requirement, "Live", supervisor: "Probation",
                    part: OrderTermPart(.reside, place: OrderPlace(place, within: ["The estate"])))
            ]
        }
        func live(_ number: Int, to: String?, _ agency: String) throws {
            let order = try Law.made(
                "cbo", born: "1990-01-01", at: "2024-01-01 10:00", to: try to.map(endOf), terms: reside("1 Mill Lane"),
                world.law)
            try world.put(Law.id(number), order, W.facts(agency))
        }
        try live(201, to: nil, "council")
        try live(202, to: "2026-01-31", "council")
        try live(203, to: nil, "police")
        var draft = try Law.draft("injunction", born: "1990-01-01", maker: "local authority")
        draft.terms = [
            OrderTerm(.prohibition, "Keep out", part: OrderTermPart(.keepOut, place: OrderPlace("The estate")))
        ]
        let id = try world.make(draft)
        let entries = try world.entries {
            let overlap = try world.write { try world.store.overlap(id, on: world.occasion(W.officer), in: $0).get() }
            #expect(overlap.contradictions.map(\.order) == [Law.id(201)])
        }
        #expect(entries.count == 2 && entries.allSatisfy { $0.hasPrefix("read|permit") })
    }

    @Test(
        "The report and the profile count what the actor may count, and say so in the audit", arguments: Engine.allCases
    )
    func reports(engine: Engine) throws {
        let world = try W(engine)
        for number in 0..<6 {
            var order = try Law.made(
                "cbo", born: "1990-01-01", at: "2026-05-01 10:00", to: nil, world.law)
            order.equality.sex = "Male"
            try world.put(Law.id(300 + number), order, W.facts(number < 5 ? "council" : "police"))
        }
        let (first, last) = (try day("2026-04-01"), try day("2026-06-30"))
        func made(_ actor: Actor, isPublic: Bool) throws -> OrderFigure {
            try world.write {
                try world.store.report(from: first, to: last, isPublic: isPublic, on: world.occasion(actor), in: $0)
                    .made
            }
        }
        #expect(try made(W.analyst, isPublic: false) == .shown(6))
        #expect(try made(W.officer, isPublic: false) == .shown(5))
        #expect(try made(W.police, isPublic: false) == .shown(1))
        #expect(try made(W.police, isPublic: true) == .suppressed)
        #expect(try made(W.member, isPublic: false) == .shown(0))
        func men(_ actor: Actor) throws -> [OrderFigure] {
            try world.write {
                try world.store.profile(from: first, to: last, on: world.occasion(actor), in: $0).sexes.rows.map(
                    \.count)
            }
        }
        #expect(try men(W.officer) == [.shown(5)])
        // Who may count, and not down to special categories, gets nothing.
        #expect(try men(W.analyst) == [])
        let entries = try world.entries { _ = try made(W.officer, isPublic: true) }
        #expect(entries == ["list|permit|-|order|-|-"])
    }
}
