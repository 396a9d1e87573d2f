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
        let written = Set([wrong.madeAt, CaseEntry.original(of: wrong, among: earlier).madeAt])
        for clock in clocks {
            let own = kept.filter { $0.clock == clock.code }
            let starts = written.map { clock.start([NewEntry(wrong)], at: $0) }
            // The form itself starts it, and there is one: then it is this entry's, whether it runs or none ran from that day.
            let isOfForm = clock.startsOn.contains(.filled(corrected.form)) && !clock.isForEach
            if isOfForm, own.contains(where: { $0.running.metAt != nil }) { continue }
            var running = own.filter { $0.isOpen && (isOfForm || starts.contains($0.running.startedAt)) }
            // The clocks of other entries go on, also those that run from the same moment.
            if clock.isForEach { running = Array(running.prefix(1)) }
            guard isOfForm || !running.isEmpty, let key = clock.rule(in: record.band) else { continue }
            let start = clock.start([corrected], at: occasion.now)
            guard let rule = policy.rule(key, on: start.ukDate),
                !running.contains(where: { $0.running.startedAt == start })
            else { continue }
            for var clock in running {
                clock.stoppedAt = occasion.now
                try ClockRows.update(clock, on: calendar, in: connection)
            }
            let anew = RunningClock(rule, try policy.length(key, on: start.ukDate), startedAt: start)
            try ClockRows.insert(
                KeptClock(id: ID(at: occasion.now), clock: clock.code, running: anew), record.id, on: calendar,
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
