internal import Governance
internal import Kernel
internal import Storage

// MARK: - Who sees a referred case

/// Whoever refers a case may change it, and lets the panel see it by referring: what the panel then does is to open
/// that to the agencies that are asked, and to end it. It touches only records that a referrer listed on this panel.
extension PanelStore {
    /// Opens what was referred to the agencies that are asked to its item; to all of the panel when there are none.
    func openListings(
        of referral: ID<PanelReferral>, _ panel: KnownPanel, to agencies: Set<Code<Agency>>, _ occasion: Occasion,
        in connection: Connection
    ) throws {
        try connection.run(
            """
            UPDATE panel_listed SET agencies = \(MeetingRows.text(agencies)), until_day = NULL
            WHERE referral = \(referral)
            """)
        try writeListings(of: referral, on: panel.definition.code, occasion, in: connection)
    }

    /// Ends what a referral opened with a day, or at once.
    func endListings(
        of referral: ID<PanelReferral>, on panel: Code<Panel>, last: LocalDate?, _ occasion: Occasion,
        in connection: Connection
    ) throws {
        // A day that lies before the first holds on no day.
        let last = last ?? LocalDate(day: 0)
        try connection.run("UPDATE panel_listed SET until_day = \(last) WHERE referral = \(referral)")
        try writeListings(of: referral, on: panel, occasion, in: connection)
    }

    /// Ends the listings of a meeting's cases, but of those that another meeting is still to hear or to write up.
    func endListings(
        of meeting: ID<PanelMeeting>, panel: KnownPanel, on last: LocalDate, _ occasion: Occasion,
        in connection: Connection
    ) throws {
        for item in try MeetingRows.items(of: meeting, in: connection) {
            guard let referral = item.referral else { continue }
            let other = try connection.first(
                """
                SELECT i.id FROM panel_items i JOIN panel_meetings m ON m.id = i.meeting
                WHERE i.referral = \(referral) AND i.meeting <> \(meeting) AND i.taken_off_at IS NULL
                    AND m.approved_at IS NULL AND m.state <> 'cancelled'
                """)
            guard other == nil else { continue }
            try endListings(of: referral, on: panel.definition.code, last: last, occasion, in: connection)
        }
    }

    /// Writes into the register what the referrals of each record say.
    private func writeListings(
        of referral: ID<PanelReferral>, on panel: Code<Panel>, _ occasion: Occasion, in connection: Connection
    ) throws {
        for record in try ReferralRows.records(of: referral, in: connection) {
            let listings = try ReferralRows.listings(of: record, on: panel, in: connection)
            let refusal = try register.relist(record, on: panel, listings, occasion: occasion, in: connection)
            // Its callers asked already whether the actor works on the panel or referred the case.
            if let refusal { throw refusal.fault }
        }
    }
}
