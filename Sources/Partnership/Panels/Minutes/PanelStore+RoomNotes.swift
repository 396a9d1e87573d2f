internal import Casework
public import Governance
public import Kernel
internal import People
public import Storage

// MARK: - Notes from a room without a network

extension PanelStore {
    /// What becomes of each note, for who works on the minutes of the meeting.
    ///
    /// A note is there already when it was brought in before, or when the same words stand in the same item where the
    /// actor may read them: a line of the same agency in the same part, on the same side and as guarded, an action for
    /// the same owner by the same day.
    /// - Throws: `StorageError`.
    public func look(
        at notes: [RoomNote], for id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<[RoomFinding], PanelRefusal> {
        try working(on: id, on: occasion, in: connection) { meeting, entry, panel in
            guard let view = try minutes(of: id, on: occasion, in: connection) else {
                return .failure(.register(.absent))
            }
            var known = try KnownNotes(view, notes, by: occasion.actor, in: connection)
            let items = Dictionary(view.items.map { ($0.item.id, $0) }) { first, _ in first }
            let others = Set(notes.map(\.item)).subtracting(items.keys)
            let takenOff = try visibleTakenOff(others, of: id, on: occasion, in: connection)
            let findings = try notes.map { note -> RoomFinding in
                guard let item = items[note.item] else {
                    let reference = takenOff[note.item]
                    let why =
                        reference == nil
                        ? "It is for an item that is not on the agenda for you" : "Its item was taken off the agenda"
                    return RoomFinding(note: note, reference: reference, standing: .stopped(why))
                }
                if known.contains(note, at: id) {
                    return RoomFinding(note: note, reference: item.reference, standing: .there)
                }
                let why =
                    try meeting.state.stopsNotes
                    ?? problem(note, of: item.item, entry, panel, on: occasion, in: connection)
                if let why { return RoomFinding(note: note, reference: item.reference, standing: .stopped(why)) }
                known.add(note)
                return RoomFinding(note: note, reference: item.reference, standing: .free)
            }
            return .success(findings)
        }
    }

    private func problem(
        _ note: RoomNote, of item: AgendaItem, _ entry: RegisterEntry, _ panel: KnownPanel, on occasion: Occasion,
        in connection: Connection
    ) throws -> String? {
        let depth: FieldClass
        let found: [AnswerProblem]
        switch note.content {
        case .line(let line):
            depth = line.depth
            found = try problem(line, of: item, panel, on: occasion, in: connection).map { [$0] } ?? []
        case .action(let action):
            depth = action.depth
            if action.agency == nil || action.owner == nil {
                return "Whoever was to do it neither sits on the panel now nor signs in here"
            }
            found = try problems(action, for: item, panel, on: occasion, in: connection)
        }
        if !found.isEmpty { return found.map(\.says).joined(separator: ". ") }
        let decision = register.decide(.update, depth, on: entry, by: occasion.actor, now: occasion.now)
        return decision.isPermitted ? nil : "You may not write what is as sensitive as this"
    }

    /// Brings notes into the minutes, by the same way as what is written while the meeting sits: all of them, or none when
    /// one cannot be. What is there already stays as it is.
    /// - Returns: how many were brought in.
    /// - Throws: `StorageError`.
    public func bring(
        _ notes: [RoomNote], to id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Int, PanelRefusal> {
        let findings: [RoomFinding]
        switch try look(at: notes, for: id, on: occasion, in: connection) {
        case .success(let found): findings = found
        case .failure(let refusal): return .failure(refusal)
        }
        let stops = findings.compactMap { if case .stopped(let why) = $0.standing { why } else { nil } }
        if let why = stops.first { return .failure(.problems([AnswerProblem("note", why)])) }
        let free = findings.filter { $0.standing == .free }.map(\.note)
        do {
            try connection.savepoint {
                for note in free { try bring(note, to: id, on: occasion, in: connection) }
            }
        } catch let refusal as PanelRefusal {
            return .failure(refusal)
        }
        return .success(free.count)
    }

    private func bring(
        _ note: RoomNote, to meeting: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws {
        switch note.content {
        case .line(let line):
            guard let id: ID<MinuteLine> = note.identifier(at: meeting) else { throw PanelRefusal.register(.absent) }
            _ = try minute(line, as: id, of: note.item, on: occasion, in: connection).get()
        case .action(let action):
            guard let id: ID<PanelAction> = note.identifier(at: meeting) else { throw PanelRefusal.register(.absent) }
            _ = try addAction(action, as: id, to: note.item, on: occasion, in: connection).get()
        }
    }
}

/// What of the notes is in the minutes, or stands among the notes before.
private struct KnownNotes {
    /// Who says what, or who does what by when. The same text from another agency or about the other side is another
    /// note, and so is the same task for another owner.
    private enum Words: Hashable {
        case line(
            ID<AgendaItem>, MinutePart, StatementKind?, SubjectSide?, FieldClass, ID<Person>?, Code<Agency>, String)
        case action(ID<AgendaItem>, Code<Agency>?, ID<Account>?, LocalDate?, String)

        init(_ line: MinuteLine) {
            self = .line(
                line.item, line.part, line.kind, line.side, line.fieldClass, line.person, line.agency,
                line.text.singleSpaced)
        }

        init(_ action: PanelAction) {
            self = .action(action.item, action.agency, action.owner, action.due, action.text.singleSpaced)
        }

        /// - Parameter agency: whose a line is that names none.
        init(_ note: RoomNote, by agency: Code<Agency>) {
            switch note.content {
            case .line(let line):
                let statement = line.statement
                self = .line(
                    note.item, line.part, statement.kind, statement.side, line.depth, line.person,
                    line.agency ?? agency, statement.text.singleSpaced)
            case .action(let action):
                self = .action(note.item, action.agency, action.owner, action.due, action.text.singleSpaced)
            }
        }
    }

    private let lines: Set<ID<MinuteLine>>
    private let actions: Set<ID<PanelAction>>
    private let agency: Code<Agency>
    private var words: Set<Words> = []

    init(_ view: MinutesView, _ notes: [RoomNote], by actor: Actor, in connection: Connection) throws {
        let meeting = view.meeting.id
        agency = actor.agency
        lines = try MinuteRows.written(notes.compactMap { $0.identifier(at: meeting) }, in: connection)
        actions = try ActionRows.agreed(notes.compactMap { $0.identifier(at: meeting) }, in: connection)
        for item in view.items {
            words.formUnion(item.lines.map { Words($0) })
            words.formUnion(item.actions.map { Words($0) })
        }
    }

    func contains(_ note: RoomNote, at meeting: ID<PanelMeeting>) -> Bool {
        let wasBrought =
            switch note.content {
            case .line: note.identifier(at: meeting).map(lines.contains) ?? false
            case .action: note.identifier(at: meeting).map(actions.contains) ?? false
            }
        return wasBrought || words.contains(Words(note, by: agency))
    }

    /// From now on the words are there.
    mutating func add(_ note: RoomNote) { words.insert(Words(note, by: agency)) }
}

extension MeetingState {
    /// Why nothing written in the room is brought in now; nil while the minutes are open.
    fileprivate var stopsNotes: String? {
        switch self {
        case .inSession, .minutesDraft: nil
        case .scheduled, .agendaPublished, .researchOpen, .researchClosed:
            "The meeting has not begun here: begin it first"
        case .minutesApproved, .closed: "The minutes are approved, and nobody changes them"
        case .cancelled: "The meeting was called off"
        }
    }
}
