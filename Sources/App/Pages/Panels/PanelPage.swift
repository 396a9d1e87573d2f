internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// One panel: who sits on it, its meetings, and what was referred to it.
enum PanelPage {
    /// How far back meetings are shown, and how far ahead, in days.
    private static let (back, ahead) = (184, 184)

    static func page(_ visit: Visit) throws -> Response {
        let panel = try visit.openPanel()
        let (occasion, today) = (try visit.occasion(), visit.now.ukDate)
        let code = panel.definition.code
        let rights = try visit.panels.rights(at: code, on: occasion)
        let isSeated = PanelStore.sits(occasion.actor, on: code, on: today)
        guard isSeated else {
            return visit.page(Page(panel.definition.name, in: .panels, about(panel, visit)))
        }
        let (meetings, referrals): ([PanelMeeting], [PanelReferral]) = try visit.write { connection in
            (
                try visit.panels.meetings(
                    of: code, from: today.advanced(by: -back), to: today.advanced(by: ahead), on: occasion,
                    in: connection),
                try visit.panels.referrals(to: code, on: occasion, in: connection)
            )
        }
        let toCome = meetings.filter { $0.state.isAhead || $0.state.takesMinutes }
        let over = meetings.filter { !$0.state.isAhead && !$0.state.takesMinutes }.reversed()
        return visit.page(
            Page(
                panel.definition.name, in: .panels, canBeLeftQuickly: true, isWide: true,
                """
                \(if: rights.prepares, Button(text: "Call a meeting", href: "\(PanelPlace.panel(code))/meetings/new").html)
                \(MeetingTable.html("Meetings to come", id: "meetings", toCome, visit))
                \(ReferralTable.html("Referrals", referrals.filter(\.state.isOpen), visit))
                \(if: !over.isEmpty, MeetingTable.html("Earlier meetings", id: "earlier", Array(over), visit))
                \(if: referrals.contains { !$0.state.isOpen }, ReferralTable.html("Referrals that are over", referrals.filter { !$0.state.isOpen }, visit, id: "over"))
                <p class="govuk-body">\(PanelPlace.link("What the panel heard: counts for a return", "\(PanelPlace.panel(code))/return"))</p>
                <h2 class="govuk-heading-m">About the panel</h2>
                \(about(panel, visit))
                \(try members(panel, visit))
                """))
    }

    private static func about(_ panel: KnownPanel, _ visit: Visit) -> Html {
        let partnership = visit.site.partnership
        let quorum = panel.type.quorum
        let kinds = quorum.kinds.isEmpty ? "" : ", among them \(quorum.kinds.joined(separator: " and "))"
        let rows: [SummaryList.Row] = [
            .init(key: "What it is for", value: .text(panel.definition.purpose)),
            .init(key: "Kind", value: .text("\(panel.type.name). \(panel.type.purpose)")),
            .init(
                key: "Agencies",
                value: .text(panel.definition.agencies.map { partnership.name(of: $0) }.joined(separator: ", "))),
            .init(key: "Meets", value: .text(panel.type.frequency)),
            .init(key: "Chair", value: .text(panel.type.chair.inWords)),
            .init(key: "Quorum", value: .text("\(quorum.agencies) agencies\(kinds)")),
            .init(
                key: "Rests on",
                value: .html(
                    "\(each: Array(panel.type.legalBasis.enumerated()), { i, law in "\(if: i > 0, "<br>")\(law)" })")),
        ]
        return SummaryList(rows: rows).html
    }

    private static func members(_ panel: KnownPanel, _ visit: Visit) throws -> Html {
        let rows = try visit.seats(on: panel.definition.code).map { seat -> [Content] in
            [.text(seat.name), .text(visit.site.partnership.name(of: seat.agency))]
        }
        return SortableTable(
            id: "members", caption: "Who sits on it", columns: ["Name", "Agency"].map { .init(.text($0)) }, rows: rows,
            emptyText: "Nobody has a place on it yet. An administrator of the partnership gives places.",
            address: { _, _ in "/panels" }
        ).html
    }
}

/// Referrals in a table: no more of a case than its reference.
enum ReferralTable {
    static func html(
        _ caption: String, _ referrals: [PanelReferral], _ visit: Visit, id: String = "referrals"
    ) -> Html {
        let rows = referrals.map { referral -> [Content] in
            let type = visit.site.panels.panel(referral.panel, in: visit)?.type
            let why: Html = """
                \(type?.route(referral.route)?.text ?? referral.route.text)\
                \(if: referral.isEmergency, " \(StatusTag("Emergency", tone: .urgent))")\
                \(if: referral.repeatFound?.isRepeat == true, " \(StatusTag("Repeat", tone: .attention))")
                """
            return [
                .html(PanelPlace.link(referral.referredAt.ukDate.inWords, PanelPlace.referral(referral.id))),
                .text(referral.reference), .text(visit.site.partnership.name(of: referral.agency)), .html(why),
                .html(due(referral, visit.now.ukDate)), .html(PanelPlace.tag(referral.state).html),
            ]
        }
        return SortableTable(
            id: id, caption: caption,
            columns: ["Referred on", "Case", "By", "Why it comes", "Answer due", "How it stands"].map {
                .init(.text($0))
            },
            rows: rows, emptyText: "Nothing is referred that you may see.", address: { _, _ in "/panels" }
        ).html
    }

    static func due(_ referral: PanelReferral, _ today: LocalDate) -> Html {
        guard let due = referral.dueOn else { return "" }
        return due < today ? "\(due.inWords) \(StatusTag("Late", tone: .urgent))" : "\(due.inWords)"
    }
}

extension PanelStore {
    /// A panel that the visitor may know of.
    func panel(_ code: Code<Panel>, in visit: Visit) -> KnownPanel? {
        visit.knownActor.flatMap { panel(code, for: $0, on: visit.now.ukDate) }
    }
}
