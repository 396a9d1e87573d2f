import CaseReview
import Kernel

// What happened on the invented case reviews of the demo partnership.

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
    static func present(_ today: LocalDate) -> [Plan] {
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
    static func past(_ first: LocalDate) -> [Plan] {
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
