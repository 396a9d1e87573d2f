import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance

/// Who may see a record does not by that take away what hides it from others (casework.md §5.6, Primero daba94fba6).
@Suite("Rights to guards", .serialized)
struct GuardRightsTests {
    typealias W = AccessWorld
    typealias R = RegisterWorld

    /// Someone with one role, and how the council's record stands to them.
    struct Reader: Sendable, CustomTestStringConvertible {
        let role: String
        let kind: String
        let says: String
        /// Whether they may know of the record while nothing hides it. Worked out by hand from the roles' definition.
        let knows: Bool
        let isReader: Bool
        let stand: @Sendable (inout RecordFacts, Actor) -> Void
        var testDescription: String { "\(role), \(kind), \(says)" }

        init(
            _ role: String, _ kind: String, _ says: String, knows: Bool, reads: Bool? = nil,
            _ stand: @escaping @Sendable (inout RecordFacts, Actor) -> Void = { _, _ in }
        ) {
            self.role = role
            self.kind = kind
            self.says = says
            self.knows = knows
            isReader = reads ?? knows
            self.stand = stand
        }
    }

    private static let own: @Sendable (inout RecordFacts, Actor) -> Void = { $0.owner = $1.account }
    private static let team: @Sendable (inout RecordFacts, Actor) -> Void = { facts, _ in
        facts.team = W.word("asb-team")
    }
    private static let listed: @Sendable (inout RecordFacts, Actor) -> Void = { facts, _ in
        facts.listings = [.init(panel: W.word("marac"), from: W.today)]
    }
    private static let elsewhere: @Sendable (inout RecordFacts, Actor) -> Void = { facts, _ in
        facts.listings = [
            .init(panel: W.word("community-marac"), from: W.today),
            .init(panel: W.word("marac"), from: W.today.advanced(by: -9), until: W.today.advanced(by: -1)),
        ]
    }
    private static let shared: @Sendable (inout RecordFacts, Actor) -> Void = { facts, actor in
        facts.agency = W.word("police")
        facts.shares = [.init(agency: actor.agency, from: W.today, highest: .p4)]
    }

    static let readers: [Reader] = [
        Reader("case-officer", "case", "owns it", knows: true, own),
        Reader("case-officer", "person", "team’s", knows: true, team),
        Reader("case-officer", "case", "of their agency", knows: true),
        Reader("case-officer", "case", "listed at their panel", knows: true) { facts, actor in
            facts.agency = W.word("police")
            listed(&facts, actor)
        },
        // A supervisor guards the records of their own agency, and not those that they may only look at.
        Reader("supervisor", "case", "shared", knows: true, shared),
        Reader("supervisor", "person", "shared", knows: true, shared),
        Reader("lawyer", "case", "owns it", knows: true, own),
        Reader("lawyer", "person", "shared", knows: true, shared),
        Reader("panel-chair", "research", "not listed", knows: false),
        Reader("panel-chair", "person", "listed elsewhere and no longer here", knows: false, elsewhere),
        Reader("panel-coordinator", "case", "listed", knows: true, listed),
        Reader("panel-member", "case", "listed", knows: true, listed),
        Reader("panel-member", "person", "listed", knows: true, listed),
        Reader("advocate", "person", "team’s", knows: true, team),
        Reader("member", "case", "of their agency", knows: false),
        Reader("intake", "person", "team’s", knows: true, team),
        Reader("intake", "case", "of their agency", knows: false),
        Reader("analyst", "case", "of their agency", knows: false),
    ]

    /// What takes a guard away or opens the record to who does it.
    private static let acts: [(says: String, change: @Sendable (inout RecordFacts, Actor) -> Void)] = [
        ("made normal", { facts, _ in facts.recordClass = .normal }),
        ("made protected", { facts, _ in facts.recordClass = .protected }),
        ("made restricted", { facts, _ in facts.recordClass = .restricted }),
        ("named themselves", { facts, actor in facts.named.insert(actor.account) }),
        ("named a colleague", { facts, _ in facts.named.insert(W.account(77)) }),
        ("no longer named another", { facts, _ in facts.named.remove(W.account(50)) }),
        ("granted themselves", { facts, actor in facts.grants.append(W.grant(actor.account, seconds: 9000)) }),
        ("took a conflict back", { facts, _ in facts.conflicts = [] }),
        ("another side", { facts, _ in facts.side = .perpetrator }),
    ]

    @Test(
        "A right to see a record never takes its guards away: not its class, nor who is named, granted or in conflict",
        arguments: TestDatabase.engines, GuardRightsTests.readers)
    func neverLifted(_ engine: Engine, _ reader: Reader) throws {
        let world = try R(engine)
        let actor = W.worker(reader.role)
        func facts(_ recordClass: RecordClass, sees: Bool) -> RecordFacts {
            var facts = W.record(reader.kind, recordClass)
            facts.side = .victim
            facts.named = [W.account(50)]
            facts.conflicts = [W.account(60)]
            reader.stand(&facts, actor)
            if sees, recordClass == .restricted { facts.named.insert(actor.account) }
            if sees, recordClass == .sealed { facts.grants = [W.grant(actor.account)] }
            return facts
        }
        let walls: [(class: RecordClass, sees: Bool)] = [
            (.normal, true), (.protected, true), (.restricted, true), (.restricted, false), (.sealed, true),
            (.sealed, false),
        ]
        let entries = walls.enumerated().map { i, wall in R.entry(i + 1, facts(wall.class, sees: wall.sees)) }
        try world.put(entries)
        for (wall, entry) in zip(walls, entries) {
            // Who owns a restricted record sees it without being named.
            let isOpen = wall.sees || wall.class == .restricted && entry.facts.owner == actor.account
            let refusal: RegisterRefusal =
                isOpen && reader.knows ? .denied(.noPermission) : .absent
            for (says, act) in Self.acts {
                var changed = entry.facts
                act(&changed, actor)
                guard changed != entry.facts else { continue }
                // What they may change does not carry what they may not.
                for title in [entry.title, "Other"] {
                    let result = try world.write {
                        try world.register.change(
                            entry.id, reason: "They ask for it", on: world.occasion(actor), in: $0
                        ) {
                            $0.title = title
                            act(&$0.facts, actor)
                        }
                    }
                    #expect(result == .failure(refusal), "\(wall.class) \(isOpen) \(says)")
                }
            }
            let all = try world.write {
                try world.register.changeAll([entry.id], reason: "They ask", on: world.occasion(actor), in: $0) {
                    $0.facts.recordClass = wall.class == .normal ? .protected : .normal
                }
            }
            #expect(all == .failure(refusal), "\(wall.class) \(isOpen)")
            #expect(
                try world.database.read { try RegisterRows.entry(entry.id, now: W.now, in: $0) } == entry,
                "\(wall.class) \(isOpen)")
        }
        // They do see what is open to them: it is no missing right to look that refuses.
        let seen = try world.write { try world.register.find(R.id(1), .p1, on: world.occasion(actor), in: $0) }
        if case .found = seen { #expect(reader.isReader) } else { #expect(!reader.isReader, "\(seen)") }
    }

    @Test(
        "Who opened a protected record in an emergency reads it, and leaves it protected",
        arguments: TestDatabase.engines)
    func glass(_ engine: Engine) throws {
        let world = try R(engine)
        var facts = W.record("person", agency: "police", .protected)
        let advocate = W.worker("advocate")
        facts.glasses = [W.grant(advocate.account)]
        let entry = R.entry(1, facts)
        try world.put([entry])
        let seen = try world.write { try world.register.find(R.id(1), .p1, on: world.occasion(advocate), in: $0) }
        if case .found = seen {} else { Issue.record("The glass is broken: \(seen)") }
        for (says, act) in Self.acts {
            var changed = facts
            act(&changed, advocate)
            guard changed != facts else { continue }
            let result = try world.write {
                try world.register.change(R.id(1), reason: "They ask", on: world.occasion(advocate), in: $0) {
                    act(&$0.facts, advocate)
                }
            }
            #expect(!result.isSuccess, "\(says)")
        }
        #expect(try world.database.read { try RegisterRows.entry(R.id(1), now: W.now, in: $0) } == entry)
    }

    @Test(
        "The supervisor of the team that holds it changes its guards, with a reason", arguments: TestDatabase.engines)
    func supervisor(_ engine: Engine) throws {
        let world = try R(engine)
        let supervisor = W.worker("supervisor")
        var facts = W.record("case", .protected)
        facts.team = W.word("asb-team")
        facts.side = .victim
        facts.named = [W.account(50)]
        facts.conflicts = [W.account(60)]
        for (number, (says, act)) in Self.acts.enumerated() {
            try world.put([R.entry(number + 1, facts)])
            var wanted = facts
            act(&wanted, supervisor)
            func change(_ reason: String?) throws -> Result<RegisterEntry, RegisterRefusal> {
                try world.write {
                    try world.register.change(
                        R.id(number + 1), reason: reason, on: world.occasion(supervisor), in: $0
                    ) { act(&$0.facts, supervisor) }
                }
            }
            if wanted != facts { #expect(try change(nil) == .failure(.reasonNeeded), "\(says)") }
            #expect(try change("Agreed with the team").isSuccess, "\(says)")
            #expect(
                try world.database.read { try RegisterRows.entry(R.id(number + 1), now: W.now, in: $0) }?.facts
                    == wanted, "\(says)")
        }
    }
}
