public import Governance
public import Kernel
internal import People
public import Storage

// MARK: - Sealed cases

/// A case of a sealed type exists for nobody but those to whom it is granted: who opened it and the chairs of the sealed
/// panels of their agency that hear its type, until a chair grants it to others.
extension CaseStore {
    /// How long a grant lasts that comes with the case itself, in days.
    static let grantDays: Int64 = 366

    /// The sealed panels that hear a type and on which an agency sits.
    func panels(hearing type: CaseType, of agency: Code<Agency>) -> [Code<Panel>] {
        sealedPanels.filter { type.panels.contains($0.kind) && $0.agencies.contains(agency) }.map(\.code)
    }

    /// Whether a case of this type would be open to a panel's chair at once, who then decides who else sees it.
    public func isChaired(_ type: CaseType, of agency: Code<Agency>) -> Bool {
        type.isSealed && !panels(hearing: type, of: agency).isEmpty
    }

    /// Who chairs one of these panels: sits there and may grant what is sealed.
    /// - Throws: `StorageError`.
    func chairs(of panels: [Code<Panel>], on day: LocalDate, in connection: Connection) throws -> Set<ID<Account>> {
        let kind = try CaseStore.kind()
        let roles = register.roles.roles.filter { role in
            role.permissions.contains {
                $0.kinds.contains(kind) && $0.actions.contains(.grant) && $0.reach.contains(.granted)
            }
        }
        return try panels.reduce(into: []) { chairs, panel in
            chairs.formUnion(
                try AccountNames.sitting(on: panel, on: day, holding: roles.map(\.code), in: connection)
                    .map(\.account))
        }
    }

    /// Whether the actor may seal a case, or decide who sees one that is sealed: only a chair, and where a sealed panel
    /// hears its type, one who sits there today.
    public func maySeal(_ facts: RecordFacts, _ type: CaseType, by actor: Actor, now: Instant) -> Bool {
        guard PersonStore(roles: register.roles).maySeal(facts, by: actor, now: now) else { return false }
        let panels = panels(hearing: type, of: facts.agency)
        return panels.isEmpty
            || actor.panels.contains { panels.contains($0.panel) && $0.holds(on: now.ukDate) }
    }

    /// Why someone cannot take something on in a sealed case: it is not open to them, and only a chair opens it.
    static func unopened(
        _ facts: RecordFacts, to account: ID<Account>, _ field: String, _ now: Instant
    ) -> AnswerProblem? {
        guard facts.recordClass == .sealed, !facts.isGranted(to: account, now: now) else { return nil }
        return AnswerProblem(field, "The case is sealed. Ask the chair of its panel to open it to them first")
    }

    // MARK: - Keeping them open

    /// Keeps every sealed case open to someone: to those who chair its panels today, or where it has none, to who answers
    /// for it when nobody is left. What chairs were granted ends when they no longer chair. Nobody else could do it.
    /// - Returns: how many cases changed.
    /// - Throws: `StorageError`.
    public func keepChaired(at now: Instant, in connection: Connection) throws -> Int {
        var count = 0
        for row in try connection.rows("SELECT id FROM register_records WHERE kind = 'case' AND class = 'sealed'") {
            let caseID: ID<CaseRecord> = try row.get("id")
            let id = ID<Registered>(caseID)
            guard let facts = try register.entries([id], now: now, in: connection)[id]?.facts,
                let record = try CaseRows.record(caseID, in: connection)
            else { continue }
            // Of a type that is switched off, the panels that have heard the case.
            let own = catalogue.type(record.type).map { self.panels(hearing: $0, of: facts.agency) } ?? []
            let panels = own.isEmpty ? Array(Set(facts.listings.map(\.panel))).sorted() : own
            let chairs = try chairs(of: panels, on: now.ukDate, in: connection).subtracting(facts.conflicts)
            let grants = CaseStore.grants(facts, chairs: chairs, now: now)
            guard Set(grants) != Set(facts.grants) else { continue }
            try register.grantOn(id, grants, at: now, in: connection)
            count += 1
        }
        return count
    }

    /// The grants as they should be: none of a chair who is none any more; each chair has one where none of them does.
    static func grants(_ facts: RecordFacts, chairs: Set<ID<Account>>, now: Instant) -> [RecordFacts.Grant] {
        let until = now.advanced(bySeconds: grantDays * 86_400)
        var grants = facts.grants.filter { !$0.isChairs || chairs.contains($0.account) }
        func isOpen(_ accounts: some Sequence<ID<Account>>) -> Bool {
            accounts.contains { account in grants.contains { $0.account == account && now < $0.until } }
        }
        if !chairs.isEmpty, !isOpen(chairs) {
            grants.removeAll { chairs.contains($0.account) }
            grants += chairs.sorted().map { .init(account: $0, until: until, isChairs: true) }
        } else if chairs.isEmpty, let owner = facts.owner, !isOpen(grants.map(\.account)) {
            grants.removeAll { $0.account == owner }
            grants.append(.init(account: owner, until: until))
        }
        return grants
    }
}
