import Governance
import Kernel
import Rules
import Storage
import TestDatabases
import Testing

@testable import Casework

/// All of it happens on Monday 1 June 2026 at 10 in London, as in `CaseTypeJourneyTests`.
@Suite("Cases of panels and of people who offend, from referral to the end", .serialized)
struct PanelJourneyTests {
    typealias W = CaseWorld
    typealias J = CaseJourney

    @Test("An exploited child is screened in a day, interviewed in 72 hours, reviewed in twelve weeks")
    func child() throws {
        let world = try W(.sqlite)
        let child = try J(
            "child-exploitation", in: world, ["child": "Ada"],
            ["referral": ["kinds": "criminal missing", "why": "Two telephones", "safe-now": "yes"]])
        // One working day after 1 June.
        #expect(try child.due() == ["screen": "2 June 2026"])
        let screening = ["significant-harm": "no", "next": "panel", "reason": "Many signs", "lead": "Sam"]
        #expect(try child.attempt("screen", "screening", screening)?.gates == ["Go through the indicators"])
        try child.go("screen", reason: "Today, before the indicators", "screening", screening)
        #expect(try child.attempt("list", reason: "x")?.gates == ["Go through the indicators"])
        try child.assess("child-exploitation")
        #expect(try child.view().record.band == "significant")
        try child.fill("missing", ["from": "2026-05-30", "back-at": "8:05am"])
        // 72 hours after five past eight on 1 June, when they were back; it is typed in at ten.
        #expect(try child.due() == ["return-interview": "4 June 2026 at 8:05am"])
        try child.fill("return-interview", ["held": "yes", "with": "Jo", "said": "A man drove"])
        try child.fill("voice", ["child": "Leave me out of it"])
        try child.fill("safety", ["measures": "Her aunt fetches her"])
        try child.go("list")
        let decision = ["decision": "A mentor", "actions": "yes", "level": "moderate"]
        #expect(
            try child.attempt("hear", reason: "x", "hearing", decision)?.gates
                == ["Write the plan, with a lead professional"])
        try child.fill("plan", ["lead": "Sam", "plan": "A mentor by July", "child-involved": "yes"])
        try child.go("hear", "hearing", decision)
        // 84 days following 1 June.
        #expect(try child.due() == ["review": "24 August 2026"])
        let end = J.closing("safer", ["child-told": "yes"])
        #expect(try child.attempt("step-down", "closing", end)?.gates.count == 2)
        try child.fill("review", ["level": "emerging", "progress": "Back at school"])
        try child.go("step-down", "closing", end)
        #expect(try child.isOver && child.state == "stepped-down")
        try child.go("refer-again", "referral", ["kinds": "missing", "why": "Missing again", "safe-now": "no"])
        #expect(try child.due() == ["screen": "2 June 2026"])
    }

    @Test(
        "The time for a return interview runs from when the child was back, and a corrected day begins only its own anew"
    )
    func back() throws {
        let world = try W(.sqlite)
        let child = try J(
            "child-exploitation", in: world, ["child": "Ada"],
            ["referral": ["kinds": "missing", "why": "Out at night", "safe-now": "yes"]])
        func missing(
            _ day: String, _ time: String?, correcting old: ID<CaseEntry>? = nil
        ) throws -> Result<ID<CaseEntry>, CaseRefusal> {
            var answers = ["from": "2026-05-20"]
            answers["back-at"] = time
            return try world.fill(child.id, "missing", answers, on: LocalDate(day), correcting: old)
        }
        func due() throws -> [String] {
            try child.view().clocks.filter { $0.clock.text == "return-interview" && $0.isOpen }.compactMap { clock in
                world.store.calendar.deadline(clock.running.length, from: clock.running.startedAt, pauses: [])?.inWords
            }.sorted()
        }
        #expect(try missing("2026-05-29", "late").refusal?.fields == ["back-at"])
        // Back on Friday at ten in the evening, typed in on Monday at ten.
        let friday = try missing("2026-05-29", "22:00").get()
        // Without a time the day counts from its beginning.
        _ = try missing("2026-05-24", nil).get()
        #expect(try due() == ["1 June 2026 at 10:00pm", "27 May 2026 at 12:00am"])
        _ = try missing("2026-05-30", "6.15", correcting: friday).get()
        #expect(try due() == ["2 June 2026 at 6:15am", "27 May 2026 at 12:00am"])
        #expect(try child.view().clocks.filter { $0.clock.text == "return-interview" && !$0.isOpen }.count == 1)
        // Two that run from the same moment are two: where one is corrected, the other is owed as before.
        let again = try missing("2026-05-24", nil).get()
        _ = try missing("2026-05-25", nil, correcting: again).get()
        #expect(
            try due() == ["2 June 2026 at 6:15am", "27 May 2026 at 12:00am", "28 May 2026 at 12:00am"])
    }

    @Test("The third missing episode in ninety days calls a meeting")
    func missing() throws {
        let world = try W(.sqlite)
        let child = try J(
            "child-exploitation", in: world, ["child": "Ada"],
            ["referral": ["kinds": "missing", "why": "Out at night", "safe-now": "yes"]])
        for daysAgo in [91, 90, 30] {
            var entry = J.entry("missing", ["from": "2026-01-01"], of: child.type, at: W.now)
            entry.happenedOn = W.today.advanced(by: -daysAgo)
            _ = try world.write {
                try world.store.fill(entry, in: child.id, on: world.occasion(W.officer), in: $0).get()
            }
        }
        // The one of 91 days before lies outside.
        #expect(try child.view().flags.isEmpty)
        try child.fill("missing", ["from": "2026-05-31"])
        #expect(try child.view().flags.map(\.code) == ["missing-often"])
    }

    @Test("A place of exploitation is closed with the count, and with where it may have moved")
    func place() throws {
        let world = try W(.sqlite)
        let place = try J(
            "exploitation-place", in: world, [:],
            ["concern": ["kind": "business", "where": "The arcade", "what": "Free drinks for children"]])
        // Five working days after 1 June.
        #expect(try place.due() == ["screen": "8 June 2026"])
        try place.go("accept", by: W.supervisor)
        #expect(
            try place.attempt("plan", reason: "x")?.gates
                == ["Find out why it happens here", "Write the plan and how you will know that it worked"])
        try place.fill("analysis", ["how": "Drinks", "guardians": "The owner", "unknown": "Who pays"])
        try place.fill("plan", ["owner": "Sam", "plan": "Train the staff", "measure": "Reports a week, since May"])
        try place.go("plan")
        try place.go("act")
        // 28 days following 1 June.
        #expect(try place.due() == ["review": "29 June 2026"])
        try place.fill("disruption", ["what": "training"])
        try place.fill(
            "review", ["harm-now": "less", "evidence": "Two reports, nine before", "moved": "No sign of it"])
        try place.go("watch")
        try place.go("close", "closing", J.closing("safe"))
        #expect(try place.isOver)
    }

    @Test("Channel goes on with consent, and looks back six and twelve months after the end")
    func channel() throws {
        let types = ShippedCaseTypesTests.all
        let world = try W(.sqlite, types: types)
        // Only those to whom it is opened may work on it, so the lead who opened it does.
        let channel = try J(
            "channel", in: world, by: W.supervisor, ["person": "Ada"],
            ["referral": ["concern": "Said so at school", "urgent": "no", "child": "yes"]])
        #expect(try channel.due().isEmpty)
        try channel.go("ask-police")
        try channel.fill("gateway", ["result": "wait"])
        #expect(
            try channel.attempt("gather", reason: "x")?.gates == ["Wait until the police say that it may go on"])
        try channel.fill("gateway", ["result": "clear"])
        try channel.go("gather")
        try channel.fill("information", ["agency": "council", "what": "Alone since the move"])
        try channel.fill(
            "framework",
            ["ideology": "mixed", "engagement": "Reads", "intent": "None", "capability": "None", "needs": "Friends"])
        try channel.go("list")
        try channel.go("adopt", "decision", ["decision": "adopt", "reason": "It can help", "chair": "Jo"])
        try channel.fill("plan", ["lead": "Sam", "support": "A mentor"])
        #expect(
            try channel.attempt("support", reason: "x")?.gates == ["Have consent, and record what they were told"])
        try channel.fill("consent", ["given": "yes", "by": "both", "understood": "All of it"])
        try channel.go("support")
        // A month beginning with 1 June.
        #expect(try channel.due() == ["review": "30 June 2026"])
        try channel.fill("review", ["risk-now": "less", "progress": "Plays football"])
        #expect(try channel.due() == ["review": "30 June 2026"])
        try channel.go("exit", "closing", J.closing("less-risk", ["next": "The school"]))
        // Six and twelve months beginning with 1 June 2026.
        #expect(try channel.due() == ["look-back": "30 November 2026", "second-look-back": "31 May 2027"])
        try channel.go("look-back", "exit-review", ["outcome": "holds", "reason": "The school says so"])
        #expect(try channel.due() == ["second-look-back": "31 May 2027"])
        try channel.go("close", "exit-review", ["outcome": "holds", "reason": "The school says so"])
        #expect(try channel.isOver)
    }

    @Test("The perpetrator panel works with the one who harms once the victims’ side is helped")
    func perpetrator() throws {
        let world = try W(.sqlite)
        let panel = try J(
            "perpetrator-panel", in: world, by: J.manager, ["perpetrator": "Ben"],
            ["referral": ["criteria": "serial", "pattern": "Follows partners", "victims-supported": "no"]])
        // Five working days after 1 June.
        #expect(try panel.due() == ["screen": "8 June 2026"])
        try panel.fill("background", ["needs": "work"])
        #expect(
            try panel.attempt("accept", by: J.managers)?.gates
                == ["Have everyone they are known to harm offered an advocate"])
        try panel.go("accept", reason: "The advocate rings today", by: J.managers)
        try panel.go("hear", "hearing", ["decision": "A place", "actions": "yes", "approach": "both"])
        try panel.assess("offender-needs")
        try panel.go("start")
        // A month beginning with 1 June.
        #expect(try panel.due() == ["review": "30 June 2026"])
        let end = J.closing("less-harm", ["victim-side-told": "yes"])
        #expect(
            try panel.attempt("close", reason: "x", "closing", end, by: J.managers)?.gates
                == ["Review the harm, as the victims’ side sees it"])
        try panel.fill("review", ["harm-now": "less", "evidence": "The advocate says so"])
        try panel.go("close", "closing", end, by: J.managers)
        #expect(try panel.isOver)
    }

    @Test("Nobody is added to the gangs list without a fair check, and nobody is kept without the reason")
    func gangs() throws {
        let world = try W(.sqlite)
        let gangs = try J(
            "gangs", in: world, by: J.manager, ["person": "Ben"],
            [
                "nomination": [
                    "criteria": "weapon", "evidence": "Convicted in May", "second-source": "yes", "victim-only": "no",
                ]
            ])
        // Five working days after 1 June.
        #expect(try gangs.due() == ["decide": "8 June 2026"])
        #expect(try gangs.attempt("consider", reason: "x")?.gates == ["Check that it is fair"])
        try gangs.fill("equality", ["same-for-others": "no", "necessary": "Known to all", "under-18": "not-child"])
        try gangs.go("consider")
        try gangs.fill("plan", ["lead": "Sam", "offer": "A mentor"])
        #expect(
            try gangs.attempt("add", reason: "x", by: J.managers)?.gates
                == ["Add nobody whom the same facts would not bring in otherwise"])
        try gangs.fill("equality", ["same-for-others": "yes", "necessary": "A conviction", "under-18": "not-child"])
        try gangs.go("add", by: J.managers)
        // Three months beginning with 1 June.
        #expect(try gangs.due() == ["review": "31 August 2026"])
        try gangs.fill("challenge", ["by": "His mother", "why": "It was his brother"])
        // A month beginning with 1 June.
        #expect(try gangs.due()["answer-challenge"] == "30 June 2026")
        try gangs.fill("challenge-answer", ["decision": "upheld", "reason": "It was"])
        try gangs.fill("review", ["still-meets": "no", "last-evidence": "2026-05-01", "reason": "It was his brother"])
        try gangs.go("propose-leaving")
        #expect(
            try gangs.attempt("keep", reason: "To be safe", by: J.managers)?.gates
                == ["Keep nobody for whom the rule is no longer met"])
        try gangs.go("leave", "closing", J.closing("challenge", ["agencies-told": "yes"]), by: J.managers)
        #expect(try gangs.isOver)
    }

    @Test("A second event as a suspect leads to the panel; help begins with the young person’s agreement")
    func youth() throws {
        let world = try W(.sqlite)
        let youth = try J(
            "youth-diversion", in: world, ["young-person": "Ada"],
            ["event": ["what": "Took a bicycle", "outcome": "community"]])
        // Ten working days after 1 June.
        #expect(try youth.due() == ["offer": "15 June 2026"])
        #expect(try youth.view().flags.isEmpty)
        var earlier = J.entry("event", ["what": "A fight", "outcome": "informal"], of: youth.type, at: W.now)
        earlier.happenedOn = W.today.advanced(by: -300)
        _ = try world.write { try world.store.fill(earlier, in: youth.id, on: world.occasion(W.officer), in: $0).get() }
        #expect(try youth.view().flags.map(\.code) == ["second-event"])
        try youth.assess("common-screening")
        try youth.fill("strengths", ["says": "It was stupid", "school": "partly", "exploited": "no"])
        try youth.go("screen")
        try youth.go("offer", reason: "Nobody was hurt", "offer", ["what": "mentor", "provider": "The club"])
        try youth.fill("consent", ["young-person": "not-yet", "parent": "yes", "told": "What it is"])
        #expect(try youth.attempt("engage", reason: "x")?.gates == ["Have the young person’s agreement"])
        try youth.fill("consent", ["young-person": "yes", "parent": "yes", "told": "What it is"])
        try youth.go("engage")
        // 84 days following 1 June.
        #expect(try youth.due() == ["review": "24 August 2026"])
        #expect(
            try youth.attempt("end", "closing", J.closing("completed", ["police-told": "yes"]))?.gates
                == ["Close every open action, or hand it on"])
        let actions = try youth.view().actions
        for action in actions {
            try world.write {
                try world.store.closeAction(
                    action.id, of: youth.id, as: .done, outcome: "The panel met", on: world.occasion(W.officer), in: $0
                ).get()
            }
        }
        try youth.go("end", "closing", J.closing("completed", ["police-told": "yes"]))
        #expect(try youth.isOver)
    }

    @Test("Treatment begins within three weeks, and is completed only after a review")
    func treatment() throws {
        let world = try W(.sqlite)
        let treatment = try J(
            "treatment", in: world, ["person": "Ada"],
            ["referral": ["from": "probation", "substances": "opiates", "agrees": "yes"]])
        // 21 days following 1 June.
        #expect(try treatment.due() == ["start": "22 June 2026"])
        try treatment.go("see", "assessment", ["found": "Daily use", "children": "yes"])
        let start = ["kind": "prescribing", "provider": "The clinic", "worker": "Sam"]
        #expect(
            try treatment.attempt("start", "start", start)?.gates
                == ["Look at the safety of children who live with them"])
        try treatment.fill("child-safety", ["what": "Nothing seen", "social-care": "not-needed"])
        try treatment.go("start", "start", start)
        // 84 days following 1 June.
        #expect(try treatment.due() == ["review": "24 August 2026"])
        let end = J.closing("completed", ["ended": "2026-06-01"])
        #expect(try treatment.attempt("complete", reason: "x", "closing", end)?.gates == ["Review their use first"])
        try treatment.fill("review", ["use-now": "none", "home": "settled", "work": "yes"])
        try treatment.go("complete", "closing", end)
        #expect(try treatment.isOver)
    }

    @Test("Offender management selects with evidence, plans the day of release, and lets go with evidence")
    func offenders() throws {
        let world = try W(.sqlite)
        let iom = try J(
            "offender-management", in: world, by: J.manager, ["person": "Ben"],
            ["nomination": ["cohort": "fixed", "why": "Nine burglaries", "status": "licence"]])
        // Ten working days after 1 June.
        #expect(try iom.due() == ["assess": "15 June 2026"])
        try iom.assess("offender-needs")
        try iom.fill("score", ["tool": "The one of probation", "value": "82"])
        try iom.go("assess")
        #expect(
            try iom.attempt("select", reason: "x", by: J.managers)?.gates
                == ["Have police and probation agree, with the evidence"])
        try iom.fill("selection", ["evidence": "Score and charges", "agreed": "yes", "told": "yes"])
        try iom.go("select", by: J.managers)
        try iom.fill("rag", ["colour": "red", "reason": "Two arrests"])
        try iom.fill("pathway", ["pathway": "accommodation", "need": "4", "action": "A room"])
        try iom.go("start")
        // A month beginning with 1 June.
        #expect(try iom.due() == ["review": "30 June 2026"])
        try iom.go("to-custody", "custody", ["prison": "A prison", "release": "2026-06-20"])
        #expect(try iom.attempt("release")?.gates == ["Make the plan for the day of release"])
        try iom.fill(
            "release-plan", ["home": "The room", "fetched": "Sam", "appointments": "Probation at 2", "phone": "yes"])
        try iom.go("release")
        try iom.fill("review", ["change": "better", "reason": "At work", "offended": "no"])
        var leaving = [
            "last-offence": "2025-06-01", "evidence": "A year of work", "who-goes-on": "Probation",
            "panel-agrees": "no",
        ]
        try iom.go("propose-leaving", "leaving-evidence", leaving)
        let end = J.closing("stopped")
        #expect(
            try iom.attempt("leave", reason: "x", "closing", end, by: J.managers)?.gates
                == ["Have the panel agree on the evidence"])
        leaving["panel-agrees"] = "yes"
        try iom.fill("leaving-evidence", leaving)
        try iom.fill("rag", ["colour": "green", "reason": "A year of work"])
        #expect(try iom.attempt("leave", "closing", end)?.isRoleRefusal == true)
        try iom.go("leave", "closing", end, by: J.managers)
        #expect(try iom.isOver)
    }
}
