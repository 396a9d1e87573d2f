internal import Kernel

/// The text of a letter, with what was answered in its places.
struct LetterText {
    let template: LetterTemplate
    /// What stands in the places, by their names.
    let values: [String: String]

    /// The values for a draft.
    init(_ template: LetterTemplate, _ draft: LetterDraft, known: [String: String]) {
        self.template = template
        var values = known
        for field in template.fields + (template.free.map { [$0] } ?? []) {
            let answer = (draft.answers[field.code] ?? "").trimmed
            values[field.code] = field.kind == .date ? LocalDate(answer)?.inWords ?? "" : answer
        }
        self.values = values
    }

    /// What it is about.
    var subject: String { filled(template.subject) }

    /// Its parts, without those that hold nothing.
    var parts: [LetterTemplate.Part] {
        template.parts.compactMap { part in
            switch part {
            case .heading(let text): return .heading(filled(text))
            case .paragraph(let text):
                let filled = filled(text)
                return filled.trimmed.isEmpty ? nil : .paragraph(filled)
            case .list(let items, let isNumbered):
                let filled = items.map(self.filled).filter { !$0.trimmed.isEmpty }
                return filled.isEmpty ? nil : .list(filled, isNumbered: isNumbered)
            }
        }
    }

    /// A text with its places filled. What is put in is not looked at again.
    private func filled(_ text: String) -> String {
        var pieces = text.split(separator: "{", omittingEmptySubsequences: false).map(String.init)
        guard !pieces.isEmpty else { return "" }
        var filled = pieces.removeFirst()
        for piece in pieces {
            let parts = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            filled += values[parts.first ?? ""] ?? ""
            filled += parts.count > 1 ? parts[1] : ""
        }
        return filled
    }

    /// What is wrong with the answers as they are.
    static func problems(_ template: LetterTemplate, _ draft: LetterDraft) -> [AnswerProblem] {
        (template.fields + (template.free.map { [$0] } ?? [])).compactMap { field in
            let answer = (draft.answers[field.code] ?? "").trimmed
            if answer.isEmpty {
                return field.isRequired ? AnswerProblem(field.code, "Answer this: \(field.label)") : nil
            }
            switch field.kind {
            case .date:
                return LocalDate(answer) == nil ? AnswerProblem(field.code, "Enter a day, such as 27 3 2026") : nil
            case .line, .text:
                let longest = field.kind == .line ? FormField.longestLine : 4000
                return answer.count > longest ? AnswerProblem(field.code, "Use \(longest) characters or fewer") : nil
            }
        }
    }
}
