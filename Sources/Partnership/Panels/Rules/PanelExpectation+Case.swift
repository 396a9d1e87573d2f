public import Casework
public import Governance
public import Kernel
public import Storage

extension PanelStore {
    /// Whether a case lacks what a panel expects in it, for who may read what is asked for; false for who may not, and
    /// for other cases. What an agency keeps to itself counts as there, and no more is told of it.
    /// - Throws: `StorageError`.
    public func isMissing(
        _ expected: PanelExpectation, in id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> Bool {
        var answer: (question: String, is: String)?
        if let question = expected.question, let given = expected.answer { answer = (question, given) }
        return try cases.lacks(
            expected.form, with: answer, of: expected.caseType, in: id, on: occasion, in: connection)
    }
}
