internal import Files
public import Governance
public import Kernel

/// A question of a form, with the class of what is answered (casework.md §4.2).
public struct FormField: Hashable, Sendable {
    /// What an answer may be.
    public enum Kind: Hashable, Sendable {
        /// One line.
        case line
        /// Several lines.
        case text
        /// A day.
        case date
        /// The time of a day, kept as "14:30".
        case time
        /// A whole number in this range.
        case number(ClosedRange<Int>)
        /// Money, in pence.
        case pence
        /// Yes or no.
        case yesNo
        /// One of the choices.
        case choice
        /// Any of the choices.
        case choices
        /// A party of the case, in one of these parts; any when there is none.
        case party(Set<Code<PartyRole>>)
        /// An agency of the partnership.
        case agency
        /// An organisation that the people register knows: a landlord, a service.
        case organisation
    }

    /// One answer that can be chosen.
    public struct Choice: Hashable, Sendable {
        /// Its code.
        public let code: String
        /// What readers see.
        public let text: String
    }

    /// Its name in the form, in tables and in the audit.
    public let code: String
    /// The question.
    public let label: String
    /// What helps to answer it.
    public let hint: String?
    /// What an answer may be.
    public let kind: Kind
    /// What can be chosen.
    public let choices: [Choice]
    /// The class of the answer.
    public let fieldClass: FieldClass
    /// Whether it must be answered.
    public let isRequired: Bool

    /// What readers see of a chosen code; the code itself when it is no longer among the choices.
    public func text(of code: String) -> String { choices.first { $0.code == code }?.text ?? code }
}

extension FormField {
    /// The longest answer of one line, in characters.
    public static let longestLine = 200
    /// The longest answer of several lines, in characters.
    public static let longestText = 20_000

    init(_ node: DefinitionNode, parties: Set<Code<PartyRole>>) throws(Fault) {
        try node.allow(only: ["code", "label", "hint", "kind", "choices", "class", "required", "from", "to", "parties"])
        code = try node.required("code").code(FormField.self).text
        label = try node.required("label").text()
        hint = try node.optional("hint")?.text()
        isRequired = try node.optional("required")?.bool() ?? false
        let written = try node.required("class")
        guard let known = FieldClass(try written.text()) else {
            throw written.fault("one of P0, P1, P2, P3, P4 is needed here")
        }
        fieldClass = known
        choices = try FormField.choices(node)
        kind = try FormField.kind(node, parties)
        let isChosen = kind == .choice || kind == .choices
        if isChosen == choices.isEmpty {
            throw node.fault(isChosen ? "choices are needed" : "only choice and choices have choices")
        }
    }

    private static func choices(_ node: DefinitionNode) throws(Fault) -> [Choice] {
        var choices: [Choice] = []
        for item in try node.optional("choices")?.items() ?? [] {
            try item.allow(only: ["code", "text"])
            let code = try item.required("code").code(Choice.self).text
            if choices.contains(where: { $0.code == code }) { throw item.fault("\(code) stands here twice") }
            choices.append(Choice(code: code, text: try item.required("text").text()))
        }
        return choices
    }

    private static func kind(_ node: DefinitionNode, _ parties: Set<Code<PartyRole>>) throws(Fault) -> Kind {
        let kind = try node.required("kind")
        switch try kind.text() {
        case "line": return .line
        case "text": return .text
        case "date": return .date
        case "time": return .time
        case "pence": return .pence
        case "yes-no": return .yesNo
        case "choice": return .choice
        case "choices": return .choices
        case "agency": return .agency
        case "organisation": return .organisation
        case "number":
            let from = try node.required("from").integer(in: -1_000_000...1_000_000)
            return .number(from...(try node.required("to").integer(in: from...1_000_000)))
        case "party":
            let roles: Set<Code<PartyRole>> = try node.codes("parties")
            if let unknown = roles.subtracting(parties).first {
                throw node.fault("no part in the case is called \(unknown)")
            }
            return .party(roles)
        case let other:
            throw kind.fault(
                "\(other) is no kind of answer; there are agency, choice, choices, date, line, number, organisation, "
                    + "party, pence, text, time, yes-no")
        }
    }
}
