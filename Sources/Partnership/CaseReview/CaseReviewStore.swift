public import Governance
public import Kernel
public import Storage

/// The yearly figures of case reviews. Who may compute, see and approve them is decided by the policy, and written in
/// the audit in the same transaction; so all but `published` need a connection of `Database.write`.
public struct CaseReviewStore: Sendable {
    /// What each role may do.
    let roles: RoleCatalogue

    /// A store whose answers come from these roles.
    public init(roles: RoleCatalogue) { self.roles = roles }

    /// Keeps figures as they were computed, until someone else approves them.
    /// - Throws: `StorageError`.
    public func prepare(
        _ figures: CaseReviewFigures, on occasion: Occasion, in connection: Connection
    ) throws -> Result<CaseReviewStatement, CaseReviewRefusal> {
        let id = ID<CaseReviewStatement>(at: occasion.now)
        let actor = occasion.actor
        let facts = try facts(agency: actor.agency, author: actor.account)
        let decision = decide(.create, facts, occasion)
        if let why = decision.reason {
            try refuse(why, id, occasion, connection)
            return .failure(.denied(why))
        }
        let statement = CaseReviewStatement(
            id: id, figures: figures, method: figures.method, reconciliation: figures.reconciliation,
            madeAt: occasion.now, madeBy: actor.account, madeByName: actor.name, agency: actor.agency, publication: nil)
        try CaseReviewRows.insert(statement, in: connection)
        try append(.create, id, decision, nil, occasion, connection)
        return .success(statement)
    }

    /// Computes and keeps the figures of a year from the cases there are. Whoever may not compute figures is refused before
    /// any case is looked at.
    /// - Throws: `StorageError`; a `Fault` when a case's history makes no sense.
    public func compute(
        _ year: CaseReviewYear, on occasion: Occasion, in connection: Connection
    ) throws -> Result<CaseReviewStatement, CaseReviewRefusal> {
        let facts = try facts(agency: occasion.actor.agency, author: occasion.actor.account)
        let applications =
            decide(.create, facts, occasion).isPermitted
            ? try CaseReviewHistoryRows.applications(in: connection) : []
        return try prepare(CaseReviewFigures(applications, in: year), on: occasion, in: connection)
    }

    /// What was computed and is not published, the newest first; none for who may not see it.
    /// - Throws: `StorageError`.
    public func prepared(on occasion: Occasion, in connection: Connection) throws -> [CaseReviewStatement] {
        try CaseReviewRows.prepared(in: connection).filter { statement in
            decide(.read, try facts(agency: statement.agency, author: statement.madeBy), occasion).isPermitted
        }
    }

    /// A statement, published or not, for those who may see what is being prepared.
    /// - Throws: `StorageError`.
    public func read(
        _ id: ID<CaseReviewStatement>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<CaseReviewStatement, CaseReviewRefusal> {
        let statement = try CaseReviewRows.statement(id, in: connection)
        let facts = try facts(agency: statement?.agency ?? occasion.actor.agency, author: statement?.madeBy)
        let decision = decide(.read, facts, occasion)
        if let why = decision.reason {
            try refuse(why, id, occasion, connection)
            return .failure(decision.isHidden ? .absent : .denied(why))
        }
        guard let statement else { return .failure(.absent) }
        try append(.read, id, decision, nil, occasion, connection)
        return .success(statement)
    }

    /// Approves a statement: from then on it is published, under the approver's name, for ever.
    /// - Parameter correction: what is corrected and why, when the year has published figures; nil otherwise.
    /// - Throws: `StorageError`.
    public func publish(
        _ id: ID<CaseReviewStatement>, correction: String? = nil, on occasion: Occasion, in connection: Connection
    ) throws -> Result<CaseReviewStatement, CaseReviewRefusal> {
        let statement = try CaseReviewRows.statement(id, in: connection)
        let facts = try facts(agency: statement?.agency ?? occasion.actor.agency, author: statement?.madeBy)
        let decision = decide(.publish, facts, occasion)
        if let why = decision.reason {
            try refuse(why, id, occasion, connection)
            return .failure(decision.isHidden ? .absent : .denied(why))
        }
        guard let statement else { return .failure(.absent) }
        guard statement.publication == nil else { return .failure(.published) }
        let year = statement.figures.year
        guard occasion.now.ukDate > year.to else { return .failure(.yearNotOver(year.to)) }
        guard statement.madeAt.ukDate > year.to else { return .failure(.computedEarly(year.to)) }
        let said = correction.flatMap { $0.contains { !$0.isWhitespace } ? $0 : nil }
        let earlier = try CaseReviewRows.versions(of: year, in: connection)
        if earlier > 0, said == nil { return .failure(.correctionNeeded) }
        if earlier == 0, said != nil { return .failure(.nothingToCorrect) }
        try CaseReviewRows.insert(
            CaseReviewStatement.Publication(
                version: earlier + 1, correction: said, at: occasion.now, by: occasion.actor.account,
                byName: occasion.actor.name), of: statement, in: connection)
        try append(.publish, id, decision, said, occasion, connection)
        return try CaseReviewRows.statement(id, in: connection).map { .success($0) } ?? .failure(.absent)
    }

    /// What is published, for anyone: the newest year first, and of a year the newest version first.
    /// - Throws: `StorageError`.
    public static func published(in connection: Connection) throws -> [CaseReviewStatement] {
        try CaseReviewRows.published(in: connection)
    }
}

// MARK: - Policy and audit

extension CaseReviewStore {
    private func facts(agency: Code<Agency>, author: ID<Account>?) throws -> RecordFacts {
        guard let kind = Code<RecordKind>("case-review-figures") else { throw StorageError.wrongValue(column: "kind") }
        var facts = RecordFacts(kind: kind, agency: agency)
        facts.author = author
        return facts
    }

    /// Whether the actor publishes figures that someone else computed.
    func mayPublish(_ occasion: Occasion) -> Bool {
        guard let facts = try? facts(agency: occasion.actor.agency, author: nil) else { return false }
        return decide(.publish, facts, occasion).isPermitted
    }

    private func decide(_ action: AccessAction, _ facts: RecordFacts, _ occasion: Occasion) -> AccessDecision {
        Access.decide(AccessRequest(occasion.actor, action, facts, .p0), roles: roles, now: occasion.now)
    }

    private func refuse(
        _ why: AccessDecision.Reason, _ id: ID<CaseReviewStatement>, _ occasion: Occasion, _ connection: Connection
    ) throws {
        var entry = occasion.entry(.denied, object(id), outcome: .deny)
        entry.code = why.rawValue
        entry.ruleVersion = roles.version
        try AuditLog.append(entry, in: connection)
    }

    private func append(
        _ act: AuditAct, _ id: ID<CaseReviewStatement>, _ decision: AccessDecision, _ reason: String?,
        _ occasion: Occasion, _ connection: Connection
    ) throws {
        var entry = occasion.entry(act, object(id))
        entry.by.role = decision.role
        entry.reason = reason
        entry.ruleVersion = roles.version
        try AuditLog.append(entry, in: connection)
    }

    private func object(_ id: ID<CaseReviewStatement>) -> AuditObject? {
        Code("case-review-figures").map { AuditObject($0, id: id.text) }
    }
}
