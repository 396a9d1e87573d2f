import Casework
import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Panels

@Suite struct TransferTests {
    typealias W = PanelWords

    @Test(
        "A transfer sends minutes and plan, freezes the case, and its sender reads what they sent and nothing newer",
        arguments: TestDatabase.engines)
    func out(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (meeting, items) = try world.session([pair])
        let start = PanelWorld.meetingStart
        for (text, agency) in [
            ("She wants to move", "council"), ("He has her keys", "police"), ("A health matter", "health"),
        ] {
            _ = try world.by(PanelWorld.coordinator, at: start) {
                try $0.minute(
                    NewMinuteLine(.discussion, NewStatement(.fact, text), from: W.word(agency)), of: items[0], on: $1,
                    in: $2
                ).get()
            }
        }
        let action = try world.addAction(
            "Change the locks", to: items[0], owner: PanelWorld.coordinator, due: start.ukDate.advanced(by: 7))
        _ = try world.addAction(
            "Refer her to the clinic", to: items[0], owner: PanelWorld.health, due: start.ukDate.advanced(by: 7))
        try world.decide(items[0], noAction: nil)
        let referral = try #require(
            try world.by(PanelWorld.coordinator, at: start) {
                try $0.referrals(of: pair.caseID, on: $1, in: $2).last?.id
            })
        func send(_ actor: Actor, area: String = "Elsewhere", reason: String = "She moved") throws -> Result<
            MadeTransfer, PanelRefusal
        > {
            try world.by(actor, at: start) {
                try $0.transferOut(
                    NewTransfer(
                        referral, to: area, contact: "Their co-ordinator",
                        agreed: [W.word("council"), W.word("police")], reason: reason), on: $1, in: $2)
            }
        }
        #expect(try send(PanelWorld.health).refusal?.isDenied == true)
        #expect(try send(PanelWorld.fire).refusal?.isAbsent == true)
        #expect(try send(PanelWorld.coordinator, area: "").refusal?.fields == ["area"])
        #expect(try send(PanelWorld.coordinator, reason: " ").refusal?.stop == .reason)
        try world.approve(meeting)
        let made = try send(PanelWorld.coordinator).get()
        #expect(made.leftOut == 1 && made.actionsLeftOut == 1)
        #expect(try world.reasons(pair.caseID).contains("She moved"))

        func read(_ actor: Actor, at now: Instant) throws -> PanelTransfer? {
            try world.by(actor, at: now) { try $0.transfer(made.id, on: $1, in: $2) }
        }
        let sent = try #require(try read(PanelWorld.coordinator, at: start))
        #expect(sent.lines.map(\.text) == ["She wants to move", "He has her keys"])
        #expect(sent.actions.map(\.text) == ["Change the locks"] && sent.actions.map(\.status) == [.open])
        #expect(sent.firstReferredOn == PanelWorld.today)
        // Two working days after Tuesday 16 June 2026.
        #expect(sent.acknowledgeBy == W.day("2026-06-18"))
        for actor in [PanelWorld.health, PanelWorld.officer, PanelWorld.fire] {
            #expect(try read(actor, at: start) == nil, "\(actor.name)")
        }

        // A case that was restricted since is hidden in what was sent of it too.
        func classify(_ name: String) throws {
            try world.write { connection in
                _ = try connection.run("UPDATE register_records SET class = \(name) WHERE id = \(pair.caseID)")
            }
        }
        try classify("restricted")
        #expect(try read(PanelWorld.coordinator, at: start) == nil)
        let hidden = try world.by(PanelWorld.coordinator, at: start) { try $0.acknowledge(made.id, on: $1, in: $2) }
        #expect(hidden.refusal?.isAbsent == true)
        try classify("normal")

        #expect(try world.reads(pair.caseID, PanelWorld.coordinator, at: start))
        let next = try world.call(from: start.advanced(bySeconds: 14 * 86_400), at: start)
        _ = try world.by(PanelWorld.coordinator, at: start) {
            try $0.addItem(pair.caseID, as: .review, to: next, on: $1, in: $2).get()
        }
        try world.by(PanelWorld.coordinator, at: start) { try $0.acknowledge(made.id, on: $1, in: $2).get() }
        #expect(try !world.reads(pair.caseID, PanelWorld.coordinator, at: start))
        let again = try world.by(PanelWorld.coordinator, at: start) {
            try $0.acknowledge(made.id, on: $1, in: $2).refusal
        }
        if case .closedAlready? = again {} else { Issue.record("It was acknowledged twice") }
        #expect(try world.write { try MeetingRows.items(of: next, in: $0).isEmpty })
        let refused = try world.by(PanelWorld.officer, at: start) {
            try $0.refer(
                NewReferral(pair.caseID, to: W.word("marac"), W.word("judgement"), why: "Fear"), on: $1, in: $2
            ).refusal
        }
        if case .transferred? = refused {} else { Issue.record("It was referred again") }

        // What happens to the action afterwards is not in what was sent.
        try world.by(PanelWorld.coordinator, at: start) {
            try $0.closeAction(action, as: .done, outcome: "Done", on: $1, in: $2).get()
        }
        let later = try #require(try read(PanelWorld.coordinator, at: after(300)))
        #expect(later.actions.map(\.status) == [.open])
        #expect(later.lines == sent.lines)
        #expect(later.digest == sent.digest)
        #expect(later.digest.count == 64)
        try world.write {
            try world.store.register.declareConflict(
                with: ID(pair.caseID), on: world.occasion(PanelWorld.coordinator, at: start), in: $0)
        }
        #expect(try read(PanelWorld.coordinator, at: start) == nil)
    }

    @Test(
        "What the sender may not see is counted as left out, and a meeting whose confidentiality they have yet to accept stops it",
        arguments: TestDatabase.engines)
    func unseen(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (meeting, items) = try world.session([pair])
        let start = PanelWorld.meetingStart
        func minute(_ text: String, _ depth: FieldClass, about person: ID<Person>? = nil) throws {
            _ = try world.by(PanelWorld.coordinator, at: start) {
                try $0.minute(
                    NewMinuteLine(
                        .discussion, NewStatement(.fact, text, depth, side: .victim), about: person,
                        from: W.word("police")), of: items[0], on: $1, in: $2
                ).get()
            }
        }
        try minute("She wants to move", .p2)
        try minute("She lives at 12 Oak Road", .p3)
        try minute("He was seen there", .p2, about: pair.perpetrator)
        _ = try world.addAction(
            "Change the locks", to: items[0], owner: PanelWorld.coordinator, due: start.ukDate.advanced(by: 7))
        try world.decide(items[0], noAction: nil)
        try world.approve(meeting)
        let referral = try #require(
            try world.by(PanelWorld.coordinator, at: start) {
                try $0.referrals(of: pair.caseID, on: $1, in: $2).last?.id
            })
        func send(_ actor: Actor) throws -> Result<MadeTransfer, PanelRefusal> {
            try world.by(actor, at: start) {
                try $0.transferOut(
                    NewTransfer(
                        referral, to: "Elsewhere", contact: "Their co-ordinator", agreed: [W.word("police")],
                        reason: "She moved"), on: $1, in: $2)
            }
        }
        func sent(_ made: MadeTransfer, _ actor: Actor) throws -> [String]? {
            try world.by(actor, at: start) { try $0.transfer(made.id, on: $1, in: $2)?.lines.map(\.text) }
        }

        #expect(try send(PanelWorld.coordinator).get().unseen == 0)
        // Works with people who harm, and was not at the meeting.
        let other = PanelWorld.actor(62, "panel-coordinator", agency: "police", side: .perpetrator)
        #expect(try send(other).refusal?.fields == ["area"])
        try world.accept(meeting, [other], at: start)
        let narrow = try send(other).get()
        #expect(narrow.unseen == 1 && narrow.leftOut == 0 && narrow.actionsLeftOut == 0)
        #expect(try sent(narrow, other) == ["She wants to move", "He was seen there"])
        // Of someone who does not exist for them they learn nothing, also not by a number.
        try world.write {
            try world.store.register.declareConflict(
                with: ID(pair.perpetrator), on: world.occasion(other, at: start), in: $0)
        }
        let narrower = try send(other).get()
        #expect(narrower.unseen == 1)
        #expect(try sent(narrower, other) == ["She wants to move"])
    }

    @Test(
        "A case that comes from another area is heard as such, and repeats are counted from that area's referral",
        arguments: TestDatabase.engines)
    func `in`(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let lines = [
            TransferLine(
                heardOn: W.day("2026-02-03"), "She lived at 3 Ash Lane", .p3, side: .victim, agency: "Their haven"),
            TransferLine(heardOn: W.day("2026-02-03"), "He has a dog", .p2, side: nil, agency: "Their police"),
        ]
        func take(_ actor: Actor) throws -> Result<ID<PanelTransfer>, PanelRefusal> {
            try world.by(actor) {
                try $0.transferIn(
                    pair.caseID, to: W.word("marac"), from: "Elsewhere", contact: "Their co-ordinator",
                    firstReferredOn: W.day("2026-01-15"), lines: lines, actions: [], on: $1, in: $2)
            }
        }
        #expect(try take(PanelWorld.health).refusal?.isAbsent == true)
        let id = try take(PanelWorld.officer).get()
        try world.by(PanelWorld.officer) { try $0.acknowledge(id, on: $1, in: $2).get() }
        let meeting = try world.call()
        let referral = try world.accepted(pair)
        let item = try world.list(referral, on: meeting)
        try world.accept(meeting)

        #expect(try world.agenda(meeting, PanelWorld.chair)?.items.first { $0.id == item }?.kind == .transferIn)
        let kept = try world.by(PanelWorld.officer) { try $0.referrals(of: pair.caseID, on: $1, in: $2).last }
        #expect(kept?.countsFrom == W.day("2026-01-15"))
        // Twelve months after 15 January 2026, and not after 1 June.
        let flag = try world.by(PanelWorld.officer) {
            try $0.flag(of: pair.victim, kind: W.word("marac"), on: $1, in: $2)
        }
        #expect(flag == W.day("2027-01-14"))

        func texts(_ actor: Actor) throws -> [String]? {
            try world.by(actor) { try $0.transfer(id, on: $1, in: $2)?.lines.map(\.text) }
        }
        #expect(try texts(PanelWorld.officer) == ["She lived at 3 Ash Lane", "He has a dog"])
        #expect(try texts(PanelWorld.probation) == ["He has a dog"])
        #expect(try texts(PanelWorld.fire) == nil)
    }
}
