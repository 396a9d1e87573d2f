internal import Casework
public import Governance
public import Kernel
public import Storage

// MARK: - Notes from a room without a network

extension PanelStore {
    /// What becomes of each note, for who works on the minutes of the meeting.
    ///
    /// A note is there already when it was brought in before, or when the same words stand in the same item where the
    /// actor may read them.
    /// - Throws: `StorageError`.
    public func look(
        at notes: [RoomNote], for id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<[RoomFinding], PanelRefusal> {
        try working(on: id, on: occasion, in: connection) { meeting, entry, panel in
            guard let view = try minutes(of: id, on: occasion, in: connection) else {
                return .failure(.register(.absent))
            }
            var known = try KnownNotes(view, notes, in: connection)
            let items = Dictionary(view.items.map { ($0.item.id, $0) }) { first, _ in first }
            let findings = try notes.map { note -> RoomFinding in
                guard let item = items[note.item] else {
                    return RoomFinding(
                        note: note, reference: nil,
                        standing: .stopped("It is for an item that is not on the agenda for you"))
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
            found = problems(action, panel, on: occasion)
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
    private struct Words: Hashable {
        let item: ID<AgendaItem>
        let isAction: Bool
        let text: String

        init(_ item: ID<AgendaItem>, isAction: Bool, _ text: String) {
            self.item = item
            self.isAction = isAction
            self.text = text.singleSpaced
        }

        init(_ note: RoomNote) {
            let isAction = if case .action = note.content { true } else { false }
            self.init(note.item, isAction: isAction, note.text)
        }
    }

    private let lines: Set<ID<MinuteLine>>
    private let actions: Set<ID<PanelAction>>
    private var words: Set<Words> = []

    init(_ view: MinutesView, _ notes: [RoomNote], in connection: Connection) throws {
        let meeting = view.meeting.id
        lines = try MinuteRows.written(notes.compactMap { $0.identifier(at: meeting) }, in: connection)
        actions = try ActionRows.agreed(notes.compactMap { $0.identifier(at: meeting) }, in: connection)
        for item in view.items {
            for line in item.lines { words.insert(Words(item.item.id, isAction: false, line.text)) }
            for action in item.actions { words.insert(Words(item.item.id, isAction: true, action.text)) }
        }
    }

    func contains(_ note: RoomNote, at meeting: ID<PanelMeeting>) -> Bool {
        let wasBrought =
            switch note.content {
            case .line: note.identifier(at: meeting).map(lines.contains) ?? false
            case .action: note.identifier(at: meeting).map(actions.contains) ?? false
            }
        return wasBrought || words.contains(Words(note))
    }

    /// From now on the words are there.
    mutating func add(_ note: RoomNote) { words.insert(Words(note)) }
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
