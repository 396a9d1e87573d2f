internal import Files
internal import Kernel

extension Fault {
    /// The same fault for people in a browser: without the server's folders and without options of the command line.
    var forPages: Fault {
        Fault(
            what, at: Fault.withoutOption(Fault.withoutFolders(place)), because: Fault.withoutFolders(why),
            remedy: Fault.withoutOptions(Fault.withoutFolders(remedy)))
    }

    /// "/srv/records/police.csv:12" becomes "police.csv:12".
    private static func withoutFolders(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let start = word.drop { "(“\"'".contains($0) }
            guard start.first == "/", start.count > 1 else { return String(word) }
            return String(word[..<start.startIndex]) + FileSystem.name(of: String(start))
        }.joined(separator: " ")
    }

    /// "--area Nowhere" becomes "Nowhere".
    private static func withoutOption(_ place: String) -> String {
        guard place.hasPrefix("--") else { return place }
        return place.split(separator: " ", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
    }

    /// Sentences without what only the command line has: "other months with --from and --to" becomes "other months".
    private static func withoutOptions(_ text: String) -> String {
        let plain = text.replacing(#/\ with --[a-z-]+(?:,? (?:and|or) --[a-z-]+)*/#, with: "")
        let sentences = plain.split(separator: ". ").filter { !$0.contains("--") }
        let kept = sentences.joined(separator: ". ")
        return kept.isEmpty || kept.hasSuffix(".") ? kept : kept + "."
    }
}
