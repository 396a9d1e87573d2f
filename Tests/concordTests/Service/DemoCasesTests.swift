import Foundation
import Kernel
import Storage
import Testing

/// What the demo partnership holds, looked up in its database after `concord init --demo`.
@Suite("The demo partnership’s cases", .serialized)
struct DemoCasesTests {
    /// States that only a rare path reaches, or that a case passes on the day it comes to them.
    private static let rare = ["case-review": ["valid", "policing-body"]]

    /// The states of each type that is on without being asked for, as the files of Definitions name them.
    private static func states() throws -> [String: [String]] {
        let folder = Program.root + "/Definitions/case-types"
        var states: [String: [String]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasSuffix(".json") {
            let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(name)"))
            let type = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
            let code = try #require(type["code"] as? String)
            let named = try #require(type["states"] as? [[String: Any]]).compactMap { $0["code"] as? String }
            states[code] = named.filter { DemoCasesTests.rare[code]?.contains($0) != true }
        }
        return states
    }

    @Test("There is a case in every state of every type, late and in time, open and closed, and the audit is whole")
    func everyState() throws {
        let demo = try Installed()
        try demo.make(["--demo"])
        let database = try Database(.sqlite(path: demo.folder.path("data/concord.db")), makes: false)
        defer { database.close() }
        func rows(_ text: String) throws -> [Row] { try database.read { try $0.rows(SQL(unsafe: text, [])) } }

        var found: [String: Set<String>] = [:]
        for row in try rows("SELECT type, state FROM cases") {
            found[try row.get("type"), default: []].insert(try row.get("state"))
        }
        let states = try DemoCasesTests.states()
        // Eighteen are shipped; the demo partnership asks for the sealed one too, which is off by default.
        #expect(states.count == 18)
        for (type, states) in states {
            #expect(Set(states).subtracting(found[type] ?? []).sorted() == [], "\(type)")
        }

        // What waits is late in some cases and in time in others; some are over, and most are not.
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        let waiting = "SELECT id FROM case_clocks WHERE met_at IS NULL AND stopped_at IS NULL AND due_at"
        #expect(try rows("\(waiting) < \(now)").count > 10)
        #expect(try rows("\(waiting) > \(now)").count > 10)
        let all = try rows("SELECT id FROM cases").count
        let closed = try rows("SELECT id FROM cases WHERE closed_at IS NOT NULL").count
        #expect(closed > 20 && closed < all / 2)
        for state in ["IS NULL", "IS NOT NULL"] {
            let actions = try rows("SELECT id FROM case_actions WHERE closed_at \(state)")
            #expect(!actions.isEmpty)
        }

        // About thirty people in offender management over fourteen months, and a year of months that were kept.
        let members = try rows("SELECT id FROM cases WHERE type = 'offender-management'").count
        #expect((28...34).contains(members))
        #expect(try rows("SELECT month FROM cohort_snapshots").count == 12)

        // The accounts are made today, and their work lies before: one step back, and no other.
        let audit = try demo.run(["audit", "verify"])
        #expect(audit.status == 0, "\(audit.errors)")
        let steps = audit.output.split(separator: "\n").filter { $0.contains("The clock went back") }
        #expect(steps.count == 1, "\(steps)")
    }
}
