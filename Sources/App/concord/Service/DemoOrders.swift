import Assessing
import Enforcement
import Governance
import Kernel
import People
import Rules
import Storage

/// The invented orders of the demo partnership: one in every state, made by the demo accounts step by step on the days
/// on which they would have made them, so that the register, its clocks and its report have something to show.
struct DemoOrders {
    let register: DemoRegister
    let store: OrderStore
    private let law: OrderLaw

    /// - Throws: a `Fault` when the rules or the order types are wrong.
    init(register: DemoRegister) throws {
        self.register = register
        let installation = register.installation
        let rules = try PolicyRules(
            folder: "\(installation.definitions.path)/rules", own: installation.partnership.rules)
        law = OrderLaw(
            types: try OrderTypes(folder: "\(installation.definitions.path)/order-types", rules: rules), rules: rules,
            calendar: try ClockCalendar(folder: "\(installation.definitions.path)/rules"))
        store = OrderStore(roles: installation.roles, law: law)
    }

    /// Something that was done to an order.
    enum Step {
        /// Equality and proportionality were weighed up: what is known, what was tried, what the terms adjust.
        case assess(Set<OrderAssessment.Circumstance>, String, tried: String, adjusted: String)
        /// Why the next step went on without that.
        case goOn(String)
        case authorise(String, senior: Bool = false)
        /// Served or signed; it holds for so many days, where it has an end of its own.
        case serve(String, days: Int? = nil)
        /// The hearing is so many days later.
        case hearing(Int, String)
        case adjourn(Int)
        case heard
        /// Made; it holds from so many days later, for so many days.
        case make(from: Int = 0, days: Int?)
        case refuse, withdraw, discharge, review
        case vary([OrderTerm])
        case extend(days: Int)
        case breach(String, evidence: String, stage: OrderBreach.Stage? = nil)
        case appeal(String)
        case decide(OrderAppeal.Outcome)
    }

    enum Subject {
        case person(String, String, born: String)
        case body(String), premises(String), area(String), tenancy(String)
    }

    struct Plan {
        let type: String
        let maker: String
        let subject: Subject
        let daysAgo: Int
        var terms: [OrderTerm] = []
        /// The plan whose order came before it, by its place.
        var after: Int?
        var penalty: Int?
        var steps: [(day: Int, step: Step)] = []
    }

    /// What was done, with its moment; to be done in the order of the moments, for the audit notes a clock that goes
    /// back.
    func acts(now: Instant) -> [(at: Instant, act: (Instant, Connection) throws -> Void)] {
        var acts: [(at: Instant, act: (Instant, Connection) throws -> Void)] = []
        let made = Made()
        for (number, plan) in DemoOrders.plans.enumerated() {
            let begun = DemoOrders.morning(now, daysAgo: plan.daysAgo)
            acts.append(
                (
                    begun,
                    { at, connection in
                        let earlier = plan.after.flatMap { made.orders[$0] }
                        made.orders[number] = try record(
                            plan, earlier, try occasion(plan, at, in: connection), in: connection)
                    }
                ))
            for (place, (day, step)) in plan.steps.enumerated() {
                let at = begun.advanced(bySeconds: Int64(day) * 86_400 + Int64(place + 1) * 600)
                acts.append(
                    (
                        min(now, at),
                        { at, connection in
                            guard let id = made.orders[number] else { return }
                            try make(step, id, try occasion(plan, at, in: connection), in: connection)
                        }
                    ))
            }
        }
        return acts
    }

    /// The orders as they are made, by the place of their plans.
    private final class Made {
        var orders: [Int: ID<Order>] = [:]
    }

    private func occasion(_ plan: Plan, _ at: Instant, in connection: Connection) throws -> Occasion {
        Occasion(try register.actor(plan.maker, at, in: connection), at: at, request: "command-line")
    }

    /// Ten in the morning of a day, or now where that has not come.
    private static func morning(_ now: Instant, daysAgo: Int) -> Instant {
        min(now, now.ukDate.advanced(by: -daysAgo).startInUK.advanced(bySeconds: 10 * 3600))
    }

    private func record(
        _ plan: Plan, _ earlier: ID<Order>?, _ occasion: Occasion, in connection: Connection
    ) throws -> ID<Order> {
        guard let code = Code<OrderType>(plan.type), let type = law.types[code] else {
            throw Fault(
                "There is no order type \(plan.type)", remedy: "Bring its file back to Definitions/order-types.")
        }
        let agency = occasion.actor.agency
        let own = register.installation.partnership.agency(agency)?.kind ?? ""
        let maker = type.makers.contains(own) ? own : type.makers.sorted().first ?? ""
        let (subject, name, born) = try subject(plan.subject, occasion, in: connection)
        var draft = Order(code, subject: subject, name: name, born: born, applicant: agency, maker: maker).with(
            plan.terms)
        draft.penalty = plan.penalty
        return try store.create(draft, after: earlier, team: occasion.actor.teams.min(), on: occasion, in: connection)
            .get()
    }

    private func make(_ step: Step, _ id: ID<Order>, _ occasion: Occasion, in connection: Connection) throws {
        guard case .found(let shown) = try store.read(id, on: occasion, in: connection) else { return }
        let at = occasion.now
        try store.change(id, version: shown.version, on: occasion, in: connection) { (order) throws(OrderRefusal) in
            switch step {
            case .assess(let circumstances, let known, let tried, let adjusted):
                let isLate = law.types[order.type].map(order.isLateForAssessment) ?? false
                try order.assess(
                    OrderAssessment(
                        circumstances: circumstances, known: known, tried: tried,
                        whyNotLess: "The behaviour went on after each of these", adjustments: adjusted,
                        assessedBy: occasion.actor.name, day: at.ukDate,
                        whyLate: isLate ? "Someone had to be kept safe that night" : "",
                        whyAgain: order.assessment == nil ? "" : "More became known", enteredAt: at,
                        enteredBy: occasion.actor.account), law)
            case .goOn(let reason):
                try order.goOn(
                    without: UnassessedStep(.authorised, reason: reason, at: at, by: occasion.actor.account), law)
            case .authorise(let who, let senior): try order.authorise(by: who, isSenior: senior, at: at, law)
            case .serve(let method, let days):
                let service = OrderService(
                    method: method, who: occasion.actor.name, place: "Obbwade",
                    proof: "A signed certificate of service",
                    at: at)
                try order.serve(service, to: days.map { DemoOrders.end(at, days: $0) }, law)
            case .hearing(let days, let court):
                try order.setHearing(at: at.advanced(bySeconds: Int64(days) * 86_400), court: court, enteredAt: at, law)
            case .adjourn(let days): try order.adjourn(to: at.advanced(bySeconds: Int64(days) * 86_400), at: at, law)
            case .heard: try order.hear(at: at, law)
            case .make(let from, let days):
                let start = from == 0 ? at : at.ukDate.advanced(by: from).startInUK
                try order.make(at: at, from: start, to: days.map { DemoOrders.end(start, days: $0) }, law)
            case .refuse: try order.refuse(at: at, law)
            case .withdraw: try order.withdraw(at: at, law)
            case .discharge: try order.discharge(at: at, law)
            case .review: try order.review(at: at, law)
            case .vary(let terms): try order.vary(terms: terms, at: at, law)
            case .extend(let days): try order.extend(to: DemoOrders.end(at, days: days), at: at, law)
            case .breach(let what, let evidence, let stage):
                try order.enter(
                    OrderBreach(
                        at: at.advanced(bySeconds: -3600), what: what, evidence: evidence, stage: stage, enteredAt: at),
                    law)
            case .appeal(let court): try order.appeal(OrderAppeal(at: at, court: court), law)
            case .decide(let outcome): try order.decideAppeal(outcome, at: at, law)
            }
        }.get()
    }

    /// The end of the last of so many days, of which the first is that of the beginning.
    private static func end(_ start: Instant, days: Int) -> Instant {
        days == 1 ? start.advanced(bySeconds: 86_400) : start.ukDate.advanced(by: days).startInUK
    }

    private func subject(
        _ subject: Subject, _ occasion: Occasion, in connection: Connection
    ) throws -> (OrderSubject, name: String, born: LocalDate?) {
        switch subject {
        case .body(let text): return (.body(text), text, nil)
        case .premises(let text): return (.premises(text), text, nil)
        case .area(let text): return (.area(text), text, nil)
        case .tenancy(let text): return (.tenancy(text), text, nil)
        case .person(let given, let family, let birth):
            let people = PersonStore(roles: register.installation.roles)
            var details = PersonDetails()
            details[.givenName] = given
            details[.familyName] = family
            let matches = try people.matches(details, on: occasion, in: connection)
            if let known = matches.first(where: { $0.name == details.name }) {
                // What the people register says of a birthday goes before the plan.
                let born: LocalDate? = if case .day(let day)? = known.birth { day } else { LocalDate(birth) }
                return (.person(ID(known.id)), details.name, born)
            }
            details[.birth] = birth
            let id = try people.create(
                NewPerson(details, team: occasion.actor.teams.min()), isChecked: true, on: occasion, in: connection
            ).get()
            return (.person(ID(id)), details.name, LocalDate(birth))
        }
    }
}
