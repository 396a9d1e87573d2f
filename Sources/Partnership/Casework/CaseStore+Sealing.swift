internal import Governance
public import Kernel
public import Storage

// MARK: - Sealed cases

/// A case of a sealed type exists for nobody but those to whom it is granted: who opened it and the chairs of the sealed
/// panels that hear its type, until a chair grants it to others.
extension CaseStore {
    /// How long a grant lasts that comes with the case itself, in days. A chair's own lasts as `GuardChange` says.
    static let grantDays: Int64 = 366

    /// Who chairs a sealed panel that hears cases of this type, as far as the partnership has one.
    /// - Throws: `StorageError`.
    func chairs(
        of type: CaseType, on day: LocalDate, in connection: Connection
    ) throws -> Set<ID<Account>> {
        let kind = try CaseStore.kind()
        let roles = register.roles.roles.filter { role in
            role.permissions.contains {
                $0.kinds.contains(kind) && $0.actions.contains(.grant) && $0.reach.contains(.granted)
            }
        }
        var chairs: Set<ID<Account>> = []
        for panel in panels(hearing: type) {
            chairs.formUnion(
                try AccountNames.sitting(on: panel, on: day, holding: roles.map(\.code), in: connection)
                    .map(\.account))
        }
        return chairs
    }

    /// The sealed panels of the partnership that hear a type.
    func panels(hearing type: CaseType) -> [Code<Panel>] {
        sealedPanels.filter { type.panels.contains($0.kind) }.map(\.code)
    }

    /// Whether a case of this type would be open to a panel's chair at once, who then decides who else sees it.
    public func isChaired(_ type: CaseType) -> Bool { type.isSealed && !panels(hearing: type).isEmpty }

    /// Grants sealed cases that no chair can open any more, since chairs change and grants end, to those who chair their
    /// panels today. Nobody else could grant them to anyone.
    /// - Returns: how many cases there were.
    /// - Throws: `StorageError`.
    public func keepChaired(at now: Instant, in connection: Connection) throws -> Int {
        var count = 0
        for type in catalogue.types where isChaired(type) {
            let chairs = try chairs(of: type, on: now.ukDate, in: connection)
            guard !chairs.isEmpty else { continue }
            let unchaired = try connection.rows(
                """
                SELECT r.id FROM register_records r JOIN cases c ON c.id = r.id
                WHERE r.class = 'sealed' AND c.type = \(type.code) AND NOT EXISTS (SELECT 1 FROM register_grants g
                    WHERE g.record = r.id AND g.until > \(now) AND g.account IN (\(list: chairs.sorted())))
                """)
            for row in unchaired {
                let until = now.advanced(bySeconds: CaseStore.grantDays * 86_400)
                try register.grantOn(try row.get("id"), to: chairs, until: until, at: now, in: connection)
                count += 1
            }
        }
        return count
    }
}
