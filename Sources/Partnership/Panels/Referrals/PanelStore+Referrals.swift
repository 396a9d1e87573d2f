internal import Casework
public import Governance
public import Kernel
internal import People
internal import Rules
public import Storage

// MARK: - Referring

extension PanelStore {
    /// Refers a case to a panel. The agency that prepares the panel sees the case from now on, and no other yet; the
    /// risk stays with the referrer until the panel accepts.
    /// - Throws: `StorageError`; a `Fault` when a rule is wrong.
    public func refer(
        _ new: NewReferral, on occasion: Occasion, in connection: Connection
    ) throws -> Result<MadeReferral, PanelRefusal> {
        let today = occasion.now.ukDate
        guard case .found(let view) = try cases.read(new.caseID, on: occasion, in: connection),
            let panel = panel(new.panel, for: occasion.actor, on: today)
        else { return .failure(.register(.absent)) }
        let problems = try problems(with: new, view, panel, on: today, in: connection)
        guard problems.isEmpty, let why = PanelStore.given(new.why) else { return .failure(.problems(problems)) }
        guard try !isTransferredOut(new.caseID, from: new.panel, in: connection) else { return .failure(.transferred) }
        let first = try TransferRows.received(new.caseID, by: new.panel, in: connection)
        let referral = PanelReferral(
            id: ID(at: occasion.now), panel: new.panel, caseID: new.caseID, route: new.route, why: why,
            isEmergency: new.isEmergency, agency: occasion.actor.agency, referredBy: occasion.actor.account,
            referredAt: occasion.now, countsFrom: first ?? today, state: .submitted, missing: [], decision: nil,
            appeal: nil,
            dueOn: calendar.lastDay(try policy.length(panel.type.deadlines.screening, on: today), from: today),
            typeVersion: panel.type.version)
        let listing = RecordFacts.Listing(
            panel: new.panel, from: today, agencies: Set(panel.office.map { [$0] } ?? []))
        let detail = RegisterDetail(fields: ["referrals", "listings.\(new.panel)"])
        let done = try register.change(ID(new.caseID), .p2, detail: detail, on: occasion, in: connection) {
            $0.facts.listings.append(listing)
        }
        if case .failure(let refusal) = done { return .failure(.register(refusal)) }
        try ReferralRows.insert(referral, new.pair, in: connection)
        try ReferralRows.list(ID(new.caseID), for: referral.id, listing, in: connection)
        var unlisted = 0
        for person in Set(view.parties.filter { $0.until == nil }.map(\.person)).sorted() {
            let done = try register.change(ID(person), .p1, detail: detail, on: occasion, in: connection) {
                $0.facts.listings.append(listing)
            }
            if case .success = done {
                try ReferralRows.list(ID(person), for: referral.id, listing, in: connection)
            } else {
                unlisted += 1
            }
        }
        return .success(MadeReferral(id: referral.id, unlisted: unlisted))
    }

    private func problems(
        with new: NewReferral, _ view: CaseView, _ panel: KnownPanel, on today: LocalDate, in connection: Connection
    ) throws -> [AnswerProblem] {
        var problems: [AnswerProblem] = []
        if !panel.type.caseTypes.contains(view.type.code), !view.type.panels.contains(panel.type.code) {
            problems.append(AnswerProblem("panel", "This panel does not hear cases of this type"))
        }
        if panel.type.route(new.route) == nil { problems.append(AnswerProblem("route", "Choose why it comes")) }
        if PanelStore.given(new.why) == nil { problems.append(AnswerProblem("why", "Enter why it comes to the panel")) }
        if let pair = new.pair {
            let people = Set(view.parties.map(\.person))
            if !people.contains(pair.victim) || !people.contains(pair.perpetrator) || pair.victim == pair.perpetrator {
                problems.append(AnswerProblem("pair", "Choose two people of the case"))
            }
            if pair.happenedOn > today {
                problems.append(AnswerProblem("happened-on", "Enter a day that is not after today"))
            }
        }
        let waits = try ReferralRows.referrals(of: new.caseID, in: connection).contains {
            $0.panel == new.panel && $0.state.isOpen && $0.state != .planOpen
        }
        if waits { problems.append(AnswerProblem("panel", "The case was referred to this panel already")) }
        return problems
    }

    /// The referrer completes a referral that came back, takes one back, or asks the chair to look at a refusal.
    /// - Throws: `StorageError`; a `Fault` when a rule is wrong.
    public func complete(
        _ id: ID<PanelReferral>, why: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        try asReferrer(of: id, from: [.returned], on: occasion, in: connection) { referral, panel in
            guard let why = PanelStore.given(why) else {
                return .failure(.problems([AnswerProblem("why", "Enter why it comes to the panel")]))
            }
            referral.why = why
            referral.state = .submitted
            referral.missing = []
            referral.dueOn = try last(panel.type.deadlines.screening, on: occasion)
            return .success(())
        }
    }

    /// The referrer takes a referral back. It is kept and counted, and the panel sees nothing more of it.
    /// - Throws: `StorageError`.
    public func withdraw(
        _ id: ID<PanelReferral>, reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        try asReferrer(of: id, from: [.submitted, .returned, .appealed, .accepted], on: occasion, in: connection) {
            referral, panel in
            guard let reason = PanelStore.given(reason) else { return .failure(.stopped(.reason)) }
            try register.note(
                .update, ID(referral.caseID), .p2, reason: reason, RegisterDetail(fields: ["referrals.\(id)"]),
                on: occasion, in: connection)
            referral.state = .withdrawn
            referral.dueOn = nil
            try endListings(of: id, on: panel.definition.code, last: nil, occasion, in: connection)
            return .success(())
        }
    }

    /// The referrer asks the chair to look at a refusal, within the time of the rule.
    /// - Throws: `StorageError`.
    public func appeal(
        _ id: ID<PanelReferral>, because reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        try asReferrer(of: id, from: [.declined], on: occasion, in: connection) { referral, panel in
            guard let reason = PanelStore.given(reason) else { return .failure(.stopped(.reason)) }
            guard let last = referral.dueOn, occasion.now.ukDate <= last, referral.appeal == nil else {
                return .failure(.problems([AnswerProblem("appeal", "The time to appeal is over: refer it anew")]))
            }
            referral.appeal = reason
            referral.state = .appealed
            referral.dueOn = try self.last(panel.type.deadlines.screening, on: occasion)
            try openListings(
                of: id, panel, to: Set(panel.office.map { [$0] } ?? []), occasion, in: connection)
            return .success(())
        }
    }

    private func asReferrer(
        of id: ID<PanelReferral>, from states: Set<ReferralState>, on occasion: Occasion, in connection: Connection,
        _ body: (inout PanelReferral, KnownPanel) throws -> Result<Void, PanelRefusal>
    ) throws -> Result<Void, PanelRefusal> {
        guard var referral = try ReferralRows.referral(id, in: connection) else {
            return .failure(.register(.absent))
        }
        let found = try register.find(
            ID(referral.caseID), for: .update, .p2, detail: RegisterDetail(fields: ["referrals"]), on: occasion,
            in: connection)
        guard case .found = found else { return .failure(PanelStore.refusal(found)) }
        guard referral.agency == occasion.actor.agency else { return .failure(.register(.denied(.noPermission))) }
        guard states.contains(referral.state) else { return .failure(.referralState(referral.state)) }
        let done = try body(&referral, try panel(referral.panel))
        if case .success = done { try ReferralRows.update(referral, in: connection) }
        return done
    }

    func last(_ rule: RuleKey, on occasion: Occasion) throws -> LocalDate {
        let today = occasion.now.ukDate
        return calendar.lastDay(try policy.length(rule, on: today), from: today)
    }
}
