internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// The sessions of one's own account.
enum OwnSessions {
    /// The sessions, each with what ends it.
    static func list(_ sessions: [SessionRecord], _ visit: Visit) -> Html {
        let hasOthers = sessions.contains { $0.id != visit.session?.id }
        let table = Table(
            caption: "Your sessions", captionClasses: "govuk-visually-hidden",
            head: ["Device", "Network address", "Signed in", "Last seen", "End it"],
            rows: sessions.map { row($0, visit) }, firstCellIsHeader: true)
        let all: Html = "\(Button(text: "End all other sessions", classes: "govuk-button--secondary"))"
        return """
            \(ScrollRegion("Your sessions", table.html))
            <p class="govuk-body">If you do not know one of them, end it and change your password.</p>
            \(if: hasOthers, visit.form("/account/sessions/end-others", all))
            """
    }

    private static func row(_ session: SessionRecord, _ visit: Visit) -> [Table.Cell] {
        let device = DeviceName.words(session.device) + (session.stage == .complete ? "" : " (sign-in not finished)")
        return [
            Table.Cell(text: .text(device)), Table.Cell(text: .text(session.address)),
            Table.Cell(text: .text(session.createdAt.inWords)), Table.Cell(text: .text(session.seenAt.inWords)),
            Table.Cell(text: end(session, device, visit)),
        ]
    }

    private static func end(_ session: SessionRecord, _ device: String, _ visit: Visit) -> Content {
        if session.id == visit.session?.id { return "This session" }
        let words: Html = """
            End<span class="govuk-visually-hidden"> the session on \(device), last seen \(session.seenAt.inWords)</span>
            """
        let button = Button(text: .html(words), classes: "govuk-button--secondary govuk-!-margin-bottom-0")
        return .html(visit.form("/account/sessions/\(session.id)/end", "\(button)"))
    }

    static func endOne(_ visit: Visit) throws -> Response {
        let id: ID<Session> = try visit.id("session")
        let actor = try visit.actor()
        let hasEnded = try visit.write { connection in
            try SessionStore.end(
                id, of: actor.account, code: id == actor.session ? "signed-out" : "revoked", by: visit.occasion(),
                in: connection)
        }
        guard hasEnded else { throw Refusal.notFound }
        guard id != actor.session else {
            let page = visit.redirect("/sign-in?why=\(SignInPage.Why.signedOut.rawValue)")
            return SigningIn.forget(in: page, visit)
        }
        return visit.redirect(OwnAccountPage.Done.session.address)
    }

    static func endOthers(_ visit: Visit) throws -> Response {
        let actor = try visit.actor()
        try visit.write { connection in
            _ = try SessionStore.endAll(
                of: actor.account, except: actor.session, code: "revoked", by: visit.occasion(), in: connection)
        }
        return visit.redirect(OwnAccountPage.Done.others.address)
    }
}

/// What a browser calls itself, in words that its owner knows.
enum DeviceName {
    // In this order: each names itself beside those below it, for the sake of old sites.
    private static let browsers = [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ]
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
        ("CrOS", "ChromeOS"), ("Macintosh", "Mac"), ("Linux", "Linux"),
    ]

    /// “Firefox on Windows”; the beginning of what it says when that is nothing known.
    static func words(_ agent: String) -> String {
        let browser = browsers.first { agent.contains($0.0) }?.1
        let system = systems.first { agent.contains($0.0) }?.1
        switch (browser, system) {
        case (let browser?, let system?): return "\(browser) on \(system)"
        case (let name?, nil), (nil, let name?): return name
        case (nil, nil): return agent.isEmpty ? "Unknown device" : String(agent.prefix(60))
        }
    }
}
