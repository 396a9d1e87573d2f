import Kernel
import Storage
import Testing

@testable import Governance

@Suite("Audit: dip sample and anomalies", .serialized)
struct AuditSampleTests {
    private func fill(_ database: Database, from start: Instant, _ count: Int) throws {
        try database.write { connection in
            for i in 0..<count {
                var entry = AuditEncodingTests.entries[0]
                entry.at = start.advanced(bySeconds: Int64(i) * 60)
                entry.act = i % 100 == 50 ? .breakGlass : .read
                if i % 10 == 3 { entry.outcome = .deny }
                if i % 10 == 4 { entry.act = .update }
                try AuditLog.append(entry, in: connection)
            }
        }
    }

    @Test("A month's sample is 1 % of what was looked at, and every break-glass", arguments: TestEngine.all)
    func draw(engine: TestEngine) throws {
        try engine.use { database in
            try fill(database, from: morning.advanced(bySeconds: -86_400 * 20), 60)
            try fill(database, from: morning, 450)
            let auditor = occasion(actor(["auditor"]), at: morning.advanced(bySeconds: 86_400 * 40))
            let june = try #require(Month(year: 2026, month: 6))
            let draw = { (seed: UInt64) in
                try database.write { try AuditSample.draw(june, seed: seed, by: auditor, in: $0) }
            }
            let sample = try draw(7)
            // 450 entries: 45 refused, 45 changes, 4 break-glass, so 356 others: four of them.
            #expect(sample.count == 4 + 4)
            #expect(sample.filter { $0.entry.act == .breakGlass }.map(\.seq) == [111, 211, 311, 411])
            #expect(sample.allSatisfy { $0.entry.outcome == .permit && $0.seq > 60 })
            #expect(sample.map(\.seq) == sample.map(\.seq).sorted())
            #expect(try draw(7).map(\.seq) == sample.map(\.seq))
            #expect(try draw(8).map(\.seq) != sample.map(\.seq))
            #expect(try auditWords(database).suffix(3).allSatisfy { $0 == "audit-read permit" })
        }
    }

    @Test("The number drawn is rounded up and nobody is drawn twice", arguments: [0, 1, 99, 100, 101, 1000, 2345])
    func pick(count: Int) {
        let picked = AuditSample.pick(from: (0..<count).map(Int64.init), seed: 5)
        #expect(picked.count == (count + 99) / 100)
        #expect(Set(picked).count == picked.count)
    }

    @Test("Over many seeds every entry is drawn about equally often")
    func uniform() {
        var counts = [Int](repeating: 0, count: 200)
        for seed in 0..<5000 as Range<UInt64> {
            for seq in AuditSample.pick(from: (0..<200).map(Int64.init), seed: seed) { counts[Int(seq)] += 1 }
        }
        // 5000 × 2 / 200 = 50 each; six standard deviations are 43.
        #expect(counts.allSatisfy { abs($0 - 50) < 43 })
        #expect(counts.reduce(0, +) == 10_000)
    }

    @Test("A review is kept as an entry about the entry", arguments: TestEngine.all)
    func review(engine: TestEngine) throws {
        try engine.use { database in
            try database.write {
                try AuditSample.review(4, code: "training", note: "Reminded", by: occasion(admin), in: $0)
            }
            #expect(try auditWords(database) == ["audit-review permit training"])
        }
    }
}
