/// People who are harmed: support, the women’s hub, hate incidents and the Community MARAC, in every state.
extension DemoCases {
    static var victims: [Plan] { supported + hub + hate + communityPanel }

    private static let reach: Step = .fill(
        "safe-contact",
        ["channel": "phone", "number": "01632 960 420", "when": "Weekdays", "voicemail": "yes", "say": "yes"])

    private static func call(_ what: String) -> Step {
        .fill("contact", ["how": "phone", "reached": "yes", "what": what])
    }

    private static let unanswered: Step = .fill("contact", ["how": "phone", "reached": "no"])

    private static var supported: [Plan] {
        func victim(
            _ heading: String, _ person: (String, String), _ daysAgo: Int, _ kind: String, _ steps: [(Int, Step)] = [],
            by maker: String = advocate
        ) -> Plan { Plan("victim-support", heading, by: maker, person, daysAgo, ["kind": kind], steps) }
        func known(_ needs: String, _ says: String) -> [(Int, Step)] {
            [
                (1, reach), (1, .fill("needs", ["needs": needs, "enhanced": "none", "says": says])),
                (1, .move("learn-needs")),
            ]
        }
        func helped(_ service: String) -> [(Int, Step)] {
            [(2, .fill("offer", ["service": service, "answer": "yes"])), (3, .move("support"))]
        }
        let rights: [(Int, Step)] = [
            (30, .fill("restorative", ["told": "yes", "answer": "later"])),
            (30, .fill("rights", ["statement": "yes", "review": "yes", "compensation": "yes"])),
        ]
        return [
            victim("Handbag taken at the bus stop", ("Edith", "Marlowe"), 1, "robbery"),
            victim("Nobody has rung her yet", ("Fola", "Bankole"), 9, "violence"),
            victim("Shop window, third time", ("Anil", "Desai"), 4, "damage", known("practical", "He may close early")),
            victim(
                "Savings gone by telephone", ("Walter", "Hume"), 20, "fraud",
                known("money emotional", "He is ashamed to tell his daughter") + helped("Help with the bank")),
            victim(
                "Hit outside the school", ("Carly", "Dunmore"), 75, "violence",
                known("safety health", "She walks another way now") + helped("A friend to walk with") + [
                    (32, .fill("review", ["coping": "better", "says": "She sleeps"]))
                ], by: officer),
            victim(
                "Burgled while away", ("Rowan", "Tait"), 100, "burglary",
                known("practical", "They want better locks") + helped("Locks and a light") + rights + [
                    (31, .fill("review", ["coping": "better"])),
                    (
                        45,
                        .move(
                            "close", ["outcome": "helped", "reason": "They feel safe at home again", "way-back": "yes"])
                    ), (60, .fill("satisfaction", ["helped": "yes", "comments": "Someone rang when they said"])),
                ]),
            victim(
                "Wanted to be left in peace", ("Morag", "Lennie"), 40, "theft",
                [
                    (1, unanswered), (3, call("She thanked us and wants no help")),
                    (
                        4,
                        .move(
                            "not-wanted", ["outcome": "not-wanted", "reason": "She said so herself", "way-back": "yes"])
                    ),
                ]),
        ]
    }

    private static var hub: [Plan] {
        func woman(
            _ heading: String, _ person: (String, String), _ daysAgo: Int, _ from: String, _ wants: String,
            _ steps: [(Int, Step)] = []
        ) -> Plan {
            let opening = ["from": from, "wants": wants, "agrees": "yes"]
            return Plan("womens-hub", heading, by: advocate, person, daysAgo, opening, steps)
        }
        let welcome: [(Int, Step)] = [(1, reach), (2, .assess(share: 0.5)), (2, .move("welcome"))]
        func supported(_ goals: String, _ next: String) -> [(Int, Step)] {
            welcome + [
                (6, .fill("plan", ["goals": goals, "steps": next, "key-worker": "Ivy Larsen"])),
                (6, .fill("safety", ["measures": "A word that means: ring the police"])), (7, .move("support")),
                (14, .fill("support", ["what": "money", "taken": "yes", "came": "Her own account"])),
            ]
        }
        return [
            woman("Nobody reached her yet", ("Hazel", "Stroud"), 8, "court", "law someone"),
            woman("Sent by her doctor", ("Nia", "Penhale"), 5, "health", "health someone", welcome),
            woman(
                "Wants to learn again", ("Folasade", "Quist"), 50, "friend", "work children",
                supported("A course, and work after it", "A place in the crèche first")),
            woman(
                "Out of prison", ("Stacey", "Orme"), 120, "probation", "home substances",
                supported("A flat and her children on Sundays", "Housing first")),
            woman(
                "Has her own front door", ("Lucia", "Ferrant"), 160, "council", "home money",
                supported("A home and no debts", "Debt advice, then the housing list") + [
                    (90, .fill("review", ["safer": "yes", "says": "I have a key that is mine"])),
                    (110, call("All is well")), (118, call("She came by with cake")),
                    (
                        120,
                        .move("close", ["outcome": "reached", "reason": "She has what she wanted", "way-back": "yes"])
                    ),
                ]),
        ]
    }

    private static var hate: [Plan] {
        func incident(
            _ heading: String, _ person: (String, String), _ daysAgo: Int, _ strands: String, _ what: String,
            _ steps: [(Int, Step)] = [], by maker: String = police
        ) -> Plan {
            let opening = ["strands": strands, "perceived": "victim", "what": what, "came-by": "centre"]
            return Plan("hate-incident", heading, by: maker, person, daysAgo, opening, steps)
        }
        func spoken(_ route: String, _ reason: String, police wish: String) -> [(Int, Step)] {
            [
                (1, call("Shaken, and glad that someone rang")),
                (1, .fill("consent", ["police": wish, "support": "yes"])),
                (2, .fill("triage", ["route": route, "reason": reason])),
            ]
        }
        let support: Step = .fill("support", ["service": "A volunteer of the centre", "answer": "yes"])
        let update: Step = .fill("update", ["said": "Where it stands, and who to ring", "how": "phone"])
        return [
            incident("Letters through the door", ("Esther", "Roth"), 6, "religion", "Three letters with symbols"),
            incident(
                "Pushed off the pavement", ("Blessing", "Eze-Carter"), 12, "race", "Pushed, and called names",
                spoken("crime", "An assault", police: "named") + [(2, .move("to-police"))]),
            incident(
                "Followed home from the club", ("Jamie", "Sorrel"), 26, "orientation", "Followed and threatened",
                spoken("risk", "They know where he lives", police: "named") + [
                    (2, .move("to-police")), (14, update), (15, support),
                ]),
            incident(
                "Wheelchair ramp blocked again", ("Doreen", "Cobb"), 30, "disability", "Bins put on her ramp each week",
                spoken("asb", "Neighbours, again and again", police: "no") + [
                    (2, reach), (3, .move("work-on")), (12, update),
                ], by: officer),
            incident(
                "Slogan on a wall", ("Tariq", "Benali"), 48, "race religion", "A slogan on the wall by the shop",
                spoken("count-only", "Nobody saw who did it", police: "no") + [
                    (3, support),
                    (5, .move("count", ["outcome": "counted", "reason": "He wants it counted and cleaned off"])),
                ], by: officer),
            incident(
                "Shouting at the market", ("Mei", "Lau"), 80, "race", "Shouted at from a van, twice",
                spoken("crime", "The van is known", police: "named") + [
                    (2, .move("to-police")), (12, update), (14, support), (26, update),
                    (40, .closeAction(outcome: "Done")),
                    (41, .move("close", ["outcome": "charged", "reason": "He admitted it", "victim-told": "day 0"])),
                    (50, .fill("satisfaction", ["handled": "good"])),
                ]),
        ]
    }

    private static var communityPanel: [Plan] {
        func person(_ heading: String, _ name: (String, String), _ daysAgo: Int, _ why: String, _ steps: [(Int, Step)])
            -> Plan
        {
            let opening = ["threshold": "agencies judgement", "why": why, "aware": "yes"]
            return Plan("community-marac", heading, by: officer, name, daysAgo, opening, steps)
        }
        let accepted: [(Int, Step)] = [
            (1, .assess(share: 0.45)), (2, .fill("consent", ["consents": "yes", "basis": "public-task"])), (2, reach),
            (3, .move("accept")),
        ]
        func home(_ what: String) -> [(Int, Step)] {
            accepted + [
                (5, .by(housing, .fill("circumstances", ["tenure": "council", "at-home": what, "health": "none"]))),
                (6, .by(housing, .move("begin-research"))),
            ]
        }
        let heard: [(Int, Step)] = [(13, .move("hear", ["decision": "One lead, one plan", "actions": "yes"]))]
        func plan(_ text: String) -> [(Int, Step)] {
            heard + [
                (
                    15,
                    .fill("plan", ["lead": "Harriet Cole", "plan": text, "crisis": "Ring Harriet", "consulted": "yes"])
                ), (16, .move("open-plan")), (16, .action("A first visit together", days: 10)),
            ]
        }
        func review(_ day: Int, _ risk: String, _ progress: String) -> (Int, Step) {
            (day, .fill("review", ["risk-now": risk, "progress": progress]))
        }
        return [
            person("Strangers in his flat", ("Reggie", "Mott"), 5, "His flat is used by others", accepted),
            person(
                "Newspapers to the ceiling", ("Iris", "Kemble"), 11, "Fire crews cannot get in", home("hoarding fire")),
            person(
                "Shouts from the window", ("Bernard", "Silk"), 16, "Twelve calls, each to another agency",
                home("self-neglect") + heard),
            person(
                "Cats, and no heating", ("Olive", "Tranter"), 60, "The neighbours worry about her",
                home("animals disrepair") + plan("A vet, a boiler, a weekly visit") + [
                    (26, .closeAction(outcome: "She let us in")), review(45, "less", "The boiler works"),
                ]),
            person(
                "Dealer at the door", ("Colin", "Frayne"), 58, "He cannot say no to them",
                home("taken-over") + plan("A partial closure and a new lock") + [review(40, "same", "They came back")]),
            person(
                "Noise that was a cry for help", ("Hilda", "Vance"), 110, "Knocks on walls all night",
                home("none") + plan("The memory clinic, a carer, earplugs for the neighbours") + [
                    (25, .closeAction(outcome: "Visited together")), review(44, "less", "The clinic has seen her"),
                    review(72, "less", "Quiet since the carer comes"),
                    (76, .move("close", ["outcome": "risk-down", "reason": "Two quiet months", "person-told": "yes"])),
                ]),
            person(
                "One quarrel over a fence", ("Norman", "Pike-Lowe"), 24, "A quarrel over a fence",
                [
                    (
                        4,
                        .move(
                            "decline",
                            [
                                "reason": "One agency can see to it", "instead": "asb",
                                "next-step": "Mediation next week", "safe-meanwhile": "They agreed to keep apart",
                            ])
                    )
                ]),
        ]
    }
}
