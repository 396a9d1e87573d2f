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

    /// Something that was done to a case, so many days after it was opened.
    private enum Step {
        case fill(String, [String: String])
        case assess(share: Double)
        case move(String, reason: String? = nil, form: String? = nil, answers: [String: String] = [:])
        case action(String, days: Int)
        case closeAction(outcome: String)
    }

    private struct Plan {
        let type: String
        let heading: String
        let maker: String
        let person: (given: String, family: String)
        let opening: [String: String]
        var daysAgo = 3
        var steps: [(day: Int, step: Step)] = []
    }

    /// Adds them to what happened.
    func add(to history: DemoHistory, now: Instant) {
        for plan in DemoCases.antisocialBehaviour + DemoCases.others {
            let opened = now.advanced(bySeconds: Int64(-plan.daysAgo) * 86_400)
            let made = Made()
            history.add(opened) { at, connection in
                let actor = try register.actor(plan.maker, at, in: connection)
                made.id = try open(plan, Occasion(actor, at: at, request: "command-line"), in: connection)
            }
            for (day, step) in plan.steps {
                history.add(opened.advanced(bySeconds: Int64(day) * 86_400)) { at, connection in
                    guard let id = made.id else { return }
                    let actor = try register.actor(plan.maker, at, in: connection)
                    let occasion = Occasion(actor, at: at, request: "command-line")
                    try make(step, id, type(plan), occasion, in: connection)
                }
            }
        }
    }

    /// A case that was made.
    private final class Made {
        var id: ID<CaseRecord>?
    }

    private func type(_ plan: Plan) throws -> CaseType {
        guard let code = Code<CaseType>(plan.type), let type = store.catalogue.type(code) else {
            throw Fault("There is no case type \(plan.type)", remedy: "Bring its file back to Definitions/case-types.")
        }
        return type
    }

    private func open(
        _ plan: Plan, _ occasion: Occasion, in connection: Connection
    ) throws -> ID<CaseRecord> {
        let type = try type(plan)
        let person = try person(plan.person, type.parties.first(where: \.opens)?.side, occasion, in: connection)
        let new = NewCase(
            type.code, heading: plan.heading,
            parties: type.parties.filter(\.opens).map { NewParty($0.code, person) },
            entries: type.forms.filter(\.opens).map { entry($0, plan.opening, occasion.now.ukDate) },
            team: occasion.actor.teams.min())
        return try store.open(new, on: occasion, in: connection).get()
    }

    private func make(
        _ step: Step, _ id: ID<CaseRecord>, _ type: CaseType, _ occasion: Occasion, in connection: Connection
    ) throws {
        switch step {
        case .fill(let code, let given):
            guard let form = Code<CaseForm>(code).flatMap(type.form) else { return }
            _ = try store.fill(entry(form, given, occasion.now.ukDate), in: id, on: occasion, in: connection).get()
        case .assess(let share):
            guard let code = type.instruments.first, let instrument = store.instruments.current(code) else { return }
            var given: [Code<RiskQuestion>: Code<RiskAnswer>] = [:]
            for question in instrument.questions {
                let answers = question.answers.sorted { $0.weight < $1.weight }
                given[question.code] = answers[Int((Double(answers.count - 1) * share).rounded())].code
            }
            _ = try store.assess(id, with: code, given, on: occasion, in: connection).get()
        case .move(let code, let reason, let form, let answers):
            guard let move = Code<CaseMove>(code),
                case .found(let view) = try store.read(id, on: occasion, in: connection)
            else { return }
            let carried = form.flatMap { Code<CaseForm>($0) }.flatMap(type.form).map {
                entry($0, answers, occasion.now.ukDate)
            }
            try store.move(
                id, by: move, from: view.record.state, reason: reason, entry: carried, on: occasion, in: connection
            ).get()
        case .action(let text, let days):
            _ = try store.addAction(
                text, agency: occasion.actor.agency, owner: occasion.actor.account,
                due: occasion.now.ukDate.advanced(by: days), to: id, on: occasion, in: connection
            ).get()
        case .closeAction(let outcome):
            guard case .found(let view) = try store.read(id, on: occasion, in: connection) else { return }
            for action in view.actions where action.status == .open {
                try store.closeAction(
                    action.id, of: id, as: .done, outcome: outcome, on: occasion, in: connection
                ).get()
            }
        }
    }

    private func entry(_ form: CaseForm, _ given: [String: String], _ day: LocalDate) -> NewEntry {
        var answers = FormAnswers()
        for (code, text) in given {
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

// MARK: - What happened

extension DemoCases {
    private static let officer = "officer@obbwade.example"
    private static let police = "police@obbwade.example"
    private static let advocate = "advocate@obbwade.example"

    private static let safeContact: Step = .fill(
        "safe-contact", ["channel": "phone", "number": "07700 900111", "voicemail": "no", "say": "no"])
    private static let plan: Step = .fill(
        "plan",
        ["consulted": "yes", "plan": "A visit each week, and a letter to the landlord", "contact-person": "Orla Quinn"])
    private static let contact: Step = .fill("contact", ["how": "phone", "reached": "yes", "what": "It goes on"])
    private static let closing: [String: String] = [
        "outcome": "resolved", "reason": "It has not happened again for a month", "reopen-told": "yes",
        "review-told": "yes",
    ]

    /// One case in each state, the later ones longer ago.
    private static var antisocialBehaviour: [Plan] {
        func asb(
            _ heading: String, _ person: (String, String), _ category: String, _ what: String, _ daysAgo: Int,
            _ steps: [(Int, Step)]
        ) -> Plan {
            Plan(
                type: "asb", heading: heading, maker: officer, person: (person.0, person.1),
                opening: ["category": category, "description": what], daysAgo: daysAgo,
                steps: steps.map { (day: $0.0, step: $0.1) })
        }
        let assessed: [(Int, Step)] = [(1, contact), (1, .assess(share: 0.6)), (2, safeContact), (2, .move("assess"))]
        let agreed: [(Int, Step)] = assessed + [(4, plan), (4, .move("agree-plan"))]
        let active: [(Int, Step)] =
            agreed + [(5, .move("start")), (5, .action("Ask the landlord for lamps", days: 20))]
        let told: (Int, Step) = (
            12, .fill("victim-update", ["said": "The lamps are ordered", "how": "phone", "case-review": "yes"])
        )
        let quiet: [(Int, Step)] = active + [told, (20, .closeAction(outcome: "The lamps are up"))]
        let ending: [(Int, Step)] =
            quiet + [(21, contact), (22, contact), (30, .move("begin-closing", form: "closing", answers: closing))]
        return [
            asb("Drums at Bell Court", ("Stanley", "Okafor"), "personal", "Drums until three in the morning", 2, []),
            asb(
                "Bins set on fire", ("Marta", "Wiśniewska"), "environmental", "Two bins burnt behind the shop", 6,
                assessed),
            asb("Insults on the stairs", ("Catherine", "Novak"), "personal", "Called names on the stairs", 8, agreed),
            asb(
                "Groups at Weir House", ("Thi Mai", "Nguyễn"), "nuisance", "Twenty people in the lobby each night", 18,
                active),
            asb(
                "Dogs let loose", ("Katherine", "Nowak"), "nuisance", "Two dogs without a lead", 35,
                quiet + [(25, .move("monitor"))]),
            asb(
                "Threats over parking", ("Stanley", "Okafor"), "personal", "Threatened with a spanner", 40,
                active + [(14, .move("suspend", reason: "He is in hospital until the new year"))]),
            asb("Fireworks at the lock", ("Marta", "Wiśniewska"), "nuisance", "Rockets at windows", 45, ending),
            asb(
                "Graffiti on the bridge", ("Ruth", "Adeyemi"), "environmental", "Painted over again and again", 70,
                ending + [(40, .move("close")), (50, .fill("satisfaction", ["handled": "good", "ended": "yes"]))]),
        ]
    }

    private static var others: [Plan] {
        func begun(
            _ type: String, _ heading: String, _ person: (String, String), by maker: String = police,
            _ opening: [String: String]
        ) -> Plan {
            Plan(type: type, heading: heading, maker: maker, person: (person.0, person.1), opening: opening)
        }
        return [
            begun(
                "marac", "Referral after the third call", ("Patricia", "McNulty"),
                ["route": "escalation", "why": "Three calls in a month, each worse", "immediate": "no", "aware": "yes"]),
            begun(
                "marac", "Referral by the advocate", ("Joy", "Mensah"), by: advocate,
                ["route": "judgement", "why": "He has found the new flat", "immediate": "no", "aware": "yes"]),
            begun(
                "community-marac", "Alone and hoarding", ("Katherine", "Nowak"), by: officer,
                ["threshold": "agencies judgement", "why": "Four agencies call on her and none leads", "aware": "yes"]),
            begun(
                "child-exploitation", "Two telephones and a train ticket", ("Jermaine", "Tully"),
                ["kinds": "county-lines missing", "why": "Found at a station far from home", "safe-now": "yes"]),
            begun(
                "offender-management", "Nominated after release", ("Wayne", "Schofield"),
                ["cohort": "fixed", "why": "Nine burglaries in a year", "status": "licence"]),
            begun(
                "perpetrator-panel", "Third partner harmed", ("Craig", "Bexley"),
                ["criteria": "serial", "pattern": "Moves in soon, isolates, then hurts", "victims-supported": "yes"]),
            begun(
                "youth-diversion", "Stone at a bus", ("Bethany", "Crowe"),
                ["what": "A stone was thrown at a bus", "outcome": "community"]),
            begun(
                "victim-support", "After a burglary", ("Imran", "Qureshi"), ["kind": "burglary"]),
            begun(
                "hate-incident", "Shouted at outside the mosque", ("Imran", "Qureshi"),
                ["strands": "religion", "perceived": "victim", "what": "Shouted at and spat at", "came-by": "self"]),
            begun(
                "modern-slavery", "Car wash on Lock Lane", ("Søren", "Lindqvist"),
                ["child": "no", "safe-now": "yes", "kinds": "labour", "what": "Sleeps where he works, papers taken"]),
            begun(
                "case-review", "Application after four reports", ("Stanley", "Okafor"), by: officer,
                ["by": "victim", "consent": "yes", "what": "Nobody came after four reports", "came-by": "phone"]),
            begun(
                "womens-hub", "Came by herself", ("Tamsin", "Yeo"), by: advocate,
                ["from": "self", "wants": "home money", "agrees": "yes"]),
            begun(
                "treatment", "Alcohol, from the custody suite", ("Dean", "Hollis"), by: officer,
                ["from": "police", "substances": "alcohol", "agrees": "yes"]),
        ]
    }
}
