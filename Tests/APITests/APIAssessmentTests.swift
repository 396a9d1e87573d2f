import Assessments
import Governance
import HTTP
import Kernel
import Site
import Storage
import Testing

@testable import API

@Suite("Assessments in the API", .serialized)
struct APIAssessmentTests {
    @Test("Following next gives every assessment once, the newest first", arguments: Engine.allCases)
    func walk(engine: Engine) throws {
        try APIWorld.use(engine) { world in
            // Several of one moment, so that the moment alone does not order them.
            for number in 0..<13 {
                try world.assessment(
                    "A\(number)", at: morning.advanced(bySeconds: Int64(number / 3)), isPublished: number % 2 == 0)
            }
            for (roles, count) in [(["analyst"], 13), (["member"], 7)] {
                let headers = try world.client(roles: roles)
                for limit in [1, 3, 7, 13, 100] {
                    var found: [JSON] = []
                    var next: String? = "/api/v1/assessments?limit=\(limit)"
                    var pages = 0
                    while let target = next, pages < 20 {
                        let answer = try world.ask(.get, target, headers)
                        #expect(answer.status == 200)
                        found += answer.items
                        pages += 1
                        next = answer.text("next")
                        #expect(answer.headers["Link"] == next.map { "<\($0)>; rel=\"next\"" })
                    }
                    #expect(pages == (count + limit - 1) / limit)
                    #expect(Set(found.compactMap { $0["id"] }).count == count && found.count == count)
                    let times = found.compactMap { $0["madeAt"]?.asText }
                    #expect(times == times.sorted(by: >))
                }
            }
        }
    }

    @Test("A page follows a draft that was discarded meanwhile")
    func discarded() throws {
        try APIWorld.use { world in
            for number in 0..<4 { try world.assessment("A\(number)", at: morning.advanced(bySeconds: Int64(number))) }
            let headers = try world.client(roles: ["analyst"])
            let first = try world.ask(.get, "/api/v1/assessments?limit=2", headers)
            let last = try #require(first.items.last?["id"]?.asText.flatMap { ID<AssessmentVersion>($0) })
            #expect(try world.database.write { try AssessmentStore.discard(last, seen: 1, in: $0) })
            let rest = try world.ask(.get, #require(first.text("next")), headers)
            #expect(rest.items.compactMap { $0["title"]?.asText } == ["A1", "A0"])
        }
    }

    @Test(
        "A query that the list does not take is refused, and the problem names the parameter",
        arguments: [
            ("limit=0", "limit"), ("limit=101", "limit"), ("limit=ten", "limit"), ("limit=", "limit"),
            ("limit=1&limit=2", "limit"), ("after=1", "after"), ("after=" + String(repeating: "g", count: 48), "after"),
            ("page=2", "page"),
        ])
    func badQuery(query: String, name: String) throws {
        try APIWorld.use { world in
            let answer = try world.ask(.get, "/api/v1/assessments?\(query)", world.client())
            #expect(answer.status == 422 && answer.isProblem)
            #expect(answer.json["errors"]?.asItems.first?["parameter"] == .string(name))
        }
    }

    @Test("A draft does not exist for those who may not make assessments")
    func hiddenDraft() throws {
        try APIWorld.use { world in
            let draft = try world.assessment(
                "Draft", files: [AssessmentFile(name: "a.csv", mediaType: "text/csv", bytes: [65])])
            let path = "/api/v1/assessments/\(draft.id)"
            for target in [path, "\(path)/files", "\(path)/files/a.csv"] {
                #expect(try world.ask(.get, target, world.client(roles: ["member"])).status == 404)
                #expect(try world.ask(.get, target, world.client(roles: ["analyst"])).status == 200)
            }
            let none = try world.ask(.get, "/api/v1/assessments/\(ID<AssessmentVersion>(at: morning))", world.client())
            let hidden = try world.ask(.get, path, world.client())
            #expect(none.bytes == hidden.bytes && none.headers == hidden.headers)
            #expect(try world.ask(.get, "/api/v1/assessments/seven", world.client()).status == 404)
        }
    }

    @Test("Metadata and files are sent once, and then 304 while they are the same")
    func entityTags() throws {
        try APIWorld.use { world in
            let bytes = Array("a,b\n1,2\n".utf8)
            let version = try world.assessment(
                "June", isPublished: true,
                files: [
                    AssessmentFile(name: "B1.level.csv", mediaType: "text/csv; charset=utf-8", bytes: bytes),
                    AssessmentFile(name: "assessment.json", mediaType: "application/json", bytes: Array("{}".utf8)),
                ])
            let path = "/api/v1/assessments/\(version.id)"
            let headers = try world.client()
            let list = try world.ask(.get, "\(path)/files", headers)
            #expect(list.items.compactMap { $0["name"]?.asText } == ["B1.level.csv", "assessment.json"])
            #expect(list.items.first?["size"] == .integer(8))
            let file = try world.ask(.get, "\(path)/files/B1.level.csv", headers)
            #expect(file.bytes == bytes)
            #expect(file.headers["Content-Type"] == "text/csv; charset=utf-8")
            for target in [path, "\(path)/files/B1.level.csv", "/api/v1/partnership", "/api/v1/openapi.json"] {
                let first = try world.ask(.get, target, headers)
                let tag = try #require(first.headers["ETag"])
                #expect(first.status == 200 && !tag.hasPrefix("W/"))
                let again = try world.ask(.get, target, headers, with: ["If-None-Match": tag])
                #expect(again.status == 304 && again.bytes.isEmpty && again.headers["ETag"] == tag)
                #expect(try world.ask(.get, target, headers, with: ["If-None-Match": "\"x\""]).status == 200)
            }
            #expect(try world.ask(.get, "\(path)/files/none.csv", headers).status == 404)
            #expect(try world.ask(.get, "\(path)/files/%00", headers).status == 404)
        }
    }

    @Test("A change names the version it saw, and is in the audit", arguments: Engine.allCases)
    func patch(engine: Engine) throws {
        try APIWorld.use(engine) { world in
            let draft = try world.assessment("Draft")
            let path = "/api/v1/assessments/\(draft.id)"
            let headers = try world.client(roles: ["analyst"])
            let first = try #require(try world.ask(.get, path, headers).headers["ETag"])
            #expect(try world.ask(.patch, path, headers, json: #"{"title": "June"}"#).status == 428)
            let done = try world.ask(.patch, path, headers, with: ["If-Match": first], json: #"{"title": "June"}"#)
            #expect(done.status == 200 && done.text("title") == "June")
            #expect(try world.ask(.get, path, headers).bytes == done.bytes)
            let second = try #require(done.headers["ETag"])
            #expect(second != first)
            let late = try world.ask(.patch, path, headers, with: ["If-Match": first], json: #"{"title": "July"}"#)
            #expect(late.status == 412 && late.isProblem)
            let weak = try world.ask(.patch, path, headers, with: ["If-Match": "W/\(second)"], json: #"{"title": "J"}"#)
            #expect(weak.status == 412)
            // A patch that changes nothing is no change.
            for body in ["{}", #"{"title": "June"}"#] {
                let same = try world.ask(.patch, path, headers, with: ["If-Match": second], json: body)
                #expect(same.status == 200 && same.headers["ETag"] == second)
            }
            #expect(try world.acts() == ["update permit title"])
        }
    }

    @Test(
        "A body that is no patch of an assessment is refused with a pointer to each member that is wrong",
        arguments: [
            (#"{"title": 7}"#, ["/title"]), (#"{"title": null}"#, ["/title"]), (#"{"title": ""}"#, ["/title"]),
            (#"{"title": " x"}"#, ["/title"]), (#"{"title": "a\u0000b"}"#, ["/title"]),
            (#"{"title": "a\u0085"}"#, ["/title"]),
            (#"{"state": "published", "title": "x"}"#, ["/state"]),
            (#"{"a/b~c": 1, "title": []}"#, ["/a~1b~0c", "/title"]),
            (#"[{"title": "x"}]"#, [""]), (#""x""#, [""]), ("null", [""]),
        ])
    func badPatch(body: String, pointers: [String]) throws {
        try APIWorld.use { world in
            let draft = try world.assessment("Draft")
            let answer = try world.ask(
                .patch, "/api/v1/assessments/\(draft.id)", world.client(roles: ["analyst"]),
                with: ["If-Match": "\"1\""], json: body)
            #expect(answer.status == 422 && answer.isProblem)
            #expect(answer.json["errors"]?.asItems.compactMap { $0["pointer"]?.asText } == pointers)
            #expect(try world.database.read { try AssessmentStore.find(draft.id, in: $0) } == draft)
            #expect(try world.acts().isEmpty)
        }
    }

    @Test("The longest title has 200 characters, counted as JSON Schema counts them")
    func longest() throws {
        try APIWorld.use { world in
            let draft = try world.assessment("Draft")
            let headers = try world.client(roles: ["analyst"])
            let path = "/api/v1/assessments/\(draft.id)"
            // Eleven code points that people see as one character.
            let family = "\u{1F469}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}"
            let title = String(repeating: family, count: 28) + "abcd"
            let more = try world.ask(.patch, path, headers, with: ["If-Match": "*"], json: "{\"title\": \"\(title)e\"}")
            #expect(more.status == 422)
            let fits = try world.ask(.patch, path, headers, with: ["If-Match": "*"], json: "{\"title\": \"\(title)\"}")
            #expect(fits.status == 200 && fits.text("title") == title)
        }
    }

    @Test("A published assessment does not change, and those who may not change any are refused")
    func notChangeable() throws {
        try APIWorld.use { world in
            let version = try world.assessment("June", isPublished: true)
            let path = "/api/v1/assessments/\(version.id)"
            let patch = { (headers: Headers) in
                try world.ask(.patch, path, headers, with: ["If-Match": "\"2\""], json: #"{"title": "July"}"#)
            }
            let published = try patch(world.client(roles: ["analyst"]))
            #expect(published.status == 409 && published.isProblem)
            #expect(try patch(world.client(roles: ["member"])).status == 403)
            let other = try world.ask(
                .patch, path, world.client(roles: ["analyst"]),
                with: ["If-Match": "\"2\"", "Content-Type": "application/problem+json"], json: "{}")
            #expect(other.status == 415)
        }
    }

    @Test("A person publishes another's draft; nobody their own; no client any", arguments: Engine.allCases)
    func publish(engine: Engine) throws {
        try APIWorld.use(engine) { world in
            let (lead, headers) = try world.person(roles: ["strategy-lead"])
            let draft = try world.assessment("June")
            let own = try world.assessment("Own", by: lead)
            let publish = { (version: AssessmentVersion, headers: Headers, tag: String?) in
                try world.ask(
                    .post, "/api/v1/assessments/\(version.id)/publication", headers,
                    with: tag.map { ["If-Match": $0] } ?? [:])
            }
            #expect(try publish(draft, world.client(roles: ["strategy-lead"]), "\"1\"").status == 403)
            #expect(try publish(draft, headers, nil).status == 428)
            #expect(try publish(draft, headers, "\"9\"").status == 412)
            #expect(try publish(own, headers, "\"1\"").status == 403)
            let done = try publish(draft, headers, "\"1\"")
            #expect(done.status == 200 && done.text("state") == "published" && done.text("publishedBy") == "Jo Bell")
            #expect(done.headers["ETag"] == "\"2\"")
            #expect(try publish(draft, headers, "\"2\"").status == 409)
            #expect(
                try world.acts() == [
                    "denied deny not-for-clients", "denied deny own-work", "publish permit state",
                ])
            let analyst = try world.person(roles: ["analyst"]).headers
            #expect([403, 404].contains(try publish(own, analyst, "\"1\"").status))
        }
    }
}
