import Kernel
import Storage
import Testing

@testable import Enforcement
@testable import Governance

/// Random orders, records and actors from a seed: what lists, counts and reports show together is never more than
/// what may be read or counted one by one.
@Suite("What lists, counts and reports of orders show is no more than may be read", .serialized)
struct OrderPropertyTests {
    typealias W = EnforcementWorld
    static let roles = [
        "intake", "case-officer", "supervisor", "advocate", "panel-chair", "panel-member", "panel-coordinator",
        "lawyer", "auditor", "analyst", "member", "administrator",
    ]

    @Test(
        "Every listed order can be read with just that name, and no figure counts another", arguments: Engine.allCases)
    func subset(engine: Engine) throws {
        let world = try W(engine)
        var random = SeededRandom(seed: 20_260_602)
        var all: [ID<Order>: RecordFacts] = [:]
        for number in 1...40 {
            let id = Law.id(1000 + number) as ID<Order>
            var order = try Law.made("cbo", born: "1990-01-01", at: "2026-05-01 10:00", to: nil, world.law)
            order.subjectName = "Person \(number)"
            order.equality.sex = "Male"
            let facts = Self.facts(&random)
            try world.put(id, order, facts)
            all[id] = facts
        }
        let (first, last) = (try day("2026-04-01"), try day("2026-06-30"))
        var (listed, counted) = (0, 0)
        for number in 1...16 {
            let actor = Self.actor(number, &random)
            let occasion = world.occasion(actor)
            func may(_ action: AccessAction, _ depth: FieldClass) -> Set<ID<Order>> {
                let permitted = all.filter { _, facts in
                    Access.decide(
                        AccessRequest(actor, action, facts, depth), roles: world.store.register.roles, now: W.now
                    ).isPermitted
                }
                return Set(permitted.keys)
            }
            var readable: Set<ID<Order>> = []
            for id in all.keys { if case .found = try world.read(id, actor) { readable.insert(id) } }
            #expect(readable.isSubset(of: may(.read, .p1)))
            var filter = OrderFilter()
            for round in 0..<3 {
                if round == 1 { filter.liveOn = W.today }
                if round == 2 { filter.types = [Law.code("cbo")] }
                let items = try Self.everything(world, filter, occasion)
                listed += items.count
                #expect(Set(items.map(\.id)).isSubset(of: readable))
                for item in items { #expect(try world.found(item.id, actor).order.subjectName == item.name) }
            }
            let open = may(.read, .p0).union(may(.count, .p0))
            let count = try world.count(actor)
            let report = try world.write {
                try world.store.report(from: first, to: last, isPublic: false, on: occasion, in: $0)
            }
            #expect(count == may(.count, .p0).count)
            #expect(report.made == .shown(count))
            #expect(count <= open.count)
            // Only who counts without reading, the analyst, is told of more than can be read.
            if !actor.roles.contains(Law.code("analyst")) { #expect(may(.count, .p0).isSubset(of: may(.read, .p0))) }
            let profile = try world.write { try world.store.profile(from: first, to: last, on: occasion, in: $0) }
            #expect((profile.sexes.total.count ?? 0) <= may(.count, .p2).count)
            counted += count
        }
        // The test says something only when there was something to see.
        #expect(listed > 60)
        #expect(counted > 30)
    }

    private static func everything(
        _ world: W, _ filter: OrderFilter, _ occasion: Occasion
    ) throws -> [OrderItem] {
        var items: [OrderItem] = []
        var cursor: ID<Order>?
        repeat {
            let page = try world.write {
                try world.store.list(filter, after: cursor, limit: 7, on: occasion, in: $0)
            }
            items += page.items
            cursor = page.next
        } while cursor != nil
        #expect(Set(items.map(\.id)).count == items.count)
        return items
    }

    private static func actor(_ number: Int, _ random: inout SeededRandom) -> Actor {
        var actor = W.actor(
            number,
            number <= 4
                ? ["case-officer", "supervisor", "lawyer", "analyst"][number - 1] : roles[random.below(roles.count)])
        if random.chance(0.3) { actor.roles.insert(Law.code(roles[random.below(roles.count)])) }
        actor.agency = Law.code(["council", "police", "haven"][random.below(3)])
        actor.side = [.victim, .perpetrator, .child, nil][random.below(4)]
        actor.panels = random.chance(0.5) ? [PanelMembership(panel: Law.code("marac"), from: W.today, until: nil)] : []
        actor.secondFactorAt = random.chance(0.9) ? W.now.advanced(bySeconds: -Int64(random.below(1800))) : nil
        return actor
    }

    private static func facts(_ random: inout SeededRandom) -> RecordFacts {
        func some(_ chance: Double) -> Set<ID<Account>> {
            Set((1...40).filter { _ in random.chance(chance) }.map { W.account($0) })
        }
        var facts = W.facts(["council", "police", "haven"][random.below(3)])
        facts.recordClass = random.chance(0.5) ? .normal : RecordClass.allCases[random.below(4)]
        facts.owner = random.chance(0.5) ? W.account(1 + random.below(40)) : nil
        facts.side = [.victim, .perpetrator, .child, nil][random.below(4)]
        facts.involved = some(0.05)
        facts.named = some(0.2)
        facts.conflicts = some(0.1)
        facts.grants = some(0.2).sorted().map {
            .init(account: $0, until: W.now.advanced(bySeconds: Int64(random.below(3)) * 60))
        }
        if random.chance(0.4) {
            facts.shares = [
                .init(
                    agency: Law.code(["council", "police", "haven"][random.below(3)]), from: W.today,
                    highest: FieldClass.allCases[random.below(5)])
            ]
        }
        if random.chance(0.3) { facts.listings = [.init(panel: Law.code("marac"), from: W.today)] }
        return facts
    }
}
