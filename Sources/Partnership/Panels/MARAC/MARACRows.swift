internal import Governance
internal import Kernel
internal import People
internal import Storage

/// How referrals are read for repeats and flags. Nothing here asks who may see them.
enum MARACRows {
    static func pair(of id: ID<PanelReferral>, in connection: Connection) throws -> ReferredPair? {
        try connection.first(
            "SELECT * FROM panel_referrals WHERE id = \(id) AND victim IS NOT NULL"
        ).map { row in
            ReferredPair(
                victim: try row.get("victim"), perpetrator: try row.get("perpetrator"),
                happenedOn: try row.get("incident_on"), isCriminal: try row.get("incident_criminal"))
        }
    }

    /// The definition under which a referral was found to be a repeat or none; nil where nobody looked.
    static func definition(
        of id: ID<PanelReferral>, in connection: Connection
    ) throws -> RepeatDefinition? {
        try connection.first("SELECT repeat_definition FROM panel_referrals WHERE id = \(id)")?
            .optional("repeat_definition", as: String.self).flatMap(RepeatDefinition.init(rawValue:))
    }

    /// The accepted referrals to these panels, each with the day on which it was heard.
    static func accepted(
        by panels: [Code<Panel>], but other: ID<PanelReferral>? = nil, in connection: Connection
    ) throws -> [MARACReferral] {
        let states = ReferralState.allCases.filter(\.isAccepted).map(\.rawValue)
        return try connection.rows(
            """
            SELECT r.id, r.victim, r.perpetrator, r.counts_from, (SELECT MAX(m.starts_at) FROM panel_items i
                JOIN panel_meetings m ON m.id = i.meeting
                WHERE i.referral = r.id AND i.decision IS NOT NULL) AS heard_at
            FROM panel_referrals r
            WHERE r.panel IN (\(list: panels)) AND r.state IN (\(list: states)) AND r.victim IS NOT NULL
            ORDER BY r.referred_at, r.id
            """
        ).compactMap { row in
            if let other, try row.get("id", as: ID<PanelReferral>.self) == other { return nil }
            return MARACReferral(
                victim: try row.get("victim"), perpetrator: try row.get("perpetrator"),
                referredOn: try row.get("counts_from"),
                heardOn: try row.optional("heard_at", as: Instant.self)?.ukDate)
        }
    }
}
