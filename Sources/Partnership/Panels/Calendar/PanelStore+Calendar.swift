public import Governance
public import Kernel
internal import Secrets
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
        let seats = PanelStore.seats(of: occasion.actor, on: occasion.now.ukDate)
        let meetings = try meetings(of: panel, from: from, to: to, on: occasion, in: connection).filter {
            seats.contains($0.panel)
        }
        let events = try meetings.map { meeting in
            let panel = try self.panel(meeting.panel)
            return CalendarEvent(
                identifier: "\(meeting.id)@\(host)",
                summary: panel.isSealed ? "Panel meeting" : panel.definition.name, from: meeting.startsAt,
                to: meeting.endsAt, sequence: meeting.sequence, isCancelled: meeting.state == .cancelled)
        }
        return CalendarText.text(events, at: occasion.now)
    }

    /// Makes the secret part of the address at which the actor's calendar program fetches their meetings. The one before
    /// leads nowhere from then on.
    /// - Returns: the token, which is kept nowhere; its digest is.
    /// - Throws: `StorageError`.
    public func makeCalendarAddress(on occasion: Occasion, in connection: Connection) throws -> String {
        let token = Token.make()
        let account = occasion.actor.account
        try connection.run("DELETE FROM panel_calendars WHERE account = \(account)")
        try connection.run(
            """
            INSERT INTO panel_calendars (account, token_digest, made_at)
            VALUES (\(account), \(Token.digest(token)), \(occasion.now))
            """)
        try AuditLog.append(
            occasion.entry(
                .permission, Code("account").map { AuditObject($0, id: account.text, fields: ["calendar"]) }),
            in: connection)
        return token
    }

    /// Takes the address back.
    /// - Throws: `StorageError`.
    public func endCalendarAddress(on occasion: Occasion, in connection: Connection) throws {
        try connection.run("DELETE FROM panel_calendars WHERE account = \(occasion.actor.account)")
        try AuditLog.append(
            occasion.entry(
                .permission,
                Code("account").map { AuditObject($0, id: occasion.actor.account.text, fields: ["calendar"]) }),
            in: connection)
    }

    /// When the actor's address was made; nil when they have none.
    /// - Throws: `StorageError`.
    public func calendarAddressMadeAt(for account: ID<Account>, in connection: Connection) throws -> Instant? {
        try connection.first("SELECT made_at FROM panel_calendars WHERE account = \(account)")?.get("made_at")
    }

    /// Whose calendar a token fetches; nil for one that leads nowhere.
    /// - Throws: `StorageError`.
    public func calendarOwner(_ token: String, in connection: Connection) throws -> ID<Account>? {
        try connection.first("SELECT account FROM panel_calendars WHERE token_digest = \(Token.digest(token))")?
            .get("account")
    }
}
