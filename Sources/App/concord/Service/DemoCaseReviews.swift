import CaseReview
import Casework
import Governance
import Kernel
import People
import Rules
import Storage

/// The invented case reviews of the demo partnership: one where each step waits, those of the year before, and that year's
/// figures, published; made by the demo accounts on the days on which they would have made them.
struct DemoCaseReviews {
    let register: DemoRegister
    private let reviews: CaseReviewCases
    private let figures: CaseReviewStore
    private let cases: CaseStore

    init(register: DemoRegister, cases: CaseStore) {
        self.register = register
        self.cases = cases
        reviews = CaseReviewCases(cases)
        figures = CaseReviewStore(roles: register.installation.roles)
    }

    /// Something that was done to a review. An answer "day +30" is the day thirty days after it was done, "day -3" the one
    /// three days before; the answer "it" names the recommendation that was made first.
    enum Step {
        case write(String, [String: String])
        /// A complaint that was made so many days before the application, with what more is said of it.
        case complaint(daysBefore: Int, to: String, String, [String: String] = [:])
        case count
        case move(CaseReviewMove, String? = nil, [String: String] = [:], reason: String? = nil)
    }

    struct Plan {
        let heading: String
        let maker: String
        let person: (given: String, family: String)
        var application = ["by": "victim", "consent": "yes", "came-by": "phone"]
        let what: String
        let opened: LocalDate
        var steps: [(day: Int, step: Step)] = []
    }

    private final class Made {
        var id: ID<CaseRecord>?
    }

    /// Adds them to what happened.
    /// - Throws: a `Fault` when a rule of the figures is missing.
    func add(to history: DemoHistory, now: Instant) throws {
        let year = try CaseReviewYear(containing: now.ukDate, cases.policy)
        let last = try CaseReviewYear(containing: year.from.advanced(by: -1), cases.policy)
        for plan in DemoCaseReviews.present(now.ukDate) + DemoCaseReviews.past(last.from) {
            let opened = DemoCaseReviews.morning(plan.opened)
            let made = Made()
            history.add(opened) { at, connection in made.id = try open(plan, at, in: connection) }
            for (number, (day, step)) in plan.steps.enumerated() {
                let at = DemoCaseReviews.morning(plan.opened.advanced(by: day)).advanced(
                    bySeconds: Int64(number + 1) * 300)
                history.add(at) { at, connection in
                    guard let id = made.id else { return }
                    try make(step, id, plan, at, in: connection)
                }
            }
        }
        publish(last, to: history)
    }

    private static func morning(_ day: LocalDate) -> Instant { day.startInUK.advanced(bySeconds: 10 * 3600) }

    /// The figures of a year: computed by the analyst three weeks after its end, approved by the strategy lead.
    private func publish(_ year: CaseReviewYear, to history: DemoHistory) {
        let day = DemoCaseReviews.morning(year.to.advanced(by: 21))
        final class Kept { var id: ID<CaseReviewStatement>? }
        let kept = Kept()
        history.add(day) { at, connection in
            kept.id = try figures.compute(
                year, on: occasion("analyst@obbwade.example", at, in: connection), in: connection
            )
            .get().id
        }
        history.add(day.advanced(bySeconds: 7200)) { at, connection in
            guard let id = kept.id else { return }
            _ = try figures.publish(id, on: occasion("lead@obbwade.example", at, in: connection), in: connection).get()
        }
    }

    private func occasion(_ email: String, _ at: Instant, in connection: Connection) throws -> Occasion {
        Occasion(try register.actor(email, at, in: connection), at: at, request: "command-line")
    }

    // MARK: - Making

    private func open(_ plan: Plan, _ at: Instant, in connection: Connection) throws -> ID<CaseRecord> {
        guard let type = reviews.type, let victim = Code<PartyRole>("victim") else {
            throw Fault("There is no case type case-review", remedy: "Bring its file back to Definitions/case-types.")
        }
        let occasion = try occasion(plan.maker, at, in: connection)
        let application = plan.application.merging(["what": plan.what]) { $1 }
        let person = try person(plan.person, occasion, in: connection)
        let new = NewCase(
            type.code, heading: plan.heading, parties: [NewParty(victim, person)],
            entries: type.forms.filter(\.opens).map { entry($0, application, at.ukDate, at.ukDate) },
            team: occasion.actor.teams.min())
        return try cases.open(new, on: occasion, in: connection).get()
    }

    private func make(
        _ step: Step, _ id: ID<CaseRecord>, _ plan: Plan, _ at: Instant, in connection: Connection
    ) throws {
        let occasion = try occasion(plan.maker, at, in: connection)
        guard case .found(let record) = try reviews.read(id, on: occasion, in: connection) else { return }
        let today = at.ukDate
        func form(_ code: String) throws -> CaseForm {
            guard let form = Code<CaseForm>(code).flatMap(record.view.type.form) else {
                throw Fault("The case type case-review has no form \(code)")
            }
            return form
        }
        let first = record.recommendations.first?.id.text
        switch step {
        case .write(let code, let given):
            let given = given.mapValues { $0 == "it" ? first ?? $0 : $0 }
            _ = try reviews.fill(entry(form(code), given, today, today), in: id, on: occasion, in: connection).get()
        case .complaint(let days, let body, let what, let more):
            let day = plan.opened.advanced(by: -days)
            let given = ["made": day.description, "to": body, "what": what, "by": "victim"].merging(more) { $1 }
            _ = try reviews.fill(
                entry(form("complaint"), given, day.advanced(by: -2), today), in: id, on: occasion, in: connection
            ).get()
        case .count: _ = try reviews.keepCount(of: id, on: occasion, in: connection).get()
        case .move(let move, let code, let given, let reason):
            let carried = try code.map { entry(try form($0), given, today, today) }
            try reviews.move(
                id, by: move, from: record.state, reason: reason, entry: carried, on: occasion, in: connection
            ).get()
        }
    }

    private func entry(
        _ form: CaseForm, _ given: [String: String], _ happened: LocalDate, _ today: LocalDate
    ) -> NewEntry {
        var answers = FormAnswers()
        for (code, text) in given {
            let isSeveral = form.field(code)?.kind == .choices
            answers[code] = isSeveral ? text.split(separator: " ").map(String.init) : [day(text, today)]
        }
        if form.code.text == "threshold" { answers["counted"] = ["0"] }
        if form.code.text == "review-meeting" { answers["independent"] = ["yes"] }
        var entry = NewEntry(form.code, answers)
        entry.happenedOn = happened
        return entry
    }

    private func day(_ text: String, _ today: LocalDate) -> String {
        guard text.hasPrefix("day "), let days = Int(text.dropFirst(4)) else { return text }
        return today.advanced(by: days).description
    }

    /// The demo person of that name whom the maker may see, or a new one.
    private func person(
        _ name: (given: String, family: String), _ occasion: Occasion, in connection: Connection
    ) throws -> ID<Person> {
        let people = PersonStore(roles: register.installation.roles)
        var details = PersonDetails()
        details[.givenName] = name.given
        details[.familyName] = name.family
        let matches = try people.matches(details, on: occasion, in: connection)
        if let known = matches.first(where: { $0.name == details.name }) { return known.id }
        return try people.create(
            NewPerson(details, side: .victim, team: occasion.actor.teams.min()), isChecked: true, on: occasion,
            in: connection
        ).get()
    }
}
