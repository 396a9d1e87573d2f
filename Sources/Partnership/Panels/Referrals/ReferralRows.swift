internal import Casework
internal import Governance
internal import Kernel
internal import People
internal import Storage

/// How referrals and listings lie in their tables. Nothing here asks who may see them.
enum ReferralRows {
    static func referral(_ id: ID<PanelReferral>, in connection: Connection) throws -> PanelReferral? {
        try connection.first("SELECT * FROM panel_referrals WHERE id = \(id)").map(referral)
    }

    static func referrals(of id: ID<CaseRecord>, in connection: Connection) throws -> [PanelReferral] {
        try connection.rows("SELECT * FROM panel_referrals WHERE case_id = \(id) ORDER BY referred_at, id")
            .map(referral)
    }

    static func referrals(to panel: Code<Panel>, in connection: Connection) throws -> [PanelReferral] {
        try connection.rows("SELECT * FROM panel_referrals WHERE panel = \(panel) ORDER BY referred_at, id")
            .map(referral)
    }

    /// Referrals that came back to who made them.
    static func returned(by actor: Actor, in connection: Connection) throws -> [ID<PanelReferral>] {
        try connection.rows(
            """
            SELECT id FROM panel_referrals
            WHERE referred_by = \(actor.account) AND agency = \(actor.agency) AND state = 'returned' ORDER BY due_on, id
            """
        ).map { try $0.get("id") }
    }

    /// Referrals that were turned down, whose makers may still ask the chair to look again on that day.
    static func appealable(
        by actor: Actor, on day: LocalDate, in connection: Connection
    ) throws -> [ID<PanelReferral>] {
        try connection.rows(
            """
            SELECT id FROM panel_referrals
            WHERE referred_by = \(actor.account) AND agency = \(actor.agency) AND state = 'declined'
                AND appeal IS NULL AND due_on >= \(day)
            ORDER BY due_on, id
            """
        ).map { try $0.get("id") }
    }

    private static func referral(_ row: Row) throws -> PanelReferral {
        guard let state = ReferralState(rawValue: try row.get("state")) else {
            throw StorageError.wrongValue(column: "state")
        }
        var decision: ReferralDecision?
        if let version = try row.optional("rule_version", as: String.self) {
            decision = ReferralDecision(
                reason: try row.optional("reason"), forum: try row.optional("forum"),
                nextStep: try row.optional("next_step"), ruleVersion: version, by: try row.get("decided_by"),
                at: try row.get("decided_at"))
        }
        let missing: String = try row.get("missing")
        var found: FoundRepeat?
        if let isRepeat = try row.optional("is_repeat", as: Bool.self),
            let definition = RepeatDefinition(rawValue: try row.optional("repeat_definition") ?? "")
        {
            found = FoundRepeat(isRepeat: isRepeat, definition: definition)
        }
        return PanelReferral(
            id: try row.get("id"), panel: try row.get("panel"), caseID: try row.get("case_id"),
            route: try row.get("route"), why: try row.get("why"), isEmergency: try row.get("emergency"),
            agency: try row.get("agency"), referredBy: try row.get("referred_by"),
            referredAt: try row.get("referred_at"), countsFrom: try row.get("counts_from"), state: state,
            missing: missing.split(separator: "\n").map(String.init), decision: decision,
            appeal: try row.optional("appeal"), dueOn: try row.optional("due_on"),
            typeVersion: try row.get("type_version"), repeatFound: found)
    }

    static func insert(_ referral: PanelReferral, _ pair: ReferredPair?, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO panel_referrals (id, panel, case_id, route, why, emergency, agency, referred_by, referred_at,
                counts_from, victim, perpetrator, incident_on, incident_criminal, state, missing, due_on, type_version)
            VALUES (\(referral.id), \(referral.panel), \(referral.caseID), \(referral.route), \(referral.why),
                \(referral.isEmergency), \(referral.agency), \(referral.referredBy), \(referral.referredAt),
                \(referral.countsFrom), \(pair?.victim), \(pair?.perpetrator), \(pair?.happenedOn),
                \(pair?.isCriminal), \(referral.state.rawValue), '', \(referral.dueOn), \(referral.typeVersion))
            """)
    }

    static func update(_ referral: PanelReferral, in connection: Connection) throws {
        try connection.run(
            """
            UPDATE panel_referrals
            SET state = \(referral.state.rawValue), why = \(referral.why),
                missing = \(referral.missing.joined(separator: "\n")), reason = \(referral.decision?.reason),
                forum = \(referral.decision?.forum), next_step = \(referral.decision?.nextStep),
                rule_version = \(referral.decision?.ruleVersion), decided_by = \(referral.decision?.by),
                decided_at = \(referral.decision?.at), appeal = \(referral.appeal), due_on = \(referral.dueOn)
            WHERE id = \(referral.id)
            """)
    }

    static func move(_ id: ID<PanelReferral>, to state: ReferralState, in connection: Connection) throws {
        try connection.run(
            "UPDATE panel_referrals SET state = \(state.rawValue), due_on = NULL WHERE id = \(id)")
    }

    // MARK: - Listings

    /// The listings of a record on a panel, as its referrals gave them.
    static func listings(
        of record: ID<Registered>, on panel: Code<Panel>, in connection: Connection
    ) throws -> [RecordFacts.Listing] {
        try connection.rows(
            """
            SELECT agencies, from_day, until_day FROM panel_listed
            WHERE record = \(record) AND panel = \(panel) ORDER BY from_day, referral
            """
        ).map { row in
            RecordFacts.Listing(
                panel: panel, from: try row.get("from_day"), until: try row.optional("until_day"),
                agencies: MeetingRows.codes(try row.get("agencies")))
        }
    }

    static func records(
        of referral: ID<PanelReferral>, in connection: Connection
    ) throws -> [ID<Registered>] {
        try connection.rows("SELECT record FROM panel_listed WHERE referral = \(referral) ORDER BY record").map {
            try $0.get("record")
        }
    }

    static func list(
        _ record: ID<Registered>, for referral: ID<PanelReferral>, _ listing: RecordFacts.Listing,
        in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO panel_listed (record, panel, referral, agencies, from_day, until_day)
            VALUES (\(record), \(listing.panel), \(referral), \(MeetingRows.text(listing.agencies)),
                \(listing.from), \(listing.until))
            """)
    }
}
