public import Governance
public import Kernel
public import Storage

/// What kind of organisation it is (casework.md §2.1).
public enum OrganisationKind: String, CaseIterable, Sendable {
    case police, council, fire, health, probation, housing, education, voluntary, transport, business, faith, other
    case youthJustice = "youth-justice"
}

/// An organisation that people have to do with. It is nobody's personal data: whoever works with people sees it.
public struct Organisation: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<Organisation>
    /// Its name.
    public var name: String
    /// What kind it is.
    public var kind: OrganisationKind
    /// How it is reached: its office, not where it takes people in.
    public var contact: String?
    /// The last day of its work; nil while it works.
    public var endedOn: LocalDate?
    /// Counts its changes, from 1.
    public let version: Int64
}

// MARK: - Organisations

extension PersonStore {
    /// All organisations, by name; nothing for who may not work with people.
    /// - Throws: `StorageError`.
    public func organisations(on occasion: Occasion, in connection: Connection) throws -> [Organisation] {
        guard isOpen(to: occasion.actor) else { return [] }
        return try connection.rows(
            "SELECT id, name, kind, contact, ended_on, version FROM organisations ORDER BY LOWER(name), id"
        ).map { row in
            guard let kind = OrganisationKind(rawValue: try row.get("kind")) else {
                throw StorageError.wrongValue(column: "kind")
            }
            return Organisation(
                id: try row.get("id"), name: try row.get("name"), kind: kind, contact: try row.optional("contact"),
                endedOn: try row.optional("ended_on"), version: try row.get("version"))
        }
    }

    /// Adds an organisation, or changes one. Whoever may record people may.
    /// - Parameter old: which one, as the actor saw it; nil to add one.
    /// - Throws: `StorageError`.
    public func setOrganisation(
        _ old: Organisation?, name: String, kind: OrganisationKind, contact: String?, endedOn: LocalDate?,
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PartRefusal> {
        guard isOpen(to: occasion.actor, for: .create) else { return .failure(.register(.denied(.noPermission))) }
        guard let name = PartText.line(name) else {
            return .failure(.problems([PartProblem("name", "Enter the name of the organisation")]))
        }
        let same = try organisations(on: occasion, in: connection).first {
            $0.id != old?.id && $0.name.lowercased() == name.lowercased()
        }
        if same != nil {
            return .failure(.problems([PartProblem("name", "An organisation of that name is recorded already")]))
        }
        let contact = PartText.lines(contact, longest: 500)
        let id = old?.id ?? ID<Organisation>(at: occasion.now)
        let account = occasion.actor.account
        var act = occasion.entry(
            old == nil ? .create : .update,
            Code("organisation").map { AuditObject($0, id: id.text, version: (old?.version ?? 0) + 1) })
        act.results = 1
        try AuditLog.append(act, in: connection)
        guard let old else {
            try connection.run(
                """
                INSERT INTO organisations (id, name, kind, contact, agency, ended_on, version, changed_at, changed_by)
                VALUES (\(id), \(name), \(kind.rawValue), \(contact), \(occasion.actor.agency), \(endedOn), 1,
                    \(occasion.now), \(account))
                """)
            return .success(())
        }
        let changed = try connection.run(
            """
            UPDATE organisations
            SET name = \(name), kind = \(kind.rawValue), contact = \(contact), ended_on = \(endedOn),
                version = version + 1, changed_at = \(occasion.now), changed_by = \(account)
            WHERE id = \(id) AND version = \(old.version)
            """)
        return changed == 1 ? .success(()) : .failure(.changedMeanwhile)
    }
}
