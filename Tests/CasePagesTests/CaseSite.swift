import Governance
import HomePages
import Kernel
import PeoplePages
import Storage
import TestSite

@testable import CasePages

/// A site with the people who work on cases.
struct CaseSite {
    let site: TestSite
    let officer: TestAccount
    let colleague: TestAccount
    let supervisor: TestAccount
    let police: TestAccount

    init(_ engine: Engine = .sqlite, without left: String = "") throws {
        site = try TestSite(
            engine, routes: CaseRoutes.routes + HomeRoutes.routes + PeopleRoutes.routes, without: left)
        officer = try site.account(roles: ["case-officer"], teams: ["asb-team"], name: "Orla Officer", side: .victim)
        colleague = try site.account(roles: ["case-officer"], teams: ["asb-team"], name: "Col League", side: .victim)
        supervisor = try site.account(roles: ["supervisor"], teams: ["asb-team"], name: "Sue Super", side: .victim)
        police = try site.account(roles: ["case-officer"], agency: "police", name: "Pol Ice", side: .victim)
    }

    static let opening = [
        "heading": "Shouting at Elm House", "party-victim-given": "Zoë", "party-victim-family": "O’Brien",
        "incident-happened-on-day": "31", "incident-happened-on-month": "5", "incident-happened-on-year": "2026",
        "incident-category": "personal", "incident-description": "Shouted under the window at night",
        "incident-evidence": "allegation", "incident-source": "The victim, by telephone", "team": "asb-team",
    ]

    /// Opens a case by the form, and gives its path.
    func open(_ changes: [String: String] = [:], as account: TestAccount? = nil) throws -> String {
        let account = account ?? officer
        let fields = CaseSite.opening.merging(changes) { $1 }
        let answer = try site.post("/cases/new/asb", fields, as: account)
        guard let path = answer.location else { throw Fault("The case was not opened", because: answer.text) }
        return path
    }

    func get(_ path: String, _ account: TestAccount? = nil) throws -> TestAnswer {
        try site.get(path, as: account ?? officer)
    }

    func post(_ path: String, _ fields: [String: String], _ account: TestAccount? = nil) throws -> TestAnswer {
        try site.post(path, fields, as: account ?? officer)
    }
}
