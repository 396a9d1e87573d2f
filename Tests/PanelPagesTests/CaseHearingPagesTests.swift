import Casework
import Governance
import HTTP
import Instruments
import Kernel
import Site
import Storage
import TestSite
import Testing

@testable import PanelPages

@Suite("What panels do, on the pages of the case", .serialized)
struct CaseHearingPagesTests {
    @Test(
        "The case moves on when it is heard; who sits at the meeting reads it there, who works on the case once it is approved",
        arguments: Engine.allCases)
    func hearing(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let (pair, meeting, item, _) = try world.listed()
        // Taken by the panel: the flag stands on the case.
        #expect(try world.get(pair.path, world.officer).says("Referred to the MARAC in the last twelve months"))
        for member in [world.health, world.haven, world.chair, world.council] {
            _ = try world.act("\(meeting)/confidentiality", [:], member)
        }
        for (step, reason) in [("publish-agenda", ""), ("close-research", ""), ("begin", "It cannot wait")] {
            _ = try world.act("\(meeting)/step", ["step": step, "reason": reason], world.coordinator)
        }
        _ = try world.act(
            item,
            [
                "act": "action", "text": "Change the locks at her flat", "owner-address": world.health.email,
                "due-day": "1", "due-month": "7", "due-year": "2026",
            ], world.coordinator)
        #expect(try world.get(pair.path, world.officer).says("Take it to the meeting"))
        _ = try world.act(
            item, ["act": "decide", "decision": "Locks, and a visit each week", "before": "high", "after": "medium"],
            world.coordinator)
        let heard = try world.get(pair.path, world.officer)
        #expect(heard.says("Actions are under way") && heard.problems == [])

        let panels = "\(pair.path)/panels"
        let sitting = try world.get(panels, world.health)
        #expect(sitting.says("Locks, and a visit each week") && sitting.says("Change the locks"))
        #expect(sitting.says("href=\"\(meeting)\"") && sitting.problems == [])
        // Before the minutes are approved the case's own officer reads only that it was referred.
        let before = try world.get(panels, world.officer)
        #expect(before.problems == [] && !before.says("Locks, and") && !before.says("Change the locks"))
        #expect(try world.get(panels, world.fire).status == .notFound)

        try world.site.site.database.write { connection in
            try connection.run(
                "UPDATE panel_meetings SET state = 'minutes-approved', approved_at = \(world.site.now)")
        }
        let after = try world.get(panels, world.officer)
        #expect(after.says("Locks, and a visit each week") && after.says("Change the locks") && after.problems == [])
        #expect(!after.says("href=\"\(meeting)\"") && !after.says("href=\"/panel-actions/"))
        #expect(try world.get(meeting, world.officer).status == .notFound)
        #expect(try world.get(panels, world.fire).status == .notFound)
        // A correction of the decision does not move the case again.
        #expect(try world.get("\(pair.path)/timeline", world.officer).text.ranges(of: "Emergency meeting").count <= 1)
    }

    @Test(
        "Until the advocate has spoken to the victim the item says so, and the meeting goes on all the same",
        arguments: Engine.allCases)
    func advocate(_ engine: Engine) throws {
        let words = "The advocate has not yet spoken to the victim"
        let world = try PanelSite(engine)
        let (pair, meeting, item, _) = try world.listed()
        _ = try world.act("\(meeting)/confidentiality", [:], world.health)
        let before = try world.get(item, world.health)
        #expect(before.says(words) && before.problems == [])
        #expect(try world.get(item, world.coordinator).says(words))
        let id = try #require(ID<CaseRecord>(String(pair.path.dropFirst("/cases/".count))))
        func contact(reached: String) throws {
            var answers = FormAnswers()
            answers["advocate"] = ["Jo of the Haven"]
            answers["reached"] = [reached]
            var entry = NewEntry(try TestSite.code("advocate-contact"), answers)
            entry.happenedOn = world.site.now.ukDate
            let occasion = Occasion(world.officer.actor, at: world.site.now, request: "test")
            _ = try world.site.site.database.write {
                try world.site.site.cases.fill(entry, in: id, on: occasion, in: $0).get()
            }
        }
        try contact(reached: "no")
        #expect(try world.get(item, world.health).says(words))
        for (step, reason) in [("publish-agenda", ""), ("close-research", ""), ("begin", "It cannot wait")] {
            #expect(try world.act("\(meeting)/step", ["step": step, "reason": reason], world.coordinator) == meeting)
        }
        #expect(try world.get(item, world.coordinator).says(words))
        try contact(reached: "yes")
        #expect(try !world.get(item, world.health).says(words))
        #expect(try !world.get(item, world.coordinator).says(words))
    }

    @Test(
        "An item tells nobody that the advocate is still to speak to the victim who did, and reads no more of the case",
        arguments: Engine.allCases)
    func keptToItself(_ engine: Engine) throws {
        let words = "The advocate has not yet spoken to the victim"
        let world = try PanelSite(engine)
        let (pair, meeting, item, _) = try world.listed()
        _ = try world.act("\(meeting)/confidentiality", [:], world.health)
        let text = String(pair.path.dropFirst("/cases/".count))
        let id = try #require(ID<CaseRecord>(text))
        func reads() throws -> [[String?]] {
            try world.site.site.database.read { connection in
                try connection.rows(
                    """
                    SELECT object_fields, object_class FROM audit_entries
                    WHERE act = 'read' AND object_kind = 'case' AND object_id = \(text) ORDER BY seq
                    """
                ).map { [try $0.optional("object_fields"), try $0.optional("object_class")] }
            }
        }
        let before = try reads().count
        #expect(try world.get(item, world.health).says(words))
        #expect(try Array(reads().dropFirst(before)) == [["advocate-contact.reached", "P1"]])

        // Kept within the council, which sits on the panel; health is another agency.
        var answers = FormAnswers()
        answers["advocate"] = ["Jo of the Haven"]
        answers["reached"] = ["yes"]
        var entry = NewEntry(try TestSite.code("advocate-contact"), answers)
        entry.happenedOn = world.site.now.ukDate
        entry.handling = .ownAgency
        let occasion = Occasion(world.officer.actor, at: world.site.now, request: "test")
        _ = try world.site.site.database.write {
            try world.site.site.cases.fill(entry, in: id, on: occasion, in: $0).get()
        }
        #expect(try !world.get("\(pair.path)/forms", world.health).says("Jo of the Haven"))
        for account in [world.health, world.coordinator] {
            let page = try world.get(item, account)
            #expect(!page.says(words) && !page.says("Jo of the Haven") && page.problems == [])
        }
    }

    @Test("The panels of a case are one of its parts, with the way to the others", arguments: Engine.allCases)
    func parts(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let pair = try world.pair()
        func links(_ path: String) throws -> Set<String> {
            let page = try world.get(path, world.officer)
            #expect(page.problems == [])
            let parts = try #require(page.between("aria-label=\"This case\"", "</nav>"))
            return Set(parts.matches(of: #/href="([^"]*)"/#).map { String($0.output.1) })
        }
        let found = try links("\(pair.path)/panels")
        #expect(try found == links(pair.path) && found.count == 11)
        #expect(try world.get("\(pair.path)/panels", world.officer).says("/panels\" aria-current=\"page\">Panels"))
    }

    @Test("Who answers a referral reads the risk of the case, as it was judged last", arguments: Engine.allCases)
    func risk(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let pair = try world.pair()
        let referral = try world.act("\(pair.path)/refer/marac", world.fields(of: pair), world.officer)
        #expect(try !world.get(referral, world.coordinator).says(", score "))
        let id = try #require(ID<CaseRecord>(String(pair.path.dropFirst("/cases/".count))))
        let cases = world.site.site.cases
        let code: Code<RiskInstrument> = try TestSite.code("domestic-abuse-demonstration")
        let instrument = try #require(cases.instruments.current(code))
        // The highest answer to every question: all of the score there is.
        let given = Dictionary(
            uniqueKeysWithValues: instrument.questions.compactMap { question in
                question.answers.max { $0.weight < $1.weight }.map { (question.code, $0.code) }
            })
        let most = instrument.questions.compactMap { $0.answers.map(\.weight).max() }.reduce(0, +)
        let occasion = Occasion(world.officer.actor, at: world.site.now, request: "test")
        _ = try world.site.site.database.write { try cases.assess(id, with: code, given, on: occasion, in: $0) }.get()
        let page = try world.get(referral, world.coordinator)
        #expect(page.says("High, score \(most), on \(world.site.now.ukDate.inWords)") && page.problems == [])
    }

    @Test("The pack of a meeting is a PDF for who may print it, and no paper for others", arguments: Engine.allCases)
    func pack(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let (_, meeting, _, _) = try world.listed()
        _ = try world.act("\(meeting)/confidentiality", [:], world.health)
        let page = try world.get("\(meeting)/pack", world.coordinator)
        #expect(page.problems == [] && page.says("\(meeting)/pack?format=pdf"))
        let paper = try world.get("\(meeting)/pack?format=pdf", world.coordinator)
        #expect(paper.bytes.starts(with: Array("%PDF-".utf8)))
        #expect(paper.response.headers["Content-Disposition"]?.contains("marac-2026-06-23-pack.pdf") == true)
        #expect(try world.site.audit().contains { $0.hasPrefix("print") })
        let member = try world.get("\(meeting)/pack", world.health)
        #expect(member.problems == [] && !member.says("format=pdf"))
        #expect(try world.get("\(meeting)/pack?format=pdf", world.health).status == .forbidden)
        #expect(try world.get("\(meeting)/pack?format=pdf", world.fire).status == .notFound)
    }

    @Test("The repeat rate is drawn by quarter with its definition on it", arguments: Engine.allCases)
    func rates(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let (_, meeting, item, _) = try world.listed()
        for (step, reason) in [("publish-agenda", ""), ("close-research", ""), ("begin", "It cannot wait")] {
            _ = try world.act("\(meeting)/step", ["step": step, "reason": reason], world.coordinator)
        }
        _ = try world.act(
            item,
            ["act": "decide", "decision": "Closed", "before": "high", "after": "low", "none": "She has moved away"],
            world.coordinator)
        // The meeting was in the second quarter of 2026, which is not over in June and is in July.
        #expect(try !world.get("/panels/marac/return", world.coordinator).says("<svg"))
        world.site.advance(seconds: 40 * 86_400)
        // A session does not last so long.
        let other = try world.site.account(
            roles: ["panel-coordinator"], agency: "police", panels: ["marac"], name: "Cara Ordinator", side: .victim)
        let page = try world.get("/panels/marac/return", other)
        #expect(page.says("Repeat rate: Any abuse within 12 months of the last referral") && page.says("<svg"))
        #expect(page.says("1 April 2026 to 30 June 2026") && page.problems == [])
    }
}
