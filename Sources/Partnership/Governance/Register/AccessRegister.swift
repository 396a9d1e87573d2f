public import Kernel
public import Storage

/// The register of all records that someone might not be allowed to see. Every area registers its records here and asks
/// here before it shows, finds, counts, exports or tells of one; the answers come from `Access.decide` alone.
///
/// What is read or refused is written in the audit in the same transaction, so that all of these need a connection of
/// `Database.write`. A record that is hidden and one that is not there give the same answer at the same cost.
public struct AccessRegister: Sendable {
    /// What each role may do.
    public let roles: RoleCatalogue

    /// A register whose answers come from these roles.
    public init(roles: RoleCatalogue) { self.roles = roles }

    /// What the policy says to an action on a record that is at hand. Writes nothing.
    public func decide(
        _ action: AccessAction, _ fieldClass: FieldClass, on entry: RegisterEntry, by actor: Actor, now: Instant,
        purpose: Code<Purpose>? = nil
    ) -> AccessDecision {
        Access.decide(
            AccessRequest(actor, action, entry.facts, fieldClass, purpose: purpose), roles: roles, now: now)
    }

    /// Looks one record up, to read it or to do something else with it.
    /// - Parameters:
    ///   - fieldClass: the highest class among the fields to be seen; nil for the title's.
    ///   - reason: why, in the actor's words, where the policy asks.
    ///   - detail: what the audit keeps of the fields.
    /// - Returns: `absent` both for a record that is hidden and for one that is not there. The title of a found record is
    ///   empty when its class is above what the actor may see.
    /// - Throws: `StorageError`.
    public func find(
        _ id: ID<Registered>, for action: AccessAction = .read, _ fieldClass: FieldClass? = nil,
        purpose: Code<Purpose>? = nil, reason: String? = nil, detail: RegisterDetail = .none, on occasion: Occasion,
        in connection: Connection
    ) throws -> RegisterFinding {
        guard let entry = try RegisterRows.entry(id, now: occasion.now, in: connection) else {
            try refuse(id, "absent", on: occasion, in: connection)
            return .absent
        }
        let depth = fieldClass ?? entry.titleClass
        let decision = decide(action, depth, on: entry, by: occasion.actor, now: occasion.now, purpose: purpose)
        let reason = AccessRegister.given(reason)
        if let why = decision.reason {
            try refuse(id, why.rawValue, on: occasion, in: connection)
            return decision.isHidden ? .absent : .refused(item(entry, by: occasion), why)
        }
        if decision.isMasked { return .refused(item(entry, by: occasion), .glass) }
        if decision.obligations.contains(.reason), reason == nil { return .reasonNeeded(item(entry, by: occasion)) }
        if decision.obligations.contains(.audit), let act = action.audited {
            try append(act, entry, depth, decision.role, reason: reason, detail, on: occasion, in: connection)
        }
        return .found(titled(entry, for: action, depth, by: occasion), decision)
    }

    /// Who of these may be told about a record. Nobody else learns of it.
    /// - Parameter action: what they must be allowed to do with it; `read` for what waits for them on a page.
    /// - Throws: `StorageError`.
    public func recipients(
        of id: ID<Registered>, among actors: [Actor], for action: AccessAction = .notify, now: Instant,
        in connection: Connection
    ) throws -> [Actor] {
        guard let entry = try RegisterRows.entry(id, now: now, in: connection) else { return [] }
        return actors.filter { decide(action, .p0, on: entry, by: $0, now: now).isPermitted }
    }

    /// What the register knows of records that a list has shown already. Writes nothing.
    /// - Throws: `StorageError`.
    public func entries(
        _ ids: [ID<Registered>], now: Instant, in connection: Connection
    ) throws -> [ID<Registered>: RegisterEntry] {
        guard !ids.isEmpty else { return [:] }
        let rows = try connection.rows(
            "SELECT \(RegisterRows.columns) FROM register_records r WHERE r.id IN (\(list: ids))")
        let entries = try RegisterRows.entries(rows, now: now, in: connection)
        return Dictionary(uniqueKeysWithValues: entries.map { ($0.id, $0) })
    }

    /// A record as a list shows it to the actor: with its title only where they may see it.
    func item(_ entry: RegisterEntry, by occasion: Occasion, for action: AccessAction = .list) -> RegisterItem {
        let decision = decide(action, entry.titleClass, on: entry, by: occasion.actor, now: occasion.now)
        return RegisterItem(
            id: entry.id, kind: entry.facts.kind, agency: entry.facts.agency,
            title: decision.isPermitted ? entry.title : nil)
    }

    /// A record without its title, where what was asked for lies below the title's class and the actor may not see it.
    private func titled(
        _ entry: RegisterEntry, for action: AccessAction, _ depth: FieldClass, by occasion: Occasion
    ) -> RegisterEntry {
        guard depth < entry.titleClass, item(entry, by: occasion, for: action).title == nil else { return entry }
        var entry = entry
        entry.title = ""
        return entry
    }

    /// A reason that is more than spaces, or nil.
    static func given(_ reason: String?) -> String? {
        guard let reason, reason.contains(where: { !$0.isWhitespace }) else { return nil }
        return reason
    }
}

// MARK: - Audit

extension AccessRegister {
    func refuse(_ id: ID<Registered>, _ code: String, on occasion: Occasion, in connection: Connection) throws {
        var entry = occasion.entry(.denied, Code("record").map { AuditObject($0, id: id.text) }, outcome: .deny)
        entry.code = code
        entry.ruleVersion = roles.version
        try AuditLog.append(entry, in: connection)
    }

    /// Writes that the actor did to a record what its area permits them beside the policy: an action's owner closes it.
    /// - Parameter reason: why, in the actor's words.
    /// - Throws: `StorageError`.
    public func note(
        _ act: AuditAct, _ id: ID<Registered>, _ fieldClass: FieldClass, reason: String? = nil,
        _ detail: RegisterDetail,
        on occasion: Occasion, in connection: Connection
    ) throws {
        guard let entry = try RegisterRows.entry(id, now: occasion.now, in: connection) else { return }
        try append(act, entry, fieldClass, nil, reason: reason, detail, on: occasion, in: connection)
    }

    /// Writes that an area refused what the policy alone would have permitted.
    /// - Throws: `StorageError`.
    public func noteRefusal(
        of id: ID<Registered>, _ reason: AccessDecision.Reason, on occasion: Occasion, in connection: Connection
    ) throws {
        try refuse(id, reason.rawValue, on: occasion, in: connection)
    }

    func append(
        _ act: AuditAct, _ record: RegisterEntry, _ fieldClass: FieldClass, _ role: Code<Role>?, reason: String?,
        _ detail: RegisterDetail = .none, on occasion: Occasion, in connection: Connection
    ) throws {
        let object = Code(record.facts.kind.text).map {
            AuditObject(
                $0, id: record.id.text, version: record.version, fields: detail.fields,
                classification: record.facts.recordClass == .normal
                    ? fieldClass.text : record.facts.recordClass.rawValue)
        }
        var entry = occasion.entry(act, object)
        entry.by.role = role
        entry.before = detail.before
        entry.after = detail.after
        entry.reason = reason
        entry.ruleVersion = roles.version
        entry.subjects = [AuditSubject(record.id)] + detail.accounts.map { AuditSubject($0) }
        try AuditLog.append(entry, in: connection)
    }
}

extension AccessAction {
    /// The act under which the audit keeps it; nil where the area keeps it itself or nothing is shown.
    var audited: AuditAct? {
        switch self {
        case .read: .read
        case .list: .list
        case .search: .search
        case .update, .attach: .update
        case .export: .export
        case .print: .print
        case .share: .disclose
        case .merge: .merge
        case .delete: .delete
        case .grant, .administer: .permission
        case .publish: .publish
        case .create, .count, .notify, .breakGlass, .reviewBreakGlass, .run: nil
        }
    }
}
