import Kernel
import Storage
import Testing

@testable import Governance
@testable import People

/// Random people, records and actors from a seed: what many show together is never more than what each shows alone.
@Suite("What lists, searches and counts show is no more than may be read", .serialized)
struct PeoplePropertyTests {
    typealias W = PeopleWorld
    static let given = ["Anna", "Ana", "Björn", "Bjorn", "Cian", "Kian"]
    static let family = ["Nowak", "Novak", "O’Brien", "OBrian", "Smith", "Schmidt"]
    static let roles = [
        "intake", "case-officer", "supervisor", "advocate", "panel-chair", "panel-member", "panel-coordinator",
        "lawyer", "auditor", "analyst", "member", "administrator",
    ]

    @Test(
        "Every item can be read with just that name and birth; masked ones can only be opened",
        arguments: [Engine.sqlite, .postgreSQL])
    func subset(engine: Engine) throws {
        let world = try W(engine)
        var random = SeededRandom(seed: 20_260_601)
        let ids = (1...45).map { W.person($0) }
        for id in ids {
            var details = W.details(
                Self.given[random.below(6)], Self.family[random.below(6)], birth: "19\(50 + random.below(50))",
                phone: "07700 900\(100 + random.below(900))", address: "1 Street", needs: "None")
            if random.chance(0.3) { details[.otherNames] = Self.given[random.below(6)] }
            try world.put(id, details, Self.facts(&random), AddressSecrecy.allCases[random.below(3)])
        }
        var shown = 0
        var masked = 0
        for number in 1...16 {
            let actor = Self.actor(number, &random)
            let (items, hits) = try Self.everything(world, actor, &random)
            shown += items.count
            masked += hits.count
            for item in items {
                guard case .found(let person) = try world.read(item.id, actor) else {
                    Issue.record("\(actor.roles) \(actor.agency) found what they cannot read")
                    continue
                }
                #expect(item.name == person.details.name)
                #expect(item.birth == person.details.birth)
                #expect(item.otherNames == person.details.otherNameList)
            }
            for hit in hits {
                #expect(hit.name == nil && hit.birth == nil && hit.otherNames.isEmpty)
                // Known of, and seen only through a glass of the actor's own.
                switch try world.read(hit.id, actor) {
                case .refused: continue
                case .found(let person) where person.openUntil(for: actor, now: W.now) != nil: continue
                case .found, .absent: Issue.record("\(actor.roles) \(actor.agency) found what they may not know of")
                }
            }
            // A count shows no field, so it is held against those whose existence the actor may read.
            let readable = try ids.filter { id in
                let found = try world.write {
                    try world.store.register.find(ID(id), for: .read, .p0, on: world.occasion(actor), in: $0)
                }
                return if case .found = found { true } else { false }
            }
            let count = try world.write { try world.store.count(on: world.occasion(actor), in: $0) }
            #expect(count <= readable.count)
        }
        // The test says something only when there was something to see.
        #expect(shown > 60)
        #expect(masked > 5)
    }

    private static func everything(
        _ world: W, _ actor: Actor, _ random: inout SeededRandom
    ) throws -> ([PersonItem], [PersonItem]) {
        var (items, masked): ([PersonItem], [PersonItem]) = ([], [])
        var cursor: ID<Person>?
        repeat {
            let page = try world.write {
                try world.store.list(after: cursor, limit: 7, on: world.occasion(actor), in: $0)
            }
            items += page.items
            cursor = page.next
        } while cursor != nil
        #expect(Set(items.map(\.id)).count == items.count)
        for word in given.prefix(4) + family.prefix(3) {
            let page = try world.search(word, actor, reason: random.chance(0.5) ? "for a case" : nil)
            items += page.items
            masked += page.masked
        }
        return (items, masked)
    }

    static func actor(_ number: Int, _ random: inout SeededRandom) -> Actor {
        var actor = W.actor(number, roles[random.below(roles.count)])
        if random.chance(0.3) { actor.roles.insert(W.word(roles[random.below(roles.count)])) }
        actor.agency = W.word(["council", "police", "haven"][random.below(3)])
        actor.teams = random.chance(0.5) ? [W.word("asb-team")] : []
        actor.side = [.victim, .perpetrator, .child, nil][random.below(4)]
        actor.panels = random.chance(0.5) ? [PanelMembership(panel: W.word("marac"), from: W.today, until: nil)] : []
        actor.secondFactorAt = random.chance(0.9) ? W.now.advanced(bySeconds: -Int64(random.below(1800))) : nil
        return actor
    }

    static func facts(_ random: inout SeededRandom) -> RecordFacts {
        func some(_ chance: Double) -> Set<ID<Account>> {
            Set((1...40).filter { _ in random.chance(chance) }.map { W.account($0) })
        }
        var facts = RecordFacts(
            kind: W.word("person"), agency: W.word(["council", "police", "haven"][random.below(3)]))
        facts.recordClass = random.chance(0.4) ? .normal : RecordClass.allCases[random.below(4)]
        facts.team = random.chance(0.5) ? W.word("asb-team") : nil
        facts.owner = random.chance(0.5) ? W.account(1 + random.below(40)) : nil
        facts.side = [.victim, .perpetrator, .child, nil][random.below(4)]
        facts.involved = some(0.05)
        facts.named = some(0.2)
        facts.conflicts = some(0.1)
        facts.grants = some(0.2).sorted().map {
            .init(account: $0, until: W.now.advanced(bySeconds: Int64(random.below(3)) * 60))
        }
        if facts.recordClass == .protected {
            facts.glasses = some(0.1).sorted().map {
                .init(account: $0, until: W.now.advanced(bySeconds: 1 + Int64(random.below(3)) * 60))
            }
        }
        if random.chance(0.3) {
            facts.shares = [
                .init(
                    agency: W.word(["council", "police", "haven"][random.below(3)]), from: W.today,
                    highest: FieldClass.allCases[random.below(5)])
            ]
        }
        if random.chance(0.3) { facts.listings = [.init(panel: W.word("marac"), from: W.today)] }
        return facts
    }
}
