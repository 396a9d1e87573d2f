public import Governance
public import Kernel
public import Storage

/// Something at a panel that waits for someone.
public struct PanelWork: Hashable, Sendable {
    /// What waits.
    public enum Kind: Hashable, Sendable {
        /// They undertook this.
        case action(PanelAction)
        /// A referral waits for the co-ordinator or, when it is appealed, for the chair.
        case answer(PanelReferral)
        /// A referral of theirs came back for what is missing.
        case complete(PanelReferral)
        /// A referral of theirs was turned down, and they may still ask the chair to look again.
        case declined(PanelReferral)
        /// A referral that was accepted stands on no agenda; with the next meeting that takes it, where one is called.
        case list(PanelReferral, next: PanelMeeting?)
        /// They accept confidentiality before they see what a meeting asks their agency about.
        case confidentiality(PanelMeeting)
        /// Their agency is asked about so many people of a meeting.
        case research(PanelMeeting, people: Int)
        /// The minutes of a meeting are to be written, or to be approved by them.
        case minutes(PanelMeeting)
    }

    /// What waits.
    public let kind: Kind
    /// The last day on which it is in time.
    public let due: LocalDate
}

// MARK: - My work today

extension PanelStore {
    /// How far ahead research is looked for, in days.
    private static let horizon = 60
    /// How far ahead a meeting is looked for that takes a referral, in days.
    private static let listingHorizon = 184

    /// Everything at panels that waits for the actor, what is due first at the top.
    /// - Throws: `StorageError`; a `Fault` when there is no such kind of record.
    public func work(on occasion: Occasion, in connection: Connection) throws -> [PanelWork] {
        let today = occasion.now.ukDate
        var found = try ownActions(on: occasion, in: connection).map { PanelWork(kind: .action($0), due: $0.due) }
        for panel in partnership.visiblePanels(for: occasion.actor, on: today) {
            let rights = try rights(at: panel.code, on: occasion)
            if rights.prepares {
                found += try referralsToAnswer(panel.code, rights, on: occasion, in: connection)
                found += try referralsToList(panel.code, on: occasion, in: connection)
            }
            guard PanelStore.sits(occasion.actor, on: panel.code, on: today) else { continue }
            let first = today.advanced(by: -PanelStore.horizon)
            var meetings = try meetings(
                of: panel.code, from: first, to: today.advanced(by: PanelStore.horizon), on: occasion, in: connection)
            // Minutes wait until they are approved, however long ago the meeting was.
            if rights.prepares || rights.chairs {
                meetings += try unapproved(of: panel.code, before: first, on: occasion, in: connection)
            }
            for meeting in meetings {
                if let work = try work(at: meeting, rights, on: occasion, in: connection) { found.append(work) }
            }
        }
        found += try ReferralRows.returned(by: occasion.actor, in: connection).compactMap { id in
            try referral(id, on: occasion, in: connection).flatMap { referral in
                referral.dueOn.map { PanelWork(kind: .complete(referral), due: $0) }
            }
        }
        found += try ReferralRows.appealable(by: occasion.actor, on: today, in: connection).compactMap { id in
            try referral(id, on: occasion, in: connection).flatMap { referral in
                referral.dueOn.map { PanelWork(kind: .declined(referral), due: $0) }
            }
        }
        return found.sorted { $0.due < $1.due }
    }

    /// What was accepted and stands on no agenda: due on the last day on which the next meeting takes it, and at once where
    /// it cannot wait.
    private func referralsToList(
        _ panel: Code<Panel>, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelWork] {
        let waiting = try referrals(to: panel, on: occasion, in: connection).filter { $0.state == .accepted }
        guard !waiting.isEmpty else { return [] }
        let today = occasion.now.ukDate
        let ahead = try meetings(
            of: panel, from: today, to: today.advanced(by: PanelStore.listingHorizon), on: occasion, in: connection
        ).filter(\.state.takesItems).sorted { $0.startsAt < $1.startsAt }
        return waiting.map { referral in
            let next = ahead.first { referral.isEmergency || $0.isExtraordinary || today <= $0.referralsUntil }
            let accepted = referral.decision?.at.ukDate ?? today
            var due = accepted
            if let next, !referral.isEmergency { due = next.isExtraordinary ? next.day : next.referralsUntil }
            return PanelWork(kind: .list(referral, next: next), due: due)
        }
    }

    private func referralsToAnswer(
        _ panel: Code<Panel>, _ rights: PanelRights, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelWork] {
        try referrals(to: panel, on: occasion, in: connection).compactMap { referral in
            guard referral.state == .submitted || referral.state == .appealed && rights.chairs,
                let due = referral.dueOn
            else { return nil }
            return PanelWork(kind: .answer(referral), due: due)
        }
    }

    private func work(
        at meeting: PanelMeeting, _ rights: PanelRights, on occasion: Occasion, in connection: Connection
    ) throws -> PanelWork? {
        switch meeting.state {
        case .researchOpen, .researchClosed:
            guard try hasAccepted(for: meeting.id, on: occasion, in: connection) else {
                return PanelWork(kind: .confidentiality(meeting), due: meeting.researchUntil)
            }
            let people = try nominals(of: meeting.id, on: occasion, in: connection).count { $0.answer == nil }
            return people > 0
                ? PanelWork(kind: .research(meeting, people: people), due: meeting.researchUntil) : nil
        case .inSession, .minutesDraft:
            let isTheirs = meeting.state == .inSession ? rights.prepares : rights.chairs
            return isTheirs ? PanelWork(kind: .minutes(meeting), due: meeting.minutesUntil) : nil
        case .scheduled, .agendaPublished, .minutesApproved, .closed, .cancelled: return nil
        }
    }
}
