/// Antisocial behaviour in every state, and other kinds as they begin.
extension DemoCases {
    static let officer = "officer@obbwade.example"
    static let police = "police@obbwade.example"
    static let advocate = "advocate@obbwade.example"
    static let housing = "housing@obbwade.example"
    static let probation = "probation@obbwade.example"
    static let health = "health@obbwade.example"

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
    static var antisocialBehaviour: [Plan] {
        func asb(
            _ heading: String, _ person: (String, String), _ category: String, _ what: String, _ daysAgo: Int,
            _ steps: [(Int, Step)]
        ) -> Plan {
            Plan("asb", heading, by: officer, person, daysAgo, ["category": category, "description": what], steps)
        }
        let assessed: [(Int, Step)] = [(1, contact), (1, .assess(share: 0.5)), (2, safeContact), (2, .move("assess"))]
        let agreed: [(Int, Step)] = assessed + [(4, plan), (4, .move("agree-plan"))]
        let active: [(Int, Step)] =
            agreed + [(5, .move("start")), (5, .action("Ask the landlord for lamps", days: 20))]
        let told: (Int, Step) = (
            12, .fill("victim-update", ["said": "The lamps are ordered", "how": "phone", "case-review": "yes"])
        )
        let quiet: [(Int, Step)] = active + [told, (20, .closeAction(outcome: "The lamps are up"))]
        let ending: [(Int, Step)] = quiet + [(21, contact), (22, contact), (30, .move("begin-closing", closing))]
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

    static var others: [Plan] {
        func begun(
            _ type: String, _ heading: String, _ person: (String, String), by maker: String = police,
            _ opening: [String: String]
        ) -> Plan { Plan(type, heading, by: maker, person, 3, opening) }
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
            begun("victim-support", "After a burglary", ("Imran", "Qureshi"), ["kind": "burglary"]),
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
