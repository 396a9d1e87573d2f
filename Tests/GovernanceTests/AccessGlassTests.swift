import Files
import Kernel
import Testing

@testable import Governance

@Suite("Access: protected records and standing in")
struct AccessGlassTests {
    typealias W = AccessWorld
    let catalogue: RoleCatalogue
    let officer = W.worker("case-officer")

    init() throws { catalogue = try W.catalogue() }

    private func ask(
        _ actor: Actor, _ action: AccessAction, _ facts: RecordFacts, _ field: FieldClass = .p0, now: Instant = W.now
    ) -> AccessDecision {
        Access.decide(AccessRequest(actor, action, facts, field), roles: catalogue, now: now)
    }

    @Test("A protected record of another agency is found masked, and opening it asks for a reason")
    func found() {
        let facts = W.record("person", agency: "police", .protected)
        let search = ask(officer, .search, facts)
        #expect(search.isMasked && !search.isPermitted)
        #expect(search.obligations == [.audit, .reason, .mask])
        #expect(ask(officer, .read, facts, .p2) == .deny(.glass, hidden: false))
        #expect(!ask(officer, .list, facts).isPermitted)
        #expect(!ask(officer, .count, facts).isPermitted)
        #expect(!ask(officer, .notify, facts).isPermitted)
    }

    @Test("A broken glass lets read that record for three hours, and nothing else")
    func broken() {
        var facts = W.record("person", agency: "police", .protected)
        facts.glasses = [W.grant(officer.account, seconds: BrokenGlass.seconds)]
        #expect(ask(officer, .read, facts, .p3).isPermitted)
        #expect(ask(officer, .read, facts, .p2).obligations.contains(.audit))
        #expect(ask(officer, .read, facts, .p4).reason != nil)
        #expect(ask(officer, .read, facts, .p2, now: W.now.advanced(bySeconds: 10_799)).isPermitted)
        #expect(ask(officer, .read, facts, .p2, now: W.now.advanced(bySeconds: 10_800)).reason == .glass)
        for action in AccessAction.allCases where ![.read, .breakGlass].contains(action) {
            #expect(!ask(officer, action, facts).isPermitted)
        }
        let other = W.record("person", agency: "police", .protected)
        #expect(ask(officer, .read, other, .p2).reason == .glass)
        #expect(ask(W.worker("case-officer", number: 2), .read, facts, .p2).reason == .glass)
    }

    @Test("A broken glass skips no other check")
    func checks() {
        var facts = W.record("person", agency: "police", .protected)
        facts.glasses = [W.grant(officer.account)]
        facts.side = .child
        #expect(ask(officer, .read, facts, .p3).reason == .wall)
        var untrained = officer
        untrained.clearedUntil = W.today.advanced(by: -1)
        #expect(ask(untrained, .read, facts, .p1).reason == .notTrained)
        var withdrawn = officer
        withdrawn.roles = []
        #expect(ask(withdrawn, .read, facts).isHidden)
        facts.conflicts = [officer.account]
        #expect(ask(officer, .read, facts).reason == .conflict)
        facts.conflicts = []
        for recordClass in [RecordClass.restricted, .sealed, .normal] {
            facts.recordClass = recordClass
            #expect(ask(officer, .read, facts).isHidden)
        }
    }

    @Test("A glass is broken only by those who may search, with a fresh second factor, where there is a glass")
    func breaking() throws {
        let person = W.record("person", agency: "police", .protected)
        #expect(ask(officer, .breakGlass, person).isPermitted)
        #expect(ask(W.worker("panel-member"), .breakGlass, person).isHidden)
        #expect(ask(officer, .breakGlass, W.record("case", agency: "police", .protected)).isHidden)
        var stale = officer
        stale.secondFactorAt = W.now.advanced(bySeconds: -901)
        #expect(ask(stale, .breakGlass, person) == .deny(.recentSecondFactor, hidden: false))
        for recordClass in [RecordClass.normal, .restricted, .sealed] {
            var facts = W.record("person", recordClass)
            facts.owner = officer.account
            facts.grants = [W.grant(officer.account)]
            #expect(!ask(officer, .breakGlass, facts).isPermitted)
        }
        let baseless = try W.catalogue(
            """
            { "version": "1", "roles": [{ "code": "breaker", "name": "B", "purpose": "p", "permissions": [
              { "actions": ["break-glass", "read"], "reach": ["partnership"], "highest": "P2" }] }] }
            """)
        let decision = Access.decide(
            AccessRequest(W.worker("breaker"), .breakGlass, person), roles: baseless, now: W.now)
        #expect(decision.reason == .noPermission)
    }

    @Test("Those who work on a protected record need no reason: its owner, its team, those with an action")
    func atWork() {
        var facts = W.record("person", .protected)
        #expect(ask(officer, .read, facts, .p2).reason == .glass)
        facts.team = W.word("asb-team")
        #expect(ask(officer, .read, facts, .p2).isPermitted)
        facts.team = W.word("housing")
        facts.involved = [officer.account]
        #expect(ask(officer, .read, facts, .p2).isPermitted)
        facts.involved = []
        facts.owner = officer.account
        #expect(ask(officer, .update, facts, .p2).isPermitted)
        var listed = W.record("person", agency: "police", .protected)
        listed.listings = [.init(panel: W.word("marac"), from: W.today)]
        #expect(ask(officer, .read, listed, .p2).reason == .glass)
        #expect(ask(W.worker("intake"), .create, W.record("person", .protected), .p2).isPermitted)
    }

    // MARK: Standing in

    /// The council's member of staff 1 stands in for number 2 of the team `housing`.
    private func standIn(
        _ own: String, for roles: Set<String>, of delegatorRoles: Set<String>, days: ClosedRange<Int> = 0...5,
        change: (inout Actor) -> Void = { _ in }
    ) -> Actor {
        var delegator = W.worker(number: 2)
        delegator.roles = Set(delegatorRoles.map { W.word($0) })
        delegator.teams = [W.word("housing")]
        change(&delegator)
        var actor = W.worker(own)
        actor.panels = []
        actor.standIns = [
            StandIn(
                for: delegator, roles: Set(roles.map { W.word($0) }), from: W.today.advanced(by: days.lowerBound),
                until: W.today.advanced(by: days.upperBound))
        ]
        return actor
    }

    @Test("Who stands in works with the colleague's records and roles, from the first day to the last")
    func standsIn() {
        var facts = W.record("case", .protected)
        facts.owner = W.account(2)
        func may(_ actor: Actor) -> Bool { ask(actor, .update, facts, .p2).isPermitted }
        #expect(may(standIn("analyst", for: ["case-officer"], of: ["case-officer"])))
        #expect(!may(standIn("analyst", for: ["case-officer"], of: ["case-officer"], days: 1...5)))
        #expect(!may(standIn("analyst", for: ["case-officer"], of: ["case-officer"], days: -5...(-1))))
        #expect(!may(standIn("analyst", for: ["case-officer"], of: ["intake"])))
        #expect(!may(standIn("analyst", for: ["case-officer"], of: ["case-officer"]) { $0.agency = W.word("police") }))
    }

    @Test("Standing in opens nothing that the colleague may not see, nor what the stand-in may not")
    func bounded() {
        func actor(_ change: (inout Actor) -> Void = { _ in }) -> Actor {
            standIn(
                "member", for: ["case-officer", "panel-chair"], of: ["case-officer", "panel-chair"], change: change)
        }
        var facts = W.record("case")
        facts.owner = W.account(2)
        #expect(ask(actor(), .read, facts, .p3).isPermitted)
        #expect(ask(actor { $0.side = nil }, .read, facts, .p3).reason == .wall)
        #expect(ask(actor { $0.side = .perpetrator }, .read, facts, .p3).reason == .wall)
        #expect(ask(actor { $0.clearedUntil = W.today.advanced(by: -1) }, .read, facts, .p1).reason == .notTrained)
        facts.conflicts = [W.account(2)]
        #expect(ask(actor(), .read, facts).isHidden)
        facts.conflicts = [W.account(1)]
        #expect(ask(actor(), .read, facts).reason == .conflict)
        facts.conflicts = []
        facts.recordClass = .restricted
        #expect(ask(actor(), .read, facts).reason == .restricted)
        facts.recordClass = .sealed
        facts.grants = [W.grant(W.account(2))]
        #expect(ask(actor(), .read, facts).reason == .sealed)
        facts.recordClass = .protected
        facts.owner = nil
        facts.glasses = [W.grant(W.account(2))]
        #expect(ask(actor(), .read, facts, .p2).reason == .glass)
    }

    @Test("Who stands in does not approve the work of the colleague")
    func approves() {
        var facts = W.record("minutes")
        facts.owner = W.account(2)
        facts.author = W.account(2)
        let actor = standIn("member", for: ["panel-chair"], of: ["panel-chair"])
        #expect(ask(actor, .publish, facts, .p2).reason == .ownWork)
        facts.author = W.account(1)
        #expect(ask(actor, .publish, facts, .p2).reason == .ownWork)
        facts.author = W.account(3)
        #expect(ask(actor, .publish, facts, .p2).isPermitted)
    }
}
