import Governance
import HTTP
import Kernel
import Site
import Storage
import Synchronization
import TestSite
import Testing

@testable import AccountPages

@Suite("Standing in for a colleague", .serialized)
struct StandInTests {
    /// A page that says for whom its visitor stands in, and which of the roles count.
    private static let route = Route<Endpoint>(
        .get, "/stand-ins",
        handler: Endpoint(.signedIn) { visit in
            let words = try visit.actor().standIns.map { "\($0.delegator.text) \($0.roles.sorted())" }
            return .text("stand-ins:" + words.joined(separator: ","))
        })

    private struct World {
        let site: TestSite
        let supervisor: TestAccount
        let delegation: Delegation

        init(_ engine: Engine, to colleague: (TestSite) throws -> TestAccount) throws {
            site = try TestSite(engine, routes: AccountRoutes.routes + [StandInTests.route])
            supervisor = try site.account(roles: ["supervisor"], name: "Sam Dale")
            let officer = try colleague(site)
            let today = site.now.ukDate
            let occasion = Occasion(supervisor.actor, at: site.now, request: "test")
            let (site, roles) = (site, supervisor.actor.roles)
            delegation = try site.site.database.write { connection in
                try DelegationStore.give(
                    roles, to: officer.actor, from: today, until: today.advanced(by: 6), catalogue: site.site.roles,
                    on: occasion, in: connection
                ).get()
            }
        }

        var expected: String { "stand-ins:\(supervisor.id.text) [supervisor]" }
    }

    @Test("A signed-in colleague stands in from the first to the last day", arguments: Engine.allCases)
    func days(_ engine: Engine) throws {
        var officer: TestAccount?
        let world = try World(engine) { site in
            let made = try site.account(roles: ["member"])
            officer = made
            return made
        }
        let colleague = try #require(officer)
        // A member shows no second factor: what was handed over waits until one was shown.
        #expect(try world.site.get("/stand-ins", as: colleague).text == "stand-ins:")
        let own = try world.site.get("/stand-ins", as: world.supervisor)
        #expect(own.text == "stand-ins:")
    }

    @Test("It ends with its last day, and with the colleague's own rights", arguments: Engine.allCases)
    func ends(_ engine: Engine) throws {
        var officer: TestAccount?
        let world = try World(engine) { site in
            let made = try site.account(roles: ["case-officer"])
            officer = made
            return made
        }
        let site = world.site
        let colleague = try #require(officer)
        #expect(try site.get("/stand-ins", as: colleague).text == world.expected)

        // The colleague loses the role.
        let store = AccountStore(rules: site.site.accountRules)
        var details = world.supervisor.details
        details.roles = []
        let without = try site.site.database.write { [details] in
            try store.change(world.supervisor.id, to: details, version: 2, by: site.system, in: $0).get()
        }
        #expect(try site.get("/stand-ins", as: colleague).text == "stand-ins:\(world.supervisor.id.text) []")
        details.roles = world.supervisor.details.roles
        let again = try site.site.database.write { [details] in
            try store.change(world.supervisor.id, to: details, version: without.version, by: site.system, in: $0).get()
        }
        #expect(try site.get("/stand-ins", as: colleague).text == world.expected)

        // The colleague's account is closed, and opened again.
        let closed = try site.site.database.write {
            try store.setStatus(
                world.supervisor.id, disabled: true, version: again.version, reason: "Left", by: site.system, in: $0
            ).get()
        }
        #expect(try site.get("/stand-ins", as: colleague).text == "stand-ins:")
        _ = try site.site.database.write {
            try store.setStatus(
                world.supervisor.id, disabled: false, version: closed.version, reason: "Back", by: site.system, in: $0
            ).get()
        }
        #expect(try site.get("/stand-ins", as: colleague).text == world.expected)

        // Given back.
        let occasion = Occasion(colleague.actor, at: site.now, request: "test")
        #expect(try site.site.database.write { try DelegationStore.end(world.delegation.id, on: occasion, in: $0) })
        #expect(try site.get("/stand-ins", as: colleague).text == "stand-ins:")
    }

    @Test("It is not there the day after its last")
    func after() throws {
        var officer: TestAccount?
        let world = try World(.sqlite) { site in
            let made = try site.account(roles: ["case-officer"])
            officer = made
            return made
        }
        let colleague = try #require(officer)
        for day in 0..<8 {
            let token = try #require(colleague.browser.cookies["concord-session"])
            let actor = try world.site.site.database.read { connection in
                // The session itself would have ended: only the day of the delegation is looked at here.
                try SessionStore(
                    SessionRules(idle: 90 * 86_400, absolute: 90 * 86_400), accountRules: world.site.site.accountRules
                ).actor(forToken: token, from: nil, at: world.site.now, in: connection)?.actor
            }
            #expect(try #require(actor).standIns.count == (day < 7 ? 1 : 0), "day \(day)")
            world.site.advance(seconds: 86_400)
        }
    }
}
