import Casework
import Governance
import Kernel
import Storage
import TestDatabases
import Testing

@testable import Panels

@Suite struct MeetingStoreTests {
    typealias W = PanelWords

    @Test("Only who sits on a panel has its meetings in their calendar", arguments: TestDatabase.engines)
    func calendar(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let meeting = try world.call()

        for actor in PanelWorld.everyone {
            let found = try world.by(actor) {
                try $0.meetings(from: PanelWorld.today, to: PanelWorld.today.advanced(by: 30), on: $1, in: $2)
            }
            let sits = PanelWorld.members.contains(actor)
            #expect(found.map(\.id) == (sits ? [meeting] : []), "\(actor.name)")
            #expect(try world.by(actor) { try $0.meeting(meeting, on: $1, in: $2) != nil } == sits, "\(actor.name)")
        }
        let day = PanelWorld.meetingStart.ukDate
        for (from, to, count) in [(day, day, 1), (day.advanced(by: 1), day.advanced(by: 9), 0)] {
            let found = try world.by(PanelWorld.health) {
                try $0.meetings(of: W.word("marac"), from: from, to: to, on: $1, in: $2)
            }
            #expect(found.count == count)
        }
    }

    @Test(
        "A co-ordinator calls a meeting of a panel on which they sit, and nobody else does",
        arguments: TestDatabase.engines)
    func calling(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        func refusal(_ actor: Actor, _ panel: String, start: Instant = PanelWorld.meetingStart, hours: Int64 = 2) throws
            -> PanelRefusal?
        {
            try world.by(actor) {
                try $0.call(
                    NewMeeting(W.word(panel), from: start, to: start.advanced(bySeconds: hours * 3600)), on: $1, in: $2
                ).refusal
            }
        }

        #expect(try refusal(PanelWorld.health, "marac")?.isDenied == true)
        #expect(try refusal(PanelWorld.coordinator, "iom")?.isAbsent == true)
        #expect(try refusal(PanelWorld.coordinator, "channel")?.isAbsent == true)
        #expect(try refusal(PanelWorld.coordinator, "nowhere")?.isAbsent == true)
        #expect(try refusal(PanelWorld.coordinator, "marac", start: after(-1))?.fields == ["starts-at"])
        #expect(try refusal(PanelWorld.coordinator, "marac", hours: 0)?.fields == ["ends-at"])
        #expect(try refusal(PanelWorld.coordinator, "marac", hours: 20)?.fields == ["ends-at"])
        #expect(try refusal(PanelWorld.coordinator, "marac") == nil)
    }

    @Test("A sealed panel's meeting exists for those whom it was granted", arguments: TestDatabase.engines)
    func sealed(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let coordinator = PanelWorld.actor(20, "panel-coordinator", agency: "council", panels: ["channel"])
        let chair = PanelWorld.actor(21, "panel-chair", agency: "council", panels: ["channel"])
        let member = PanelWorld.actor(22, "panel-member", agency: "police", panels: ["channel"])
        let start = PanelWorld.meetingStart
        let meeting = try world.by(coordinator) {
            try $0.call(
                NewMeeting(
                    W.word("channel"), from: start, to: start.advanced(bySeconds: 3600), granted: [chair.account]),
                on: $1, in: $2
            ).get()
        }

        for (actor, sees) in [(coordinator, true), (chair, true), (member, false), (PanelWorld.coordinator, false)] {
            #expect(try world.by(actor) { try $0.meeting(meeting, on: $1, in: $2) != nil } == sees, "\(actor.name)")
        }
    }

    @Test("Before confidentiality is accepted for a meeting nobody sees an item", arguments: TestDatabase.engines)
    func confidentiality(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let meeting = try world.call()
        let item = try world.list(world.accepted(pair), on: meeting)
        let other = try world.call(from: after(29).advanced(bySeconds: 0))

        for actor in PanelWorld.members {
            #expect(try world.agenda(meeting, actor)?.items.isEmpty == true, "\(actor.name)")
        }
        try world.accept(other)
        #expect(try world.agenda(meeting, PanelWorld.health)?.items.isEmpty == true)

        try world.accept(meeting)
        for actor in PanelWorld.members {
            let view = try #require(try world.agenda(meeting, actor))
            #expect(view.items.map(\.id) == [item], "\(actor.name)")
            #expect(view.references[pair.caseID]?.hasPrefix("MAR-2026-") == true)
            #expect(view.plan.lines.map(\.minutes) == [15])
        }
        #expect(try world.agenda(meeting, PanelWorld.fire) == nil)
        #expect(try world.agenda(meeting, PanelWorld.officer) == nil)
    }

    @Test("Who declares a conflict never sees the item, its case or its actions again", arguments: TestDatabase.engines)
    func conflict(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (first, second) = (try world.pair(), try world.pair())
        let (meeting, items) = try world.session([first, second])
        let start = PanelWorld.meetingStart
        _ = try world.addAction("Visit her at work", to: items[0], owner: PanelWorld.health, due: start.ukDate)
        #expect(try world.agenda(meeting, PanelWorld.health, at: start)?.items.count == 2)

        try world.by(PanelWorld.health, at: start) { try $0.declareConflict(with: items[0], on: $1, in: $2) }

        let view = try #require(try world.agenda(meeting, PanelWorld.health, at: start))
        #expect(view.items.map(\.id) == [items[1]])
        // No gap in the times tells that there is another item.
        #expect(view.plan.lines.map(\.startsAt) == [start])
        #expect(try !world.reads(first.caseID, PanelWorld.health, at: start))
        #expect(try world.by(PanelWorld.health, at: start) { try $0.ownActions(on: $1, in: $2).isEmpty })
        let refused = try world.by(PanelWorld.health, at: start) { try $0.leave(for: items[0], on: $1, in: $2).refusal }
        #expect(refused?.isAbsent == true)
        #expect(
            try world.by(PanelWorld.chair, at: start) { try $0.outOfTheRoom(for: items[0], on: $1, in: $2) }
                == [PanelWorld.health.account])
        #expect(try world.agenda(meeting, PanelWorld.haven, at: start)?.items.count == 2)
        // Nor is anything about it given to them to do, which would tell them of it.
        let given = NewPanelAction(
            "Ring her at work", agency: PanelWorld.health.agency, owner: PanelWorld.health.account, due: start.ukDate)
        let kept = try world.by(PanelWorld.chair, at: start) { try $0.addAction(given, to: items[0], on: $1, in: $2) }
        guard case .failure(.problems(let problems)) = kept else {
            Issue.record("it was kept")
            return
        }
        #expect(problems.map(\.field) == ["owner"])
    }

    @Test("An agency that is not asked to an item does not see it, nor its case", arguments: TestDatabase.engines)
    func invited(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let meeting = try world.call()
        let referral = try world.accepted(pair)
        let stranger = try world.by(PanelWorld.coordinator) { store, occasion, connection in
            var new = NewItem()
            new.agencies = [W.word("fire")]
            return try store.list(referral, on: meeting, new, on: occasion, in: connection).refusal
        }
        #expect(stranger?.fields == ["agencies"])
        _ = try world.list(referral, on: meeting, agencies: ["haven"])
        try world.accept(meeting)

        for (actor, sees) in [
            (PanelWorld.haven, true), (PanelWorld.coordinator, true), (PanelWorld.chair, true),
            (PanelWorld.health, false), (PanelWorld.probation, false),
        ] {
            #expect(try world.agenda(meeting, actor)?.items.count == (sees ? 1 : 0), "\(actor.name)")
            #expect(try world.reads(pair.caseID, actor) == sees, "\(actor.name)")
        }
    }

    @Test(
        "A meeting is written up, approved by its chair and not by who called it, and closed",
        arguments: TestDatabase.engines)
    func path(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let meeting = try world.call()
        let item = try world.list(world.accepted(world.pair()), on: meeting)
        try world.accept(meeting)

        #expect(try world.step(.publishAgenda, meeting).get() == .researchOpen)
        #expect(try world.step(.begin, meeting).refusal?.stop == .wrongState)
        _ = try world.step(.closeResearch, meeting).get()
        #expect(try world.step(.begin, meeting).refusal?.stop == .noQuorum)
        for actor in PanelWorld.members.dropLast() {
            try world.by(PanelWorld.coordinator) {
                try $0.record(.present, of: actor.account, from: actor.agency, at: meeting, on: $1, in: $2).get()
            }
        }
        #expect(try world.step(.begin, meeting, by: PanelWorld.health).refusal?.isDenied == true)
        _ = try world.step(.begin, meeting).get()
        #expect(try world.step(.draft, meeting).refusal?.stop == .undecided)
        try world.decide(item)
        #expect(try world.step(.draft, meeting).refusal?.stop == .attendanceOpen)
        let deputy: ID<Account> = W.id(70)
        try world.by(PanelWorld.coordinator) {
            try $0.record(
                .present, of: deputy, from: W.word("council"), deputyFor: PanelWorld.council.account, at: meeting,
                on: $1, in: $2
            ).get()
        }
        #expect(try world.step(.draft, meeting).refusal?.stop == .confidentiality)
        try world.by(PanelWorld.coordinator) {
            try $0.record(.apologiesWithInformation, of: deputy, from: W.word("council"), at: meeting, on: $1, in: $2)
                .get()
        }
        _ = try world.step(.draft, meeting).get()
        #expect(try world.step(.approve, meeting).refusal?.isDenied == true)
        #expect(try world.step(.approve, meeting, by: PanelWorld.haven).refusal?.isDenied == true)
        let caller = PanelWorld.actor(2, "panel-coordinator", "panel-chair", agency: "police")
        #expect(try world.step(.approve, meeting, by: caller).refusal?.isDenied == true)
        _ = try world.step(.approve, meeting, by: PanelWorld.chair).get()
        #expect(try world.step(.close, meeting).get() == .closed)
        let kept = try #require(try world.by(PanelWorld.coordinator) { try $0.meeting(meeting, on: $1, in: $2) })
        #expect(kept.approvedBy == PanelWorld.chair.account)
    }

    @Test("Quorum counts agencies, deputies for their own", arguments: TestDatabase.engines)
    func quorum(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let meeting = try world.call()
        func record(_ presence: PanelPresence, _ number: Int, _ agency: String) throws -> QuorumFinding? {
            try world.by(PanelWorld.coordinator) {
                try $0.record(presence, of: W.id(number), from: W.word(agency), at: meeting, on: $1, in: $2).get()
                return try $0.attendance(of: meeting, on: $1, in: $2)?.quorum
            }
        }
        #expect(try record(.present, 1, "police")?.present == 1)
        #expect(try record(.present, 2, "police")?.present == 1)
        #expect(try record(.present, 3, "health")?.present == 2)
        #expect(try record(.present, 4, "council")?.isMet == false)
        #expect(try record(.present, 5, "probation")?.missingKinds == ["voluntary: domestic abuse service"])
        #expect(try record(.apologies, 6, "haven")?.isMet == false)
        #expect(try record(.present, 6, "haven")?.isMet == true)
        let stranger = try world.by(PanelWorld.coordinator) {
            try $0.record(.present, of: W.id(9), from: W.word("fire"), at: meeting, on: $1, in: $2).refusal
        }
        #expect(stranger?.fields == ["agency"])
        #expect(try world.by(PanelWorld.fire) { try $0.attendance(of: meeting, on: $1, in: $2) == nil })
    }

    @Test(
        "A moved meeting keeps its identifier and counts its days anew; a cancelled one frees its items",
        arguments: TestDatabase.engines)
    func moved(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let meeting = try world.call()
        let referral = try world.accepted(pair)
        _ = try world.list(referral, on: meeting)
        #expect(try world.reads(pair.caseID, PanelWorld.health))
        // Thursday 9 July 2026.
        let start = after(38)
        func move(_ reason: String) throws -> PanelRefusal? {
            try world.by(PanelWorld.coordinator) {
                try $0.reschedule(
                    meeting, from: start, to: start.advanced(bySeconds: 3600), reason: reason, on: $1, in: $2
                ).refusal
            }
        }

        #expect(try move(" ")?.stop == .reason)
        #expect(try move("The room is flooded") == nil)
        let kept = try #require(try world.by(PanelWorld.health) { try $0.meeting(meeting, on: $1, in: $2) })
        #expect(kept.sequence == 1)
        // Eight working days back from 9 July: 29 June. Three days back: 6 July. Five working days on: 16 July.
        #expect(kept.referralsUntil == W.day("2026-06-29"))
        #expect(kept.researchUntil == W.day("2026-07-06"))
        #expect(kept.minutesUntil == W.day("2026-07-16"))

        _ = try world.step(.cancel, meeting, reason: "No quorum", at: PanelWorld.now).get()
        #expect(try !world.reads(pair.caseID, PanelWorld.health))
        let states = try world.by(PanelWorld.coordinator) {
            try $0.referrals(of: pair.caseID, on: $1, in: $2).map(\.state)
        }
        #expect(states == [.accepted])
        let next = try world.call(from: after(36))
        _ = try world.list(referral, on: next)
    }

    @Test(
        "The next meeting goes first through what is not complete, each kind of failure told apart",
        arguments: TestDatabase.engines)
    func actions(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (meeting, items) = try world.session([pair])
        let start = PanelWorld.meetingStart
        let due = start.ukDate.advanced(by: 7)
        let texts = ["Change the locks", "Visit her at work", "Refer him to the programme", "Check the alarm"]
        let actions = try texts.map { try world.addAction($0, to: items[0], owner: PanelWorld.health, due: due) }
        let vague = try world.by(PanelWorld.coordinator, at: start) {
            try $0.addAction(
                NewPanelAction("Ongoing", agency: nil, owner: nil, due: nil), to: items[0], on: $1, in: $2
            ).refusal
        }
        #expect(vague?.fields == ["text", "agency", "owner", "due"])
        try world.decide(items[0], noAction: nil)
        try world.approve(meeting)
        let later = start.advanced(bySeconds: 10 * 86_400)
        func close(_ i: Int, _ status: CaseAction.Status, _ actor: Actor = PanelWorld.health, at now: Instant) throws
            -> PanelRefusal?
        {
            try world.by(actor, at: now) {
                try $0.closeAction(actions[i], as: status, outcome: "As written", on: $1, in: $2).refusal
            }
        }

        #expect(try close(0, .done, PanelWorld.haven, at: start)?.isAbsent == true)
        #expect(try close(0, .done, PanelWorld.officer, at: start)?.isAbsent == true)
        #expect(try close(0, .done, at: later) == nil)
        #expect(try close(1, .notPossibleChanged, at: later) == nil)
        #expect(try close(2, .notUndertaken, PanelWorld.coordinator, at: later) == nil)
        if case .closedAlready? = try close(0, .done, at: later) {} else { Issue.record("It closed twice") }

        let next = try world.call(from: start.advanced(bySeconds: 14 * 86_400), at: later)
        #expect(try world.agenda(next, PanelWorld.health, at: later)?.incomplete.isEmpty == true)
        try world.accept(next, at: later)
        let view = try #require(try world.agenda(next, PanelWorld.coordinator, at: later))
        #expect(Set(view.incomplete.map(\.text)) == Set(texts.dropFirst()))
        #expect(view.plan.lines.first?.item == nil)
        #expect(view.plan.lines.map(\.minutes) == [3])
        let states = Dictionary(uniqueKeysWithValues: view.incomplete.map { ($0.text, $0.status) })
        #expect(states["Visit her at work"] == .notPossibleChanged)
        #expect(states["Refer him to the programme"] == .notUndertaken)
        let row = try #require(try world.write { try ActionRows.action(actions[0], in: $0) })
        #expect(row.status == .doneLate)
        // Only agendas with something to hear are published, and what is left of the last meeting is something.
        _ = try world.step(.publishAgenda, next, at: later).get()
    }

    @Test("Who undertook an action sees it, and nothing else of the meeting", arguments: TestDatabase.engines)
    func ownActions(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (meeting, items) = try world.session([try world.pair()])
        let start = PanelWorld.meetingStart
        let housing = PanelWorld.actor(30, "case-officer", agency: "council", panels: [])
        _ = try world.addAction("Change the locks", to: items[0], owner: housing, due: start.ukDate)

        let own = try world.by(housing, at: start) { try $0.ownActions(on: $1, in: $2) }
        #expect(own.map(\.text) == ["Change the locks"])
        #expect(try world.agenda(meeting, housing, at: start) == nil)
        // The case is the officer's agency's own, and still what was said of it at the panel is not theirs.
        let accepted = try world.by(housing, at: start) { try $0.acceptConfidentiality(for: meeting, on: $1, in: $2) }
        #expect(accepted.refusal?.isAbsent == true)
        #expect(try world.by(housing, at: start) { try $0.minutes(of: meeting, on: $1, in: $2) } == nil)
        #expect(try world.by(housing, at: start) { try $0.attendance(of: meeting, on: $1, in: $2) } == nil)
        let other = PanelWorld.actor(31, "case-officer", agency: "council", panels: [])
        #expect(try world.by(other, at: start) { try $0.ownActions(on: $1, in: $2).isEmpty })
    }

    @Test(
        "A colleague of who undertook an action sees it by sitting at the meeting, and not where the case is hidden",
        arguments: TestDatabase.engines)
    func colleagues(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (meeting, items) = try world.session([pair])
        let start = PanelWorld.meetingStart
        let due = start.ukDate.advanced(by: 7)
        let nurse = PanelWorld.actor(30, "case-officer", agency: "health", panels: [])
        let midwife = PanelWorld.actor(31, "case-officer", agency: "health", panels: [])
        let action = try world.addAction("Visit her at work", to: items[0], owner: nurse, due: due)
        // Who undertook something else at the meeting does not sit at it.
        _ = try world.addAction("Refer her to the clinic", to: items[0], owner: midwife, due: due)
        try world.decide(items[0], noAction: nil)
        try world.approve(meeting)
        func sees(_ actor: Actor, at now: Instant = start) throws -> Bool {
            try world.by(actor, at: now) { try $0.action(action, on: $1, in: $2) != nil }
        }
        #expect(try sees(nurse) && sees(PanelWorld.health))
        #expect(try !sees(midwife))
        // Five weeks after the approval the case is not listed any more; at the next meeting their agency hears of it.
        let later = start.advanced(bySeconds: 35 * 86_400)
        let next = try world.call(from: later.advanced(bySeconds: 86_400), at: later)
        try world.accept(next, at: later)
        func incomplete(_ actor: Actor) throws -> Set<String> {
            Set(try world.agenda(next, actor, at: later)?.incomplete.map(\.text) ?? [])
        }
        #expect(try incomplete(PanelWorld.health) == ["Visit her at work", "Refer her to the clinic"])
        try world.write { connection in
            _ = try connection.run("UPDATE register_records SET class = 'restricted' WHERE id = \(pair.caseID)")
        }
        #expect(try incomplete(PanelWorld.health).isEmpty)
        #expect(try !sees(PanelWorld.health))
        #expect(try sees(nurse))
    }

    @Test("Every meeting is in the calendar and in the figures, however many there are")
    func many() throws {
        let world = try PanelWorld(.sqlite)
        for _ in 1...205 { _ = try world.call() }
        let day = PanelWorld.meetingStart.ukDate
        let found = try world.by(PanelWorld.health) { try $0.meetings(from: day, to: day, on: $1, in: $2) }
        #expect(Set(found.map(\.id)).count == 205)
    }

    @Test("Minutes wait for the chair until they are approved, however long ago", arguments: TestDatabase.engines)
    func longAgo(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (meeting, items) = try world.session([try world.pair()])
        func waiting(_ actor: Actor) throws -> [ID<PanelMeeting>] {
            try world.by(actor, at: after(200)) { store, occasion, connection in
                try store.work(on: occasion, in: connection).compactMap { work in
                    if case .minutes(let meeting) = work.kind { meeting.id } else { nil }
                }
            }
        }
        #expect(try waiting(PanelWorld.coordinator) == [meeting])
        #expect(try waiting(PanelWorld.health).isEmpty)
        try world.decide(items[0])
        _ = try world.step(.draft, meeting).get()
        #expect(try waiting(PanelWorld.chair) == [meeting])
        _ = try world.step(.approve, meeting, by: PanelWorld.chair).get()
        #expect(try waiting(PanelWorld.chair).isEmpty)
    }

    @Test(
        "Who stands in for a co-ordinator calls meetings of their panel while they do; of sealed panels they know nothing",
        arguments: TestDatabase.engines)
    func standIn(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        var deputy = PanelWorld.actor(40, "member", agency: "police", panels: [])
        let marac: Code<Panel> = W.word("marac")
        #expect(!PanelStore.sits(deputy, on: marac, on: PanelWorld.today))
        let absent = PanelWorld.actor(
            2, "panel-coordinator", agency: "police", panels: ["marac", "channel"])
        deputy.standIns = [
            StandIn(for: absent, roles: absent.roles, from: PanelWorld.today, until: PanelWorld.today.advanced(by: 1))
        ]
        #expect(PanelStore.sits(deputy, on: marac, on: PanelWorld.today))
        #expect(!PanelStore.sits(deputy, on: marac, on: PanelWorld.today.advanced(by: 2)))
        let meeting = try world.call(by: deputy)
        #expect(try world.by(deputy) { try $0.meeting(meeting, on: $1, in: $2) != nil })
        let later = try world.by(deputy, at: after(2)) {
            try $0.call(
                NewMeeting(marac, from: after(20), to: after(20).advanced(bySeconds: 3600)), on: $1, in: $2
            ).refusal
        }
        #expect(later?.isAbsent == true)
        #expect(world.store.panel(W.word("channel"), for: absent, on: PanelWorld.today) != nil)
        #expect(world.store.panel(W.word("channel"), for: deputy, on: PanelWorld.today) == nil)
        // Of another agency nobody stands in.
        deputy.agency = W.word("health")
        #expect(!PanelStore.sits(deputy, on: marac, on: PanelWorld.today))
    }

    @Test("Who does not sit on a panel writes nothing into it", arguments: TestDatabase.engines)
    func strangers(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (meeting, items) = try world.session([pair])
        let start = PanelWorld.meetingStart
        let elsewhere = PanelWorld.actor(
            70, "panel-coordinator", "panel-chair", agency: "police", panels: ["iom"])
        for actor in [PanelWorld.fire, PanelWorld.officer, elsewhere] {
            try world.by(actor, at: start) { (store: PanelStore, occasion: Occasion, connection: Connection) throws in
                func isAbsent<Value>(_ done: Result<Value, PanelRefusal>) -> Bool { done.refusal?.isAbsent == true }
                let action = NewPanelAction("Visit her", agency: actor.agency, owner: actor.account, due: start.ukDate)
                let decision = ItemDecision("x", riskBefore: "high", riskAfter: "low", noAction: "x")
                let line = NewMinuteLine(.discussion, NewStatement(.fact, "x"), from: W.word("police"))
                #expect(try isAbsent(store.addAction(action, to: items[0], on: occasion, in: connection)))
                #expect(try isAbsent(store.decide(decision, on: items[0], on: occasion, in: connection)))
                #expect(try isAbsent(store.minute(line, of: items[0], on: occasion, in: connection)))
                #expect(try isAbsent(store.takeOff(items[0], reason: "x", on: occasion, in: connection)))
                #expect(try isAbsent(store.step(.draft, of: meeting, on: occasion, in: connection)))
                #expect(try isAbsent(store.acceptConfidentiality(for: meeting, on: occasion, in: connection)))
                #expect(
                    try isAbsent(
                        store.record(
                            .absent, of: actor.account, from: W.word("police"), at: meeting, on: occasion,
                            in: connection)))
                #expect(try isAbsent(store.recordEqualities([.lgbt], of: items[0], on: occasion, in: connection)))
                #expect(
                    try isAbsent(
                        store.reschedule(
                            meeting, from: after(30), to: after(30).advanced(bySeconds: 60), reason: "x", on: occasion,
                            in: connection)))
            }
        }
    }

    @Test("No role opens what a conflict closed", arguments: TestDatabase.engines)
    func wall(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (meeting, items) = try world.session([try world.pair()])
        let start = PanelWorld.meetingStart
        try world.by(PanelWorld.health, at: start) { try $0.declareConflict(with: items[0], on: $1, in: $2) }
        let mighty = PanelWorld.actor(
            4, "panel-member", "panel-chair", "panel-coordinator", "supervisor", "advocate", agency: "health")

        let view = try #require(try world.agenda(meeting, mighty, at: start))
        #expect(view.items.isEmpty)
        #expect(view.plan.lines.isEmpty)
        #expect(try world.by(mighty, at: start) { try $0.minutes(of: meeting, on: $1, in: $2)?.items.isEmpty } == true)
        #expect(try world.by(mighty, at: start) { try $0.research(on: items[0], on: $1, in: $2).isEmpty })
    }

    @Test(
        "Whoever was written down as present accepts afterwards, and the first time stays",
        arguments: TestDatabase.engines)
    func acceptedLater(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let meeting = try world.call()
        _ = try world.list(world.accepted(world.pair()), on: meeting)
        try world.by(PanelWorld.coordinator) {
            try $0.record(.present, of: PanelWorld.health.account, from: W.word("health"), at: meeting, on: $1, in: $2)
                .get()
        }
        #expect(try world.agenda(meeting, PanelWorld.health)?.items.isEmpty == true)
        for minute in [1, 2] as [Int64] {
            try world.accept(meeting, [PanelWorld.health], at: PanelWorld.now.advanced(bySeconds: 60 * minute))
        }

        #expect(try world.agenda(meeting, PanelWorld.health)?.items.count == 1)
        let places = try world.by(PanelWorld.health) { try $0.attendance(of: meeting, on: $1, in: $2)?.places }
        #expect(places?.map(\.acceptedAt) == [PanelWorld.now.advanced(bySeconds: 60)])
        #expect(places?.map(\.presence) == [.present])
    }
}
