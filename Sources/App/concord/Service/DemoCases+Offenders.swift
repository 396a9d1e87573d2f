/// People who harm, or who are used by those who do: the perpetrator panel, gangs, treatment and modern slavery, in
/// every state.
extension DemoCases {
    static var offenders: [Plan] { perpetrators + gangs + treatments + slavery }

    private static var perpetrators: [Plan] {
        func harms(
            _ heading: String, _ name: (String, String), _ daysAgo: Int, _ criteria: String, _ pattern: String,
            _ steps: [(Int, Step)] = [], by maker: String = police
        ) -> Plan {
            let opening = ["criteria": criteria, "pattern": pattern, "victims-supported": "yes"]
            return Plan("perpetrator-panel", heading, by: maker, name, daysAgo, opening, steps)
        }
        let accepted: [(Int, Step)] = [
            (2, .fill("background", ["needs": "work substances", "staff-safety": "Visit in pairs"])),
            (3, .move("accept")),
            (3, .share("probation", why: "He is supervised by them, and the plan is a joint one")),
        ]
        let heard: [(Int, Step)] =
            accepted + [
                (
                    14,
                    .move(
                        "hear", ["decision": "Help to change, and a close eye", "actions": "yes", "approach": "both"])
                )
            ]
        let active: [(Int, Step)] =
            heard + [
                (16, .assess(share: 0.55)), (17, .move("start")), (17, .action("A place on the programme", days: 21)),
                (30, .fill("engagement", ["kept": "yes", "what": "Came to the first session"])),
            ]
        return [
            harms("Two partners in a year", ("Shane", "Colby"), 4, "serial", "Moves in fast", by: probation),
            harms("Nominated three weeks ago", ("Piers", "Danby"), 22, "repeat", "Again and again", by: probation),
            harms("Breaks every order", ("Liam", "Stott"), 9, "repeat serious", "Waits at the school", accepted),
            harms("Jealous, then violent", ("Conrad", "Veitch"), 19, "serious", "Worse when he drinks", heard),
            harms(
                "Comes to each session", ("Darren", "Mayhew"), 50, "repeat", "Controls what she spends",
                active + [(45, .fill("review", ["harm-now": "less", "evidence": "Her advocate says so"]))]),
            harms("No review since the start", ("Kurt", "Bray"), 64, "serial", "Threats by message", active),
            harms(
                "Finished the programme", ("Anton", "Field-Rees"), 170, "judgement", "Shouting, then pushing",
                active + [
                    (40, .closeAction(outcome: "He has a place")),
                    (45, .fill("review", ["harm-now": "same", "evidence": "One call, nobody hurt"])),
                    (100, .fill("review", ["harm-now": "less", "evidence": "No call in two months"])),
                    (
                        130,
                        .move(
                            "close",
                            ["outcome": "completed", "reason": "All of it, and no call", "victim-side-told": "yes"])
                    ),
                ]),
            harms(
                "One quarrel", ("Hugh", "Tansley"), 28, "judgement", "One loud quarrel",
                [
                    (
                        3,
                        .move(
                            "decline",
                            [
                                "reason": "One quarrel, no pattern", "instead": "programme",
                                "next-step": "He was given the number", "safe-meanwhile": "She has an advocate",
                            ])
                    )
                ]),
        ]
    }

    private static var gangs: [Plan] {
        func member(
            _ heading: String, _ name: (String, String), _ daysAgo: Int, _ criteria: String, _ evidence: String,
            _ steps: [(Int, Step)] = []
        ) -> Plan {
            let opening = ["criteria": criteria, "evidence": evidence, "second-source": "yes", "victim-only": "no"]
            return Plan("gangs", heading, by: police, name, daysAgo, opening, steps)
        }
        let considered: [(Int, Step)] = [
            (
                2,
                .fill(
                    "equality",
                    ["same-for-others": "yes", "necessary": "Two convictions with a weapon", "under-18": "not-child"])
            ), (3, .move("consider")),
        ]
        let active: [(Int, Step)] =
            considered + [
                (4, .fill("plan", ["lead": "Peter Osei", "offer": "A mentor and a place to work"])), (6, .move("add")),
                (14, .fill("offer", ["what": "mentor", "taken": "yes", "what-came": "They meet on Thursdays"])),
            ]
        func review(_ day: Int, _ still: String, _ reason: String) -> (Int, Step) {
            (day, .fill("review", ["still-meets": still, "last-evidence": "day -60", "reason": reason]))
        }
        return [
            member("Knife under the seat", ("Jerome", "Slade"), 3, "weapon", "A knife, and a message about it"),
            member("Waits for a decision", ("Curtis", "Nnadi"), 11, "supply", "Phone and cash", considered),
            member(
                "Mentor on Thursdays", ("Dylan", "Marsh-Webb"), 70, "violence weapon", "Convicted this year", active),
            member(
                "Challenged by his mother", ("Elliot", "Ruane"), 55, "violence", "Seen in a fight, convicted of it",
                active + [(20, .fill("challenge", ["by": "His mother", "why": "He was at work that day"]))]),
            member("Review is late", ("Nico", "Ferreira"), 130, "leads", "Gives the orders", active),
            member(
                "To be taken off", ("Marlon", "Gough"), 160, "weapon", "Two finds in one year",
                active + [review(90, "no", "Nothing since, and he works"), (100, .move("propose-leaving"))]),
            member(
                "Off the list, with a job", ("Isaac", "Pembry"), 300, "supply", "Carried for others",
                active + [
                    review(90, "yes", "One more find"), review(180, "no", "Half a year of work"),
                    (185, .move("propose-leaving")),
                    (
                        190,
                        .move("leave", ["outcome": "rule-not-met", "reason": "No longer met", "agencies-told": "yes"])
                    ),
                ]),
            member(
                "Only ever a victim", ("Reece", "Alder"), 26, "violence", "Stabbed at a bus stop",
                [
                    (
                        3,
                        .move(
                            "decline",
                            [
                                "reason": "He was harmed and harmed nobody", "instead": "victim",
                                "next-step": "Victim support rings him", "safe-meanwhile": "He stays with an uncle",
                            ])
                    )
                ]),
        ]
    }

    private static var treatments: [Plan] {
        func person(
            _ heading: String, _ name: (String, String), _ daysAgo: Int, _ from: String, _ substances: String,
            _ steps: [(Int, Step)] = []
        ) -> Plan {
            let opening = ["from": from, "substances": substances, "agrees": "yes"]
            return Plan("treatment", heading, by: health, name, daysAgo, opening, steps)
        }
        func seen(_ day: Int, _ found: String) -> [(Int, Step)] {
            [(day, .move("see", ["found": found, "children": "no", "naloxone": "yes"]))]
        }
        func started(_ day: Int, _ kind: String) -> [(Int, Step)] {
            [
                (day, .fill("child-safety", ["what": "No children at home", "social-care": "not-needed"])),
                (day, .move("start", ["kind": kind, "provider": "The Weir clinic", "worker": "Hana Iqbal"])),
                (day + 7, .fill("attendance", ["kept": "yes"])), (day + 14, .fill("attendance", ["kept": "yes"])),
            ]
        }
        func ended(_ outcome: String, _ reason: String) -> [String: String] {
            ["outcome": outcome, "reason": reason, "ended": "day 0", "naloxone": "yes"]
        }
        let tried: Step = .fill("contact", ["how": "phone", "reached": "no"])
        return [
            person("Came by herself", ("Gillian", "Froud"), 3, "self", "alcohol"),
            person("Four weeks and not begun", ("Wesley", "Tubbs"), 30, "court", "crack opiates", seen(9, "Daily use")),
            person("Seen this week", ("Ruby", "Ince"), 7, "probation", "ketamine", seen(4, "Pain, and use against it")),
            person(
                "On a prescription", ("Barry", "Coombe"), 120, "prison", "opiates",
                seen(3, "Just released") + started(6, "prescribing") + [
                    (85, .fill("review", ["use-now": "less", "home": "settled", "work": "no"]))
                ]),
            person(
                "Group on Wednesdays", ("Sheila", "Duxbury"), 35, "council", "alcohol",
                seen(6, "A bottle a day") + started(15, "group")),
            person(
                "Dry, and at work", ("Frank", "Ollerton"), 210, "self", "alcohol",
                seen(4, "Wants to stop") + started(12, "detox") + [
                    (96, .fill("review", ["use-now": "none", "home": "settled", "work": "yes"])),
                    (120, .move("complete", ended("completed", "Dry, at work, with a group to go to"))),
                ]),
            person(
                "Stopped coming", ("Lorraine", "Pugh"), 140, "panel", "cocaine",
                seen(5, "Weekends, then more") + started(14, "talking") + [
                    (60, tried), (68, tried), (75, .move("end", ended("dropped-out", "Not reached; the door is open"))),
                ]),
            person(
                "Did not want it after all", ("Vince", "Harkness"), 60, "police", "cannabis",
                [(5, tried), (12, tried), (20, .move("never-started", ended("declined", "He changed his mind")))]),
        ]
    }

    private static var slavery: [Plan] {
        func found(
            _ heading: String, _ name: (String, String), _ daysAgo: Int, _ kinds: String, _ what: String,
            _ steps: [(Int, Step)] = [], child: String = "no"
        ) -> Plan {
            let opening = ["child": child, "safe-now": "yes", "kinds": kinds, "what": what]
            return Plan("modern-slavery", heading, by: police, name, daysAgo, opening, steps)
        }
        func consent(_ answer: String) -> (Int, Step) {
            (0, .fill("consent", ["alone": "yes", "told": "What help there is, and what follows", "answer": answer]))
        }
        let safe = "The safe house keeps where they are"
        let refer: [String: String] = ["first-responder": "police", "reference": "NRM 7731"]
        let adult: [(Int, Step)] = [consent("yes"), (1, .move("refer-adult", refer, reason: safe))]
        func first(_ decision: String, _ day: Int) -> [(Int, Step)] {
            adult + [
                (day, .fill("reasonable-grounds", ["decision": decision, "told": "yes"])), (day, .move(decision)),
            ]
        }
        let help: Step = .fill("support", ["what": "home", "came": "A place in a safe house"])
        return [
            found("Nail bar, asleep on the floor", ("Linh", "Tran-Hale"), 4, "labour debt", "No pay, no papers"),
            found(
                "A boy on a farm", ("Ionel", "Matei"), 4, "labour", "Fifteen, and picks from dawn",
                [
                    (0, .fill("child-safety", ["social-care": "yes", "missing": "Who to ring, and a photograph"])),
                    (1, .move("refer-child", refer, reason: safe)),
                ], child: "yes"),
            found("No answer for two weeks", ("Goran", "Pavlic"), 16, "labour", "Six to a room", adult),
            found(
                "In a safe house", ("Thandi", "Mokoena"), 25, "domestic", "Cooked and cleaned for nothing",
                first("positive", 6) + [(8, help)]),
            found(
                "Asked to look again", ("Besnik", "Hoxha-Dale"), 20, "criminal", "Watered plants, locked in",
                first("negative", 7) + [
                    (8, .fill("contact", ["how": "visit", "reached": "yes", "what": "He asks again"]))
                ]),
            found(
                "Believed at last", ("Mirela", "Stan"), 110, "sexual", "Moved from flat to flat",
                first("positive", 6) + [
                    (9, help),
                    (
                        80,
                        .move("decide", ["decision": "positive", "told": "yes", "next": "Leave to stay, and a course"])
                    ),
                ]),
            found(
                "Does not want to be named", ("Andrius", "Balk"), 14, "labour", "A building site, paid in meals",
                [consent("no"), (1, .move("notify", ["reference": "DTN 204", "no-name": "yes"]))]),
            found(
                "Home with his brother", ("Emeka", "Lowe"), 180, "cuckooing", "His flat was not his own",
                first("positive", 5) + [
                    (7, help), (60, .move("decide", ["decision": "positive", "told": "yes", "next": "A new flat"])),
                    (
                        90,
                        .move(
                            "close",
                            [
                                "outcome": "positive", "reason": "Safe, settled and at work",
                                "next": "The housing officer",
                            ])
                    ),
                ]),
        ]
    }
}
