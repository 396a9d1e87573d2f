internal import DesignSystem
internal import Governance
internal import HTML
internal import Kernel
internal import Panels
internal import Site
internal import Storage

/// What waits for a person at panels, by its last day; nil when nothing does.
enum PanelWorkTable {
    static func html(_ visit: Visit) throws -> Html? {
        let occasion = try visit.occasion()
        let work = try visit.write { try visit.site.panels.work(on: occasion, in: $0) }
        guard !work.isEmpty else { return nil }
        let today = visit.now.ukDate
        let rows = work.map { work -> [Content] in
            let (text, address, panel) = words(work, visit)
            let due: Html = "\(work.due.inWords)\(if: work.due < today, " \(StatusTag("Late", tone: .urgent))")"
            return [
                .html(due), .html("<a class=\"govuk-link\" href=\"\(href: address)\">\(text)</a>"), .text(panel),
            ]
        }
        return SortableTable(
            id: "panel-work", caption: "Waiting for you at panels",
            columns: ["Due", "What", "Panel"].map { .init(.text($0)) }, rows: rows, emptyText: "",
            address: { _, _ in "/" }
        ).html
    }

    private static func words(_ work: PanelWork, _ visit: Visit) -> (String, address: String, panel: String) {
        func name(_ panel: Code<Panel>) -> String {
            visit.site.partnership.panels.first { $0.code == panel }?.name ?? panel.text
        }
        switch work.kind {
        case .action(let action): return (action.text, "/panel-actions/\(action.id.text)", "")
        case .answer(let referral):
            return ("Answer a referral", "/referrals/\(referral.id.text)", name(referral.panel))
        case .complete(let referral):
            return ("Complete your referral", "/referrals/\(referral.id.text)", name(referral.panel))
        case .declined(let referral):
            return (
                "Your referral was turned down: you may ask the chair to look again", "/referrals/\(referral.id.text)",
                name(referral.panel)
            )
        case .list(let referral, let next):
            let when = next.map { ", \($0.day.inWords)" } ?? ", no meeting is called"
            return (
                referral.isEmergency ? "Put an emergency on an agenda now" : "Put a referral on an agenda",
                "/referrals/\(referral.id.text)", name(referral.panel) + when
            )
        case .confidentiality(let meeting):
            return (
                "Accept confidentiality, and see what your agency is asked", "/meetings/\(meeting.id.text)",
                "\(name(meeting.panel)), \(meeting.day.inWords)"
            )
        case .research(let meeting, let people):
            return (
                "Say what your agency knows of \(people) \(people == 1 ? "person" : "people")",
                "/meetings/\(meeting.id.text)/research", "\(name(meeting.panel)), \(meeting.day.inWords)"
            )
        case .minutes(let meeting):
            let text = meeting.state == .inSession ? "Take the minutes" : "Approve the minutes"
            return (text, "/meetings/\(meeting.id.text)", "\(name(meeting.panel)), \(meeting.day.inWords)")
        }
    }
}
