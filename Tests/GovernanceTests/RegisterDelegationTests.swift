import Kernel
import Storage
import TestDatabases
import Testing

@testable import Governance

@Suite("Standing in for colleagues, kept", .serialized)
struct RegisterDelegationTests {
    typealias W = AccessWorld

    private func give(
        _ world: RegisterWorld, _ roles: Set<String>, to colleague: Actor, days: ClosedRange<Int> = 0...5
    ) throws -> Result<Delegation, Fault> {
        try world.write {
            try DelegationStore.give(
                Set(roles.map { W.word($0) }), to: colleague, from: W.today.advanced(by: days.lowerBound),
                until: W.today.advanced(by: days.upperBound), catalogue: world.register.roles,
                on: world.occasion(W.worker("case-officer", "supervisor", number: 2)), in: $0)
        }
    }

    private func standIns(_ world: RegisterWorld, now delegator: Actor?, day: Int = 0) throws -> [StandIn] {
        try world.database.read {
            try DelegationStore.standIns(of: W.account(1), on: W.today.advanced(by: day), in: $0) { _ in delegator }
        }
    }

    @Test(
        "It goes as far as the colleague's own rights go today, and until its last day", arguments: TestDatabase.engines
    )
    func kept(_ engine: Engine) throws {
        let world = try RegisterWorld(engine)
        let delegation = try give(world, ["case-officer", "supervisor"], to: W.worker("intake")).get()
        let full = W.worker("case-officer", "supervisor", number: 2)
        #expect(try standIns(world, now: full).map(\.roles) == [full.roles])
        #expect(try standIns(world, now: full, day: 5).count == 1)
        #expect(try standIns(world, now: full, day: 6).isEmpty)
        #expect(try standIns(world, now: full, day: -1).isEmpty)
        #expect(try standIns(world, now: W.worker("intake", number: 2)).map(\.roles) == [[]])
        #expect(try standIns(world, now: nil).isEmpty)
        func end(_ actor: Actor) throws -> Bool {
            try world.write { try DelegationStore.end(delegation.id, on: world.occasion(actor), in: $0) }
        }
        #expect(try !end(W.worker("administrator", number: 3)))
        #expect(try end(full))
        #expect(try !end(full))
        #expect(try standIns(world, now: full).isEmpty)
        #expect(try world.words() == ["permission permit delegated", "permission permit delegation-ended"])
    }

    @Test(
        "Nobody hands over what they have not, to another agency, to themselves, for ever or against the duties' separation"
    )
    func refused() throws {
        let world = try RegisterWorld(.sqlite)
        let colleague = W.worker("intake")
        #expect(try !give(world, ["panel-chair"], to: colleague).isSuccess)
        #expect(try !give(world, [], to: colleague).isSuccess)
        #expect(try !give(world, ["case-officer"], to: W.worker("intake", agency: "police")).isSuccess)
        #expect(try !give(world, ["case-officer"], to: W.worker("intake", number: 2)).isSuccess)
        #expect(try !give(world, ["case-officer"], to: colleague, days: 0...90).isSuccess)
        #expect(try give(world, ["case-officer"], to: colleague, days: 0...89).isSuccess)
        #expect(try !give(world, ["supervisor"], to: W.worker("auditor")).isSuccess)
    }
}
