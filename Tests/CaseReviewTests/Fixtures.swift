import Files
import Governance
import Kernel
import Rules

@testable import CaseReview

/// What the repository ships, and the tests' own complaints and applications.
enum Shipped {
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    static func calendar() throws -> ClockCalendar { try ClockCalendar(folder: "\(root)/Definitions/rules") }

    /// The shipped rules, before which stand a partnership's own, given as `(key, value in JSON)`.
    static func rules(_ own: (key: String, value: String)..., from: String = "2014-10-20") throws -> PolicyRules {
        try rules(own.map { ($0.key, $0.value, from) })
    }

    static func rules(_ own: [(key: String, value: String, from: String)]) throws -> PolicyRules {
        let list = own.map { rule in
            """
            {"key": "\(rule.key)", "name": "Ours", "source": "Our procedures", "standing": "practice",
             "from": "\(rule.from)", "value": \(rule.value)}
            """
        }
        let text = """
            {"name": "Local", "version": "1", "approvedBy": "The board", "approvedOn": "2026-05-01",
             "rules": [\(list.joined(separator: ", "))]}
            """
        return try PolicyRules([
            DefinitionFile(path: "\(root)/Definitions/rules/default.json"),
            DefinitionFile(bytes: Array(text.utf8), path: "local.json"),
        ])
    }
}

func day(_ text: String) throws -> LocalDate {
    guard let day = LocalDate(text) else { throw Fault("No day: \(text)") }
    return day
}

func word<Tag>(_ text: String, _ tag: Tag.Type = Tag.self) throws -> Code<Tag> {
    guard let code = Code<Tag>(text) else { throw Fault("No code: \(text)") }
    return code
}

func id<Tag>(_ number: Int, _ tag: Tag.Type = Tag.self) throws -> ID<Tag> {
    let digits = String(number)
    guard let id = ID<Tag>("01890000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)
    else { throw Fault("No identifier") }
    return id
}

/// A complaint of person 1 to the council, unless said otherwise.
func complaint(
    _ number: Int, of behaviour: String, made: String, to agency: String = "council", by person: Int? = 1,
    incident: String? = nil, household: String? = nil
) throws -> Complaint {
    let days = try behaviour.split(separator: " ").map { try day(String($0)) }
    var complaint = try Complaint(
        id: id(number), behaviourFirst: days[0], behaviourLast: days[days.count - 1], madeOn: day(made),
        madeTo: word(agency), reporter: person.map { .person(try id($0)) } ?? .anonymous)
    complaint.sameIncident = try incident.map { try word($0) }
    complaint.household = try household.map { try word($0) }
    return complaint
}

func count(
    _ complaints: [Complaint], appliedOn: String, household: String? = nil, _ rules: PolicyRules? = nil
) throws -> CaseReviewCount {
    let applied = try day(appliedOn)
    let policy = try CaseReviewPolicy(rules ?? Shipped.rules(), on: applied)
    let request = CaseReviewRequest(
        madeOn: applied, victim: try id(1), household: try household.map { try word($0) })
    return CaseReviewCount(complaints, for: request, by: policy, on: try Shipped.calendar())
}

/// Applications of a table: received, decided (- while it is not), outcome; "+ recommendations" where a review made some.
func applications(_ table: String) throws -> [CaseReviewApplication] {
    try table.split(separator: "\n").enumerated().map { number, line in
        let cells = line.split(separator: " ").map(String.init)
        let has = line.hasSuffix("+ recommendations")
        guard let kind = CaseReviewOutcome.Kind(rawValue: cells[2]) else { throw Fault("No outcome: \(cells[2])") }
        let outcome: CaseReviewOutcome =
            switch kind {
            case .metReviewed: .metReviewed(hasRecommendations: has)
            case .metAwaiting: .metAwaiting
            case .notMet: .notMet
            case .notMetDiscretionaryReview: .notMetDiscretionaryReview(hasRecommendations: has)
            case .withdrawn: .withdrawn
            case .invalid: .invalid(.outOfArea)
            case .pending: .pending
            }
        return try CaseReviewApplication(
            id: id(number), receivedOn: day(cells[0]), decidedOn: cells[1] == "-" ? nil : day(cells[1]),
            outcome: outcome)
    }
}
