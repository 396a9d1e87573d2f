public import Casework
public import Governance
public import Kernel
internal import People
internal import Rules
public import Storage

/// What a look at a review gave.
public enum CaseReviewFinding: Sendable {
    /// The review, as far as the actor may see.
    case found(CaseReviewRecord)
    /// There is one, held by that agency, and it is not to be seen.
    case refused(agency: Code<Agency>, AccessDecision.Reason)
    /// There is none, or none that exists for this actor.
    case absent
}

/// An incident of another case that may be taken as a complaint.
public struct CaseReviewIncident: Hashable, Sendable {
    /// The case's reference.
    public let reference: String
    /// The entry.
    public let entry: CaseEntry
    /// Whether it was taken already.
    public let isTaken: Bool
}

/// Reviews on their cases. A review is a case of the type `case-review`: its reference, people, clocks, timeline, sharing
/// and walls are the case's, and every read and write goes through `CaseStore`, with the audit in the same transaction;
/// so all of these need a connection of `Database.write`. What the Act and the procedures say is decided here.
public struct CaseReviewCases: Sendable {
    /// The cases.
    let cases: CaseStore

    /// The reviews among these cases.
    public init(_ cases: CaseStore) { self.cases = cases }

    /// The type of case.
    public var type: CaseType? { Code("case-review").flatMap(cases.catalogue.type) }

    /// Reviews that the actor may list, the newest first.
    /// - Parameter cursor: the `next` of the page before.
    /// - Throws: `StorageError`.
    public func list(
        isClosed: Bool?, after cursor: ID<CaseRecord>? = nil, on occasion: Occasion, in connection: Connection
    ) throws -> CasePage {
        var filter = CaseFilter()
        filter.type = type?.code
        filter.isClosed = isClosed
        return try cases.list(filter, after: cursor, on: occasion, in: connection)
    }

    /// One review.
    /// - Throws: `StorageError`; a `Fault` when a rule by which it is counted is wrong.
    public func read(
        _ id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> CaseReviewFinding {
        switch try cases.read(id, on: occasion, in: connection) {
        case .absent: return .absent
        case .refused(let agency, let reason): return .refused(agency: agency, reason)
        case .found(let view):
            guard view.type.code == type?.code, let state = CaseReviewState(view.record.state) else { return .absent }
            let counts =
                view.rights.reads.contains(.p1) ? try KeptCountRows.counts(id, in: connection) : []
            if !counts.isEmpty {
                try cases.register.note(
                    .read, ID(id), .p1, RegisterDetail(fields: ["counts"]), on: occasion, in: connection)
            }
            let isWhole = try seesAllComplaints(view, in: connection)
            let until = try CaseReviewAppeals.lastDay(view, cases.policy, cases.calendar)
            return .found(
                CaseReviewRecord(
                    view: view, state: state, counts: counts, count: isWhole ? try count(view) : nil,
                    appealUntil: until, isAppealInTime: until.map { occasion.now.ukDate <= $0 } ?? false))
        }
    }

    /// Whether the actor sees every complaint that holds: one that another agency keeps within itself is not in their view
    /// at all.
    private func seesAllComplaints(_ view: CaseView, in connection: Connection) throws -> Bool {
        let all: Int? = try connection.first(
            """
            SELECT COUNT(*) AS complaints FROM case_entries
            WHERE case_id = \(view.record.id) AND form = \(CaseReviewComplaints.form) AND superseded_at IS NULL
            """)?.get("complaints")
        return CaseReviewRecord.entries(CaseReviewComplaints.form, view).count == all
    }

    /// What would be counted now, where the actor sees every complaint: a count that leaves out what is hidden is wrong.
    private func count(_ view: CaseView) throws -> CaseReviewCount? {
        let entries = CaseReviewRecord.entries(CaseReviewComplaints.form, view)
        guard view.rights.reads.isSuperset(of: [.p1, .p2]), entries.allSatisfy({ !$0.hasHidden }),
            let victim = CaseReviewRecord.victim(view)
        else { return nil }
        let appliedOn = CaseReviewRecord.appliedOn(view)
        let complaints = CaseReviewComplaints.read(view, victim: victim).compactMap { try? $0.complaint.get() }
        return CaseReviewCount(
            complaints,
            for: CaseReviewRequest(madeOn: appliedOn, victim: victim, household: CaseReviewComplaints.household),
            by: try CaseReviewPolicy(cases.policy, on: appliedOn), on: cases.calendar)
    }

    // MARK: - Writing

    /// Goes on with a review that the actor may change.
    func working<Value>(
        _ id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection,
        _ body: (CaseReviewRecord) throws -> Result<Value, CaseRefusal>
    ) throws -> Result<Value, CaseRefusal> {
        switch try read(id, on: occasion, in: connection) {
        case .absent: .failure(.register(.absent))
        case .refused(_, let reason): .failure(.register(.denied(reason)))
        case .found(let record): try body(record)
        }
    }

    /// Fills in a form of a review.
    /// - Throws: `StorageError`; a `Fault` when a rule is wrong.
    public func fill(
        _ entry: NewEntry, in id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<CaseEntry>, CaseRefusal> {
        try working(id, on: occasion, in: connection) { record in
            let problems = record.problems(with: entry)
            guard problems.isEmpty else { return .failure(.problems(problems)) }
            return try cases.fill(shared(entry, record), in: id, on: occasion, in: connection)
        }
    }

    /// A review is held by its bodies together: nothing new of it is kept within one agency. What once was stays so when
    /// it is corrected.
    private func shared(_ entry: NewEntry, _ record: CaseReviewRecord) -> NewEntry {
        var entry = entry
        let old = entry.supersedes.flatMap { id in record.view.entries.first { $0.id == id } }
        entry.handling = old?.handling ?? .general
        return entry
    }

    /// Counts the complaints and keeps the count.
    /// - Throws: `StorageError`; a `Fault` when a rule is wrong.
    public func keepCount(
        of id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<KeptCaseReviewCount, CaseRefusal> {
        try working(id, on: occasion, in: connection) { record in
            guard let count = record.count, record.view.rights.writes.contains(.p2) else {
                return .failure(
                    .problems([
                        AnswerProblem(
                            "step",
                            "Something in the complaints is not visible to you, so you cannot count them: ask whoever sees all"
                        )
                    ]))
            }
            guard !count.items.isEmpty else {
                return .failure(.problems([AnswerProblem("step", "Write down the complaints first")]))
            }
            let kept = KeptCaseReviewCount(count, on: occasion)
            let changed = try cases.register.change(
                ID(id), .p2, detail: RegisterDetail(fields: ["counts"]), on: occasion, in: connection
            ) { _ in }
            if case .failure(let refusal) = changed { return .failure(.register(refusal)) }
            try KeptCountRows.insert(kept, id, in: connection)
            return .success(kept)
        }
    }

    /// Makes a step.
    /// - Parameters:
    ///   - from: the state in which the actor saw the review.
    ///   - reason: why it goes on without something that is asked.
    ///   - entry: the form that goes with the step.
    /// - Throws: `StorageError`; a `Fault` when a rule is wrong.
    public func move(
        _ id: ID<CaseRecord>, by move: CaseReviewMove, from: CaseReviewState, reason: String? = nil,
        entry: NewEntry? = nil, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        try working(id, on: occasion, in: connection) { record in
            guard let code = move.code, let state = Code<CaseState>(from.rawValue) else {
                return .failure(.register(.absent))
            }
            if move == .askPolicingBody,
                try !CaseReviewState.hasPolicingBodyReview(cases.policy, on: occasion.now.ukDate)
            {
                return .failure(.register(.absent))
            }
            let isReasoned = reason.map { !$0.singleSpaced.isEmpty } ?? false
            var problems = record.obstacles(
                to: move, entry?.answers ?? FormAnswers(), bodies: try bodies(on: occasion.now.ukDate),
                isReasoned: isReasoned)
            if let entry { problems += record.problems(with: entry) }
            guard record.state == from, problems.isEmpty else {
                return .failure(
                    record.state == from ? .problems(problems) : .wrongState(record.view.state))
            }
            return try cases.move(
                id, by: code, from: state, reason: reason, entry: entry.map { completed(shared($0, record), record) },
                on: occasion, in: connection)
        }
    }

    /// What the rules say of an entry, whoever typed it: how many count, whether the chair is independent.
    private func completed(_ entry: NewEntry, _ record: CaseReviewRecord) -> NewEntry {
        var entry = entry
        switch entry.form.text {
        case "threshold": entry.answers["counted"] = [String(record.keptCount?.count ?? 0)]
        case "review-meeting":
            let body = entry.answers["chair-agency"].first.flatMap { Code<Agency>($0) }
            entry.answers["independent"] = [record.isIndependent(chairFrom: body) ? "yes" : "no"]
        default: break
        }
        return entry
    }

    /// How many relevant bodies give a view before the threshold is refused.
    /// - Throws: a `Fault` when the rule is missing or cannot be used.
    public func bodies(on day: LocalDate) throws(Fault) -> Int {
        try cases.policy.number("caseReview.bodies.n", on: day)
    }

    /// The steps that lead on from where a review stands, with what stands in the way of each.
    /// - Throws: a `Fault` when a rule cannot be used.
    public func steps(
        _ record: CaseReviewRecord, on day: LocalDate
    ) throws(Fault) -> [(step: CaseStep, move: CaseReviewMove, obstacles: [AnswerProblem])] {
        let next = try record.state.next(cases.policy, on: day)
        let bodies = try bodies(on: day)
        return record.view.steps.compactMap { step in
            guard let move = CaseReviewMove(step.move.code), let to = step.move.to.flatMap(CaseReviewState.init(_:)),
                next.contains(to), record.isMeant(move)
            else { return nil }
            return (step, move, record.obstacles(to: move, bodies: bodies))
        }
    }

    // MARK: - Incidents of other cases

    /// The incidents of the victim's own antisocial behaviour cases that the actor may see and no agency keeps within
    /// itself, the oldest first.
    /// - Throws: `StorageError`.
    public func incidents(
        for record: CaseReviewRecord, on occasion: Occasion, in connection: Connection
    ) throws -> [CaseReviewIncident] {
        guard let victim = record.victim, let person = ID<Person>(victim.text) else { return [] }
        var filter = CaseFilter()
        filter.type = Code("asb")
        filter.people = [person]
        let taken = Set(record.entries(CaseReviewComplaints.form).compactMap { $0.answers["source"].first })
        var found: [CaseReviewIncident] = []
        for item in try cases.list(filter, on: occasion, in: connection).items {
            guard case .found(let view) = try cases.read(item.record.id, on: occasion, in: connection) else { continue }
            let sides = view.parties.filter { $0.person == person && $0.until == nil }.map(\.role.text)
            guard sides.contains("victim") || sides.contains("complainant") else { continue }
            let origins = CaseReviewOrigins(view.entries)
            let isTaken = Set(taken.compactMap { origins.first(named: $0.split(separator: " ").last.map(String.init)) })
            // What an agency keeps within itself does not leave it by way of a complaint that all bodies read.
            for entry in CaseReviewRecord.entries("incident", view)
            where entry.handling == .general && !entry.answers.codes.isEmpty {
                found.append(
                    CaseReviewIncident(
                        reference: view.record.reference, entry: entry,
                        isTaken: isTaken.contains(origins.first(entry.id))))
            }
        }
        return found.sorted { ($0.entry.madeAt, $0.entry.id) < ($1.entry.madeAt, $1.entry.id) }
    }

    /// Takes incidents as complaints: made when they were written down, to the agency that wrote them down.
    /// - Throws: `StorageError`; a `Fault` when a rule is wrong.
    public func take(
        _ entries: Set<ID<CaseEntry>>, into id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Int, CaseRefusal> {
        try working(id, on: occasion, in: connection) { record in
            guard let form = Code<CaseForm>(CaseReviewComplaints.form) else { return .failure(.register(.absent)) }
            var made = 0
            for incident in try incidents(for: record, on: occasion, in: connection)
            where entries.contains(incident.entry.id) && !incident.isTaken {
                let entry = CaseReviewCases.complaint(form, incident)
                let result = try cases.fill(entry, in: id, on: occasion, in: connection)
                if case .failure(let refusal) = result { return .failure(refusal) }
                made += 1
            }
            return .success(made)
        }
    }

    private static func complaint(_ form: Code<CaseForm>, _ incident: CaseReviewIncident) -> NewEntry {
        let (entry, told) = (incident.entry, incident.entry.madeAt.ukDate)
        var answers = FormAnswers()
        answers["made"] = [told.description]
        answers["to"] = [entry.agency.text]
        answers["reference"] = [incident.reference]
        answers["by"] = ["victim"]
        answers["what"] = [entry.answers["description"].first ?? "As the case \(incident.reference) says"]
        answers["source"] = ["\(incident.reference) \(entry.id.text)"]
        if entry.answers["ongoing"] == ["yes"] { answers["ongoing"] = ["yes"] }
        if !entry.answers["hate"].isEmpty { answers["hate"] = ["yes"] }
        var complaint = NewEntry(form, answers)
        complaint.happenedOn = min(entry.happenedOn ?? told, told)
        return complaint
    }
}
