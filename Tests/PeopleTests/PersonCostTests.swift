import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance
@testable import People

/// What it costs to be refused must not tell a hidden person from one who is not there.
@Suite("People: hidden and absent cost the same", .serialized)
struct PersonCostTests {
    typealias W = PeopleWorld

    @Test(
        "Reading, changing and guarding a hidden person cost as much as nobody, and leave the same entry but for its code",
        arguments: TestDatabase.engines)
    func sameCost(_ engine: Engine) throws {
        let world = try W(engine)
        var facts = RecordFacts(kind: try PersonStore.kind(), agency: W.word("council"))
        facts.owner = W.account(1)
        facts.side = .victim
        var conflict = facts
        conflict.conflicts = [W.officer.account]
        conflict.involved = [W.account(3)]
        var restricted = facts
        restricted.recordClass = .restricted
        restricted.named = [W.account(1)]
        var sealed = facts
        sealed.recordClass = .sealed
        sealed.grants = [.init(account: W.account(1), until: W.now.advanced(bySeconds: 86_400))]
        for (number, facts) in [conflict, restricted, sealed].enumerated() {
            try world.put(W.person(number + 1), W.whole, facts, .ordinary)
        }
        let store = world.store
        let occasion = world.occasion(W.officer)
        let acts: [(name: String, act: (ID<Person>, Connection) throws -> Bool)] = [
            ("read", { id, connection in try store.read(id, reason: "why", on: occasion, in: connection) == .absent }),
            (
                "change",
                { id, connection in
                    try store.change(
                        id, version: 1, to: W.details("A", "B"), fields: [.givenName], on: occasion, in: connection
                    ).isAbsent
                }
            ),
            (
                "guard",
                { id, connection in
                    try store.guardRecord(id, reason: "why", on: occasion, in: connection) { $0.recordClass = .normal }
                        .isAbsent
                }
            ),
            (
                "guard the address",
                { id, connection in
                    try store.guardAddress(id, as: .sealed, reason: "why", on: occasion, in: connection).isAbsent
                }
            ),
        ]
        for (name, act) in acts {
            func cost(_ id: ID<Person>) throws -> Int {
                try TestDatabase.statements(in: world.database) { connection in
                    let isAbsent = try act(id, connection)
                    #expect(isAbsent, "\(name)")
                }
            }
            func trace(_ id: ID<Person>) throws -> [String] {
                try world.entries { _ = try world.write { try act(id, $0) } }
            }
            let nobody = try cost(W.person(9))
            let entries = try trace(W.person(9))
            #expect(nobody > 6, "\(name)")
            #expect(entries == ["denied|deny|absent|record|-|-"], "\(name)")
            for number in 1...3 {
                #expect(try cost(W.person(number)) == nobody, "\(name) of \(number)")
                let other = try trace(W.person(number)).map { $0.split(separator: "|") }
                #expect(other.count == 1 && other[0].count == 6, "\(name) of \(number)")
                let rest = other.map { $0.enumerated().filter { $0.offset != 2 }.map(\.element) }
                #expect(rest == [["denied", "deny", "record", "-", "-"]], "\(name) of \(number)")
            }
        }
    }
}

extension Result where Success == Void, Failure == PersonRefusal {
    fileprivate var isAbsent: Bool {
        guard case .failure(.register(.absent)) = self else { return false }
        return true
    }
}
