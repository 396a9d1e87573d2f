public import Governance
internal import HTML
public import HTTP
internal import Jobs
public import Kernel
public import Storage

/// Answers requests: finds the route, finds out who asks, checks forms' tokens and access, and turns refusals into pages.
public struct Dispatch: RequestAnswering {
    private let site: Site
    private let router: Router<Endpoint>
    private let log: @Sendable (String) -> Void

    /// A site of these routes.
    /// - Parameter log: is told of failures of the program, without personal data.
    public init(_ site: Site, routes: [Route<Endpoint>], log: @escaping @Sendable (String) -> Void) {
        self.site = site
        router = Router(routes)
        self.log = log
        site.jobs.report(to: log)
    }

    /// The routes.
    public var routes: [Route<Endpoint>] { router.routes }

    /// What body may come.
    public func admit(_ head: RequestHead) -> Admission {
        if head.path.hasPrefix("/assets/") { return Admission(route: "/assets/…") }
        switch router.match(head.method, head.path) {
        case .found(let route, _): return Admission(route: route.pattern, body: route.body, isSlow: route.isSlow)
        case .redirect(let path):
            let query = head.query.isEmpty ? "" : "?" + head.query.encoded
            return Admission(route: "(redirect)", refusal: .redirect(to: path + query, status: .permanentRedirect))
        case .notAllowed(let allow):
            var refusal =
                head.method == .options
                ? Response.noContent : page(for: .methodNotAllowed, detail: "", id: head.id, path: head.path)
            refusal.headers["Allow"] = allow.map(\.rawValue).joined(separator: ", ")
            return Admission(route: "(method)", refusal: refusal)
        case .none: return Admission(route: "(none)")
        }
    }

    /// Answers.
    public func answer(_ request: Request) throws -> Response {
        if request.path.hasPrefix("/assets/") {
            guard request.method == .get || request.method == .head else { return notFound(unknown(request)) }
            return site.assets.response(path: request.path) ?? notFound(unknown(request))
        }
        guard case .found(let route, let parameters) = router.match(request.method, request.path) else {
            return notFound(try visit(request, PathParameters()))
        }
        do {
            let visit = try visit(request, parameters)
            do {
                try check(route, visit)
                return try prepared(route.handler.answer(visit), visit)
            } catch let refusal as Refusal {
                return prepared(answer(refusal, visit, route.pattern), visit)
            }
        } catch let error as StorageError {
            log("\(request.id) \(route.pattern): \(error)")
            return unavailable(error, request)
        }
    }

    /// A browser that has no session gets a cookie by which its first form is known: with a page, where forms stand, and
    /// not with what probes and programs fetch.
    private func prepared(_ response: Response, _ visit: Visit) -> Response {
        let isPage = response.headers["Content-Type"]?.hasPrefix("text/html") == true
        guard visit.session == nil, visit.isNew, !visit.isAPI, isPage else { return response }
        return response.setting(site.cookies.cookie(site.cookies.visit, visit.visitSecret))
    }
}

// MARK: - Who asks

extension Dispatch {
    private func unknown(_ request: Request) -> Visit {
        Visit(request: request, parameters: PathParameters(), site: site, now: site.clock.now(), caller: .unknown)
    }

    private func visit(_ request: Request, _ parameters: PathParameters) throws -> Visit {
        let now = site.clock.now()
        return Visit(
            request: request, parameters: parameters, site: site, now: now, caller: try caller(request, now))
    }

    private func caller(_ request: Request, _ now: Instant) throws -> Visit.Caller {
        if let token = Dispatch.bearer(request) {
            let call = try site.database.read {
                try ClientStore.call(token: token, from: request.remoteAddress, at: now, in: $0)
            }
            guard let call else { return .unknown }
            if call.needsTouch { try site.database.write { try ClientStore.touch(call.client.id, at: now, in: $0) } }
            return .client(call.actor, call)
        }
        guard let token = request.cookies[site.cookies.session] else { return .unknown }
        let found = try site.database.read { connection -> Visit.Caller in
            let address = request.remoteAddress
            if let (actor, session) = try site.sessions.actor(forToken: token, from: address, at: now, in: connection) {
                return .person(actor, session)
            }
            return try site.sessions.session(forToken: token, at: now, in: connection).map { .pending($0) } ?? .unknown
        }
        if case .person(_, let session) = found, site.sessionRules.needsTouch(session, at: now) {
            try site.database.write { try SessionStore.touch(session.id, at: now, in: $0) }
        }
        return found
    }

    private static func bearer(_ request: Request) -> String? {
        guard let value = request.headers["Authorization"], value.lowercased().hasPrefix("bearer ") else { return nil }
        return String(value.dropFirst(7))
    }
}

// MARK: - Checks

extension Dispatch {
    private func check(_ route: Route<Endpoint>, _ visit: Visit) throws {
        if !visit.request.method.isSafe { try checkOrigin(visit) }
        try checkText(visit.request)
        if let operation = route.handler.operation { try checkScope(operation, visit) }
        switch route.handler.access {
        case .open: return
        case .signedIn:
            guard case .person = visit.caller else { throw Refusal.signIn }
        case .permitted(let action, let kind, let fieldClass):
            if visit.knownActor == nil { throw Refusal.signIn }
            try visit.require(action, kind, fieldClass)
        }
    }

    /// A request that changes something comes from one of our forms, or from a client with a token and no cookie.
    private func checkOrigin(_ visit: Visit) throws {
        if case .client = visit.caller { return }
        if visit.isAPI, visit.session == nil { return }
        let token = visit.request.form["csrf"] ?? visit.request.headers["X-CSRF-Token"]
        guard visit.session != nil || !visit.isNew, site.formTokens.accepts(token, for: visit.formSecret) else {
            throw Refusal.badRequest(
                "This form was open for too long, or it did not come from this site. Nothing was changed. "
                    + "Go back, reload the page and send it again.")
        }
    }

    /// A NUL is in no text that a person writes, and databases take none.
    private func checkText(_ request: Request) throws {
        let fields = request.query.fields + request.form.fields
        guard !fields.contains(where: { $0.name.utf8.contains(0) || $0.value.utf8.contains(0) }) else {
            throw Refusal.badRequest(
                "What was sent holds a character that no text has. Leave it out, and send it again.")
        }
    }

    private func checkScope(_ operation: Operation, _ visit: Visit) throws {
        switch visit.caller {
        case .person: return
        case .client(_, let call):
            guard call.scopes.contains(where: { $0.text == operation.scope }) else {
                throw Refusal.denied(.client, shown: "The token does not have the scope \(operation.scope).")
            }
        case .unknown, .pending: throw Refusal.signIn
        }
    }
}

// MARK: - Refusals

extension Dispatch {
    private func answer(_ refusal: Refusal, _ visit: Visit, _ route: String) -> Response {
        if visit.isAPI { return problem(refusal, visit, route) }
        switch refusal {
        case .notFound: return notFound(visit)
        case .denied(let reason, let shown):
            logDenied(reason.rawValue, route, visit)
            guard let shown else { return notFound(visit) }
            return visit.page(
                Page("You do not have access to this", "<p class=\"govuk-body\">\(shown)</p>"), status: .forbidden)
        case .signIn:
            let isPage = visit.request.method.isSafe
            if case .pending = visit.caller { return .redirect(to: "/sign-in/second-factor") }
            let next = isPage ? "?next=\(PercentCoding.encodeForm(visit.returnAddress))" : ""
            return .redirect(to: "/sign-in\(next)")
        case .confirm:
            let next = visit.request.method.isSafe ? visit.returnAddress : "/"
            return .redirect(to: "/confirm?next=\(PercentCoding.encodeForm(next))")
        case .badRequest(let why):
            return visit.page(Page("That did not work", "<p class=\"govuk-body\">\(why)</p>"), status: .badRequest)
        case .conflict(let why):
            return visit.page(
                Page("Someone else changed this", "<p class=\"govuk-body\">\(why)</p>"), status: .conflict)
        case .busy:
            return Dispatch.retry(page(for: .serviceUnavailable, detail: Dispatch.busyWords, request: visit.request))
        }
    }

    private func problem(_ refusal: Refusal, _ visit: Visit, _ route: String) -> Response {
        let id = visit.request.id
        func details(_ status: Status, _ detail: String) -> Response {
            ProblemDetails(status, detail: detail, instance: "urn:request:\(id)").response
        }
        switch refusal {
        case .notFound: return details(.notFound, "There is no such resource.")
        case .denied(let reason, let shown):
            logDenied(reason.rawValue, route, visit)
            return shown.map { details(.forbidden, $0) } ?? details(.notFound, "There is no such resource.")
        case .signIn:
            var response = details(.unauthorised, "Send a client's token: Authorization: Bearer TOKEN.")
            response.headers["WWW-Authenticate"] = "Bearer"
            return response
        case .confirm: return details(.forbidden, "This needs a person with a fresh second factor.")
        case .badRequest(let why): return details(.badRequest, why)
        case .conflict(let why): return details(.conflict, why)
        case .busy: return Dispatch.retry(details(.serviceUnavailable, Dispatch.busyWords))
        }
    }

    /// Writes the refusal in the audit. The request is refused even when it cannot be written, and operators are told.
    private func logDenied(_ code: String, _ route: String, _ visit: Visit) {
        do {
            try visit.logDenied(code, route: route)
        } catch {
            log("\(visit.request.id) \(route): the refusal (\(code)) could not be written in the audit: \(error)")
        }
    }

    private func notFound(_ visit: Visit) -> Response {
        if visit.isAPI {
            return ProblemDetails(
                .notFound, detail: "There is no such resource.", instance: "urn:request:\(visit.request.id)"
            ).response
        }
        return visit.page(
            Page(
                "Page not found",
                """
                <p class="govuk-body">If you typed the address, check it. If you followed a link, what it led to may have
                been removed, or it may not be open to you.</p>
                <p class="govuk-body"><a class="govuk-link" href="/">Go to the first page</a></p>
                """), status: .notFound)
    }

    private func unavailable(_ error: StorageError, _ request: Request) -> Response {
        let detail: String
        switch error {
        case .diskFull: detail = "The server’s disk is full, so nothing was changed. Its operators have been told."
        case .busy: detail = "The service is very busy, and nothing was changed. Try again in a minute."
        default: detail = "The service cannot reach its records. Nothing was changed. Try again in a few minutes."
        }
        return page(for: .serviceUnavailable, detail: detail, request: request)
    }

    private static let busyWords =
        "The service is very busy, and nothing was done. Wait half a minute, then try again."

    private static func retry(_ response: Response) -> Response {
        var response = response
        response.headers["Retry-After"] = "30"
        return response
    }

    private func page(for status: Status, detail: String, request: Request) -> Response {
        page(for: status, detail: detail, id: request.id, path: request.path)
    }

    /// The page for what the server itself refuses, and for failures.
    public func page(for status: Status, detail: String, id: String) -> Response {
        page(for: status, detail: detail, id: id, path: "/")
    }

    /// The page or, under `/api/`, the problem.
    public func page(for status: Status, detail: String, id: String, path: String) -> Response {
        if path.hasPrefix("/api/") {
            return ProblemDetails(status, detail: detail, instance: "urn:request:\(id)").response
        }
        let visit = unknown(Request(.get, "/", id: id))
        return visit.page(
            Page(
                status.code >= 500 ? "Sorry, there is a problem with the service" : status.reason,
                """
                <p class="govuk-body">\(detail)</p>
                <p class="govuk-body">If you report this, quote the number \(id).</p>
                """), status: status)
    }
}
