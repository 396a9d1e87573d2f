import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance

/// What it costs to be refused, and what is left behind: neither may tell a hidden record from one that is not there.
@Suite("Register: hidden and absent cost the same", .serialized)
struct RegisterCostTests {
    typealias W = AccessWorld
    typealias R = RegisterWorld

    /// The last entry of the audit, without its place in the chain, its code and the identifier that was asked for.
    private func lastEntry(_ world: R, about id: ID<Registered>) throws -> (entry: [String], code: String?) {
        try world.database.read { connection in
            let row = try #require(try connection.first("SELECT * FROM audit_entries ORDER BY seq DESC"))
            let seq: Int64 = try row.get("seq")
            let asked: String = try row.get("object_id")
            #expect(asked == id.text)
            let texts = [
                "kind", "account", "agency", "role", "session", "address", "act", "object_kind", "object_fields",
                "object_class", "reason", "gateway", "rule_version", "outcome", "query", "request",
            ]
            var entry = try texts.map { try row.optional($0, as: String.self) ?? "-" }
            for number in ["at", "object_version", "results"] {
                entry.append(try row.optional(number, as: Int64.self).map { "\($0)" } ?? "-")
            }
            for digest in ["before_digest", "after_digest"] {
                entry.append("\(try row.optional(digest, as: [UInt8].self) ?? [])")
            }
            for subject in try connection.rows("SELECT subject FROM audit_subjects WHERE seq = \(seq)") {
                entry.append(try subject.get("subject"))
            }
            return (entry, try row.optional("code"))
        }
    }

    @Test(
        "Every act on a hidden record runs as many statements as on none, and leaves the same entry but for its code",
        arguments: TestDatabase.engines)
    func sameCost(_ engine: Engine) throws {
        let world = try R(engine)
        let officer = W.worker("case-officer")
        var conflict = W.record("case")
        conflict.conflicts = [officer.account]
        conflict.shares = [.init(agency: W.word("fire"), from: W.today, highest: .p1)]
        conflict.involved = [W.account(5), W.account(6)]
        try world.put([
            R.entry(1, W.record("case", .sealed)), R.entry(2, conflict), R.entry(3, W.record("case", .restricted)),
        ])
        let register = world.register
        let occasion = world.occasion(officer)
        let second = W.worker("supervisor", number: 2)
        let acts: [(name: String, act: (ID<Registered>, Connection) throws -> Void)] = [
            ("find", { id, connection in _ = try register.find(id, on: occasion, in: connection) }),
            (
                "find to change",
                { id, connection in _ = try register.find(id, for: .update, .p1, on: occasion, in: connection) }
            ),
            (
                "change",
                { id, connection in _ = try register.change(id, on: occasion, in: connection) { $0.title = "mine" } }
            ),
            (
                "break glass",
                { id, connection in
                    _ = try register.breakGlass(
                        of: id, .other, reason: "a reason that is long enough", administrators: W.word("administrator"),
                        on: occasion, in: connection)
                }
            ),
            (
                "remove",
                { id, connection in
                    _ = try register.remove(id, agreedBy: second, reason: "gone", on: occasion, in: connection)
                }
            ),
        ]
        for (name, act) in acts {
            let absent = R.id(9)
            let cost = try TestDatabase.statements(in: world.database) { try act(absent, $0) }
            // The record, five kinds of relations, and the entry of the audit.
            #expect(cost > 6, "\(name)")
            try world.write { try act(absent, $0) }
            let trace = try lastEntry(world, about: absent)
            #expect(trace.code == "absent", "\(name)")
            for number in 1...3 {
                let id = R.id(number)
                #expect(
                    try TestDatabase.statements(in: world.database) { try act(id, $0) } == cost, "\(name) of \(number)")
                try world.write { try act(id, $0) }
                let other = try lastEntry(world, about: id)
                #expect(other.entry == trace.entry, "\(name) of \(number)")
                #expect(other.code != "absent", "\(name) of \(number)")
            }
        }
    }
}
