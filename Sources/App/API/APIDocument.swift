internal import Digests
internal import HTTP
internal import Kernel
internal import Site

/// The document that describes the API (OpenAPI 3.1), made from the routes themselves.
public struct APIDocument: Sendable {
    /// What the document says of the API as a whole.
    public struct Details: Sendable {
        /// What the API is called.
        public let title: String
        /// The program's version.
        public let version: String
        /// Where it is reached: scheme, host and port. nil leaves it to where the document came from.
        public let address: String?
        /// The cookie of a signed-in person's session, by which the site's own pages read; nil leaves it out.
        public let cookie: String?

        /// What the document says of the API as a whole.
        public init(title: String, version: String, address: String? = nil, cookie: String? = nil) {
            self.title = title
            self.version = version
            self.address = address
            self.cookie = cookie
        }
    }

    let details: Details
    let routes: [Route<Endpoint>]

    static let path = "/api/v1/openapi.json"
    static let ifNoneMatch = Operation.Parameter(
        "If-None-Match", in: .header, required: false, "The ETag of what you have.",
        schema: APISchemas.text)

    /// What any operation may answer besides its own answers.
    private static let common: [(Int, String)] = [
        (400, "The request makes no sense."), (401, "There is no token, or none that works."),
        (403, "The token’s scopes or roles do not include this."), (404, "There is no such thing, or not for you."),
        (413, "The body is too large, or there should be none."), (414, "The address is too long."),
        (422, "A parameter or the body is not what this operation takes."), (431, "The head is too large."),
        (500, "The program failed."), (503, "The service cannot reach its records, or is very busy."),
    ]

    /// The route that answers the document to everyone.
    var route: Route<Endpoint> {
        let bytes = json.encoded()
        let tag = EntityTag(String(SHA256.hex(bytes).prefix(32)))
        return Route(
            .get, APIDocument.path,
            handler: Endpoint(.open) { visit in
                var response = Response(type: .json, bytes).tagged(tag, for: visit.request)
                response.headers["Cache-Control"] = "no-cache"
                return response
            })
    }

    /// The whole document.
    var json: JSON {
        var info: [JSON.Member] = [
            .init("title", .string(details.title)), .init("version", .string(details.version)),
        ]
        info.append(
            .init(
                "description",
                .string(
                    "Refusals and failures are problems (RFC 9457). Lists are read page by page: follow `next` until "
                        + "it is null. A change names the version it saw by If-Match.")))
        var members: [JSON.Member] = [.init("openapi", .string("3.1.0")), .init("info", .object(info))]
        if let address = details.address {
            members.append(.init("servers", .array([.members(("url", .string(address)))])))
        }
        members.append(.init("paths", paths))
        members.append(
            .init(
                "components",
                .members(
                    ("schemas", .object(APISchemas.all)),
                    ("securitySchemes", securitySchemes))))
        return .object(members)
    }

    private var securitySchemes: JSON {
        var schemes: [JSON.Member] = [
            .init(
                "token",
                .members(
                    ("type", .string("http")), ("scheme", .string("bearer")),
                    ("description", .string("The token of a client program, with its scopes."))))
        ]
        if let cookie = details.cookie {
            schemes.append(
                .init(
                    "session",
                    .members(
                        ("type", .string("apiKey")), ("in", .string("cookie")), ("name", .string(cookie)),
                        ("description", .string("The session of a signed-in person, for reading.")))))
        }
        return .object(schemes)
    }

    private var paths: JSON {
        var order: [String] = []
        var found: [String: [JSON.Member]] = [:]
        for route in routes {
            guard let operation = route.handler.operation else { continue }
            if found[route.pattern] == nil { order.append(route.pattern) }
            found[route.pattern, default: []].append(
                .init(route.method.rawValue.lowercased(), json(operation, of: route)))
        }
        return .object(order.map { JSON.Member($0, .object(found[$0] ?? [])) })
    }

    private func security(_ operation: Operation, _ method: Method) -> JSON {
        var ways: [JSON] = [.members(("token", .array([.string(operation.scope)])))]
        if details.cookie != nil, method.isSafe { ways.append(.members(("session", .array([])))) }
        return .array(ways)
    }

    private func json(_ operation: Operation, of route: Route<Endpoint>) -> JSON {
        var members: [JSON.Member] = [
            .init("operationId", .string(operation.id)), .init("summary", .string(operation.summary)),
            .init("security", security(operation, route.method)),
        ]
        if !operation.parameters.isEmpty {
            members.append(.init("parameters", .array(operation.parameters.map(APIDocument.json))))
        }
        if let body = operation.body { members.append(.init("requestBody", APIDocument.json(body, of: route.method))) }
        members.append(.init("responses", APIDocument.responses(operation, hasBody: operation.body != nil)))
        return .object(members)
    }

    private static func json(_ parameter: Operation.Parameter) -> JSON {
        .members(
            ("name", .string(parameter.name)), ("in", .string(parameter.place.rawValue)),
            ("required", .bool(parameter.isRequired)), ("description", .string(parameter.description)),
            ("schema", parameter.schema))
    }

    private static func json(_ body: JSON, of method: Method) -> JSON {
        let types = (method == .patch ? ["application/merge-patch+json"] : []) + ["application/json"]
        return .members(
            ("required", .bool(true)),
            ("content", .object(types.map { .init($0, .members(("schema", body))) })))
    }

    private static func responses(_ operation: Operation, hasBody: Bool) -> JSON {
        var all: [Int: JSON] = [:]
        for (status, description) in common {
            all[status] = json(Operation.Answer(status, description))
        }
        if hasBody { all[415] = json(Operation.Answer(415, "The body is of another media type.")) }
        if operation.parameters.contains(where: { $0.place == .header }) {
            all[412] = json(Operation.Answer(412, "The condition of the request does not hold."))
        }
        for answer in operation.answers { all[answer.status] = json(answer) }
        return .object(all.sorted { $0.key < $1.key }.map { JSON.Member("\($0.key)", $0.value) })
    }

    /// An answer. Without a media type, refusals and failures are problems and the rest has no content.
    private static func json(_ answer: Operation.Answer) -> JSON {
        var members: [JSON.Member] = [.init("description", .string(answer.description))]
        if answer.status == 401 {
            members.append(
                .init(
                    "headers",
                    .members(
                        (
                            "WWW-Authenticate",
                            .members(("required", .bool(true)), ("schema", .members(("const", .string("Bearer")))))
                        ))))
        }
        let type = answer.type ?? (answer.status >= 400 ? "application/problem+json" : nil)
        if let type {
            let schema = answer.schema ?? (answer.status >= 400 ? APISchemas.named("Problem") : .object([]))
            members.append(.init("content", .members((type, .members(("schema", schema))))))
        }
        return .object(members)
    }
}
