import Governance
import Kernel
import Storage
import TestDatabases
import Testing

@testable import Casework

/// What each case type is for, done by those who do it. All of it happens on Monday 1 June 2026 at 10 in London: the
/// working days after are 2, 3, 4, 5, 8 June and so on, with no bank holiday before 31 August.
@Suite("Cases of people who are harmed, from first contact to the end", .serialized)
struct CaseTypeJourneyTests {
    typealias W = CaseWorld
    typealias J = CaseJourney

    @Test("A MARAC case is referred, screened, flagged, heard and followed up; its flag ends after twelve months")
    func marac() throws {
        let world = try W(.sqlite)
        let marac = try J(
            "marac", in: world, ["victim": "Ada"],
            ["referral": ["route": "judgement", "why": "He has her keys", "immediate": "no", "aware": "yes"]])
        // One and two working days after 1 June; twelve months beginning with 1 June 2026 end on 31 May 2027.
        #expect(
            try marac.due() == ["screen": "2 June 2026", "advocate": "3 June 2026", "flag-ends": "31 May 2027"])
        #expect(try marac.attempt("screen")?.isRoleRefusal == true)
        let gates = try marac.attempt("screen", by: W.supervisor)?.gates
        #expect(
            gates == [
                "Assess the risk", "Record how to reach the victim safely",
                "Record what the victim knows, and the lawful basis", "Say who is said to do the harm",
            ])
        // Judgement stands in for the score, but nothing for the lawful basis.
        #expect(
            try marac.attempt("screen", reason: "She is in hospital", by: W.supervisor)?.gates
                == ["Record what the victim knows, and the lawful basis"])
        try marac.fill(
            "safe-contact",
            ["channel": "text through", "voicemail": "no", "say": "no", "afraid-of": "Her husband and his brother"],
            by: J.advocate)
        try marac.fill(
            "consent",
            ["consents": "not-reached", "why-not": "He answers her telephone", "basis": "vital-interests"])
        try marac.add("perpetrator", "Ben")
        try marac.go("screen", reason: "The score does not show the keys", by: W.supervisor)
        try marac.fill("flag", ["agency": "police", "flagged": "2026-06-01"])
        try marac.go("flag")
        #expect(
            try marac.attempt("begin-research")?.gates.first
                == "Have the advocate try to reach the victim before the meeting")
        try marac.fill("advocate-contact", ["advocate": "Sam", "reached": "yes", "views": "New locks"], by: J.advocate)
        try marac.fill("safety", ["where": "With her sister", "measures": "A code word"], by: J.advocate)
        #expect(try marac.due() == ["flag-ends": "31 May 2027"])
        try marac.go("begin-research")
        try marac.fill("perpetrator", ["told": "no", "relation": "Husband"])
        try marac.go("hear", "hearing", ["decision": "Locks and a visit", "actions": "yes", "item": "new"])
        try marac.go("act")
        try marac.go("follow-up", "follow-up", ["risk-now": "less", "told": "yes"])
        // In force until its day: the case rests, and is not over.
        #expect(try marac.view().state?.ends == false)
        let ended = try marac.attempt("close", "closing", J.closing("safer"))?.gates
        #expect(
            ended == ["Tell every agency to end its flag", "Refer again when there was another incident"])
        try marac.fill("flag-end", ["all-told": "yes", "new-incident": "no"])
        try marac.go("close", "closing", J.closing("safer"))
        #expect(try marac.isOver)
        // Nine months before the end of the flag it happens again.
        let referral = ["route": "repeat", "why": "He came back", "immediate": "no", "aware": "yes"]
        let september = Instant(milliseconds: W.now.milliseconds + 92 * 86_400_000)
        try marac.go("refer-again", "referral", referral, at: september)
        #expect(try marac.state == "referred")
        // One working day after Tuesday 1 September; twelve months beginning with that day.
        #expect(
            try marac.due() == [
                "screen": "2 September 2026", "advocate": "3 September 2026", "flag-ends": "31 August 2027",
            ])
    }

    @Test("A further referral that is declined ends neither the flag nor what was agreed before")
    func maracDeclinedAgain() throws {
        let world = try W(.sqlite)
        let referral = ["route": "visible-risk", "why": "x", "immediate": "yes", "aware": "yes"]
        let marac = try J("marac", in: world, ["victim": "Ada"], ["referral": referral])
        let why = [
            "reason": "Nothing new", "instead": "advocate", "safe-meanwhile": "Locks", "next-step": "Sam rings today",
        ]
        #expect(
            try marac.attempt("decline-again", "declined", why, by: W.supervisor)?.gates
                == ["Only a case that was heard before goes on: otherwise decline it"])
        let hearing = ["decision": "Locks and a visit", "actions": "yes", "item": "new"]
        try marac.go("emergency", reason: "He has a knife", "hearing", hearing)
        #expect(try marac.view().flags.map(\.code) == ["referred"])
        let june = Instant(milliseconds: W.now.milliseconds + 30 * 86_400_000)
        try marac.go("refer-again", "referral", referral, at: june)
        try marac.go("decline-again", "declined", why, by: W.supervisor, at: june)
        let view = try marac.view()
        #expect(view.state?.code == W.word("actions") && view.state?.ends == false)
        // Nobody is late with what the declined referral asked for.
        let waiting = Set(view.clocks.filter(\.isOpen).map(\.clock.text))
        #expect(!waiting.contains("advocate") && !waiting.contains("screen"))
        #expect(view.flags.contains { $0.code == "referred" && ($0.until.map { june.ukDate < $0 } ?? true) })
    }

    @Test("A MARAC case is declined only with a next step, and handed to another area only with a receipt")
    func maracOtherwise() throws {
        let world = try W(.sqlite)
        func referred() throws -> CaseJourney {
            try J(
                "marac", in: world, ["victim": "Ada"],
                ["referral": ["route": "visible-risk", "why": "x", "immediate": "yes", "aware": "no"]])
        }
        let declined = try referred()
        var why = [
            "reason": "No abuse by a partner or relative", "instead": "community-marac", "safe-meanwhile": "Locks",
        ]
        #expect(try declined.attempt("decline", "declined", why, by: W.supervisor)?.fields == ["next-step"])
        why["next-step"] = "The referrer opens a case there today"
        #expect(try declined.attempt("decline", "declined", why)?.isRoleRefusal == true)
        try declined.go("decline", "declined", why, by: W.supervisor)
        #expect(try declined.isOver)
        try declined.go("reconsider", reason: "The referrer appealed", by: W.supervisor)
        #expect(try declined.due()["screen"] == "2 June 2026")

        let moved = try referred()
        try moved.go(
            "transfer-out", "safe-transfer", ["area": "Leeds", "to": "Jo", "complete": "yes", "measures": "We do"])
        // Two working days after 1 June.
        #expect(try moved.due()["transfer-out"] == "3 June 2026")
        #expect(
            try moved.attempt("confirm-transfer", reason: "They confirmed")?.gates
                == ["Record who confirmed the transfer"])
        try moved.fill("transfer-receipt", ["by": "Jo"])
        try moved.go("confirm-transfer", reason: "They confirmed")
        #expect(try moved.isOver && moved.state == "transferred-out")

        let urgent = try referred()
        let heard = ["decision": "Refuge tonight", "actions": "yes", "item": "emergency"]
        #expect(
            try urgent.attempt("emergency", "hearing", heard)?.gates
                == [
                    "Record how to reach the victim safely", "Record what the victim knows, and the lawful basis",
                ])
        try urgent.go("emergency", reason: "Nobody could ring her safely", "hearing", heard)
        #expect(try urgent.state == "heard" && urgent.due()["screen"] == nil)
    }

    @Test("The fourth incident within twelve months asks whether to refer again")
    func escalation() throws {
        let world = try W(.sqlite)
        let marac = try J(
            "marac", in: world, ["victim": "Ada"],
            ["referral": ["route": "escalation", "why": "x", "immediate": "no", "aware": "yes"]])
        // Croydon's number: four; 300 and 200 days before lie within twelve months, 400 days do not.
        for daysAgo in [400, 300, 200, 100] {
            var entry = J.entry("incident", ["what": "He waited at work"], of: marac.type, at: W.now)
            entry.happenedOn = W.today.advanced(by: -daysAgo)
            _ = try world.write {
                try world.store.fill(entry, in: marac.id, on: world.occasion(W.officer), in: $0).get()
            }
        }
        #expect(try marac.view().flags.isEmpty)
        try marac.fill("incident", ["what": "He waited at work again"])
        #expect(try marac.view().flags.map(\.code) == ["escalation"])
        #expect(try marac.view().actions.map(\.origin) == ["escalation"])
    }

    @Test("A Community MARAC closes when two reviews show less risk, or with a reason")
    func communityMARAC() throws {
        let world = try W(.sqlite)
        let panel = try J(
            "community-marac", in: world, ["person": "Ada"],
            ["referral": ["threshold": "score agencies", "why": "Her flat is taken over", "aware": "yes"]])
        // Five working days after 1 June.
        #expect(try panel.due() == ["screen": "8 June 2026"])
        try panel.assess("asb-risk")
        try panel.fill("consent", ["consents": "yes", "basis": "public-task"])
        try panel.fill("safe-contact", ["channel": "in-person", "voicemail": "no", "say": "no"])
        try panel.go("accept", by: W.supervisor)
        try panel.fill("circumstances", ["tenure": "council", "at-home": "taken-over fire", "health": "learning"])
        try panel.go("begin-research")
        try panel.go("hear", "hearing", ["decision": "One lead", "actions": "yes"])
        #expect(try panel.attempt("open-plan")?.gates.count == 2)
        try panel.fill("plan", ["lead": "Sam", "plan": "A visit a day", "crisis": "Ring Sam", "consulted": "yes"])
        try panel.go("open-plan")
        // A month beginning with 1 June ends on 30 June.
        #expect(try panel.due() == ["review": "30 June 2026"])
        try panel.fill("review", ["risk-now": "less", "progress": "The door is mended"])
        let told = J.closing("risk-down", ["person-told": "yes"])
        #expect(
            try panel.attempt("close", "closing", told, by: W.supervisor)?.gates
                == ["Review it as often as the rule asks"])
        // At high risk an officer does not close it.
        #expect(try panel.attempt("close", "closing", told)?.isRoleRefusal == true)
        try panel.fill("review", ["risk-now": "less", "progress": "Nobody came back"])
        try panel.go("close", "closing", told, by: W.supervisor)
        #expect(try panel.isOver)
    }

    @Test("A disclosure is decided word for word before anything is told, within 28 days")
    func disclosure() throws {
        let world = try W(.sqlite)
        let asked = try J(
            "dvds", in: world, ["at-risk": "Ada", "applicant": "Mia"],
            ["application": ["route": "ask", "why": "She heard of a trial", "danger-now": "no"]])
        // 28 days following 1 June.
        #expect(try asked.due() == ["total": "29 June 2026"])
        #expect(try asked.attempt("meet", reason: "x")?.gates == ["Record how to reach them safely"])
        try asked.fill("safe-contact", ["channel": "in-person", "voicemail": "no", "say": "no"])
        try asked.fill("meeting", ["identity": "yes", "said": "She is afraid"])
        try asked.go("meet")
        try asked.add("subject", "Ben")
        try asked.go("begin-research")
        try asked.fill("research", ["agency": "police", "known": "yes", "what": "Two convictions"])
        try asked.go(
            "decide", "decision",
            ["decision": "disclose", "necessity": "They live together", "by": "Police and council"])
        let told = ["by": "Sam", "in-person": "yes", "confidential": "yes", "support": "yes"]
        #expect(
            try asked.attempt("disclose", "disclosure", told, by: J.advocate)?.gates
                == ["Agree word for word what will be said"])
        #expect(try asked.attempt("answer", "answer", ["by": "Sam", "support": "yes"])?.gates.count == 1)
        try asked.fill(
            "decision",
            [
                "decision": "disclose", "necessity": "They live together", "by": "Police and council",
                "wording": "He was convicted twice of hurting a partner.",
            ])
        try asked.go("disclose", "disclosure", told, by: J.advocate)
        #expect(try asked.due().isEmpty)
        #expect(
            try asked.attempt("close", "closing", J.closing("safe-plan"))?.gates == ["Make a safety plan with them"])
        try asked.fill("safety", ["plan": "A bag at her sister’s", "where": "Her own flat"], by: J.advocate)
        try asked.go("close", "closing", J.closing("safe-plan"))
        #expect(try asked.isOver)
    }

    @Test("A victim is offered support in two working days, and restorative justice before the end")
    func victimSupport() throws {
        let world = try W(.sqlite)
        let victim = try J("victim-support", in: world, ["victim": "Ada"], ["crime": ["kind": "burglary"]])
        #expect(try victim.due() == ["offer": "3 June 2026"])
        try victim.fill("safe-contact", ["channel": "phone", "voicemail": "yes", "say": "yes"])
        try victim.fill("needs", ["needs": "safety practical", "enhanced": "persistent"])
        try victim.go("learn-needs")
        #expect(try victim.attempt("support", reason: "x")?.gates == ["Offer support, and record the answer"])
        try victim.fill("offer", ["service": "Locks", "answer": "yes"])
        try victim.go("support")
        // 28 days following 1 June.
        #expect(try victim.due() == ["review": "29 June 2026"])
        let end = J.closing("helped", ["way-back": "yes"])
        #expect(
            try victim.attempt("close", "closing", end)?.gates
                == ["Tell the victim of restorative justice", "Tell the victim what they may ask for"])
        try victim.fill("restorative", ["told": "yes", "answer": "no"])
        try victim.fill("rights", ["statement": "yes", "review": "yes", "compensation": "yes"])
        try victim.go("close", "closing", end)
        #expect(try victim.isOver)
    }

    @Test("A woman comes to the hub, is reached safely, and ends it when she has what she wanted")
    func hub() throws {
        let world = try W(.sqlite)
        let hub = try J(
            "womens-hub", in: world, by: J.advocate, ["woman": "Ada"],
            ["referral": ["from": "self", "wants": "safety money", "agrees": "yes"]])
        // Two working days after 1 June.
        #expect(try hub.due() == ["contact": "3 June 2026"])
        #expect(try hub.attempt("welcome", reason: "x")?.gates == ["Record how to reach her safely"])
        try hub.fill("safe-contact", ["channel": "text", "voicemail": "no", "say": "no", "afraid-of": "Her father"])
        try hub.assess("common-screening")
        try hub.go("welcome")
        try hub.fill("plan", ["goals": "A flat of her own", "steps": "Housing by July", "key-worker": "Sam"])
        try hub.fill("safety", ["measures": "He does not know the school"])
        try hub.go("support")
        // 84 days following 1 June: 29 in June, 31 in July, 24 in August.
        #expect(try hub.due() == ["review": "24 August 2026"])
        let end = J.closing("reached", ["way-back": "yes"])
        #expect(try hub.attempt("close", "closing", end)?.gates == ["Record the last attempts to reach her"])
        try hub.go("close", reason: "She said so herself", "closing", end)
        #expect(try hub.isOver)
    }

    @Test("A hate incident goes to the police only as the victim wishes, or with a reason")
    func hate() throws {
        let world = try W(.sqlite)
        let hate = try J(
            "hate-incident", in: world, ["victim": "Ada"],
            [
                "incident": [
                    "strands": "race religion", "perceived": "victim", "what": "Shouted at", "came-by": "centre",
                ]
            ])
        // One working day after 1 June.
        #expect(try hate.due() == ["first-contact": "2 June 2026"])
        try hate.fill("contact", ["how": "phone", "reached": "yes"])
        try hate.fill("consent", ["police": "no", "support": "yes"])
        try hate.fill("triage", ["route": "crime", "reason": "Threats"])
        #expect(
            try hate.attempt("to-police")?.gates == ["Have the victim’s wish that the police are told"])
        try hate.go("to-police", reason: "He said that he would come back with a knife")
        // Ten working days after 1 June: 2 to 5, 8 to 12 and 15 June.
        #expect(try hate.due() == ["update": "15 June 2026"])
        #expect(try hate.attempt("close", "closing", J.closing("charged"))?.gates.count == 2)
        try hate.fill("update", ["said": "He was charged", "how": "phone"])
        try hate.fill("support", ["service": "A friend from the centre", "answer": "yes"])
        try hate.go("close", "closing", J.closing("charged"))
        #expect(try hate.isOver)
    }

    @Test("What a professional knows of FGM is reported by the end of the next working day, by themselves")
    func fgm() throws {
        let world = try W(.sqlite)
        let fgm = try J(
            "fgm-report", in: world, ["girl": "Ada"],
            ["knowledge": ["basis": "told", "profession": "teacher", "under-18": "yes"]])
        // The next working day after Monday 1 June; a month beginning with 1 June at the very latest.
        #expect(try fgm.due() == ["report": "2 June 2026", "report-outer": "30 June 2026"])
        let personal = "Only whoever knew of it may report it: the duty is personal"
        #expect(try fgm.attempt("report", reason: "I did", by: W.supervisor)?.gates.first == personal)
        // Nor does anyone else decide that there is no duty; a mistake is undone by who answers for the team.
        let other = try fgm.attempt(
            "no-duty", reason: "I think not", "closing", J.closing("suspicion"), by: W.colleague)
        #expect(other?.gates == ["Only whoever knew of it may say that the duty does not arise: it is personal"])
        #expect(try fgm.attempt("mistake", reason: "It was", by: W.colleague)?.isRoleRefusal == true)
        try fgm.fill("report", ["yourself": "no", "reference": "101-77"])
        #expect(
            try fgm.attempt("report", reason: "The head rang")?.gates
                == ["Report it to the police yourself: ring 101, or 999 if she is in danger now"])
        try fgm.fill("report", ["yourself": "yes", "reference": "101-78"])
        #expect(
            try fgm.attempt("report", by: W.colleague)?.gates
                == ["Only whoever knew of it may report it: the duty is personal"])
        try fgm.go("report")
        #expect(try fgm.due().isEmpty)
        #expect(
            try fgm.attempt("cared-for", reason: "x", "closing", J.closing("cared-for"))?.gates
                == ["Record what is done for her and other girls"])
        try fgm.fill("safeguarding", ["social-care": "yes", "lead-told": "The designated lead", "health": "yes"])
        try fgm.go("cared-for", "closing", J.closing("cared-for"))
        #expect(try fgm.isOver)
    }

    @Test("An adult is referred with consent, without it notified; a child is referred as a child")
    func slavery() throws {
        let world = try W(.sqlite)
        func found(child: String) throws -> CaseJourney {
            try J(
                "modern-slavery", in: world, ["person": "Ada"],
                ["concern": ["child": child, "safe-now": "yes", "kinds": "labour debt", "what": "Six to a room"]])
        }
        let adult = try found(child: "no")
        // One working day after 1 June.
        #expect(try adult.due() == ["refer": "2 June 2026"])
        let referral = ["first-responder": "council", "reference": "NRM 1"]
        try adult.fill("safety", ["where": "A hotel", "measures": "Another town"])
        #expect(
            try adult.attempt("refer-adult", reason: "x", "referral", referral)?.gates
                == ["Have the adult’s consent, or notify without a name"])
        #expect(try adult.attempt("refer-child", reason: "x", "referral", referral)?.gates.count == 2)
        try adult.fill("consent", ["alone": "yes", "told": "What follows from it", "answer": "yes"])
        try adult.go("refer-adult", "referral", referral)
        // Five working days after 1 June.
        #expect(try adult.due() == ["first-decision": "8 June 2026"])
        try adult.fill("reasonable-grounds", ["decision": "positive", "told": "yes"])
        try adult.go("positive")
        // Thirty days beginning with 1 June.
        #expect(try adult.due() == ["recovery": "30 June 2026"])
        try adult.go("decide", "conclusive-grounds", ["decision": "positive", "told": "yes", "next": "A charity"])
        try adult.fill("support", ["what": "home"])
        try adult.go("close", "closing", J.closing("positive", ["next": "A charity"]))
        #expect(try adult.isOver)

        let refused = try found(child: "no")
        try refused.fill("consent", ["alone": "yes", "told": "What follows from it", "answer": "no"])
        try refused.go("notify", "notification", ["reference": "N 2", "no-name": "yes"])
        #expect(try refused.state == "notified" && refused.due().isEmpty)

        let child = try found(child: "yes")
        #expect(try child.attempt("notify", reason: "x", "notification", ["reference": "N", "no-name": "yes"]) != nil)
        try child.fill("child-safety", ["social-care": "yes", "missing": "A foster family far away"])
        try child.go("refer-child", reason: "The social worker keeps where she is", "referral", referral)
        #expect(try child.state == "referred")
    }

    @Test("A case review is acknowledged, decided by every body, reviewed, answered and followed up")
    func caseReview() throws {
        let world = try W(.sqlite)
        let review = try J(
            "case-review", in: world, ["victim": "Ada"],
            ["application": ["by": "victim", "consent": "yes", "what": "Noise for a year", "came-by": "assisted"]])
        // Three and fourteen working days after 1 June: 4 June; 2 to 5, 8 to 12 and 15 to 19 June.
        #expect(try review.due() == ["acknowledge": "4 June 2026", "threshold": "19 June 2026"])
        try review.go("acknowledge", "acknowledgement", ["contact-person": "Sam", "explained": "yes"])
        try review.fill("validity", ["area": "yes", "asb": "yes", "reviewed-before": "no", "reason": "All here"])
        try review.go("validate")
        for day in 1...3 {
            try review.fill("complaint", ["made": "2026-05-0\(day)", "to": "council", "what": "Music at night"])
        }
        try review.go("ask-records")
        try review.fill("body-view", ["body": "council", "counted": "3", "view": "not-met", "response": "Two visits"])
        let notMet = ["counted": "2", "decision": "not-met", "reason": "One is too old"]
        #expect(
            try review.attempt("not-met", "threshold", notMet, by: W.supervisor)?.gates
                == ["Have every relevant body give its view"])
        try review.go("met", "threshold", ["counted": "3", "decision": "met", "reason": "Three count"])
        // 21 days following 1 June.
        #expect(try review.due() == ["review": "22 June 2026"])
        try review.fill("participation", ["how": "spoken-for"])
        try review.go("arrange")
        try review.go(
            "review", "review-meeting",
            ["chair": "Jo", "independent": "yes", "there": "council police health", "found": "Nobody led"])
        // Ten working days after 1 June.
        #expect(try review.due() == ["outcome": "15 June 2026"])
        try review.fill("recommendation", ["to": "council", "text": "Name one officer", "due": "2026-06-20"])
        try review.fill(
            "answer", ["which": "Name one officer", "body": "council", "answer": "accepts", "reason": "Done today"])
        let letter = ["counts": "yes", "recommendations": "yes", "appeal": "yes", "contact": "yes"]
        #expect(
            try review.attempt("send-outcome", "outcome-letter", letter)?.gates
                == ["Ask the victim about the plan before it is final"])
        try review.fill("plan-consultation", ["asked": "yes", "said": "Good"])
        try review.go("send-outcome", "outcome-letter", letter)
        // Twenty working days after 1 June: four to the 5th, then fifteen to the 26th, and Monday the 29th.
        #expect(try review.due() == ["appeal-window": "29 June 2026"])
        try review.go("appeal", "appeal", ["against": "review", "why": "The police were not asked"])
        // Fifteen working days after 1 June.
        #expect(try review.due() == ["appeal": "22 June 2026"])
        try review.fill("appeal-decision", ["by": "Another council", "decision": "upheld", "reason": "They were"])
        try review.go("appeal-stands")
        // Three months beginning with 1 June.
        #expect(try review.due() == ["monitor": "31 August 2026"])
        try review.fill("monitoring", ["all-done": "yes", "behaviour": "yes", "victim-told": "yes"])
        try review.go("close", "closing", J.closing("reviewed", ["told": "2026-06-01"]))
        #expect(try review.isOver)
    }
}

extension CaseRefusal {
    /// Whether someone in another role must do it.
    var isRoleRefusal: Bool { if case .role = self { true } else { false } }
}
