import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Enforcement
@testable import Governance

@Suite("A conflict of interest with a person or a case closes the orders too", .serialized)
struct OrderConflictTests {
    typealias W = EnforcementWorld
    private static let colleague = W.actor(12, "case-officer")
    private static let council: Code<Agency> = Law.code("council")

    private func order(about number: Int, cases: [Int] = [], in world: W) throws -> ID<Order> {
        var draft = try Law.draft("warning", about: .person(Law.id(number)))
        draft.cases = cases.map { Law.id($0) }
        return try world.make(draft)
    }

    private func sees(_ id: ID<Order>, _ actor: Actor, _ world: W) throws -> Bool {
        switch try world.read(id, actor) {
        case .found: true
        case .absent: false
        case .refused(_, let reason): throw Fault("The order is refused: \(reason)")
        }
    }

    private func told(_ world: W) throws -> [RegisterNotice] {
        try world.write {
            try RegisterNotice.sent(to: Self.council, roles: [], since: W.now.advanced(bySeconds: -1), in: $0)
        }
    }

    @Test(
        "Lists, pages, histories, searches, exports and counts leave out the orders about any record of the person",
        arguments: TestDatabase.engines)
    func declared(engine: Engine) throws {
        let world = try W(engine)
        try world.register([61, 62])
        let (own, other) = (try order(about: 62, in: world), try order(about: 63, in: world))
        let reached = try world.count(W.analyst)
        #expect(reached == 2)
        for actor in [Self.colleague, W.analyst] {
            try world.write { try world.store.declareConflict(with: Law.id(61), on: world.occasion(actor), in: $0) }
        }
        #expect(try !sees(own, Self.colleague, world) && sees(other, Self.colleague, world))
        #expect(try sees(own, W.officer, world))
        #expect(try world.count(W.analyst) == 1 && world.count(Self.colleague) == 1)
        try world.write { connection in
            let occasion = world.occasion(Self.colleague)
            #expect(try world.store.history(of: own, on: occasion, in: connection) == nil)
            let page = try world.store.page(on: occasion, in: connection)
            #expect(page.items.map(\.id) == [other] && !page.hasMore)
            var words = OrderFilter()
            words.words = "example"
            #expect(try world.store.page(words, on: occasion, in: connection).items.map(\.id) == [other])
            #expect(try world.store.list(words, on: occasion, in: connection).items.map(\.id) == [other])
        }
        let again = try world.write {
            try world.store.change(other, version: 1, on: world.occasion(Self.colleague), in: $0) {
                $0.areaText = "Park"
            }
        }
        #expect(again == .success(()))
        #expect(try told(world).map(\.record) == [ID(own), ID(own)])
        #expect(try Set(told(world).map(\.account)) == [Self.colleague.account, W.analyst.account])
        // Declaring it again, or with nobody at all, says nothing new.
        try world.write { connection in
            for number in [61, 99] {
                try world.store.declareConflict(
                    with: Law.id(number), on: world.occasion(Self.colleague), in: connection)
            }
        }
        #expect(try told(world).count == 2)
    }

    @Test(
        "An order that is made or linked later takes over the conflicts with its subject and its cases, and says so",
        arguments: TestDatabase.engines)
    func later(engine: Engine) throws {
        let world = try W(engine)
        try world.register([61, 62])
        try world.write {
            try world.store.register.declareConflict(with: Law.id(61), on: world.occasion(Self.colleague), in: $0)
        }
        let before = try told(world).count
        let id = try order(about: 62, in: world)
        #expect(try !sees(id, Self.colleague, world) && sees(id, W.officer, world))
        #expect(try world.count(Self.colleague) == 0)
        #expect(try told(world).count == before + 1)
        #expect(try told(world).contains { $0.record == ID(id) && $0.account == Self.colleague.account })
        // Lifted on the order, it stays so when the order changes.
        let lifted = try world.write {
            try world.store.guardRecord(id, reason: "Another Sam", on: world.occasion(W.supervisor), in: $0) {
                $0.conflicts.remove(Self.colleague.account)
            }
        }
        #expect(lifted == .success(()))
        #expect(try world.change(id, version: 1) { $0.areaText = "Park" } == .success(()))
        #expect(try sees(id, Self.colleague, world))
        // A person's record stands for a case of the register here.
        try world.register([70])
        try world.write {
            try world.store.register.declareConflict(with: Law.id(70), on: world.occasion(Self.colleague), in: $0)
        }
        #expect(try world.change(id, version: 2) { $0.cases = [Law.id(70)] } == .success(()))
        #expect(try !sees(id, Self.colleague, world))
    }

    @Test(
        "Orders of a case follow what was recorded for colleagues, whoever records it", arguments: TestDatabase.engines)
    func followed(engine: Engine) throws {
        let world = try W(engine)
        try world.register([70])
        let (own, other) = (try order(about: 61, cases: [70], in: world), try order(about: 61, in: world))
        try world.write { connection in
            // The police may change no order of the council.
            try world.store.followConflicts(with: Law.id(70), on: world.occasion(W.police), in: connection) {
                try world.store.register.declareConflict(
                    with: Law.id(70), on: world.occasion(Self.colleague), in: connection)
            }
        }
        #expect(try !sees(own, Self.colleague, world) && sees(other, Self.colleague, world))
        #expect(try sees(own, W.officer, world))
    }

    @Test(
        "One that was lifted on an order stays lifted when someone else gets one with its case",
        arguments: TestDatabase.engines)
    func lifted(engine: Engine) throws {
        let world = try W(engine)
        let neighbour = W.actor(13, "case-officer")
        try world.register([70])
        let id = try order(about: 61, cases: [70], in: world)
        func declare(_ actor: Actor) throws {
            try world.write { connection in
                try world.store.followConflicts(
                    with: Law.id(70), on: world.occasion(W.supervisor), in: connection
                ) {
                    try world.store.register.declareConflict(
                        with: Law.id(70), on: world.occasion(actor), in: connection)
                }
            }
        }
        try declare(Self.colleague)
        #expect(try !sees(id, Self.colleague, world) && sees(id, neighbour, world))
        let opened = try world.write {
            try world.store.guardRecord(id, reason: "Another Sam", on: world.occasion(W.supervisor), in: $0) {
                $0.conflicts.remove(Self.colleague.account)
            }
        }
        #expect(opened == .success(()))
        try declare(neighbour)
        #expect(try sees(id, Self.colleague, world) && !sees(id, neighbour, world))
    }
}
