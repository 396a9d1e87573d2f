internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import People
internal import Site
internal import Storage

extension Visit {
    /// The panels.
    var panels: PanelStore { site.panels }

    /// The panel in the path. One that the visitor may not know of is not found.
    func openPanel() throws -> KnownPanel {
        guard let code = Code<Panel>(try text("panel")),
            let panel = panels.panel(code, for: try actor(), on: now.ukDate)
        else { throw Refusal.notFound }
        return panel
    }

    /// The meeting in the path with its panel, for who sits on it.
    func openMeeting() throws -> OpenMeeting {
        let (id, occasion): (ID<PanelMeeting>, Occasion) = (try id("meeting"), try occasion())
        let found: (PanelMeeting, Bool)? = try write { connection in
            guard let meeting = try panels.meeting(id, on: occasion, in: connection) else { return nil }
            return (meeting, try panels.hasAccepted(for: id, on: occasion, in: connection))
        }
        // Who only undertook something at a meeting sees that, and nothing else of it.
        guard let found, let panel = panels.panel(found.0.panel, for: occasion.actor, on: now.ukDate),
            PanelStore.sits(occasion.actor, on: found.0.panel, on: now.ukDate)
        else { throw Refusal.notFound }
        return OpenMeeting(
            meeting: found.0, panel: panel, rights: try panels.rights(at: found.0.panel, on: occasion),
            hasAccepted: found.1)
    }

    /// The same, for who works on its minutes.
    func preparedMeeting() throws -> OpenMeeting {
        let open = try openMeeting()
        guard open.rights.prepares else { throw ended(.noPermission) }
        return open
    }

    /// Who sits on a panel today.
    func seats(on panel: Code<Panel>) throws -> [PanelSeat] {
        try read { try AccountNames.sitting(on: panel, on: now.ukDate, in: $0) }
    }

    /// Names of people whom the visitor may list.
    func personNames(_ ids: some Sequence<ID<Person>>) throws -> [ID<Person>: String] {
        let wanted = Array(Set(ids)).sorted()
        guard !wanted.isEmpty else { return [:] }
        let occasion = try occasion()
        let items = try write { try PersonStore(roles: site.roles).items(wanted, on: occasion, in: $0) }
        return Dictionary(items.compactMap { item in item.name.map { (item.id, $0) } }) { first, _ in first }
    }

    /// Names of colleagues.
    func accountNames(_ ids: some Sequence<ID<Account>>) throws -> [ID<Account>: String] {
        let wanted = Set(ids)
        return try read { try AccountNames.names(of: wanted, in: $0) }
    }

    /// What is wrong, for a form; ends the request where what was asked for is not there for the visitor.
    /// - Parameter field: the question beside which a refusal stands that belongs to none.
    func errors(_ refusal: PanelRefusal, at field: String) throws -> [FormError] {
        switch refusal {
        case .register(.absent): throw Refusal.notFound
        case .register(.denied(let reason)): throw ended(reason)
        case .register(let refusal): return [FormError(field, refusal.fault.inForm)]
        case .problems(let problems): return problems.map { FormError($0.field, $0.says) }
        case .stopped(.reason): return [FormError("reason", "Say why")]
        case .stopped(let stop): return [FormError(field, stop.says)]
        case .meetingState(let state):
            return [FormError(field, "The meeting does not take this now: it is “\(state.inWords)”")]
        case .referralState(let state):
            return [FormError(field, "Someone else moved the referral on: it is “\(state.inWords)” now")]
        case .notAccepted: return [FormError(field, "Accept confidentiality for this meeting first")]
        case .closedAlready: return [FormError(field, "Someone else closed this action already")]
        case .transferred:
            return [FormError(field, "The case was handed to another area, and nothing more is written here")]
        }
    }
}

/// A meeting as its pages show it.
struct OpenMeeting {
    let meeting: PanelMeeting
    let panel: KnownPanel
    let rights: PanelRights
    /// Whether its items are open to the visitor.
    let hasAccepted: Bool

    /// Where it is.
    var address: String { PanelPlace.meeting(meeting.id) }

    /// What it is called.
    var title: String { "\(panel.definition.name), \(meeting.day.inWords)" }

    /// The pages above its own.
    var above: [(title: String, address: String)] {
        [(panel.definition.name, PanelPlace.panel(meeting.panel)), (meeting.day.inWords, address)]
    }
}

/// Where the pages of panels are, and words that they share.
enum PanelPlace {
    static func panel(_ code: Code<Panel>) -> String { "/panels/\(code.text)" }

    static func meeting(_ id: ID<PanelMeeting>) -> String { "/meetings/\(id.text)" }

    static func item(_ item: AgendaItem) -> String { "\(meeting(item.meeting))/items/\(item.id.text)" }

    static func referral(_ id: ID<PanelReferral>) -> String { "/referrals/\(id.text)" }

    static func action(_ id: ID<PanelAction>) -> String { "/panel-actions/\(id.text)" }

    static func link(_ text: String, _ address: String) -> Html {
        "<a class=\"govuk-link\" href=\"\(href: address)\">\(text)</a>"
    }

    /// "10:00 to 12:30".
    static func hours(_ meeting: PanelMeeting) -> String {
        "\(meeting.startsAt.timeInWords) to \(meeting.endsAt.timeInWords)"
    }

    static func tag(_ state: MeetingState) -> StatusTag {
        let tone: StatusTag.Tone =
            switch state {
            case .scheduled, .agendaPublished, .researchOpen, .researchClosed: .underWay
            case .inSession, .minutesDraft: .attention
            case .minutesApproved, .closed: .good
            case .cancelled: .neutral
            }
        return StatusTag(state.inWords, tone: tone)
    }

    static func tag(_ state: ReferralState) -> StatusTag {
        let tone: StatusTag.Tone =
            switch state {
            case .submitted, .returned, .appealed: .attention
            case .accepted, .listed: .underWay
            case .planOpen: .good
            case .declined, .exited, .withdrawn: .neutral
            }
        return StatusTag(state.inWords, tone: tone)
    }

    /// How an action stands on a day.
    static func tag(_ action: PanelAction, on day: LocalDate) -> StatusTag {
        switch action.status {
        case .open: day > action.due ? StatusTag("Late", tone: .urgent) : StatusTag("Open", tone: .underWay)
        case .done: StatusTag(action.status.inWords, tone: .good)
        case .doneLate, .notUndertaken: StatusTag(action.status.inWords, tone: .attention)
        case .notPossibleChanged, .superseded: StatusTag(action.status.inWords, tone: .neutral)
        }
    }
}
