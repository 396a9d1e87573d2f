internal import Files
public import Governance
public import Kernel

/// A form of a case: an incident, a contact, a diary sheet, a warning letter, research, a satisfaction survey. Each time
/// it is filled in makes an entry; an entry is corrected by another that supersedes it.
public struct CaseForm: Hashable, Sendable {
    /// Its name in the case type.
    public let code: Code<CaseForm>
    /// What readers see: "Incident".
    public let name: String
    /// What it is for.
    public let purpose: String?
    /// Whether it is filled in more than once.
    public let repeats: Bool
    /// Whether it is part of what begins a case.
    public let opens: Bool
    /// Whether it tells of something that happened on a day: then it asks for the day.
    public let happens: Bool
    /// Whether it asks what kind of evidence it is, and where it comes from.
    public let isEvidence: Bool
    /// The time after a step for which it is; nil for a form that is for any time.
    public let window: FormWindow?
    /// Its questions.
    public let fields: [FormField]

    /// A question, or nil.
    public func field(_ code: String) -> FormField? { fields.first { $0.code == code } }

    /// The highest class among these answers.
    public func highestClass(of answers: FormAnswers) -> FieldClass {
        fields.filter { !answers[$0.code].isEmpty }.map(\.fieldClass).max() ?? .p0
    }
}

extension CaseForm {
    init(_ node: DefinitionNode, parties: Set<Code<PartyRole>>) throws(Fault) {
        try node.allow(only: ["code", "name", "purpose", "repeats", "opens", "happens", "evidence", "after", "fields"])
        code = try node.required("code").code()
        name = try node.required("name").text()
        purpose = try node.optional("purpose")?.text()
        repeats = try node.optional("repeats")?.bool() ?? false
        opens = try node.optional("opens")?.bool() ?? false
        happens = try node.optional("happens")?.bool() ?? false
        isEvidence = try node.optional("evidence")?.bool() ?? false
        window = try node.optional("after").map { node throws(Fault) in try FormWindow(node) }
        var fields: [FormField] = []
        for item in try node.required("fields").items() {
            let field = try FormField(item, parties: parties)
            if fields.contains(where: { $0.code == field.code }) { throw item.fault("\(field.code) is here twice") }
            fields.append(field)
        }
        self.fields = fields
    }
}
