internal import Configuration
public import Governance
public import HTTP
public import Kernel
internal import Secrets
public import Storage

/// One request, with who asks and when.
public struct Visit: Sendable {
    /// The request.
    public let request: Request
    /// What its path holds.
    public let parameters: PathParameters
    /// The services.
    public let site: Site
    /// When it came in.
    public let now: Instant
    /// Who asks.
    public let caller: Caller
    /// What binds the token of a form to a browser that has no session: its cookie, or a new one.
    let visitSecret: String

    init(request: Request, parameters: PathParameters, site: Site, now: Instant, caller: Caller) {
        self.request = request
        self.parameters = parameters
        self.site = site
        self.now = now
        self.caller = caller
        visitSecret = request.cookies[site.cookies.visit] ?? Token.make()
    }

    /// Who asks.
    public enum Caller: Sendable {
        /// Nobody is known.
        case unknown
        /// Someone whose sign-in is not finished: the second factor is still to come.
        case pending(SessionRecord)
        /// A signed-in person.
        case person(Actor, SessionRecord)
        /// A client program.
        case client(Actor, ClientCall)
    }

    /// The actor, or nil when nobody has signed in.
    public var knownActor: Actor? {
        switch caller {
        case .unknown, .pending: nil
        case .person(let actor, _): actor
        case .client(let actor, _): actor
        }
    }

    /// The session, also of a sign-in that is not finished.
    public var session: SessionRecord? {
        switch caller {
        case .pending(let session), .person(_, let session): session
        case .unknown, .client: nil
        }
    }

    /// The actor.
    /// - Throws: `Refusal.signIn`.
    public func actor() throws -> Actor {
        guard let knownActor else { throw Refusal.signIn }
        return knownActor
    }

    /// Who acts, when and in which request, for functions that write the audit.
    public func occasion(role: Code<Role>? = nil) throws -> Occasion {
        Occasion(try actor(), at: now, request: request.id, role: role)
    }

    /// What sign-in needs to know of the browser.
    public var visitor: Visitor {
        Visitor(
            address: request.remoteAddress, device: request.headers["User-Agent"] ?? "",
            deviceToken: request.cookies[site.cookies.device], at: now, request: request.id)
    }

    /// The token of the session's cookie.
    public var sessionToken: String? { request.cookies[site.cookies.session] }

    /// The token that this visitor's forms carry: of the session, or before one of the browser's own cookie.
    public var formToken: String { site.formTokens.token(for: formSecret) }

    var formSecret: String { session?.formSecret ?? visitSecret }

    /// Reads what holds no personal data.
    public func read<Value>(_ body: (Connection) throws -> Value) throws -> Value { try site.database.read(body) }

    /// Writes, or reads personal data: the act and its entry in the audit in one transaction.
    public func write<Value>(_ body: (Connection) throws -> Value) throws -> Value { try site.database.write(body) }

    /// An identifier in the path; one that is none is not found.
    public func id<Tag>(_ name: String, of tag: Tag.Type = Tag.self) throws -> ID<Tag> {
        guard let text = parameters[name], let id = ID<Tag>(text) else { throw Refusal.notFound }
        return id
    }

    /// Why it is done, as it was entered in the form's field `reason`: one line of at most a thousand characters, nil
    /// when nothing was entered.
    public var reason: String? {
        let reason = (request.form["reason"] ?? "").singleSpaced
        return reason.isEmpty ? nil : String(reason.prefix(1000))
    }

    /// How a request ends that the register refused for this reason.
    public func ended(_ reason: AccessDecision.Reason) -> Refusal {
        switch reason {
        case .secondFactor, .recentSecondFactor: .confirm
        default: .denied(reason, shown: RegisterRefusal.denied(reason).fault.inForm)
        }
    }

    /// A text in the path.
    public func text(_ name: String) throws -> String {
        guard let text = parameters[name] else { throw Refusal.notFound }
        return text
    }
}

/// The names of the site's cookies.
public struct SiteCookies: Sendable {
    /// Whether browsers reach the site by TLS.
    public let isSecure: Bool

    private var prefix: String { isSecure ? "__Host-" : "" }
    /// The session.
    public var session: String { "\(prefix)concord-session" }
    /// The device, by which a sign-in is known not to be a stranger's.
    public var device: String { "\(prefix)concord-device" }
    /// The browser before it has a session: binds the token of the sign-in form.
    public var visit: String { "\(prefix)concord-visit" }

    /// The sign-in that is on its way to an outside provider.
    public var provider: String { "\(prefix)concord-provider" }

    /// A cookie.
    /// - Parameter maxAge: seconds it is kept; nil until the browser closes, 0 to remove it.
    public func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
        Cookie(name, value, maxAge: maxAge, isSecure: isSecure, sameSite: .lax)
    }
}

extension Site {
    /// The names of the cookies.
    public var cookies: SiteCookies { SiteCookies(isSecure: configuration.isSecure) }
}

extension Visit {
    /// Whether a program asks rather than a browser.
    public var isAPI: Bool { request.path == "/api" || request.path.hasPrefix("/api/") }

    /// The path and query asked for.
    public var address: String { request.path + (request.query.isEmpty ? "" : "?" + request.query.encoded) }

    /// Where someone is led back to after a sign-in. What was searched for is not part of it: it may be a person's name,
    /// and names stay out of addresses.
    var returnAddress: String {
        let namesPeople = request.path == "/search" || request.path == "/people" || request.path.hasPrefix("/people/")
        return namesPeople ? request.path : address
    }

    /// Whether the browser has no cookie of ours yet.
    var isNew: Bool { request.cookies[site.cookies.visit] == nil }
}
