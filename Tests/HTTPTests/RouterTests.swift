import Testing

@testable import HTTP

@Suite struct RouterTests {
    let router = Router<String>([
        Route(.get, "/", handler: "home"),
        Route(.get, "/people", handler: "people"),
        Route(.post, "/people", body: .form(), handler: "add"),
        Route(.get, "/people/new", handler: "new"),
        Route(.get, "/people/{person}", handler: "person"),
        Route(.delete, "/people/{person}", handler: "remove"),
        Route(.get, "/people/{person}/notes/{note}", handler: "note"),
        Route(.get, "/people/new/notes", handler: "newNotes"),
    ])

    func find(_ method: Method, _ path: String) -> String {
        switch router.match(method, path) {
        case .found(let route, let parameters):
            let values = route.parameterNames.map { "\($0)=\(parameters[$0] ?? "?")" }
            return ([route.handler] + values).joined(separator: " ")
        case .redirect(let target): return "→ \(target)"
        case .notAllowed(let allow): return "405 " + allow.map(\.rawValue).joined(separator: ",")
        case .none: return "404"
        }
    }

    @Test("Requests find their routes")
    func table() {
        let cases: [(Method, String, String)] = [
            (.get, "/", "home"), (.get, "/people", "people"), (.post, "/people", "add"), (.head, "/people", "people"),
            (.get, "/people/new", "new"), (.get, "/people/7", "person person=7"),
            (.get, "/people/a%2Fb%20c", "person person=a/b c"), (.get, "/people/new/notes/1", "note person=new note=1"),
            (.get, "/people/new/notes", "newNotes"), (.delete, "/people/7", "remove person=7"),
            (.get, "/people/%6Eew", "new"), (.get, "/people/{person}", "person person={person}"),
            (.get, "/people/", "→ /people"), (.get, "/people/a%2Fb/", "→ /people/a%2Fb"), (.post, "/people/", "404"),
            (.put, "/people", "405 GET,HEAD,POST,OPTIONS"), (.options, "/", "405 GET,HEAD,OPTIONS"),
            (.post, "/people/7", "405 GET,HEAD,DELETE,OPTIONS"), (.get, "", "404"), (.get, "people", "404"),
            (.get, "//", "404"), (.get, "//people", "404"), (.get, "/people//notes/1", "404"), (.get, "/People", "404"),
            (.get, "/people/%zz", "404"), (.get, "/people/%00", "404"), (.get, "/people/..", "person person=.."),
            (.get, "/nothing/", "404"), (.get, "/people/7/notes", "404"),
            (.get, String(repeating: "/a", count: 5000), "404"),
        ]
        for (method, path, expected) in cases { #expect(find(method, path) == expected, "\(method) \(path)") }
    }

    @Test("Two routes for the same requests, and malformed patterns, are faults")
    func duplicates() {
        let same = [Route(.get, "/a/{b}", handler: 1), Route(.get, "/a/{c}", handler: 2)]
        #expect(Router.fault(in: same) == "two routes for GET /a/{c}")
        #expect(Router.fault(in: [same[0], Route(.post, "/a/{c}", handler: 2)]) == nil)
        for pattern in ["a", "/a/", "/{}", "/{a}/{a}", "/a//b"] {
            #expect(Route(unchecked: pattern, handler: 1).fault != nil, "\(pattern)")
        }
        #expect(Route(unchecked: "/", handler: 1).fault == nil)
        #expect(Route(unchecked: "/{a}/{b}", handler: 1).fault == nil)
    }

    @Test("A site answers methods it has not, and bodies only where a route takes them")
    func site() throws {
        let site = RoutedSite([Route(.post, "/a", body: .form(limit: 10), handler: { _, _ in .text("done") })])

        let wrong = try #require(site.admit(RequestHead(method: .get, path: "/a")).refusal)
        #expect(wrong.status == .methodNotAllowed)
        #expect(wrong.headers["Allow"] == "POST, OPTIONS")
        #expect(site.admit(RequestHead(method: .options, path: "/a")).refusal?.status == .noContent)
        #expect(site.admit(RequestHead(method: .post, path: "/b/1")).route == "(none)")
        let policy = site.admit(RequestHead(method: .post, path: "/a")).body
        let form = "application/x-www-form-urlencoded"
        #expect(policy.refusal(type: form, length: 10) == nil)
        #expect(policy.refusal(type: form, length: 11) == .contentTooLarge)
        #expect(policy.refusal(type: "application/json", length: 5) == .unsupportedMediaType)
        #expect(policy.refusal(type: nil, length: 5) == .unsupportedMediaType)
        #expect(BodyPolicy.none.refusal(type: form, length: nil) == .contentTooLarge)
        #expect(BodyPolicy.none.refusal(type: nil, length: 0) == nil)
    }
}
