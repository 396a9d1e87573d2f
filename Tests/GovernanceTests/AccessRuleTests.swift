import Files
import Kernel
import Testing

@testable import Governance

@Suite("Access: the rules one by one")
struct AccessRuleTests {
    typealias W = AccessWorld
    let catalogue: RoleCatalogue
    let officer = W.worker("case-officer")

    init() throws { catalogue = try W.catalogue() }

    private func ask(
        _ actor: Actor, _ action: AccessAction, _ facts: RecordFacts, _ field: FieldClass = .p0, purpose: String? = nil,
        now: Instant = W.now
    ) -> AccessDecision {
        Access.decide(
            AccessRequest(actor, action, facts, field, purpose: purpose.map { W.word($0) }), roles: catalogue, now: now)
    }

    // MARK: Permission and reach

    @Test("Someone without a role may nothing, and sees nothing")
    func nobody() {
        for action in AccessAction.allCases {
            #expect(ask(W.worker(), action, W.record()) == .deny(.noPermission, hidden: true))
            #expect(ask(W.worker("no-such-role"), action, W.record()).isHidden)
        }
    }

    @Test("A record of another agency that is not shared does not exist")
    func foreign() {
        #expect(ask(officer, .read, W.record(agency: "police")) == .deny(.noPermission, hidden: true))
        #expect(ask(officer, .search, W.record("person", agency: "police")).isHidden)
    }

    @Test("The role that allowed it is named")
    func role() {
        let both = W.worker("case-officer", "supervisor")
        #expect(ask(both, .export, W.record()).role == W.word("supervisor"))
        #expect(ask(both, .read, W.record()).role == W.word("case-officer"))
        #expect(ask(both, .administer, W.record()).role == nil)
    }

    @Test("A sharing holds from its first day to its last, and no deeper than it says")
    func sharing() {
        var facts = W.record(agency: "police")
        func shared(_ from: Int, _ until: Int?, _ highest: FieldClass) -> AccessDecision {
            facts.shares = [
                .init(
                    agency: W.word("council"), from: W.today.advanced(by: from),
                    until: until.map { W.today.advanced(by: $0) }, highest: highest)
            ]
            return ask(officer, .read, facts, .p1)
        }
        #expect(shared(0, 0, .p1).isPermitted)
        #expect(shared(0, nil, .p2).isPermitted)
        #expect(shared(1, nil, .p2).isHidden)
        #expect(shared(-5, -1, .p2).isHidden)
        #expect(shared(0, nil, .p0) == .deny(.noPermission, hidden: false))
        #expect(ask(officer, .update, facts) == .deny(.noPermission, hidden: false))
        facts.shares = [.init(agency: W.word("fire"), from: W.today, highest: .p2)]
        #expect(ask(officer, .read, facts).isHidden)
    }

    @Test("A seat on a panel opens its items from listing until they close, while the seat lasts, to invited agencies")
    func listing() {
        let member = W.worker("panel-member")
        var facts = W.record(agency: "police")
        func listed(_ panel: String, _ from: Int, _ until: Int?, _ agencies: [String] = []) -> AccessDecision {
            facts.listings = [
                .init(
                    panel: W.word(panel), from: W.today.advanced(by: from),
                    until: until.map { W.today.advanced(by: $0) }, agencies: Set(agencies.map { W.word($0) }))
            ]
            return ask(member, .read, facts, .p2)
        }
        #expect(listed("marac", 0, 0).isPermitted)
        #expect(listed("marac", -9, nil, ["police", "council"]).isPermitted)
        #expect(listed("marac", -9, nil, ["police"]).isHidden)
        #expect(listed("marac", 1, nil).isHidden)
        #expect(listed("marac", -9, -1).isHidden)
        #expect(listed("iom", 0, nil).isHidden)
        var past = member
        past.panels = [.init(panel: W.word("marac"), from: W.today.advanced(by: -9), until: W.today.advanced(by: -1))]
        _ = listed("marac", -9, nil)
        #expect(ask(past, .read, facts).isHidden)
        #expect(ask(W.worker("case-officer", agency: "fire"), .read, facts).isPermitted)
    }

    @Test("Who holds an action keeps seeing the item after the panel closed it, without changing it")
    func actionOwner() {
        var facts = W.record(agency: "police")
        facts.involved = [officer.account]
        #expect(ask(officer, .read, facts, .p2).isPermitted)
        #expect(!ask(officer, .update, facts).isPermitted)
        #expect(!ask(officer, .read, facts, .p3).isPermitted)
    }

    @Test("Who left for another agency no longer owns the old agency's records")
    func leaver() {
        var facts = W.record(agency: "police", .restricted)
        facts.owner = officer.account
        #expect(ask(officer, .read, facts) == .deny(.restricted, hidden: true))
        facts.recordClass = .normal
        #expect(ask(officer, .read, facts).isHidden)
    }

    @Test("A report is shown to the data protection officer for a purpose, and for that purpose only")
    func purpose() {
        let dpo = W.worker("data-protection-officer")
        #expect(ask(dpo, .read, W.record("report"), .p2) == .deny(.purpose, hidden: false))
        #expect(ask(dpo, .read, W.record("report"), .p2, purpose: "curiosity") == .deny(.purpose, hidden: false))
        #expect(ask(dpo, .read, W.record("report"), .p2, purpose: "subject-request").isPermitted)
        #expect(ask(dpo, .read, W.record("case"), .p2, purpose: "subject-request").isHidden)
    }

    // MARK: Walls

    @Test("A conflict of interest hides the record whatever else holds")
    func conflict() {
        var facts = W.record("case", .sealed)
        facts.owner = officer.account
        facts.named = [officer.account]
        facts.involved = [officer.account]
        facts.grants = [W.grant(officer.account)]
        facts.conflicts = [officer.account]
        for recordClass in RecordClass.allCases {
            facts.recordClass = recordClass
            for action in AccessAction.allCases {
                #expect(ask(officer, action, facts) == .deny(.conflict, hidden: true))
            }
        }
        facts.conflicts = [W.account(2)]
        facts.recordClass = .normal
        #expect(ask(officer, .read, facts).isPermitted)
    }

    @Test("A restricted record is seen by its owner and the named, and does not exist for others")
    func restricted() {
        var facts = W.record("case", .restricted)
        #expect(ask(officer, .read, facts) == .deny(.restricted, hidden: true))
        #expect(ask(W.worker("supervisor", number: 2), .count, facts).isHidden)
        #expect(ask(officer, .breakGlass, facts).isHidden)
        facts.named = [officer.account]
        #expect(ask(officer, .read, facts).isPermitted)
        facts.named = []
        facts.owner = officer.account
        #expect(ask(officer, .read, facts).isPermitted)
        facts.owner = W.account(2)
        facts.named = [W.account(3)]
        facts.involved = [officer.account]
        #expect(ask(officer, .read, facts).isHidden)
    }

    @Test("Being named gives no right that the role has not")
    func namedOnly() {
        var facts = W.record("case", agency: "police", .restricted)
        facts.named = [officer.account]
        #expect(ask(officer, .read, facts).isHidden)
    }

    @Test("A sealed record exists only for those whom the chair granted it, until the grant ends")
    func sealed() {
        let chair = W.worker("panel-chair")
        var facts = W.record("case", agency: "police", .sealed)
        facts.listings = [.init(panel: W.word("marac"), from: W.today)]
        #expect(ask(chair, .read, facts) == .deny(.sealed, hidden: true))
        facts.grants = [W.grant(chair.account, seconds: 1)]
        #expect(ask(chair, .read, facts, .p4).isPermitted)
        #expect(ask(chair, .read, facts, now: W.now.advanced(bySeconds: 1)) == .deny(.sealed, hidden: true))
        facts.grants = [W.grant(W.account(2))]
        #expect(ask(chair, .read, facts).isHidden)
    }

    @Test("A sealed record asks for a second factor of the last 15 minutes, at every field")
    func sealedFreshness() {
        var chair = W.worker("panel-chair")
        var facts = W.record("case", .sealed)
        facts.owner = chair.account
        facts.grants = [W.grant(chair.account)]
        func shown(_ seconds: Int64?) -> AccessDecision {
            chair.secondFactorAt = seconds.map { W.now.advanced(bySeconds: -$0) }
            return ask(chair, .read, facts)
        }
        #expect(shown(900).isPermitted)
        #expect(shown(901) == .deny(.recentSecondFactor, hidden: false))
        #expect(shown(nil) == .deny(.secondFactor, hidden: false))
        #expect(shown(-901) == .deny(.recentSecondFactor, hidden: false))
    }

    @Test("Sealed fields and reviews of glasses, too, ask for a second factor of the last 15 minutes")
    func freshness() {
        let stale = W.now.advanced(bySeconds: -901)
        var administrator = W.worker("administrator")
        administrator.secondFactorAt = stale
        #expect(ask(administrator, .reviewBreakGlass, W.record("break-glass"), .p1).reason == .recentSecondFactor)
        #expect(ask(administrator, .read, W.record("break-glass"), .p1).isPermitted)
        var chair = W.worker("panel-chair")
        chair.secondFactorAt = stale
        var facts = W.record()
        facts.owner = chair.account
        facts.grants = [W.grant(chair.account)]
        #expect(ask(chair, .read, facts, .p4).reason == .recentSecondFactor)
        #expect(ask(chair, .read, facts, .p3).isPermitted)
    }

    @Test("A sealed field of any record asks for the chair's grant")
    func sealedField() {
        let chair = W.worker("panel-chair")
        var facts = W.record()
        facts.owner = chair.account
        #expect(ask(chair, .read, facts, .p4) == .deny(.sealed, hidden: false))
        facts.grants = [W.grant(chair.account)]
        #expect(ask(chair, .read, facts, .p4).isPermitted)
    }

    @Test("A perpetrator's worker never sees a victim's or a child's safety fields, by no role")
    func sideWall() {
        for side in [SubjectSide.victim, .child, nil] {
            for kind in ["report", "case", "person", "risk-answers", "research", "minutes", "order"] {
                for action in AccessAction.allCases {
                    var worker = W.worker(side: .perpetrator)
                    worker.roles = Set(catalogue.roles.map(\.code))
                    var facts = W.record(kind)
                    facts.owner = worker.account
                    facts.involved = [worker.account]
                    facts.grants = [W.grant(worker.account)]
                    facts.side = side
                    #expect(!ask(worker, action, facts, .p3).isPermitted)
                    #expect(!ask(worker, action, facts, .p4).isPermitted)
                }
            }
        }
        var own = W.record("person")
        own.side = .perpetrator
        #expect(ask(W.worker("case-officer", side: .perpetrator), .read, own, .p3).isPermitted)
        #expect(ask(officer, .read, own, .p3) == .deny(.wall, hidden: false))
        #expect(ask(W.worker("case-officer", side: nil), .read, W.record("person"), .p3) == .deny(.wall, hidden: false))
    }

    @Test("Who takes a report writes down an address that they cannot read afterwards")
    func intake() {
        let intake = W.worker("intake", side: nil)
        #expect(ask(intake, .create, W.record("person"), .p3).isPermitted)
        #expect(!ask(intake, .read, W.record("person"), .p3).isPermitted)
        #expect(!ask(intake, .update, W.record("person"), .p3).isPermitted)
    }

    @Test("Every further role leaves the walls standing")
    func walls() {
        for role in catalogue.roles {
            let actor = W.worker(role.code.text)
            for recordClass in RecordClass.allCases {
                var facts = W.record("case", recordClass)
                facts.conflicts = [actor.account]
                #expect(ask(actor, .read, facts).reason == .conflict)
                facts.conflicts = []
                if recordClass == .sealed { #expect(ask(actor, .read, facts).reason == .sealed) }
                if recordClass == .restricted { #expect(ask(actor, .read, facts).reason == .restricted) }
            }
        }
    }

    // MARK: Context

    @Test("Personal data asks for a second factor; ordinary data does not")
    func secondFactor() {
        var actor = officer
        actor.secondFactorAt = nil
        #expect(ask(actor, .read, W.record(), .p1) == .deny(.secondFactor, hidden: false))
        #expect(ask(actor, .read, W.record(), .p0).isPermitted)
        actor.secondFactorAt = W.now.advanced(bySeconds: -7200)
        #expect(ask(actor, .read, W.record(), .p3).isPermitted)
    }

    @Test("Personal data asks for training and vetting in date")
    func training() {
        var actor = officer
        actor.clearedUntil = W.today
        #expect(ask(actor, .read, W.record(), .p1).isPermitted)
        actor.clearedUntil = W.today.advanced(by: -1)
        #expect(ask(actor, .read, W.record(), .p1) == .deny(.notTrained, hidden: false))
        #expect(ask(actor, .breakGlass, W.record("person", .protected)).reason == .notTrained)
        #expect(ask(actor, .read, W.record(), .p0).isPermitted)
    }

    @Test("A program sees no more than names, breaks no glass and reads nothing sealed")
    func client() {
        var client = W.worker("case-officer", "panel-chair")
        client.kind = .client
        client.secondFactorAt = nil
        #expect(ask(client, .read, W.record(), .p1).isPermitted)
        #expect(ask(client, .read, W.record(), .p2) == .deny(.client, hidden: false))
        #expect(ask(client, .breakGlass, W.record("person", .protected)).reason == .client)
        var facts = W.record("case", .sealed)
        facts.grants = [W.grant(client.account)]
        #expect(ask(client, .read, facts).reason == .client)
    }

    @Test("The scheduler needs a role like anyone, and breaks no glass")
    func system() {
        var system = W.worker("case-officer")
        system.kind = .system
        system.secondFactorAt = nil
        #expect(ask(system, .read, W.record(), .p2).isPermitted)
        #expect(ask(system, .breakGlass, W.record("person", .protected)).reason == .client)
        system.roles = []
        #expect(ask(system, .read, W.record()).isHidden)
    }

    // MARK: Obligations

    @Test("What is personal is audited; exports, grants, glasses and foreign searches take a reason; two people delete")
    func obligations() throws {
        let supervisor = W.worker("supervisor")
        #expect(ask(officer, .read, W.record()).obligations.isEmpty)
        #expect(ask(officer, .read, W.record(), .p1).obligations == [.audit])
        #expect(ask(officer, .count, W.record(), .p1).obligations.isEmpty)
        #expect(ask(officer, .count, W.record(), .p2).obligations == [.audit])
        #expect(ask(supervisor, .export, W.record(), .p1).obligations == [.audit, .reason])
        #expect(ask(officer, .export, W.record("assessment")).obligations.isEmpty)
        #expect(ask(supervisor, .grant, W.record()).obligations == [.audit, .reason])
        #expect(ask(supervisor, .merge, W.record()).obligations == [.audit, .reason, .secondPerson])
        #expect(ask(W.worker("analyst"), .delete, W.record("assessment")).obligations.contains(.secondPerson))
        #expect(ask(officer, .search, W.record(), .p1).obligations == [.audit])
        var shared = W.record(agency: "police")
        shared.shares = [.init(agency: W.word("council"), from: W.today, highest: .p2)]
        #expect(ask(officer, .search, shared, .p1).obligations == [.audit, .reason])
        var granted = W.record("case")
        let chair = W.worker("panel-chair")
        granted.owner = chair.account
        granted.grants = [W.grant(chair.account)]
        #expect(ask(chair, .read, granted, .p4).obligations == [.audit, .reason])
        #expect(ask(officer, .breakGlass, W.record("person", .protected)).obligations == [.audit, .reason])
    }

    @Test("Nobody approves their own work, reviews their own glass or changes their own account")
    func ownWork() {
        let chair = W.worker("panel-chair")
        var minutes = W.record("minutes")
        minutes.owner = chair.account
        minutes.author = chair.account
        #expect(ask(chair, .publish, minutes, .p2) == .deny(.ownWork, hidden: false))
        minutes.author = W.account(2)
        #expect(ask(chair, .publish, minutes, .p2).isPermitted)
        let administrator = W.worker("administrator")
        var glass = W.record("break-glass")
        glass.author = administrator.account
        #expect(ask(administrator, .reviewBreakGlass, glass, .p1).reason == .ownWork)
        glass.author = W.account(2)
        #expect(ask(administrator, .reviewBreakGlass, glass, .p1).isPermitted)
        var account = W.record("account")
        account.owner = administrator.account
        #expect(ask(administrator, .administer, account, .p1) == .deny(.ownWork, hidden: false))
        account.owner = W.account(2)
        #expect(ask(administrator, .administer, account, .p1).isPermitted)
    }

    @Test("What cannot be read cannot be changed, handed on, closed, exported or told of, whatever the role says")
    func unread() throws {
        let writeOnly = try W.catalogue(
            """
            { "version": "1", "roles": [{ "code": "writer", "name": "W", "purpose": "p", "permissions": [
              { "records": ["case"], "actions": ["list", "search", "update", "export", "print", "notify", "attach", "share", "merge", "delete",
                "grant", "publish", "administer",
                "review-break-glass"], "reach": ["agency"], "highest": "P2" },
              { "records": ["case"], "actions": ["read"], "reach": ["agency"], "highest": "P0" }] }] }
            """)
        let writer = W.worker("writer")
        for action in AccessAction.allCases where action.needsReading {
            func ask(_ field: FieldClass) -> AccessDecision {
                Access.decide(AccessRequest(writer, action, W.record(), field), roles: writeOnly, now: W.now)
            }
            #expect(ask(.p0).isPermitted)
            #expect(ask(.p1) == .deny(.noPermission, hidden: false))
        }
    }
}
