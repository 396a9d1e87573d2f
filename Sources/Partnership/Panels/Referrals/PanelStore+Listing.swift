internal import Governance
internal import Kernel
internal import Storage

// MARK: - Who sees a referred case

/// Whoever refers a case may change it, and lets the panel see it by referring: what the panel then does is to open
/// that to the agencies that are asked, and to end it. It touches only records that a referrer listed on this panel.
extension PanelStore {
    /// Opens what was referred to the agencies that are asked to its item; to all of the panel when there are none. A
    /// person whose record the actor may not list any more, since it was restricted or they declared a conflict, stays
    /// closed.
    func openListings(
        of referral: ID<PanelReferral>, _ panel: KnownPanel, to agencies: Set<Code<Agency>>, _ occasion: Occasion,
        in connection: Connection
    ) throws {
        try connection.run(
            """
            UPDATE panel_listed SET agencies = \(MeetingRows.text(agencies)), until_day = NULL
            WHERE referral = \(referral)
            """)
        for record in try ReferralRows.records(of: referral, in: connection) {
            let listings = try ReferralRows.listings(of: record, on: panel.definition.code, in: connection)
            let refusal = try register.relist(
                record, on: panel.definition.code, listings, occasion: occasion, in: connection)
            if refusal != nil {
                try connection.run(
                    """
                    UPDATE panel_listed SET until_day = \(PanelStore.noDay)
                    WHERE referral = \(referral) AND record = \(record)
                    """)
            }
        }
    }

    /// A last day that lies before every first one: what ends with it holds on no day.
    private static let noDay = LocalDate(day: 0)

    /// Ends what a referral opened with a day, or at once. It takes no right to the people of the case.
    func endListings(
        of referral: ID<PanelReferral>, on panel: Code<Panel>, last: LocalDate?, _ occasion: Occasion,
        in connection: Connection
    ) throws {
        let last = last ?? PanelStore.noDay
        // What ended earlier stays so.
        try connection.run(
            """
            UPDATE panel_listed SET until_day = \(last)
            WHERE referral = \(referral) AND (until_day IS NULL OR until_day <> \(PanelStore.noDay))
            """)
        for record in try ReferralRows.records(of: referral, in: connection) {
            let listings = try ReferralRows.listings(of: record, on: panel, in: connection)
            let refusal = try register.relist(record, on: panel, listings, occasion: occasion, in: connection)
            // What is not listed any more is closed already.
            if let refusal, refusal != .absent { throw refusal.fault }
        }
    }

    /// Ends what a referral opened as the last approved meeting that heard it left it; at once where there is none.
    func closeListings(
        of referral: ID<PanelReferral>, _ panel: KnownPanel, _ occasion: Occasion, in connection: Connection
    ) throws {
        let heard = try connection.first(
            """
            SELECT i.agencies, m.approved_at FROM panel_items i JOIN panel_meetings m ON m.id = i.meeting
            WHERE i.referral = \(referral) AND i.taken_off_at IS NULL AND m.approved_at IS NOT NULL
            ORDER BY m.approved_at DESC LIMIT 1
            """)
        guard let heard else {
            return try endListings(of: referral, on: panel.definition.code, last: nil, occasion, in: connection)
        }
        let approvedAt: Instant = try heard.get("approved_at")
        let agencies: String = try heard.get("agencies")
        try connection.run("UPDATE panel_listed SET agencies = \(agencies) WHERE referral = \(referral)")
        try endListings(
            of: referral, on: panel.definition.code,
            last: approvedAt.ukDate.advanced(by: panel.definition.daysOpen), occasion, in: connection)
    }

    /// Whether another meeting is still to hear what was referred, or to write it up.
    func isHeardElsewhere(
        _ referral: ID<PanelReferral>, than meeting: ID<PanelMeeting>, in connection: Connection
    ) throws -> Bool {
        try connection.first(
            """
            SELECT i.id FROM panel_items i JOIN panel_meetings m ON m.id = i.meeting
            WHERE i.referral = \(referral) AND i.meeting <> \(meeting) AND i.taken_off_at IS NULL
                AND m.approved_at IS NULL AND m.state <> 'cancelled'
            """) != nil
    }

    /// Ends the listings of a meeting's cases, but of those that another meeting is still to hear or to write up.
    func endListings(
        of meeting: ID<PanelMeeting>, panel: KnownPanel, on last: LocalDate, _ occasion: Occasion,
        in connection: Connection
    ) throws {
        for item in try MeetingRows.items(of: meeting, in: connection) {
            guard let referral = item.referral,
                try !isHeardElsewhere(referral, than: meeting, in: connection)
            else { continue }
            try endListings(of: referral, on: panel.definition.code, last: last, occasion, in: connection)
        }
    }
}
