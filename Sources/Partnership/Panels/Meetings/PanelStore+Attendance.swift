internal import Casework
public import Governance
public import Kernel
public import Storage

// MARK: - Attendance

extension PanelStore {
    /// The actor accepts confidentiality for a meeting. Without it nobody sees an item.
    /// - Throws: `StorageError`.
    public func acceptConfidentiality(
        for id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        guard let meeting = try sitting(at: id, on: occasion, in: connection) else {
            return .failure(.register(.absent))
        }
        guard meeting.state != .cancelled else { return .failure(.meetingState(meeting.state)) }
        try connection.run(
            """
            INSERT INTO panel_attendance (meeting, account, agency, accepted_at)
            VALUES (\(id), \(occasion.actor.account), \(occasion.actor.agency), \(occasion.now))
            ON CONFLICT (meeting, account)
            DO UPDATE SET accepted_at = COALESCE(panel_attendance.accepted_at, \(occasion.now))
            """)
        try register.note(
            .update, ID(id), .p0, RegisterDetail(fields: ["confidentiality"]), on: occasion, in: connection)
        return .success(())
    }

    /// Whether the actor sees the items of a meeting: they accepted confidentiality, or the panel does not ask for it.
    /// - Throws: `StorageError`.
    public func hasAccepted(
        for id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> Bool {
        guard let meeting = try sitting(at: id, on: occasion, in: connection) else { return false }
        guard try panel(meeting.panel).type.asksConfidentiality else { return true }
        return try MeetingRows.attendance(id, in: connection).contains {
            $0.account == occasion.actor.account && $0.acceptedAt != nil
        }
    }

    /// Writes whether someone was at a meeting.
    /// - Parameters:
    ///   - deputyFor: the member for whom they stand in.
    /// - Throws: `StorageError`.
    public func record(
        _ presence: PanelPresence, of account: ID<Account>, from agency: Code<Agency>, deputyFor: ID<Account>? = nil,
        at id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        try working(on: id, on: occasion, in: connection) { meeting, _, panel in
            guard meeting.state.isAhead || meeting.state.takesMinutes else {
                return .failure(.meetingState(meeting.state))
            }
            guard panel.definition.agencies.contains(agency) else {
                return .failure(.problems([AnswerProblem("agency", "Choose an agency that sits on the panel")]))
            }
            if let refusal = try touch(id, .p1, ["attendance"], on: occasion, in: connection) {
                return .failure(refusal)
            }
            try connection.run(
                """
                INSERT INTO panel_attendance (meeting, account, agency, presence, deputy_for)
                VALUES (\(id), \(account), \(agency), \(presence.rawValue), \(deputyFor))
                ON CONFLICT (meeting, account)
                DO UPDATE SET presence = \(presence.rawValue), deputy_for = \(deputyFor)
                """)
            return .success(())
        }
    }

    /// Who was at a meeting, and whether they are enough; nil when there is no such meeting for the actor.
    /// - Throws: `StorageError`.
    public func attendance(
        of id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> (places: [PanelAttendance], quorum: QuorumFinding)? {
        guard let meeting = try sitting(at: id, .p1, on: occasion, in: connection) else { return nil }
        try shown(id, .p1, ["attendance"], on: occasion, in: connection)
        let places = try MeetingRows.attendance(id, in: connection)
        return (places, quorum(places, try panel(meeting.panel)))
    }

    /// The actor declares that they know someone of an item: the item and its case do not exist for them from now on.
    /// The answer is the same whether there is such an item or not.
    /// - Throws: `StorageError`.
    public func declareConflict(
        with item: ID<AgendaItem>, on occasion: Occasion, in connection: Connection
    ) throws {
        guard let known = try MeetingRows.item(item, in: connection),
            try sitting(at: known.meeting, on: occasion, in: connection) != nil
        else { return }
        try withdraw(occasion.actor.account, from: item, as: "conflict", at: occasion.now, in: connection)
        try register.declareConflict(with: ID(known.caseID), on: occasion, in: connection)
    }

    /// The actor leaves the room for an item.
    /// - Throws: `StorageError`.
    public func leave(
        for item: ID<AgendaItem>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        guard let known = try MeetingRows.item(item, in: connection),
            try visibleItems(of: known.meeting, on: occasion, in: connection).contains(where: { $0.id == item })
        else { return .failure(.register(.absent)) }
        try withdraw(occasion.actor.account, from: item, as: "left", at: occasion.now, in: connection)
        try register.note(
            .update, ID(known.meeting), .p0, RegisterDetail(fields: ["attendance"]), on: occasion, in: connection)
        return .success(())
    }

    private func withdraw(
        _ account: ID<Account>, from item: ID<AgendaItem>, as why: String, at now: Instant, in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO panel_withdrawals (item, account, why, at) VALUES (\(item), \(account), \(why), \(now))
            ON CONFLICT (item, account, why) DO NOTHING
            """)
    }

    /// Who was out of the room for an item, of those that the actor may see.
    /// - Throws: `StorageError`.
    public func outOfTheRoom(
        for item: ID<AgendaItem>, on occasion: Occasion, in connection: Connection
    ) throws -> Set<ID<Account>> {
        guard let known = try MeetingRows.item(item, in: connection),
            try visibleItems(of: known.meeting, on: occasion, in: connection).contains(where: { $0.id == item })
        else { return [] }
        try shown(known.meeting, .p1, ["attendance"], on: occasion, in: connection)
        return Set(
            try connection.rows("SELECT account FROM panel_withdrawals WHERE item = \(item)").map {
                try $0.get("account", as: ID<Account>.self)
            })
    }
}
