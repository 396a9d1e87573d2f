public import Governance
public import Kernel
public import Storage

/// What counting needs of a case and no more: when it came into which state, and which of the choices that its forms
/// offer were chosen. It holds no name, no text that someone wrote, no address, and not who it is about.
public struct CaseHistory: Hashable, Sendable {
    /// A step.
    public struct Move: Hashable, Sendable {
        /// The state into which it led.
        public let state: Code<CaseState>
        /// The day.
        public let day: LocalDate

        /// A step.
        public init(_ state: Code<CaseState>, _ day: LocalDate) {
            self.state = state
            self.day = day
        }
    }

    /// What was filled in and holds.
    public struct Entry: Hashable, Sendable {
        /// The form.
        public let form: Code<CaseForm>
        /// The day on which it happened; the day on which it was written where the form tells of none.
        public let day: LocalDate
        /// The answers to questions that offer choices, ask for a number or for yes or no.
        public let answers: [String: [String]]

        /// What was filled in.
        public init(_ form: Code<CaseForm>, _ day: LocalDate, _ answers: [String: [String]]) {
            self.form = form
            self.day = day
            self.answers = answers
        }
    }

    /// Which case; not to be shown.
    public let id: ID<CaseRecord>
    /// The day on which it was opened.
    public let openedOn: LocalDate
    /// The state in which it began, and its steps, the oldest first.
    public let moves: [Move]
    /// What was filled in and holds, the oldest first.
    public let entries: [Entry]

    /// A history.
    public init(_ id: ID<CaseRecord>, openedOn: LocalDate, moves: [Move], entries: [Entry]) {
        self.id = id
        self.openedOn = openedOn
        self.moves = moves
        self.entries = entries
    }
}

extension CaseStore {
    /// The histories of all cases of a type that are neither restricted nor sealed, for who may count the partnership's
    /// cases. The audit keeps that they were counted.
    /// - Throws: `StorageError`.
    public func histories(
        of type: Code<CaseType>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<[CaseHistory], RegisterRefusal> {
        // Of no agency, so that what someone may count of their own agency's cases does not open all of them.
        guard let nobody = Code<Agency>("no-agency") else { return .failure(.absent) }
        let facts = RecordFacts(kind: try CaseStore.kind(), agency: nobody)
        let decision = Access.decide(
            AccessRequest(occasion.actor, .count, facts, .p0), roles: register.roles, now: occasion.now)
        if let why = decision.reason {
            return .failure(decision.isHidden ? .absent : .denied(why))
        }
        let found = try recordedHistories(of: type, in: connection)
        var entry = occasion.entry(.read, Code("case").map { AuditObject($0, id: "counted", fields: [type.text]) })
        entry.by.role = decision.role
        try AuditLog.append(entry, in: connection)
        return .success(found)
    }

    /// The same, for what the partnership has counted by itself: it asks nobody and writes no audit, and what comes of it
    /// holds numbers only.
    /// - Throws: `StorageError`.
    public func recordedHistories(
        of type: Code<CaseType>, in connection: Connection
    ) throws -> [CaseHistory] {
        guard let definition = catalogue.type(type) else { return [] }
        let counted = coded(definition)
        var found: [CaseHistory] = []
        for row in try connection.rows(
            """
            SELECT c.id, c.opened_at, c.state FROM cases c JOIN register_records r ON r.id = c.id
            WHERE c.type = \(type) AND r.class IN ('normal', 'protected') ORDER BY c.opened_at, c.id
            """)
        {
            let id: ID<CaseRecord> = try row.get("id")
            let opened = (try row.get("opened_at") as Instant).ukDate
            let steps = try connection.rows(
                "SELECT from_state, to_state, made_at FROM case_moves WHERE case_id = \(id) ORDER BY ordinal")
            let first: Code<CaseState> = try steps.first?.get("from_state") ?? row.get("state")
            let moves = try steps.map { step in
                CaseHistory.Move(try step.get("to_state"), (try step.get("made_at") as Instant).ukDate)
            }
            let entries = CaseHistory.entries(try EntryRows.entries(id, in: connection), counted)
            found.append(
                CaseHistory(id, openedOn: opened, moves: [CaseHistory.Move(first, opened)] + moves, entries: entries))
        }
        return found
    }

    /// The questions of a type that may be counted.
    private func coded(_ type: CaseType) -> [Code<CaseForm>: [String]] {
        var counted: [Code<CaseForm>: [String]] = [:]
        for form in type.forms {
            counted[form.code] = form.fields.filter { field in
                switch field.kind {
                case .choice, .choices, .yesNo, .number: true
                default: false
                }
            }.map(\.code)
        }
        return counted
    }
}

extension CaseHistory {
    /// What holds of the entries of a case, the oldest first: by the day on which it happened, and of one day as it was
    /// written. A correction stands where what it corrects stood.
    static func entries(_ all: [CaseEntry], _ counted: [Code<CaseForm>: [String]]) -> [Entry] {
        let places = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($0.element.id, $0.offset) })
        let holding = all.filter { $0.supersededAt == nil }.map { entry in
            (entry: entry, original: CaseEntry.original(of: entry, among: all))
        }
        let placed = holding.map { entry, original in
            (
                entry: entry, day: entry.happenedOn ?? original.madeAt.ukDate, place: places[original.id] ?? 0
            )
        }
        return placed.sorted { ($0.day, $0.place) < ($1.day, $1.place) }.map { entry, day, _ in
            let answers = (counted[entry.form] ?? []).filter { !entry.answers[$0].isEmpty }
            return Entry(entry.form, day, Dictionary(uniqueKeysWithValues: answers.map { ($0, entry.answers[$0]) }))
        }
    }
}
