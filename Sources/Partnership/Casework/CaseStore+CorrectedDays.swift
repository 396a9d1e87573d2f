internal import Governance
internal import Kernel
internal import Rules
internal import Storage

extension CaseStore {
    /// Lets a clock begin anew that runs from the day on which something happened, when that day is corrected: the one that
    /// ran from the wrong day is stopped and stays on the case. What was met before is not judged again.
    func beginAnew(
        _ corrected: NewEntry, in record: CaseRecord, of type: CaseType, on occasion: Occasion,
        in connection: Connection
    ) throws {
        let clocks = type.clocks.filter { $0.startsFrom == .happened(corrected.form) }
        guard record.closedAt == nil, !clocks.isEmpty else { return }
        let kept = try ClockRows.clocks(record.id, in: connection)
        let started = try type.changes(
            [.filled(corrected.form)], to: [], band: record.band, filled: [corrected], at: occasion.now, under: policy
        ).started
        for clock in clocks {
            let own = kept.filter { $0.clock == clock.code }
            guard !own.contains(where: { $0.running.metAt != nil }),
                let anew = started.first(where: { $0.clock == clock.code }),
                !own.contains(where: { $0.isOpen && $0.running.startedAt == anew.running.startedAt })
            else { continue }
            for var wrong in own where wrong.isOpen {
                wrong.stoppedAt = occasion.now
                try ClockRows.update(wrong, on: calendar, in: connection)
            }
            try ClockRows.insert(
                KeptClock(id: ID(at: occasion.now), clock: clock.code, running: anew.running), record.id, on: calendar,
                in: connection)
        }
    }
}
