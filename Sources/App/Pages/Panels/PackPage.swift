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
        let occasion = try visit.occasion()
        let found: (AgendaView, MinutesView)? = try visit.write { connection in
            guard let agenda = try visit.panels.agenda(of: open.meeting.id, on: occasion, in: connection),
                let minutes = try visit.panels.minutes(of: open.meeting.id, on: occasion, in: connection)
            else { return nil }
            return (agenda, minutes)
        }
        guard let (agenda, minutes) = found else { throw Refusal.notFound }
        let prints = open.rights.prepares || open.rights.chairs
        if visit.request.query["format"] == "pdf" {
            guard prints else { throw visit.ended(.noPermission) }
            try visit.write { connection in
                try visit.panels.register.note(
                    .print, ID(open.meeting.id), .p2, RegisterDetail(fields: ["pack"]), on: occasion, in: connection)
            }
            return try PackPaper.file(agenda, minutes, open, visit)
        }
        let agency = visit.site.partnership.name(of: occasion.actor.agency)
        return visit.page(
            Page(
                "Pack: \(open.title)", in: .panels, above: open.above, canBeLeftQuickly: true, isWide: true,
                """
                <p class="govuk-body concord-stamp">Made for \(occasion.actor.name), \(agency), on \(visit.now.inWords). \
                Destroy it after the meeting.</p>
                \(if: prints, "<p class=\"govuk-body\">\(PanelPlace.link("Download it as PDF, to be read without a network", "\(open.address)/pack?format=pdf"))</p>")
                \(AgendaTable.html(agenda, open, visit))
                \(if: !agenda.incomplete.isEmpty, ActionTable.html("Actions of earlier meetings that are not complete", agenda.incomplete, visit))
                \(each: minutes.items, { item in
                    "<h2 class=\"govuk-heading-l\">\(item.reference)</h2><p class=\"govuk-body\">\(item.item.kind.inWords)</p>\(MinuteLines.html(item.lines, visit, strikes: nil))"
                })
                """))
    }
}
