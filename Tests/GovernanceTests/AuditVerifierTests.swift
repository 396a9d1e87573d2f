import Kernel
import Storage
import Testing

@testable import Governance

@Suite("Audit: verification", .serialized)
struct AuditVerifierTests {
    /// Writes entries that all differ, every third about two people.
    private func fill(_ database: Database, _ count: Int) throws {
        try database.write { connection in
            for i in 1...count {
                var entry = AuditEncodingTests.entries[i % 3]
                entry.at = morning.advanced(bySeconds: Int64(i))
                entry.request = "req-\(i)"
                try AuditLog.append(entry, in: connection)
            }
        }
    }

    private func verify(_ database: Database, _ anchors: [AuditAnchor] = []) throws -> AuditVerification {
        try database.read { try AuditVerifier.verify($0, anchors: anchors) }
    }

    @Test("An empty audit and an untouched one hold; the head is the last hash", arguments: TestEngine.all)
    func holds(engine: TestEngine) throws {
        try engine.use { database in
            #expect(try verify(database).entries == 0)
            #expect(try verify(database).damage == nil)
            try fill(database, 25)
            let found = try verify(database)
            #expect(found.entries == 25)
            #expect(found.damage == nil)
            #expect(found.clockSteps.isEmpty)
            #expect(try found.hash == database.read { try AuditLog.head(in: $0).hash })
        }
    }

    @Test("The first three entries get the hashes that another program computes", arguments: TestEngine.all)
    func knownHashes(engine: TestEngine) throws {
        try engine.use { database in
            try database.write { connection in
                for (i, entry) in AuditEncodingTests.entries.enumerated() {
                    let head = try AuditLog.append(entry, in: connection)
                    #expect(head.seq == Int64(i + 1))
                    #expect(Hexadecimal.text(head.hash) == AuditEncodingTests.hashes[i])
                }
            }
            #expect(try verify(database).damage == nil)
        }
    }

    struct Tampering: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let statements: [SQL]
        let damage: AuditDamage
    }

    static let tamperings: [Tampering] = [
        Tampering(
            testDescription: "a changed reason", statements: ["UPDATE audit_entries SET reason = 'x' WHERE seq = 6"],
            damage: .changed(6)),
        Tampering(
            testDescription: "a reason set to nothing",
            statements: ["UPDATE audit_entries SET reason = NULL WHERE seq = 6"], damage: .changed(6)),
        Tampering(
            testDescription: "a changed time", statements: ["UPDATE audit_entries SET at = at + 1 WHERE seq = 1"],
            damage: .changed(1)),
        Tampering(
            testDescription: "a changed hash",
            statements: [
                "UPDATE audit_entries SET hash = (SELECT hash FROM audit_entries WHERE seq = 3) WHERE seq = 9"
            ],
            damage: .changed(9)),
        Tampering(
            testDescription: "a last entry changed",
            statements: ["UPDATE audit_entries SET request = 'x' WHERE seq = 20"], damage: .changed(20)),
        Tampering(
            testDescription: "a subject changed",
            statements: ["UPDATE audit_subjects SET subject = 'p-5' WHERE seq = 5 AND place = 1"],
            damage: .changed(5)),
        Tampering(
            testDescription: "a subject taken out",
            statements: ["DELETE FROM audit_subjects WHERE seq = 5 AND place = 0"], damage: .changed(5)),
        Tampering(
            testDescription: "a subject added",
            statements: ["INSERT INTO audit_subjects (seq, place, subject) VALUES (5, 2, 'p-5')"],
            damage: .changed(5)),
        Tampering(
            testDescription: "subjects swapped",
            statements: ["UPDATE audit_subjects SET place = place + 2 WHERE seq = 5 AND place = 0"],
            damage: .changed(5)),
        Tampering(
            testDescription: "an entry taken out",
            statements: ["DELETE FROM audit_subjects WHERE seq = 7", "DELETE FROM audit_entries WHERE seq = 7"],
            damage: .missing(7)),
        Tampering(
            testDescription: "the first entry taken out",
            statements: ["DELETE FROM audit_subjects WHERE seq = 1", "DELETE FROM audit_entries WHERE seq = 1"],
            damage: .missing(1)),
        Tampering(
            testDescription: "two entries taken out and the rest renumbered",
            statements: [
                "DELETE FROM audit_subjects WHERE seq IN (7, 8)", "DELETE FROM audit_entries WHERE seq IN (7, 8)",
                "UPDATE audit_entries SET seq = -seq WHERE seq > 8",
                "UPDATE audit_subjects SET seq = -seq WHERE seq > 8",
                "UPDATE audit_entries SET seq = -seq - 2 WHERE seq < 0",
                "UPDATE audit_subjects SET seq = -seq - 2 WHERE seq < 0",
            ], damage: .missing(7)),
        Tampering(
            testDescription: "an entry put in and the rest renumbered",
            statements: [
                "UPDATE audit_entries SET seq = -seq WHERE seq >= 7",
                "UPDATE audit_subjects SET seq = -seq WHERE seq >= 7",
                "UPDATE audit_entries SET seq = -seq + 1 WHERE seq < 0",
                "UPDATE audit_subjects SET seq = -seq + 1 WHERE seq < 0",
                """
                INSERT INTO audit_entries (seq, at, kind, act, outcome, request, hash)
                SELECT 7, at, kind, act, outcome, request, hash FROM audit_entries WHERE seq = 6
                """,
            ], damage: .inserted(7)),
        Tampering(
            testDescription: "an entry of number 0 put in",
            statements: [
                """
                INSERT INTO audit_entries (seq, at, kind, act, outcome, request, hash)
                SELECT 0, at, kind, act, outcome, request, hash FROM audit_entries WHERE seq = 6
                """
            ], damage: .inserted(0)),
        Tampering(
            testDescription: "neighbours swapped with their hashes", statements: swap(7, 8),
            damage: .reordered(7, with: 8)),
        Tampering(
            testDescription: "distant entries swapped with their hashes", statements: swap(4, 16),
            damage: .reordered(4, with: 16)),
        Tampering(
            testDescription: "two entries swapped, hashes left", statements: swap(4, 10) + swapHashes(4, 10),
            damage: .reordered(4, with: 10)),
        Tampering(
            testDescription: "people named for no entry",
            statements: ["INSERT INTO audit_subjects (seq, place, subject) VALUES (99, 0, 'p-5')"],
            damage: .straySubjects(99)),
    ]

    static func swap(_ a: Int64, _ b: Int64) -> [SQL] {
        [(a, -a), (b, a), (-a, b)].flatMap { from, to -> [SQL] in
            [
                "UPDATE audit_entries SET seq = \(to) WHERE seq = \(from)",
                "UPDATE audit_subjects SET seq = \(to) WHERE seq = \(from)",
            ]
        }
    }

    static func swapHashes(_ a: Int64, _ b: Int64) -> [SQL] {
        [
            """
            UPDATE audit_entries
            SET hash = CASE seq
                WHEN \(a) THEN (SELECT e.hash FROM audit_entries e WHERE e.seq = \(b))
                ELSE (SELECT e.hash FROM audit_entries e WHERE e.seq = \(a)) END
            WHERE seq IN (\(a), \(b))
            """
        ]
    }

    @Test("What the owner of the tables alters is named at its first entry", arguments: TestEngine.all)
    func tampering(engine: TestEngine) throws {
        for tampering in Self.tamperings {
            try engine.use { database, owner in
                try fill(database, 20)
                try engine.tamper(owner) { connection in
                    for statement in tampering.statements { try connection.run(statement) }
                }
                let found = try verify(database)
                #expect(found.damage == tampering.damage, "\(tampering.testDescription)")
            }
        }
    }

    @Test("An entry put in with a right hash, the rest renumbered, is named", arguments: TestEngine.all)
    func insertedWithRightHash(engine: TestEngine) throws {
        try engine.use { database, owner in
            try fill(database, 12)
            try engine.tamper(owner) { connection in
                let rows = try connection.rows(
                    "SELECT \(AuditTables.columns) FROM audit_entries e WHERE e.seq >= 7 ORDER BY e.seq")
                let before = try connection.first("SELECT hash FROM audit_entries WHERE seq = 6")
                try connection.run("DELETE FROM audit_subjects WHERE seq >= 7")
                try connection.run("DELETE FROM audit_entries WHERE seq >= 7")
                var buffer: [UInt8] = []
                var columns = AuditColumns.values(seq: 7, AuditEncodingTests.entries[1])
                let hash = AuditChain.hash(
                    after: try before?.get("hash") ?? [], columns: columns, subjects: [], buffer: &buffer)
                columns.append(.blob(hash))
                try connection.run("INSERT INTO audit_entries VALUES (\(list: columns))")
                for row in rows {
                    var values = row.values
                    values[0] = .integer(try row.get("seq") + Int64(1))
                    try connection.run("INSERT INTO audit_entries VALUES (\(list: values))")
                }
            }
            #expect(try verify(database).damage == .inserted(7))
        }
    }

    @Test("A tail cut off is found by the anchor, and only by it", arguments: TestEngine.all)
    func truncated(engine: TestEngine) throws {
        try engine.use { database, owner in
            try fill(database, 10)
            let early = AuditAnchor(try database.read { try AuditLog.head(in: $0) }, on: june1)
            try fill(database, 10)
            let late = AuditAnchor(try database.read { try AuditLog.head(in: $0) }, on: june1.advanced(by: 1))
            #expect(try verify(database, [early, late]).anchors == 2)
            try engine.tamper(owner) { connection in
                try connection.run("DELETE FROM audit_subjects WHERE seq > 14")
                try connection.run("DELETE FROM audit_entries WHERE seq > 14")
            }
            #expect(try verify(database).damage == nil)
            let found = try verify(database, [early, late])
            #expect(found.damage == .truncated(after: 14, anchored: 20))
            #expect(found.anchors == 1)
        }
    }

    @Test(
        "An audit emptied, or written anew with right hashes, does not agree with its anchor", arguments: TestEngine.all
    )
    func rewritten(engine: TestEngine) throws {
        try engine.use { database, owner in
            try fill(database, 10)
            let first = AuditAnchor(try database.read { try AuditLog.head(in: $0) }, on: june1)
            try fill(database, 5)
            let second = AuditAnchor(try database.read { try AuditLog.head(in: $0) }, on: june1)
            try engine.tamper(owner) { connection in
                try connection.run("DELETE FROM audit_subjects WHERE seq > 12")
                try connection.run("DELETE FROM audit_entries WHERE seq > 12")
            }
            try fill(database, 8)
            #expect(try verify(database).damage == nil)
            #expect(try verify(database, [first, second]).damage == .rewritten(after: 10, upTo: 15))
            try engine.tamper(owner) { connection in
                try connection.run("DELETE FROM audit_subjects")
                try connection.run("DELETE FROM audit_entries")
            }
            #expect(try verify(database, [first, second]).damage == .truncated(after: 0, anchored: 15))
        }
    }

    @Test("An entry with another format of number or text in a column is changed", arguments: [TestEngine.sqlite])
    func changedType(engine: TestEngine) throws {
        try engine.use { database, owner in
            try fill(database, 3)
            try engine.tamper(owner) { try $0.run("UPDATE audit_entries SET at = at + 0.5 WHERE seq = 2") }
            #expect(try verify(database).damage == .changed(2))
        }
    }
}
