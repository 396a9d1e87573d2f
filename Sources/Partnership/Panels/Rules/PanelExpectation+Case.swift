public import Casework

extension PanelExpectation {
    /// Whether a case lacks it, for who may see the form; false for who may not, and for other cases.
    public func isMissing(in view: CaseView) -> Bool {
        guard view.type.code == caseType, let known = view.type.form(form) else { return false }
        let asked = known.fields.filter { question == nil || $0.code == question }
        guard !asked.isEmpty, asked.allSatisfy({ view.rights.reads.contains($0.fieldClass) }) else { return false }
        return !view.entries(of: form).contains { entry in
            guard let question, let answer else { return true }
            return entry.answers[question].contains(answer)
        }
    }
}
