internal import Casework
public import Governance
public import Kernel
internal import Rules
public import Storage

/// A meeting to be called.
public struct NewMeeting: Hashable, Sendable {
    /// The panel.
    public var panel: Code<Panel>
    /// When it begins.
    public var startsAt: Instant
    /// When it ends.
    public var endsAt: Instant
    /// Whether it is called for something that cannot wait.
    public var isExtraordinary: Bool
    /// Who may see a sealed meeting, beside who calls it.
    public var granted: Set<ID<Account>>

    /// A meeting to be called.
    public init(
        _ panel: Code<Panel>, from startsAt: Instant, to endsAt: Instant, isExtraordinary: Bool = false,
        granted: Set<ID<Account>> = []
    ) {
        self.panel = panel
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.isExtraordinary = isExtraordinary
        self.granted = granted
    }
}

// MARK: - Meetings

extension PanelStore {
    /// Calls a meeting of a panel on which the actor sits.
    /// - Throws: `StorageError`; a `Fault` when a rule of its days is wrong.
    public func call(
        _ new: NewMeeting, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<PanelMeeting>, PanelRefusal> {
        let today = occasion.now.ukDate
        guard let panel = panel(new.panel, for: occasion.actor, on: today),
            PanelStore.sits(occasion.actor, on: new.panel, on: today)
        else { return .failure(.register(.absent)) }
        let problems = PanelStore.problems(from: new.startsAt, to: new.endsAt, now: occasion.now)
        guard problems.isEmpty else { return .failure(.problems(problems)) }
        let days = try MeetingDeadlines(
            of: new.startsAt.ukDate, under: panel.type.deadlines, policy, on: calendar)
        let id = ID<PanelMeeting>(at: occasion.now)
        var facts = RecordFacts(kind: try PanelStore.kind("minutes"), agency: occasion.actor.agency)
        facts.owner = occasion.actor.account
        facts.listings = [.init(panel: new.panel, from: today)]
        if panel.isSealed {
            facts.recordClass = .sealed
            let until = new.endsAt.advanced(bySeconds: 366 * 86_400)
            facts.grants = new.granted.union([occasion.actor.account]).sorted().map { .init(account: $0, until: until) }
        }
        let added = try register.add(
            RegisterEntry(
                ID(id), facts, title: "\(panel.definition.name), \(new.startsAt.ukDate.inWords)", titleClass: .p0),
            .p0, on: occasion, in: connection)
        if case .failure(let refusal) = added { return .failure(.register(refusal)) }
        try MeetingRows.insert(
            PanelMeeting(
                id: id, panel: new.panel, typeVersion: panel.type.version, startsAt: new.startsAt, endsAt: new.endsAt,
                state: .scheduled, isExtraordinary: new.isExtraordinary, sequence: 0, referralsUntil: days.referral,
                researchUntil: days.research, minutesUntil: days.minutes, calledAt: occasion.now), in: connection)
        return .success(id)
    }

    private static func problems(from start: Instant, to end: Instant, now: Instant) -> [AnswerProblem] {
        var problems: [AnswerProblem] = []
        if start < now { problems.append(AnswerProblem("starts-at", "Enter a time that is not past")) }
        if end <= start { problems.append(AnswerProblem("ends-at", "Enter an end that is after the beginning")) }
        if end.ukDate != start.ukDate { problems.append(AnswerProblem("ends-at", "Enter an end on the same day")) }
        return problems
    }

    /// A meeting, without anything that is on its agenda; nil when there is none or none for the actor.
    /// - Throws: `StorageError`.
    public func meeting(
        _ id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> PanelMeeting? {
        guard case .found = try register.find(ID(id), for: .read, .p0, on: occasion, in: connection) else { return nil }
        return try MeetingRows.meeting(id, in: connection)
    }

    /// The meetings that the actor may list between two days, both included, the first to come first: their calendar.
    /// - Parameter panel: of one panel; of all on which they sit when nil.
    /// - Throws: `StorageError`.
    public func meetings(
        of panel: Code<Panel>? = nil, from: LocalDate, to: LocalDate, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelMeeting] {
        let ofPanel: SQL = if let panel { "AND m.panel = \(panel)" } else { "" }
        let condition: SQL = """
            EXISTS (SELECT 1 FROM panel_meetings m WHERE m.id = r.id AND m.starts_at >= \(from.startInUK)
                AND m.starts_at < \(to.advanced(by: 1).startInUK) \(ofPanel))
            """
        return try meetings(
            where: RegisterCondition(condition, says: "meetings from \(from) to \(to)"), on: occasion, in: connection)
    }

    /// The meetings of a panel that began before a day and whose minutes nobody approved yet, as far as the actor may
    /// list them.
    func unapproved(
        of panel: Code<Panel>, before day: LocalDate, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelMeeting] {
        let states = MeetingState.allCases.filter(\.takesMinutes).map(\.rawValue)
        let condition: SQL = """
            EXISTS (SELECT 1 FROM panel_meetings m WHERE m.id = r.id AND m.panel = \(panel)
                AND m.starts_at < \(day.startInUK) AND m.state IN (\(list: states)))
            """
        return try meetings(
            where: RegisterCondition(condition, says: "minutes to approve of meetings before \(day)"), on: occasion,
            in: connection)
    }

    /// All meetings of which a condition holds and that the actor may list, page after page.
    private func meetings(
        where condition: RegisterCondition, on occasion: Occasion, in connection: Connection
    ) throws -> [PanelMeeting] {
        var found: [PanelMeeting] = []
        var cursor: ID<Registered>?
        repeat {
            let page = try register.list(
                PanelStore.kind("minutes"), after: cursor, limit: AccessRegister.longestPage, where: condition,
                on: occasion, in: connection)
            found += try MeetingRows.meetings(page.items.compactMap { ID($0.id.text) }, in: connection)
            cursor = page.next
        } while cursor != nil
        return found.sorted { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
    }

    /// Makes a step of a meeting. To publish the agenda opens the research; to approve takes the right to publish and
    /// cannot be done by who called the meeting.
    /// - Parameter reason: why, where a step asks or a guard lets one go on with it.
    /// - Throws: `StorageError`; a `Fault` when a rule is wrong.
    public func step(
        _ step: MeetingStep, of id: ID<PanelMeeting>, reason: String? = nil, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<MeetingState, PanelRefusal> {
        guard step != .reschedule else { return .failure(.stopped(.wrongState)) }
        return try working(on: id, for: step == .approve ? .publish : .update, on: occasion, in: connection) {
            meeting, _, panel in
            let reason = PanelStore.given(reason)
            let standing = try standing(of: meeting, panel, hasReason: reason != nil, in: connection)
            let next: MeetingState
            switch meeting.state.after(step, standing) {
            case .failure(let stop): return .failure(.stopped(stop))
            case .success(let state): next = state
            }
            let last = occasion.now.ukDate.advanced(by: panel.definition.daysOpen)
            if let refusal = try touch(
                id, .p0, ["state"], reason: reason, on: occasion, in: connection,
                { facts in
                    guard step == .approve || step == .cancel else { return }
                    for i in facts.listings.indices where facts.listings[i].panel == meeting.panel {
                        facts.listings[i].until = step == .approve ? last : nil
                    }
                })
            {
                return .failure(refusal)
            }
            var changed = meeting
            changed.state = next
            if step == .approve {
                changed.approvedAt = occasion.now
                changed.approvedBy = occasion.actor.account
            }
            try save(changed, step, from: meeting.state, reason, occasion, in: connection)
            if step == .publishAgenda {
                changed.state = .researchOpen
                try save(changed, .openResearch, from: next, nil, occasion, in: connection)
            }
            if step == .approve { try endListings(of: id, panel: panel, on: last, occasion, in: connection) }
            if step == .cancel { try takeOffAll(of: id, occasion, in: connection) }
            return .success(changed.state)
        }
    }

    private func save(
        _ meeting: PanelMeeting, _ step: MeetingStep, from: MeetingState, _ reason: String?, _ occasion: Occasion,
        in connection: Connection
    ) throws {
        try MeetingRows.update(meeting, in: connection)
        try MeetingRows.step(
            step, of: meeting.id, from: from, to: meeting.state, reason: reason, by: occasion.actor.account,
            at: occasion.now, in: connection)
    }

    /// Moves a meeting to another time. Its days are counted anew; calendars learn of it by the same identifier.
    /// - Throws: `StorageError`; a `Fault` when a rule of its days is wrong.
    public func reschedule(
        _ id: ID<PanelMeeting>, from start: Instant, to end: Instant, reason: String, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        try working(on: id, on: occasion, in: connection) { meeting, _, panel in
            let problems = PanelStore.problems(from: start, to: end, now: occasion.now)
            guard problems.isEmpty else { return .failure(.problems(problems)) }
            var standing = MeetingStanding()
            standing.hasReason = PanelStore.given(reason) != nil
            var changed = meeting
            switch meeting.state.after(.reschedule, standing) {
            case .failure(let stop): return .failure(.stopped(stop))
            case .success(let state): changed.state = state
            }
            let days = try MeetingDeadlines(of: start.ukDate, under: panel.type.deadlines, policy, on: calendar)
            changed.startsAt = start
            changed.endsAt = end
            changed.sequence += 1
            changed.referralsUntil = days.referral
            changed.researchUntil = days.research
            changed.minutesUntil = days.minutes
            let title = "\(panel.definition.name), \(start.ukDate.inWords)"
            let done = try register.change(
                ID(id), .p0, reason: reason, detail: RegisterDetail(fields: ["time"]), on: occasion, in: connection
            ) { $0.title = title }
            if case .failure(let refusal) = done { return .failure(.register(refusal)) }
            try save(changed, .reschedule, from: meeting.state, PanelStore.given(reason), occasion, in: connection)
            return .success(())
        }
    }

    /// How a meeting stands, as far as its guards ask.
    private func standing(
        of meeting: PanelMeeting, _ panel: KnownPanel, hasReason: Bool, in connection: Connection
    ) throws -> MeetingStanding {
        let items = try MeetingRows.items(of: meeting.id, in: connection)
        let attendance = try MeetingRows.attendance(meeting.id, in: connection)
        let recorded = Set(attendance.filter { $0.presence != nil }.map(\.agency))
        var standing = MeetingStanding()
        standing.items = items.count
        standing.undecided = items.count { $0.decision == nil }
        standing.incompleteActions = try ActionRows.incomplete(
            of: meeting.panel, before: meeting.startsAt, in: connection
        ).count
        standing.unrecorded = panel.definition.agencies.count { !recorded.contains($0) }
        standing.unaccepted =
            panel.type.asksConfidentiality
            ? attendance.count { $0.presence == .present && $0.acceptedAt == nil } : 0
        standing.hasQuorum = quorum(attendance, panel).isMet
        standing.hasReason = hasReason
        return standing
    }

    /// Whether enough agencies are there.
    func quorum(_ attendance: [PanelAttendance], _ panel: KnownPanel) -> QuorumFinding {
        var kinds: [Code<Agency>: String] = [:]
        for place in attendance where place.presence == .present {
            kinds[place.agency] = partnership.agency(place.agency)?.kind ?? ""
        }
        return QuorumFinding(panel.type.quorum, kinds)
    }
}
