internal import Kernel
internal import Rules

// What the applicant is told of each complaint. Nothing here names a person.

extension CaseReviewCount {
    /// What became of each complaint, in the words of a letter, by the day on which they were made.
    public var inWords: [String] { items.map { item in item.text(request, policy) } }

    /// The count against the threshold: "2 complaints count. The review procedures ask for 3."
    public var summary: String {
        let verb = count == 1 ? "complaint counts" : "complaints count"
        return "\(count == 0 ? "No" : String(count)) \(verb). The review procedures ask for \(policy.complaints)."
    }
}

extension CaseReviewCount.Item {
    fileprivate func text(_ request: CaseReviewRequest, _ policy: CaseReviewPolicy) -> String {
        let made = "The complaint of \(complaint.madeOn.inWords)"
        guard let reason else { return "\(made) about what happened \(behaviour) counts." }
        return "\(made) does not count: \(reason.text(complaint, request, policy))"
    }

    private var behaviour: String {
        complaint.behaviourFirst == complaint.behaviourLast
            ? "on \(complaint.behaviourLast.inWords)"
            : "from \(complaint.behaviourFirst.inWords) to \(complaint.behaviourLast.inWords)"
    }
}

extension CaseReviewCount.Reason {
    fileprivate func text(
        _ complaint: Complaint, _ request: CaseReviewRequest, _ policy: CaseReviewPolicy
    ) -> String {
        switch self {
        case .late(let day):
            """
            what it is about last happened on \(complaint.behaviourLast.inWords), so that it had to be made by \
            \(day.inWords) (\(policy.complaintWindow.inWords)).
            """
        case .old(let day):
            """
            it counts for an application made by \(day.inWords) (\(policy.applicationWindow.inWords)), and this one was \
            made on \(request.madeOn.inWords).
            """
        case .afterApplication: "it was made after the application of \(request.madeOn.inWords)."
        case .anonymous: "it came without a name, and it has not been shown who made it."
        case .diaryOnly: "it stands in a diary and was not reported to anybody."
        case .reviewedBefore: "an earlier case review has looked at it."
        case .outOfArea: "it was made to a body that does not work in this area."
        case .otherPerson: "someone else made it, and the complaints of one person are counted."
        case .otherHousehold: "it comes from another household, and the complaints of one household are counted."
        case .sameIncident(let first):
            "it is about the same incident as the complaint of \(first.madeOn.inWords), which is counted once."
        }
    }
}
