public import Kernel

// Values of definition files that are more than texts and numbers.
extension DefinitionNode {
    /// This code.
    /// - Throws: a `Fault` that names the place, as everything here.
    public func code<Tag>(_ tag: Tag.Type = Tag.self) throws(Fault) -> Code<Tag> {
        let text = try text()
        guard let code = Code<Tag>(text) else {
            throw fault("\"\(text)\" is no code: lower-case letters, digits and hyphens make one")
        }
        return code
    }

    /// This word of a closed list.
    public func word<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type = Word.self) throws(Fault) -> Word
    {
        let text = try text()
        guard let word = Word(rawValue: text) else {
            throw fault("\"\(text)\" is none of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return word
    }

    /// The codes of an optional list, each once.
    public func codes<Tag>(_ member: String) throws(Fault) -> Set<Code<Tag>> {
        var codes: Set<Code<Tag>> = []
        for item in try optional(member)?.items() ?? [] {
            let code: Code<Tag> = try item.code()
            guard codes.insert(code).inserted else { throw item.fault("\(code) is here twice") }
        }
        return codes
    }

    /// The words of an optional list, each once.
    public func words<Word: RawRepresentable<String> & CaseIterable & Hashable>(
        _ member: String
    ) throws(Fault) -> Set<Word> {
        var words: Set<Word> = []
        for item in try optional(member)?.items() ?? [] {
            let word: Word = try item.word()
            guard words.insert(word).inserted else { throw item.fault("\(word.rawValue) is here twice") }
        }
        return words
    }

    /// This date, written 2026-03-31.
    public func date() throws(Fault) -> LocalDate {
        guard let date = LocalDate(try text()) else { throw fault("a date such as 2026-03-31 is needed here") }
        return date
    }

    /// This whole number, which must lie in a range.
    public func integer(in range: ClosedRange<Int>) throws(Fault) -> Int {
        let number = try integer()
        guard range.contains(number) else {
            throw fault("a number from \(range.lowerBound) to \(range.upperBound) is needed here")
        }
        return number
    }
}
