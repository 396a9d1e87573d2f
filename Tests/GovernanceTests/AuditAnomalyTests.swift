import Kernel
import Testing

@testable import Governance

@Suite("Audit: anomalies")
struct AuditAnomalyTests {
    private let ann = ID<Account>(at: morning)
    private let bob = ID<Account>(at: morning)

    private func subject(_ text: String) -> AuditSubject { AuditEncodingTests.subjects(text)[0] }

    private func record(
        _ seq: Int64, _ account: ID<Account>, _ act: AuditAct = .read, at seconds: Int64, _ subjects: String...,
        outcome: AuditOutcome = .permit
    ) -> AuditRecord {
        let entry = AuditEntry(
            at: morning.advanced(bySeconds: seconds), by: AuditParty(kind: .person, account: account), act: act,
            outcome: outcome, request: "r", subjects: subjects.map { subject($0) })
        return AuditRecord(seq: seq, entry: entry, hash: [])
    }

    private func found(
        _ records: [AuditRecord], _ change: (inout AnomalySettings) -> Void = { _ in }
    ) -> [AuditAnomaly] {
        var settings = AnomalySettings()
        change(&settings)
        return AuditAnomaly.find(in: records, settings)
    }

    @Test("Looking up oneself, a colleague or someone watched is named; being refused is not")
    func lookups() {
        let own = subject("p-1")
        let ann = ann
        let records = [
            record(1, ann, at: 0, "p-1"), record(2, ann, at: 1, "p-2"), record(3, bob, at: 2, "p-1"),
            record(4, ann, .search, at: 3, "p-7", "p-3"), record(5, ann, at: 4, "p-1", outcome: .deny),
            record(6, ann, .update, at: 5, "p-1"),
        ]
        let result = found(records) {
            $0.own = { $0 == ann ? [own] : [] }
            $0.colleagues = [own, AuditEncodingTests.subjects("p-2")[0]]
            $0.watched = [AuditEncodingTests.subjects("p-3")[0]]
        }
        let expected: Set<AuditAnomaly> = [
            AuditAnomaly(rule: .ownRecord, account: ann, entries: [1]),
            AuditAnomaly(rule: .colleague, account: ann, entries: [2]),
            AuditAnomaly(rule: .colleague, account: bob, entries: [3]),
            AuditAnomaly(rule: .watched, account: ann, entries: [4]),
        ]
        #expect(Set(result) == expected)
    }

    @Test("Too many unlinked people on one UK day are named; on two days they are not")
    func unlinked() {
        // 09:00 UTC is 10:00 in London; the day ends 14 hours later.
        let oneDay = (0..<4).map { record(Int64($0 + 1), ann, at: Int64($0), "p-\($0)") }
        let twoDays = (0..<4).map { record(Int64($0 + 1), ann, at: 14 * 3600 - 2 + Int64($0), "p-\($0)") }
        let change = { (settings: inout AnomalySettings) in
            settings.unlinkedPerDay = 3
            settings.isLinked = { _, _, _ in false }
        }
        #expect(found(oneDay, change) == [AuditAnomaly(rule: .unlinkedReads, account: ann, entries: [1, 2, 3, 4])])
        #expect(found(twoDays, change).isEmpty)
        #expect(found(oneDay) { $0.unlinkedPerDay = 3 }.isEmpty)
        let same = (0..<9).map { record(Int64($0 + 1), ann, at: Int64($0), "p-1") }
        #expect(found(same, change).isEmpty)
    }

    @Test("A burst within an hour of the night is named once, with all its entries")
    func night() {
        // 21:30 UTC is 22:30 in London in June.
        let evening: Int64 = 12 * 3600 + 1800
        let burst = (0..<6).map { record(Int64($0 + 1), ann, at: evening + Int64($0) * 600, "p-1") }
        #expect(
            found(burst) { $0.nightlyPerHour = 4 }
                == [AuditAnomaly(rule: .nightBurst, account: ann, entries: [1, 2, 3, 4, 5, 6])])
        #expect(found(burst) { $0.nightlyPerHour = 6 }.isEmpty)
        let day = (0..<6).map { record(Int64($0 + 1), ann, at: Int64($0) * 60, "p-1") }
        #expect(found(day) { $0.nightlyPerHour = 4 }.isEmpty)
        let slow = (0..<6).map { record(Int64($0 + 1), ann, at: evening + Int64($0) * 1000, "p-1") }
        #expect(found(slow) { $0.nightlyPerHour = 4 }.isEmpty)
    }

    @Test("Exports in the 30 days before an account ends are named")
    func leaving() {
        let records = [
            record(1, ann, .export, at: 0), record(2, ann, .download, at: 86_400 * 20),
            record(3, ann, .read, at: 86_400 * 21), record(4, bob, .export, at: 86_400 * 25),
        ]
        let end = morning.advanced(bySeconds: 86_400 * 40)
        let result = found(records) { $0.disabled = [ann: end] }
        #expect(result == [AuditAnomaly(rule: .exportBeforeLeaving, account: ann, entries: [2])])
    }

    @Test("Looking after leaving the case, and breaking the glass again and again, are named")
    func casesAndGlass() {
        let left = morning.advanced(bySeconds: 10)
        let looks = [record(1, ann, at: 5, "p-1"), record(2, ann, at: 10, "p-1"), record(3, ann, at: 11, "p-1")]
        #expect(
            found(looks) { $0.leftCase = { _, _ in left } }
                == [AuditAnomaly(rule: .afterLeavingCase, account: ann, entries: [3])])
        let glass = (0..<5).map { record(Int64($0 + 1), ann, .breakGlass, at: Int64($0) * 86_400 * 9, "p-1") }
        #expect(
            found(glass) { $0.breakGlassPerMonth = 3 }
                == [AuditAnomaly(rule: .repeatedBreakGlass, account: ann, entries: [1, 2, 3, 4, 5])])
        #expect(found(Array(glass.prefix(3))).isEmpty)
    }
}
