import Kernel
import Storage
import Testing

@testable import Governance

@Suite("Audit: views and export", .serialized)
struct AuditViewTests {
    private let auditor = occasion(actor(["auditor"], agency: "police"), at: morning.advanced(bySeconds: 86_400 * 3))

    /// Forty entries over two days of five accounts about four people.
    private func fill(_ database: Database) throws -> [AuditEntry] {
        var entries: [AuditEntry] = []
        let accounts = (0..<5).map { _ in ID<Account>(at: morning) }
        for i in 0..<40 {
            var entry = AuditEncodingTests.entries[0]
            entry.at = morning.advanced(bySeconds: Int64(i) * 3600)
            entry.by.account = accounts[i % 5]
            entry.by.agency = i % 2 == 0 ? code("council") : code("police")
            entry.act = [.read, .search, .update, .export][i % 4]
            entry.outcome = i % 8 == 7 ? .deny : .permit
            entry.request = "req-\(i / 2)"
            entry.object?.id = "p-\(i % 4)"
            entry.subjects = AuditEncodingTests.subjects("p-\(i % 4)", "p-\(i % 3)")
            entries.append(entry)
        }
        try database.write { connection in for entry in entries { try AuditLog.append(entry, in: connection) } }
        return entries
    }

    @Test("Each filter shows exactly the entries that it means", arguments: TestEngine.all)
    func filters(engine: TestEngine) throws {
        try engine.use { database in
            let entries = try fill(database)
            let june2 = june1.advanced(by: 1)
            let subject = AuditEncodingTests.subjects("p-2")[0]
            let account = entries[3].by.account
            let cases: [(AuditFilter, (AuditEntry) -> Bool)] = [
                (AuditFilter(), { _ in true }),
                (AuditFilter(subject: subject), { $0.subjects.contains(subject) }),
                (AuditFilter(account: account), { $0.by.account == account }),
                (AuditFilter(agency: code("police")), { $0.by.agency == code("police") }),
                (AuditFilter(object: AuditObject(code("person"), id: "p-1")), { $0.object?.id == "p-1" }),
                (AuditFilter(acts: [.search, .export]), { [.search, .export].contains($0.act) }),
                (AuditFilter(outcome: .deny), { $0.outcome == .deny }),
                (AuditFilter(from: june2), { $0.at.ukDate >= june2 }),
                (AuditFilter(until: june1), { $0.at.ukDate <= june1 }),
                (AuditFilter(from: june2, until: june2), { $0.at.ukDate == june2 }),
                (AuditFilter(request: "req-4"), { $0.request == "req-4" }),
                (
                    AuditFilter(subject: subject, acts: [.read], outcome: .permit, until: june1),
                    {
                        $0.subjects.contains(subject) && $0.act == .read && $0.outcome == .permit
                            && $0.at.ukDate <= june1
                    }
                ),
            ]
            let newest = try database.read { try AuditLog.head(in: $0).seq }
            for (filter, isMeant) in cases {
                let page = try database.write { try AuditView.page(filter, limit: 500, by: auditor, in: $0) }
                let shown = page.records.filter { $0.seq <= newest }.map(\.entry)
                #expect(shown == entries.filter(isMeant).reversed(), "\(filter.description)")
            }
        }
    }

    @Test("Pages follow each other without gap or repetition while entries are added", arguments: TestEngine.all)
    func pages(engine: TestEngine) throws {
        try engine.use { database in
            _ = try fill(database)
            var seen: [Int64] = []
            var cursor: Int64?
            repeat {
                let page = try database.write {
                    try AuditView.page(AuditFilter(), after: cursor, limit: 7, by: auditor, in: $0)
                }
                #expect(page.records.count <= 7)
                seen += page.records.map(\.seq)
                cursor = page.next
            } while cursor != nil
            #expect(seen == (1...40).reversed().map(Int64.init))
        }
    }

    @Test("Looking up who looked at a person is itself among those who looked", arguments: TestEngine.all)
    func loggedReading(engine: TestEngine) throws {
        try engine.use { database in
            _ = try fill(database)
            let filter = AuditFilter(subject: AuditEncodingTests.subjects("p-2")[0], acts: [.auditRead])
            let read = { try database.write { try AuditView.page(filter, reason: "Complaint 7", by: auditor, in: $0) } }
            #expect(try read().records.isEmpty)
            let entry = try #require(try read().records.first?.entry)
            #expect(entry.act == .auditRead)
            #expect(entry.by.account == auditor.actor.account)
            #expect(entry.reason == "Complaint 7")
            #expect(entry.query == "subject=p-2 acts=audit-read")
            #expect(entry.results == 0)
        }
    }

    @Test("An export is recorded before it is written, and has the entries up to then", arguments: TestEngine.all)
    func export(engine: TestEngine) throws {
        try engine.use { database in
            _ = try fill(database)
            let filter = AuditFilter(acts: [.search])
            let export = try database.write { try AuditView.export(filter, reason: "IOPC", by: auditor, in: $0) }
            #expect(export.count == 10)
            #expect(try auditWords(database).last == "audit-export permit")
            var bytes: [UInt8] = []
            try database.read { try export.write(as: .jsonLines, in: $0) { bytes += $0 } }
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            #expect(lines.count == 10)
            let first = try JSON(parsing: Array(lines[0].utf8), from: "export")
            #expect(first["seq"] == .integer(2))
            #expect(first["processing"] == .string("consultation"))
            #expect(first["subjects"] == .array([.string("p-1"), .string("p-1")]))
            let whole = try database.write { try AuditView.export(AuditFilter(), reason: nil, by: auditor, in: $0) }
            _ = try database.write { try AuditLog.append(AuditEncodingTests.entries[1], in: $0) }
            bytes = []
            try database.read { try whole.write(as: .csv, in: $0) { bytes += $0 } }
            #expect(String(decoding: bytes, as: UTF8.self).split(separator: "\n").count == 1 + 41)
        }
    }
}
