/// Finds what a misspelt word was meant to be.
public enum Spelling {
    /// The known word with the smallest edit distance, if it is near enough to be meant: at most two edits, or one in
    /// three letters; otherwise a word that begins alike.
    public static func nearest(_ word: String, among known: [String]) -> String? {
        let found = known.map { ($0, distance(word, $0)) }.min { ($0.1, $0.0) < ($1.1, $1.0) }
        if let found, found.1 <= max(2, word.count / 3), found.1 < word.count { return found.0 }
        return word.count < 3
            ? nil : known.first { $0.hasPrefix(word) || $0.split(separator: "-").contains { $0 == word } }
    }

    /// The Levenshtein distance, in Unicode scalars.
    static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count]
    }
}
