import HTTP
import Jobs
import Kernel
import Site
import Storage
import Synchronization
import TestSite
import Testing

@testable import AccountPages

@Suite("Many sign-ins at once", .serialized)
struct FloodTests {
    /// Threads at a gate, each inside until it is let go.
    private final class Crowd: Sendable {
        let gate: PasswordGate
        let inside = Mutex<[Int]>([])
        let entered = Semaphore()
        let letGo = Semaphore()
        let left = Semaphore()

        init(_ gate: PasswordGate) { self.gate = gate }

        func come(_ number: Int) {
            startThread { [self] in
                try? gate.pass {
                    inside.withLock { $0.append(number) }
                    entered.post()
                    letGo.wait()
                }
                left.post()
            }
        }

        func waitUntilWaiting(_ count: Int) throws {
            for _ in 0..<2000 where gate.waiting != count { _ = Semaphore().wait(milliseconds: 5) }
            try #require(gate.waiting == count)
        }
    }

    @Test("Two are inside, the others wait in the order in which they came, and one too many is refused at once")
    func gate() throws {
        let crowd = Crowd(PasswordGate(atOnce: 2, mostWaiting: 3))
        for number in 0..<2 {
            crowd.come(number)
            #expect(crowd.entered.wait(milliseconds: 10_000))
        }
        for number in 2..<5 {
            crowd.come(number)
            try crowd.waitUntilWaiting(number - 1)
        }
        #expect(crowd.inside.withLock { $0 } == [0, 1])
        #expect(throws: Refusal.self) { try crowd.gate.pass { Issue.record("It came in") } }
        for number in 2..<5 {
            crowd.letGo.post()
            #expect(crowd.entered.wait(milliseconds: 10_000))
            #expect(crowd.inside.withLock { $0 } == Array(0...number))
        }
        for _ in 0..<2 { crowd.letGo.post() }
        for _ in 0..<5 { #expect(crowd.left.wait(milliseconds: 10_000)) }
        #expect(try crowd.gate.pass { 7 } == 7)
    }

    @Test("Work that throws gives its place back")
    func throwing() throws {
        let gate = PasswordGate(atOnce: 1, mostWaiting: 0)
        for _ in 0..<3 { #expect(throws: Fault.self) { try gate.pass { throw Fault("No") } } }
        #expect(try gate.pass { 1 } == 1)
    }

    @Test(
        "Whoever signs in during a flood is asked to try again, and no attempt is counted", arguments: Engine.allCases)
    func busy(_ engine: Engine) throws {
        let crowd = Crowd(PasswordGate(atOnce: 1, mostWaiting: 0))
        let site = try TestSite(engine, routes: AccountRoutes.routes, passwordGate: crowd.gate)
        let officer = try site.account(roles: ["member"], isSignedIn: false)
        let (_, link) = try site.invitation(roles: ["member"])
        crowd.come(0)
        #expect(crowd.entered.wait(milliseconds: 10_000))
        let before = try site.audit().count
        for _ in 0..<30 {
            let answer = try officer.browser.post(
                "/sign-in", ["email": officer.email, "password": "wrong wrong wrong"])
            #expect(answer.status == .serviceUnavailable && answer.response.headers["Retry-After"] == "30")
            #expect(answer.says("try again") && answer.problems == [])
        }
        let visitor = site.visitor()
        _ = try visitor.get("/set-up/\(link)")
        let setUp = try visitor.post("/set-up/\(link)", ["new-password": "orchard pencil window"])
        #expect(setUp.status == .serviceUnavailable)
        #expect(try site.audit().count == before)
        crowd.letGo.post()
        #expect(crowd.left.wait(milliseconds: 10_000))
        let answer = try officer.browser.post("/sign-in", ["email": officer.email, "password": TestSite.password])
        #expect(answer.location == "/")
        #expect(try visitor.post("/set-up/\(link)", ["new-password": "orchard pencil window"]).status == .seeOther)
    }

    @Test("The routes that hash passwords are answered beside the server's own threads")
    func slow() throws {
        let site = try TestSite(routes: AccountRoutes.routes)
        for path in ["/sign-in", "/set-up/abc", "/account/password"] {
            let head = RequestHead(
                method: .post, path: path, query: FormFields(), headers: [:], remoteAddress: "192.0.2.1", id: "1")
            #expect(site.dispatch.admit(head).isSlow, "\(path)")
            let reading = RequestHead(
                method: .get, path: path, query: FormFields(), headers: [:], remoteAddress: "192.0.2.1", id: "1")
            #expect(!site.dispatch.admit(reading).isSlow, "\(path)")
        }
    }
}
