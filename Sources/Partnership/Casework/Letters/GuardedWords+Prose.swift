internal import People

// MARK: - What several lines tell

extension GuardedWords {
    /// Guards what in a text places or reaches someone: postcodes and the lines before them, numbers with their street,
    /// names of streets and houses, telephone numbers and e-mail addresses. Its other words are not guarded.
    mutating func guardProse(_ text: String) {
        for word in text.split(whereSeparator: \.isWhitespace) where word.contains("@") { guardEmail(String(word)) }
        for number in Prose.phones(in: text) { guardPhone(number) }
        let clauses = Prose.clauses(text)
        for (i, clause) in clauses.enumerated() {
            for names in Prose.places(in: clause) { add(names, .address) }
            guard let postcode = Prose.postcode(in: clause) else { continue }
            add([postcode.text], .address)
            let parts = Prose.parts(before: postcode.start, in: i, of: clauses)
            if !parts.isEmpty { guardAddress(parts.joined(separator: ", ")) }
        }
    }
}

/// How addresses stand in sentences.
private enum Prose {
    struct Word {
        /// Small letters without accents.
        let text: String
        let isCapital: Bool

        /// A house number: 12, 12a. No ordinal, no time.
        var isNumber: Bool {
            guard text.count <= 5, let first = text.first, first.isNumber else { return false }
            return text.drop(while: \.isNumber).count < 2
        }

        var isName: Bool { isCapital && !isNumber && !Prose.plain.contains(text) }
    }

    // MARK: - Words

    /// Lines, parts between commas, and sentences.
    static func clauses(_ text: String) -> [[Word]] {
        let parts = text.split { $0.isNewline || ",;:()!?\"“”".contains($0) }
        let sentences = parts.flatMap { part in
            // A full stop inside a word, as in an e-mail address, ends nothing.
            part.split(separator: ". ").flatMap { $0.split(separator: ".\t") }
        }
        return sentences.map(words).filter { !$0.isEmpty }
    }

    private static func words(_ clause: Substring) -> [Word] {
        clause.split { !($0.isLetter || $0.isNumber || "'’‘`.".contains($0)) }.compactMap { piece in
            let text = NameWords.of(String(piece)).joined()
            return text.isEmpty ? nil : Word(text: text, isCapital: piece.first { $0.isLetter }?.isUppercase ?? false)
        }
    }

    /// Runs of digits that are as long as a telephone number and begin like one.
    static func phones(in text: String) -> [String] {
        text.split { !($0.isASCII && $0.isNumber) && !" -()+\u{A0}".contains($0) }.map { run in
            run.filter { $0.isNumber || $0 == "+" }
        }.filter { run in
            let digits = run.filter(\.isNumber)
            return (9...15).contains(digits.count) && (run.hasPrefix("+") || run.hasPrefix("0") || run.hasPrefix("44"))
        }
    }

    // MARK: - Places

    /// Streets and houses, each with and without its number.
    static func places(in clause: [Word]) -> [[String]] {
        var places: [[String]] = []
        for (i, word) in clause.enumerated() where AddressParts.endings.contains(word.text) {
            let isStreet = streets.contains(word.text)
            // The words before it that may belong to its name, and the number before them.
            var first = i
            while first > 0, i - first < 3, mayBelong(clause[first - 1], isStreet) { first -= 1 }
            let isNumbered = first > 0 && clause[first - 1].isNumber
            for start in first..<i {
                let name = clause[start..<i]
                guard name.allSatisfy(\.isName) && (word.isCapital || isStreet) || isNumbered && start == first else {
                    continue
                }
                // A kind of building names none: the Crown Court, a primary school.
                let isNamed = name.contains { !kinds.contains($0.text) && !AddressParts.endings.contains($0.text) }
                guard isNumbered || isNamed && (isStreet || houses.contains(word.text)) else { continue }
                places.append(clause[start...i].map(\.text))
            }
            if isNumbered, first < i { places.append(clause[(first - 1)...i].map(\.text)) }
        }
        return places + numbered(in: clause)
    }

    private static func mayBelong(_ word: Word, _ isStreet: Bool) -> Bool {
        guard !word.isNumber else { return false }
        if word.text == "the" { return word.isCapital }
        return !plain.contains(word.text) && (word.isCapital || isStreet)
    }

    /// "at 12 Cornhill": a number with a name that does not end like a street is known together with the number alone.
    private static func numbered(in clause: [Word]) -> [[String]] {
        var places: [[String]] = []
        for (i, word) in clause.enumerated() where word.isNumber {
            let isPlaced = i == 0 || ["at", "to", "from", "near", "flat"].contains(clause[i - 1].text)
            let name = clause[(i + 1)...].prefix(3).prefix { $0.isName && !times.contains($0.text) }
            guard isPlaced, !name.isEmpty, i > 0 || i + 1 + name.count == clause.count else { continue }
            places.append([word.text] + name.map(\.text))
        }
        return places
    }

    // MARK: - Postcodes

    static func postcode(in clause: [Word]) -> (text: String, start: Int)? {
        for i in clause.indices {
            if isPostcode(clause[i].text) { return (clause[i].text, i) }
            guard i + 1 < clause.count, clause[i + 1].text.count == 3, isPostcode(clause[i].text + clause[i + 1].text)
            else { continue }
            return (clause[i].text + clause[i + 1].text, i)
        }
        return nil
    }

    /// Not "M25 6pm", which is shaped like one.
    private static func isPostcode(_ text: String) -> Bool {
        GuardedWords.isPostcode(text) && !text.hasSuffix("am") && !text.hasSuffix("pm")
    }

    /// The parts of the address that a postcode ends; none when a town alone stands before it.
    static func parts(before start: Int, in clause: Int, of clauses: [[Word]]) -> [String] {
        var parts: [[Word]] = []
        var (place, words) = (clause, Array(clauses[clause][..<start]))
        while parts.count < 6 {
            let ending = Array(words.reversed().prefix { belongs($0) }.reversed())
            let named = Array(ending.drop { !$0.isName && !$0.isNumber })
            if !named.isEmpty { parts.insert(named, at: 0) }
            // Before words of a sentence stands no more of it, nor before a long line.
            guard ending.count == words.count, ending.count <= 5, place > 0 else { break }
            place -= 1
            words = clauses[place]
        }
        let first = parts.first ?? []
        let isPlaced = first.contains(where: \.isNumber) || parts.count > 2 || (parts.count == 2 && first.count > 1)
        return isPlaced ? parts.map { $0.map(\.text).joined(separator: " ") } : []
    }

    private static func belongs(_ word: Word) -> Bool {
        word.isNumber || word.isName || ["the", "upon", "on", "of", "le", "by"].contains(word.text)
    }

    // MARK: - Lists

    /// With these a name is a street's, also in small letters.
    private static let streets: Set<String> = [
        "road", "rd", "street", "avenue", "ave", "lane", "crescent", "cres", "terrace", "gardens", "gdns", "mews",
        "grove",
    ]
    /// With these it is a street's or a house's when both begin with capital letters.
    private static let houses: Set<String> = [
        "alley", "approach", "av", "broadway", "buildings", "bungalow", "chambers", "chase", "cl", "close", "cottage",
        "cottages", "court", "courtyard", "croft", "ct", "dr", "drive", "embankment", "esplanade", "estate", "farm",
        "garden", "garth", "grange", "hall", "heights", "highway", "hostel", "hotel", "house", "ln", "lodge", "mansion",
        "mansions", "mead", "parade", "pl", "place", "promenade", "quay", "refuge", "ridgeway", "rise", "row", "school",
        "sq", "square", "st", "tower", "towers", "villa", "villas", "view", "walk", "way", "wharf", "yard",
    ]
    /// Kinds of buildings, which name no single one.
    private static let kinds: Set<String> = [
        "approved", "care", "childrens", "city", "civil", "combined", "community", "coroners", "council", "county",
        "crown", "day", "family", "first", "grammar", "guest", "half", "halfway", "high", "infant", "junior", "justice",
        "local", "magistrates", "mens", "nursery", "nursing", "open", "police", "primary", "probation", "safe",
        "secondary", "sheltered", "special", "supreme", "tower", "town", "village", "womens", "youth",
    ]
    /// Words that belong to no name, how ever they are written.
    private static let plain: Set<String> = [
        "a", "about", "across", "after", "all", "along", "also", "an", "and", "any", "are", "around", "as", "at",
        "away",
        "because", "before", "behind", "between", "but", "by", "cllr", "days", "dc", "do", "doors", "down", "dr", "ds",
        "each", "every", "few", "for", "from", "has", "he", "her", "here", "him", "his", "hours", "how", "i", "if",
        "in",
        "into", "is", "it", "lives", "metres", "miles", "minutes", "miss", "months", "moved", "mr", "mrs", "ms", "my",
        "near", "next", "nights", "no", "not", "now", "of", "off", "on", "one", "opposite", "or", "our", "over", "pc",
        "people", "ps", "same", "sgt", "she", "since", "some", "stays", "that", "the", "their", "them", "then", "there",
        "they", "this", "times", "to", "two", "until", "up", "was", "we", "weeks", "were", "when", "where", "which",
        "who", "with", "yards", "years", "yes", "you", "your",
    ]
    /// What a number may count that is no house.
    private static let times: Set<String> = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "jan", "feb", "mar",
        "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "am", "pm",
    ]
}
