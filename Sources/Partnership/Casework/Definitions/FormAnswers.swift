internal import Kernel
internal import Rules
internal import Secrets

/// What was answered to the questions of a form: by the code of a question, its answers. One that was not answered is not
/// there.
public struct FormAnswers: Hashable, Sendable {
    private var given: [String: [String]] = [:]

    /// Nothing was answered.
    public init() {}

    /// The answers to a question, none when there is none.
    public subscript(_ code: String) -> [String] {
        get { given[code] ?? [] }
        set { given[code] = newValue.isEmpty ? nil : newValue }
    }

    /// The questions that were answered, by the alphabet.
    public var codes: [String] { given.keys.sorted() }

    /// The answers to these questions only.
    public func only(_ isKept: (String) -> Bool) -> FormAnswers {
        var answers = FormAnswers()
        answers.given = given.filter { isKept($0.key) }
        return answers
    }
}

extension FormAnswers {
    /// As they lie in tables: an object of lists, its members by the alphabet.
    var stored: String {
        let members = codes.map { JSON.Member($0, .array(self[$0].map(JSON.string))) }
        return String(decoding: JSON.object(members).encoded(indented: false), as: UTF8.self)
    }

    init(stored text: String) throws(Fault) {
        guard case .object(let members) = try JSON(parsing: Array(text.utf8), from: "entry") else { return }
        for member in members {
            guard case .array(let items) = member.value else { continue }
            self[member.name] = items.compactMap { if case .string(let text) = $0 { text } else { nil } }
        }
    }
}

/// What is wrong with an answer.
public struct AnswerProblem: Error, Hashable, Sendable {
    /// The question.
    public let field: String
    /// What to do, for readers: "Enter what happened".
    public let says: String

    /// A problem with the answer to a question.
    public init(_ field: String, _ says: String) {
        self.field = field
        self.says = says
    }
}

extension FormField {
    /// The answers as they are kept, from what a form sent: trimmed, a day as 2026-03-31.
    /// - Parameter today: days after it are refused unless `allowsFuture`.
    /// - Throws: an `AnswerProblem` that says what to do.
    public func kept(_ sent: [String]) throws(AnswerProblem) -> [String] {
        let texts = sent.map { kind == .text ? FormField.paragraphs($0) : $0.singleSpaced }.filter { !$0.isEmpty }
        guard let first = texts.first else {
            if isRequired { throw AnswerProblem(code, isChosen ? "Choose: \(label)" : "Enter: \(label)") }
            return []
        }
        switch kind {
        case .line:
            guard first.count <= FormField.longestLine else { throw tooLong(FormField.longestLine) }
        case .text:
            guard first.count <= FormField.longestText else { throw tooLong(FormField.longestText) }
        case .date:
            guard let day = LocalDate(first) else { throw AnswerProblem(code, "\(label): enter a real date") }
            guard (1900...2200).contains(day.civil.year) else {
                throw AnswerProblem(code, "\(label): enter a date with a year such as 2026")
            }
        case .time:
            guard let minute = DayTime.minute(first) else {
                throw AnswerProblem(code, "\(label): enter a time such as 14:30")
            }
            return [DayTime.text(minute)]
        case .number(let range):
            guard let number = Int(first), range.contains(number) else {
                throw AnswerProblem(
                    code, "\(label): enter a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return [String(number)]
        case .pence:
            guard let pence = FormField.pence(first) else {
                throw AnswerProblem(code, "\(label): enter an amount such as 12.50")
            }
            return [String(pence)]
        case .yesNo:
            guard first == "yes" || first == "no" else { throw AnswerProblem(code, "\(label): choose yes or no") }
        case .choice:
            guard choices.contains(where: { $0.code == first }) else {
                throw AnswerProblem(code, "\(label): choose one of the answers")
            }
        case .choices:
            let known = choices.map(\.code)
            guard texts.allSatisfy(known.contains) else {
                throw AnswerProblem(code, "\(label): choose from the answers")
            }
            return known.filter(texts.contains)
        case .party, .agency, .organisation: break
        }
        return [first]
    }

    private var isChosen: Bool {
        switch kind {
        case .yesNo, .choice, .choices, .party, .agency, .organisation: true
        case .line, .text, .date, .time, .number, .pence: false
        }
    }

    private func tooLong(_ longest: Int) -> AnswerProblem {
        AnswerProblem(code, "\(label): use \(longest) characters or fewer")
    }

    /// Lines without blanks at their ends, and no more than one empty line between two.
    private static func paragraphs(_ text: String) -> String {
        var lines: [String] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let line = line.trimmed
            if !line.isEmpty || lines.last?.isEmpty == false { lines.append(line) }
        }
        return lines.joined(separator: "\n").trimmed
    }

    /// Pence from "12", "12.5", "£12.50".
    static func pence(_ text: String) -> Int? {
        let parts = text.drop { $0 == "£" }.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let pounds = Int(parts[0]), (0...10_000_000).contains(pounds) else {
            return nil
        }
        guard parts.count == 2 else { return pounds * 100 }
        guard (1...2).contains(parts[1].count), parts[1].allSatisfy({ $0.isASCII && $0.isNumber }),
            let digits = Int(parts[1])
        else { return nil }
        return pounds * 100 + (parts[1].count == 1 ? digits * 10 : digits)
    }
}

extension CaseForm {
    /// The answers as they are kept, from what was sent, and every problem with them.
    /// - Parameter sent: what was sent for a question.
    public func answers(
        _ sent: (FormField) -> [String]
    ) -> (answers: FormAnswers, problems: [AnswerProblem]) {
        var answers = FormAnswers()
        var problems: [AnswerProblem] = []
        for field in fields {
            do throws(AnswerProblem) {
                answers[field.code] = try field.kept(sent(field))
            } catch {
                problems.append(error)
            }
        }
        return (answers, problems)
    }
}

extension FormAnswers {
    /// BLAKE2b-256 of the answers, for the audit.
    var digest: [UInt8] { Hash.blake2b(Array(stored.utf8)) }
}
