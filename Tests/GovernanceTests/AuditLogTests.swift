import Dispatch
import Kernel
import Storage
import Testing

@testable import Governance

@Suite("Audit: writing", .serialized)
struct AuditLogTests {
    @Test("Nobody who serves can change or remove an entry or a subject", arguments: TestEngine.all)
    func appendOnly(engine: TestEngine) throws {
        try engine.use { database in
            _ = try database.write { try AuditLog.append(AuditEncodingTests.entries[0], in: $0) }
            let attempts: [SQL] = [
                "UPDATE audit_entries SET reason = 'x'", "DELETE FROM audit_subjects", "DELETE FROM audit_entries",
                "UPDATE audit_subjects SET subject = 'x'",
            ]
            for attempt in attempts {
                #expect(throws: (any Error).self) { try database.write { try $0.run(attempt) } }
            }
            #expect(try database.read { try AuditVerifier.verify($0) }.entries == 1)
        }
    }

    @Test("When the entry cannot be written the act does not happen either", arguments: TestEngine.all)
    func sameTransaction(engine: TestEngine) throws {
        try engine.use { database, owner in
            let store = AccountStore(rules: testRules)
            try engine.tamper(owner) { connection in try connection.run("DROP TABLE audit_subjects") }
            #expect(throws: (any Error).self) {
                try database.write { try store.create(details(), by: occasion(admin), in: $0) }
            }
            let left = try database.read { connection in
                try connection.rows("SELECT id FROM accounts").count
                    + connection.rows("SELECT seq FROM audit_entries").count
            }
            #expect(left == 0)
        }
    }

    @Test("When the act fails after its entry, no entry stays behind", arguments: TestEngine.all)
    func actFails(engine: TestEngine) throws {
        try engine.use { database in
            #expect(throws: Fault.self) {
                try database.write { connection in
                    try AuditLog.append(AuditEncodingTests.entries[0], in: connection)
                    throw Fault("The act failed")
                }
            }
            _ = try database.write { try AuditLog.append(AuditEncodingTests.entries[0], in: $0) }
            #expect(try database.read { try AuditVerifier.verify($0) }.entries == 1)
        }
    }

    @Test("A snapshot that only reads cannot write an entry", arguments: TestEngine.all)
    func readOnly(engine: TestEngine) throws {
        try engine.use { database in
            #expect(throws: (any Error).self) {
                try database.read { try AuditLog.append(AuditEncodingTests.entries[0], in: $0) }
            }
        }
    }

    @Test("A clock that steps back by more than a minute is recorded and found", arguments: TestEngine.all)
    func clockStep(engine: TestEngine) throws {
        try engine.use { database in
            try database.write { connection in
                var entry = AuditEncodingTests.entries[1]
                for seconds in [0, -59, -61, -120] as [Int64] {
                    entry.at = morning.advanced(bySeconds: seconds)
                    try AuditLog.append(entry, in: connection)
                }
                entry.at = morning.advanced(bySeconds: -200)
                try AuditLog.append(entry, in: connection)
            }
            let found = try database.read { try AuditVerifier.verify($0) }
            #expect(found.damage == nil)
            // 0, −59 (in order), −61 and −120 (a minute at most before the entry in front), then the step.
            #expect(found.entries == 6)
            #expect(found.clockSteps == [5])
            #expect(try auditWords(database)[4] == "clock-stepped error clock-went-back")
        }
    }

    @Test("What an entry says is read back as it was", arguments: TestEngine.all)
    func roundTrip(engine: TestEngine) throws {
        try engine.use { database in
            try database.write { connection in
                for entry in AuditEncodingTests.entries { try AuditLog.append(entry, in: connection) }
            }
            let page = try database.write {
                try AuditView.page(AuditFilter(), by: occasion(actor(["auditor"])), in: $0)
            }
            #expect(page.records.map(\.entry) == AuditEncodingTests.entries.reversed())
        }
    }

    @Test("Text with U+0000, quotes and other alphabets is kept and verified", arguments: TestEngine.all)
    func hostileText(engine: TestEngine) throws {
        try engine.use { database in
            var entry = AuditEncodingTests.entries[0]
            entry.reason = "a\u{0}b'; DROP TABLE audit_entries; -- \u{202E}\u{FEFF} 𝔘 \\ \r\n"
            entry.query = String(repeating: "日", count: 2000)
            _ = try database.write { try AuditLog.append(entry, in: $0) }
            #expect(try database.read { try AuditVerifier.verify($0) }.damage == nil)
        }
    }

    @Test("Whichever statement fails, act and entry happen together or not at all", arguments: TestEngine.all)
    func everyFailure(engine: TestEngine) throws {
        try engine.use { database in
            let store = AccountStore(rules: testRules)
            var done = 0
            for count in 0..<40 {
                let wanted = details("p\(count)@council.example")
                let result = try? database.write { connection in
                    connection.fail(after: count, with: .diskFull("test"))
                    return try store.create(wanted, by: occasion(admin), in: connection)
                }
                if result != nil { done += 1 }
                let (accounts, entries) = try database.read { connection in
                    (
                        try connection.rows("SELECT id FROM accounts").count,
                        try connection.rows("SELECT seq FROM audit_entries WHERE act = 'account-created'").count
                    )
                }
                #expect(accounts == done)
                #expect(entries == done)
            }
            #expect(done > 0 && done < 40)
            #expect(try database.read { try AuditVerifier.verify($0) }.damage == nil)
        }
    }

    @Test("The serving role of PostgreSQL has not the right, even where the trigger sleeps")
    func privileges() throws {
        for engine in TestEngine.all where engine.engine == .postgreSQL {
            try engine.use { database, owner in
                try database.write { _ = try AuditLog.append(AuditEncodingTests.entries[0], in: $0) }
                try engine.tamper(owner) { _ in }
                let attempts: [SQL] = [
                    "UPDATE audit_entries SET reason = 'x'", "DELETE FROM audit_subjects", "TRUNCATE audit_entries",
                    "ALTER TABLE audit_entries ENABLE TRIGGER USER", "DROP TABLE audit_subjects",
                ]
                for attempt in attempts {
                    #expect(throws: (any Error).self) { try database.write { try $0.run(attempt) } }
                }
                #expect(try database.read { try AuditVerifier.verify($0) }.damage == nil)
            }
        }
    }

    @Test("Writers side by side make one chain without gap", arguments: TestEngine.all)
    func sideBySide(engine: TestEngine) throws {
        try engine.use { database in
            DispatchQueue.concurrentPerform(iterations: 4) { writer in
                for i in 0..<15 {
                    var entry = AuditEncodingTests.entries[i % 3]
                    entry.request = "\(writer)-\(i)"
                    do {
                        try database.write { _ = try AuditLog.append(entry, in: $0) }
                    } catch {
                        Issue.record(error)
                    }
                }
            }
            let found = try database.read { try AuditVerifier.verify($0) }
            #expect(found.entries == 60)
            #expect(found.damage == nil)
        }
    }
}
