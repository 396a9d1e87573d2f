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
}

// MARK: - Panels as a case sees them

extension PanelStore {
    /// The items on which a case stood or stands, the oldest meeting first, of the meetings at which they exist for the
    /// actor.
    /// - Throws: `StorageError`.
    public func hearings(
        of id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelHearing] {
        var hearings: [PanelHearing] = []
        for meetingID in try MeetingRows.meetings(hearing: id, in: connection) {
            guard let meeting = try meeting(meetingID, on: occasion, in: connection) else { continue }
            let visible = try visibleItems(of: meetingID, on: occasion, in: connection)
            for item in visible where item.caseID == id {
                let shown = try shown(item, of: meetingID, on: occasion, in: connection)
                hearings.append(PanelHearing(meeting: meeting, item: shown))
            }
        }
        return hearings
    }

    /// What was undertaken for a case at panels, as far as the actor may see, what is due first at the top.
    /// - Throws: `StorageError`.
    public func actions(
        of id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelAction] {
        try ActionRows.actions(for: id, in: connection).compactMap { try action($0, on: occasion, in: connection) }
    }
}
