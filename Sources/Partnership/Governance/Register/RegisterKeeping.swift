public import Kernel
public import Storage

// MARK: - What the program keeps open by itself

extension AccessRegister {
    /// Sets for whom a sealed record is open, as its area's rule of chairs says. It asks no policy: the program does it by
    /// itself.
    /// - Throws: `StorageError`.
    public func grantOn(
        _ id: ID<Registered>, _ grants: [RecordFacts.Grant], at now: Instant, in connection: Connection
    ) throws {
        try keep(id, of: .sealed, at: now, in: connection) { $0.grants = grants }
    }

    /// Names those who supervise its agency today on every restricted record that is open to nobody any more: everyone who
    /// was named on it, and whoever it belongs to, has left or has a conflict of interest with it. Without them nobody
    /// could find it, hand it on or lift the restriction.
    /// - Returns: how many records changed.
    /// - Throws: `StorageError`.
    public func keepRestrictedOpen(at now: Instant, in connection: Connection) throws -> Int {
        var count = 0
        for row in try connection.rows("SELECT id FROM register_records WHERE class = 'restricted' ORDER BY id") {
            let id: ID<Registered> = try row.get("id")
            guard let facts = try RegisterRows.entry(id, now: now, in: connection)?.facts else { continue }
            var holders = facts.named
            if let owner = facts.owner {
                // Whoever went to another agency no longer holds it.
                let agency = try AccountStore.standing(of: owner, at: now, in: connection)?.actor.agency
                if agency ?? facts.agency == facts.agency { holders.insert(owner) }
            }
            holders.subtract(facts.conflicts)
            guard try holders.allSatisfy({ try AccountNames.hasLeft($0, in: connection) }) else { continue }
            let supervisors = try AccountNames.supervising(facts.agency, on: now.ukDate, in: connection)
                .subtracting(facts.conflicts)
            guard !supervisors.isSubset(of: facts.named) else { continue }
            try keep(id, of: .restricted, at: now, in: connection) { $0.named.formUnion(supervisors) }
            count += 1
        }
        return count
    }

    private func keep(
        _ id: ID<Registered>, of recordClass: RecordClass, at now: Instant, in connection: Connection,
        _ body: (inout RecordFacts) -> Void
    ) throws {
        guard let before = try RegisterRows.entry(id, now: now, in: connection),
            before.facts.recordClass == recordClass
        else { return }
        var after = before
        body(&after.facts)
        after.version += 1
        after.changedAt = now
        guard try RegisterRows.update(after, in: connection) else { return }
        let detail = RegisterDetail.guards(from: before.facts, to: after.facts)
        var act = AuditEntry(
            at: now, by: AuditParty(kind: .system), act: .permission,
            object: Code(before.facts.kind.text).map {
                AuditObject(
                    $0, id: id.text, version: after.version, fields: detail.fields,
                    classification: recordClass.rawValue)
            }, request: "housekeeping")
        act.before = detail.before
        act.after = detail.after
        act.ruleVersion = roles.version
        act.subjects = [AuditSubject(id)] + detail.accounts.map { AuditSubject($0) }
        try AuditLog.append(act, in: connection)
    }
}
