import Casework
import Files
import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Panels

@Suite struct ReferralTests {
    typealias W = PanelWords

    private func state(_ world: PanelWorld, _ pair: PanelWorld.Pair, at now: Instant = PanelWorld.now) throws
        -> PanelReferral
    {
        try #require(
            try world.by(PanelWorld.officer, at: now) {
                try $0.referrals(of: pair.caseID, on: $1, in: $2).last
            })
    }

    @Test(
        "A case is open to its panel from listing until four weeks after the minutes' approval",
        arguments: TestDatabase.engines)
    func listing(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        func readers(at now: Instant) throws -> Set<ID<Account>> {
            Set(try PanelWorld.members.filter { try world.reads(pair.caseID, $0, at: now) }.map(\.account))
        }
        #expect(try readers(at: PanelWorld.now).isEmpty)

        let referral = try world.refer(pair)
        let office: Set<ID<Account>> = [PanelWorld.coordinator.account, PanelWorld.chair.account]
        #expect(try readers(at: PanelWorld.now) == office)
        try world.by(PanelWorld.coordinator) { try $0.answer(referral, .accept, on: $1, in: $2).get() }
        #expect(try readers(at: PanelWorld.now) == office)

        let meeting = try world.call()
        let item = try world.list(referral, on: meeting)
        #expect(try readers(at: PanelWorld.now) == Set(PanelWorld.members.map(\.account)))
        #expect(try world.names(pair.victim, PanelWorld.health))
        #expect(try world.names(pair.perpetrator, PanelWorld.health))
        #expect(try !world.reads(pair.caseID, PanelWorld.fire))

        try world.begin(meeting)
        try world.decide(item)
        try world.approve(meeting)
        // Approved on 16 June: 28 days later is 14 July.
        let last = PanelWorld.meetingStart.advanced(bySeconds: 28 * 86_400)
        #expect(try readers(at: last) == Set(PanelWorld.members.map(\.account)))
        #expect(try readers(at: last.advanced(bySeconds: 86_400)).isEmpty)
        #expect(try !world.names(pair.victim, PanelWorld.health, at: last.advanced(bySeconds: 86_400)))
        #expect(try world.agenda(meeting, PanelWorld.health, at: last.advanced(bySeconds: 86_400)) == nil)
        #expect(try world.reads(pair.caseID, PanelWorld.officer, at: last.advanced(bySeconds: 86_400)))
    }

    @Test("A case that is on again stays open after the minutes of the first meeting", arguments: TestDatabase.engines)
    func again(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (meeting, items) = try world.session([pair])
        let start = PanelWorld.meetingStart
        try world.decide(items[0])
        let next = try world.call(from: start.advanced(bySeconds: 42 * 86_400), at: start)
        let refused = try world.by(PanelWorld.coordinator, at: start) {
            try $0.addItem(pair.caseID, as: .new, to: next, on: $1, in: $2).refusal
        }
        #expect(refused?.isAbsent == true)
        _ = try world.by(PanelWorld.coordinator, at: start) {
            try $0.addItem(pair.caseID, as: .review, to: next, on: $1, in: $2).get()
        }
        try world.approve(meeting)

        #expect(try world.reads(pair.caseID, PanelWorld.health, at: start.advanced(bySeconds: 40 * 86_400)))
    }

    @Test(
        "A referral goes back for what is missing, is completed and accepted, and keeps the rules' version",
        arguments: TestDatabase.engines)
    func gate(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let referral = try world.refer(pair)
        // Five working days after Monday 1 June 2026: 8 June.
        #expect(try state(world, pair).dueOn == W.day("2026-06-08"))
        func answer(_ answer: ReferralAnswer, _ actor: Actor = PanelWorld.coordinator) throws -> PanelRefusal? {
            try world.by(actor) { try $0.answer(referral, answer, on: $1, in: $2).refusal }
        }

        #expect(try answer(.sendBack(missing: [" "]))?.fields == ["missing"])
        #expect(try answer(.sendBack(missing: ["Her date of birth"])) == nil)
        #expect(try state(world, pair).state == .returned)
        #expect(try state(world, pair).missing == ["Her date of birth"])
        if case .referralState(.returned)? = try answer(.accept) {} else { Issue.record("It was accepted unfinished") }
        try world.by(PanelWorld.officer) {
            try $0.complete(referral, why: "She was born in May 1990", on: $1, in: $2).get()
        }
        #expect(try answer(.accept) == nil)
        let kept = try state(world, pair)
        #expect(kept.state == .accepted)
        #expect(kept.why == "She was born in May 1990")
        #expect(kept.decision?.ruleVersion.hasPrefix("marac 3, roles ") == true)
        #expect(kept.decision?.by == PanelWorld.coordinator.account)
    }

    @Test(
        "A refusal names the reason, a better forum and the next step; the chair hears an appeal in time",
        arguments: TestDatabase.engines)
    func declined(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let referral = try world.refer(pair)
        try world.assess(pair.caseID, "medium")
        let decline = ReferralAnswer.decline(
            reason: "No risk of serious harm", forum: "Community MARAC", nextStep: "The council keeps the risk")
        func answer(_ answer: ReferralAnswer, _ actor: Actor, at now: Instant = PanelWorld.now) throws -> PanelRefusal?
        {
            try world.by(actor, at: now) { try $0.answer(referral, answer, on: $1, in: $2).refusal }
        }
        func appeal(at now: Instant) throws -> PanelRefusal? {
            try world.by(PanelWorld.officer, at: now) {
                try $0.appeal(referral, because: "He has found her", on: $1, in: $2).refusal
            }
        }

        #expect(
            try answer(.decline(reason: "No", forum: "", nextStep: "x"), PanelWorld.coordinator)?.fields == ["reason"])
        #expect(try answer(decline, PanelWorld.coordinator) == nil)
        let kept = try state(world, pair)
        #expect(kept.decision?.forum == "Community MARAC")
        #expect(kept.decision?.nextStep == "The council keeps the risk")
        // Five working days after 1 June: 8 June is the last day, also for the office to look at it.
        #expect(kept.dueOn == W.day("2026-06-08"))
        #expect(try world.reads(pair.caseID, PanelWorld.coordinator, at: after(7)))
        #expect(try !world.reads(pair.caseID, PanelWorld.coordinator, at: after(8)))
        #expect(try appeal(at: after(8))?.fields == ["appeal"])
        #expect(try appeal(at: after(7)) == nil)
        #expect(try answer(.accept, PanelWorld.coordinator, at: after(7))?.isDenied == true)
        #expect(try answer(decline, PanelWorld.chair, at: after(7)) == nil)
        #expect(try state(world, pair, at: after(7)).state == .declined)
        #expect(try appeal(at: after(7)) != nil)
        // Declined referrals are kept, and the case may be referred anew.
        _ = try world.refer(pair, at: after(9))
        #expect(
            try world.by(PanelWorld.officer, at: after(9)) { try $0.referrals(of: pair.caseID, on: $1, in: $2).count }
                == 2)
    }

    @Test("To turn down a case of high risk takes the chair", arguments: TestDatabase.engines)
    func highRisk(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let decline = ReferralAnswer.decline(reason: "No", forum: "Another", nextStep: "Ring her")
        // A case that nobody assessed may be one of high risk.
        for band in ["high", nil] {
            let pair = try world.pair()
            let referral = try world.refer(pair)
            try world.assess(pair.caseID, band)
            func answer(_ actor: Actor) throws -> PanelRefusal? {
                try world.by(actor) { try $0.answer(referral, decline, on: $1, in: $2).refusal }
            }

            #expect(try answer(PanelWorld.coordinator)?.isDenied == true, "\(band ?? "not assessed")")
            #expect(try answer(PanelWorld.chair) == nil)
        }
    }

    @Test(
        "High risk is the highest level of the instrument of the case's type, whatever that is called",
        arguments: TestDatabase.engines)
    func highest(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let id = try world.pair().caseID
        func isHigh(_ type: String, _ band: String?) throws -> Bool {
            try world.write { _ = try $0.run("UPDATE cases SET type = \(type) WHERE id = \(id)") }
            try world.assess(id, band)
            let found = try world.write { try world.cases.read(id, on: world.occasion(PanelWorld.officer), in: $0) }
            guard case .found(let view) = found else { throw Fault("The case was not found") }
            return world.store.isOfHighRisk(view)
        }

        #expect(try isHigh("child-exploitation", "significant"))
        #expect(try !isHigh("child-exploitation", "moderate"))
        #expect(try isHigh("child-exploitation", nil))
        #expect(try isHigh("womens-hub", "many"))
        #expect(try !isHigh("womens-hub", "some"))
        #expect(try isHigh("marac", "high"))
        #expect(try !isHigh("marac", "medium"))
        // There is no instrument by which its risk is assessed.
        #expect(try !isHigh("exploitation-place", nil))
    }

    @Test("Nobody answers or lists a referral of a case that they cannot read", arguments: TestDatabase.engines)
    func unreadable(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let referral = try world.refer(pair)
        let meeting = try world.call()
        // A co-ordinator of another agency, one of another panel, one with a conflict, and a member without the role.
        let other = PanelWorld.actor(40, "panel-coordinator", agency: "health")
        let elsewhere = PanelWorld.actor(41, "panel-coordinator", agency: "police", panels: ["iom"])
        let conflicted = PanelWorld.actor(42, "panel-coordinator", agency: "police")
        try world.write {
            try world.store.register.declareConflict(with: ID(pair.caseID), on: world.occasion(conflicted), in: $0)
        }
        for actor in [other, elsewhere, conflicted] {
            let refusal = try world.by(actor) { try $0.answer(referral, .accept, on: $1, in: $2).refusal }
            #expect(refusal?.isAbsent == true, "\(actor.name)")
            let listing = try world.by(actor) { try $0.list(referral, on: meeting, on: $1, in: $2).refusal }
            #expect(listing?.isAbsent == true, "\(actor.name)")
            #expect(try world.by(actor) { try $0.referrals(to: W.word("marac"), on: $1, in: $2).isEmpty })
        }
        let member = PanelWorld.actor(43, "panel-member", agency: "police")
        let refusal = try world.by(member) { try $0.answer(referral, .accept, on: $1, in: $2).refusal }
        #expect(refusal?.isDenied == true)
        let absent = try world.by(other) { try $0.answer(W.id(999), .accept, on: $1, in: $2).refusal }
        #expect(absent?.isAbsent == true)
    }

    @Test(
        "Only who may change a case refers it, to a panel that hears such cases, and once",
        arguments: TestDatabase.engines)
    func referring(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        func refer(_ actor: Actor, _ panel: String, route: String = "judgement", why: String = "Fear") throws
            -> PanelRefusal?
        {
            try world.by(actor) {
                try $0.refer(
                    NewReferral(pair.caseID, to: W.word(panel), W.word(route), why: why), on: $1, in: $2
                ).refusal
            }
        }

        #expect(try refer(PanelWorld.health, "marac")?.isAbsent == true)
        #expect(try refer(PanelWorld.officer, "iom", route: "fixed")?.fields == ["panel"])
        #expect(try refer(PanelWorld.officer, "channel", route: "gateway")?.isAbsent == true)
        #expect(try refer(PanelWorld.officer, "marac", route: "whim")?.fields == ["route"])
        #expect(try refer(PanelWorld.officer, "marac", why: " ")?.fields == ["why"])
        let reader = PanelWorld.actor(50, "case-officer", agency: "health", panels: [])
        try world.write {
            _ = try world.store.cases.share(
                pair.caseID, with: W.word("health"), until: nil, highest: .p2, gateway: "s115", reason: "Care",
                on: world.occasion(PanelWorld.officer), in: $0
            ).get()
        }
        #expect(try refer(reader, "marac")?.isDenied == true)
        #expect(try refer(PanelWorld.officer, "marac") == nil)
        #expect(try refer(PanelWorld.officer, "marac")?.fields == ["panel"])
    }

    @Test(
        "A person whom the referrer may not open to the panel stays closed, and is counted",
        arguments: TestDatabase.engines)
    func unlisted(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let theirs = try world.person("Anna", side: .victim, by: PanelWorld.health)
        try world.write {
            _ = try world.store.register.change(ID(theirs), reason: "r", on: world.occasion(PanelWorld.health), in: $0)
            {
                $0.facts.shares = [.init(agency: W.word("council"), from: PanelWorld.today, highest: .p2)]
            }.get()
        }
        let pair = try world.pair(victim: theirs)
        let made = try world.by(PanelWorld.officer) {
            try $0.refer(
                NewReferral(pair.caseID, to: W.word("marac"), W.word("judgement"), why: "Fear"), on: $1, in: $2
            ).get()
        }

        #expect(made.unlisted == 1)
        // Who prepares the panel is told at the item that nobody is asked about her; the others are not.
        let meeting = try world.call()
        try world.by(PanelWorld.coordinator) { try $0.answer(made.id, .accept, on: $1, in: $2).get() }
        let listed = try world.list(made.id, on: meeting)
        let item = try #require(try world.write { try MeetingRows.item(listed, in: $0) })
        func notAsked(_ actor: Actor) throws -> Int {
            try world.by(actor) { try $0.notAsked(about: item, on: $1, in: $2) }
        }
        #expect(try notAsked(PanelWorld.coordinator) == 1)
        #expect(try notAsked(PanelWorld.probation) == 0)
        #expect(try notAsked(PanelWorld.fire) == 0)
        func classify(_ name: String) throws {
            try world.write { _ = try $0.run("UPDATE register_records SET class = \(name) WHERE id = \(theirs)") }
        }
        try classify("restricted")
        #expect(try notAsked(PanelWorld.coordinator) == 0)
        try classify("normal")
        #expect(try !world.names(theirs, PanelWorld.coordinator))
        #expect(try world.names(pair.perpetrator, PanelWorld.coordinator))
    }

    @Test(
        "A review that is taken off leaves the case open until the day that the meeting before set, and no longer",
        arguments: TestDatabase.engines)
    func reviewTakenOff(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let meeting = try world.call()
        let item = try world.list(world.accepted(pair), on: meeting, agencies: ["haven"])
        try world.begin(meeting)
        try world.decide(item)
        try world.approve(meeting)
        let start = PanelWorld.meetingStart
        let next = try world.call(from: start.advanced(bySeconds: 42 * 86_400), at: start)
        let review = try world.by(PanelWorld.coordinator, at: start) {
            try $0.addItem(pair.caseID, as: .review, to: next, on: $1, in: $2).get()
        }
        #expect(try world.reads(pair.caseID, PanelWorld.health, at: start.advanced(bySeconds: 29 * 86_400)))
        try world.accept(next, [PanelWorld.coordinator], at: start)
        try world.by(PanelWorld.coordinator, at: start) {
            try $0.takeOff(review, reason: "She is safe", on: $1, in: $2).get()
        }
        // Approved on 16 June: 28 days later is 14 July, as for the agency that was asked to the first meeting.
        #expect(try world.reads(pair.caseID, PanelWorld.haven, at: start.advanced(bySeconds: 28 * 86_400)))
        #expect(try !world.reads(pair.caseID, PanelWorld.haven, at: start.advanced(bySeconds: 29 * 86_400)))
        #expect(try !world.names(pair.victim, PanelWorld.haven, at: start.advanced(bySeconds: 29 * 86_400)))
        #expect(try !world.reads(pair.caseID, PanelWorld.health, at: start))
    }

    @Test(
        "A referral is taken back and a refusal appealed also when the referrer may not change one of the people any more",
        arguments: TestDatabase.engines)
    func conflictSince(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        func conflict(with person: ID<Person>) throws {
            try world.write {
                try world.store.register.declareConflict(
                    with: ID(person), on: world.occasion(PanelWorld.officer), in: $0)
            }
        }
        let (taken, appealed) = (try world.pair(), try world.pair())
        let first = try world.refer(taken)
        try conflict(with: taken.victim)
        #expect(try world.names(taken.victim, PanelWorld.coordinator))
        try world.by(PanelWorld.officer) { try $0.withdraw(first, reason: "She moved", on: $1, in: $2).get() }
        #expect(try !world.names(taken.victim, PanelWorld.coordinator))
        #expect(try !world.names(taken.perpetrator, PanelWorld.coordinator))

        let second = try world.refer(appealed)
        try world.assess(appealed.caseID, "medium")
        let no = ReferralAnswer.decline(reason: "No risk", forum: "Community MARAC", nextStep: "The council keeps it")
        try world.by(PanelWorld.coordinator) { try $0.answer(second, no, on: $1, in: $2).get() }
        try conflict(with: appealed.victim)
        try world.by(PanelWorld.officer) { try $0.appeal(second, because: "He has found her", on: $1, in: $2).get() }
        // Two weeks later the case is open to the chair, and who could not be opened anew is not.
        #expect(try world.reads(appealed.caseID, PanelWorld.chair, at: after(14)))
        #expect(try world.names(appealed.perpetrator, PanelWorld.chair, at: after(14)))
        #expect(try !world.names(appealed.victim, PanelWorld.chair, at: after(14)))
        try world.by(PanelWorld.officer) { try $0.withdraw(second, reason: "She moved", on: $1, in: $2).get() }
        #expect(try !world.names(appealed.victim, PanelWorld.chair))
        #expect(try !world.reads(appealed.caseID, PanelWorld.chair))
    }

    @Test("A referral that is taken back closes the case at once", arguments: TestDatabase.engines)
    func withdrawn(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let referral = try world.refer(pair)
        let refused = try world.by(PanelWorld.coordinator) {
            try $0.withdraw(referral, reason: "No", on: $1, in: $2).refusal
        }
        #expect(refused?.isDenied == true)
        try world.by(PanelWorld.officer) { try $0.withdraw(referral, reason: "She moved", on: $1, in: $2).get() }

        #expect(try !world.reads(pair.caseID, PanelWorld.coordinator))
        #expect(try !world.names(pair.victim, PanelWorld.coordinator))
        #expect(try state(world, pair).state == .withdrawn)
        #expect(try world.reasons(pair.caseID) == ["She moved"])
    }

    @Test("A case of one person alone is referred to a women’s hub", arguments: TestDatabase.engines)
    func alone(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let path = "\(PanelWorld.definitions)/partnerships/demo/partnership.json"
        let text = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
        let kind = try #require(text.firstRange(of: #""kind": "gangs""#))
        let own = text.replacingCharacters(in: kind, with: #""kind": "womens-hub""#)
        let store = try PanelStore(
            cases: world.cases,
            partnership: try PartnershipDefinition(DefinitionFile(bytes: Array(own.utf8), path: "own.json")),
            catalogue: try PanelTypeTests.shipped())
        let woman = try world.person("Zoë", side: .victim)
        var answers = FormAnswers()
        for (code, text) in ["from": "self", "wants": "safety", "agrees": "yes"] { answers[code] = [text] }
        var entry = NewEntry(W.word("referral"), answers)
        entry.happenedOn = PanelWorld.today
        let new = NewCase(
            W.word("womens-hub"), heading: "Elm House", parties: [NewParty(W.word("woman"), woman)], entries: [entry])
        let occasion = world.occasion(PanelWorld.officer)
        let made = try world.write { connection in
            let id = try world.cases.open(new, on: occasion, in: connection).get()
            let route = try #require(PanelTypeTests.type("womens-hub").routes.first?.code)
            return try store.refer(
                NewReferral(id, to: W.word("gangs"), route, why: "She asks for it"), on: occasion, in: connection
            ).get()
        }

        #expect(made.unlisted == 0)
        let kept = try world.write { try store.referral(made.id, on: occasion, in: $0) }
        #expect(kept?.state == .submitted && kept?.repeatFound == nil)
    }

    @Test("After the last day it takes an emergency to come onto an agenda", arguments: TestDatabase.engines)
    func emergency(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (late, urgent) = (try world.pair(), try world.pair())
        // Eight working days before 16 June are 4 June; it is 5 June.
        let meeting = try world.call()
        let now = after(4)
        let lateReferral = try world.accepted(late, at: now)
        let refused = try world.by(PanelWorld.coordinator, at: now) {
            try $0.list(lateReferral, on: meeting, on: $1, in: $2).refusal
        }
        #expect(refused?.fields == ["meeting"])
        let urgentReferral = try world.refer(urgent, isEmergency: true, at: now)
        try world.by(PanelWorld.coordinator, at: now) {
            try $0.answer(urgentReferral, .accept, on: $1, in: $2).get()
        }
        let item = try world.list(urgentReferral, on: meeting, at: now)
        try world.accept(meeting, at: now)
        #expect(try world.agenda(meeting, PanelWorld.chair, at: now)?.items.map(\.id) == [item])
        #expect(try world.agenda(meeting, PanelWorld.chair, at: now)?.items.first?.isUrgent == true)

        let extraordinary = try world.by(PanelWorld.coordinator, at: now) {
            try $0.call(
                NewMeeting(
                    W.word("marac"), from: after(5), to: after(5).advanced(bySeconds: 3600), isExtraordinary: true),
                on: $1, in: $2
            ).get()
        }
        _ = try world.list(lateReferral, on: extraordinary, at: now)
    }

    @Test(
        "A panel is done with a case when its chair says so and every action is closed", arguments: TestDatabase.engines
    )
    func exits(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (_, items) = try world.session([pair])
        let start = PanelWorld.meetingStart
        let action = try world.addAction("Visit her at work", to: items[0], owner: PanelWorld.health, due: start.ukDate)
        try world.decide(items[0], noAction: nil)
        let referral = try state(world, pair, at: start).id
        func exit(_ actor: Actor) throws -> PanelRefusal? {
            try world.by(actor, at: start) { try $0.exit(referral, reason: "The risk is down", on: $1, in: $2).refusal }
        }

        #expect(try exit(PanelWorld.coordinator)?.isDenied == true)
        #expect(try exit(PanelWorld.chair)?.fields == ["actions"])
        try world.by(PanelWorld.health, at: start) {
            try $0.closeAction(action, as: .done, outcome: "She is well", on: $1, in: $2).get()
        }
        #expect(try exit(PanelWorld.chair) == nil)
        #expect(try state(world, pair, at: start).state == .exited)
        // The minutes are not approved yet: to correct what was decided does not bring it back.
        try world.decide(items[0])
        #expect(try state(world, pair, at: start).state == .exited)
    }
}
