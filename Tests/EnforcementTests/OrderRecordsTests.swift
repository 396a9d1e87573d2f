import Governance
import Kernel
import People
import Rules
import Storage
import TestDatabases
import Testing

@testable import Enforcement

@Suite("Orders about a person with several records, and what is on hold", .serialized)
struct OrderRecordsTests {
    typealias W = EnforcementWorld

    private func terms(_ kind: OrderTermPart.Kind, _ place: String, within: Set<String> = []) -> [OrderTerm] {
        let sort: OrderTerm.Sort = kind == .keepOut ? .prohibition : .requirement
        return [OrderTerm(sort, "Words", part: OrderTermPart(kind, place: OrderPlace(place, within: within)))]
    }

    @Test(
        "Lists, exports and the look at live orders have those about every record of the person",
        arguments: TestDatabase.engines)
    func everyRecord(engine: Engine) throws {
        let world = try W(engine)
        try world.register([61, 62])
        var other = try Law.draft("injunction", born: "1990-01-01", about: .person(Law.id(62)))
        let at = try uk("2026-05-01 10:00")
        other.terms = [
            OrderTerm(.prohibition, "Words", part: OrderTermPart(.keepOut, place: OrderPlace("The estate")))
        ]
        try other.authorise(by: "Head of service", at: at, world.law)
        try other.setHearing(at: at, court: "County court", enteredAt: at, world.law)
        try other.make(at: at, to: nil, world.law)
        try world.put(Law.id(80), other, W.facts())
        try world.put(Law.id(81), other, W.facts("police"))
        var filter = OrderFilter()
        for record in [61, 62] {
            filter.subject = .person(Law.id(record))
            #expect(try world.list(filter).map(\.id) == [Law.id(80)])
            let wanted = filter
            try world.write { connection in
                let page = try world.store.page(wanted, on: world.occasion(W.officer), in: connection)
                #expect(page.items.map(\.id) == [Law.id(80)])
                let rows = try world.store.export(
                    wanted, reason: "A meeting", on: world.occasion(W.supervisor), in: connection
                ).get()
                #expect(rows.map(\.item.id) == [Law.id(80)])
                let found = try world.store.overlap(
                    terms(.reside, "1 Mill Lane", within: ["The estate"]), about: .person(Law.id(record)), except: nil,
                    on: world.occasion(W.officer), in: connection)
                #expect(found.beside.map(\.id) == [Law.id(80)])
                #expect(found.overlap.contradictions.map(\.order) == [Law.id(80)])
            }
        }
        filter.subject = .person(Law.id(63))
        #expect(try world.list(filter).isEmpty)
        // Who may not open one of the records is not told by the other that they are one person.
        let neighbour = W.actor(13, "case-officer")
        filter.subject = .person(Law.id(61))
        #expect(try world.list(filter, neighbour).map(\.id) == [Law.id(80)])
        try world.write {
            try world.store.register.declareConflict(with: Law.id(62), on: world.occasion(neighbour), in: $0)
        }
        #expect(try world.list(filter, neighbour).isEmpty)
    }

    @Test("A warning on another record of the person comes before the notice", arguments: TestDatabase.engines)
    func warning(engine: Engine) throws {
        let world = try W(engine)
        try world.register([61, 62])
        let service = try Law.service("2026-05-01 10:00")
        for (number, isSame) in [(62, true), (63, false)] {
            var warning = try Law.draft("cpw", maker: "local authority", about: .person(Law.id(number)))
            try warning.authorise(by: "Officer", at: service.at, world.law)
            try warning.serve(service, world.law)
            try world.put(Law.id(100 + number), warning, W.facts())
            let draft = try Law.draft("cpn", maker: "local authority", about: .person(Law.id(61)))
            let id = try world.make(draft, after: Law.id(100 + number))
            let result = try world.change(id, version: 1) { (order) throws(OrderRefusal) in
                order.assessments = draft.assessments
                try order.authorise(by: "Officer", at: W.now, world.law)
            }
            if isSame {
                #expect(result == .success(()))
            } else {
                guard case .failure(.order(let refusal)) = result else { throw Fault("It was not refused") }
                #expect(refusal.what.contains("someone or something else"))
            }
        }
    }

    @Test(
        "What came before is looked up when the order is authorised, and may be said while it is a draft",
        arguments: TestDatabase.engines)
    func lookedUp(engine: Engine) throws {
        let world = try W(engine)
        let warning = try world.make(try Law.draft("cpw", maker: "local authority"))
        let (early, late) = (
            try world.make(try Law.draft("cpn", maker: "local authority"), after: warning),
            try world.make(try Law.draft("cpn", maker: "local authority"))
        )
        let assessment = try Law.assessment()
        func authorise(_ id: ID<Order>, _ version: Int64) throws -> Result<Void, OrderStoreRefusal> {
            try world.change(id, version: version) { (order) throws(OrderRefusal) in
                if order.assessment == nil { try order.assess(assessment, world.law) }
                try order.authorise(by: "Officer", at: W.now, world.law)
            }
        }
        for id in [early, late] { #expect(try !(authorise(id, 1) == .success(()))) }
        let service = try Law.service("2026-05-02 10:00")
        try world.change(warning, version: 1) { (order) throws(OrderRefusal) in
            try order.assess(assessment, world.law)
            try order.authorise(by: "Officer", at: service.at, world.law)
            try order.serve(service, world.law)
        }.get()
        #expect(try authorise(early, 1) == .success(()))
        #expect(try world.found(early, W.officer).order.before?.at == service.at)
        // The other draft names nothing yet, and nothing that the actor may not see.
        #expect(try !(authorise(late, 1) == .success(())))
        func name(_ earlier: ID<Order>, by actor: Actor) throws -> Result<Void, OrderStoreRefusal> {
            try world.write {
                try world.store.change(late, version: 1, after: earlier, on: world.occasion(actor), in: $0) { _ in }
            }
        }
        try world.put(Law.id(90), try Law.draft("cpw"), W.facts("police"))
        #expect(try name(Law.id(90), by: W.officer) == .failure(.register(.absent)))
        #expect(try name(warning, by: W.officer) == .success(()))
        #expect(try world.found(late, W.officer).order.before?.id == warning)
        #expect(try authorise(late, 2) == .success(()))
        // Afterwards it stays.
        try world.write {
            try world.store.change(early, version: 2, after: late, on: world.occasion(W.officer), in: $0) {
                $0.areaText = "Park"
            }.get()
        }
        #expect(try world.found(early, W.officer).order.before?.id == warning)
    }

    // 2014 Act, s.46(3): while an appeal waits, what is required is suspended, what is forbidden stays.
    @Test("Who may not see an appeal is told which terms are on hold because of it", arguments: TestDatabase.engines)
    func onHold(engine: Engine) throws {
        let world = try W(engine)
        let at = try uk("2026-05-10 10:00")
        let both = terms(.keepOut, "The estate") + terms(.reside, "1 Mill Lane")
        for (number, isStayed) in [(82, false), (83, true)] {
            var order = try Law.draft("cpn", before: "cpw", beforeAt: "2026-05-01 10:00").with(both)
            try order.authorise(by: "Officer", at: at, world.law)
            try order.serve(try Law.service("2026-05-10 10:00"), world.law)
            try order.appeal(
                OrderAppeal(at: try uk("2026-05-20 10:00"), court: "Magistrates", isStayed: isStayed), world.law)
            var facts = W.facts()
            facts.shares = [.init(agency: Law.code("police"), from: W.today, highest: .p1)]
            try world.put(Law.id(number), order, facts)
            let kept = isStayed ? [] : terms(.keepOut, "The estate")
            for actor in [W.police, W.officer] {
                let shown = try world.found(Law.id(number), actor)
                #expect(shown.bindingTerms == kept && shown.order.terms == both)
                #expect(shown.order.appeals.isEmpty == (actor == W.police))
            }
        }
        try world.write { connection in
            let rows = try world.store.export(
                OrderFilter(), reason: "A meeting", on: world.occasion(W.supervisor), in: connection
            ).get()
            #expect(Set(rows.map(\.binding)) == [[], terms(.keepOut, "The estate")])
            // The term on hold contradicts nothing while it is.
            let found = try world.store.overlap(
                terms(.keepOut, "1 Mill Lane"), about: .person(Law.id(1)), except: nil, on: world.occasion(W.police),
                in: connection)
            #expect(found.beside.count == 2 && found.overlap.contradictions.isEmpty)
        }
    }

    @Test(
        "The report counts appeals and decisions on publicity of its period, also of orders that ended before",
        arguments: TestDatabase.engines)
    func decidedLater(engine: Engine) throws {
        let world = try W(engine)
        var order = try Law.made(
            "closure-order", at: "2025-12-01 10:00", to: try endOf("2026-02-28"), before: "closure-notice",
            beforeAt: "2025-11-30 10:00", world.law)
        try order.appeal(OrderAppeal(at: try uk("2025-12-10 10:00"), court: "Crown Court"), world.law)
        try order.decideAppeal(.allowed, at: try uk("2026-04-10 10:00"), world.law)
        try order.publicise(
            OrderPublicity(
                isPublic: true, isNamed: true, reason: "", decidedBy: "Head", at: try uk("2026-04-11 10:00")))
        try world.put(Law.id(84), order, W.facts())
        func report(_ first: String, _ last: String) throws -> OrderReport {
            try world.write {
                try world.store.report(
                    from: try day(first), to: try day(last), isPublic: false, on: world.occasion(W.officer), in: $0)
            }
        }
        let spring = try report("2026-04-01", "2026-06-30")
        let line = try #require(spring.lines.first { $0.name == "Closures" })
        #expect(line.appeals[.allowed] == .shown(1) && line.made == .shown(0) && line.held == .shown(0))
        #expect(spring.named == .shown(1) && spring.made == .shown(0))
        let winter = try report("2026-01-01", "2026-03-31")
        #expect(winter.lines.first { $0.name == "Closures" }?.appeals[.allowed] == .shown(0))
        #expect(winter.named == .shown(0))
    }
}
