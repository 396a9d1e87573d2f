internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import OpenIDConnect
internal import Secrets
internal import Site
internal import Storage

/// Signing in by another organisation's service.
enum ProviderPages {
    /// Sends the person to the provider. What must come back with them stays sealed in a cookie of this browser.
    static func begin(_ visit: Visit) throws -> Response {
        let next = NextPage(visit)
        guard visit.knownActor == nil else { return visit.redirect(next.path) }
        let chosen = try provider(visit)
        do {
            let (request, address) = try chosen.provider.begin(at: visit.now, maximumAge: chosen.maximumAge)
            let journey = ProviderJourney(request: request, next: next.path)
            let response = Response(.seeOther, headers: ["Location": address])
            return response.setting(
                visit.site.cookies.cookie(
                    ProviderJourney.cookie(visit), try journey.sealed(for: chosen, visit),
                    maxAge: Int(AuthorizationRequest.life)))
        } catch let failure as SignInFailure {
            return try failed(failure, chosen, visit)
        }
    }

    /// Takes what the person brings back. The cookie is used up, whatever comes of it.
    static func finish(_ visit: Visit) throws -> Response {
        let chosen = try provider(visit)
        let response = try finish(chosen, visit)
        return response.setting(visit.site.cookies.cookie(ProviderJourney.cookie(visit), "", maxAge: 0))
    }

    private static func finish(_ chosen: SignInProvider, _ visit: Visit) throws -> Response {
        do {
            guard let journey = ProviderJourney(visit, chosen) else { throw SignInFailure.strayAnswer }
            let parameters = visit.request.query.fields.map { (name: $0.name, value: $0.value) }
            let identity = try chosen.provider.finish(parameters, of: journey.request, at: visit.now)
            guard let proved = proved(identity, chosen, at: visit.now) else {
                throw SignInFailure.badToken(.noSubject)
            }
            let result = try visit.write { connection in
                try visit.site.signIn.identity(proved, visitor: visit.visitor, in: connection)
            }
            guard case .session(let new) = result else {
                return visit.page(unknown(chosen, identity), status: .forbidden)
            }
            let next = NextPage(path: journey.next)
            return SigningIn.keep(new, in: visit.redirect(SigningIn.address(of: new.session.stage, next)), visit)
        } catch let failure as SignInFailure {
            return try failed(failure, chosen, visit)
        }
    }

    private static func proved(
        _ identity: Identity, _ chosen: SignInProvider, at now: Instant
    ) -> ProvedIdentity? {
        guard let outside = OutsideIdentity(issuer: identity.issuer, subject: identity.subject) else { return nil }
        let email = identity.isEmailVerified ? identity.email.flatMap { EmailAddress($0.reveal()) } : nil
        return ProvedIdentity(outside, verifiedEmail: email, hasSecondFactor: chosen.vouches(for: identity, at: now))
    }

    private static func provider(_ visit: Visit) throws -> SignInProvider {
        let slug = try visit.text("provider")
        guard let found = visit.site.providers.first(where: { $0.slug == slug }) else { throw Refusal.notFound }
        return found
    }

    /// The failure as an entry of the audit and as a page.
    private static func failed(_ failure: SignInFailure, _ chosen: SignInProvider, _ visit: Visit) throws -> Response {
        try visit.write { connection in
            try visit.site.signIn.identityFailed(code: failure.code, visitor: visit.visitor, in: connection)
        }
        let isTheirs = if case .provider = failure { true } else { false }
        return visit.page(page(failure, chosen), status: isTheirs ? .serviceUnavailable : .badRequest)
    }

    private static func page(_ failure: SignInFailure, _ chosen: SignInProvider) -> Page {
        if case .provider = failure {
            return Page(
                "\(chosen.name) cannot be reached", back: "/sign-in",
                """
                \(SigningIn.paragraph("You were not signed in, because the sign-in service of your organisation "
                    + "does not answer, or not as expected."))
                \(SigningIn.paragraph("Wait a few minutes and try again. If it goes on, tell your partnership’s "
                    + "administrator. If you have a password here, you can sign in with that."))
                \(again)
                """)
        }
        let fault = failure.fault
        let why = fault.why.isEmpty ? "" : fault.why.prefix(1).uppercased() + fault.why.dropFirst() + "."
        return Page(
            fault.what, back: "/sign-in",
            """
            \(SigningIn.paragraph(String(why)))
            \(SigningIn.paragraph(fault.remedy.isEmpty ? "Tell your partnership’s administrator." : fault.remedy))
            \(again)
            """)
    }

    private static func unknown(_ chosen: SignInProvider, _ identity: Identity) -> Page {
        Page(
            "You do not have an account here", back: "/sign-in",
            """
            \(SigningIn.paragraph("\(chosen.name) knows you, but no open account of this service belongs to you."))
            \(SigningIn.paragraph("Ask your partnership’s administrator for an account, or to link the one that you "
                + "have with \(chosen.name). If you have a password here, you can sign in with that."))
            \(SigningIn.paragraph("To link it they need your identifier at \(chosen.name):"))
            \(InsetText(text: .text(identity.subject)))
            \(again)
            """)
    }

    private static let again: Html = """
        <p class="govuk-body"><a class="govuk-link" href="/sign-in">Go to the sign-in page</a></p>
        """
}

/// A sign-in on its way to a provider and back: what was asked, and for which page.
struct ProviderJourney {
    let request: AuthorizationRequest
    let next: String

    init(request: AuthorizationRequest, next: String) {
        self.request = request
        self.next = next
    }

    /// What the browser has kept; nil when there is nothing, or it was made elsewhere or for another provider.
    init?(_ visit: Visit, _ chosen: SignInProvider) {
        guard let text = visit.request.cookies[ProviderJourney.cookie(visit)],
            let sealed = Base64URL.decode(text),
            let bytes = try? visit.site.sealing.open(sealed, context: ProviderJourney.context(chosen)),
            let json = try? JSON(parsing: bytes, from: "sign-in"),
            case .string(let next)? = json["next"], case .string(let kept)? = json["kept"],
            let request = AuthorizationRequest(kept: Array(kept.utf8))
        else { return nil }
        self.init(request: request, next: next)
    }

    func sealed(for chosen: SignInProvider, _ visit: Visit) throws -> String {
        let kept = String(decoding: request.kept, as: UTF8.self)
        let json = JSON.object([.init("next", .string(next)), .init("kept", .string(kept))])
        let bytes = json.encoded(indented: false)
        return Base64URL.encode(try visit.site.sealing.seal(bytes, context: ProviderJourney.context(chosen)))
    }

    static func cookie(_ visit: Visit) -> String { visit.site.cookies.provider }

    private static func context(_ chosen: SignInProvider) -> String { "sign-in by \(chosen.slug)" }
}

extension SignInFailure {
    /// The code under which the audit keeps it.
    var code: String {
        switch self {
        case .strayAnswer: "provider-stray-answer"
        case .expired: "provider-expired"
        case .declined: "provider-declined"
        case .codeRefused: "provider-code-refused"
        case .badToken: "provider-bad-token"
        case .wrongUserInfo: "provider-wrong-user-info"
        case .provider: "provider-unreachable"
        }
    }
}
