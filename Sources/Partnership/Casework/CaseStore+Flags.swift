internal import Governance
internal import Kernel
internal import People
internal import Rules
internal import Storage

// MARK: - Flags

extension CaseStore {
    /// Raises, raises anew and ends the flags of a case's type (casework.md §2.24). A flag raised anew is kept beside the
    /// one before, so that its history stays.
    func raiseFlags(
        _ events: Set<CaseEvent>, on record: CaseRecord, of type: CaseType, on occasion: Occasion,
        in connection: Connection
    ) throws {
        let today = occasion.now.ukDate
        for flag in type.flags {
            let people: [ID<Person>?] =
                try flag.party.map { role in
                    try CaseRows.parties(record.id, in: connection).filter { $0.role == role && $0.until == nil }
                        .map(\.person)
                } ?? [nil]
            if !flag.endedBy.isDisjoint(with: events) {
                try CaseRows.endFlags(flag.code.text, of: record.id, on: today, in: connection)
                continue
            }
            let kept = try CaseRows.flags(record.id, in: connection).filter { $0.code == flag.code.text }
            for person in people {
                let last = kept.last { $0.person == person }
                let holds = last.map { flag in flag.until.map { today <= $0 } ?? true } ?? false
                let begins =
                    !flag.raisedBy.isDisjoint(with: events) || holds && !flag.renewedBy.isDisjoint(with: events)
                guard begins, policy.rule(flag.lasts, on: today) != nil else { continue }
                let until = calendar.lastDay(
                    try policy.length(flag.lasts, on: today), from: try start(of: flag, record, today, in: connection))
                guard until >= today, last?.until != until || !holds else { continue }
                try CaseRows.insert(
                    CaseFlag(
                        code: flag.code.text, text: flag.text, person: person, raisedAt: occasion.now, until: until),
                    record.id, in: connection)
            }
        }
    }

    private func start(
        of flag: RaisedFlag, _ record: CaseRecord, _ today: LocalDate, in connection: Connection
    ) throws -> LocalDate {
        guard let form = flag.from else { return today }
        return try EntryRows.entries(record.id, in: connection)
            .filter { $0.form == form && $0.supersededAt == nil }.compactMap(\.happenedOn).max() ?? today
    }
}
