internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// The panels of the partnership, and what comes up at those on which the visitor sits.
enum PanelListPage {
    /// How far ahead the list of meetings looks, in days.
    private static let horizon = 92

    static func page(_ visit: Visit) throws -> Response {
        let actor = try visit.actor()
        let today = visit.now.ukDate
        let seats = PanelStore.seats(of: actor, on: today)
        let panels = visit.site.partnership.visiblePanels(for: actor, on: today)
        let rows = panels.map { panel -> [Content] in
            let agencies = panel.agencies.map { visit.site.partnership.name(of: $0) }.joined(separator: ", ")
            return [
                .html(PanelPlace.link(panel.name, PanelPlace.panel(panel.code))), .text(panel.purpose),
                .text(agencies), .text(seats.contains(panel.code) ? "Yes" : "No"),
            ]
        }
        let table = SortableTable(
            id: "panels", caption: "Panels of the partnership",
            columns: ["Panel", "What it is for", "Agencies", "You sit on it"].map { .init(.text($0)) }, rows: rows,
            emptyText: "The partnership has no panels.", address: { _, _ in "/panels" })
        let coming: Html = seats.isEmpty ? "" : try meetings(visit, seats, today)
        return visit.page(
            Page(
                Section.panels.title, in: .panels, isWide: true,
                """
                \(coming)
                \(table)
                """))
    }

    private static func meetings(_ visit: Visit, _ seats: Set<Code<Panel>>, _ today: LocalDate) throws -> Html {
        let occasion = try visit.occasion()
        let meetings = try visit.write {
            try visit.panels.meetings(from: today, to: today.advanced(by: horizon), on: occasion, in: $0)
        }
        return """
            \(MeetingTable.html("Your meetings", id: "meetings", meetings.filter { $0.state != .cancelled && seats.contains($0.panel) }, visit))
            <p class="govuk-body">\(PanelLinks.calendar)</p>
            """
    }
}

enum PanelLinks {
    static let calendar: Html = """
        <a class="govuk-link" href="/panels/calendar">Put these meetings into your calendar</a>
        """
}

/// Meetings in a table.
enum MeetingTable {
    static func html(_ caption: String, id: String, _ meetings: [PanelMeeting], _ visit: Visit) -> Html {
        let rows = meetings.map { meeting -> [Content] in
            let panel = visit.site.partnership.panels.first { $0.code == meeting.panel }
            let name = "\(meeting.day.inWords), \(PanelPlace.hours(meeting))"
            return [
                .html(PanelPlace.link(name, PanelPlace.meeting(meeting.id))),
                .text((panel?.name ?? meeting.panel.text) + (meeting.isExtraordinary ? ", called specially" : "")),
                .text(meeting.referralsUntil.inWords), .text(meeting.researchUntil.inWords),
                .html(PanelPlace.tag(meeting.state).html),
            ]
        }
        return SortableTable(
            id: id, caption: caption,
            columns: ["When", "Panel", "Referrals until", "Research until", "How it stands"].map { .init(.text($0)) },
            rows: rows, emptyText: "No meeting is called.", address: { _, _ in "/panels" }
        ).html
    }
}
