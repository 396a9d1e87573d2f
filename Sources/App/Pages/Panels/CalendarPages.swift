internal import Configuration
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// Meetings in the visitor's own calendar program: an address that it fetches, and a file for once.
enum CalendarPages {
    /// Days back and ahead that a calendar holds.
    private static let (back, ahead) = (31, 366)

    static func page(_ visit: Visit) throws -> Response { try page(visit, made: nil) }

    private static func page(_ visit: Visit, made token: String?) throws -> Response {
        let actor = try visit.actor()
        let since = try visit.read { try visit.panels.calendarAddressMadeAt(for: actor.account, in: $0) }
        let end: Html = visit.form(
            "/panels/calendar",
            """
            \(HiddenField(name: "act", value: "end"))
            \(Button(text: "Take the address back", preventsDoubleClick: true, classes: "govuk-button--warning"))
            """)
        let make: Html = visit.form(
            "/panels/calendar",
            """
            \(HiddenField(name: "act", value: "make"))
            \(Button(text: since == nil ? "Make an address" : "Make another address", preventsDoubleClick: true))
            """)
        return visit.page(
            Page(
                "Your meetings in your calendar", in: .panels,
                """
                <p class="govuk-body">A calendar shows the name of the panel and when it meets, and nothing else. A sealed \
                panel is not named.</p>
                \(some: token, { made($0, visit) })
                <h2 class="govuk-heading-m">An address that your calendar program follows</h2>
                <p class="govuk-body">\(since.map { "You have one, made on \($0.inWords). It is shown only once: make another if you lost it, and the one before leads nowhere." } ?? "You have none.")</p>
                \(make)
                \(if: since != nil, end)
                <h2 class="govuk-heading-m">A file for once</h2>
                <p class="govuk-body">\(PanelPlace.link("Download the calendar", "/panels/calendar.ics"))</p>
                """))
    }

    private static func made(_ token: String, _ visit: Visit) -> Html {
        let address =
            "\(visit.site.configuration.publicAddress)/calendars/\(token)"
        return """
            \(InsetText(text: .html("<p class=\"govuk-body\">Give this address to your calendar program. Keep it to yourself: whoever has it sees when you meet.</p><p class=\"govuk-body\"><code class=\"govuk-!-text-break-word\">\(address)</code></p>")))
            """
    }

    static func act(_ visit: Visit) throws -> Response {
        let occasion = try visit.occasion()
        switch visit.request.form["act"] {
        case "make":
            let token = try visit.write { try visit.panels.makeCalendarAddress(on: occasion, in: $0) }
            return try page(visit, made: token)
        case "end":
            try visit.write { try visit.panels.endCalendarAddress(on: occasion, in: $0) }
            return visit.redirect("/panels/calendar")
        default: throw Refusal.notFound
        }
    }

    static func file(_ visit: Visit) throws -> Response { try response(visit.occasion(), visit) }

    /// What a calendar program fetches. It has no session; its address names whose calendar it is.
    static func fetched(_ visit: Visit) throws -> Response {
        let token = try visit.text("token")
        let occasion: Occasion? = try visit.read { connection in
            guard let owner = try visit.panels.calendarOwner(token, in: connection),
                let actor = try AccountStore.unattended(
                    owner, from: visit.request.remoteAddress, at: visit.now, in: connection)
            else { return nil }
            return Occasion(actor, at: visit.now, request: visit.request.id)
        }
        guard let occasion else { throw Refusal.notFound }
        return try response(occasion, visit)
    }

    private static func response(_ occasion: Occasion, _ visit: Visit) throws -> Response {
        let today = visit.now.ukDate
        let host = visit.site.configuration.publicAddress.split(separator: "/").last.map(String.init) ?? "concord"
        let text = try visit.write {
            try visit.panels.calendarText(
                from: today.advanced(by: -back), to: today.advanced(by: ahead), host: host, on: occasion, in: $0)
        }
        var response = Response(.ok, type: .calendar, Array(text.utf8))
        response.headers["Content-Disposition"] = ContentDisposition.attachment("panels.ics")
        return response
    }
}
