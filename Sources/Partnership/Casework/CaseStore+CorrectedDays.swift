internal import Governance
internal import Kernel
internal import Rules
internal import Storage

extension CaseStore {
    /// Lets a clock begin anew that runs from the day on which something happened, when that day is corrected: the one that
    /// ran from the wrong day is stopped and stays on the case. What was met before is not judged again.
    /// - Parameters:
    ///   - wrong: what was corrected.
    ///   - earlier: all entries of the form on the case.
    func beginAnew(
        _ corrected: NewEntry, inPlaceOf wrong: CaseEntry, among earlier: [CaseEntry], in record: CaseRecord,
        of type: CaseType, on occasion: Occasion, in connection: Connection
    ) throws {
        let clocks = type.clocks.filter { $0.dayOf == corrected.form }
        guard record.closedAt == nil, !clocks.isEmpty else { return }
        let kept = try ClockRows.clocks(record.id, in: connection)
        let started = try type.changes(
            [.filled(corrected.form)], to: [], band: record.band, filled: [corrected], at: occasion.now, under: policy
        ).started
        let written = Set([wrong.madeAt, CaseEntry.original(of: wrong, among: earlier).madeAt])
        for clock in clocks {
            var own = kept.filter { $0.clock == clock.code }
            if clock.isForEach {
                // The clocks of other entries go on.
                let starts = written.map { clock.start([NewEntry(wrong)], at: $0) }
                own = own.filter { starts.contains($0.running.startedAt) }
                if own.isEmpty { continue }
            }
            guard !own.contains(where: { $0.running.metAt != nil }),
                let anew = started.first(where: { $0.clock == clock.code }),
                !own.contains(where: { $0.isOpen && $0.running.startedAt == anew.running.startedAt })
            else { continue }
            for var running in own where running.isOpen {
                running.stoppedAt = occasion.now
                try ClockRows.update(running, on: calendar, in: connection)
            }
            try ClockRows.insert(
                KeptClock(id: ID(at: occasion.now), clock: clock.code, running: anew.running), record.id, on: calendar,
                in: connection)
        }
    }
}

extension CaseEntry {
    /// The entry with which a chain of corrections began.
    static func original(of entry: CaseEntry, among entries: [CaseEntry]) -> CaseEntry {
        var first = entry
        while let id = first.supersedes, let before = entries.first(where: { $0.id == id }) { first = before }
        return first
    }
}
