internal import Casework
internal import Governance
internal import Kernel

/// The complaints of a review as they were written down on its case, made ready for the count.
enum CaseReviewComplaints {
    /// The form in which a complaint is written down.
    static let form = "complaint"

    /// A complaint, or why it is none that could be counted, of each entry of a case that holds.
    static func read(_ view: CaseView, victim: ID<Registered>?) -> [CaseReviewRecord.Written] {
        let entries = CaseReviewRecord.entries(form, view)
        let incidents = incidents(of: entries, CaseReviewOrigins(view.entries))
        return entries.map { entry in
            guard let made = entry.answers["made"].first.flatMap({ LocalDate($0) }), let first = entry.happenedOn,
                let body = entry.answers["to"].first.flatMap({ Code<Agency>($0) }),
                let id = ID<Complaint>(entry.id.text)
            else { return CaseReviewRecord.Written(entry: entry, complaint: .failure(.incomplete)) }
            let last = isYes("ongoing", entry) ? nil : entry.answers["until"].first.flatMap { LocalDate($0) } ?? first
            do throws(Complaint.Problem) {
                var complaint = try Complaint(
                    id: id, behaviourFirst: first, behaviourLast: last, madeOn: made, madeTo: body,
                    reporter: reporter(entry, victim))
                complaint.sameIncident = incidents[entry.id]
                complaint.household = entry.answers["by"].first == "household" ? household : nil
                complaint.isHate = isYes("hate", entry)
                complaint.isDiaryOnly = isYes("diary-only", entry)
                complaint.wasReviewedBefore = isYes("reviewed-before", entry)
                complaint.isInArea = !isYes("out-of-area", entry)
                return CaseReviewRecord.Written(entry: entry, complaint: .success(complaint))
            } catch {
                return CaseReviewRecord.Written(entry: entry, complaint: .failure(error))
            }
        }
    }

    /// The victim's household, of which a case holds one.
    static let household: Code<Household>? = Code("victim")

    private static func isYes(_ field: String, _ entry: CaseEntry) -> Bool { entry.answers[field] == ["yes"] }

    /// Who made it. Someone else without a name among the people of the case, of the household or not, cannot be told from
    /// another, and is not counted.
    private static func reporter(_ entry: CaseEntry, _ victim: ID<Registered>?) -> Complaint.Reporter {
        let other = entry.answers["by-whom"].first.flatMap { ID<Registered>($0) }
        switch entry.answers["by"].first {
        case "anonymous": return .anonymous
        case "proved": return victim.map { .proved($0) } ?? .anonymous
        case "other", "household": return other.map { .person($0) } ?? .anonymous
        default: return victim.map { .person($0) } ?? .anonymous
        }
    }

    /// Which happening each complaint is about, for those that say they are about the same as another: that other's
    /// reference or entry is named, as it is now or as it was before it was corrected.
    private static func incidents(
        of entries: [CaseEntry], _ origins: CaseReviewOrigins
    ) -> [ID<CaseEntry>: Code<SameIncident>] {
        let earlier = entries.map { origins.versions(of: $0).dropFirst() }
        func isNamed(_ entry: CaseEntry, _ other: String) -> Bool {
            entry.id.text == other || entry.answers["reference"].first.map(folded) == other
        }
        var group = Array(entries.indices)
        func root(_ start: Int) -> Int {
            var at = start
            while group[at] != at { at = group[at] }
            return at
        }
        var named: [String: Int] = [:]
        for (i, entry) in entries.enumerated() {
            guard let other = entry.answers["same-incident"].first.map(folded), !other.isEmpty else { continue }
            let others = entries.indices.filter { $0 != i }
            let target =
                others.first { isNamed(entries[$0], other) }
                ?? others.first { earlier[$0].contains { isNamed($0, other) } }
            // A name that no complaint here has still ties those together that say it.
            group[root(i)] = root(target ?? named[other] ?? i)
            if target == nil { named[other] = named[other] ?? i }
        }
        var sizes: [Int: Int] = [:]
        for i in entries.indices { sizes[root(i), default: 0] += 1 }
        var incidents: [ID<CaseEntry>: Code<SameIncident>] = [:]
        for (i, entry) in entries.enumerated() where sizes[root(i), default: 0] > 1 {
            incidents[entry.id] = Code("incident-\(root(i))")
        }
        return incidents
    }

    private static func folded(_ text: String) -> String { text.singleSpaced.lowercased() }
}
