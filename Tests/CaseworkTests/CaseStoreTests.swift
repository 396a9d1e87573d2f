import Governance
import Instruments
import Kernel
import People
import Rules
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("Cases: opening, reading, working, closing", .serialized)
struct CaseStoreTests {
    typealias W = CaseWorld

    @Test(
        "A case has a reference of its type and year, and shows each reader what is theirs",
        arguments: TestDatabase.engines)
    func opening(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let view = try world.view(id)
        #expect(view.record.reference == "ASB-2026-000001" && view.record.heading == "Shouting at Elm House")
        #expect(view.state?.code.text == "new" && view.record.band == nil)
        #expect(view.parties.map(\.role.text) == ["victim"])
        #expect(view.entries.map { $0.answers["description"] } == [["Shouting under the window"]])
        #expect(view.entries.first?.evidence == .allegation && view.rights.mayWrite)
        #expect(try world.view(world.open(heading: "Another")).record.reference == "ASB-2026-000002")
        // New Year's Day in London is still 31 December in the clock's time zone an hour before midnight UTC.
        let january = Instant(milliseconds: 1_798_761_600_000)
        #expect(try world.view(world.open(heading: "Third", at: january)).record.reference == "ASB-2027-000001")
        guard case .absent = try world.read(id, W.police) else {
            Issue.record("the police see a case of the council's that is not shared")
            return
        }
        guard case .absent = try world.read(ID(at: W.now), W.officer) else {
            Issue.record("a case that is not there was found")
            return
        }
    }

    @Test("What must be there to open a case is named all at once", arguments: TestDatabase.engines)
    func missing(_ engine: Engine) throws {
        let world = try W(engine)
        var incident = W.incident()
        incident.happenedOn = W.today.advanced(by: 1)
        incident.evidence = nil
        incident.answers["category"] = ["bad"]
        let new = NewCase(W.word("asb"), heading: " ", entries: [incident])
        let refused = try world.write { try world.store.open(new, on: world.occasion(W.officer), in: $0) }
        #expect(refused.refusal?.fields == ["heading", "party-victim", "category", "happened-on", "evidence"])
        let unseen = try world.person("Hidden", "Person", by: W.police)
        let wrong = NewCase(
            W.word("asb"), heading: "x", parties: [NewParty(W.word("victim"), unseen)], entries: [W.incident()])
        let other = try world.write { try world.store.open(wrong, on: world.occasion(W.officer), in: $0) }
        #expect(other.refusal?.isAbsent == true)
        let member = try world.write { try world.store.open(wrong, on: world.occasion(W.member), in: $0) }
        #expect(member.refusal != nil)
        #expect(try world.database.read { try $0.rows("SELECT id FROM cases").count } == 0)
    }

    @Test("A case goes from first contact to closure by its gates", arguments: TestDatabase.engines)
    func journey(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        #expect(
            try world.move(id, "assess").refusal?.gates == ["Assess the risk", "Record how to reach the victim safely"])
        _ = try world.assess(id, highest: true).get()
        #expect(try world.view(id).record.band == "high")
        _ = try world.fill(
            id, "safe-contact", ["channel": "phone", "voicemail": "no", "say": "no", "number": "07700 900123"]
        ).get()
        try world.move(id, "assess").get()
        #expect(try world.move(id, "agree-plan").refusal?.gates.count == 2)
        _ = try world.fill(
            id, "plan", ["consulted": "no", "plan": "A visit each week", "contact-person": "Sam"]
        ).get()
        #expect(try world.move(id, "agree-plan").refusal?.gates == ["Consult the victim on the plan"])
        try world.move(id, "agree-plan", reason: "She is in hospital").get()
        #expect(try world.view(id).moves.last?.passed == ["Consult the victim on the plan"])
        try world.move(id, "start").get()
        let action = try world.write {
            try world.store.addAction(
                "Ask for lighting", agency: W.word("council"), owner: W.officer.account, due: W.today, to: id,
                on: world.occasion(W.officer), in: $0
            ).get()
        }
        var closing = NewEntry(
            W.word("closing"),
            W.answers([
                "outcome": "resolved", "reason": "It has ended", "notice-sent": "2026-06-01", "reopen-told": "yes",
                "review-told": "no",
            ]))
        let stopped = try world.move(id, "begin-closing", entry: closing)
        #expect(stopped.refusal?.gates.first == "Close every open action, or hand it on")
        try world.write {
            try world.store.closeAction(
                action, of: id, as: .done, outcome: "Lamps are up", on: world.occasion(W.officer), in: $0
            ).get()
        }
        #expect(try world.move(id, "begin-closing", reason: "She agrees").refusal?.fields == ["form-closing"])
        try world.move(id, "begin-closing", reason: "She agrees", entry: closing).get()
        guard case .role(let roles)? = try world.move(id, "close").refusal else {
            Issue.record("an officer closed a case of high risk")
            return
        }
        #expect(roles.map(\.text) == ["supervisor"])
        #expect(
            try world.move(id, "close", by: W.supervisor).refusal?.gates == ["Tell the victim about the case review"])
        closing.answers["review-told"] = ["yes"]
        try world.move(id, "resume").get()
        try world.move(id, "begin-closing", reason: "She agrees", entry: closing).get()
        try world.move(id, "close", by: W.supervisor).get()
        let closed = try world.view(id)
        #expect(closed.state?.ends == true && closed.record.closedAt == W.now)
        #expect(closed.clocks.allSatisfy { !$0.isOpen })
        guard case .wrongState? = try world.move(id, "start").refusal else {
            Issue.record("a closed case was begun")
            return
        }
        #expect(try world.move(id, "reopen").refusal?.fields == ["reason"])
        try world.move(id, "reopen", reason: "It began again").get()
        let reopened = try world.view(id)
        #expect(reopened.record.closedAt == nil && reopened.clocks.contains { $0.isOpen })
        #expect(reopened.moves.map(\.move.text).suffix(2) == ["close", "reopen"])
    }

    @Test(
        "Clocks start, are met, begin anew and keep the rule they were started under", arguments: TestDatabase.engines)
    func clocks(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        func open() throws -> [String: String] {
            var open: [String: String] = [:]
            for clock in try world.view(id, W.supervisor).clocks where clock.isOpen {
                let calendar = world.store.calendar
                open[clock.clock.text] =
                    calendar.deadline(
                        clock.running.length, from: clock.running.startedAt, pauses: clock.running.pauses)?.inWords
            }
            return open
        }
        // Three working days after Monday 1 June 2026.
        #expect(try open() == ["first-contact": "4 June 2026"])
        _ = try world.assess(id).get()
        #expect(try open() == ["first-contact": "4 June 2026", "risk-review": "29 June 2026"])
        let friday = Instant(milliseconds: W.now.milliseconds + 4 * 86_400_000)
        _ = try world.fill(
            id, "contact", ["how": "phone", "reached": "yes"], on: friday.ukDate, at: friday
        ).get()
        let met = try #require(try world.view(id, W.supervisor).clocks.first { $0.clock.text == "first-contact" })
        #expect(met.running.metAt == friday && met.running.needsReason(at: friday, on: world.store.calendar))
        try world.write {
            try world.store.explain(
                met.id, of: id, reason: "She was away", on: world.occasion(W.officer, at: friday), in: $0
            ).get()
        }
        let kept = try #require(try world.view(id, W.supervisor).clocks.first { $0.clock.text == "first-contact" })
        #expect(kept.running.breachReason == "She was away" && kept.breachBy == W.officer.account)
        _ = try world.assess(id, highest: true, at: friday).get()
        // Five working days after Friday 5 June, for the band is high now; the clock before was met.
        #expect(try open() == ["risk-review": "12 June 2026"])
        try world.move(id, "assess", reason: "Safe contact to follow", at: friday).get()
        #expect(try open()["victim-update"] == "19 June 2026")
        _ = try world.fill(
            id, "victim-update", ["said": "We wait for the landlord", "how": "phone", "case-review": "yes"],
            on: friday.ukDate, at: Instant(milliseconds: friday.milliseconds + 3 * 86_400_000)
        ).get()
        #expect(try open()["victim-update"] == "22 June 2026")
        let running = try #require(try world.view(id).clocks.first { $0.clock.text == "victim-update" && $0.isOpen })
        try world.write {
            try world.store.pause(
                running.id, of: id, reason: "Abroad", on: world.occasion(W.officer, at: friday), in: $0
            ).get()
        }
        #expect(try open()["victim-update"] == nil)
        #expect(
            try world.database.read {
                try $0.rows("SELECT 1 AS x FROM case_clocks WHERE clock = 'victim-update' AND due_at IS NOT NULL")
                    .isEmpty
            })
    }

    @Test(
        "A correction supersedes; the second of two people sees both versions and loses nothing",
        arguments: TestDatabase.engines)
    func corrections(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let first = try world.fill(id, "needs", ["victim-needs": "Interpreter"]).get()
        #expect(try world.fill(id, "needs", ["victim-needs": "Another"]).refusal != nil)
        let second = try world.fill(id, "needs", ["victim-needs": "Interpreter, Urdu"], correcting: first).get()
        let late = try world.fill(
            id, "needs", ["victim-needs": "Interpreter, Bengali"], correcting: first, by: W.colleague)
        guard case .changedMeanwhile(let now)? = late.refusal else {
            Issue.record("the second correction of one entry was kept")
            return
        }
        #expect(now.id == second && now.answers["victim-needs"] == ["Interpreter, Urdu"])
        let view = try world.view(id)
        #expect(view.entries(of: W.word("needs")).map(\.id) == [second])
        #expect(view.entries.filter { $0.form.text == "needs" }.map(\.id) == [first, second])
        #expect(view.entries.first { $0.id == first }?.supersededAt == W.now)
        let absent = try world.fill(id, "needs", ["victim-needs": "x"], correcting: ID(at: W.now))
        #expect(absent.refusal?.isAbsent == true)
    }

    @Test(
        "A repeat victim is found over cases, and someone is told to explain the case review",
        arguments: TestDatabase.engines)
    func repeats(_ engine: Engine) throws {
        let world = try W(engine)
        let victim = try world.person("Ada", "Achebe")
        let first = try world.open(victim: victim, incident: W.incident(W.today.advanced(by: -60)))
        #expect(try world.view(first).flags.isEmpty && world.view(first).actions.isEmpty)
        // Seven months before the second: outside the six months that count.
        _ = try world.open(victim: victim, incident: W.incident(W.today.advanced(by: -300)))
        let second = try world.open(victim: victim)
        let view = try world.view(second)
        #expect(view.flags.map(\.code) == ["repeat-victim", "explain-review"])
        #expect(view.flags.allSatisfy { $0.person == victim })
        #expect(view.actions.map(\.text) == ["Explain the antisocial behaviour case review to the victim"])
        #expect(view.actions.first?.due.inWords == "8 June 2026")
        // The same day in the same case is one report; a third on another day offers an application.
        _ = try world.write {
            try world.store.fill(W.incident(), in: second, on: world.occasion(W.officer), in: $0).get()
        }
        #expect(try world.view(second).actions.count == 1)
        _ = try world.write {
            try world.store.fill(
                W.incident(W.today.advanced(by: -1)), in: second, on: world.occasion(W.officer), in: $0
            ).get()
        }
        #expect(try world.view(second).flags.map(\.code).last == "offer-review")
    }

    @Test(
        "Judgement raises the level with a reason, and lowers it only by a supervisor", arguments: TestDatabase.engines)
    func judgement(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let reason = "He has moved next door to her again"
        #expect(try world.assess(id, judged: (W.word("high"), "short")).refusal?.fields == ["judgement"])
        let raised = try world.assess(id, judged: (W.word("high"), reason)).get()
        #expect(raised.band == "low" && raised.holds == "high" && raised.score == 0)
        #expect(try world.view(id).record.band == "high")
        #expect(
            try world.assess(id, highest: true, judged: (W.word("low"), reason)).refusal?.fields == ["judged-band"])
        _ = try world.assess(id, highest: true, judged: (W.word("low"), reason), by: W.supervisor).get()
        #expect(try world.view(id).record.band == "low")
        #expect(try world.view(id).assessments.map(\.holds) == ["high", "low"])
    }

    @Test(
        "An action's owner in another agency sees the case from then on, closes it, and changes nothing else",
        arguments: TestDatabase.engines)
    func involved(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let action = try world.write {
            try world.store.addAction(
                "Patrol on Friday evenings", agency: W.word("police"), owner: W.police.account,
                due: W.today.advanced(by: 3), to: id, on: world.occasion(W.officer), in: $0
            ).get()
        }
        let seen = try world.view(id, W.police)
        #expect(seen.actions.map(\.id) == [action] && !seen.rights.mayWrite)
        #expect(try world.fill(id, "note", ["text": "x"], on: W.today, by: W.police).refusal != nil)
        #expect(
            try world.write { try world.store.work(on: world.occasion(W.police), in: $0) }.map(\.item.record.id) == [id]
        )
        let late = Instant(milliseconds: W.now.milliseconds + 5 * 86_400_000)
        try world.write {
            try world.store.closeAction(
                action, of: id, as: .done, outcome: "Three patrols", on: world.occasion(W.police, at: late), in: $0
            ).get()
        }
        #expect(try world.view(id).actions.first?.status == .doneLate)
        let again = try world.write {
            try world.store.closeAction(
                action, of: id, as: .done, outcome: "x", on: world.occasion(W.officer, at: late), in: $0)
        }
        guard case .closedAlready? = again.refusal else {
            Issue.record("an action was closed twice")
            return
        }
        #expect(try world.write { try world.store.work(on: world.occasion(W.police), in: $0) }.isEmpty)
        // Nothing is left for them to do there, so the case is no longer theirs to read.
        guard case .found = try world.read(id, W.police, at: late) else { return }
        Issue.record("the owner of a closed action still reads the case")
    }

    @Test("Sharing opens a case and its people as deep as is shared, and no deeper", arguments: TestDatabase.engines)
    func sharing(_ engine: Engine) throws {
        let world = try W(engine)
        let victim = try world.person("Ada", "Achebe")
        let id = try world.open(victim: victim)
        _ = try world.fill(
            id, "safe-contact", ["channel": "phone", "voicemail": "no", "say": "no", "number": "07700 900123"]
        ).get()
        func share(_ actor: Actor, _ highest: FieldClass, gateway: String = "cda-115") throws -> Result<
            Int, CaseRefusal
        > {
            try world.write {
                try world.store.share(
                    id, with: W.word("police"), until: nil, highest: highest, gateway: gateway,
                    reason: "They patrol there", on: world.occasion(actor), in: $0)
            }
        }
        #expect(try share(W.officer, .p4).refusal?.fields == ["highest"])
        #expect(try share(W.officer, .p2, gateway: " ").refusal?.fields == ["gateway"])
        #expect(try share(W.police, .p2).refusal?.isAbsent == true)
        #expect(try share(W.officer, .p2).get() == 0)
        let seen = try world.view(id, W.police)
        #expect(seen.entries.contains { $0.answers["description"] == ["Shouting under the window"] })
        #expect(!seen.entries.contains { !$0.answers["number"].isEmpty } && !seen.rights.mayWrite)
        guard case .found = try world.write({ try world.people.read(victim, on: world.occasion(W.police), in: $0) })
        else {
            Issue.record("the victim was not shared with the case")
            return
        }
        try world.write {
            try world.store.unshare(
                id, with: W.word("police"), reason: "It is over", on: world.occasion(W.officer), in: $0
            ).get()
        }
        guard case .absent = try world.read(id, W.police) else {
            Issue.record("the case stays open after the sharing ended")
            return
        }
    }

    @Test(
        "Entries for one's own agency stay with it, and a wall keeps safety from the other side",
        arguments: TestDatabase.engines)
    func walls(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        var note = NewEntry(W.word("note"), W.answers(["text": "Told in confidence"]))
        note.happenedOn = W.today
        note.evidence = .hearsay
        note.source = "A neighbour"
        note.handling = .ownAgency
        _ = try world.write { try world.store.fill(note, in: id, on: world.occasion(W.officer), in: $0).get() }
        _ = try world.fill(
            id, "safe-contact", ["channel": "phone", "voicemail": "no", "say": "no", "number": "07700 900123"]
        ).get()
        try world.write {
            _ = try world.store.share(
                id, with: W.word("police"), until: nil, highest: .p2, gateway: "cda-115", reason: "They patrol there",
                on: world.occasion(W.officer), in: $0
            ).get()
        }
        // A second filling-in, or a correction, shows nothing of what stands there to who may not see it.
        let again = try world.fill(
            id, "safe-contact", ["channel": "text", "voicemail": "no", "say": "no"], by: W.chaser)
        if case .changedMeanwhile(let entry)? = again.refusal { Issue.record("shown to the other side: \(entry)") }
        #expect(again.refusal != nil)
        let contact = try #require(try world.view(id).entries(of: W.word("safe-contact")).first?.id)
        let over = try world.fill(
            id, "safe-contact", ["channel": "text", "voicemail": "no", "say": "no"], correcting: contact, by: W.chaser)
        #expect(over.refusal != nil)
        #expect(try world.view(id).entries(of: W.word("safe-contact")).map(\.id) == [contact])
        func texts(_ actor: Actor) throws -> [String] {
            try world.view(id, actor).entries.flatMap { entry in entry.answers.codes.flatMap { entry.answers[$0] } }
        }
        #expect(try texts(W.officer).contains("Told in confidence") && texts(W.officer).contains("07700 900123"))
        #expect(try !texts(W.police).contains("Told in confidence") && !texts(W.police).contains("07700 900123"))
        #expect(try !texts(W.chaser).contains("07700 900123"))
    }

    @Test("Why a clock was late is told only to those who may know as much", arguments: TestDatabase.engines)
    func reasons(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let clock = try #require(try world.view(id).clocks.first?.id)
        try world.write { connection in
            let occasion = world.occasion(W.officer)
            try world.store.pause(clock, of: id, reason: "She is in hospital", on: occasion, in: connection).get()
            try world.store.explain(clock, of: id, reason: "She was ill", on: occasion, in: connection).get()
            _ = try world.store.share(
                id, with: W.word("police"), until: nil, highest: .p1, gateway: "cda-115", reason: "They patrol there",
                on: occasion, in: connection
            ).get()
        }
        let own = try #require(try world.view(id).clocks.first?.running)
        #expect(own.breachReason == "She was ill" && own.pauses.map(\.reason) == ["She is in hospital"])
        let theirs = try #require(try world.view(id, W.police).clocks.first?.running)
        #expect(theirs.breachReason == "" && theirs.pauses.map(\.reason) == [""])
        #expect(theirs.pauses.map(\.from) == own.pauses.map(\.from))
    }

    @Test("Each reading and change is in the audit with the fields it concerned", arguments: TestDatabase.engines)
    func audited(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let before = try world.audit().count
        _ = try world.view(id)
        _ = try world.fill(id, "needs", ["victim-needs": "Interpreter"]).get()
        _ = try world.read(id, W.police)
        let entries = try world.audit().dropFirst(before)
        #expect(entries.contains { $0.hasPrefix("read|permit|-|case|") && $0.contains("incident.description") })
        #expect(entries.contains { $0.hasPrefix("update|permit|-|case|needs.victim-needs") && $0.hasSuffix("P2") })
        #expect(entries.contains { $0.hasPrefix("denied|deny|") })
    }
}
