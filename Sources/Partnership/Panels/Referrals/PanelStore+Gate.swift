public import Casework
public import Governance
internal import Instruments
public import Kernel
internal import Rules
public import Storage

// MARK: - The gate

extension PanelStore {
    /// Answers a referral. Who may see the case and works on the panel's minutes may; to turn down one of high risk,
    /// and to answer an appeal, takes the chair. The versions of the rules go with the answer.
    /// - Throws: `StorageError`; a `Fault` when a rule is wrong.
    public func answer(
        _ id: ID<PanelReferral>, _ answer: ReferralAnswer, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        try preparing(id, on: occasion, in: connection) { referral, panel, view in
            guard referral.state == .submitted || referral.state == .appealed else {
                return .failure(.referralState(referral.state))
            }
            let isChair = try register.mayPrepare(panel.definition.code, as: .publish, on: occasion)
            if referral.state == .appealed, !isChair { return .failure(.register(.denied(.noPermission))) }
            var answered = referral
            var decision = ReferralDecision(
                reason: nil, forum: nil, nextStep: nil,
                ruleVersion: "\(panel.type.code) \(panel.type.version), roles \(register.roles.version)",
                by: occasion.actor.account, at: occasion.now)
            switch answer {
            case .accept:
                answered.state = .accepted
                answered.dueOn = nil
                try findRepeat(referral, in: connection)
            case .sendBack(let missing):
                let missing = missing.map(\.singleSpaced).filter { !$0.isEmpty }
                guard !missing.isEmpty else {
                    return .failure(.problems([AnswerProblem("missing", "Say what is missing")]))
                }
                answered.state = .returned
                answered.missing = missing
                answered.dueOn = try last(panel.type.deadlines.completion, on: occasion)
            case .decline(let reason, let forum, let nextStep):
                if isOfHighRisk(view), !isChair { return .failure(.register(.denied(.noPermission))) }
                guard let reason = PanelStore.given(reason), let forum = PanelStore.given(forum),
                    let nextStep = PanelStore.given(nextStep)
                else {
                    return .failure(
                        .problems([
                            AnswerProblem("reason", "Enter why, which forum suits it better, and what happens next")
                        ]))
                }
                answered.state = .declined
                decision.reason = reason
                decision.forum = forum
                decision.nextStep = nextStep
                answered.dueOn =
                    referral.state == .appealed ? nil : try last(panel.type.deadlines.appeal, on: occasion)
                try endListings(
                    of: id, on: panel.definition.code, last: answered.dueOn, occasion, in: connection)
            }
            answered.decision = decision
            try ReferralRows.update(answered, in: connection)
            try register.note(
                .update, ID(referral.caseID), .p2, RegisterDetail(fields: ["referrals.\(id)"]), on: occasion,
                in: connection)
            if answered.state == .accepted {
                try cases.follow(
                    .accepted, of: referral.caseID, told: "Accepted by the \(panel.definition.name)", on: occasion,
                    in: connection)
            }
            return .success(())
        }
    }

    /// Whether it takes the chair to turn a case down: the first instrument of its type found its highest level, or what
    /// it calls high or above. A case that nobody assessed yet counts as one of high risk where its type has an instrument.
    public func isOfHighRisk(_ view: CaseView) -> Bool {
        guard let first = view.type.instruments.first, let instrument = cases.instruments.current(first) else {
            return false
        }
        guard let held = view.record.band.flatMap({ Code<RiskBand>($0) }).flatMap({ instrument.band($0) }),
            let highest = instrument.bands.last
        else { return true }
        let high = instrument.bands.first { $0.code.text == "high" } ?? highest
        return held.order >= high.order
    }

    /// Puts an accepted referral on the agenda of a meeting. After the last day for referrals it takes an emergency, or
    /// a meeting that was called for one.
    /// - Throws: `StorageError`.
    public func list(
        _ id: ID<PanelReferral>, on meetingID: ID<PanelMeeting>, _ new: NewItem = NewItem(), on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<ID<AgendaItem>, PanelRefusal> {
        try preparing(id, on: occasion, in: connection) { referral, _, _ in
            try working(on: meetingID, on: occasion, in: connection) { meeting, _, panel in
                guard meeting.panel == referral.panel else { return .failure(.register(.absent)) }
                guard referral.state == .accepted else { return .failure(.referralState(referral.state)) }
                if occasion.now.ukDate > meeting.referralsUntil, !referral.isEmergency, !meeting.isExtraordinary {
                    let day = meeting.referralsUntil.inWords
                    return .failure(.problems([AnswerProblem("meeting", "Referrals to it closed on \(day)")]))
                }
                let kind: AgendaKind =
                    if try isTransferredIn(referral, in: connection) { .transferIn } else {
                        try isRepeat(referral, in: connection) ? .repeat : .new
                    }
                let item = try add(referral, as: kind, to: meeting, panel, new, on: occasion, in: connection)
                if case .success = item { try ReferralRows.move(id, to: .listed, in: connection) }
                return item
            }
        }
    }

    /// Ends what a panel does with a case, when every action is complete or has an owner elsewhere.
    /// - Throws: `StorageError`.
    public func exit(
        _ id: ID<PanelReferral>, reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        try preparing(id, on: occasion, in: connection) { referral, panel, _ in
            guard referral.state == .planOpen else { return .failure(.referralState(referral.state)) }
            guard try register.mayPrepare(panel.definition.code, as: .publish, on: occasion) else {
                return .failure(.register(.denied(.noPermission)))
            }
            guard let reason = PanelStore.given(reason) else { return .failure(.stopped(.reason)) }
            let open = try connection.first(
                """
                SELECT id FROM panel_actions
                WHERE case_id = \(referral.caseID) AND panel = \(referral.panel) AND status = 'open'
                """)
            guard open == nil else {
                return .failure(.problems([AnswerProblem("actions", "Close every action first")]))
            }
            var ended = referral
            ended.state = .exited
            ended.decision?.reason = reason
            try ReferralRows.update(ended, in: connection)
            try register.note(
                .update, ID(referral.caseID), .p2, RegisterDetail(fields: ["referrals.\(id)"]), on: occasion,
                in: connection)
            return .success(())
        }
    }

    // MARK: - Looking

    /// A referral, as far as the actor may see; nil when there is none for them.
    /// - Throws: `StorageError`.
    public func referral(
        _ id: ID<PanelReferral>, on occasion: Occasion, in connection: Connection
    ) throws -> PanelReferral? {
        guard let referral = try ReferralRows.referral(id, in: connection) else { return nil }
        return try seen([referral], on: occasion, in: connection).first
    }

    /// What an actor may do with a panel's referrals and minutes.
    /// - Throws: a `Fault` when there is no such kind of record.
    public func rights(at panel: Code<Panel>, on occasion: Occasion) throws(Fault) -> PanelRights {
        PanelRights(
            prepares: try register.mayPrepare(panel, on: occasion),
            chairs: try register.mayPrepare(panel, as: .publish, on: occasion))
    }

    /// The referrals of a case that the actor may see, the oldest first.
    /// - Throws: `StorageError`.
    public func referrals(
        of id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelReferral] {
        try seen(try ReferralRows.referrals(of: id, in: connection), on: occasion, in: connection)
    }

    /// The referrals to a panel that the actor may see, the oldest first.
    /// - Throws: `StorageError`.
    public func referrals(
        to panel: Code<Panel>, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelReferral] {
        try seen(try ReferralRows.referrals(to: panel, in: connection), on: occasion, in: connection)
    }

    private func seen(
        _ referrals: [PanelReferral], on occasion: Occasion, in connection: Connection
    ) throws -> [PanelReferral] {
        let visible = Set(partnership.visiblePanels(for: occasion.actor, on: occasion.now.ukDate).map(\.code))
        let known = referrals.filter { visible.contains($0.panel) }
        let ids = known.map { ID<Registered>($0.caseID) }
        let listed = Set(
            try register.listed(ids, PanelStore.kind("case"), on: occasion, in: connection).map(\.id))
        let entries = try register.entries(ids, now: occasion.now, in: connection)
        return try known.compactMap { referral in
            guard listed.contains(ID(referral.caseID)), let entry = entries[ID(referral.caseID)] else { return nil }
            func allows(_ fieldClass: FieldClass) -> Bool {
                register.decide(.read, fieldClass, on: entry, by: occasion.actor, now: occasion.now).isPermitted
            }
            guard allows(.p0) else { return nil }
            var referral = referral
            referral.reference = entry.title
            guard allows(.p2) else { return referral.withoutDetails }
            try register.note(
                .read, ID(referral.caseID), .p2, RegisterDetail(fields: ["referrals.\(referral.id)"]), on: occasion,
                in: connection)
            return referral
        }
    }

    // MARK: - Helpers

    /// Goes on with a referral whose case the actor may see and on whose panel they work.
    private func preparing<Value>(
        _ id: ID<PanelReferral>, on occasion: Occasion, in connection: Connection,
        _ body: (PanelReferral, KnownPanel, CaseView) throws -> Result<Value, PanelRefusal>
    ) throws -> Result<Value, PanelRefusal> {
        guard let referral = try ReferralRows.referral(id, in: connection),
            case .found(let view) = try cases.read(referral.caseID, on: occasion, in: connection),
            let panel = panel(referral.panel, for: occasion.actor, on: occasion.now.ukDate)
        else { return .failure(.register(.absent)) }
        guard try register.mayPrepare(panel.definition.code, on: occasion) else {
            return .failure(.register(.denied(.noPermission)))
        }
        return try body(referral, panel, view)
    }
}

/// What someone may do at a panel.
public struct PanelRights: Hashable, Sendable {
    /// They work on its minutes: take referrals in, set the agenda, write attendance and minutes.
    public let prepares: Bool
    /// They approve its minutes, hear appeals and end its plans.
    public let chairs: Bool
}

extension PanelReferral {
    fileprivate var withoutDetails: PanelReferral {
        var referral = self
        referral.why = ""
        referral.missing = []
        referral.appeal = nil
        referral.decision?.reason = nil
        referral.decision?.nextStep = nil
        return referral
    }
}
