internal import Casework
internal import Kernel

/// What each entry goes back to: a correction is the same complaint, recommendation or incident as what it corrects, and
/// what names one of them names all.
struct CaseReviewOrigins {
    private let corrected: [ID<CaseEntry>: ID<CaseEntry>]
    private let entries: [ID<CaseEntry>: CaseEntry]
    private let places: [ID<CaseEntry>: Int]

    /// - Parameter entries: of a case, the oldest first, also what was corrected since.
    init(_ entries: [CaseEntry]) {
        corrected = entries.reduce(into: [:]) { $0[$1.id] = $1.supersedes }
        self.entries = Dictionary(entries.map { ($0.id, $0) }) { first, _ in first }
        places = Dictionary(entries.enumerated().map { ($1.id, $0) }) { first, _ in first }
    }

    /// The entry with which a chain of corrections began.
    func first(_ id: ID<CaseEntry>) -> ID<CaseEntry> {
        var first = id
        while let before = corrected[first] { first = before }
        return first
    }

    /// The same for an identifier in an answer; nil for a text that is none.
    func first(named text: String?) -> ID<CaseEntry>? { text.flatMap { ID<CaseEntry>($0) }.map(first) }

    /// When something was first written down.
    func madeAt(_ entry: CaseEntry) -> Instant { entries[first(entry.id)]?.madeAt ?? entry.madeAt }

    /// An entry and all that it corrects, the newest first.
    func versions(of entry: CaseEntry) -> [CaseEntry] {
        var versions = [entry]
        while let before = corrected[versions[versions.count - 1].id].flatMap({ entries[$0] }) {
            versions.append(before)
        }
        return versions
    }

    /// Entries in the order in which they were first written down: a correction is no later word.
    func inOrder(_ entries: [CaseEntry]) -> [CaseEntry] {
        entries.sorted { (places[first($0.id)] ?? 0) < (places[first($1.id)] ?? 0) }
    }
}
