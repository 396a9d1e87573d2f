public import Governance
public import Kernel
public import Storage

extension PersonStore {
    /// What the actor's agency or roles were told of people's records, the newest first. Of a record that the actor may
    /// not read, nothing.
    /// - Throws: `StorageError`.
    public func notices(
        since: Instant, on occasion: Occasion, in connection: Connection
    ) throws -> [RegisterNotice] {
        let actor = occasion.actor
        let sent = try RegisterNotice.sent(to: actor.agency, roles: actor.roles, since: since, in: connection)
        return try sent.reversed().filter { notice in
            guard let record = notice.record, notice.agency == actor.agency else { return notice.role != nil }
            // Whose agency broke the glass need not read the record to be told that it was misuse: it names nobody.
            if notice.kind == .misuse { return supervises(actor, now: occasion.now) }
            let told = try register.recipients(
                of: record, among: [actor], for: .read, now: occasion.now, in: connection)
            return !told.isEmpty
        }
    }

    /// Whether the actor decides over the records of people that their agency holds.
    private func supervises(_ actor: Actor, now: Instant) -> Bool {
        guard let kind = Code<RecordKind>("person") else { return false }
        let facts = RecordFacts(kind: kind, agency: actor.agency)
        return Access.decide(AccessRequest(actor, .grant, facts, .p0), roles: register.roles, now: now).isPermitted
    }

    /// Whether any role of the actor, or of those for whom they stand in, finds people at all, wherever these are held.
    public func isOpen(to actor: Actor, for action: AccessAction = .search) -> Bool {
        Code("person").map { register.roles.opens($0, for: action, to: actor) } ?? false
    }
}
