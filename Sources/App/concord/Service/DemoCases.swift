import Casework
import CommandLine
import Governance
import Instruments
import Kernel
import People
import Storage

/// The invented cases of the demo partnership: antisocial behaviour in every state, and other kinds as they begin, made
/// by the demo accounts step by step on the days on which they would have made them.
struct DemoCases {
    let register: DemoRegister
    let store: CaseStore

    /// Something that was done to a case, so many days after it was opened. An answer "day +30" is the day thirty days
    /// after it was done, "day -3" the one three days before.
    indirect enum Step: Sendable {
        /// A form; it may have happened some days before it was written down.
        case fill(String, [String: String], daysBefore: Int = 0)
        /// The first instrument of the type, with answers that weigh about this share of the most they can.
        case assess(share: Double)
        /// A step, with the answers to the form that it brings.
        case move(String, [String: String] = [:], reason: String? = nil)
        case party(String, (given: String, family: String))
        case action(String, days: Int)
        case closeAction(outcome: String)
        case share(String, why: String)
        /// Done by a colleague of the one who opened the case.
        case by(String, Step)
    }

    struct Plan {
        let type: String
        let heading: String
        let maker: String
        /// The person whom the case is about; nil for a type that opens with nobody.
        let person: (given: String, family: String)?
        let daysAgo: Int
        let opening: [String: String]
        let steps: [(day: Int, step: Step)]

        init(
            _ type: String, _ heading: String, by maker: String, _ person: (String, String)?, _ daysAgo: Int,
            _ opening: [String: String], _ steps: [(Int, Step)] = []
        ) {
            self.type = type
            self.heading = heading
            self.maker = maker
            self.person = person
            self.daysAgo = daysAgo
            self.opening = opening
            // By day; those of a day as they are listed.
            self.steps = steps.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map {
                (day: $0.element.0, step: $0.element.1)
            }
        }
    }

    /// All of them.
    static var plans: [Plan] { antisocialBehaviour + others + domesticAbuse + victims + children + offenders + cohort }

    /// Adds them to what happened.
    func add(to history: DemoHistory, now: Instant) {
        for (number, plan) in DemoCases.plans.enumerated() {
            let first = now.ukDate.advanced(by: -plan.daysAgo)
            let made = Made()
            history.add(DemoCases.moment(first, number, 0)) { at, connection in
                made.id = try done(plan, "opened") {
                    let actor = try register.actor(plan.maker, at, in: connection)
                    return try open(plan, Occasion(actor, at: at, request: "command-line"), in: connection)
                }
            }
            for (order, (day, step)) in plan.steps.enumerated() {
                history.add(DemoCases.moment(first.advanced(by: day), number, order + 1)) { at, connection in
                    guard let id = made.id else { return }
                    try done(plan, "\(step)") { try make(step, id, plan, by: plan.maker, at, in: connection) }
                }
            }
        }
    }

    /// In the hours of an office, on the day itself or the Friday before a weekend; the steps of a case a few minutes
    /// apart, so that they stay in their order.
    private static func moment(_ day: LocalDate, _ number: Int, _ order: Int) -> Instant {
        let minutes = number * 37 % 360 + order * 3
        return Instant(day.advanced(by: -max(0, day.weekday - 4)), hour: 9, minute: 0).advanced(
            bySeconds: Int64(minutes) * 60)
    }

    /// Says of which case something was refused.
    private func done<Value>(_ plan: Plan, _ what: @autoclosure () -> String, _ body: () throws -> Value) throws
        -> Value
    {
        do { return try body() } catch let refusal as CaseRefusal {
            throw Fault(
                "The demo case “\(plan.heading)” cannot be made", at: "\(plan.type): \(what())", because: "\(refusal)",
                remedy: "Bring the case type back as it was shipped, or leave --demo out.")
        }
    }

    /// A case that was made.
    private final class Made { var id: ID<CaseRecord>? }

    private func type(_ plan: Plan) throws -> CaseType {
        guard let code = Code<CaseType>(plan.type), let type = store.catalogue.type(code) else {
            throw Fault("There is no case type \(plan.type)", remedy: "Bring its file back to Definitions/case-types.")
        }
        return type
    }

    private func open(_ plan: Plan, _ occasion: Occasion, in connection: Connection) throws -> ID<CaseRecord> {
        let type = try type(plan)
        let person = try plan.person.map {
            try self.person($0, type.parties.first(where: \.opens)?.side, occasion, in: connection)
        }
        let new = NewCase(
            type.code, heading: plan.heading,
            parties: type.parties.filter(\.opens).compactMap { role in person.map { NewParty(role.code, $0) } },
            entries: type.forms.filter(\.opens).map { entry($0, plan.opening, occasion.now.ukDate) },
            team: occasion.actor.teams.min())
        return try store.open(new, on: occasion, in: connection).get()
    }

    private func make(
        _ step: Step, _ id: ID<CaseRecord>, _ plan: Plan, by maker: String, _ at: Instant, in connection: Connection
    ) throws {
        let type = try type(plan)
        let occasion = Occasion(try register.actor(maker, at, in: connection), at: at, request: "command-line")
        switch step {
        case .by(let colleague, let step): try make(step, id, plan, by: colleague, at, in: connection)
        case .fill(let code, let given, let daysBefore):
            guard let form = Code<CaseForm>(code).flatMap(type.form) else { throw DemoCases.unknown(code, plan) }
            var entry = entry(form, given, at.ukDate)
            if daysBefore > 0 { entry.happenedOn = at.ukDate.advanced(by: -daysBefore) }
            _ = try store.fill(entry, in: id, on: occasion, in: connection).get()
        case .assess(let share):
            guard let code = type.instruments.first, let instrument = store.instruments.current(code) else { return }
            let given = DemoCases.answers(instrument, share: share)
            _ = try store.assess(id, with: code, given, on: occasion, in: connection).get()
        case .move(let code, let answers, let reason):
            guard let move = Code<CaseMove>(code).flatMap(type.move),
                case .found(let view) = try store.read(id, on: occasion, in: connection)
            else { throw DemoCases.unknown(code, plan) }
            let carried = move.form.flatMap(type.form).map { entry($0, answers, at.ukDate) }
            try store.move(
                id, by: move.code, from: view.record.state, reason: reason, entry: carried, on: occasion, in: connection
            ).get()
        case .party(let code, let name):
            guard let role = Code<PartyRole>(code).flatMap(type.party) else { throw DemoCases.unknown(code, plan) }
            let person = try person(name, role.side, occasion, in: connection)
            try store.addParty(person, as: role.code, to: id, on: occasion, in: connection).get()
        case .action(let text, let days):
            _ = try store.addAction(
                text, agency: occasion.actor.agency, owner: occasion.actor.account, due: at.ukDate.advanced(by: days),
                to: id, on: occasion, in: connection
            ).get()
        case .closeAction(let outcome):
            guard case .found(let view) = try store.read(id, on: occasion, in: connection) else { return }
            for action in view.actions where action.status == .open {
                try store.closeAction(action.id, of: id, as: .done, outcome: outcome, on: occasion, in: connection)
                    .get()
            }
        case .share(let code, let why):
            guard let agency = Code<Agency>(code) else { throw DemoCases.unknown(code, plan) }
            _ = try store.share(
                id, with: agency, until: nil, highest: .p2, gateway: "Crime and Disorder Act 1998, section 115",
                reason: why, on: occasion, in: connection
            ).get()
        }
    }

    private static func unknown(_ code: String, _ plan: Plan) -> Fault {
        Fault(
            "The demo case “\(plan.heading)” cannot be made", at: plan.type, because: "the type has no \(code)",
            remedy: "Bring the case type back as it was shipped, or leave --demo out.")
    }

    /// An answer to each question; those that lie between two answers fall to either side in turn.
    private static func answers(_ instrument: RiskInstrument, share: Double) -> [Code<RiskQuestion>: Code<RiskAnswer>] {
        var given: [Code<RiskQuestion>: Code<RiskAnswer>] = [:]
        for (number, question) in instrument.questions.enumerated() {
            let weights = Set(question.answers.map(\.weight)).sorted()
            let turn = (Double(number) * 0.618).truncatingRemainder(dividingBy: 1)
            let weight = weights[min(weights.count - 1, Int(Double(weights.count - 1) * share + turn))]
            given[question.code] = question.answers.first { $0.weight == weight }?.code
        }
        return given
    }

    private func entry(_ form: CaseForm, _ given: [String: String], _ day: LocalDate) -> NewEntry {
        var answers = FormAnswers()
        for (code, given) in given {
            let days = given.hasPrefix("day ") ? Int(given.dropFirst(4)) : nil
            let text = days.map { day.advanced(by: $0).description } ?? given
            answers[code] = form.field(code)?.kind == .choices ? text.split(separator: " ").map(String.init) : [text]
        }
        if form.field("notice-sent") != nil { answers["notice-sent"] = [day.description] }
        var entry = NewEntry(form.code, answers)
        entry.happenedOn = day
        if form.isEvidence {
            entry.evidence = .allegation
            entry.source = "The person themselves, by telephone"
        }
        return entry
    }

    /// The demo person of that name whom the maker may see, or a new one.
    private func person(
        _ name: (given: String, family: String), _ side: SubjectSide?, _ occasion: Occasion, in connection: Connection
    ) throws -> ID<Person> {
        let people = PersonStore(roles: register.installation.roles)
        var details = PersonDetails()
        details[.givenName] = name.given
        details[.familyName] = name.family
        let matches = try people.matches(details, on: occasion, in: connection)
        if let known = matches.first(where: { $0.name == details.name }) { return known.id }
        return try people.create(
            NewPerson(details, side: side, team: occasion.actor.teams.min()), isChecked: true, on: occasion,
            in: connection
        ).get()
    }
}
