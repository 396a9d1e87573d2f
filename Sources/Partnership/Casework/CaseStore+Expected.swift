public import Governance
public import Kernel
public import Storage

// MARK: - What is not there yet

extension CaseStore {
    /// Whether a case of a type has no entry of a form, or none in which a question is answered so. What was corrected
    /// since does not count; what an agency keeps to itself does, so that nobody is told that something is missing which
    /// was done. No entry is shown.
    ///
    /// False for who may not read what is asked for, and for a case of another type. The audit names the question alone.
    /// - Parameter answer: the question and its answer; any entry of the form will do when nil.
    /// - Throws: `StorageError`.
    public func lacks(
        _ form: Code<CaseForm>, with answer: (question: String, is: String)? = nil, of type: Code<CaseType>,
        in id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> Bool {
        let fields = catalogue.type(type)?.form(form)?.fields ?? []
        let asked = fields.filter { answer == nil || $0.code == answer?.question }
        guard let depth = asked.map(\.fieldClass).max(),
            let entry = try register.entries([ID(id)], now: occasion.now, in: connection)[ID(id)],
            register.decide(.read, depth, on: entry, by: occasion.actor, now: occasion.now).isPermitted,
            try CaseRows.record(id, in: connection)?.type == type
        else { return false }
        let names = answer.map { ["\(form).\($0.question)"] } ?? [form.text]
        let found = try register.find(
            ID(id), for: .read, depth, detail: RegisterDetail(fields: names), on: occasion, in: connection)
        guard case .found = found else { return false }
        let entries = try EntryRows.answers(to: form, in: id, in: connection)
        guard let answer else { return entries.isEmpty }
        return !entries.contains { $0[answer.question].contains(answer.is) }
    }
}

extension EntryRows {
    /// What was answered in the entries of a form that hold, whoever may see them.
    fileprivate static func answers(
        to form: Code<CaseForm>, in id: ID<CaseRecord>, in connection: Connection
    ) throws -> [FormAnswers] {
        try connection.rows(
            """
            SELECT answers FROM case_entries
            WHERE case_id = \(id) AND form = \(form) AND superseded_at IS NULL
            ORDER BY ordinal
            """
        ).map { try FormAnswers(stored: $0.get("answers")) }
    }
}
