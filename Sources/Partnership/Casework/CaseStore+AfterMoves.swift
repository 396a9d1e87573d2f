internal import Governance
public import Kernel
internal import People
internal import Rules
internal import Storage

// MARK: - What a form may do to a case that has gone on

extension CaseStore {
    /// Why a form is not for this moment: it belongs to a time after a step, or was filled in after it already. What is
    /// corrected was for its moment.
    func problems(
        with entry: NewEntry, _ form: CaseForm, in record: CaseRecord, after moves: [CaseMoveMade],
        earlier: [CaseEntry], of type: CaseType, on today: LocalDate
    ) throws -> [AnswerProblem] {
        guard let window = form.window, entry.supersedes == nil else { return [] }
        let field = form.happens ? "happened-on" : form.fields.first?.code ?? "form"
        guard let step = moves.last(where: { $0.move == window.since }), type.isWhere(record, window) else {
            let name = type.move(window.since)?.name ?? window.since.text
            return [AnswerProblem(field, "This is for after the step “\(name)”")]
        }
        if window.isOnce, let before = earlier.last(where: { $0.supersededAt == nil && $0.madeAt >= step.at }) {
            let day = (before.happenedOn ?? before.madeAt.ukDate).inWords
            return [AnswerProblem(field, "This was written down already, on \(day). It is for once")]
        }
        let day = entry.happenedOn ?? today
        if day < step.at.ukDate {
            return [AnswerProblem(field, "Enter a day that is not before \(step.at.ukDate.inWords)")]
        }
        let last = calendar.lastDay(try policy.length(window.rule, on: step.at.ukDate), from: step.at.ukDate)
        guard day > last, window.excuse.map({ entry.answers[$0].isEmpty }) ?? true else { return [] }
        let late = "The last day for it was \(last.inWords)."
        guard let excuse = window.excuse else { return [AnswerProblem(field, late)] }
        return [AnswerProblem(excuse, "\(late) Say why it is taken all the same")]
    }

    /// The step that a form makes by itself on a case in this state, or why it comes too late for that. What happened
    /// before the step from which the time counts makes none.
    func triggered(
        by entry: NewEntry, _ form: CaseForm, in record: CaseRecord, after moves: [CaseMoveMade], of type: CaseType,
        on today: LocalDate
    ) throws -> Result<CaseMove?, CaseRefusal> {
        guard entry.supersedes == nil, let state = type.state(record.state),
            let move = type.moves.first(where: { $0.trigger?.form == form.code && $0.leaves(state) }),
            let trigger = move.trigger, let step = moves.last(where: { $0.move == trigger.since })
        else { return .success(nil) }
        let day = entry.happenedOn ?? today
        guard day >= step.at.ukDate else { return .success(nil) }
        if step.at.ukDate >= (try policy.windowStart(trigger.window, endingOn: day)) { return .success(move) }
        let why = "The case was over on \(step.at.ukDate.inWords), too long before. Start a new case for what happened"
        return .failure(.problems([AnswerProblem(form.happens ? "happened-on" : "form", why)]))
    }

    /// Which answers name an organisation that the people register does not know.
    func unknownOrganisations(
        in entry: NewEntry, of type: CaseType, in connection: Connection
    ) throws -> [AnswerProblem] {
        let fields = type.form(entry.form)?.fields.filter { $0.kind == .organisation } ?? []
        return try fields.compactMap { field in
            guard let answer = entry.answers[field.code].first else { return nil }
            let isKnown =
                try ID<Organisation>(answer).map { id in
                    try connection.first("SELECT id FROM organisations WHERE id = \(id)") != nil
                } ?? false
            return isKnown ? nil : AnswerProblem(field.code, "\(field.label): choose an organisation from the list")
        }
    }

    /// Leads a case on by a step, and keeps that it was made.
    /// - Returns: the case as it is then.
    func make(
        _ move: CaseMove, of record: CaseRecord, _ type: CaseType, reason: String?, passed: [CaseGate] = [],
        on occasion: Occasion, in connection: Connection
    ) throws -> CaseRecord {
        var changed = record
        changed.state = move.to ?? record.state
        changed.closedAt = type.state(changed.state)?.ends == true ? record.closedAt ?? occasion.now : nil
        try CaseRows.update(changed, in: connection)
        try CaseRows.insert(
            CaseMoveMade(
                move: move.code, from: record.state, to: changed.state, reason: reason, passed: passed.map(\.says),
                by: occasion.actor.account, at: occasion.now), record.id, in: connection)
        return changed
    }
}

extension CaseType {
    /// Whether some form asks for an organisation.
    public var asksForOrganisations: Bool { forms.contains { $0.fields.contains { $0.kind == .organisation } } }

    /// Whether a case is over, and a form about what happened since opens it again.
    public func reopens(_ record: CaseRecord, by form: Code<CaseForm>) -> Bool {
        guard let state = state(record.state), state.ends else { return false }
        return moves.contains { $0.trigger?.form == form && $0.leaves(state) }
    }

    /// Whether a case stands where a form is for that is for a time after a step.
    public func isWhere(_ record: CaseRecord, _ window: FormWindow?) -> Bool {
        window.map { move($0.since)?.to == record.state } ?? true
    }
}
