import Assessments
import Governance
import HTTP
import Kernel
import Site
import Storage
import Testing

@testable import API

@Suite("Who may call the API", .serialized)
struct APIAccessTests {
    private static let operations: [(HTTP.Method, String, scope: String)] = [
        (.get, "/api/v1/partnership", "partnership-read"), (.get, "/api/v1/agencies", "partnership-read"),
        (.get, "/api/v1/agencies/police", "partnership-read"), (.get, "/api/v1/assessments", "assessments-read"),
        (.get, "/api/v1/me", "token-read"), (.get, "/api/v1/audit", "audit-read"),
        (.patch, "/api/v1/assessments/01890a5d-ac96-774b-bcce-b302099a8057", "assessments-write"),
        (.post, "/api/v1/assessments/01890a5d-ac96-774b-bcce-b302099a8057/publication", "assessments-write"),
    ]

    @Test("Without a token that works every operation answers 401 and says how to come in")
    func noToken() throws {
        try APIWorld.use { world in
            for headers in [[:], ["Authorization": "Bearer concord_none"], ["Authorization": "Basic eDp5"]] as [Headers]
            {
                for (method, path, _) in APIAccessTests.operations {
                    let answer = try world.ask(method, path, headers)
                    #expect(answer.status == 401, "\(method) \(path)")
                    #expect(answer.headers["WWW-Authenticate"] == "Bearer")
                    #expect(answer.isProblem)
                }
            }
        }
    }

    @Test("A token without the operation's scope is refused, and the refusal is in the audit")
    func noScope() throws {
        try APIWorld.use { world in
            for (method, path, scope) in APIAccessTests.operations {
                let others = APIWorld.allScopes.filter { $0 != scope }
                let answer = try world.ask(method, path, world.client(roles: ["strategy-lead"], scopes: others))
                #expect(answer.status == 403, "\(method) \(path)")
                #expect(answer.isProblem && answer.text("detail")?.contains(scope) == true)
            }
            let refusals = try world.acts()
            #expect(refusals == Array(repeating: "denied deny not-for-clients", count: APIAccessTests.operations.count))
        }
    }

    @Test("The audit is not for client programs, whatever their role")
    func auditClient() throws {
        try APIWorld.use { world in
            let answer = try world.ask(.get, "/api/v1/audit", world.client(roles: ["auditor"]))
            #expect(answer.status == 403 && answer.isProblem)
            #expect(try world.acts() == ["denied deny not-for-clients"])
        }
    }

    @Test("An auditor reads the audit; each reading is an entry")
    func auditPerson() throws {
        try APIWorld.use { world in
            let (account, headers) = try world.person(roles: ["auditor"], agency: "health")
            var seen: [JSON] = []
            var next: String? = "/api/v1/audit?limit=3&outcome=permit"
            while let target = next {
                let answer = try world.ask(.get, target, headers)
                #expect(answer.status == 200)
                #expect(answer.items.count <= 3)
                seen += answer.items.compactMap { $0["seq"] }
                next = answer.text("next")
                #expect(seen.count < 100)
            }
            #expect(Set(seen).count == seen.count && seen.count >= 5)
            #expect(try world.acts().filter { $0 == "audit-read permit" }.count == (seen.count + 2) / 3)
            let own = try world.ask(.get, "/api/v1/audit?act=audit-read&account=\(account.text)&limit=100", headers)
            #expect(own.items.count == (seen.count + 2) / 3)
            #expect(own.items.allSatisfy { $0["act"] == .string("audit-read") })
        }
    }

    @Test("A caseworker's role reaches only their own entries, so the audit as a whole is not theirs")
    func auditMember() throws {
        try APIWorld.use { world in
            let (_, headers) = try world.person(roles: ["member"])
            #expect([403, 404].contains(try world.ask(.get, "/api/v1/audit", headers).status))
        }
    }

    @Test("A caller reads who it is")
    func caller() throws {
        try APIWorld.use { world in
            let client = try world.ask(.get, "/api/v1/me", world.client(scopes: ["token-read"]))
            #expect(client.text("kind") == "client" && client.text("name") == "Dashboard")
            #expect(client.json["scopes"] == .array([.string("token-read")]))
            #expect(client.json["roles"] == .array([.string("member")]))
            #expect(client.text("endsAt") == "2026-06-02T09:00:00.000Z")
            let person = try world.ask(.get, "/api/v1/me", world.person(roles: ["analyst"]).headers)
            #expect(person.text("kind") == "person" && person.text("name") == "Jo Bell")
        }
    }

    @Test("A person's browser changes nothing without the token of the site's own forms")
    func forged() throws {
        try APIWorld.use { world in
            let version = try world.assessment("Draft")
            var (_, headers) = try world.person(roles: ["strategy-lead"])
            headers["X-CSRF-Token"] = nil
            let answer = try world.ask(
                .post, "/api/v1/assessments/\(version.id)/publication", headers, with: ["If-Match": "\"1\""])
            #expect(answer.status == 400 && answer.isProblem)
        }
    }
}
