public import Governance
public import Kernel
internal import Rules
internal import Storage

/// What a list of orders asks for. What is nil or empty asks nothing.
public struct OrderFilter: Hashable, Sendable {
    /// Of these types.
    public var types: Set<Code<OrderType>> = []
    /// In these states.
    public var states: Set<Order.State> = []
    /// Holding at some time of that day.
    public var liveOn: LocalDate?
    /// Holding now and ending within so many days.
    public var expiringWithin: Int?
    /// About this person, by any record of the same person, or about this place or tenancy.
    public var subject: OrderSubject?
    /// Held by this agency.
    public var agency: Code<Agency>?
    /// Whose subject's name holds these words in this order.
    public var words: String?
    /// Linked to this case.
    public var linkedCase: ID<Registered>?

    /// The records of the person that `subject` names.
    var records: [ID<Registered>] = []

    /// Everything.
    public init() {}

    /// The condition on `register_records r`, and what the audit keeps of it; nil when nothing is asked. It looks at
    /// personal fields only, the class of an order's title.
    func condition(now: Instant) -> RegisterCondition? {
        asked(now: now).map {
            RegisterCondition(
                "EXISTS (SELECT 1 FROM orders o WHERE o.id = r.id AND \($0.sql))", says: $0.says, depth: .p1)
        }
    }

    /// The same on `orders o` joined with `register_records r`.
    func asked(now: Instant) -> (sql: SQL, says: String)? {
        var asked: [SQL] = []
        var says: [String] = []
        if !types.isEmpty {
            let codes = types.map(\.text).sorted()
            asked.append("o.type IN (\(list: codes))")
            says.append("type " + codes.joined(separator: " "))
        }
        if !states.isEmpty {
            let names = states.map(\.rawValue).sorted()
            var any: SQL = "1 = 0"
            for state in states.sorted(by: { $0.rawValue < $1.rawValue }) { any = "\(any) OR \(state.sql(now))" }
            asked.append("(\(any))")
            says.append("state " + names.joined(separator: " "))
        }
        if let liveOn {
            asked.append(OrderFilter.live(from: liveOn.startInUK, until: liveOn.advanced(by: 1).startInUK))
            says.append("live on \(liveOn)")
        }
        if let expiringWithin {
            let end = now.ukDate.advanced(by: expiringWithin + 1).startInUK
            asked.append("\(OrderFilter.live(from: now, until: now.advanced(bySeconds: 1))) AND o.ends_at <= \(end)")
            says.append("ending within \(expiringWithin) days")
        }
        if let subject {
            asked.append(OrderFilter.about(subject, records))
            says.append("subject \(subject.text)")
        }
        if let agency {
            asked.append("r.agency = \(agency)")
            says.append("agency \(agency)")
        }
        if let words, !words.singleSpaced.isEmpty {
            let folded = words.lowercased().singleSpaced
            asked.append("r.title_folded LIKE \(OrderFilter.pattern(folded)) ESCAPE '!'")
            says.append("words \(folded)")
        }
        if let linkedCase {
            asked.append("o.id IN (SELECT l.id FROM order_cases l WHERE l.record = \(linkedCase))")
            says.append("case \(linkedCase)")
        }
        guard let first = asked.first else { return nil }
        let all: SQL = asked.dropFirst().reduce(first) { "\($0) AND \($1)" }
        return (all, says.joined(separator: ", "))
    }

    /// About a person, by these records, or about something else.
    static func about(_ subject: OrderSubject, _ records: [ID<Registered>]) -> SQL {
        let texts = records.isEmpty ? [subject.text] : records.map(\.text)
        return "o.subject_kind = \(subject.kind.rawValue) AND o.subject IN (\(list: texts))"
    }

    /// The words anywhere in a name, whatever signs they hold.
    private static func pattern(_ folded: String) -> String {
        "%" + folded.map { "!%_".contains($0) ? "!\($0)" : String($0) }.joined() + "%"
    }

    /// Holding at some time from one moment to before another.
    static func live(from start: Instant, until end: Instant) -> SQL {
        """
        o.starts_at < \(end) AND (o.ends_at IS NULL OR o.ends_at > \(start))
        AND (o.discharged_at IS NULL OR o.discharged_at > \(start))
        """
    }
}

extension Order.State {
    /// The condition on `orders o` that `state(at:)` says this.
    func sql(_ now: Instant) -> SQL {
        let begun: SQL = "o.starts_at <= \(now) AND (o.ends_at IS NULL OR o.ends_at > \(now))"
        switch self {
        case .draft, .authorised, .hearingSet, .refused, .withdrawn, .discharged: return "(o.step = \(rawValue))"
        case .served: return "(o.step = 'served' AND (o.starts_at IS NULL OR o.starts_at > \(now)))"
        case .made:
            return """
                (o.step IN ('made', 'in-force', 'varied', 'extended', 'appealed') AND o.starts_at > \(now))
                """
        case .inForce: return "(o.step IN ('served', 'made', 'in-force') AND \(begun))"
        case .varied, .extended, .appealed: return "(o.step = \(rawValue) AND \(begun))"
        case .expired:
            return """
                (o.step IN ('served', 'made', 'in-force', 'varied', 'extended', 'appealed')
                    AND o.starts_at <= \(now) AND o.ends_at <= \(now))
                """
        }
    }
}
