public import Governance
public import Kernel
public import Storage

// MARK: - Calendar

extension PanelStore {
    /// The actor's calendar of panels between two days, both included, for their calendar program. It names panels and
    /// times and nothing else; a sealed panel is not named.
    /// - Parameter host: the name of the installation, which makes identifiers unique: `concord.example.gov.uk`.
    /// - Throws: `StorageError`.
    public func calendarText(
        of panel: Code<Panel>? = nil, from: LocalDate, to: LocalDate, host: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> String {
        let meetings = try meetings(of: panel, from: from, to: to, on: occasion, in: connection)
        let events = try meetings.map { meeting in
            let panel = try self.panel(meeting.panel)
            return CalendarEvent(
                identifier: "\(meeting.id)@\(host)",
                summary: panel.isSealed ? "Panel meeting" : panel.definition.name, from: meeting.startsAt,
                to: meeting.endsAt, sequence: meeting.sequence, isCancelled: meeting.state == .cancelled)
        }
        return CalendarText.text(events, at: occasion.now)
    }
}
