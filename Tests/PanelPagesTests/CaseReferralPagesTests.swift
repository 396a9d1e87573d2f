import CasePages
import Casework
import Foundation
import Governance
import HTTP
import Kernel
import People
import Site
import Storage
import TestSite
import Testing

@testable import PanelPages

@Suite("Referring a case to a panel", .serialized)
struct CaseReferralPagesTests {
    /// The kinds of panel that are shipped.
    static let kinds: [String] = {
        let folder = "\(TestSite.root)/Definitions/panel-types"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }()

    /// What its file says of a kind of panel.
    private struct KindFile: Decodable {
        struct Route: Decodable {
            let code: String
        }
        let caseTypes: [String]
        let routes: [Route]
    }

    /// A case of a type with what it takes to open one, by someone of the police, and nothing more.
    private func open(_ type: CaseType, _ site: TestSite, by account: TestAccount) throws -> ID<CaseRecord> {
        let occasion = Occasion(account.actor, at: site.now, request: "test")
        return try site.site.database.write { connection in
            let people = PersonStore(roles: site.site.roles)
            let parties = try type.parties.filter(\.opens).map { role -> NewParty in
                var details = PersonDetails()
                details[.givenName] = "Zoë"
                details[.familyName] = "O’Neil"
                let person = try people.create(
                    NewPerson(details, side: role.side), isChecked: true, on: occasion, in: connection
                ).get()
                return NewParty(role.code, person)
            }
            let entries = type.forms.filter(\.opens).map { form -> NewEntry in
                var answers = FormAnswers()
                for field in form.fields where field.isRequired {
                    answers[field.code] = [field.choices.first?.code ?? (field.kind == .yesNo ? "yes" : "Words")]
                }
                var entry = NewEntry(form.code, answers)
                entry.happenedOn = site.now.ukDate
                if form.isEvidence { (entry.evidence, entry.source) = (.fact, "The school") }
                return entry
            }
            return try site.site.cases.open(
                NewCase(type.code, heading: "Elm House", parties: parties, entries: entries), on: occasion,
                in: connection
            ).get()
        }
    }

    @Test("A case of every type that a panel hears can be referred to it on the pages", arguments: kinds)
    func every(_ kind: String) throws {
        let site = try TestSite(.sqlite, routes: PanelRoutes.routes + CaseRoutes.routes)
        let panels = site.site.partnership.panels.filter { $0.kind.text == kind }.map(\.code.text)
        // The demonstration has no women's hub: ReferralTests has one.
        guard kind != "womens-hub" else { return #expect(panels.isEmpty) }
        _ = try site.account(roles: ["panel-chair"], agency: "council", panels: panels)
        let officer = try site.account(roles: ["case-officer"], agency: "police", panels: panels)
        let file = "\(TestSite.root)/Definitions/panel-types/\(kind).json"
        let known = try JSONDecoder().decode(KindFile.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
        var referred = 0
        for panel in panels {
            for code in known.caseTypes {
                guard let type = site.site.cases.catalogue.type(try TestSite.code(code)) else { continue }
                let path = "/cases/\(try open(type, site, by: officer).text)"
                let form = "\(path)/refer/\(panel)"
                let page = try site.get(form, as: officer)
                #expect(page.problems == [] && page.status == .ok, "\(code) to \(panel)")
                #expect(!page.says("name=\"perpetrator\""), "\(code) to \(panel)")
                let route = try #require(known.routes.first?.code)
                let sent = try site.post(form, ["route": route, "why": "It goes on"], as: officer)
                #expect(sent.location?.hasPrefix("/referrals/") == true, "\(code) to \(panel): \(sent.text)")
                referred += 1
            }
        }
        #expect(referred > 0)
    }

    @Test(
        "A referral to the MARAC names both people where they are known, and goes without who harms where they are not",
        arguments: Engine.allCases)
    func pair(_ engine: Engine) throws {
        let world = try PanelSite(engine)
        let noRepeat = "Not looked for"
        // Both are known and named: it is looked whether the case is a repeat.
        let (pair, meeting, item, referral) = try world.listed()
        #expect(try !world.get(item, world.coordinator).says(noRepeat))
        #expect(try world.get(referral, world.coordinator).says("No repeat"))
        #expect(pair.path.hasPrefix("/cases/"))

        // Both stand in the case, and one of them is not who did it.
        let second = try world.pair()
        let form = "\(second.path)/refer/marac"
        var fields = world.fields(of: second)
        fields["perpetrator"] = ""
        let wrong = try world.post(form, fields, world.officer)
        #expect(wrong.says("href=\"#pair\"") && wrong.problems == [])
        for field in ["happened-on-day", "happened-on-month", "happened-on-year", "criminal"] { fields[field] = "" }
        fields["perpetrator"] = "nobody"
        let unknown = try world.act(form, fields, world.officer)
        #expect(unknown.hasPrefix("/referrals/"))

        // Nobody is known to do harm.
        let third = try world.pair()
        let id = String(third.path.dropFirst("/cases/".count))
        try world.site.site.database.write { connection in
            _ = try connection.run("DELETE FROM case_parties WHERE case_id = \(id) AND role = 'perpetrator'")
        }
        let page = try world.get("\(third.path)/refer/marac", world.officer)
        #expect(page.problems == [] && page.says("cannot name who is said to do harm"))
        let alone = try world.act(
            "\(third.path)/refer/marac", ["route": "judgement", "why": "He wears a mask"], world.officer)

        for referral in [unknown, alone] {
            _ = try world.act(referral, ["act": "answer", "answer": "accept"], world.coordinator)
            let accepted = try world.get(referral, world.coordinator)
            #expect(accepted.says(noRepeat) && !accepted.says("No repeat:") && accepted.problems == [])
            _ = try world.act(
                referral, ["act": "list", "meeting": String(meeting.dropFirst("/meetings/".count))], world.coordinator)
        }
        let agenda = try world.get(meeting, world.coordinator).text
        let others = agenda.ranges(of: "\(meeting)/items/").map {
            String(agenda[$0.lowerBound...].prefix(meeting.count + 7 + 36))
        }.filter { $0 != item }
        #expect(Set(others).count == 2)
        for other in Set(others) {
            let page = try world.get(other, world.coordinator)
            #expect(page.says(noRepeat) && page.problems == [], "\(other)")
        }
    }
}
