import CasePages
import Casework
import Foundation
import Governance
import HomePages
import Kernel
import People
import PeoplePages
import Site
import Storage
import TestSite

@testable import PanelPages

/// A site with the people of a domestic abuse MARAC.
struct PanelSite {
    let site: TestSite
    /// Holds the case, and sits on no panel.
    let officer: TestAccount
    let coordinator: TestAccount
    let chair: TestAccount
    let health: TestAccount
    let haven: TestAccount
    /// Works with people who harm.
    let probation: TestAccount
    let council: TestAccount
    /// Sits on another panel.
    let fire: TestAccount

    init(_ engine: Engine = .sqlite) throws {
        let site = try TestSite(
            engine,
            routes: PanelRoutes.routes + PanelRoutes.uploads(in: FileManager.default.temporaryDirectory.path)
                + CaseRoutes.routes + HomeRoutes.routes + PeopleRoutes.routes)
        self.site = site
        officer = try site.account(roles: ["case-officer"], teams: ["asb-team"], name: "Orla Officer", side: .victim)
        func member(
            _ roles: [String], _ agency: String, _ name: String, side: SubjectSide = .victim,
            panels: [String] = ["marac"]
        ) throws -> TestAccount {
            try site.account(roles: roles, agency: agency, panels: panels, name: name, side: side)
        }
        coordinator = try member(["panel-coordinator"], "police", "Cora Ordinator")
        chair = try member(["panel-chair"], "police", "Chi Chair")
        health = try member(["panel-member"], "health", "Hana Health")
        haven = try member(["panel-member", "advocate"], "haven", "Ivy Haven")
        probation = try member(["panel-member"], "probation", "Pavel Probation", side: .perpetrator)
        council = try member(["panel-member"], "council", "Colin Council")
        fire = try member(["panel-member"], "fire", "Fay Fire", panels: ["community-marac"])
    }

    func get(_ path: String, _ account: TestAccount) throws -> TestAnswer { try site.get(path, as: account) }

    func post(_ path: String, _ fields: [String: String], _ account: TestAccount) throws -> TestAnswer {
        try site.post(path, fields, as: account)
    }

    /// The location to which an act leads.
    func act(_ path: String, _ fields: [String: String], _ account: TestAccount) throws -> String {
        let answer = try post(path, fields, account)
        guard let location = answer.location else { throw Fault("Nothing was done at \(path)", because: answer.text) }
        return location
    }

    // MARK: - Making what a test needs

    static let tuesday = [
        "day-day": "23", "day-month": "6", "day-year": "2026", "starts-at": "10am", "ends-at": "12:30",
    ]

    func meeting() throws -> String { try act("/panels/marac/meetings/new", PanelSite.tuesday, coordinator) }

    struct Pair {
        let path: String
        let victim: ID<Person>
        let perpetrator: ID<Person>
    }

    /// A case of the MARAC, held by the officer.
    func pair() throws -> Pair {
        let occasion = Occasion(officer.actor, at: site.now, request: "test")
        return try site.site.database.write { connection in
            let people = PersonStore(roles: site.site.roles)
            func person(_ given: String, _ side: SubjectSide) throws -> ID<Person> {
                var details = PersonDetails()
                details[.givenName] = given
                details[.familyName] = "O’Neil"
                return try people.create(
                    NewPerson(details, side: side), isChecked: true, on: occasion, in: connection
                ).get()
            }
            let (victim, perpetrator) = (try person("Zoë", .victim), try person("Mark", .perpetrator))
            var answers = FormAnswers()
            for (code, text) in ["route": "judgement", "why": "She is afraid", "immediate": "no", "aware": "yes"] {
                answers[code] = [text]
            }
            var entry = NewEntry(try TestSite.code("referral"), answers)
            entry.happenedOn = site.now.ukDate
            let id = try site.site.cases.open(
                NewCase(
                    try TestSite.code("marac"), heading: "Elm House",
                    parties: [
                        NewParty(try TestSite.code("victim"), victim),
                        NewParty(try TestSite.code("perpetrator"), perpetrator),
                    ], entries: [entry]), on: occasion, in: connection
            ).get()
            return Pair(path: "/cases/\(id.text)", victim: victim, perpetrator: perpetrator)
        }
    }

    func fields(of pair: Pair) -> [String: String] {
        [
            "route": "judgement", "why": "He found her new address", "victim": pair.victim.text,
            "perpetrator": pair.perpetrator.text, "happened-on-day": "30", "happened-on-month": "5",
            "happened-on-year": "2026", "criminal": "yes",
        ]
    }

    /// A case on the agenda of a meeting, accepted by the co-ordinator: the paths of the meeting, the item, the referral.
    func listed() throws -> (pair: Pair, meeting: String, item: String, referral: String) {
        let (pair, meeting) = (try pair(), try meeting())
        let referral = try act("\(pair.path)/refer/marac", fields(of: pair), officer)
        _ = try act(referral, ["act": "answer", "answer": "accept"], coordinator)
        _ = try act(referral, ["act": "list", "meeting": String(meeting.dropFirst("/meetings/".count))], coordinator)
        _ = try act("\(meeting)/confidentiality", [:], coordinator)
        let page = try get(meeting, coordinator).text
        guard let range = page.firstRange(of: "\(meeting)/items/") else { throw Fault("No item", because: page) }
        return (pair, meeting, String(page[range.lowerBound...].prefix(meeting.count + 7 + 36)), referral)
    }
}
