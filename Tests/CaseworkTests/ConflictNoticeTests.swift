import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("Who is in conflict takes nothing on, and the agency is told whoever recorded it", .serialized)
struct ConflictNoticeTests {
    typealias W = CaseWorld

    private func told(_ world: W) throws -> [RegisterNotice] {
        try world.write {
            try RegisterNotice.sent(to: W.word("council"), roles: [], since: W.now.advanced(bySeconds: -1), in: $0)
        }.filter { $0.kind == .conflictDeclared }
    }

    private func records(_ world: W) throws -> Set<ID<Registered>> { Set(try told(world).compactMap(\.record)) }

    @Test(
        "Opening a case, adding someone to it and recording it for a colleague each tell",
        arguments: TestDatabase.engines)
    func told(_ engine: Engine) throws {
        let world = try W(engine)
        let anne = try world.person("Anne", "Reed")
        try world.write { try world.store.declareConflict(with: anne, on: world.occasion(W.colleague), in: $0) }
        #expect(try told(world).map(\.record) == [ID(anne)])
        let opened = try world.open(victim: anne)
        #expect(try records(world) == [ID(anne), ID(opened)])
        #expect(try told(world).allSatisfy { $0.account == W.colleague.account })
        let added = try world.open()
        #expect(try told(world).count == 2)
        func add() throws {
            try world.write {
                try world.store.addParty(
                    anne, as: W.word("alleged-perpetrator"), to: added, on: world.occasion(W.officer), in: $0)
            }.get()
        }
        try add()
        try add()
        #expect(try told(world).count == 3)
        #expect(try records(world) == [ID(anne), ID(opened), ID(added)])
        let recorded = try world.open()
        for _ in 1...2 {
            try world.write {
                try world.store.recordConflict(
                    of: W.officer.account, with: recorded, reason: "Her neighbour", on: world.occasion(W.supervisor),
                    in: $0)
            }.get()
        }
        #expect(try told(world).count == 4)
        #expect(try told(world).filter { $0.account == W.officer.account }.map(\.record) == [ID(recorded)])
        // Who may not record it tells nobody.
        _ = try world.write {
            try world.store.recordConflict(
                of: W.colleague.account, with: recorded, reason: "No", on: world.occasion(W.member), in: $0)
        }
        #expect(try told(world).count == 4)
    }

    @Test("A case and an action are handed to nobody from whom it is hidden", arguments: TestDatabase.engines)
    func handed(_ engine: Engine) throws {
        let world = try W(engine)
        let anne = try world.person("Anne", "Reed")
        try world.write { try world.store.declareConflict(with: anne, on: world.occasion(W.colleague), in: $0) }
        let id = try world.open(victim: anne)
        func assign(_ actor: Actor) throws -> Result<Void, CaseRefusal> {
            try world.write {
                try world.store.assign(
                    id, to: actor.account, team: W.word("asb-team"), reason: nil, on: world.occasion(W.supervisor),
                    in: $0)
            }
        }
        func act(_ actor: Actor) throws -> CaseRefusal? {
            try world.write {
                try world.store.addAction(
                    "Ring her", agency: W.word("council"), owner: actor.account, due: W.today, to: id,
                    on: world.occasion(W.officer), in: $0)
            }.refusal
        }
        for refusal in [try assign(W.colleague).refusal, try act(W.colleague)] {
            guard case .problems(let problems) = refusal else {
                Issue.record("It was handed to whom it does not exist for")
                continue
            }
            #expect(problems.map(\.field) == ["owner"])
            #expect(problems.map(\.says) == ["They cannot take this on. Choose a colleague"])
        }
        #expect(try act(W.officer) == nil)
        try assign(W.supervisor).get()
    }

    @Test(
        "A case whose owner is in conflict waits for the supervisor like one with nobody",
        arguments: TestDatabase.engines)
    func waits(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open(by: W.colleague)
        func waiting() throws -> Bool {
            try world.write { try world.store.work(on: world.occasion(W.supervisor), in: $0) }.contains {
                $0.item.record.id == id && $0.kind == .unanswered
            }
        }
        #expect(try !waiting())
        let anne = try world.person("Anne", "Reed")
        try world.write { try world.store.declareConflict(with: anne, on: world.occasion(W.colleague), in: $0) }
        try world.write {
            try world.store.addParty(
                anne, as: W.word("alleged-perpetrator"), to: id, on: world.occasion(W.officer), in: $0)
        }.get()
        #expect(try waiting())
    }
}
