internal import Kernel

/// Applies the rules to the allowed acts of one account.
struct AnomalyFinder {
    let account: ID<Account>
    let records: [AuditRecord]
    let settings: AnomalySettings

    var all: [AuditAnomaly] {
        let own = settings.own(account)
        var found: [AuditAnomaly] = []
        add(.ownRecord, looks { own.contains($0) }, to: &found)
        add(.colleague, looks { settings.colleagues.contains($0) && !own.contains($0) }, to: &found)
        add(.watched, looks { settings.watched.contains($0) }, to: &found)
        for day in unlinkedDays { add(.unlinkedReads, day, to: &found) }
        add(.afterLeavingCase, afterLeaving, to: &found)
        for burst in nightBursts { add(.nightBurst, burst, to: &found) }
        add(.exportBeforeLeaving, lateExports, to: &found)
        add(.repeatedBreakGlass, repeatedBreakGlass, to: &found)
        return found
    }

    private func add(_ rule: AuditAnomaly.Rule, _ entries: [Int64], to found: inout [AuditAnomaly]) {
        if !entries.isEmpty { found.append(AuditAnomaly(rule: rule, account: account, entries: entries)) }
    }

    private func isLook(_ record: AuditRecord) -> Bool {
        record.entry.act.processing == .consultation && record.entry.act != .auditRead
    }

    private func looks(at isMeant: (AuditSubject) -> Bool) -> [Int64] {
        records.filter { isLook($0) && $0.entry.subjects.contains(where: isMeant) }.map(\.seq)
    }

    /// Days with too many different people whom the work does not explain, each with its entries.
    private var unlinkedDays: [[Int64]] {
        var days: [LocalDate: (people: Set<AuditSubject>, entries: [Int64])] = [:]
        for record in records where isLook(record) {
            let at = record.entry.at
            let strangers = record.entry.subjects.filter { !settings.isLinked(account, $0, at) }
            guard !strangers.isEmpty else { continue }
            days[at.ukDate, default: ([], [])].people.formUnion(strangers)
            days[at.ukDate, default: ([], [])].entries.append(record.seq)
        }
        return days.sorted { $0.key < $1.key }.map(\.value)
            .filter { $0.people.count > settings.unlinkedPerDay }.map(\.entries)
    }

    private var afterLeaving: [Int64] {
        records.filter { record in
            isLook(record)
                && record.entry.subjects.contains { subject in
                    settings.leftCase(account, subject).map { record.entry.at > $0 } ?? false
                }
        }.map(\.seq)
    }

    /// Runs of night-time consultations of which more than the limit fall within an hour.
    private var nightBursts: [[Int64]] {
        let nightly = records.filter { isLook($0) && AnomalyFinder.isNight($0.entry.at) }
        return clusters(of: nightly, within: 3600, moreThan: settings.nightlyPerHour)
    }

    private var lateExports: [Int64] {
        guard let end = settings.disabled[account] else { return [] }
        let start = end.advanced(bySeconds: -Int64(settings.daysBeforeLeaving) * 86_400)
        return records.filter {
            $0.entry.act.processing == .disclosure && $0.entry.at >= start && $0.entry.at <= end
        }.map(\.seq)
    }

    private var repeatedBreakGlass: [Int64] {
        let uses = records.filter { $0.entry.act == .breakGlass }
        return clusters(of: uses, within: 30 * 86_400, moreThan: settings.breakGlassPerMonth).flatMap { $0 }
    }

    /// The records that lie in a window of that many seconds with more than `limit` of them; windows that touch are
    /// one cluster.
    private func clusters(of records: [AuditRecord], within seconds: Double, moreThan limit: Int) -> [[Int64]] {
        var clusters: [[Int64]] = []
        var first = 0
        var taken = 0
        for last in records.indices {
            while records[last].entry.at.seconds(since: records[first].entry.at) > seconds { first += 1 }
            guard last - first + 1 > limit else { continue }
            let fresh = records[max(first, taken)...last].map(\.seq)
            if first < taken, !clusters.isEmpty {
                clusters[clusters.count - 1] += fresh
            } else {
                clusters.append(fresh)
            }
            taken = last + 1
        }
        return clusters
    }

    private static func isNight(_ at: Instant) -> Bool {
        let wall = UKTime.wallClock(atUTC: at.seconds)
        let hour = (wall - UKTime.floorDivide(wall, 86_400) * 86_400) / 3600
        return hour >= 22 || hour < 6
    }
}
