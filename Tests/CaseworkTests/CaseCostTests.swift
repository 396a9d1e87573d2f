import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Casework

/// What it costs to be refused, and what the audit keeps of it, must not tell a hidden case from one that is not there.
@Suite("Cases: hidden and absent cost the same", .serialized)
struct CaseCostTests {
    typealias W = CaseWorld

    /// A case that is hidden from `W.colleague`, with what lies in it.
    private struct Hidden {
        let id: ID<CaseRecord>
        let file: ID<CaseAttachment>
        let action: ID<CaseAction>
    }

    private typealias Act = (name: String, isRefused: (Hidden, Connection) throws -> Bool)

    private static func hidden(_ world: W) throws -> [(why: String, Hidden)] {
        let named: (inout RecordFacts) -> Void = { facts in
            facts.recordClass = .restricted
            facts.named = [W.officer.account, W.supervisor.account]
        }
        return try ["conflict", "restricted", "sealed", "other agency"].enumerated().map { number, why in
            let id = try world.open(heading: why)
            // The more lies in a case, the dearer it is to read for those who may.
            for day in 0..<number {
                let entry = W.incident(W.today.advanced(by: -1 - day))
                _ = try world.write { try world.store.fill(entry, in: id, on: world.occasion(W.officer), in: $0).get() }
            }
            let file = try AttachmentTests.add(AttachmentTests.new(), to: id, world).get()
            let action = try world.write { connection in
                let action = try world.store.addAction(
                    "Visit", agency: W.word("council"), owner: nil, due: W.today, to: id,
                    on: world.occasion(W.officer), in: connection
                ).get()
                let supervisor = world.occasion(W.supervisor)
                switch why {
                case "conflict":
                    try world.store.recordConflict(
                        of: W.colleague.account, with: id, reason: "Her neighbour", on: supervisor, in: connection
                    ).get()
                case "restricted":
                    try world.store.guardRecord(id, reason: "A councillor", on: supervisor, in: connection, named)
                        .get()
                case "sealed": try connection.run("UPDATE register_records SET class = 'sealed' WHERE id = \(id)")
                default:
                    try connection.run(
                        "UPDATE register_records SET agency = 'police', team = NULL WHERE id = \(id)")
                }
                return action
            }
            return (why, Hidden(id: id, file: file, action: action))
        }
    }

    /// Each says whether it was told that there is no such case.
    private static func cases(_ world: W, _ person: ID<Person>) -> [Act] {
        let (store, occasion) = (world.store, world.occasion(W.colleague))
        return [
            (
                "read",
                { hidden, connection in
                    if case .absent = try store.read(hidden.id, on: occasion, in: connection) { true } else { false }
                }
            ),
            ("fill", { try store.fill(W.incident(), in: $0.id, on: occasion, in: $1).refusal?.isAbsent == true }),
            (
                "move",
                {
                    try store.move($0.id, by: W.word("assess"), from: W.word("new"), on: occasion, in: $1)
                        .refusal?.isAbsent == true
                }
            ),
            (
                "assign",
                {
                    try store.assign(
                        $0.id, to: W.colleague.account, team: nil, reason: "Mine now", on: occasion, in: $1
                    ).refusal?.isAbsent == true
                }
            ),
            (
                "add a person",
                {
                    try store.addParty(person, as: W.word("witness"), to: $0.id, on: occasion, in: $1)
                        .refusal?.isAbsent == true
                }
            ),
            (
                "close an action",
                {
                    try store.closeAction(
                        $0.action, of: $0.id, as: .done, outcome: "Done", on: occasion, in: $1
                    ).refusal?.isAbsent == true
                }
            ),
            (
                "share",
                {
                    try store.share(
                        $0.id, with: W.word("police"), until: nil, highest: .p1, gateway: "cda-115", reason: "Joint",
                        on: occasion, in: $1
                    ).refusal?.isAbsent == true
                }
            ),
            (
                "guard",
                {
                    try store.guardRecord($0.id, reason: "Why", on: occasion, in: $1) { $0.recordClass = .normal }
                        .refusal?.isAbsent == true
                }
            ),
        ]
    }

    private static func files(_ world: W) -> [Act] {
        let (store, occasion) = (AttachmentTests.store(world), world.occasion(W.colleague))
        let papers = CasePapers(attachments: store)
        return [
            ("list files", { try store.list(of: $0.id, on: occasion, in: $1) == nil }),
            ("read a file", { try store.read($0.file, of: $0.id, on: occasion, in: $1).refusal?.isAbsent == true }),
            (
                "open a file",
                {
                    try store.open($0.file, as: .original, of: $0.id, for: .read, on: occasion, in: $1)
                        .refusal?.isAbsent == true
                }
            ),
            (
                "export a file",
                {
                    try store.open(
                        $0.file, as: .original, of: $0.id, for: .export, reason: "Court", on: occasion, in: $1
                    ).refusal?.isAbsent == true
                }
            ),
            (
                "add a file",
                { try store.add(AttachmentTests.new(), to: $0.id, on: occasion, in: $1).refusal?.isAbsent == true }
            ),
            (
                "withdraw a file",
                {
                    try store.supersede($0.file, of: $0.id, reason: "Wrong", on: occasion, in: $1)
                        .refusal?.isAbsent == true
                }
            ),
            (
                "scan a file",
                { try store.forScanning($0.file, of: $0.id, on: occasion, in: $1).refusal?.isAbsent == true }
            ),
            (
                "papers",
                {
                    let choice = CasePapers.Choice(withSafety: false, reason: "Panel")
                    return try papers.content(of: $0.id, choice, for: .print, on: occasion, in: $1)
                        .refusal?.isAbsent == true
                }
            ),
        ]
    }

    @Test(
        "Every act on a hidden case runs as many statements as on none, and leaves the same entry but for its code",
        arguments: TestDatabase.engines)
    func sameCost(_ engine: Engine) throws {
        let world = try W(engine)
        let hidden = try Self.hidden(world)
        let person = try world.person("Ada", "Achebe", by: W.colleague)
        let first = try #require(hidden.first).1
        let nobody = Hidden(
            id: try #require(ID("01890000-0000-7000-8000-0000000000ff")), file: first.file, action: first.action)
        for (name, isRefused) in Self.cases(world, person) + Self.files(world) {
            func cost(_ hidden: Hidden) throws -> Int {
                try TestDatabase.statements(in: world.database) { connection in
                    let isAbsent = try isRefused(hidden, connection)
                    #expect(isAbsent, "\(name)")
                }
            }
            func trace(_ hidden: Hidden) throws -> [[Substring]] {
                let before = try world.audit().count
                _ = try world.write { try isRefused(hidden, $0) }
                return try world.audit().dropFirst(before).map { $0.split(separator: "|") }
            }
            let least = try cost(nobody)
            // The record, its kinds of relations, and the entry of the audit.
            #expect(least > 6, "\(name)")
            #expect(try trace(nobody) == [["denied", "deny", "absent", "record", "-", "-"]], "\(name)")
            for (why, hidden) in hidden {
                #expect(try cost(hidden) == least, "\(name): \(why)")
                let entries = try trace(hidden)
                let rest = entries.map { $0.enumerated().filter { $0.offset != 2 }.map(\.element) }
                #expect(rest == [["denied", "deny", "record", "-", "-"]], "\(name): \(why)")
                #expect(entries.allSatisfy { $0[2] != "absent" }, "\(name): \(why)")
            }
        }
        // They are dearer for those who may see them, so that the cost says something.
        let occasion = world.occasion(W.officer)
        let dear = try TestDatabase.statements(in: world.database) {
            guard case .found = try world.store.read(first.id, on: occasion, in: $0) else {
                throw Fault("The case is hidden from whoever opened it")
            }
        }
        #expect(dear > 15)
    }
}
