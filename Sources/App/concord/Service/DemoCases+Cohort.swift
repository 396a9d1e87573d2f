import Kernel

/// Offender management over the last fourteen months: some thirty people with whom police and probation work, with what
/// varies from one to the next drawn by a seed, so that the demo's figures are the same each time.
extension DemoCases {
    /// What became of someone.
    private enum Course {
        case nominated, assessed, selected, notSelected, active, custody, released, reactive, leaving, left, died
        case transferred
    }

    private struct Member {
        let heading: String
        let name: (String, String)
        let group: String
        let course: Course
    }

    /// From the one who was nominated first to the one nominated last.
    private static let members: [Member] = [
        Member(heading: "Sheds and garages", name: ("Keith", "Ormsby"), group: "fixed", course: .left),
        Member(heading: "Shoplifting for others", name: ("Dana", "Whelk"), group: "flex", course: .left),
        Member(heading: "Burglaries by the canal", name: ("Scott", "Farrow"), group: "fixed", course: .released),
        Member(heading: "Robberies at the station", name: ("Delroy", "Hines-Park"), group: "fixed", course: .died),
        Member(heading: "Vans broken into", name: ("Paul", "Trask"), group: "fixed", course: .left),
        Member(heading: "Bicycles to order", name: ("Mitchell", "Rowe"), group: "flex", course: .active),
        Member(heading: "Handbags in the market", name: ("Tracey", "Boon"), group: "flex", course: .transferred),
        Member(heading: "Fights on Fridays", name: ("Gareth", "Lyle"), group: "free", course: .left),
        Member(heading: "Keys through letterboxes", name: ("Adrian", "Munt"), group: "fixed", course: .released),
        Member(heading: "Lead from roofs", name: ("Clive", "Sallow"), group: "flex", course: .reactive),
        Member(heading: "Parcels from doorsteps", name: ("Robyn", "Teal"), group: "flex", course: .left),
        Member(heading: "Knifepoint at the park", name: ("Jordan", "Amadi"), group: "fixed", course: .active),
        Member(heading: "Cars and chases", name: ("Lee", "Cutbush"), group: "fixed", course: .custody),
        Member(heading: "Meat and razors", name: ("Janice", "Holroyd"), group: "flex", course: .leaving),
        Member(heading: "Pub car parks", name: ("Duncan", "Wyre"), group: "free", course: .active),
        Member(heading: "One bad month", name: ("Owen", "Pascoe"), group: "free", course: .notSelected),
        Member(heading: "Flats above shops", name: ("Warren", "Pike-Adeyi"), group: "fixed", course: .released),
        Member(heading: "Copper cable", name: ("Stephen", "Garner"), group: "flex", course: .active),
        Member(heading: "Tills at closing time", name: ("Leroy", "Bassett"), group: "fixed", course: .reactive),
        Member(heading: "Mopeds", name: ("Aaron", "Choudry"), group: "fixed", course: .active),
        Member(heading: "Students’ laptops", name: ("Vikram", "Sole"), group: "flex", course: .custody),
        Member(heading: "Bail hostel, then back", name: ("Trevor", "Nash-Oke"), group: "fixed", course: .leaving),
        Member(heading: "Charity boxes", name: ("Lynne", "Corrie"), group: "flex", course: .active),
        Member(heading: "Doorstep lies", name: ("Raymond", "Stokoe"), group: "free", course: .active),
        Member(heading: "Allotment tools", name: ("Perry", "Noakes"), group: "flex", course: .active),
        Member(heading: "Night buses", name: ("Marcus", "Idle"), group: "fixed", course: .active),
        Member(heading: "Just out again", name: ("Natalie", "Rudge"), group: "flex", course: .active),
        Member(heading: "Chosen this month", name: ("Ashley", "Trott"), group: "fixed", course: .selected),
        Member(heading: "Waits for the panel", name: ("Simon", "Kerr-Doyle"), group: "fixed", course: .assessed),
        Member(heading: "Nominated, and late", name: ("Glenn", "Oakden"), group: "flex", course: .nominated),
    ]

    /// The first fourteen months ago, the last nineteen days.
    static var cohort: [Plan] {
        members.enumerated().map { number, member in
            let daysAgo = 425 - number * 14
            var random = SeededRandom(seed: UInt64(number) + 1)
            let isByProbation = [.nominated, .assessed].contains(member.course)
            let opening = [
                "cohort": member.group, "why": pick(whys, &random), "status": pick(["licence", "community"], &random),
            ]
            return Plan(
                "offender-management", member.heading, by: isByProbation ? probation : police, member.name, daysAgo,
                opening, steps(member, until: daysAgo, &random).filter { $0.0 < daysAgo })
        }
    }

    private static let whys = [
        "Eight offences in a year, most for money", "The same kind of offence again within weeks of each release",
        "A score among the highest of the borough", "Police and probation both ask for it",
    ]

    private static func pick<Value>(_ values: [Value], _ random: inout SeededRandom) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }

    private static func chance(_ percent: Int, _ random: inout SeededRandom) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    private static func steps(_ member: Member, until today: Int, _ random: inout SeededRandom) -> [(Int, Step)] {
        var steps: [(Int, Step)] = []
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let before = Int.random(in: 8...165, using: &random)
            steps.append((1, offence(&random, daysBefore: before)))
        }
        guard member.course != .nominated else { return steps }
        let share = Double(Int.random(in: 40...75, using: &random)) / 100
        let score = String(Int.random(in: 55...96, using: &random))
        steps += [
            (5, .assess(share: share)), (5, .fill("score", ["tool": "The one that probation uses", "value": score])),
            (6, .move("assess")),
        ]
        switch member.course {
        case .assessed: return steps
        case .notSelected: return steps + [(9, notSelected)]
        default: break
        }
        let agreed = ["evidence": "Charges, score and what both services know", "agreed": "yes", "told": "yes"]
        steps += [
            (9, .fill("selection", agreed)), (9, .move("select")),
            (9, .share("probation", why: "Managed together with them")),
        ]
        guard member.course != .selected else { return steps }
        return steps + managed(member.course, until: today, &random)
    }

    private static let notSelected: Step = .move(
        "not-select",
        [
            "reason": "A short time of trouble, over now", "instead": "probation",
            "next-step": "His probation officer goes on", "safe-meanwhile": "Weekly appointments",
        ])

    private static func offence(_ random: inout SeededRandom, daysBefore: Int = 0) -> Step {
        let what = pick(["Burglary", "Theft from a shop", "Theft from a vehicle", "Robbery"], &random)
        let stage = pick(["charge", "convicted", "convicted"], &random)
        return .fill("offence", ["what": what, "stage": stage], daysBefore: daysBefore)
    }

    /// From the first day of the work with them to today, or to the end.
    private static func managed(_ course: Course, until today: Int, _ random: inout SeededRandom) -> [(Int, Step)] {
        let end = last(course, today)
        var steps: [(Int, Step)] = [(12, rag("red", "Just selected")), (12, .move("start"))]
        let needs = ["accommodation", "education-work", "health", "drugs-alcohol", "finance", "families", "attitudes"]
        for need in needs.shuffled(using: &random).prefix(2) {
            let first = Int.random(in: 2...4, using: &random)
            let then = chance(65, &random) ? first - Int.random(in: 1...2, using: &random) : first
            // Before the first step: the type asks for one pathway.
            steps.insert((12, pathway(need, first)), at: 0)
            steps.append((Int.random(in: 80...130, using: &random), pathway(need, then)))
        }
        for week in stride(from: 20, to: end, by: 19) {
            let kept = pick(["yes", "yes", "yes", "yes", "missed", "no"], &random)
            let how = pick(["office", "office", "home", "phone"], &random)
            steps.append((week, .fill("engagement", ["how": how, "kept": kept])))
        }
        for month in stride(from: 38, to: end, by: 29) where chance(85, &random) {
            steps.append((month, review(isOffending: false, &random)))
        }
        if chance(65, &random) {
            let what = pick(["work", "work", "learning", "treatment", "treatment", "home", "benefit"], &random)
            steps.append((Int.random(in: 30...120, using: &random), .fill("start", ["what": what])))
        }
        if chance(60, &random) {
            let day = Int.random(in: 35...170, using: &random)
            steps += [(day, offence(&random)), (day + 2, review(isOffending: true, &random))]
        }
        if end > 95 { steps.append((95, rag("amber", "Keeps most appointments"))) }
        if end > 210 { steps.append((205, rag("green", "No offence for half a year"))) }
        steps = steps.filter { $0.0 < end }
        return steps + ending(course, end)
    }

    private static func rag(_ colour: String, _ reason: String) -> Step {
        .fill("rag", ["colour": colour, "reason": reason])
    }

    private static func pathway(_ pathway: String, _ need: Int) -> Step {
        .fill("pathway", ["pathway": pathway, "need": String(need), "action": "As agreed with them this month"])
    }

    private static func review(isOffending: Bool, _ random: inout SeededRandom) -> Step {
        let change = isOffending ? "worse" : pick(["better", "better", "same"], &random)
        let reason = isOffending ? "Charged this month" : "As the worker and the police see it"
        return .fill("review", ["change": change, "reason": reason, "offended": isOffending ? "yes" : "no"])
    }

    /// The day until which they were worked with as at first.
    private static func last(_ course: Course, _ today: Int) -> Int {
        switch course {
        case .left: min(today - 12, 250)
        case .leaving: min(today - 12, 215)
        case .died: 140
        case .transferred: 110
        case .reactive: 150
        case .custody: today - 40
        default: today
        }
    }

    private static func ending(_ course: Course, _ end: Int) -> [(Int, Step)] {
        let evidence = [
            "last-offence": "day -190", "evidence": "No charge, steady contact and somewhere to live",
            "who-goes-on": "Probation, as the order lasts", "panel-agrees": "yes",
        ]
        let inside = ["prison": "HMP Fallow Hill", "release": "day 65"]
        let proposed: [(Int, Step)] = [
            (end, .fill("review", ["change": "better", "reason": "Half a year and more", "offended": "no"])),
            (end, rag("green", "Nothing for half a year")), (end, .move("propose-leaving", evidence)),
        ]
        switch course {
        case .left:
            return proposed + [
                (end + 9, .move("leave", ["outcome": "stopped", "reason": "No offence, and a life that holds"]))
            ]
        case .leaving: return proposed
        case .died: return [(end, .move("record-death", reason: "He died after an illness"))]
        case .transferred:
            let handed = ["how": "phone", "kept": "yes", "what": "Handed over to the officer there"]
            return [
                (end, .fill("engagement", handed)),
                (end, .move("move-area", ["outcome": "moved", "reason": "She moved to Harrowmere"])),
            ]
        case .reactive: return [(end, .move("step-back", reason: "Steady: seen when there is a reason to"))]
        case .custody: return [(end, .move("to-custody", inside))]
        case .released:
            let plan = [
                "home": "A room at the hostel", "fetched": "Pavel Hruby", "appointments": "Probation at 2, clinic at 4",
                "phone": "yes",
            ]
            return [
                (60, .move("to-custody", inside)), (118, .fill("release-plan", plan)), (125, .move("release")),
                (126, rag("red", "The first weeks outside")),
            ]
        default: return []
        }
    }
}
