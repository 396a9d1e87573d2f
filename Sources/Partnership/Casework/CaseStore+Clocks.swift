public import Governance
public import Kernel
internal import People
internal import Rules
public import Storage

// MARK: - Clocks

extension CaseStore {
    /// Lets a clock stand still, or run again.
    /// - Parameter reason: why it stands still; nil to let it run.
    /// - Throws: `StorageError`.
    public func pause(
        _ clock: ID<KeptClock>, of id: ID<CaseRecord>, reason: String?, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        try changing(clock, of: id, reason: reason, on: occasion, in: connection) { kept in
            if let reason = AnswerText.given(reason) {
                guard !kept.running.pauses.contains(where: { $0.until == nil }) else { return }
                kept.running.pauses.append(ClockPause(from: occasion.now, reason: reason))
            } else if let last = kept.running.pauses.indices.last {
                kept.running.pauses[last].until = kept.running.pauses[last].until ?? occasion.now
            }
        }
    }

    /// Says why a clock was late. A breach stops nothing that is saved.
    /// - Throws: `StorageError`.
    public func explain(
        _ clock: ID<KeptClock>, of id: ID<CaseRecord>, reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, CaseRefusal> {
        guard let text = AnswerText.given(reason) else {
            return .failure(.problems([AnswerProblem("reason", "Enter why it was late")]))
        }
        return try changing(clock, of: id, reason: text, on: occasion, in: connection) { kept in
            kept.running.breachReason = text
            kept.breachBy = occasion.actor.account
        }
    }

    private func changing(
        _ clock: ID<KeptClock>, of id: ID<CaseRecord>, reason: String?, on occasion: Occasion,
        in connection: Connection, _ body: (inout KeptClock) -> Void
    ) throws -> Result<Void, CaseRefusal> {
        try working(on: id, on: occasion, in: connection) { _, _, _ in
            guard var kept = try ClockRows.clocks(id, in: connection).first(where: { $0.id == clock }) else {
                return .failure(.register(.absent))
            }
            let detail = RegisterDetail(fields: ["clocks.\(kept.clock)"])
            // Why something stood still or was late tells of people.
            let depth: FieldClass = reason == nil ? .p0 : .p2
            if let refusal = try touch(id, depth, detail, reason: reason, on: occasion, in: connection) {
                return .failure(refusal)
            }
            body(&kept)
            try ClockRows.update(kept, on: calendar, in: connection)
            return .success(())
        }
    }

    /// What an event does to the clocks of a case. A case that is over stops those that still run.
    func happened(
        _ events: Set<CaseEvent>, _ filled: [NewEntry] = [], to record: CaseRecord, of type: CaseType,
        on occasion: Occasion, in connection: Connection
    ) throws {
        let kept = try ClockRows.clocks(record.id, in: connection)
        let changes = try type.changes(
            events, to: kept, band: record.band, filled: filled,
            held: try held(in: record, of: type, in: connection),
            births: try births(of: record, type, in: connection), at: occasion.now, under: policy)
        try raiseFlags(events, on: record, of: type, on: occasion, in: connection)
        /// Whether a clock runs when the case is over.
        func runsOn(_ code: Code<CaseClock>) -> Bool {
            type.clocks.first { $0.code == code }?.runsAfterEnd ?? false
        }
        for var clock in kept where changes.met.contains(clock.id) {
            clock.running.metAt = occasion.now
            try ClockRows.update(clock, on: calendar, in: connection)
        }
        if record.closedAt != nil {
            for var clock in kept where clock.isOpen && !changes.met.contains(clock.id) && !runsOn(clock.clock) {
                clock.stoppedAt = occasion.now
                try ClockRows.update(clock, on: calendar, in: connection)
            }
        }
        for var clock in kept where record.closedAt == nil && clock.isOpen && !changes.met.contains(clock.id) {
            guard type.stand(&clock, in: record.state, after: events, at: occasion.now) else { continue }
            try ClockRows.update(clock, on: calendar, in: connection)
        }
        for started in changes.started where record.closedAt == nil || runsOn(started.clock) {
            let clock = KeptClock(id: ID(at: occasion.now), clock: started.clock, running: started.running)
            try ClockRows.insert(clock, record.id, on: calendar, in: connection)
        }
    }

    /// What holds of the forms from whose day a clock of the type runs, the newest first.
    private func held(
        in record: CaseRecord, of type: CaseType, in connection: Connection
    ) throws -> [NewEntry] {
        let forms = Set(type.clocks.compactMap(\.dayOf))
        guard !forms.isEmpty else { return [] }
        return try EntryRows.entries(record.id, in: connection).reversed()
            .filter { forms.contains($0.form) && $0.supersededAt == nil }.map { NewEntry($0) }
    }

    /// The birth of the oldest person of each part whose age a clock measures.
    private func births(
        of record: CaseRecord, _ type: CaseType, in connection: Connection
    ) throws -> [Code<PartyRole>: LocalDate] {
        let roles = Set(type.clocks.compactMap(\.ageOf))
        guard !roles.isEmpty else { return [:] }
        var births: [Code<PartyRole>: LocalDate] = [:]
        for party in try CaseRows.parties(record.id, in: connection)
        where roles.contains(party.role) && party.until == nil {
            guard let birth = try PersonStore.birthday(of: party.person, in: connection) else { continue }
            births[party.role] = min(births[party.role] ?? birth, birth)
        }
        return births
    }
}
