internal import Casework
internal import Governance
internal import Kernel
internal import Storage

/// How meetings and their items lie in their tables. Nothing here asks who may see them.
enum MeetingRows {
    static func meeting(_ id: ID<PanelMeeting>, in connection: Connection) throws -> PanelMeeting? {
        try connection.first("SELECT * FROM panel_meetings WHERE id = \(id)").map(meeting)
    }

    static func meetings(_ ids: [ID<PanelMeeting>], in connection: Connection) throws -> [PanelMeeting] {
        guard !ids.isEmpty else { return [] }
        return try connection.rows(
            "SELECT * FROM panel_meetings WHERE id IN (\(list: ids)) ORDER BY starts_at, id"
        ).map(meeting)
    }

    private static func meeting(_ row: Row) throws -> PanelMeeting {
        guard let state = MeetingState(rawValue: try row.get("state")) else {
            throw StorageError.wrongValue(column: "state")
        }
        return PanelMeeting(
            id: try row.get("id"), panel: try row.get("panel"), typeVersion: try row.get("type_version"),
            startsAt: try row.get("starts_at"), endsAt: try row.get("ends_at"), state: state,
            isExtraordinary: try row.get("extraordinary"), sequence: try row.get("sequence"),
            referralsUntil: try row.get("referrals_until"), researchUntil: try row.get("research_until"),
            minutesUntil: try row.get("minutes_until"), approvedAt: try row.optional("approved_at"),
            approvedBy: try row.optional("approved_by"), calledAt: try row.get("called_at"))
    }

    static func insert(_ meeting: PanelMeeting, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO panel_meetings (id, panel, type_version, starts_at, ends_at, state, extraordinary, sequence,
                referrals_until, research_until, minutes_until, called_at)
            VALUES (\(meeting.id), \(meeting.panel), \(meeting.typeVersion), \(meeting.startsAt), \(meeting.endsAt),
                \(meeting.state.rawValue), \(meeting.isExtraordinary), \(meeting.sequence), \(meeting.referralsUntil),
                \(meeting.researchUntil), \(meeting.minutesUntil), \(meeting.calledAt))
            """)
    }

    static func update(_ meeting: PanelMeeting, in connection: Connection) throws {
        try connection.run(
            """
            UPDATE panel_meetings
            SET starts_at = \(meeting.startsAt), ends_at = \(meeting.endsAt), state = \(meeting.state.rawValue),
                sequence = \(meeting.sequence), referrals_until = \(meeting.referralsUntil),
                research_until = \(meeting.researchUntil), minutes_until = \(meeting.minutesUntil),
                approved_at = \(meeting.approvedAt), approved_by = \(meeting.approvedBy)
            WHERE id = \(meeting.id)
            """)
    }

    static func step(
        _ step: MeetingStep, of meeting: ID<PanelMeeting>, from: MeetingState, to: MeetingState, reason: String?,
        by account: ID<Account>, at now: Instant, in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO panel_steps (id, meeting, step, from_state, to_state, reason, made_by, made_at)
            VALUES (\(ID<MeetingStep>(at: now)), \(meeting), \(step.rawValue), \(from.rawValue), \(to.rawValue),
                \(reason), \(account), \(now))
            """)
    }

    // MARK: - Items

    static func item(_ id: ID<AgendaItem>, in connection: Connection) throws -> AgendaItem? {
        try connection.first("SELECT * FROM panel_items WHERE id = \(id)").map(item)
    }

    /// The items of a meeting that were not taken off its agenda, as they were listed.
    static func items(of meeting: ID<PanelMeeting>, in connection: Connection) throws -> [AgendaItem] {
        try connection.rows(
            "SELECT * FROM panel_items WHERE meeting = \(meeting) AND taken_off_at IS NULL ORDER BY listed_at, id"
        ).map(item)
    }

    /// The meetings at which a case stands on the agenda, the oldest first.
    static func meetings(hearing id: ID<CaseRecord>, in connection: Connection) throws -> [ID<PanelMeeting>] {
        try connection.rows(
            """
            SELECT DISTINCT m.id, m.starts_at FROM panel_items i JOIN panel_meetings m ON m.id = i.meeting
            WHERE i.case_id = \(id) AND i.taken_off_at IS NULL ORDER BY m.starts_at, m.id
            """
        ).map { try $0.get("id") }
    }

    private static func item(_ row: Row) throws -> AgendaItem {
        guard let kind = AgendaKind(rawValue: try row.get("kind")) else {
            throw StorageError.wrongValue(column: "kind")
        }
        return AgendaItem(
            id: try row.get("id"), meeting: try row.get("meeting"), caseID: try row.get("case_id"),
            referral: try row.optional("referral"), kind: kind, isUrgent: try row.get("urgent"),
            agencies: codes(try row.get("agencies")), presenter: try row.optional("presenter"),
            allotted: try row.optional("allotted"), taken: try row.optional("taken"),
            decision: try row.optional("decision"), noAction: try row.optional("no_action"),
            riskBefore: try row.optional("risk_before"), riskAfter: try row.optional("risk_after"),
            listedAt: try row.get("listed_at"), takenOffAt: try row.optional("taken_off_at"))
    }

    static func insert(_ item: AgendaItem, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO panel_items (id, meeting, case_id, referral, kind, urgent, agencies, presenter, allotted,
                risk_before, listed_at)
            VALUES (\(item.id), \(item.meeting), \(item.caseID), \(item.referral), \(item.kind.rawValue),
                \(item.isUrgent), \(text(item.agencies)), \(item.presenter), \(item.allotted), \(item.riskBefore),
                \(item.listedAt))
            """)
    }

    static func codes<Tag>(_ text: String) -> Set<Code<Tag>> {
        Set(text.split(separator: " ").compactMap { Code(String($0)) })
    }

    static func text<Tag>(_ codes: Set<Code<Tag>>) -> String { codes.sorted().map(\.text).joined(separator: " ") }

    // MARK: - Attendance

    static func attendance(_ meeting: ID<PanelMeeting>, in connection: Connection) throws -> [PanelAttendance] {
        try connection.rows("SELECT * FROM panel_attendance WHERE meeting = \(meeting) ORDER BY agency, account").map {
            row in
            let presence = try row.optional("presence", as: String.self)
            return PanelAttendance(
                account: try row.get("account"), agency: try row.get("agency"),
                presence: presence.flatMap(PanelPresence.init(rawValue:)), deputyFor: try row.optional("deputy_for"),
                acceptedAt: try row.optional("accepted_at"))
        }
    }

    static func withdrawn(
        _ account: ID<Account>, from items: [ID<AgendaItem>], in connection: Connection
    ) throws -> Set<ID<AgendaItem>> {
        guard !items.isEmpty else { return [] }
        return Set(
            try connection.rows(
                """
                SELECT item FROM panel_withdrawals
                WHERE account = \(account) AND why = 'conflict' AND item IN (\(list: items))
                """
            ).map { try $0.get("item", as: ID<AgendaItem>.self) })
    }
}
