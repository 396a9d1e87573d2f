/// What answers the requests of a server. Calls come on many threads at a time, and may block for a few milliseconds;
/// what takes longer is marked slow.
public protocol RequestAnswering: Sendable {
    /// Asked before the body is read: what body may come, and under which name the request is counted and logged.
    func admit(_ head: RequestHead) -> Admission

    /// Answers the whole request. Whatever is thrown is logged and answered with 500.
    func answer(_ request: Request) throws -> Response

    /// The page for what the server refuses by itself and for handlers that throw; plain text unless told otherwise.
    func page(for status: Status, detail: String, id: String) -> Response

    /// The same for a request whose path is known, so that a program gets its problem and a person a page. The path may be
    /// any text.
    func page(for status: Status, detail: String, id: String, path: String) -> Response
}

extension RequestAnswering {
    /// The page whatever the path.
    public func page(for status: Status, detail: String, id: String, path: String) -> Response {
        page(for: status, detail: detail, id: id)
    }

    /// The status in words, what was wrong, and the id to quote.
    public func page(for status: Status, detail: String, id: String) -> Response {
        Response.text("\(status.reason).\(detail.isEmpty ? "" : " " + detail)\nRequest \(id)\n", status: status)
    }
}

/// What a server may do with a request whose head it has read.
public struct Admission: Sendable {
    /// The route's pattern, such as `/people/{person}`: never the path, which may hold personal data.
    public let route: String
    /// The body that may come.
    public let body: BodyPolicy
    /// Whether answering takes long, and is to be done beside the server's own threads.
    public let isSlow: Bool
    /// An answer without reading the body.
    public let refusal: Response?

    /// Lets the request come.
    public init(route: String, body: BodyPolicy = .none, isSlow: Bool = false) {
        self.route = route
        self.body = body
        self.isSlow = isSlow
        refusal = nil
    }

    /// Answers at once.
    public init(route: String, refusal: Response) {
        self.route = route
        body = .none
        isSlow = false
        self.refusal = refusal
    }
}

/// A site made of routes: redirects for trailing slashes, 404, 405 with Allow, OPTIONS.
public struct RoutedSite: RequestAnswering {
    /// What answers a route.
    public typealias Handler = @Sendable (Request, PathParameters) throws -> Response

    /// The routes.
    public let router: Router<Handler>

    /// A site.
    public init(_ routes: [Route<Handler>]) { router = Router(routes) }

    /// The route's policy, or the answer where there is no route.
    public func admit(_ head: RequestHead) -> Admission {
        if head.path == "*" { return Admission(route: "*", refusal: .noContent) }
        switch router.match(head.method, head.path) {
        case .found(let route, _): return Admission(route: route.pattern, body: route.body, isSlow: route.isSlow)
        case .redirect(let path):
            let query = head.query.isEmpty ? "" : "?" + head.query.encoded
            return Admission(route: "(redirect)", refusal: .redirect(to: path + query, status: .permanentRedirect))
        case .notAllowed(let allow):
            var response =
                head.method == .options
                ? Response.noContent : page(for: .methodNotAllowed, detail: "", id: head.id)
            response.headers["Allow"] = allow.map(\.rawValue).joined(separator: ", ")
            return Admission(route: "(method)", refusal: response)
        case .none:
            let response = page(for: .notFound, detail: "There is no such page.", id: head.id)
            return Admission(route: "(none)", refusal: response)
        }
    }

    /// Answers by the route's handler.
    public func answer(_ request: Request) throws -> Response {
        guard case .found(let route, let parameters) = router.match(request.method, request.path) else {
            return .notFound
        }
        return try route.handler(request, parameters)
    }
}
