public import Casework
public import Enforcement
public import Governance
public import Kernel
internal import Rules
public import Storage

/// What was counted of a cohort for a month, as it was counted then. It never changes: what is recorded later about that
/// month changes the figures of today, and not those that were reported.
public struct CohortSnapshot: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<CohortSnapshot>
    /// The cohort.
    public let cohort: Code<CohortDefinition>
    /// The figures.
    public let figures: CohortFigures
    /// SHA-256 of the definition under which it was counted, in hexadecimal.
    public let definition: String
    /// When it was counted.
    public let madeAt: Instant
    /// The name of who had it counted.
    public let madeByName: String
}

/// Why figures are not counted or kept.
public enum CohortRefusal: Error, Hashable, Sendable {
    /// What the policy says.
    case denied(AccessDecision.Reason)
    /// There is no such cohort, or none for the actor.
    case absent
    /// The month is not over.
    case monthNotOver
    /// The month was counted already, and stays as it was.
    case keptAlready
}

/// The monthly figures of cohorts. Who may count and see them the policy decides, and the audit keeps it in the same
/// transaction; so all of these need a connection of `Database.write`.
public struct CohortStore: Sendable {
    /// The cohorts.
    public let catalogue: CohortCatalogue
    /// The cases that are counted.
    public let cases: CaseStore
    /// The orders whose breaches are counted.
    public let orders: OrderStore

    /// A store.
    public init(_ catalogue: CohortCatalogue, cases: CaseStore, orders: OrderStore) {
        self.catalogue = catalogue
        self.cases = cases
        self.orders = orders
    }

    /// Counts a cohort for a month from what is recorded today. Nothing is kept.
    /// - Throws: `StorageError`; a `Fault` when a rule is missing.
    public func count(
        _ code: Code<CohortDefinition>, for month: Month, on occasion: Occasion, in connection: Connection
    ) throws -> Result<CohortFigures, CohortRefusal> {
        guard let cohort = catalogue.cohort(code) else { return .failure(.absent) }
        let people: Result<[CohortPerson], RegisterRefusal>
        switch try cases.histories(of: cohort.caseType, on: occasion, in: connection) {
        case .success(let histories):
            people = try self.people(histories, of: cohort, in: connection) {
                try orders.offences(of: $0, on: occasion, in: connection)
            }
        case .failure(let refusal): people = .failure(refusal)
        }
        switch people {
        case .success(let people):
            return .success(try CohortFigures(month, of: cohort, people, under: cases.policy))
        case .failure(.denied(let reason)): return .failure(.denied(reason))
        case .failure: return .failure(.absent)
        }
    }

    /// Counts a month that is over and keeps it for ever.
    /// - Throws: `StorageError`; a `Fault` when a rule is missing.
    public func keep(
        _ code: Code<CohortDefinition>, for month: Month, on occasion: Occasion, in connection: Connection
    ) throws -> Result<CohortSnapshot, CohortRefusal> {
        guard let cohort = catalogue.cohort(code) else { return .failure(.absent) }
        if let why = decide(.create, occasion).reason {
            try log(.denied, code, month, occasion, in: connection)
            return .failure(.denied(why))
        }
        guard occasion.now.ukDate > month.lastDay else { return .failure(.monthNotOver) }
        guard try !isKept(code, for: month, in: connection) else { return .failure(.keptAlready) }
        return try count(code, for: month, on: occasion, in: connection).flatMapThrows { figures in
            let snapshot = CohortSnapshot(
                id: ID(at: occasion.now), cohort: code, figures: figures, definition: cohort.digest,
                madeAt: occasion.now, madeByName: occasion.actor.name)
            try insert(snapshot, by: occasion.actor.account.text, in: connection)
            try log(.create, code, month, occasion, in: connection)
            return .success(snapshot)
        }
    }

    /// Counts the month that is over last, of each cohort with people in it, and keeps what nobody kept yet: reports of a
    /// month say what was known when it ended. The partnership does it by itself; the audit keeps it.
    /// - Returns: how many were kept.
    /// - Throws: `StorageError`; a `Fault` when a rule is missing.
    @discardableResult
    public func keepLastMonth(at now: Instant, in connection: Connection) throws -> Int {
        let month = now.ukDate.month.advanced(by: -1)
        var count = 0
        for cohort in catalogue.cohorts where try !isKept(cohort.code, for: month, in: connection) {
            let histories = try cases.recordedHistories(of: cohort.caseType, in: connection)
            guard histories.contains(where: { $0.openedOn <= month.lastDay }) else { continue }
            let people = try self.people(histories, of: cohort, in: connection) {
                .success(try orders.recordedOffences(of: $0, in: connection))
            }.get()
            let snapshot = CohortSnapshot(
                id: ID(at: now), cohort: cohort.code,
                figures: try CohortFigures(month, of: cohort, people, under: cases.policy),
                definition: cohort.digest, madeAt: now, madeByName: "Concord")
            try insert(snapshot, by: "system", in: connection)
            let object = Code("cohort-figures").map {
                AuditObject($0, id: cohort.code.text, fields: [month.description])
            }
            try AuditLog.append(
                AuditEntry(
                    at: now, by: AuditParty(kind: .system), act: .create, object: object, request: "housekeeping"),
                in: connection)
            count += 1
        }
        return count
    }

    private func isKept(
        _ code: Code<CohortDefinition>, for month: Month, in connection: Connection
    ) throws -> Bool {
        try connection.first(
            "SELECT id FROM cohort_snapshots WHERE cohort = \(code) AND month = \(month.description)") != nil
    }

    private func insert(_ snapshot: CohortSnapshot, by maker: String, in connection: Connection) throws {
        let text = String(decoding: snapshot.figures.json.encoded(indented: false), as: UTF8.self)
        try connection.run(
            """
            INSERT INTO cohort_snapshots (id, cohort, month, figures, definition, made_at, made_by, made_by_name)
            VALUES (\(snapshot.id), \(snapshot.cohort), \(snapshot.figures.month.description), \(text),
                \(snapshot.definition), \(snapshot.madeAt), \(maker), \(snapshot.madeByName))
            """)
    }

    /// The months that were kept, the oldest first, for who may read figures of cohorts.
    /// - Throws: `StorageError`.
    public func snapshots(
        of code: Code<CohortDefinition>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<[CohortSnapshot], CohortRefusal> {
        if let why = decide(.read, occasion).reason { return .failure(.denied(why)) }
        let snapshots = try connection.rows(
            "SELECT * FROM cohort_snapshots WHERE cohort = \(code) ORDER BY month"
        ).map { row in
            let text: String = try row.get("figures")
            guard let figures = CohortFigures(json: try JSON(parsing: Array(text.utf8), from: "cohort_snapshots"))
            else { throw StorageError.wrongValue(column: "figures") }
            return CohortSnapshot(
                id: try row.get("id"), cohort: try row.get("cohort"), figures: figures,
                definition: try row.get("definition"), madeAt: try row.get("made_at"),
                madeByName: try row.get("made_by_name"))
        }
        return .success(snapshots)
    }

    /// Whether the actor may count and keep a month.
    public func mayKeep(_ occasion: Occasion) -> Bool { decide(.create, occasion).isPermitted }

    private func decide(_ action: AccessAction, _ occasion: Occasion) -> AccessDecision {
        guard let kind = Code<RecordKind>("cohort-figures") else { return .deny(.noPermission, hidden: true) }
        let facts = RecordFacts(kind: kind, agency: occasion.actor.agency)
        return Access.decide(
            AccessRequest(occasion.actor, action, facts, .p0), roles: cases.register.roles, now: occasion.now)
    }

    private func log(
        _ act: AuditAct, _ code: Code<CohortDefinition>, _ month: Month, _ occasion: Occasion, in connection: Connection
    ) throws {
        let object = Code("cohort-figures").map { AuditObject($0, id: code.text, fields: [month.description]) }
        try AuditLog.append(occasion.entry(act, object, outcome: act == .denied ? .deny : .permit), in: connection)
    }
}

extension Result {
    fileprivate func flatMapThrows<Other>(
        _ transform: (Success) throws -> Result<Other, Failure>
    ) throws -> Result<Other, Failure> {
        switch self {
        case .success(let value): try transform(value)
        case .failure(let error): .failure(error)
        }
    }
}
