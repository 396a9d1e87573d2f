public import Kernel
internal import Storage

/// Which entries to show.
public struct AuditFilter: Hashable, Sendable {
    /// Those that concern this person.
    public var subject: AuditSubject?
    /// Those of this account.
    public var account: ID<Account>?
    /// Those of people of this agency; entries without an agency are then left out.
    public var agency: Code<Agency>?
    /// Those done to this object, or to all of the kind when it has no identifier.
    public var object: AuditObject?
    /// Those of these kinds of act; empty for all.
    public var acts: Set<AuditAct>
    /// Those that ended so.
    public var outcome: AuditOutcome?
    /// Those on this day (UK) or later.
    public var from: LocalDate?
    /// Those on this day (UK) or earlier.
    public var until: LocalDate?
    /// Those of this request.
    public var request: String?

    /// A filter; everything left out lets everything through.
    public init(
        subject: AuditSubject? = nil, account: ID<Account>? = nil, agency: Code<Agency>? = nil,
        object: AuditObject? = nil, acts: Set<AuditAct> = [], outcome: AuditOutcome? = nil, from: LocalDate? = nil,
        until: LocalDate? = nil, request: String? = nil
    ) {
        self.subject = subject
        self.account = account
        self.agency = agency
        self.object = object
        self.acts = acts
        self.outcome = outcome
        self.from = from
        self.until = until
        self.request = request
    }
}

extension AuditFilter {
    /// The filter in words, as the entry about the reading keeps it: `account=… acts=read,search from=2026-01-01`.
    public var description: String {
        var parts: [String] = []
        func add(_ name: String, _ value: String?) { if let value { parts.append("\(name)=\(value)") } }
        add("subject", subject?.reference)
        add("account", account?.text)
        add("agency", agency?.text)
        add("object", object.map { $0.kind.text + ($0.id.map { "/\($0)" } ?? "") })
        add("acts", acts.isEmpty ? nil : acts.map(\.rawValue).sorted().joined(separator: ","))
        add("outcome", outcome?.rawValue)
        add("from", from?.description)
        add("until", until?.description)
        add("request", request)
        return parts.isEmpty ? "everything" : parts.joined(separator: " ")
    }

    /// The filter as conditions on `audit_entries` named `e`.
    var conditions: SQL {
        var sql: SQL = "e.seq > 0"
        if let subject {
            sql = "\(sql) AND e.seq IN (SELECT s.seq FROM audit_subjects s WHERE s.subject = \(subject.reference))"
        }
        if let account { sql = "\(sql) AND e.account = \(account)" }
        if let agency { sql = "\(sql) AND e.agency = \(agency)" }
        if let object { sql = "\(sql) AND e.object_kind = \(object.kind)" }
        if let id = object?.id { sql = "\(sql) AND e.object_id = \(id)" }
        if !acts.isEmpty { sql = "\(sql) AND e.act IN (\(list: acts.map(\.rawValue).sorted()))" }
        if let outcome { sql = "\(sql) AND e.outcome = \(outcome.rawValue)" }
        if let from { sql = "\(sql) AND e.at >= \(from.startOfDay)" }
        if let until { sql = "\(sql) AND e.at < \(until.advanced(by: 1).startOfDay)" }
        if let request { sql = "\(sql) AND e.request = \(request)" }
        return sql
    }
}

extension LocalDate {
    /// The moment at which the day begins in the United Kingdom.
    var startOfDay: Instant {
        Instant(milliseconds: UKTime.utc(atWallClock: Int64(day) * 86_400) * 1000)
    }
}
