public import Governance
public import Kernel

/// Two records that someone says are one person. Both stay as they are: the one points to the other, which leads, and a
/// page shows them together to those who may see each. So a merge shows nobody more, and a split has nothing to undo.
public struct PersonMerge: Hashable, Sendable {
    /// Its identifier.
    public let id: ID<PersonMerge>
    /// The record that leads.
    public let lead: ID<Person>
    /// The record that points to it.
    public let other: ID<Person>
    /// Why they are one person.
    public let reason: String
    /// The fields of which the other record's value is shown.
    public let choices: Set<PersonField>
    /// Who proposed it.
    public let proposedBy: ID<Account>
    /// When.
    public let proposedAt: Instant
    /// Who confirmed it for which record.
    public let confirmations: [ID<Person>: ID<Account>]
    /// When it took effect; nil while it waits.
    public let mergedAt: Instant?
    /// When it was refused or split; nil until then.
    public let endedAt: Instant?
    /// Why.
    public let endedReason: String?

    /// Both records.
    public var records: [ID<Person>] { [lead, other] }
    /// Whether the two are one now.
    public var holds: Bool { mergedAt != nil && endedAt == nil }
    /// Whether it waits for a second person.
    public var waits: Bool { mergedAt == nil && endedAt == nil }
}

/// Why two records were not put together or taken apart.
public enum MergeRefusal: Error, Hashable, Sendable {
    /// The register refuses.
    case register(RegisterRefusal)
    /// A record cannot be put together with itself.
    case sameRecord
    /// One of them points to another record already: propose it for that one.
    case mergedAlready
    /// It is proposed already.
    case proposedAlready
    /// Someone said that they are two people.
    case notTheSame
    /// It takes someone other than who proposed it.
    case secondPersonNeeded
    /// One is of someone who harms and the other is not: a supervisor for each record must say that they know.
    case acrossSides
    /// It is over, or was never proposed.
    case over

    /// The refusal for the person before the screen.
    public var fault: Fault {
        switch self {
        case .register(let refusal): refusal.fault
        case .sameRecord: Fault("Choose another record", because: "this is the record itself")
        case .mergedAlready:
            Fault("One of the records is part of another already", remedy: "Open the record that leads, and use that.")
        case .proposedAlready: Fault("This is proposed already", remedy: "Ask a supervisor to look at it.")
        case .notTheSame: Fault("Someone has recorded that these are two people", remedy: "Ask them first.")
        case .secondPersonNeeded: Fault("Someone else must confirm this", because: "you proposed it")
        case .acrossSides:
            Fault(
                "Two supervisors must confirm this, one for each record",
                because: "one record is of someone who harms and the other is not",
                remedy: "Tick that you know, and ask the other supervisor.")
        case .over: Fault("This proposal is over", remedy: "Open the person again.")
        }
    }
}

/// A person as their records together show them to one actor.
public struct WholePerson: Hashable, Sendable {
    /// The record that leads.
    public let lead: Person
    /// The other records of the same person that the actor may see.
    public let others: [Person]
    /// The merges among these.
    public let merges: [PersonMerge]
    /// How the person is reached by what the actor may not see of the other records: only to keep them safe.
    let unseen: UnseenContact

    /// What is shown of a field: the value that was chosen, or what any record holds.
    public func value(_ field: PersonField) -> String? { value(field, of: lead.id, seen: []) }

    /// What the other records say instead.
    public func alternatives(_ field: PersonField) -> [String] {
        let shown = value(field)
        var seen: Set<String> = []
        return ([lead] + others).compactMap { $0.details[field] }.filter { $0 != shown && seen.insert($0).inserted }
    }

    /// The details together.
    public var details: PersonDetails {
        var details = PersonDetails()
        for field in PersonField.allCases { details[field] = value(field) }
        return details
    }

    private func value(_ field: PersonField, of id: ID<Person>, seen: Set<ID<Person>>) -> String? {
        guard !seen.contains(id) else { return nil }
        let seen = seen.union([id])
        let into = merges.filter { $0.lead == id }
        for merge in into where merge.choices.contains(field) {
            if let value = value(field, of: merge.other, seen: seen) { return value }
        }
        if let own = ([lead] + others).first(where: { $0.id == id })?.details[field] { return own }
        for merge in into {
            if let value = value(field, of: merge.other, seen: seen) { return value }
        }
        return nil
    }
}
