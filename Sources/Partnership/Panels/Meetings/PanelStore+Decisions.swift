public import Casework
public import Governance
public import Kernel
public import Storage

/// What a panel decided of an item.
public struct ItemDecision: Hashable, Sendable {
    /// In words.
    public var text: String
    /// The risk as it came.
    public var riskBefore: String
    /// The risk as it is left.
    public var riskAfter: String
    /// Why no action is needed, where there is none.
    public var noAction: String?
    /// Minutes that it took.
    public var taken: Int?

    /// A decision.
    public init(
        _ text: String, riskBefore: String, riskAfter: String, noAction: String? = nil, taken: Int? = nil
    ) {
        self.text = text
        self.riskBefore = riskBefore
        self.riskAfter = riskAfter
        self.noAction = noAction
        self.taken = taken
    }
}

/// An action to be agreed.
public struct NewPanelAction: Hashable, Sendable {
    /// What is to be done, beginning with a verb.
    public var text: String
    /// The agency that does it.
    public var agency: Code<Agency>?
    /// The person who does it.
    public var owner: ID<Account>?
    /// The last day.
    public var due: LocalDate?
    /// The risk that it lowers.
    public var riskFactor: String?

    /// An action.
    public init(
        _ text: String, agency: Code<Agency>?, owner: ID<Account>?, due: LocalDate?, riskFactor: String? = nil
    ) {
        self.text = text
        self.agency = agency
        self.owner = owner
        self.due = due
        self.riskFactor = riskFactor
    }

    /// How deep it lies.
    var depth: FieldClass { PanelStore.given(riskFactor) == nil ? .p1 : .p2 }
}

// MARK: - Decisions and actions

extension PanelStore {
    /// Writes what was decided of an item. It takes an action, or why none is needed, and the risk as it is left.
    /// - Throws: `StorageError`.
    public func decide(
        _ decision: ItemDecision, on item: ID<AgendaItem>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        try workingOnItem(item, on: occasion, in: connection) { item, meeting, panel in
            guard meeting.state.takesMinutes else { return .failure(.meetingState(meeting.state)) }
            let actions = try ActionRows.actions(of: [item.id], in: connection)
            let noAction = PanelStore.given(decision.noAction)
            var problems: [AnswerProblem] = []
            guard let text = PanelStore.given(decision.text) else {
                return .failure(.problems([AnswerProblem("decision", "Enter what was decided")]))
            }
            guard let before = PanelStore.given(decision.riskBefore), let after = PanelStore.given(decision.riskAfter)
            else { return .failure(.problems([AnswerProblem("risk", "Enter the risk before and after")])) }
            if actions.isEmpty, noAction == nil {
                problems.append(AnswerProblem("actions", "Add an action, or say why none is needed"))
            }
            if let taken = decision.taken, !(0...600).contains(taken) {
                problems.append(AnswerProblem("taken", "Enter 0 to 600 minutes"))
            }
            guard problems.isEmpty else { return .failure(.problems(problems)) }
            if let refusal = try touch(meeting.id, .p2, ["decisions"], on: occasion, in: connection) {
                return .failure(refusal)
            }
            try connection.run(
                """
                UPDATE panel_items
                SET decision = \(text), risk_before = \(before), risk_after = \(after), no_action = \(noAction),
                    taken = \(decision.taken)
                WHERE id = \(item.id)
                """)
            // What was corrected later revives nothing that ended since.
            if let referral = item.referral, item.kind.isCase,
                try ReferralRows.referral(referral, in: connection)?.state == .listed
            {
                try ReferralRows.move(referral, to: .planOpen, in: connection)
            }
            if item.decision == nil, item.kind.isCase {
                try cases.follow(
                    .heard, of: item.caseID,
                    told: "Heard by the \(panel.definition.name) on \(meeting.day.inWords)", on: occasion,
                    in: connection)
            }
            try countHousehold(of: item, on: meeting.day, on: occasion, in: connection)
            return .success(())
        }
    }

    /// Agrees an action. Whoever is to do it may see it from then on, whatever else they may see of the meeting.
    /// - Throws: `StorageError`.
    public func addAction(
        _ new: NewPanelAction, to item: ID<AgendaItem>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<PanelAction>, PanelRefusal> {
        try addAction(new, as: ID(at: occasion.now), to: item, on: occasion, in: connection)
    }

    func addAction(
        _ new: NewPanelAction, as id: ID<PanelAction>, to item: ID<AgendaItem>, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<ID<PanelAction>, PanelRefusal> {
        try workingOnItem(item, on: occasion, in: connection) { item, meeting, panel in
            guard meeting.state.takesMinutes else { return .failure(.meetingState(meeting.state)) }
            let problems = try problems(new, for: item, panel, on: occasion, in: connection)
            guard problems.isEmpty, let agency = new.agency, let owner = new.owner, let due = new.due else {
                return .failure(.problems(problems))
            }
            let factor = PanelStore.given(new.riskFactor)
            let refusal = try touch(meeting.id, new.depth, ["actions"], on: occasion, in: connection) {
                $0.involved.insert(owner)
            }
            if let refusal { return .failure(refusal) }
            let action = PanelAction(
                id: id, meeting: meeting.id, item: item.id, caseID: item.caseID, text: new.text.singleSpaced,
                agency: agency, owner: owner, due: due, riskFactor: factor, status: .open, outcome: nil,
                madeAt: occasion.now, closedAt: nil)
            try ActionRows.insert(action, of: meeting.panel, by: occasion.actor.account, in: connection)
            return .success(action.id)
        }
    }

    /// What keeps an action from being agreed.
    /// - Throws: `StorageError`.
    func problems(
        _ new: NewPanelAction, for item: AgendaItem, _ panel: KnownPanel, on occasion: Occasion,
        in connection: Connection
    ) throws -> [AnswerProblem] {
        var problems = ActionCheck.problems(
            new.text, agency: new.agency, owner: new.owner, due: new.due, on: occasion.now.ukDate,
            verbs: panel.type.verbs)
        if let agency = new.agency, partnership.agency(agency) == nil {
            problems.append(AnswerProblem("agency", "Choose an agency of the partnership"))
        }
        let entries = try register.entries([ID(item.caseID)], now: occasion.now, in: connection)
        if let owner = new.owner, let facts = entries[ID(item.caseID)]?.facts,
            let problem = CaseStore.conflicted(facts, of: owner, "owner")
        {
            problems.append(problem)
        }
        return problems
    }

    /// An action that is the actor's own or their meeting's, as far as they may see; nil when there is none for them.
    /// - Throws: `StorageError`.
    public func action(
        _ id: ID<PanelAction>, on occasion: Occasion, in connection: Connection
    ) throws -> PanelAction? {
        guard let action = try ActionRows.action(id, in: connection) else { return nil }
        let found = try register.find(
            ID(action.meeting), for: .read, .p1, detail: RegisterDetail(fields: ["actions.\(id)"]), on: occasion,
            in: connection)
        guard case .found(let entry, _) = found else { return nil }
        let entries = try register.entries([ID(action.caseID)], now: occasion.now, in: connection)
        guard let caseEntry = entries[ID(action.caseID)],
            !caseEntry.facts.conflicts.contains(occasion.actor.account)
        else { return nil }
        let isOwn = action.owner == occasion.actor.account
        // A colleague knows of it by sitting at the meeting; not where the case is hidden from them.
        let isTheirs =
            try isOwn
            || action.agency == occasion.actor.agency && !isHidden(caseEntry, on: occasion)
                && sitting(at: action.meeting, .p1, on: occasion, in: connection) != nil
        // Sitting on the panel opens the actions of cases that exist for the actor, and no others.
        guard
            isTheirs
                || register.decide(.list, .p0, on: caseEntry, by: occasion.actor, now: occasion.now).isPermitted
        else { return nil }
        let isDeep = register.decide(.read, .p2, on: entry, by: occasion.actor, now: occasion.now).isPermitted
        return isDeep ? action : action.withoutDetails
    }

    /// Closes an action with what came of it: its owner may, and who works on the meeting's record.
    /// - Throws: `StorageError`.
    public func closeAction(
        _ id: ID<PanelAction>, as said: CaseAction.Status, outcome: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        guard let action = try ActionRows.action(id, in: connection) else { return .failure(.register(.absent)) }
        let found = try register.find(ID(action.meeting), for: .read, .p1, on: occasion, in: connection)
        guard case .found(let entry, _) = found else { return .failure(PanelStore.refusal(found)) }
        let caseEntry = try register.entries([ID(action.caseID)], now: occasion.now, in: connection)[ID(action.caseID)]
        let isOwner = action.owner == occasion.actor.account
        guard isOwner || register.decide(.update, .p2, on: entry, by: occasion.actor, now: occasion.now).isPermitted,
            caseEntry?.facts.conflicts.contains(occasion.actor.account) != true
        else { return .failure(.register(.absent)) }
        guard let text = PanelStore.given(outcome), said != .open else {
            return .failure(.problems([AnswerProblem("outcome", "Enter what came of it")]))
        }
        try register.note(
            .update, ID(action.meeting), .p2, RegisterDetail(fields: ["actions.\(id)"]), on: occasion, in: connection)
        let isClosed = try ActionRows.close(
            id, as: ActionCheck.outcome(said, due: action.due, on: occasion.now.ukDate), outcome: text,
            by: occasion.actor.account, at: occasion.now, in: connection)
        return isClosed ? .success(()) : .failure(.closedAlready)
    }

    /// The actions that wait for the actor, what is due first at the top.
    /// - Throws: `StorageError`.
    public func ownActions(on occasion: Occasion, in connection: Connection) throws -> [PanelAction] {
        let actions = try ActionRows.open(ownedBy: occasion.actor.account, in: connection)
        let listed = Set(
            try register.listed(
                actions.map { ID<Registered>($0.meeting) }, PanelStore.kind("minutes"), on: occasion, in: connection
            ).map(\.id))
        let known = actions.filter { listed.contains(ID($0.meeting)) }
        let entries = try register.entries(
            known.flatMap { [ID<Registered>($0.meeting), ID($0.caseID)] }, now: occasion.now, in: connection)
        return known.compactMap { action in
            guard let entry = entries[ID(action.meeting)],
                entries[ID(action.caseID)]?.facts.conflicts.contains(occasion.actor.account) != true
            else { return nil }
            func allows(_ fieldClass: FieldClass) -> Bool {
                register.decide(.read, fieldClass, on: entry, by: occasion.actor, now: occasion.now).isPermitted
            }
            guard allows(.p1) else { return nil }
            return allows(.p2) ? action : action.withoutDetails
        }
    }
}
