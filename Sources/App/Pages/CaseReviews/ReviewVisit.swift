internal import CaseReview
internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site
internal import Storage

extension Visit {
    /// The reviews.
    var reviews: CaseReviewCases { CaseReviewCases(site.cases) }

    /// The people register.
    var people: PersonStore { PersonStore(roles: site.roles) }

    /// The review in the path, as far as the visitor may see, with the names of those in it. Ends the request as the
    /// register says.
    /// - Throws: `Refusal`, `StorageError`.
    func openReview() throws -> OpenReview {
        let (id, occasion): (ID<CaseRecord>, Occasion) = (try id("case"), try occasion())
        let found: (CaseReviewFinding, [PersonItem]) = try write { connection in
            let finding = try reviews.read(id, on: occasion, in: connection)
            guard case .found(let record) = finding, !record.view.parties.isEmpty else { return (finding, []) }
            return (finding, try people.items(record.view.parties.map(\.person), on: occasion, in: connection))
        }
        switch found.0 {
        case .found(let record): return OpenReview(record, found.1, try names(of: record.view))
        case .absent: throw Refusal.notFound
        case .refused(_, let reason): throw ended(reason)
        }
    }

    /// The review, for someone who means to work on it.
    func workingReview() throws -> OpenReview {
        let open = try openReview()
        guard open.view.rights.mayWrite else { throw ended(.noPermission) }
        return open
    }

    private func names(of view: CaseView) throws -> [ID<Account>: String] {
        var accounts = Set(view.entries.map(\.madeBy))
        if let owner = view.facts.owner { accounts.insert(owner) }
        let wanted = accounts
        return try read { try AccountNames.names(of: wanted, in: $0) }
    }

    /// How a request ends that the register refused for this reason.
    func ended(_ reason: AccessDecision.Reason) -> Refusal {
        switch reason {
        case .secondFactor, .recentSecondFactor: .confirm
        default: .denied(reason, shown: RegisterRefusal.denied(reason).fault.what + ".")
        }
    }

    /// What is wrong, for a form; ends the request where the review is not there for the visitor.
    /// - Parameters:
    ///   - prefix: what the ids of the questions begin with.
    ///   - field: the id where what belongs to no question is said.
    func errors(_ refusal: CaseRefusal, prefix: String, at field: String) throws -> [FormError] {
        switch refusal {
        case .register(.absent): throw Refusal.notFound
        case .register(.denied(let reason)): throw ended(reason)
        case .register(let refusal): return [FormError(field, "\(refusal.fault.what). \(refusal.fault.remedy)")]
        case .problems(let problems):
            return problems.map { FormError($0.field == "step" ? field : "\(prefix)-\($0.field)", $0.says) }
        case .gates(let gates): return gates.map { FormError(field, $0.says) }
        case .wrongState(let state):
            return [FormError(field, "Someone else moved the review on: it is now \(state?.name ?? "elsewhere")")]
        case .role(let wanted):
            let names = wanted.sorted().map { site.roles.role($0)?.name ?? $0.text }
            return [FormError(field, "Only this role may do it: \(names.joined(separator: " or "))")]
        case .changedMeanwhile, .closedAlready: return [FormError(field, "Someone else changed this in between")]
        }
    }

    /// What a body is called, also one outside the partnership.
    func bodyName(_ code: Code<Agency>, _ entry: CaseEntry? = nil) -> String {
        if code == ReviewPlace.otherBody { return entry?.answers["body-name"].first ?? "Another body" }
        return site.partnership.name(of: code)
    }
}

/// A review with the names that its pages show.
struct OpenReview {
    let record: CaseReviewRecord
    private let persons: [ID<Person>: PersonItem]
    private let accounts: [ID<Account>: String]

    init(_ record: CaseReviewRecord, _ persons: [PersonItem], _ accounts: [ID<Account>: String]) {
        self.record = record
        self.persons = Dictionary(persons.map { ($0.id, $0) }) { first, _ in first }
        self.accounts = accounts
    }

    var view: CaseView { record.view }

    /// Where the review is.
    var address: String { ReviewPlace.address(view.record.id) }

    /// Where its case is.
    var caseAddress: String { "/cases/\(view.record.id.text)" }

    /// A colleague's name.
    func name(_ account: ID<Account>?) -> String {
        account.map { accounts[$0] ?? "Someone who has left" } ?? "Nobody yet"
    }

    /// A person's name, for those who may see them.
    func name(_ person: ID<Person>) -> String { persons[person]?.name ?? "Someone whose record you may not see" }

    /// Whether the visitor may see a person.
    func sees(_ person: ID<Person>) -> Bool { persons[person]?.name != nil }

    /// Who applied: the applicant where there is one, otherwise the victim; nil for who may not see them.
    var applicantParty: CaseParty? {
        let roles = ["applicant", "victim"].compactMap { Code<PartyRole>($0) }
        return roles.flatMap { view.parties(as: $0) }.first { sees($0.person) }
    }

    /// Their name.
    var applicant: String? { applicantParty.map { name($0.person) } }
}

/// The places of a review's pages.
enum ReviewPlace {
    /// What stands for a body outside the partnership.
    static let otherBody: Code<Agency>? = Code("other-body")

    static func address(_ id: ID<CaseRecord>) -> String { "/case-reviews/\(id.text)" }

    /// The pages above one that belongs to a review. A reference carries no personal data.
    static func above(_ open: OpenReview) -> [(title: String, address: String)] {
        [
            (title: "Case reviews", address: "/case-reviews"),
            (title: open.view.record.reference, address: open.address),
        ]
    }

    /// How a review stands.
    static func tag(_ state: CaseReviewState, _ name: String) -> StatusTag {
        switch state {
        case .received: StatusTag(name, tone: .attention)
        case .closed, .withdrawn, .invalid: StatusTag(name, tone: .neutral)
        case .appealed, .policingBody: StatusTag(name, tone: .attention)
        case .acknowledged, .valid, .records, .met, .notMet, .panel, .reviewed, .outcomeSent, .monitored:
            StatusTag(name, tone: .underWay)
        }
    }

    /// Text with its lines.
    static func lines(_ text: String) -> Html {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return "\(each: Array(lines.enumerated()), { "\(if: $0.offset > 0, "<br>")\($0.element)" })"
    }
}
