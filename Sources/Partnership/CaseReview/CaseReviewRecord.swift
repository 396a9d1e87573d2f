public import Casework
public import Governance
public import Kernel
internal import People

/// A review as one actor may see it: what stands on its case, read as the Act and the procedures understand it.
public struct CaseReviewRecord: Sendable {
    /// A complaint as it was written down.
    public struct Written: Hashable, Sendable {
        /// The entry of the case.
        public let entry: CaseEntry
        /// The complaint, or why it is none that could be counted.
        public let complaint: Result<Complaint, Complaint.Problem>
    }

    /// What a relevant body thinks.
    public struct BodyView: Hashable, Sendable {
        /// The body.
        public let body: Code<Agency>
        /// How many complaints it counts.
        public let counted: Int?
        /// Whether it sees the threshold as met.
        public let isMet: Bool
        /// What it did about the complaints; nil for who may not see it.
        public let response: String?
        /// When it said so.
        public let on: LocalDate?
    }

    /// What the bodies found of persistence, harm and response.
    public struct HarmTest: Hashable, Sendable {
        /// The finding, where it asks for a review.
        public let finding: CaseReviewThreshold.HarmFinding?
        /// The entry.
        public let entry: CaseEntry
    }

    /// The case.
    public let view: CaseView
    /// Where it stands.
    public let state: CaseReviewState
    /// What was counted and kept, the oldest first; none for who may not see it.
    public let counts: [KeptCaseReviewCount]
    /// What would be counted now, by the rules of the application's day; nil for who does not see every complaint.
    public let count: CaseReviewCount?
    /// The last day on which the applicant may appeal against what was decided last; nil where nothing was decided, or
    /// there was an appeal since.
    public let appealUntil: LocalDate?
    /// Whether there is time left for an appeal against what was decided last.
    public let isAppealInTime: Bool

    /// The day of the application.
    public var appliedOn: LocalDate { CaseReviewRecord.appliedOn(view) }

    static func appliedOn(_ view: CaseView) -> LocalDate {
        CaseReviewRecord.entries("application", view).compactMap(\.happenedOn).min() ?? view.record.openedAt.ukDate
    }

    /// Whether the victim agrees; nil for who may not see it.
    public var consent: CaseReviewApplication.Consent? {
        guard let entry = entries("application").last, let agrees = entry.answers["consent"].first else { return nil }
        if entry.answers["by"].first == "victim" { return .own }
        return agrees == "yes" ? .given : .awaited
    }

    /// The victim, for those who may see who it is.
    public var victim: ID<Registered>? { CaseReviewRecord.victim(view) }

    static func victim(_ view: CaseView) -> ID<Registered>? {
        view.type.parties.first(where: \.opens).flatMap { view.parties(as: $0.code).first }.map { ID($0.person) }
    }

    /// The complaints, in the order in which they were written down.
    public var complaints: [Written] { CaseReviewComplaints.read(view, victim: victim) }

    /// The bodies to which complaints were made: a chair who comes from one of them is not independent.
    public var complainedOf: Set<Code<Agency>> {
        Set(entries(CaseReviewComplaints.form).compactMap { $0.answers["to"].first.flatMap { Code($0) } })
    }

    /// The bodies that were asked for what they know.
    public var asked: [Code<Agency>] {
        entries("record-request").compactMap { $0.answers["body"].first.flatMap { Code($0) } }
    }

    /// What each body thinks, its last word.
    public var bodyViews: [BodyView] {
        var views: [BodyView] = []
        for entry in entries("body-view") {
            guard let body = entry.answers["body"].first.flatMap({ Code<Agency>($0) }) else { continue }
            views.removeAll { $0.body == body }
            views.append(
                BodyView(
                    body: body, counted: entry.answers["counted"].first.flatMap { Int($0) },
                    isMet: entry.answers["view"].first == "met", response: entry.answers["response"].first,
                    on: entry.happenedOn))
        }
        return views
    }

    /// What was found of persistence, harm and response, the last word.
    public var harmTest: HarmTest? {
        entries("harm-test").last.map { entry in
            let isFound = entry.answers["finding"].first == "yes"
            let reason = entry.answers["reason"].first ?? ""
            return HarmTest(
                finding: isFound
                    ? .init(by: entry.madeBy, on: entry.happenedOn ?? entry.madeAt.ukDate, reason: reason) : nil,
                entry: entry)
        }
    }

    /// The decision on the threshold: `met`, `not-met` or `not-met-reviewed`.
    public var decision: CaseEntry? { entries("threshold").last }

    /// Whether a review was held.
    public var wasReviewed: Bool { view.moves.contains { $0.move.text == CaseReviewMove.review.rawValue } }

    /// The last count that was kept.
    public var keptCount: KeptCaseReviewCount? { counts.last }

    /// Whether the last count that was kept is of the complaints as they stand now.
    public var isCountCurrent: Bool {
        guard let keptCount else { return false }
        return Set(keptCount.items.map(\.complaint)) == Set(complaints.compactMap { try? $0.complaint.get().id })
            && keptCount.appliedOn == appliedOn
    }

    /// The recommendations with what became of each.
    public var recommendations: [CaseReviewRecommendation] { CaseReviewRecommendation.replay(view) }

    /// The decision on the last appeal; nil while it waits.
    public var appealDecision: CaseEntry? {
        let code = CaseReviewMove.appeal.rawValue
        let appealed = view.moves.last { $0.move.text == code }?.at
        let origins = CaseReviewOrigins(view.entries)
        return entries("appeal-decision").last { entry in appealed.map { origins.madeAt(entry) >= $0 } ?? true }
    }

    /// What was filled in that holds, in the order in which it was first written down.
    public func entries(_ form: String) -> [CaseEntry] { CaseReviewRecord.entries(form, view) }

    static func entries(_ form: String, _ view: CaseView) -> [CaseEntry] {
        let entries = Code(form).map { view.entries(of: $0) } ?? []
        return entries.contains { $0.supersedes != nil } ? CaseReviewOrigins(view.entries).inOrder(entries) : entries
    }

    /// The identifier by which an entry is known here, whichever of its versions an answer names.
    public func identity(_ entry: String) -> String {
        CaseReviewOrigins(view.entries).first(named: entry)?.text ?? entry
    }
}

extension CaseReviewRecommendation {
    /// The recommendations on a case, with the answers to them, that they were carried out and that the victim was told,
    /// in the order in which it was first written down. A recommendation has the identifier that it had before it was
    /// corrected. What does not go together is left out: the pages refuse it before it
    /// is written, and the case keeps it as it was said.
    /// - Parameter corrected: an entry that is corrected: they stand as they did before it was written.
    static func replay(_ view: CaseView, before corrected: ID<CaseEntry>? = nil) -> [CaseReviewRecommendation] {
        let held = CaseReviewRecord.entries("review-meeting", view).last?.happenedOn
        let origins = CaseReviewOrigins(view.entries)
        let written = origins.inOrder(view.entries.filter { $0.supersededAt == nil })
        return CaseReviewRecord.entries("recommendation", view).compactMap { entry in
            let first = origins.first(entry.id)
            guard let id = ID<CaseReviewRecommendation>(first.text),
                let body = entry.answers["to"].first.flatMap({ Code<Agency>($0) })
            else { return nil }
            var recommendation = CaseReviewRecommendation(
                id: id, to: body, text: entry.answers["text"].first ?? "",
                madeOn: min(held ?? entry.madeAt.ukDate, entry.madeAt.ukDate),
                asksBy: entry.answers["due"].first.flatMap { LocalDate($0) })
            let later = written.filter { origins.first(named: $0.answers["which"].first) == first }
            for entry in later.prefix(while: { $0.id != corrected }) {
                try? recommendation.take(entry.form, entry.answers, on: entry.happenedOn ?? entry.madeAt.ukDate)
            }
            return recommendation
        }
    }

    /// Takes what a form says of it.
    mutating func take(_ form: Code<CaseForm>, _ answers: FormAnswers, on day: LocalDate) throws(Refusal) {
        switch form.text {
        case "answer":
            let due = answers["due"].first.flatMap { LocalDate($0) } ?? asksBy ?? day
            let reason = answers["reason"].first ?? ""
            switch answers["answer"].first {
            case "accepts": try record(.accepts(due: due), on: day)
            case "partly": try record(.partly(due: due, reason: reason), on: day)
            default: try record(.rejects(reason: reason), on: day)
            }
        case "carried-out": try recordDone(evidence: answers["evidence"].first ?? "", on: day)
        case "recommendation-told": try recordVictimInformed(on: day)
        default: break
        }
    }
}
