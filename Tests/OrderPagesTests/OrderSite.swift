import CasePages
import Governance
import HTML
import HTTP
import HomePages
import Kernel
import PeoplePages
import Site
import Storage
import TestSite

@testable import OrderPages

/// A site with the people who work with orders. It is 1 June 2026, 10:00 in London, when it begins.
struct OrderSite {
    let site: TestSite
    let officer: TestAccount
    let colleague: TestAccount
    let supervisor: TestAccount
    let police: TestAccount
    let analyst: TestAccount
    let member: TestAccount

    init(_ engine: Engine = .sqlite, more: [Route<Endpoint>] = []) throws {
        site = try TestSite(
            engine, routes: OrderRoutes.routes + CaseRoutes.routes + HomeRoutes.routes + PeopleRoutes.routes + more)
        officer = try site.account(roles: ["case-officer"], teams: ["asb-team"], name: "Orla Officer", side: .victim)
        colleague = try site.account(roles: ["case-officer"], teams: ["asb-team"], name: "Col League", side: .victim)
        supervisor = try site.account(roles: ["supervisor"], teams: ["asb-team"], name: "Sue Super", side: .victim)
        police = try site.account(roles: ["case-officer"], agency: "police", name: "Pol Ice")
        analyst = try site.account(roles: ["analyst"], name: "Ana Lyst")
        member = try site.account(roles: ["member"], name: "Mem Ber")
    }

    func get(_ path: String, _ account: TestAccount? = nil) throws -> TestAnswer {
        try site.get(path, as: account ?? officer)
    }

    func post(_ path: String, _ fields: [String: String], _ account: TestAccount? = nil) throws -> TestAnswer {
        try site.post(path, fields, as: account ?? officer)
    }

    /// Records a draft by its form, and gives its path.
    func record(_ type: String, _ fields: [String: String], as account: TestAccount? = nil) throws -> String {
        let answer = try post("/orders/new/\(type)", fields, account)
        guard let path = answer.location else { throw Fault("The order was not recorded", because: answer.text) }
        return path
    }

    /// A person as the form of a new order asks for them.
    static func person(_ given: String, _ family: String, born: String = "1990-03-27") -> [String: String] {
        let parts = born.split(separator: "-").map(String.init)
        return [
            "subject-given": given, "subject-family": family, "subject-born-day": parts[2],
            "subject-born-month": parts[1], "subject-born-year": parts[0], "maker": "local authority",
            "team": "asb-team",
        ]
    }

    /// A day and a time as a form sends them.
    static func moment(_ name: String, _ day: String, _ time: String = "") -> [String: String] {
        let parts = day.split(separator: "-").map(String.init)
        return ["\(name)-day": parts[2], "\(name)-month": parts[1], "\(name)-year": parts[0], "\(name)-time": time]
    }

    /// Does something to an order by the form of its page, as one who has just opened it.
    @discardableResult
    func act(_ path: String, _ move: String, _ fields: [String: String], as account: TestAccount? = nil) throws
        -> TestAnswer
    {
        let page = try get("\(path)/do/\(move)", account)
        guard let version = page.hidden("version") else { throw Fault("No form", because: page.text) }
        return try post("\(path)/do/\(move)", fields.merging(["version": version]) { $1 }, account)
    }

    /// An acceptable behaviour contract that was signed this morning and holds until the given day.
    func contract(_ given: String, _ family: String, until: String, as account: TestAccount? = nil) throws -> String {
        let path = try record("abc", OrderSite.person(given, family), as: account)
        try authorise(path, as: account)
        let signed = [
            "method": "Signed", "who": "Orla Officer", "where": "Civic Centre", "proof": "The signed paper",
        ]
        let fields = signed.merging(OrderSite.moment("at", "2026-06-01", "10:00")) { $1 }
            .merging(OrderSite.moment("to", until)) { $1 }
        let answer = try act(path, "serve", fields, as: account)
        guard answer.location != nil else { throw Fault("Not signed", because: answer.text) }
        return path
    }

    func authorise(_ path: String, as account: TestAccount? = nil) throws {
        let answer = try act(
            path, "authorise",
            ["who": "Sue Super, team leader"].merging(OrderSite.moment("at", "2026-06-01", "09:30")) { $1 }, as: account
        )
        guard answer.location != nil else { throw Fault("Not authorised", because: answer.text) }
    }
}

/// Pages that show the parts which other areas take from the register.
enum OrderParts {
    static let routes: [Route<Endpoint>] = [
        Route(.get, "/parts/work", handler: Endpoint(.signedIn) { try shown(WaitingOrders.html($0), $0) }),
        Route(
            .get, "/parts/person/{person}",
            handler: Endpoint(.signedIn) { try shown(LinkedOrders.html(ofPerson: $0.id("person"), $0), $0) }),
        Route(
            .get, "/parts/case/{case}",
            handler: Endpoint(.signedIn) {
                try shown(LinkedOrders.html(ofCase: $0.id("case"), reference: "ASB-2026-000007", $0), $0)
            }),
    ]

    private static func shown(_ part: Html?, _ visit: Visit) -> Response {
        visit.page(Page("A part", part ?? "<p>Nothing waits</p>"))
    }
}
