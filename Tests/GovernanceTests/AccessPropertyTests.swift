import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance

@Suite("Access: random people and records", .serialized)
struct AccessPropertyTests {
    typealias W = AccessWorld
    static let seed: UInt64 = 20_260_601

    @Test("The policy lets read, list, search, export and tell exactly what the table's oracle lets")
    func oracle() throws {
        let catalogue = try W.catalogue()
        let oracle = AccessOracle(table: try AccessTable())
        var world = AccessRandom(seed: Self.seed)
        var permitted = 0
        for round in 0..<1500 {
            let actor = world.actor(1 + world.random.below(6))
            let facts = world.facts(people: 6)
            for field in FieldClass.allCases {
                for action in [AccessAction.read, .list, .search, .export, .notify] {
                    let decision = Access.decide(
                        AccessRequest(actor, action, facts, field), roles: catalogue, now: W.now)
                    let right = oracle.may(action, actor, facts, field)
                    if right { permitted += 1 }
                    #expect(
                        decision.isPermitted == right,
                        "seed \(Self.seed) round \(round) \(action) \(field.text): \(decision)")
                }
            }
        }
        #expect(permitted > 1000)
    }

    @Test("What may be done to a record may be read, but for counts and masked hits")
    func subset() throws {
        let catalogue = try W.catalogue()
        let oracle = AccessOracle(table: try AccessTable())
        var world = AccessRandom(seed: Self.seed + 1)
        for round in 0..<1500 {
            let actor = world.actor(1 + world.random.below(6))
            let facts = world.facts(people: 6)
            for action in AccessAction.allCases where action.needsReading {
                for field in [FieldClass.p0, .p1, .p3] {
                    let request = AccessRequest(actor, action, facts, field)
                    guard Access.decide(request, roles: catalogue, now: W.now).isPermitted else { continue }
                    #expect(
                        oracle.mayRead(actor, facts, field), "seed \(Self.seed + 1) round \(round) \(action) \(field)")
                }
            }
        }
    }

    @Test("No further role and no further standing lifts a conflict of interest, a seal or a restriction")
    func monotone() throws {
        let catalogue = try W.catalogue()
        let all = Set(catalogue.roles.map(\.code))
        let walls: [AccessDecision.Reason] = [.conflict, .sealed, .restricted]
        var world = AccessRandom(seed: Self.seed + 2)
        var walled = 0
        for round in 0..<1500 {
            var actor = world.actor(1 + world.random.below(6))
            var facts = world.facts(people: 6)
            let before = Access.decide(AccessRequest(actor, .read, facts), roles: catalogue, now: W.now)
            guard case .deny(let reason, hidden: true) = before, walls.contains(reason) else { continue }
            walled += 1
            actor.roles = all
            actor.side = .victim
            actor.secondFactorAt = W.now
            actor.clearedUntil = nil
            facts.involved.insert(actor.account)
            facts.glasses.append(W.grant(actor.account))
            facts.shares.append(.init(agency: actor.agency, from: W.today, highest: .p4))
            for action in AccessAction.allCases {
                let after = Access.decide(AccessRequest(actor, action, facts), roles: catalogue, now: W.now)
                #expect(after == before, "seed \(Self.seed + 2) round \(round) \(action)")
            }
        }
        #expect(walled > 200)
    }

    @Test(
        "Lists, searches, exports, counts and notices of the register show exactly what the policy permits, row by row",
        arguments: TestDatabase.engines)
    func register(_ engine: Engine) throws {
        let world = try RegisterWorld(engine)
        let oracle = AccessOracle(table: try AccessTable())
        var random = AccessRandom(seed: Self.seed + 3)
        let entries = (1...300).map { RegisterWorld.entry($0, random.facts(people: 12)) }
        try world.put(entries)
        // An analyst counts without reading.
        let actors = (1...12).map { random.actor($0, roles: AccessTable.roles.filter { $0 != "analyst" }) }
        try world.write { connection in
            for actor in actors {
                for kind in AccessRandom.kinds {
                    try compare(world, actor, kind, entries.filter { $0.facts.kind.text == kind }, oracle, connection)
                }
            }
        }
    }

    @Test(
        "Who stands in for a colleague is listed every record that the policy permits", arguments: TestDatabase.engines)
    func standIns(_ engine: Engine) throws {
        let world = try RegisterWorld(engine)
        var random = AccessRandom(seed: Self.seed + 4)
        let entries = (1...200).map { RegisterWorld.entry($0, random.facts(people: 8)) }
        try world.put(entries)
        var further = 0
        for number in 1...4 {
            var actor = random.actor(number, roles: ["member", "intake"])
            var colleague = random.actor(number + 4, roles: ["case-officer", "panel-member", "panel-chair"])
            colleague.agency = actor.agency
            actor.standIns = [StandIn(for: colleague, roles: colleague.roles, from: W.today, until: W.today)]
            for kind in AccessRandom.kinds {
                func permitted(_ actor: Actor) -> [ID<Registered>] {
                    entries.reversed().filter { entry in
                        entry.facts.kind.text == kind
                            && world.register.decide(.list, .p0, on: entry, by: actor, now: W.now).isPermitted
                    }.map(\.id)
                }
                var alone = actor
                alone.standIns = []
                let page = try world.write {
                    try world.register.list(W.word(kind), limit: 200, on: world.occasion(actor), in: $0)
                }
                #expect(page.items.map(\.id) == permitted(actor), "seed \(Self.seed + 4) \(number) \(kind)")
                further += permitted(actor).count - permitted(alone).count
            }
        }
        #expect(further > 20)
    }

    private func compare(
        _ world: RegisterWorld, _ actor: Actor, _ kind: String, _ entries: [RegisterEntry], _ oracle: AccessOracle,
        _ connection: Connection
    ) throws {
        let register = world.register
        let occasion = world.occasion(actor)
        let code: Code<RecordKind> = W.word(kind)
        let newest = Array(entries.reversed())
        func those(_ action: AccessAction, _ field: FieldClass) -> [ID<Registered>] {
            newest.filter { oracle.may(action, actor, $0.facts, field) }.map(\.id)
        }
        let told = "seed \(Self.seed + 3) actor \(actor.account) \(kind)"
        let page = try register.list(code, limit: 200, on: occasion, in: connection)
        #expect(page.items.map(\.id) == those(.list, .p0), "\(told)")
        #expect(page.items.filter { $0.title != nil }.map(\.id) == those(.list, .p1), "\(told)")
        let hits = try register.search("example", code, limit: 200, reason: "test", on: occasion, in: connection)
        #expect(hits.items.map(\.id) == those(.search, .p1), "\(told)")
        var exported: [ID<Registered>] = []
        _ = try register.export(code, .p1, reason: "test", on: occasion, in: connection) { exported.append($0.id) }
        #expect(exported == those(.export, .p1), "\(told)")
        let readable = Set(those(.read, .p0))
        #expect(try register.count(code, on: occasion, in: connection) <= readable.count, "\(told)")
        for entry in entries {
            let isTold = try !register.recipients(of: entry.id, among: [actor], now: W.now, in: connection).isEmpty
            #expect(isTold == oracle.may(.notify, actor, entry.facts, .p0), "\(told)")
        }
        let shown = Set(page.items.map(\.id) + hits.items.map(\.id) + exported)
        #expect(shown.isSubset(of: readable), "\(told)")
        for entry in entries.prefix(8) {
            let finding = try register.find(entry.id, .p0, on: occasion, in: connection)
            if case .found = finding {
                #expect(readable.contains(entry.id), "\(told)")
            } else {
                #expect(!readable.contains(entry.id), "\(told)")
            }
        }
    }
}
