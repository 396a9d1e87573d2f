import Configuration
import Foundation
import Governance
import HTTP
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import TrustPages

@Suite("The audit’s pages")
struct AuditPagesTests {
    let site: TestSite
    let auditor: TestAccount
    let subject = "0197c0de-0000-7000-8000-000000000001"

    init() throws {
        site = try TestSite(routes: TrustRoutes.routes)
        auditor = try site.account(roles: ["auditor"], name: "Ada Auditor")
    }

    /// Writes entries as some area of the program would.
    private func enter(_ act: AuditAct, by account: TestAccount, reason: String? = nil, count: Int = 1) throws {
        try site.site.database.write { connection in
            for i in 0..<count {
                var entry = Occasion(account.actor, at: site.now, request: "made-\(i)").entry(act)
                entry.subjects = [AuditSubject(reference: subject)].compactMap { $0 }
                entry.reason = reason
                try AuditLog.append(entry, in: connection)
            }
        }
    }

    private func count(_ act: String) throws -> Int { try site.audit().filter { $0.hasPrefix("\(act) permit") }.count }

    @Test("Who looked at a person is told by name, and what is read is logged")
    func person() throws {
        let officer = try site.account(roles: ["case-officer"], name: "Olu Officer")
        try enter(.read, by: officer)
        let before = try count("audit-read")
        let page = try site.get("/trust/audit/person/\(subject)", as: auditor)
        #expect(page.says("Olu Officer"))
        #expect(page.says("Read a record"))
        #expect(!page.says("Signed in"))
        #expect(try count("audit-read") == before + 1)
        let query = try site.site.database.read {
            let sql: SQL = "SELECT query FROM audit_entries WHERE act = 'audit-read' ORDER BY seq DESC LIMIT 1"
            return try $0.first(sql)?.get("query", as: String.self)
        }
        #expect(query == "subject=\(subject)")
        #expect(try site.get("/trust/audit/account/\(officer.id)", as: auditor).says("What Olu Officer did"))
    }

    @Test("A person’s reading of the audit shows at the next reading")
    func ownReading() throws {
        #expect(!(try site.get("/trust/audit?act=audit-read", as: auditor)).says("entry 1<"))
        let second = try site.get("/trust/audit?act=audit-read", as: auditor)
        #expect(second.says("Read the audit</td>") && second.says("Ada Auditor"))
    }

    @Test("Filters narrow the list, and what is no day is said beside its field")
    func filters() throws {
        let officer = try site.account(roles: ["case-officer"], name: "Olu Officer")
        try enter(.disclose, by: officer)
        try enter(.delete, by: officer)
        let page = try site.get("/trust/audit?act=disclose", as: auditor)
        #expect(page.says("Disclosed to someone outside</td>") && !page.says("Deleted a record</td>"))
        let day = try site.get("/trust/audit?until=31/5/2026", as: auditor)
        #expect(day.says("No entry of the audit is like this."))
        let wrong = try site.get("/trust/audit?from=31/2/2026", as: auditor)
        #expect(wrong.status == .badRequest && wrong.says("Enter a day that exists, like 27/3/2026"))
        #expect(try site.get("/trust/audit?after=x", as: auditor).status == .badRequest)
    }

    @Test("Older entries are on further pages, each entry once")
    func pages() throws {
        let officer = try site.account(roles: ["case-officer"])
        try enter(.merge, by: officer, count: 120)
        var path: String? = "/trust/audit?act=merge"
        var seen: [String] = []
        while let address = path {
            let page = try site.get(address, as: auditor)
            seen += page.text.split(separator: "about entry ").dropFirst().map { String($0.prefix { $0 != "<" }) }
            path = page.between("govuk-pagination__next\">", "rel=\"next\"").flatMap { part in
                part.split(separator: "\"").first { $0.hasPrefix("/trust") }
                    .map { $0.split(separator: "&amp;").joined(separator: "&") }
            }
        }
        #expect(seen.count == 120 && Set(seen).count == 120)
        #expect(seen == seen.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) })
    }

    @Test("An export needs a reason, which the audit keeps")
    func exportNeedsReason() throws {
        for fields in [["format": "csv"], ["format": "csv", "reason": "  "], ["reason": "Request 12"]] {
            #expect(try site.post("/trust/audit/export", fields, as: auditor).status == .badRequest)
        }
        #expect(try count("audit-export") == 0)
        let fields = ["format": "csv", "reason": "Request 12", "act": "sign-in"]
        let answer = try site.post("/trust/audit/export", fields, as: auditor)
        #expect(answer.status == .ok)
        #expect(answer.response.headers["Content-Type"]?.hasPrefix("text/csv") == true)
        #expect(answer.response.headers["Content-Disposition"] == "attachment; filename=\"audit-2026-06-01.csv\"")
        let kept = try site.site.database.read { connection in
            try connection.rows("SELECT reason FROM audit_entries WHERE act = 'audit-export'").map {
                try $0.get("reason", as: String.self)
            }
        }
        #expect(kept == ["Request 12"])
    }

    @Test("No cell of an exported table begins like a formula")
    func formulas() throws {
        try enter(.read, by: auditor, reason: "=HYPERLINK(\"http://evil.example\")")
        let fields = ["format": "csv", "reason": "Check", "act": "read"]
        let table = try site.post("/trust/audit/export", fields, as: auditor).text
        #expect(table.contains("'=HYPERLINK"))
        #expect(!table.contains(",=HYPERLINK") && !table.contains(",\"=HYPERLINK"))
    }

    @Test("JSON lines have the chain’s hashes, one entry a line")
    func jsonLines() throws {
        let fields = ["format": "jsonl", "reason": "Check", "act": "sign-in"]
        let lines = try site.post("/trust/audit/export", fields, as: auditor).text.split(separator: "\n")
        #expect(lines.count == (try count("sign-in")))
        for line in lines {
            let json = try JSON(parsing: Array(line.utf8), from: "line")
            guard case .string(let hash)? = json["hash"] else {
                Issue.record("no hash")
                continue
            }
            #expect(hash.utf8.count == 64)
        }
    }

    @Test("A changed entry is found and named")
    func check() throws {
        let good = try site.get("/trust/audit/check", as: auditor)
        #expect(good.says("The audit is whole"))
        try site.site.database.write { connection in
            for trigger in try connection.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                let name: String = try trigger.get("name")
                try connection.run(SQL(unsafe: "DROP TRIGGER \"\(name)\"", []))
            }
            try connection.run("UPDATE audit_entries SET reason = 'another' WHERE seq = 2")
        }
        let bad = try site.get("/trust/audit/check", as: auditor)
        #expect(bad.says("The audit was changed. Entry 2 is not as it was written."))
        #expect(try site.audit().last == "audit-review error")
    }

    @Test("An anchor that was not made with the site's key is not believed")
    func forgedAnchor() throws {
        let site = try TestSite(routes: TrustRoutes.routes)
        let auditor = try site.account(roles: ["auditor"])
        let head = try site.site.database.read { try AuditLog.head(in: $0) }
        let anchor = AuditAnchor(head, on: site.now.ukDate)
        try AuditAnchorFile(path: site.site.configuration.auditAnchors, key: [UInt8](repeating: 1, count: 32)).add(
            anchor)
        #expect(try site.get("/trust/audit/check", as: auditor).says("The anchors were not compared"))
        try FileManager.default.removeItem(atPath: site.site.configuration.auditAnchors)
        try site.site.anchors.add(anchor)
        let page = try site.get("/trust/audit/check", as: auditor)
        #expect(!page.says("The anchors were not compared") && page.problems == [])
    }
}
