internal import Casework
public import Governance
public import Kernel
public import People
public import Storage

/// The minutes of an item, as one actor may see them.
public struct ItemMinutes: Hashable, Sendable {
    /// The item, with what was decided.
    public let item: AgendaItem
    /// The reference of its case.
    public let reference: String
    /// Its lines, in order.
    public internal(set) var lines: [MinuteLine]
    /// What was undertaken.
    public internal(set) var actions: [PanelAction]
}

/// The minutes of a meeting, made at reading for one actor. Nothing of a view is kept.
public struct MinutesView: Hashable, Sendable {
    /// The meeting, with the approval.
    public let meeting: PanelMeeting
    /// Who was there.
    public let attendance: [PanelAttendance]
    /// Its items, as the actor may see them.
    public internal(set) var items: [ItemMinutes]
}

// MARK: - Writing minutes

extension PanelStore {
    /// Writes a line into the minutes of an item, while they are open.
    ///
    /// What an agency keeps back comes into the minutes by its release and in no other way: a line that repeats what
    /// the writer's own agency did not release is refused.
    /// - Throws: `StorageError`.
    public func minute(
        _ new: NewMinuteLine, of item: ID<AgendaItem>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<MinuteLine>, PanelRefusal> {
        try minute(new, as: ID(at: occasion.now), of: item, on: occasion, in: connection)
    }

    func minute(
        _ new: NewMinuteLine, as id: ID<MinuteLine>, of item: ID<AgendaItem>, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<ID<MinuteLine>, PanelRefusal> {
        try workingOnItem(item, on: occasion, in: connection) { item, meeting, panel in
            guard meeting.state.takesMinutes else { return .failure(.meetingState(meeting.state)) }
            if let problem = try problem(new, of: item, panel, on: occasion, in: connection) {
                return .failure(.problems([problem]))
            }
            let depth = new.depth
            if let refusal = try touch(meeting.id, depth, ["minutes"], on: occasion, in: connection) {
                return .failure(refusal)
            }
            let line = MinuteLine(
                id: id, item: item.id, part: new.part, kind: new.statement.kind, person: new.person,
                side: new.statement.side, fieldClass: depth, text: PanelStore.given(new.statement.text) ?? "",
                agency: new.agency ?? occasion.actor.agency, research: nil, madeAt: occasion.now)
            try MinuteRows.insert(line, at: meeting.id, by: occasion.actor.account, in: connection)
            return .success(line.id)
        }
    }

    /// What keeps a line out of the minutes of an item.
    func problem(
        _ new: NewMinuteLine, of item: AgendaItem, _ panel: KnownPanel, on occasion: Occasion,
        in connection: Connection
    ) throws -> AnswerProblem? {
        guard let text = PanelStore.given(new.statement.text), new.part != .research else {
            return AnswerProblem("text", "Enter what was said")
        }
        guard panel.definition.agencies.contains(new.agency ?? occasion.actor.agency) else {
            return AnswerProblem("agency", "Choose an agency that sits on the panel")
        }
        if let about = new.person, try !people(of: item, on: occasion, in: connection).contains(about) {
            return AnswerProblem("about", "Choose someone of the case")
        }
        let withheld = try ResearchRows.returns(of: [item.id], in: connection).filter {
            $0.agency == occasion.actor.agency
        }.flatMap(\.lines).filter { $0.releasedAt == nil }
        let folded = text.singleSpaced.lowercased()
        guard !withheld.contains(where: { folded.contains($0.text.singleSpaced.lowercased()) }) else {
            return AnswerProblem("text", "Your agency has not released this")
        }
        return nil
    }

    /// Strikes a line before the minutes are approved: who works on them may, and whose information it is.
    /// - Throws: `StorageError`.
    public func strike(
        _ id: ID<MinuteLine>, reason: String, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        guard let line = try MinuteRows.line(id, in: connection),
            let item = try MeetingRows.item(line.item, in: connection),
            let view = try minutes(of: item.meeting, on: occasion, in: connection),
            view.items.contains(where: { $0.lines.contains { $0.id == id } })
        else { return .failure(.register(.absent)) }
        guard view.meeting.state.isAhead || view.meeting.state.takesMinutes else {
            return .failure(.meetingState(view.meeting.state))
        }
        guard let reason = PanelStore.given(reason) else { return .failure(.stopped(.reason)) }
        let fields = ["minutes.\(id)"]
        if line.agency == occasion.actor.agency {
            try register.note(
                .update, ID(item.meeting), line.fieldClass, reason: reason, RegisterDetail(fields: fields),
                on: occasion,
                in: connection)
        } else if let refusal = try touch(
            item.meeting, line.fieldClass, fields, reason: reason, on: occasion, in: connection)
        {
            return .failure(refusal)
        }
        try MinuteRows.strike(id, at: occasion.now, in: connection)
        return .success(())
    }

    // MARK: - Reading minutes

    /// The minutes of a meeting, made for the actor from what they may see; nil when there is no such meeting for them.
    /// - Parameters:
    ///   - person: the lines about one person alone.
    ///   - side: what is of one side, or of none.
    /// - Throws: `StorageError`.
    public func minutes(
        of id: ID<PanelMeeting>, about person: ID<Person>? = nil, side: SubjectSide? = nil, on occasion: Occasion,
        in connection: Connection
    ) throws -> MinutesView? {
        guard let agenda = try agenda(of: id, on: occasion, in: connection),
            let entry = try register.entries([ID(id)], now: occasion.now, in: connection)[ID(id)]
        else { return nil }
        let mayReadNames = allows(.p1, nil, on: entry, occasion)
        let mayReadDeep = allows(.p2, nil, on: entry, occasion)
        let ids = agenda.items.map(\.id)
        let lines = try MinuteRows.lines(of: ids, in: connection)
        let people = try register.entries(
            Set(lines.compactMap(\.person)).map { ID($0) }, now: occasion.now, in: connection)
        let shownLines = lines.filter { line in
            if let person, line.person != person { return false }
            if let side, let own = line.side, own != side { return false }
            if let about = line.person, isWalled(people[ID(about)], occasion) { return false }
            return allows(line.fieldClass, line.side, on: entry, occasion)
        }
        let actions = mayReadNames ? try ActionRows.actions(of: ids, in: connection) : []
        let attendance = mayReadNames ? try MeetingRows.attendance(id, in: connection) : []
        let depth = shownLines.map(\.fieldClass).max() ?? (mayReadNames ? .p1 : .p0)
        let fields = ["minutes"] + shownLines.map { "minutes.\($0.id)" }
        try shown(id, depth, fields, on: occasion, in: connection)
        return MinutesView(
            meeting: agenda.meeting, attendance: attendance,
            items: agenda.items.map { item in
                ItemMinutes(
                    item: item, reference: agenda.references[item.caseID] ?? "",
                    lines: shownLines.filter { $0.item == item.id },
                    actions: person == nil
                        ? actions.filter { $0.item == item.id }.map { mayReadDeep ? $0 : $0.withoutDetails } : [])
            })
    }
}
