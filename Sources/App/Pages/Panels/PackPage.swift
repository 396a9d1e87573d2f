internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// What someone takes into the room: the agenda with its times, what is left of earlier meetings, and what the agencies
/// released, as far as the reader may see.
enum PackPage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.openMeeting()
        guard open.hasAccepted else { return visit.redirect(open.address) }
        if visit.request.query["format"] == "pdf" {
            guard open.takesPack else { throw visit.ended(.noPermission) }
            let content = try PackContent(open, visit, takenAs: ["pack"])
            return try PackPaper.file(content.agenda, content.minutes, open, visit)
        }
        let content = try PackContent(open, visit)
        let (agenda, minutes) = (content.agenda, content.minutes)
        return visit.page(
            Page(
                "Pack: \(open.title)", in: .panels, above: open.above, canBeLeftQuickly: true, isWide: true,
                """
                <p class="govuk-body concord-stamp">\(try PackContent.stamp(visit))</p>
                \(if: open.takesPack, takingAlong(open))
                \(AgendaTable.html(agenda, open, visit))
                \(if: !agenda.incomplete.isEmpty, ActionTable.html("Actions of earlier meetings that are not complete", agenda.incomplete, visit))
                \(each: minutes.items, { item in
                    "<h2 class=\"govuk-heading-l\">\(item.reference)</h2><p class=\"govuk-body\">\(item.item.kind.inWords)</p>\(MinuteLines.html(item.lines, visit, strikes: nil))"
                })
                """))
    }

    private static func takingAlong(_ open: OpenMeeting) -> Html {
        """
        <ul class="govuk-list">
        <li>\(PanelPlace.link("Download it as PDF, to be read without a network", "\(open.address)/pack?format=pdf"))</li>
        <li>\(PanelPlace.link("Take the meeting offline, to read and write without a network", "\(open.address)/offline"))</li>
        </ul>
        """
    }
}

/// What a pack holds, as its reader may see it.
struct PackContent {
    let agenda: AgendaView
    let minutes: MinutesView

    /// - Parameter taken: as what it leaves the program, for the audit; nothing when it is only shown.
    init(_ open: OpenMeeting, _ visit: Visit, takenAs taken: [String] = []) throws {
        let occasion = try visit.occasion()
        let found: (AgendaView, MinutesView)? = try visit.write { connection in
            guard let agenda = try visit.panels.agenda(of: open.meeting.id, on: occasion, in: connection),
                let minutes = try visit.panels.minutes(of: open.meeting.id, on: occasion, in: connection)
            else { return nil }
            guard !taken.isEmpty else { return (agenda, minutes) }
            try visit.panels.register.note(
                .print, ID(open.meeting.id), .p2, RegisterDetail(fields: taken), on: occasion, in: connection)
            return try visit.panels.withoutWithheldAddresses(agenda, minutes, in: connection)
        }
        guard let found else { throw Refusal.notFound }
        (agenda, minutes) = found
    }

    /// Who has it, since when, and what becomes of it.
    static func stamp(_ visit: Visit) throws -> String {
        let actor = try visit.actor()
        let agency = visit.site.partnership.name(of: actor.agency)
        return "Made for \(actor.name), \(agency), on \(visit.now.inWords). Destroy it after the meeting."
    }
}

extension OpenMeeting {
    /// Whether the visitor may take its pack out of the program.
    var takesPack: Bool { rights.prepares || rights.chairs }
}
