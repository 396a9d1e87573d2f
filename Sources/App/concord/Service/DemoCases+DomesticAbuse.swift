/// Domestic abuse: referrals to MARAC and applications for disclosure in every state.
extension DemoCases {
    static var domesticAbuse: [Plan] { maracOnTheWay + maracEnded + disclosures }

    /// What is done on the first day: who is said to do the harm, the risk, and what she knows.
    private static func referred(_ perpetrator: (String, String), risk: Double) -> [(Int, Step)] {
        [
            (0, .party("perpetrator", perpetrator)), (0, .assess(share: risk)),
            (0, .fill("consent", ["consents": "yes", "basis": "safeguarding", "wants": "To stay in her home"])),
        ]
    }

    /// What keeps her safe is on the victims’ side of the wall, where the one who screens does not look.
    private static let screened: [(Int, Step)] = [(1, .move("screen", reason: "Her advocate keeps how she is reached"))]

    private static let flags: [(Int, Step)] = [
        (2, .fill("flag", ["agency": "police", "flagged": "day 0"])),
        (2, .fill("flag", ["agency": "health", "flagged": "day 0"])), (2, .move("flag")),
    ]

    private static func reached(_ views: String, _ note: String) -> [(Int, Step)] {
        [
            (2, .fill("advocate-contact", ["advocate": "Ivy Larsen", "reached": "yes", "views": views])),
            (3, .fill("note", ["text": note])),
            (4, .move("begin-research", reason: "Her advocate keeps what makes her safe")),
            (5, .fill("perpetrator", ["told": "no", "relation": "Former partner"])),
        ]
    }

    private static func marac(
        _ heading: String, _ victim: (String, String), _ daysAgo: Int, _ route: String, _ why: String,
        _ steps: [(Int, Step)], by maker: String = police
    ) -> Plan {
        let opening = ["route": route, "why": why, "immediate": "no", "aware": "yes", "referrer": "Response team"]
        return Plan("marac", heading, by: maker, victim, daysAgo, opening, steps)
    }

    private static var maracOnTheWay: [Plan] {
        let heard: [String: String] = [
            "decision": "Locks today, a marker on the address, a word with his probation officer", "actions": "yes",
            "item": "new", "risk-after": "less",
        ]
        let followed: [String: String] = ["risk-now": "less", "told": "yes", "victim-says": "She sleeps again"]
        func research(_ name: (String, String), _ views: String, _ measures: String) -> [(Int, Step)] {
            referred(name, risk: 0.7) + screened + flags + reached(views, measures)
        }
        let acting: [(Int, Step)] = [
            (14, .move("hear", heard)), (14, .move("act")), (14, .action("Fit locks", days: 7)),
        ]
        return [
            marac(
                "Messages day and night", ("Leanne", "Corby"), 2, "visible-risk", "Two hundred messages in a week",
                referred(("Gavin", "Rusk"), risk: 0.5) + screened),
            marac(
                "Locked in over the weekend", ("Yasmin", "Tolland"), 5, "judgement",
                "He kept her keys and telephone from Friday to Monday",
                referred(("Rory", "Tolland"), risk: 0.75) + screened + flags),
            marac(
                "Hurt in front of the children", ("Dawn", "Peverell"), 12, "visible-risk",
                "The eldest rang from the neighbour’s house",
                research(("Stuart", "Peverell"), "She wants him kept away from the school", "The school has a password")
            ),
            marac(
                "Money taken, then the car", ("Grace", "Odhiambo"), 20, "judgement",
                "She may spend nothing without asking, and now she cannot leave",
                research(("Felix", "Odhiambo"), "She wants her own account", "Her sister keeps her papers") + [
                    (14, .move("hear", heard))
                ]),
            marac(
                "Followed from work", ("Bronwen", "Pryce"), 27, "escalation", "Four calls in two months",
                research(("Alun", "Maddock"), "She wants him to stop, nothing more", "A colleague walks with her")
                    + acting + [(14, .share("probation", why: "He is on licence and the plan binds him"))]),
            marac(
                "Door broken at night", ("Sinead", "Gallow"), 90, "visible-risk", "He broke in while she was asleep",
                research(("Declan", "Gallow"), "She wants to stay", "An alarm that rings at the station") + acting + [
                    (20, .closeAction(outcome: "Done within the week")), (30, .move("follow-up", followed)),
                ]),
        ]
    }

    private static var maracEnded: [Plan] {
        let heard: [String: String] = [
            "decision": "A refuge place was offered; she chose a panic alarm", "actions": "none", "item": "new",
        ]
        let followed: [String: String] = ["risk-now": "less", "told": "yes"]
        let moved: [String: String] = [
            "area": "Harrowmere", "to": "The co-ordinator there", "complete": "yes",
            "measures": "Ours, until they confirm",
        ]
        return [
            marac(
                "Moving to her mother’s", ("Chloe", "Ambrose"), 9, "judgement", "She leaves on Friday and he knows",
                referred(("Nathan", "Blythe"), risk: 0.6) + [(6, .move("transfer-out", moved))], by: advocate),
            marac(
                "Gone to Harrowmere", ("Priya", "Sandford"), 60, "visible-risk", "Threats to find her wherever she is",
                referred(("Kieran", "Sandford"), risk: 0.6) + [
                    (10, .move("transfer-out", moved)),
                    (12, .fill("transfer-receipt", ["by": "The co-ordinator of Harrowmere"])),
                    (12, .move("confirm-transfer", reason: "They rang and have everything")),
                ], by: advocate),
            marac(
                "Quarrel between brothers", ("Ellis", "Wharton"), 33, "judgement", "Shouting about a shared flat",
                [
                    (0, .assess(share: 0.2)),
                    (
                        1,
                        .move(
                            "decline",
                            [
                                "reason": "No pattern of control or harm", "instead": "advocate",
                                "next-step": "Mediation by the housing team",
                                "safe-meanwhile": "One stays with a friend", "referrer-told": "day 0",
                            ])
                    ),
                ]),
            marac(
                "Quiet for a year", ("Maureen", "Tack"), 385, "visible-risk", "He came to the house with a bat",
                referred(("Terence", "Tack"), risk: 0.75) + screened + flags
                    + reached("She wants him to have help", "Her son stays with her") + [
                        (15, .move("hear", heard)), (15, .move("act")), (40, .move("follow-up", followed)),
                        (366, .fill("flag-end", ["all-told": "yes", "new-incident": "no"])),
                        (
                            367,
                            .move(
                                "close", ["outcome": "safer", "reason": "A year without a word of him, and she agrees"])
                        ),
                    ]),
        ]
    }

    private static var disclosures: [Plan] {
        func dvds(
            _ heading: String, _ person: (String, String), _ daysAgo: Int, _ route: String, _ why: String,
            _ steps: [(Int, Step)] = []
        ) -> Plan {
            Plan(
                "dvds", heading, by: advocate, person, daysAgo, ["route": route, "why": why, "danger-now": "no"], steps)
        }
        let met: [(Int, Step)] = [
            (2, .fill("safe-contact", ["channel": "in-person", "voicemail": "no", "say": "no"])),
            (6, .fill("meeting", ["identity": "yes", "said": "She wants to know before he moves in"])),
            (6, .move("meet")),
        ]
        func research(_ subject: (String, String)) -> [(Int, Step)] {
            met + [
                (7, .party("subject", subject)), (7, .move("begin-research")),
                (11, .fill("research", ["agency": "probation", "known": "yes", "what": "Two orders, one broken"])),
            ]
        }
        let tell: [String: String] = [
            "decision": "disclose", "necessity": "There is a child in the home", "by": "Police, probation and council",
            "wording": "He has been convicted of hurting a former partner.",
        ]
        let not: [String: String] = [
            "decision": "not", "necessity": "Nothing is known that would protect her", "by": "Police and probation",
        ]
        let told: (Int, Step) = (
            19, .move("disclose", ["by": "Ivy Larsen", "in-person": "yes", "confidential": "yes", "support": "yes"])
        )
        return [
            dvds("Asked at the front desk", ("Carys", "Fenn"), 2, "ask", "She heard something from his cousin"),
            dvds("A mother asks for her daughter", ("Jodie", "Larch"), 8, "ask", "Her daughter met him this year", met),
            dvds(
                "Learnt during another case", ("Rekha", "Munro"), 14, "know", "Officers know his earlier partners",
                research(("Damian", "Sloe"))),
            dvds(
                "Waiting for more than a month", ("Paula", "Wick"), 36, "ask", "He will not speak of the past",
                research(("Lewis", "Garth"))),
            dvds(
                "To be told this week", ("Sabrina", "Holt"), 18, "know", "A new address with two children",
                research(("Marc", "Ensor")) + [(16, .move("decide", tell))]),
            dvds(
                "Told, with her advocate beside her", ("Wendy", "Asher"), 24, "ask", "A friend warned her",
                research(("Jon", "Tarrant")) + [(16, .move("decide", tell)), told]),
            dvds(
                "Nothing to tell", ("Alison", "Kell"), 55, "ask", "He shouts, and she wonders",
                research(("Ian", "Rudd")) + [
                    (17, .move("decide", not)), (20, .move("answer", ["by": "Ivy Larsen", "support": "yes"])),
                    (22, .fill("safety", ["plan": "She knows whom to ring, day and night"])),
                    (25, .move("close", ["outcome": "safe-plan", "reason": "She has what she asked for"])),
                ]),
        ]
    }
}
