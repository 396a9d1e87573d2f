/// Children and young people: exploitation, places of exploitation, diversion and the duty to report, in every state.
extension DemoCases {
    static var children: [Plan] { exploited + places + diverted + reported + channel }

    /// Sealed: only the police who opened them and the chair of Channel see them.
    private static var channel: [Plan] {
        func referred(
            _ heading: String, _ person: (String, String), _ daysAgo: Int, _ concern: String, child: String,
            _ steps: [(Int, Step)] = []
        ) -> Plan {
            Plan(
                "channel", heading, by: police, person, daysAgo,
                ["concern": concern, "urgent": "no", "child": child], steps)
        }
        let asked: [(Int, Step)] = [(1, .move("ask-police"))]
        let cleared: [(Int, Step)] = asked + [(2, .fill("gateway", ["result": "clear"])), (2, .move("gather"))]
        func listed(_ needs: String) -> [(Int, Step)] {
            let framework = [
                "ideology": "mixed", "engagement": "Watches and shares, and writes a little",
                "intent": "None that anyone has seen", "capability": "None", "needs": needs,
                "protects": "A grandmother who listens",
            ]
            let known = ["agency": "health", "what": "Known to them, and doing well until March"]
            return cleared + [(5, .fill("information", known)), (8, .fill("framework", framework)), (9, .move("list"))]
        }
        func adopted(_ needs: String) -> [(Int, Step)] {
            let decision = [
                "decision": "adopt", "reason": "Support now keeps it from growing", "chair": "Priya Sandhu",
            ]
            return listed(needs) + [(12, .move("adopt", decision))]
        }
        func supported(_ needs: String, _ support: String) -> [(Int, Step)] {
            let consent = ["given": "yes", "by": "both", "understood": "What it is, and that it may be left"]
            return adopted(needs) + [
                (15, .fill("consent", consent)),
                (16, .fill("plan", ["lead": "The school’s pastoral head", "support": support])), (16, .move("support")),
                (23, .fill("session", ["held": "yes", "what": "They met, and will again"])),
            ]
        }
        func left(_ needs: String, _ support: String, on day: Int) -> [(Int, Step)] {
            supported(needs, support) + [
                (day - 5, .fill("review", ["risk-now": "less", "progress": "Works again and stays away"])),
                (
                    day,
                    .move(
                        "exit",
                        ["outcome": "less-risk", "reason": "Nothing draws them there any more", "next": "The mentor"])
                ),
            ]
        }
        func looked(back day: Int, _ move: String) -> (Int, Step) {
            (day, .move(move, ["outcome": "holds", "reason": "All who know them say so"]))
        }
        let refused = ["outcome": "not-suitable", "reason": "It was a film that he wrote about", "next": "His teacher"]
        return [
            referred(
                "Drawings in a school book", ("Toby", "Wexcombe"), 3, "Symbols, and talk of a day that will come",
                child: "yes"),
            referred("Shouted at a stall", ("Nolan", "Purvis"), 4, "Threats against a charity", child: "no", asked),
            referred("New friends online", ("Aisling", "Crewe"), 6, "Moved to closed groups", child: "yes", cleared),
            referred(
                "Talks of a list", ("Devon", "Hartley"), 11, "A list of names that he keeps", child: "no",
                listed("Someone who asks how he is")),
            referred(
                "Asks for a mentor", ("Kezia", "Lunt"), 14, "Wants to leave a group", child: "no",
                adopted("A way out, and a course")),
            referred(
                "An essay that worried someone", ("Perry", "Oldacre"), 30, "Wrote of a siege", child: "yes",
                cleared + [(4, .move("not-adopt", refused))]),
            referred(
                "Alone with a screen", ("Leander", "Stubbs"), 60, "Repeats what he hears on a channel", child: "yes",
                supported("Friends, and something to do after school", "A mentor, and the climbing club twice a week")),
            referred(
                "Left the group behind", ("Imran", "Dalby"), 150, "Gave up work to travel to meetings", child: "no",
                left("Work, and to be listened to", "A mentor who left such a group himself", on: 90)),
            referred(
                "Doing well since spring", ("Corin", "Ashby"), 280, "Sold his things for a journey", child: "no",
                left("Debts paid, and company", "Debt advice, and a choir", on: 60) + [looked(back: 245, "look-back")]),
            referred(
                "A year without a word of it", ("Marta", "Ellery"), 362, "Gave out leaflets", child: "no",
                left("A flat of her own", "Housing, and a mentor", on: 40) + [
                    looked(back: 220, "look-back"), looked(back: 350, "close"),
                ]),
        ]
    }

    private static var exploited: [Plan] {
        func child(
            _ heading: String, _ name: (String, String), _ daysAgo: Int, _ kinds: String, _ why: String,
            _ steps: [(Int, Step)], by maker: String = police
        ) -> Plan {
            Plan(
                "child-exploitation", heading, by: maker, name, daysAgo,
                ["kinds": kinds, "why": why, "safe-now": "yes"], steps)
        }
        func screened(_ next: String, share: Double = 0.6) -> [(Int, Step)] {
            let screening = [
                "significant-harm": "no", "next": next, "reason": "Several signs together", "lead": "The youth team",
            ]
            return [(0, .assess(share: share)), (1, .move("screen", screening))]
        }
        let listing: (Int, Step) = (5, .move("list", reason: "Their social worker keeps what makes them safe"))
        let listed: [(Int, Step)] =
            screened("panel") + [
                (3, .fill("voice", ["child": "They are my friends, leave them alone"])),
                (4, .fill("note", ["text": "An aunt fetches them from school"])), listing,
            ]
        func planned(_ plan: String) -> [(Int, Step)] {
            let decision = ["decision": plan, "actions": "yes", "level": "moderate"]
            return listed + [
                (8, .fill("plan", ["lead": "The youth team", "plan": plan, "child-involved": "yes"])),
                (10, .move("hear", decision)), (10, .action("Find the mentor", days: 14)),
            ]
        }
        let done: (Int, Step) = (22, .closeAction(outcome: "They met, and will meet again"))
        let area: [String: String] = ["outcome": "moved", "reason": "The family moved away", "child-told": "yes"]
        return [
            child(
                "New trainers every week", ("Tyrell", "Osgood"), 4, "criminal gang", "Money that nobody gave him",
                screened("assessment")),
            child(
                "Older friends with cars", ("Freya", "Linnett"), 15, "sexual online",
                "Fetched from school by strangers", screened("assessment") + [(4, .move("assess"))]),
            child(
                "Missing twice in a week", ("Kai", "Moffat"), 19, "missing county-lines", "Found two counties away",
                listed + [
                    (6, .fill("missing", ["from": "day -1", "back-at": "6:00", "found": "At a station"])),
                    (8, .fill("return-interview", ["held": "yes", "with": "A youth worker", "said": "He was driven"])),
                ]),
            child(
                "Out at night, not yet spoken to", ("Ebony", "Fairley"), 12, "missing", "Gone each weekend",
                listed + [(7, .fill("missing", ["from": "day -1", "found": "At a friend’s"]))]),
            child(
                "A mentor from the boxing club", ("Amir", "Sadiq"), 60, "gang weapon", "Carried a blade for others",
                planned("A mentor, a new timetable, a word with the shop") + [done]),
            child(
                "Twelve weeks are over", ("Lacey", "Brook"), 110, "online sexual", "Pictures sent to a stranger",
                planned("Help with the telephone, and someone to talk to")),
            child(
                "Back at school", ("Mason", "Tildesley"), 150, "criminal", "Left school at noon each day",
                planned("A half timetable and football") + [
                    done, (70, .fill("review", ["level": "emerging", "progress": "At school every day"])),
                    (
                        75,
                        .move(
                            "step-down", ["outcome": "safer", "reason": "Safer, and with people", "child-told": "yes"])
                    ),
                ]),
            child(
                "Eighteen soon", ("Jade", "Rennick"), 200, "sexual", "Harmed since she was fifteen",
                planned("The same worker until nineteen") + [
                    done, (60, .fill("review", ["level": "moderate", "progress": "She trusts one person"])),
                    (
                        90,
                        .fill(
                            "transition",
                            ["adult-lead": "The adult team", "met": "day -2", "plan": "The worker stays half a year"])
                    ), (95, .move("to-adult", ["outcome": "adult", "reason": "She is eighteen", "child-told": "yes"])),
                ]),
            child(
                "Family moved to the coast", ("Callum", "Wray"), 70, "county-lines", "Debts to older boys",
                screened("panel") + [
                    (30, .fill("contact", ["how": "phone", "reached": "yes", "what": "The other area has it all"])),
                    (31, .move("transfer", area)),
                ]),
            child(
                "Rumour with nothing behind it", ("Poppy", "Ashdown"), 25, "not-clear", "A rumour at school",
                [
                    (
                        1,
                        .move(
                            "decline",
                            [
                                "reason": "Nothing was found behind it", "instead": "school",
                                "next-step": "The school speaks with her and her parents",
                                "safe-meanwhile": "Her parents know whom to ring",
                            ])
                    )
                ], by: officer),
        ]
    }

    private static var places: [Plan] {
        func place(
            _ heading: String, _ daysAgo: Int, _ kind: String, _ location: String, _ what: String,
            _ steps: [(Int, Step)] = []
        ) -> Plan {
            Plan(
                "exploitation-place", heading, by: officer, nil, daysAgo,
                ["kind": kind, "where": location, "what": what], steps)
        }
        let accepted: [(Int, Step)] = [(3, .move("accept"))]
        func planned(_ how: String, _ plan: String) -> [(Int, Step)] {
            accepted + [
                (8, .fill("analysis", ["how": how, "guardians": "The owner, and whoever closes at night"])),
                (
                    10,
                    .fill("plan", ["owner": "Orla Quinn", "plan": plan, "measure": "Reports a week, for half a year"])
                ), (11, .move("plan")),
            ]
        }
        func watched(_ how: String, _ plan: String) -> [(Int, Step)] {
            planned(how, plan) + [
                (12, .move("act")), (20, .by(housing, .fill("disruption", ["what": "design", "result": "Lights on"]))),
                (
                    38,
                    .fill("review", ["harm-now": "less", "evidence": "Two reports, nine before", "moved": "Not seen"])
                ), (40, .move("watch")),
            ]
        }
        return [
            place("Benches by the lock", 2, "place", "Lock Lane", "Children given drink by adults"),
            place("Not decided for two weeks", 15, "online", "A group chat", "Invitations to parties", []),
            place("Car park after ten", 8, "place", "Weir car park, level four", "Cars wait for girls", accepted),
            place(
                "Snooker hall", 20, "business", "Mill Parade", "Boys run errands for men",
                planned("Free games for errands", "Licensing visits, trained staff")),
            place(
                "Guest house", 60, "business", "Station Row", "Rooms by the hour, no questions asked",
                planned("No names are asked for", "Training for the desk") + [
                    (12, .move("act")), (16, .fill("disruption", ["what": "training", "result": "All staff came"])),
                ]),
            place(
                "Bus station at night", 70, "route", "The bus station", "Carried off by the last bus",
                watched("Nobody is there after nine", "A warden and a bright waiting room")),
            place(
                "Takeaway with a back room", 140, "business", "Tanner’s Row", "Vapes for favours",
                watched("The back door was open to all", "A lock, a camera, a talk with the owner") + [
                    (
                        75,
                        .move("close", ["outcome": "safe", "reason": "Nothing for two months, and no sign elsewhere"])
                    )
                ]),
            place(
                "A noisy kiosk", 22, "business", "The promenade", "Loud music, young people",
                [
                    (
                        4,
                        .move(
                            "decline",
                            [
                                "reason": "Noise, and no harm to children", "instead": "asb",
                                "next-step": "The noise team visits", "safe-meanwhile": "Patrols look in",
                            ])
                    )
                ]),
        ]
    }

    private static var diverted: [Plan] {
        func young(
            _ heading: String, _ name: (String, String), _ daysAgo: Int, _ what: String, _ outcome: String,
            _ steps: [(Int, Step)] = [], by maker: String = officer
        ) -> Plan {
            Plan("youth-diversion", heading, by: maker, name, daysAgo, ["what": what, "outcome": outcome], steps)
        }
        func screened(_ says: String) -> [(Int, Step)] {
            [
                (3, .assess(share: 0.45)),
                (4, .fill("strengths", ["says": says, "school": "partly", "exploited": "no"])), (5, .move("screen")),
            ]
        }
        func offered(_ says: String, _ what: String, _ provider: String) -> [(Int, Step)] {
            screened(says) + [
                (7, .fill("harmed-view", ["asked": "yes", "wants": "repair", "said": "He should see what it cost"])),
                (8, .move("offer", ["what": what, "provider": provider, "from": "day 7"])),
            ]
        }
        let engaged: [(Int, Step)] = [
            (10, .fill("consent", ["young-person": "yes", "parent": "yes", "told": "What it is, and what it is not"])),
            (14, .move("engage")), (20, .fill("session", ["kept": "yes", "what": "Came early"])),
        ]
        return [
            young(
                "Nobody has offered help yet", ("Ryan", "Askew"), 24, "Took sweets, ran", "none", screened("Boredom")),
            young(
                "Scooter without asking", ("Zain", "Malik-Shaw"), 7, "Rode off on a scooter", "informal",
                screened("I brought it back")),
            young(
                "Broke a greenhouse", ("Toby", "Hartnell"), 13, "Stones at a greenhouse", "community",
                offered("It was a dare", "repair", "The allotment society")),
            young(
                "A fight at the fair", ("Kyra", "Downey"), 45, "Fought over a telephone", "caution",
                offered("She started it", "mentor", "The youth club") + engaged),
            young(
                "Missed three sessions", ("Leon", "Varley"), 105, "Graffiti on a train", "community",
                offered("It is art", "course", "The print workshop") + engaged + [
                    (27, .fill("session", ["kept": "no"])), (34, .fill("session", ["kept": "no"])),
                    (41, .fill("session", ["kept": "no"])),
                ], by: police),
            young(
                "Coaches the under-nines now", ("Samir", "Jolley"), 130, "Kicked in a door", "deferred",
                offered("He was angry at home", "sport", "The football club") + engaged + [
                    (60, .fill("review", ["going": "well", "changed": "He has a place to be"])),
                    (90, .closeAction(outcome: "Talked over with him")),
                    (
                        95,
                        .move("end", ["outcome": "completed", "reason": "He came to all of it", "police-told": "yes"])
                    ),
                ]),
            young(
                "Being used by others", ("Bella", "Croft"), 30, "Carried a parcel", "none",
                [
                    (
                        4,
                        .move(
                            "decline",
                            [
                                "reason": "She is being used: she needs protecting first", "instead": "exploitation",
                                "next-step": "A referral today", "safe-meanwhile": "She stays with her father",
                            ])
                    )
                ]),
        ]
    }

    private static var reported: [Plan] {
        func girl(
            _ heading: String, _ name: (String, String), _ daysAgo: Int, _ steps: [(Int, Step)] = [],
            basis: String = "told", isUnder18: Bool = true
        ) -> Plan {
            Plan(
                "fgm-report", heading, by: health, name, daysAgo,
                ["basis": basis, "profession": "health", "under-18": isUnder18 ? "yes" : "no"], steps)
        }
        let report: [(Int, Step)] = [
            (0, .fill("report", ["yourself": "yes", "reference": "101-4410", "time": "Within the hour"])),
            (0, .move("report")),
        ]
        let cared: Step = .fill(
            "safeguarding",
            [
                "social-care": "yes", "lead-told": "The designated nurse", "other-girls": "One sister, seen too",
                "health": "yes",
            ])
        return [
            girl("Told at the clinic", ("Amal", "Yonis"), 0), girl("Not reported in time", ("Sagal", "Warren"), 6),
            girl("Reported within the hour", ("Hodan", "Price"), 5, report, basis: "seen"),
            girl(
                "Cared for, with her sister", ("Ifrah", "Moss"), 65,
                report + [
                    (2, cared), (40, .move("cared-for", ["outcome": "cared-for", "reason": "Health and school know"])),
                ]),
            girl(
                "A grown woman", ("Leyla", "Dunn"), 50,
                [
                    (1, cared),
                    (1, .move("no-duty", ["outcome": "adult", "reason": "She is 24; she was offered the clinic"])),
                ], isUnder18: false),
        ]
    }
}
