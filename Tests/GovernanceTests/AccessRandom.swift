import Kernel

@testable import Governance

/// Random people and records, from a seed.
struct AccessRandom {
    typealias W = AccessWorld
    var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    static let agencies = ["council", "police", "haven"]
    static let kinds = ["report", "case", "person", "minutes", "order", "disclosure", "assessment"]
    private static let panels = ["marac", "iom"]
    private static let teams = ["asb-team", "housing"]

    private mutating func pick<T>(_ all: [T]) -> T { all[random.below(all.count)] }

    private mutating func some<T: Hashable>(_ all: [T], _ chance: Double) -> Set<T> {
        Set(all.filter { _ in random.chance(chance) })
    }

    private mutating func day() -> LocalDate { W.today.advanced(by: random.below(5) - 2) }

    mutating func actor(_ number: Int, roles: [String] = AccessTable.roles) -> Actor {
        var actor = W.worker(number: number, agency: pick(Self.agencies))
        actor.roles = Set((0...random.below(3)).map { _ in W.word(pick(roles)) })
        actor.teams = [W.word(pick(Self.teams))]
        actor.panels = Self.panels.filter { _ in random.chance(0.5) }.map {
            PanelMembership(panel: W.word($0), from: day(), until: random.chance(0.5) ? day() : nil)
        }
        actor.side = random.chance(0.5) ? .victim : pick([nil, .perpetrator, .child])
        actor.kind = random.chance(0.9) ? .person : .client
        actor.secondFactorAt = random.chance(0.9) ? W.now.advanced(bySeconds: -Int64(random.below(1800))) : nil
        actor.clearedUntil = random.chance(0.7) ? nil : day()
        return actor
    }

    mutating func facts(people: Int) -> RecordFacts {
        let everyone = (1...people).map { W.account($0) }
        var facts = W.record(pick(Self.kinds), agency: pick(Self.agencies))
        facts.recordClass = random.chance(0.5) ? .normal : pick(RecordClass.allCases)
        facts.team = random.chance(0.5) ? W.word(pick(Self.teams)) : nil
        facts.owner = random.chance(0.5) ? pick(everyone) : nil
        facts.author = random.chance(0.5) ? pick(everyone) : nil
        facts.involved = some(everyone, 0.1)
        facts.named = some(everyone, 0.3)
        facts.conflicts = some(everyone, 0.1)
        facts.side = random.chance(0.3) ? pick(SubjectSide.allCases) : nil
        facts.shares = (0..<random.below(3)).map { _ in
            .init(
                agency: W.word(pick(Self.agencies)), from: day(), until: random.chance(0.5) ? day() : nil,
                highest: pick(FieldClass.allCases))
        }
        facts.listings = (0..<random.below(2)).map { _ in
            .init(
                panel: W.word(pick(Self.panels)), from: day(), until: random.chance(0.5) ? day() : nil,
                agencies: random.chance(0.5) ? [] : some(Self.agencies.map { W.word($0) }, 0.5))
        }
        facts.grants = some(everyone, 0.3).sorted().map { W.grant($0, seconds: Int64(random.below(3)) - 1) }
        if facts.recordClass == .protected {
            facts.glasses = some(everyone, 0.2).sorted().map { W.grant($0, seconds: Int64(random.below(2)) * 60 + 1) }
        }
        return facts
    }
}

/// What may be read, worked out record by record from the table that was written by hand. Shares no code with the policy.
struct AccessOracle {
    let table: AccessTable

    func mayRead(_ actor: Actor, _ facts: RecordFacts, _ field: FieldClass) -> Bool {
        may(.read, actor, facts, field)
    }

    /// For `read`, and for `list`, `search`, `export` and `notify`, which are read and more.
    func may(_ action: AccessAction, _ actor: Actor, _ facts: RecordFacts, _ field: FieldClass) -> Bool {
        let me = actor.account
        let isHome = facts.agency == actor.agency
        let granted = facts.grants.contains { $0.account == me && $0.until > AccessWorld.now }
        // Walls.
        if facts.conflicts.contains(me) { return false }
        if facts.recordClass == .restricted, !facts.named.contains(me), !(facts.owner == me && isHome) { return false }
        if facts.recordClass == .sealed, !granted { return false }
        if field == .p4, !granted { return false }
        if field == .p3, actor.side != facts.side ?? .victim { return false }
        if field == .p4, actor.side == .perpetrator, facts.side != .perpetrator { return false }
        if field == .p4, let side = facts.side, side != actor.side { return false }
        // The moment.
        let isSealed = facts.recordClass == .sealed || field == .p4
        if actor.kind == .client, isSealed || field > .p1 { return false }
        if actor.kind == .person, isSealed || field > .p0 {
            if let last = actor.clearedUntil, last < AccessWorld.today { return false }
            guard let shown = actor.secondFactorAt else { return false }
            if isSealed, AccessWorld.now.seconds(since: shown) > 900 { return false }
        }
        // The table, standing by standing.
        var depths: [String: FieldClass] = ["any": .p4]
        func stands(_ name: String, _ holds: Bool, _ depth: FieldClass = .p4) { if holds { depths[name] = depth } }
        stands("agency", isHome)
        stands("own", isHome && facts.owner == me)
        stands("team", isHome && facts.team.map(actor.teams.contains) == true)
        stands("involved", facts.involved.contains(me))
        stands(
            "listed",
            facts.listings.contains { listing in
                isNow(listing.from, listing.until)
                    && actor.panels.contains { $0.panel == listing.panel && isNow($0.from, $0.until) }
                    && (listing.agencies.isEmpty || listing.agencies.contains(actor.agency))
            })
        let shares = facts.shares.filter { $0.agency == actor.agency && isNow($0.from, $0.until) }
        stands("shared", !shares.isEmpty, shares.map(\.highest).max() ?? .p0)
        let isOpen = facts.glasses.contains { $0.account == me && $0.until > AccessWorld.now }
        stands("glass", facts.recordClass == .protected && isOpen)
        stands("granted", facts.recordClass == .sealed && granted)
        let isAtWork = ["own", "team", "involved"].contains { depths[$0] != nil }
        if facts.recordClass == .protected, !isAtWork, !(action == .read && isOpen) { return false }
        return actor.roles.contains { role in
            depths.contains { name, depth in
                let cell = AccessTable.Cell(role: role.text, kind: facts.kind.text, standing: name, action: action)
                guard let highest = table.highest[cell], table.purposes[cell] == nil else { return false }
                return field.rawValue <= min(highest, depth.rawValue)
            }
        }
    }

    private func isNow(_ from: LocalDate, _ until: LocalDate?) -> Bool {
        from <= AccessWorld.today && (until ?? AccessWorld.today) >= AccessWorld.today
    }
}
