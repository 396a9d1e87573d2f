/// Comparing names as people type them.
public enum Spelling {
    /// A name for comparison: lower case, "&" as "and", apostrophes and full stops dropped, other marks as one space.
    public static func folded(_ name: String) -> String {
        var words: [String] = []
        var word = ""
        func close() {
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        for character in name.lowercased() {
            switch character {
            case "&":
                close()
                words.append("and")
            case "'", "\u{2019}", ".": continue
            case let letter where letter.isLetter || letter.isNumber: word.append(letter)
            default: close()
            }
        }
        close()
        return words.joined(separator: " ")
    }

    /// How many letters must be put in, taken out, changed or exchanged with the next to make one text of the other
    /// (optimal string alignment; Damerau 1964).
    public static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        var earlier: [Int] = []
        var previous = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in b.indices {
                let change = previous[j] + (a[i] == b[j] ? 0 : 1)
                var best = min(change, previous[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, earlier[j - 1] + 1) }
                row.append(best)
            }
            earlier = previous
            previous = row
        }
        return previous[b.count]
    }

    /// The candidates that are nearly the wanted text, nearest first: at most a third of its letters wrong, or
    /// beginning with it.
    /// - Parameter candidates: folded names with what to show for them.
    public static func near<Shown: Comparable>(
        _ wanted: String, among candidates: [(name: String, shown: Shown)], atMost limit: Int = 3
    ) -> [Shown] {
        let allowed = max(1, wanted.utf8.count / 3)
        var found: [(Int, Shown)] = []
        for (name, shown) in candidates {
            let begins = wanted.utf8.count >= 3 && name.hasPrefix(wanted)
            if !begins, abs(name.utf8.count - wanted.utf8.count) > allowed { continue }
            let distance = begins ? 1 : distance(wanted, name)
            if distance <= allowed { found.append((distance, shown)) }
        }
        return found.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(limit).map(\.1)
    }

    /// The known word that a word was probably meant to be, or nil.
    public static func nearest(_ word: String, among known: [String]) -> String? {
        near(word.lowercased(), among: known.map { ($0.lowercased(), $0) }, atMost: 1).first
    }
}
