import Governance
import HTTP
import Kernel
import Site
import Testing

@testable import API

@Suite("The API's document", .serialized)
struct APIDocumentTests {
    private let routes = APIRoutes.routes(document: APIWorld.details)
    private let document = APIDocument(details: APIWorld.details, routes: APIRoutes.operations).json

    private var operations: [(path: String, method: String, json: JSON)] {
        (document["paths"]?.asMembers ?? []).flatMap { path in
            path.value.asMembers.map { (path.name, $0.name, $0.value) }
        }
    }

    @Test("Every route with an operation is in it, and nothing else")
    func complete() {
        let described = Set(operations.map { "\($0.method) \($0.path)" })
        let served = Set(
            routes.filter { $0.handler.operation != nil }.map { "\($0.method.rawValue.lowercased()) \($0.pattern)" })
        #expect(described == served && described.count == 11)
        let without = routes.filter { $0.handler.operation == nil }.map(\.pattern)
        #expect(without == ["/api/v1/openapi.json"])
    }

    @Test("Each operation has a name of its own, its path's parameters, and a scope under the token")
    func operationsAreWhole() {
        #expect(Set(operations.compactMap { $0.json["operationId"]?.asText }).count == operations.count)
        for (path, method, json) in operations {
            let named = Set(
                (json["parameters"]?.asItems ?? []).filter { $0["in"] == .string("path") }.compactMap {
                    $0["name"]?.asText
                })
            let wanted = Set(
                path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) })
            #expect(named == wanted, "\(method) \(path)")
            let scopes = json["security"]?.asItems.first?["token"]?.asItems ?? []
            #expect(scopes.count == 1 && scopes[0].asText.map { APIWorld.allScopes.contains($0) } == true)
            let isChange = method != "get"
            let headers = (json["parameters"]?.asItems ?? []).filter { $0["name"] == .string("If-Match") }
            #expect(headers.contains { $0["required"] == .bool(true) } == isChange)
        }
    }

    @Test("Every refusal and failure is a problem, and 401 says how to come in")
    func problems() {
        for (path, method, json) in operations {
            let answers = json["responses"]?.asMembers ?? []
            #expect(Set(answers.map(\.name)).isSuperset(of: ["401", "403", "404", "500"]), "\(method) \(path)")
            for answer in answers where answer.name.hasPrefix("4") || answer.name.hasPrefix("5") {
                let content = answer.value["content"]?.asMembers ?? []
                #expect(content.map(\.name) == ["application/problem+json"], "\(method) \(path) \(answer.name)")
            }
            let refused = answers.first { $0.name == "401" }?.value
            #expect(refused?["headers"]?["WWW-Authenticate"] != nil)
        }
    }

    @Test("Every reference leads to a schema, and every schema is used")
    func references() {
        var found: Set<String> = []
        func walk(_ json: JSON) {
            for item in json.asItems { walk(item) }
            for member in json.asMembers {
                if member.name == "$ref", let text = member.value.asText { found.insert(text) }
                walk(member.value)
            }
        }
        walk(document)
        let named = document["components"]?["schemas"]?.asMembers.map { "#/components/schemas/\($0.name)" } ?? []
        #expect(found == Set(named) && named.count == 7)
    }

    @Test("Operations of other parts of the site are described too")
    func others() throws {
        let operation = Operation(id: "getIt", summary: "It.", scope: "it-read", answers: [])
        let other = Route(.get, "/api/v1/it", handler: Endpoint(.open, operation: operation) { _ in .noContent })
        let page = Route(.get, "/it", handler: Endpoint(.open) { _ in .noContent })
        let document = APIDocument(details: APIWorld.details, routes: APIRoutes.operations + [other, page]).json
        #expect(document["paths"]?["/api/v1/it"]?["get"]?["operationId"] == .string("getIt"))
        #expect(document["paths"]?["/it"] == nil)
    }

    @Test("Everyone may read it, in OpenAPI 3.1")
    func served() throws {
        try APIWorld.use { world in
            let answer = try world.ask(.get, "/api/v1/openapi.json")
            #expect(answer.status == 200 && answer.headers["Content-Type"] == "application/json")
            #expect(answer.text("openapi") == "3.1.0")
            #expect(answer.json == document)
        }
    }

    @Test("The partnership and its agencies are what the definition says")
    func partnership() throws {
        try APIWorld.use { world in
            let headers = try world.client()
            let whole = try world.ask(.get, "/api/v1/partnership", headers)
            #expect(whole.text("name") == "Obbwade Community Safety Partnership (invented)")
            #expect(whole.json["boroughs"] == .array([.string("Obbwade")]))
            let counts = ["agencies", "teams", "panels", "boards", "priorities"].map { whole.json[$0]?.asItems.count }
            #expect(counts == [6, 9, 9, 3, 5])
            // Channel is sealed: who does not sit on it does not learn of it.
            #expect(whole.json["panels"]?.asItems.contains { $0["code"] == .string("channel") } == false)
            #expect(try world.ask(.get, "/api/v1/agencies", headers).items.count == 6)
            let police = try world.ask(.get, "/api/v1/agencies/police", headers)
            #expect(police.text("controller") == "Chief Constable of Obbwade Police")
            #expect(try world.ask(.get, "/api/v1/agencies/navy", headers).status == 404)
        }
    }

    @Test("Other methods are refused with those that there are; OPTIONS names them")
    func methods() throws {
        try APIWorld.use { world in
            let headers = try world.client()
            let refused = try world.ask(.delete, "/api/v1/assessments/x", headers)
            #expect(refused.status == 405 && refused.isProblem)
            #expect(refused.headers["Allow"] == "GET, HEAD, PATCH, OPTIONS")
            let options = try world.ask(.options, "/api/v1/me", headers)
            #expect(options.status == 204 && options.headers["Allow"] == "GET, HEAD, OPTIONS")
            #expect(try world.ask(.head, "/api/v1/me", headers).status == 200)
        }
    }
}
