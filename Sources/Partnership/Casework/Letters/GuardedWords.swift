internal import Kernel
internal import People

/// What must not stand in a text: addresses, telephone numbers, e-mail addresses and names, found however they are spaced,
/// accented or punctuated.
public struct GuardedWords: Sendable {
    /// What kind of thing it is.
    public enum Kind: String, CaseIterable, Comparable, Sendable {
        case address, phone, email, name

        /// What readers see.
        public var inWords: String {
            switch self {
            case .address: "an address"
            case .phone: "a telephone number"
            case .email: "an e-mail address"
            case .name: "a name"
            }
        }

        /// In the order of the cases.
        public static func < (a: Kind, b: Kind) -> Bool {
            (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
        }
    }

    private struct Needle: Hashable {
        let letters: [Unicode.Scalar]
        let kind: Kind
        /// Whether it is found as one word that begins with a capital letter only.
        let isName: Bool
    }

    private var needles: [Needle] = []

    /// Nothing is guarded.
    public init() {}

    /// Whether nothing is guarded.
    public var isEmpty: Bool { needles.isEmpty }

    // MARK: - What is guarded

    /// Guards an address: each of its parts that says where, with and without the number, and its postcode. A town and a
    /// county at its end are left out, for they place nobody.
    public mutating func guardAddress(_ address: String) {
        let parts = address.split { $0.isNewline || $0 == "," }.map { GuardedWords.words($0) }
        let all = parts.flatMap { $0 }
        for i in all.indices {
            if GuardedWords.isPostcode(all[i]) { add([all[i]], .address) }
            if i + 1 < all.count, GuardedWords.isPostcode(all[i] + all[i + 1]) { add([all[i] + all[i + 1]], .address) }
        }
        for words in AddressParts.placing(parts.map(GuardedWords.withoutPostcode)) {
            add(words, .address)
            let name = Array(words.drop { $0.first?.isNumber == true })
            if name.count < words.count { add(name, .address) }
            // A house and its street that stand in one line are known by each of them too.
            for name in AddressParts.names(in: name) where name.count > 1 { add(name, .address) }
        }
    }

    private static func withoutPostcode(_ words: [String]) -> [String] {
        if words.count > 1, isPostcode(words.suffix(2).joined()) { return Array(words.dropLast(2)) }
        return words.last.map(isPostcode) == true ? Array(words.dropLast()) : words
    }

    /// Guards a telephone number, as it is written in the country and from abroad.
    public mutating func guardPhone(_ phone: String) {
        let digits = phone.filter { ("0"..."9").contains($0) }
        var own = digits
        for prefix in ["0044", "44"] where own.hasPrefix(prefix) && own.count > 10 {
            own = String(own.dropFirst(prefix.count))
            break
        }
        if own.hasPrefix("0") { own = String(own.dropFirst()) }
        guard own.count >= 6 else { return }
        for prefix in ["", "0", "44", "440", "0044", "00440"] { insert(prefix + own, .phone) }
    }

    /// Guards an e-mail address.
    public mutating func guardEmail(_ email: String) { insert(GuardedWords.words(email).joined(), .email) }

    /// Guards a line in which someone wrote how or where a person is reached, by what it looks like.
    public mutating func guardWritten(_ line: String) {
        if line.contains("@") { guardEmail(line) }
        if line.filter(\.isNumber).count >= 7 { guardPhone(line) }
        let isPlace = line.contains(where: \.isNumber) && line.contains(where: \.isLetter) && line.contains(" ")
        if isPlace { guardAddress(line) }
    }

    /// Guards a name: as a whole in both orders, and each word of it that stands by itself with a capital letter.
    /// - Parameter others: other names, each for itself.
    public mutating func guardName(given: String?, family: String?, others: [String] = []) {
        let (given, family) = (GuardedWords.words(given ?? ""), GuardedWords.words(family ?? ""))
        if !given.isEmpty, !family.isEmpty {
            insert((given + family).joined(), .name)
            insert((family + given).joined(), .name)
        }
        for word in given + family { insertName(word) }
        for other in others {
            let words = GuardedWords.words(other)
            if words.count > 1 { insert(words.joined(), .name) }
            for word in words { insertName(word) }
        }
    }

    /// What belongs to this person too is not guarded: a family's name, a home that they share.
    public mutating func allow(_ own: GuardedWords) {
        let shared = Set(own.needles.map(\.letters))
        needles.removeAll { shared.contains($0.letters) }
    }

    /// Guards what others guard too.
    public mutating func join(_ others: GuardedWords) {
        for needle in others.needles where !needles.contains(needle) { needles.append(needle) }
    }

    mutating func add(_ words: [String], _ kind: Kind) {
        let text = words.joined()
        guard text.count >= 5 else { return }
        insert(text, kind)
        guard let last = words.last else { return }
        for other in GuardedWords.streets[last] ?? [] { insert((words.dropLast() + [other]).joined(), kind) }
    }

    private mutating func insertName(_ word: String) {
        // A month at the beginning of a date is no name; as part of a whole name it is still found.
        guard word.count >= 3, !["may", "april", "june", "august"].contains(word) else { return }
        insert(word, .name, isName: true)
    }

    private mutating func insert(_ text: String, _ kind: Kind, isName: Bool = false) {
        guard !text.isEmpty else { return }
        let needle = Needle(letters: Array(text.unicodeScalars), kind: kind, isName: isName)
        if !needles.contains(needle) { needles.append(needle) }
    }

    private static let streets: [String: [String]] = {
        let pairs = [
            ("road", "rd"), ("street", "st"), ("avenue", "ave"), ("avenue", "av"), ("close", "cl"), ("drive", "dr"),
            ("lane", "ln"), ("court", "ct"), ("gardens", "gdns"), ("place", "pl"), ("terrace", "terr"),
            ("crescent", "cres"), ("square", "sq"),
        ]
        var streets: [String: [String]] = [:]
        for (long, short) in pairs {
            streets[long, default: []].append(short)
            streets[short, default: []].append(long)
        }
        return streets
    }()

    static func words(_ text: some StringProtocol) -> [String] { NameWords.of(String(text)) }

    /// Whether it has the shape of a postcode without its space: SW1A1AA (BS 7666).
    static func isPostcode(_ word: String) -> Bool {
        let letters = Array(word)
        guard (5...7).contains(letters.count), letters[0].isLetter, letters[letters.count - 3].isNumber else {
            return false
        }
        return letters.suffix(2).allSatisfy(\.isLetter) && letters.dropLast(3).contains { $0.isNumber }
    }

    // MARK: - Looking

    /// The kinds of things that stand in a text, in their order.
    public func kinds(in text: String) -> [Kind] {
        Set(places(in: FoldedText(text)).map(\.kind)).sorted()
    }

    /// The text with `[withheld]` in place of what is guarded.
    public func redacted(_ text: String) -> String {
        let folded = FoldedText(text)
        let places = places(in: folded).map(\.range).sorted {
            ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
        }
        guard !places.isEmpty else { return text }
        var clean = String.UnicodeScalarView()
        var next = 0
        for place in places where place.upperBound > next {
            if place.lowerBound >= next {
                clean.append(contentsOf: folded.scalars[next..<place.lowerBound])
                clean.append(contentsOf: "[withheld]".unicodeScalars)
            }
            next = place.upperBound
        }
        clean.append(contentsOf: folded.scalars[next...])
        return String(clean)
    }

    private func places(in text: FoldedText) -> [(range: Range<Int>, kind: Kind)] {
        var places: [(range: Range<Int>, kind: Kind)] = []
        for needle in needles {
            guard let first = needle.letters.first, text.letters.count >= needle.letters.count else { continue }
            for start in 0...(text.letters.count - needle.letters.count) where text.letters[start] == first {
                guard text.letters[start...].starts(with: needle.letters),
                    let range = text.range(start, needle.letters.count, asName: needle.isName)
                else { continue }
                places.append((range, needle.kind))
            }
        }
        return places
    }
}

/// A text with its letters and digits, small and without accents, and where each comes from.
private struct FoldedText {
    let scalars: [Unicode.Scalar]
    private(set) var letters: [Unicode.Scalar] = []
    private var origins: [Int] = []

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        for (i, scalar) in scalars.enumerated() {
            for letter in NameWords.folded(String(scalar)).unicodeScalars where FoldedText.isWord(letter) {
                letters.append(letter)
                origins.append(i)
            }
        }
    }

    /// Where letters come from, when a word begins and ends there.
    /// - Parameter asName: whether they must be one word with a capital letter.
    func range(_ start: Int, _ count: Int, asName: Bool) -> Range<Int>? {
        let (first, last) = (origins[start], origins[start + count - 1])
        if start > 0, origins[start - 1] >= first - 1 { return nil }
        if start + count < origins.count, origins[start + count] <= last + 1 { return nil }
        if asName {
            guard scalars[first].properties.isUppercase else { return nil }
            guard scalars[first...last].allSatisfy({ !$0.properties.isWhitespace }) else { return nil }
        }
        return first..<last + 1
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
}
