public import Casework
public import Governance
public import Kernel
internal import Rules
public import Storage

/// An agenda as one actor may see it. It is built from what they may see alone, so that no gap tells of what they may
/// not.
public struct AgendaView: Hashable, Sendable {
    /// The meeting.
    public let meeting: PanelMeeting
    /// Its items, in the order of the plan.
    public let items: [AgendaItem]
    /// The references of their cases.
    public let references: [ID<CaseRecord>: String]
    /// Actions of earlier meetings that are not complete.
    public internal(set) var incomplete: [PanelAction]
    /// The order with the running times.
    public let plan: AgendaPlan
}

/// An item to be put on an agenda.
public struct NewItem: Hashable, Sendable {
    /// Agencies asked to it; all that sit on the panel when empty.
    public var agencies: Set<Code<Agency>> = []
    /// Who presents it.
    public var presenter: ID<Account>?
    /// Minutes, in place of the rule's.
    public var minutes: Int?

    /// An item for all agencies, presented by nobody yet, with the rule's minutes.
    public init() {}
}

// MARK: - Agenda

extension PanelStore {
    /// A meeting for who may read its record by more than an action that they undertook at it: to do something is not
    /// to sit on the panel.
    func sitting(
        at id: ID<PanelMeeting>, _ depth: FieldClass = .p0, on occasion: Occasion, in connection: Connection
    ) throws -> PanelMeeting? {
        let found = try register.find(ID(id), for: .read, depth, on: occasion, in: connection)
        guard case .found(var entry, _) = found, let meeting = try MeetingRows.meeting(id, in: connection) else {
            return nil
        }
        entry.facts.involved = []
        return register.decide(.read, depth, on: entry, by: occasion.actor, now: occasion.now).isPermitted
            ? meeting : nil
    }

    /// The items of a meeting that exist for the actor, as they were listed.
    func visibleItems(
        of id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> [AgendaItem] {
        try visible(of: id, on: occasion, in: connection).map(\.item)
    }

    /// The references of those of these items that were taken off the agenda of a meeting and exist for the actor still.
    func visibleTakenOff(
        _ ids: Set<ID<AgendaItem>>, of id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> [ID<AgendaItem>: String] {
        let items = try ids.sorted().compactMap { try MeetingRows.item($0, in: connection) }.filter {
            $0.meeting == id && $0.takenOffAt != nil
        }
        guard !items.isEmpty else { return [:] }
        let visible = try visible(items, of: id, on: occasion, in: connection)
        return Dictionary(visible.map { ($0.item.id, $0.reference) }) { first, _ in first }
    }

    private func visible(
        of id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> [(item: AgendaItem, reference: String)] {
        try visible(MeetingRows.items(of: id, in: connection), of: id, on: occasion, in: connection)
    }

    private func visible(
        _ items: [AgendaItem], of id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> [(item: AgendaItem, reference: String)] {
        guard let meeting = try sitting(at: id, on: occasion, in: connection) else { return [] }
        let type = try panel(meeting.panel).type
        let account = occasion.actor.account
        let conflicts = try MeetingRows.withdrawn(account, from: items.map(\.id), in: connection)
        let hasAccepted = try MeetingRows.attendance(id, in: connection).contains {
            $0.account == account && $0.acceptedAt != nil
        }
        let open = items.filter { item in
            ItemSight(
                asksConfidentiality: type.asksConfidentiality, hasAccepted: hasAccepted,
                hasConflict: conflicts.contains(item.id)
            ).isOpen
        }
        let listed = try register.listed(
            open.map { ID<Registered>($0.caseID) }, PanelStore.kind("case"), on: occasion, in: connection)
        var cases: [String: RegisterItem] = [:]
        for item in listed { cases[item.id.text] = item }
        return open.compactMap { item in
            guard let known = cases[item.caseID.text] else { return nil }
            // Sitting on the panel is not enough: the agency must be asked to the item, or hold its case.
            let isAsked = item.agencies.isEmpty || item.agencies.contains(occasion.actor.agency)
            return isAsked || known.agency == occasion.actor.agency ? (item, known.title ?? "") : nil
        }
    }

    /// What a meeting hears, as far as the actor may see; nil when there is no such meeting for them.
    /// - Throws: `StorageError`; a `Fault` when a rule of its minutes is wrong.
    public func agenda(
        of id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> AgendaView? {
        guard let meeting = try sitting(at: id, on: occasion, in: connection) else { return nil }
        let type = try panel(meeting.panel).type
        let visible = try visible(of: id, on: occasion, in: connection)
        let incomplete = try incomplete(for: meeting, on: occasion, in: connection)
        let shownItems = try visible.map { try shown($0.item, of: id, on: occasion, in: connection) }
        var minutes = AgendaMinutes(items: [:], action: try policy.number(type.minutesPerAction, on: meeting.day))
        for (kind, key) in type.minutes { minutes.items[kind] = try policy.number(key, on: meeting.day) }
        let plan = AgendaPlan(
            shownItems.map {
                AgendaCandidate($0.id, $0.kind, isUrgent: $0.isUrgent, listedAt: $0.listedAt, allotted: $0.allotted)
            }, incomplete: incomplete.count, order: type.agendaOrder, minutes: minutes, from: meeting.startsAt,
            to: meeting.endsAt)
        let byID = Dictionary(uniqueKeysWithValues: shownItems.map { ($0.id, $0) })
        if !shownItems.isEmpty || !incomplete.isEmpty {
            let hasMore = shownItems.contains { $0.decision != nil || $0.riskBefore != nil }
            try shown(id, hasMore ? .p2 : .p1, ["agenda"], on: occasion, in: connection)
        }
        return AgendaView(
            meeting: meeting, items: plan.lines.compactMap { $0.item.flatMap { byID[$0] } },
            references: Dictionary(
                visible.map { ($0.item.caseID, $0.reference) }, uniquingKeysWith: { first, _ in first }),
            incomplete: incomplete, plan: plan)
    }

    /// An item without what lies deeper than the actor may see.
    func shown(
        _ item: AgendaItem, of meeting: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> AgendaItem {
        guard
            let entry = try register.entries([ID(meeting)], now: occasion.now, in: connection)[ID(meeting)],
            !register.decide(.read, .p2, on: entry, by: occasion.actor, now: occasion.now).isPermitted
        else { return item }
        return item.withoutDetails
    }

    /// Actions of earlier meetings that a meeting goes through, of cases that exist for the actor, or that are theirs.
    func incomplete(
        for meeting: PanelMeeting, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelAction] {
        let actions = try ActionRows.incomplete(of: meeting.panel, before: meeting.startsAt, in: connection)
        guard !actions.isEmpty else { return [] }
        let entries = try register.entries(
            [ID(meeting.id)] + actions.map { ID($0.caseID) }, now: occasion.now, in: connection)
        func allows(_ action: AccessAction, _ fieldClass: FieldClass, _ id: ID<Registered>) -> Bool {
            entries[id].map {
                register.decide(action, fieldClass, on: $0, by: occasion.actor, now: occasion.now).isPermitted
            } ?? false
        }
        guard allows(.read, .p1, ID(meeting.id)) else { return [] }
        let type = try panel(meeting.panel).type
        let hasAccepted = try MeetingRows.attendance(meeting.id, in: connection).contains {
            $0.account == occasion.actor.account && $0.acceptedAt != nil
        }
        guard hasAccepted || !type.asksConfidentiality else { return [] }
        let withdrawn = try MeetingRows.withdrawn(
            occasion.actor.account, from: actions.map(\.item), in: connection)
        let isDeep = allows(.read, .p2, ID(meeting.id))
        return actions.compactMap { action in
            let hasConflict =
                withdrawn.contains(action.item)
                || entries[ID(action.caseID)]?.facts.conflicts.contains(occasion.actor.account) == true
            let isTheirs =
                action.owner == occasion.actor.account
                || action.agency == occasion.actor.agency && !isHidden(entries[ID(action.caseID)], on: occasion)
            guard !hasConflict, isTheirs || allows(.list, .p0, ID(action.caseID)) else { return nil }
            return isDeep ? action : action.withoutDetails
        }
    }

    /// Puts a case that has a plan on an agenda again, for a review or an update.
    /// - Throws: `StorageError`.
    public func addItem(
        _ caseID: ID<CaseRecord>, as kind: AgendaKind, to id: ID<PanelMeeting>, _ new: NewItem = NewItem(),
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<AgendaItem>, PanelRefusal> {
        try working(on: id, on: occasion, in: connection) { meeting, _, panel in
            let found = try register.find(ID(caseID), for: .read, .p0, on: occasion, in: connection)
            guard case .found = found,
                let referral = try ReferralRows.referrals(of: caseID, in: connection).last(where: {
                    $0.panel == meeting.panel && $0.state == .planOpen
                }), !kind.isCase
            else { return .failure(.register(.absent)) }
            return try add(referral, as: kind, to: meeting, panel, new, on: occasion, in: connection)
        }
    }

    /// Puts a referred case on the agenda of a meeting, and opens the case to the agencies that are asked.
    func add(
        _ referral: PanelReferral, as kind: AgendaKind, to meeting: PanelMeeting, _ panel: KnownPanel, _ new: NewItem,
        on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<AgendaItem>, PanelRefusal> {
        guard meeting.state.takesItems else { return .failure(.meetingState(meeting.state)) }
        let isOn = try MeetingRows.items(of: meeting.id, in: connection).contains { $0.caseID == referral.caseID }
        guard !isOn else {
            return .failure(.problems([AnswerProblem("case", "The case is on this agenda already")]))
        }
        if let stranger = new.agencies.first(where: { !panel.definition.agencies.contains($0) }) {
            let name = partnership.name(of: stranger)
            return .failure(.problems([AnswerProblem("agencies", "\(name) does not sit on this panel")]))
        }
        if let minutes = new.minutes, !(1...240).contains(minutes) {
            return .failure(.problems([AnswerProblem("minutes", "Enter 1 to 240 minutes")]))
        }
        if let refusal = try touch(meeting.id, .p0, ["agenda"], on: occasion, in: connection) {
            return .failure(refusal)
        }
        let agencies = new.agencies.isEmpty ? [] : new.agencies.union(panel.office.map { [$0] } ?? [])
        let item = AgendaItem(
            id: ID(at: occasion.now), meeting: meeting.id, caseID: referral.caseID, referral: referral.id, kind: kind,
            isUrgent: referral.isEmergency && kind.isCase, agencies: agencies, presenter: new.presenter,
            allotted: new.minutes, taken: nil, decision: nil, noAction: nil, riskBefore: nil, riskAfter: nil,
            listedAt: occasion.now, takenOffAt: nil)
        try MeetingRows.insert(item, in: connection)
        try openListings(of: referral.id, panel, to: agencies, occasion, in: connection)
        return .success(item.id)
    }

    /// Takes an item off an agenda. What was referred waits for another meeting; a review or an update leaves the case
    /// as open as the meeting that heard it left it.
    /// - Throws: `StorageError`.
    public func takeOff(
        _ item: ID<AgendaItem>, reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        try workingOnItem(item, on: occasion, in: connection) { item, meeting, _ in
            guard meeting.state.takesItems, item.decision == nil else {
                return .failure(.meetingState(meeting.state))
            }
            guard PanelStore.given(reason) != nil else { return .failure(.stopped(.reason)) }
            if let refusal = try touch(meeting.id, .p0, ["agenda"], reason: reason, on: occasion, in: connection) {
                return .failure(refusal)
            }
            try takeOff(item, occasion, in: connection)
            return .success(())
        }
    }

    private func takeOff(_ item: AgendaItem, _ occasion: Occasion, in connection: Connection) throws {
        try connection.run(
            "UPDATE panel_items SET taken_off_at = \(occasion.now) WHERE id = \(item.id) AND taken_off_at IS NULL")
        guard let id = item.referral, let referral = try ReferralRows.referral(id, in: connection) else { return }
        let panel = try panel(referral.panel)
        switch referral.state {
        case .listed:
            try ReferralRows.move(id, to: .accepted, in: connection)
            try openListings(of: id, panel, to: Set(panel.office.map { [$0] } ?? []), occasion, in: connection)
        case .planOpen, .exited:
            guard try !isHeardElsewhere(id, than: item.meeting, in: connection) else { return }
            try closeListings(of: id, panel, occasion, in: connection)
        default: return
        }
    }

    /// Takes what was referred off the agendas of meetings that have not begun.
    func takeOffAhead(
        _ referral: ID<PanelReferral>, _ occasion: Occasion, in connection: Connection
    ) throws {
        let ahead = MeetingState.allCases.filter(\.isAhead).map(\.rawValue)
        let ids = try connection.rows(
            """
            SELECT i.id FROM panel_items i JOIN panel_meetings m ON m.id = i.meeting
            WHERE i.referral = \(referral) AND i.taken_off_at IS NULL AND m.state IN (\(list: ahead))
            """
        ).map { try $0.get("id", as: ID<AgendaItem>.self) }
        for id in ids {
            if let item = try MeetingRows.item(id, in: connection) { try takeOff(item, occasion, in: connection) }
        }
    }

    func takeOffAll(of meeting: ID<PanelMeeting>, _ occasion: Occasion, in connection: Connection) throws {
        for item in try MeetingRows.items(of: meeting, in: connection) {
            try takeOff(item, occasion, in: connection)
        }
    }

    /// Goes on with an item on whose meeting the actor may work and which exists for them.
    func workingOnItem<Value>(
        _ id: ID<AgendaItem>, on occasion: Occasion, in connection: Connection,
        _ body: (AgendaItem, PanelMeeting, KnownPanel) throws -> Result<Value, PanelRefusal>
    ) throws -> Result<Value, PanelRefusal> {
        guard let known = try MeetingRows.item(id, in: connection) else { return .failure(.register(.absent)) }
        return try working(on: known.meeting, on: occasion, in: connection) { meeting, _, panel in
            guard
                let item = try visibleItems(of: known.meeting, on: occasion, in: connection).first(where: {
                    $0.id == id
                })
            else { return .failure(.register(.absent)) }
            return try body(item, meeting, panel)
        }
    }
}

extension AgendaItem {
    fileprivate var withoutDetails: AgendaItem {
        AgendaItem(
            id: id, meeting: meeting, caseID: caseID, referral: referral, kind: kind, isUrgent: isUrgent,
            agencies: agencies, presenter: presenter, allotted: allotted, taken: taken, decision: nil, noAction: nil,
            riskBefore: nil, riskAfter: nil, listedAt: listedAt, takenOffAt: takenOffAt)
    }
}

extension PanelAction {
    var withoutDetails: PanelAction {
        var action = self
        action.riskFactor = nil
        action.outcome = nil
        return action
    }
}
