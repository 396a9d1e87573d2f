internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// The page that someone wanted when they were asked to sign in or to confirm who they are.
struct NextPage {
    /// A path of this very site; the first page when another was named.
    let path: String

    /// What the form, or else the address, names.
    init(_ visit: Visit) {
        let wanted = visit.request.form["next"] ?? visit.request.query["next"] ?? "/"
        path = SitePath(wanted)?.text ?? "/"
    }

    /// A page that was named before and kept out of the browser's reach.
    init(path: String) { self.path = SitePath(path)?.text ?? "/" }

    /// The address of a step, which knows the page too.
    func address(_ step: String) -> String {
        path == "/" ? step : "\(step)?next=\(PercentCoding.encodeForm(path))"
    }

    /// The field that carries it through a form.
    var field: HiddenField { HiddenField(name: "next", value: path) }
}

/// What all steps of signing in share.
enum SigningIn {
    /// How long a browser is known, in seconds: a year.
    static let deviceLife = 365 * 86_400

    /// Gives the browser the session, and the mark by which it is known at the next sign-in.
    static func keep(_ new: NewSession, in response: Response, _ visit: Visit) -> Response {
        let cookies = visit.site.cookies
        var response = response.setting(cookies.cookie(cookies.session, new.token))
        if let device = new.deviceToken {
            response.set(cookies.cookie(cookies.device, device, maxAge: deviceLife))
        }
        return response
    }

    /// Takes the session from the browser.
    static func forget(in response: Response, _ visit: Visit) -> Response {
        response.setting(visit.site.cookies.cookie(visit.site.cookies.session, "", maxAge: 0))
    }

    /// The step that a sign-in has come to.
    static func address(of stage: SignInStage, _ next: NextPage) -> String {
        switch stage {
        case .secondFactor: next.address("/sign-in/second-factor")
        case .enrolment: next.address("/sign-in/set-up-second-factor")
        case .complete: next.path
        }
    }

    /// Leads away from a step that is not this visitor's; nil when it is.
    static func elsewhere(than stage: SignInStage, _ visit: Visit, _ next: NextPage) -> Response? {
        guard visit.knownActor == nil else { return visit.redirect(next.path) }
        guard let session = visit.session else { return visit.redirect(next.address("/sign-in")) }
        return session.stage == stage ? nil : visit.redirect(address(of: session.stage, next))
    }

    /// Leads to the first step, and says why.
    static func startAgain(_ visit: Visit) -> Response {
        forget(in: visit.redirect("/sign-in?why=\(SignInPage.Why.startAgain.rawValue)"), visit)
    }

    /// A page that asks to wait.
    static func wait(_ seconds: Double, on page: Page, field: String, _ visit: Visit) -> Response {
        let whole = Int(min(max(seconds.rounded(.up), 1), 86_400))
        var page = page
        page.errors = [FormError(field, "There were too many tries. Try again in \(words(seconds: whole))")]
        var response = visit.page(page)
        response.status = .tooManyRequests
        response.headers["Retry-After"] = String(whole)
        return response
    }

    /// A time in words: “45 seconds”, “2 minutes”, rounded up.
    static func words(seconds: Int) -> String {
        func count(_ number: Int, _ unit: String) -> String { number == 1 ? "1 \(unit)" : "\(number) \(unit)s" }
        if seconds < 60 { return count(seconds, "second") }
        if seconds <= 3600 { return count((seconds + 59) / 60, "minute") }
        return count((seconds + 3599) / 3600, "hour")
    }

    /// A paragraph.
    static func paragraph(_ text: String) -> Html { "<p class=\"govuk-body\">\(text)</p>\n" }
}

/// Signing out.
enum SignOut {
    /// Ends the session, if there is one, and forgets it.
    static func take(_ visit: Visit) throws -> Response {
        switch visit.caller {
        case .person(let actor, let session):
            try visit.write { connection in
                _ = try SessionStore.end(
                    session.id, of: actor.account, code: "signed-out", by: try visit.occasion(), in: connection)
            }
        case .pending(let session):
            try visit.write { try SessionStore.giveUp(session, visitor: visit.visitor, in: $0) }
        case .unknown, .client: break
        }
        let page = visit.redirect("/sign-in?why=\(SignInPage.Why.signedOut.rawValue)")
        return SigningIn.forget(in: page, visit)
    }
}
