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
    private let store: OrderStore
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
    private enum Step {
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
        case breach(String, evidence: String)
        case appeal(String)
        case decide(OrderAppeal.Outcome)
    }

    private enum Subject {
        case person(String, String, born: String)
        case body(String), premises(String), area(String), tenancy(String)
    }

    private struct Plan {
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
            case .breach(let what, let evidence):
                try order.enter(
                    OrderBreach(at: at.advanced(bySeconds: -3600), what: what, evidence: evidence, enteredAt: at), law)
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

// MARK: - What happened

extension DemoOrders {
    private static let officer = "officer@obbwade.example"
    private static let police = "police@obbwade.example"
    private static let head = "Marian Tait, head of community safety"
    private static let inspector = "Inspector R. Vale"
    private static let magistrates = "Obbwade Magistrates’ Court"
    private static let county = "Obbwade County Court"

    private static func keepOut(_ place: String) -> OrderTerm {
        OrderTerm(.prohibition, "Not to enter \(place)", part: OrderTermPart(.keepOut, place: OrderPlace(place)))
    }

    private static func attend(_ place: String, _ text: String) -> OrderTerm {
        OrderTerm(
            .requirement, text, supervisor: "The youth justice service",
            part: OrderTermPart(.attend, place: OrderPlace(place)))
    }

    private static let plans: [Plan] = warnings + places + behaviour + domestic + tenancies

    private static let warnings: [Plan] = [
        Plan(type: "warning", maker: officer, subject: .body("Lockside Car Wash"), daysAgo: 2),
        Plan(
            type: "abc", maker: officer, subject: .person("Kyle", "Denholm", born: "2008-05-14"), daysAgo: 165,
            terms: [keepOut("the roof of the Bell Centre")],
            steps: [(1, .authorise("Orla Quinn, case officer")), (3, .serve("Signed", days: 180))]),
        Plan(
            type: "cpw", maker: officer, subject: .body("Weir Street Scrap"), daysAgo: 60,
            terms: [OrderTerm(.requirement, "To clear the pavement by six each evening")],
            steps: [(0, .authorise(head)), (1, .serve("By hand"))]),
        Plan(
            type: "cpn", maker: officer, subject: .body("Weir Street Scrap"), daysAgo: 30,
            terms: [
                OrderTerm(.prohibition, "Not to store scrap on the pavement"),
                OrderTerm(.requirement, "To clear the pavement by six each evening"),
            ], after: 2,
            steps: [
                (0, .authorise(head)), (1, .serve("By hand")),
                (12, .breach("Two freezers left on the pavement overnight", evidence: "The warden’s photographs")),
                (15, .appeal(magistrates)),
            ]),
        Plan(
            type: "cpn-fpn", maker: officer, subject: .body("Weir Street Scrap"), daysAgo: 16, after: 3, penalty: 10000,
            steps: [(0, .authorise(head)), (1, .serve("By post"))]),
    ]

    private static let places: [Plan] = [
        Plan(
            type: "pspo", maker: officer, subject: .area("Obbwade town centre"), daysAgo: 400,
            terms: [OrderTerm(.prohibition, "Not to drink alcohol after an officer asks to stop")],
            steps: [(1, .authorise("The cabinet, 14 votes to 2")), (2, .make(days: 730))]),
        Plan(
            type: "closure-notice", maker: police, subject: .premises("17 Weir House, Lock Lane"), daysAgo: 45,
            steps: [
                (0, .authorise("Superintendent P. Lunn", senior: true)), (0, .serve("Fixed to the premises", days: 1)),
                (0, .hearing(1, magistrates)),
            ]),
        Plan(
            type: "closure-order", maker: police, subject: .premises("17 Weir House, Lock Lane"), daysAgo: 44,
            terms: [OrderTerm(.prohibition, "Nobody may enter but the landlord and emergency services")], after: 6,
            steps: [
                (0, .authorise("Superintendent P. Lunn")), (0, .hearing(0, magistrates)), (0, .make(days: 60)),
                (20, .extend(days: 70)),
            ]),
        Plan(
            type: "dispersal", maker: police, subject: .area("Bell Centre and bus station"), daysAgo: 9,
            terms: [OrderTerm(.requirement, "To leave the area when an officer says so")],
            steps: [(0, .authorise(inspector)), (0, .make(days: 1))]),
        Plan(
            type: "abatement", maker: officer, subject: .premises("The Old Boathouse"), daysAgo: 8,
            terms: [OrderTerm(.requirement, "To end amplified music at eleven")],
            steps: [(0, .authorise("Environmental health officer T. Marsh")), (1, .serve("By hand"))]),
    ]

    private static let behaviour: [Plan] = [
        Plan(
            type: "injunction", maker: officer, subject: .person("Dean", "Hollis", born: "1988-02-21"), daysAgo: 200,
            terms: [keepOut("Mill Estate"), OrderTerm(.prohibition, "Not to threaten staff of the council")],
            steps: [
                (2, .authorise(head)), (5, .serve("By hand")), (6, .hearing(12, county)), (18, .make(days: 365)),
                (60, .breach("Seen in the lobby of Mill House, shouting", evidence: "Two residents’ statements")),
                (90, .vary([keepOut("Mill Estate"), keepOut("Bell Centre")])),
            ]),
        Plan(
            type: "injunction", maker: officer, subject: .person("Bethany", "Crowe", born: "2009-11-03"), daysAgo: 20,
            terms: [keepOut("the bus station"), attend("The Loft", "To meet the mentor each Tuesday")],
            steps: [(2, .authorise(head)), (5, .serve("By hand")), (6, .hearing(25, "Obbwade Youth Court"))]),
        Plan(
            type: "injunction", maker: officer, subject: .person("Marcus", "Fell", born: "1979-09-30"), daysAgo: 70,
            terms: [keepOut("Lock Lane allotments")],
            steps: [(1, .authorise(head)), (2, .hearing(10, county)), (12, .refuse)]),
        Plan(
            type: "injunction", maker: officer, subject: .person("Leanne", "Booth", born: "1994-12-05"), daysAgo: 50,
            steps: [(1, .authorise(head)), (9, .withdraw)]),
        Plan(
            type: "cbo", maker: police, subject: .person("Wayne", "Schofield", born: "1991-06-17"), daysAgo: 120,
            terms: [keepOut("the retail park"), OrderTerm(.prohibition, "Not to carry tools for breaking in")],
            steps: [
                (1, .authorise("Crown Prosecution Service, at the police’s request")), (2, .hearing(20, magistrates)),
                (22, .make(days: 1095)),
            ]),
        Plan(
            type: "cbo", maker: police, subject: .person("Tyler", "Marsden", born: "2010-03-08"), daysAgo: 400,
            terms: [keepOut("the bus station")],
            steps: [
                (1, .authorise("Crown Prosecution Service, at the police’s request")),
                (2, .hearing(10, "Obbwade Youth Court")), (12, .make(days: 730)), (370, .review),
            ]),
        Plan(
            type: "kcpo", maker: police, subject: .person("Jermaine", "Tully", born: "2009-08-19"), daysAgo: 12,
            terms: [attend("The Loft", "To take part in the knife project on Thursdays")],
            steps: [(1, .authorise("Superintendent P. Lunn"))]),
        Plan(
            type: "fbo", maker: police, subject: .person("Gary", "Stott", born: "1985-01-12"), daysAgo: 15,
            terms: [OrderTerm(.prohibition, "Not to attend regulated football matches")],
            steps: [(1, .authorise(inspector)), (2, .hearing(8, magistrates)), (10, .make(from: 20, days: 1200))]),
    ]

    private static let domestic: [Plan] = [
        Plan(
            type: "dvpn", maker: police, subject: .person("Craig", "Bexley", born: "1982-04-25"), daysAgo: 34,
            terms: [keepOut("9 Orchard Rise")],
            steps: [(0, .authorise("Superintendent P. Lunn")), (0, .serve("By hand")), (1, .heard)]),
        Plan(
            type: "dvpo", maker: police, subject: .person("Craig", "Bexley", born: "1982-04-25"), daysAgo: 33,
            terms: [keepOut("9 Orchard Rise")], after: 18,
            steps: [(0, .authorise("Superintendent P. Lunn")), (0, .hearing(0, magistrates)), (0, .make(days: 28))]),
    ]

    private static let tenancies: [Plan] = [
        Plan(
            type: "nosp", maker: officer, subject: .tenancy("Tenancy 40117"), daysAgo: 90,
            steps: [(1, .authorise("Housing manager L. Adair")), (2, .serve("Left at the address"))]),
        Plan(
            type: "demotion", maker: officer, subject: .tenancy("Tenancy 40117"), daysAgo: 40, after: 20,
            steps: [
                (1, .authorise("Housing manager L. Adair")), (2, .hearing(12, county)), (14, .make(days: 365)),
                (30, .discharge),
            ]),
    ]
}
