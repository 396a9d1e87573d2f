import Governance
import HTTP
import HomePages
import Kernel
import People
import Site
import Storage
import TestSite
import TrustPages

@testable import PeoplePages

/// A site with people of the council's, and those who work with them.
struct PeopleSite {
    let site: TestSite
    let intake: TestAccount
    let officer: TestAccount
    let supervisor: TestAccount

    init(_ engine: Engine = .sqlite, more: [Route<Endpoint>] = []) throws {
        site = try TestSite(
            engine, routes: PeopleRoutes.routes + HomeRoutes.routes + TrustRoutes.routes + more)
        intake = try site.account(roles: ["intake"], teams: ["asb-team"], name: "Ines Intake", side: .victim)
        officer = try site.account(roles: ["case-officer"], teams: ["asb-team"], name: "Orla Officer", side: .victim)
        supervisor = try site.account(roles: ["supervisor"], teams: ["asb-team"], name: "Sue Super", side: .victim)
    }

    static let fields = [
        "given-name": "Zoë", "family-name": "O’Brien", "other-names": "Zee", "birth-day": "2", "birth-month": "3",
        "birth-year": "1984", "needs": "Signs BSL", "phone": "07700 900123", "address": "1 High Street\r\nObbwade",
        "side": "victim", "class": "normal", "team": "asb-team",
    ]

    /// Adds a person by the form, and gives the path of the page.
    func add(_ changes: [String: String] = [:]) throws -> String {
        let fields = Self.fields.merging(changes) { $1 }.merging(["checked": "yes"]) { $1 }
        let answer = try site.post("/people/new", fields, as: intake)
        guard let path = answer.location else { throw Fault("The person was not added", because: answer.text) }
        return path
    }

    func get(_ path: String, _ account: TestAccount) throws -> TestAnswer { try site.get(path, as: account) }
    func post(_ path: String, _ fields: [String: String], _ account: TestAccount) throws -> TestAnswer {
        try site.post(path, fields, as: account)
    }

    /// Searches for people by the form.
    func search(_ name: String, reason: String = "", _ account: TestAccount) throws -> TestAnswer {
        try post("/people", ["q": name, "reason": reason], account)
    }

    /// `act outcome code` of what was written in the audit while `body` ran.
    func entries(during body: () throws -> Void) throws -> [String] {
        let before = try site.audit().count
        try body()
        return Array(try site.audit().dropFirst(before))
    }
}
