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
    private enum Step {
        case write(String, [String: String])
        /// A complaint that was made so many days before the application, with what more is said of it.
        case complaint(daysBefore: Int, to: String, String, [String: String] = [:])
        case count
        case move(CaseReviewMove, String? = nil, [String: String] = [:], reason: String? = nil)
    }

    private struct Plan {
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

// MARK: - What happened

extension DemoCaseReviews {
    private static let officer = "officer@obbwade.example"
    private static let police = "police@obbwade.example"

    private static func begun(_ person: String) -> [(day: Int, step: Step)] {
        [
            (1, .move(.acknowledge, "acknowledgement", ["contact-person": person, "explained": "yes"])),
            (
                2,
                .write(
                    "validity",
                    ["area": "yes", "asb": "yes", "reviewed-before": "no", "reason": "They live here, and it goes on."])
            ), (2, .move(.validate)),
        ]
    }

    /// Three complaints that count, one told to two bodies, and one that is too old.
    private static let four: [(day: Int, step: Step)] = [
        (3, .complaint(daysBefore: 230, to: "council", "Music until three in the morning")),
        (3, .complaint(daysBefore: 80, to: "council", "Shouting and bottles on the stairs", ["reference": "OC-3120"])),
        (
            3,
            .complaint(
                daysBefore: 80, to: "police", "The same night, told by telephone", ["same-incident": "OC-3120"])
        ), (3, .complaint(daysBefore: 40, to: "police", "A window was broken")),
        (3, .complaint(daysBefore: 12, to: "council", "Twenty people in the lobby")),
    ]

    private static let asked: [(day: Int, step: Step)] = ["council", "police", "health"].map { body in
        (4, .write("record-request", ["body": body, "what": "What you know and did", "due": "day +7"]))
    }

    private static func views(_ view: String, _ counted: String) -> [(day: Int, step: Step)] {
        ["council", "police", "health"].map { body in
            (
                8,
                .write(
                    "body-view",
                    ["body": body, "counted": counted, "view": view, "response": "Two visits and a letter"])
            )
        }
    }

    private static let counted: [(day: Int, step: Step)] =
        begun("Orla Quinn") + four + asked + [(4, .move(.askRecords)), (9, .count)]
    private static let met: [(day: Int, step: Step)] =
        counted + views("met", "3") + [
            (
                9,
                .move(
                    .met, "threshold",
                    ["decision": "met", "reason": "Three complaints count.", "told": "day +0"])
            )
        ]
    private static let arranged: [(day: Int, step: Step)] =
        met + [
            (
                11,
                .write(
                    "participation",
                    ["how": "video", "needs": "An evening meeting", "impact": "The children sleep at their aunt’s."])
            ), (12, .move(.arrange)),
        ]
    private static let reviewed: [(day: Int, step: Step)] =
        arranged + [
            (
                20,
                .move(
                    .review, "review-meeting",
                    [
                        "chair": "Hana Iqbal", "chair-agency": "health", "there": "council police health victim",
                        "found": "Each body acted, and nobody led. The landlord was never asked.",
                    ])
            ),
            (
                20,
                .write(
                    "recommendation",
                    [
                        "to": "council", "text": "Name one officer for the family, and ring them each week.",
                        "due": "day +30",
                    ])
            ),
            (
                20,
                .write(
                    "recommendation",
                    ["to": "police", "text": "Patrol Weir House on Friday and Saturday nights.", "due": "day +30"])
            ),
        ]
    private static let sent: [(day: Int, step: Step)] =
        reviewed + [
            (
                22,
                .write(
                    "answer",
                    ["which": "it", "body": "council", "answer": "accepts", "reason": "Agreed.", "due": "day +20"])
            ), (23, .write("plan-consultation", ["asked": "yes", "said": "Weekly calls would help."])),
            (
                24,
                .move(
                    .sendOutcome, "outcome-letter",
                    ["counts": "yes", "recommendations": "yes", "appeal": "yes", "contact": "yes"],
                    reason: "The police answer next week, and the family should not wait.")
            ),
        ]
    private static let followed: [(day: Int, step: Step)] =
        sent + [
            (40, .move(.monitor)),
            (41, .write("carried-out", ["which": "it", "evidence": "The note of the first call"])),
        ]

    private static let refused: [(day: Int, step: Step)] =
        begun("Peter Osei") + [
            (3, .complaint(daysBefore: 30, to: "police", "Motorbikes on the green")),
            (3, .complaint(daysBefore: 20, to: "council", "A diary of noise", ["diary-only": "yes"])),
        ] + asked + [(4, .move(.askRecords)), (8, .count)] + views("not-met", "1")
    private static func notMet(_ decision: String) -> [(day: Int, step: Step)] {
        refused + [
            (
                9,
                .move(
                    .notMet, "threshold",
                    [
                        "decision": decision, "reason": "One complaint counts. A diary is not a report.",
                        "told": "day +0",
                    ])
            )
        ]
    }

    private static func closing(_ outcome: String, _ reason: String) -> [String: String] {
        ["outcome": outcome, "reason": reason, "told": "day +0"]
    }

    /// One review in each state.
    private static func present(_ today: LocalDate) -> [Plan] {
        func plan(
            _ heading: String, _ given: String, _ family: String, _ what: String, _ daysAgo: Int,
            by maker: String = officer,
            _ steps: [(day: Int, step: Step)]
        ) -> Plan {
            Plan(
                heading: heading, maker: maker, person: (given, family), what: what,
                opened: today.advanced(by: -daysAgo), steps: steps)
        }
        var forOther = plan(
            "A neighbour applies for her", "Katherine", "Nowak", "Dogs let loose at her door", 3,
            [(1, .move(.acknowledge, "acknowledgement", ["contact-person": "Orla Quinn", "explained": "yes"]))])
        forOther.application = ["by": "other", "relation": "Neighbour", "consent": "no", "came-by": "person"]
        return [
            forOther,
            plan("Noise at Elm Row", "Imran", "Qureshi", "Loud parties each week", 10, counted),
            plan("Stairs at Bell Court", "Stanley", "Okafor", "Insults and drums", 12, met),
            plan("Lobby of Weir House", "Thi Mai", "Nguyễn", "Groups in the lobby", 16, arranged),
            plan("Fires behind the shop", "Marta", "Wiśniewska", "Bins burnt, windows broken", 23, reviewed),
            plan("Parking at Lock Lane", "Ruth", "Adeyemi", "Threats over parking", 30, sent),
            plan(
                "Threats on the towpath", "Catherine", "Novak", "Threatened while walking", 45,
                sent + [(35, .move(.appeal, "appeal", ["against": "review", "why": "The landlord was not there."]))]),
            plan("Music over the bakery", "Joy", "Mensah", "Music all night", 60, followed),
            plan(
                "Motorbikes on the green", "Patricia", "McNulty", "Motorbikes at night", 14, by: police,
                notMet("not-met")),
            plan(
                "Drone over gardens", "Søren", "Lindqvist", "A drone, seen twice", 20, by: police,
                [
                    (1, .move(.acknowledge, "acknowledgement", ["contact-person": "Peter Osei", "explained": "yes"])),
                    (
                        3,
                        .write(
                            "validity",
                            [
                                "area": "no", "asb": "yes", "reviewed-before": "no",
                                "reason": "They live across the river.",
                            ])
                    ),
                    (
                        4,
                        .move(.invalidate, "closing", closing("invalid-area", "Passed to the neighbouring partnership"))
                    ),
                ]),
        ]
    }

    /// The reviews of the year before, all over.
    private static func past(_ first: LocalDate) -> [Plan] {
        let done: [(day: Int, step: Step)] = [
            (50, .write("recommendation-told", ["which": "it", "said": "That an officer is named"])),
            (50, .write("monitoring", ["all-done": "yes", "behaviour": "yes", "victim-told": "yes"])),
        ]
        func over(_ outcome: String) -> [(day: Int, step: Step)] {
            [(60, .move(.close, "closing", closing(outcome, "It has not happened again")))]
        }
        let one: [(day: Int, step: Step)] = [
            (
                20,
                .write(
                    "recommendation", ["to": "police", "text": "Answer each call within the day.", "due": "day +30"])
            ), (21, .write("answer", ["which": "it", "body": "police", "answer": "accepts", "reason": "Agreed."])),
            (22, .write("plan-consultation", ["asked": "yes", "said": "Good."])),
            (
                24,
                .move(
                    .sendOutcome, "outcome-letter",
                    ["counts": "yes", "recommendations": "yes", "appeal": "yes", "contact": "yes"])
            ), (40, .move(.monitor)), (41, .write("carried-out", ["which": "it", "evidence": "The log of calls"])),
        ]
        let meeting: [String: String] = [
            "chair": "Hana Iqbal", "chair-agency": "health", "there": "council police health",
            "found": "Little was recorded of each visit.",
        ]
        return [
            Plan(
                heading: "Shouting at Mill Side", maker: officer, person: ("Imran", "Qureshi"),
                what: "Shouting at night",
                opened: first.advanced(by: 40),
                steps: arranged + [(20, .move(.review, "review-meeting", meeting))] + one + done + over("reviewed")),
            Plan(
                heading: "Fireworks in the square", maker: police, person: ("Joy", "Mensah"), what: "Fireworks",
                opened: first.advanced(by: 90),
                steps: notMet("not-met") + [
                    (40, .move(.closeNotMet, "closing", closing("not-met", "No appeal came in time")))
                ]),
            Plan(
                heading: "Graffiti on her door", maker: police, person: ("Patricia", "McNulty"),
                what: "Painted over again",
                opened: first.advanced(by: 150),
                steps: notMet("not-met-reviewed") + [
                    (11, .write("participation", ["how": "in-person"])), (12, .move(.arrange)),
                    (20, .move(.review, "review-meeting", meeting)),
                ] + one + done + over("reviewed")),
            Plan(
                heading: "Scooters on the path", maker: officer, person: ("Ruth", "Adeyemi"), what: "Scooters",
                opened: first.advanced(by: 210),
                steps: [
                    (
                        5,
                        .move(
                            .withdraw, "closing", closing("withdrawn", "It ended when the path was closed"),
                            reason: "They rang us themselves")
                    )
                ]),
        ]
    }
}
