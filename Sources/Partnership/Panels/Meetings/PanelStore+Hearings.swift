public import Casework
public import Governance
public import Kernel
public import Storage

/// What a panel did with a case at one meeting.
public struct PanelHearing: Hashable, Sendable {
    /// The meeting.
    public let meeting: PanelMeeting
    /// The item, with what was decided as far as the actor may see.
    public let item: AgendaItem
    /// What was undertaken, without what came of it unless the actor may see the meeting.
    public let actions: [PanelAction]
    /// Whether the actor may open the meeting, and not only know what came of it for the case.
    public let isOpen: Bool
}

// MARK: - Panels as a case sees them

extension PanelStore {
    /// The items on which a case stood or stands, the oldest meeting first: of the meetings at which they exist for the
    /// actor; and of the others once their minutes are approved, for who may read the case as deep as a decision lies and
    /// not by the panel's listing alone, or accepted confidentiality for that meeting. What agencies said stays in the
    /// minutes.
    /// - Throws: `StorageError`.
    public func hearings(
        of id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelHearing] {
        var hearings: [PanelHearing] = []
        var readsCase: Bool?
        for meetingID in try MeetingRows.meetings(hearing: id, in: connection) {
            guard let meeting = try MeetingRows.meeting(meetingID, in: connection) else { continue }
            let visible = try visibleItems(of: meetingID, on: occasion, in: connection).filter { $0.caseID == id }
            if !visible.isEmpty {
                for item in visible {
                    let actions = try ActionRows.actions(of: [item.id], in: connection).compactMap { action in
                        try self.action(action.id, on: occasion, in: connection)
                    }
                    let shown = try shown(item, of: meetingID, on: occasion, in: connection)
                    hearings.append(PanelHearing(meeting: meeting, item: shown, actions: actions, isOpen: true))
                }
            } else if meeting.state == .minutesApproved || meeting.state == .closed {
                guard try settles(meeting, of: id, on: occasion, in: connection) else { continue }
                readsCase = try readsCase ?? reads(id, on: occasion, in: connection)
                if readsCase == true { hearings += try settled(meeting, of: id, on: occasion, in: connection) }
            }
        }
        return hearings
    }

    /// Whether the actor may know what an approved meeting settled: who sits on the panel and sees the case through it
    /// alone must have accepted confidentiality for the meeting (casework.md §2.4).
    private func settles(
        _ meeting: PanelMeeting, of id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> Bool {
        if try !panel(meeting.panel).type.asksConfidentiality { return true }
        let hasAccepted = try MeetingRows.attendance(meeting.id, in: connection).contains {
            $0.account == occasion.actor.account && $0.acceptedAt != nil
        }
        if hasAccepted { return true }
        guard var entry = try register.entries([ID(id)], now: occasion.now, in: connection)[ID(id)] else {
            return false
        }
        entry.facts.listings.removeAll { $0.panel == meeting.panel }
        return register.decide(.read, .p2, on: entry, by: occasion.actor, now: occasion.now).isPermitted
    }

    private func reads(_ id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection) throws -> Bool {
        let found = try register.find(
            ID(id), for: .read, .p2, detail: RegisterDetail(fields: ["hearings"]), on: occasion, in: connection)
        return if case .found = found { true } else { false }
    }

    /// What an approved meeting left for a case, but for who declared a conflict there.
    private func settled(
        _ meeting: PanelMeeting, of id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelHearing] {
        let items = try MeetingRows.items(of: meeting.id, in: connection).filter { $0.caseID == id }
        let conflicts = try MeetingRows.withdrawn(occasion.actor.account, from: items.map(\.id), in: connection)
        return try items.filter { !conflicts.contains($0.id) }.map { item in
            PanelHearing(
                meeting: meeting, item: item,
                actions: try ActionRows.actions(of: [item.id], in: connection).map(\.withoutDetails), isOpen: false)
        }
    }
}
