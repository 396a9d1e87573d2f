import Casework
import Governance
import Kernel
import Panels
import People
import Storage

/// The invented meetings of the demo partnership's panels: one whose minutes are approved, one for which the agencies
/// look up what they know, one to come; referrals in several states.
struct DemoPanels {
    let register: DemoRegister
    let store: PanelStore

    private static let (coordinator, chair) = ("coordinator@obbwade.example", "chair@obbwade.example")
    private static let (police, advocate) = ("police@obbwade.example", "advocate@obbwade.example")
    private static let (probation, health) = ("probation@obbwade.example", "health@obbwade.example")
    private static let officer = "officer@obbwade.example"
    private static let housing = "housing@obbwade.example"
    private static let members = [coordinator, chair, police, advocate, housing, probation, health]

    /// A case of a victim and someone who harms, with its referral and items, as they are made.
    private final class Pair {
        let heading: String
        let maker: String
        let victim: (String, String)
        let perpetrator: (String, String)
        let why: String
        var caseID: ID<CaseRecord>?
        var people: (victim: ID<Person>, perpetrator: ID<Person>)?
        var referral: ID<PanelReferral>?
        var item: ID<AgendaItem>?

        init(
            _ heading: String, by maker: String, _ victim: (String, String), _ perpetrator: (String, String),
            why: String
        ) {
            self.heading = heading
            self.maker = maker
            self.victim = victim
            self.perpetrator = perpetrator
            self.why = why
        }
    }

    /// A meeting, as it is made.
    private final class Meeting {
        let start: Instant
        var id: ID<PanelMeeting>?

        init(_ start: Instant) { self.start = start }

        /// Ten o'clock of the first Tuesday on or after a day so many days from now.
        static func tuesday(_ days: Int, from now: Instant) -> Meeting {
            let day = now.ukDate.advanced(by: days)
            return Meeting(Instant(day.advanced(by: (8 - day.weekday) % 7), hour: 10, minute: 0))
        }

        /// So many days and hours from its beginning.
        func at(_ days: Int, hours: Int = 0, minutes: Int = 0) -> Instant {
            start.advanced(bySeconds: Int64(days) * 86_400 + Int64(hours) * 3600 + Int64(minutes) * 60)
        }
    }

    /// Adds them to what happened.
    func add(to history: DemoHistory, now: Instant) throws {
        let first = Pair(
            "Hollin Street", by: DemoPanels.advocate, ("Rosa", "Linden"), ("Craig", "Sutter"),
            why: "Assaulted three times this year, and more badly each time. She is afraid to go home.")
        let second = Pair(
            "Mill Rise", by: DemoPanels.police, ("Joan", "Ferrier"), ("Lee", "Ferrier"),
            why: "Threats to kill, told to officers at the door. A knife was seen.")
        let third = Pair(
            "Quay Court", by: DemoPanels.advocate, ("Amina", "Dost"), ("Karim", "Dost"),
            why: "She says he tracks her telephone. He was at her work twice this week.")
        let fourth = Pair(
            "Fenwick Close", by: DemoPanels.police, ("Beth", "Harrow"), ("Sean", "Pike"),
            why: "He breached the terms of his bail on Sunday.")
        let past = Meeting.tuesday(-25, from: now)
        addPast(past, [first, second], to: history)
        let next = Meeting.tuesday(5, from: now)
        addNext(next, new: third, again: first, to: history, now: now)
        let later = Meeting.tuesday(19, from: now)
        call("marac", later, by: DemoPanels.coordinator, at: now.advanced(bySeconds: -5 * 86_400), to: history)
        open(fourth, at: now.advanced(bySeconds: -26 * 3600), to: history)
        refer(fourth, at: now.advanced(bySeconds: -25 * 3600), to: history)
        addCommunity(to: history, now: now)
    }

    // MARK: - Meetings

    /// A meeting that was held, minuted and approved.
    private func addPast(_ meeting: Meeting, _ pairs: [Pair], to history: DemoHistory) {
        call("marac", meeting, by: DemoPanels.coordinator, at: meeting.at(-30), to: history)
        for pair in pairs {
            open(pair, at: meeting.at(-21), to: history)
            refer(pair, at: meeting.at(-20), to: history)
            accept(pair, on: meeting, at: meeting.at(-19), to: history)
        }
        for member in DemoPanels.members {
            act(member, meeting.at(-10), history) { try acceptConfidentiality(meeting, $0, $1) }
        }
        step(.publishAgenda, of: meeting, by: DemoPanels.coordinator, at: meeting.at(-9), to: history)
        for pair in pairs { research(pair, from: meeting.at(-5), to: history) }
        step(.closeResearch, of: meeting, by: DemoPanels.coordinator, at: meeting.at(-1), to: history)
        act(DemoPanels.coordinator, meeting.at(0, minutes: -5), history) { occasion, connection in
            for email in DemoPanels.members {
                let member = try register.actor(email, occasion.now, in: connection)
                guard let id = meeting.id else { continue }
                try store.record(
                    .present, of: member.account, from: member.agency, at: id, on: occasion, in: connection
                ).get()
            }
        }
        step(.begin, of: meeting, by: DemoPanels.coordinator, at: meeting.at(0), to: history)
        for (number, pair) in pairs.enumerated() {
            act(DemoPanels.coordinator, meeting.at(0, minutes: 15 * number + 5), history) { occasion, connection in
                try minute(pair, isFirst: number == 0, occasion, connection)
            }
        }
        step(.draft, of: meeting, by: DemoPanels.coordinator, at: meeting.at(0, hours: 2), to: history)
        step(.approve, of: meeting, by: DemoPanels.chair, at: meeting.at(2), to: history)
    }

    /// What was said, undertaken and decided of one item.
    private func minute(_ pair: Pair, isFirst: Bool, _ occasion: Occasion, _ connection: Connection) throws {
        guard let item = pair.item else { return }
        let lines: [NewMinuteLine] = [
            NewMinuteLine(
                .discussion,
                NewStatement(
                    .fact, "Officers were called twice since the referral. No charge so far.", .p2, side: .victim),
                about: pair.people?.victim),
            NewMinuteLine(
                .risk,
                NewStatement(.opinion, "The risk is high: it escalates, and she is about to leave.", .p2, side: .victim)
            ),
            NewMinuteLine(
                .safety,
                NewStatement(.fact, "She is reached through her sister, on weekdays before three.", .p3, side: .victim)),
        ]
        for line in lines { _ = try store.minute(line, of: item, on: occasion, in: connection).get() }
        let due = occasion.now.ukDate.advanced(by: 14)
        let actions: [(String, String)] =
            isFirst
            ? [
                ("Fit new locks and a door camera", DemoPanels.police),
                ("Visit her and agree a safety plan", DemoPanels.advocate),
            ]
            : [
                ("Share the date of his next appointment", DemoPanels.probation),
                ("Flag the address for urgent response", DemoPanels.police),
            ]
        for (text, email) in actions {
            let owner = try register.actor(email, occasion.now, in: connection)
            let id = try store.addAction(
                NewPanelAction(text, agency: owner.agency, owner: owner.account, due: due), to: item, on: occasion,
                in: connection
            ).get()
            if email == DemoPanels.advocate {
                try store.closeAction(
                    id, as: .done, outcome: "Agreed with her, and written down", on: occasion, in: connection
                ).get()
            }
        }
        try store.decide(
            ItemDecision(
                "The agencies follow the plan; the case comes again", riskBefore: "high",
                riskAfter: isFirst ? "medium" : "high", taken: isFirst ? 18 : 14), on: item, on: occasion,
            in: connection
        ).get()
    }

    /// The meeting that comes next: a new case, and one that comes again.
    private func addNext(_ meeting: Meeting, new: Pair, again: Pair, to history: DemoHistory, now: Instant) {
        call("marac", meeting, by: DemoPanels.coordinator, at: meeting.at(-33), to: history)
        open(new, at: meeting.at(-15), to: history)
        refer(new, at: meeting.at(-15, hours: 1), to: history)
        accept(new, on: meeting, at: meeting.at(-14), to: history)
        for member in [DemoPanels.coordinator, DemoPanels.chair, DemoPanels.police, DemoPanels.advocate] {
            act(member, meeting.at(-13), history) { try acceptConfidentiality(meeting, $0, $1) }
        }
        act(DemoPanels.coordinator, meeting.at(-13, hours: 1), history) { occasion, connection in
            guard let id = meeting.id, let caseID = again.caseID else { return }
            _ = try store.addItem(caseID, as: .review, to: id, on: occasion, in: connection).get()
        }
        step(.publishAgenda, of: meeting, by: DemoPanels.coordinator, at: meeting.at(-12, hours: 2), to: history)
    }

    /// A meeting of the Community MARAC, with a case that waits for its answer.
    private func addCommunity(to history: DemoHistory, now: Instant) {
        let meeting = Meeting.tuesday(9, from: now)
        call("community-marac", meeting, by: DemoPanels.officer, at: now.advanced(bySeconds: -12 * 86_400), to: history)
        act(DemoPanels.officer, now.advanced(bySeconds: -20 * 3600), history) { occasion, connection in
            let row = try connection.first("SELECT id FROM cases WHERE type = 'community-marac' ORDER BY id LIMIT 1")
            guard let id: ID<CaseRecord> = try row?.get("id"),
                let panel = Code<Panel>("community-marac"),
                let route = store.panel(panel, for: occasion.actor, on: occasion.now.ukDate)?.type.routes.first
            else { return }
            _ = try store.refer(
                NewReferral(id, to: panel, route.code, why: "Three agencies visit, and none of them ends it alone."),
                on: occasion, in: connection
            ).get()
        }
    }

    // MARK: - Acts

    private func act(
        _ email: String, _ at: Instant, _ history: DemoHistory,
        _ body: @escaping (Occasion, Connection) throws -> Void
    ) {
        history.add(at) { at, connection in
            let actor = try register.actor(email, at, in: connection)
            try body(Occasion(actor, at: at, request: "command-line"), connection)
        }
    }

    private func call(_ panel: String, _ meeting: Meeting, by email: String, at: Instant, to history: DemoHistory) {
        act(email, at, history) { occasion, connection in
            guard let panel = Code<Panel>(panel) else { return }
            meeting.id = try store.call(
                NewMeeting(panel, from: meeting.start, to: meeting.at(0, hours: 2)), on: occasion, in: connection
            ).get()
        }
    }

    private func step(_ step: MeetingStep, of meeting: Meeting, by email: String, at: Instant, to history: DemoHistory)
    {
        act(email, at, history) { occasion, connection in
            guard let id = meeting.id else { return }
            _ = try store.step(step, of: id, on: occasion, in: connection).get()
        }
    }

    private func acceptConfidentiality(_ meeting: Meeting, _ occasion: Occasion, _ connection: Connection) throws {
        guard let id = meeting.id else { return }
        try store.acceptConfidentiality(for: id, on: occasion, in: connection).get()
    }

    private func open(_ pair: Pair, at: Instant, to history: DemoHistory) {
        act(pair.maker, at, history) { occasion, connection in
            guard let type = Code<CaseType>("marac"), let form = Code<CaseForm>("referral"),
                let victimRole = Code<PartyRole>("victim"), let perpetratorRole = Code<PartyRole>("perpetrator")
            else { return }
            let people = PersonStore(roles: register.installation.roles)
            func person(_ name: (String, String), _ side: SubjectSide) throws -> ID<Person> {
                var details = PersonDetails()
                details[.givenName] = name.0
                details[.familyName] = name.1
                return try people.create(
                    NewPerson(details, side: side, team: occasion.actor.teams.min()), isChecked: true, on: occasion,
                    in: connection
                ).get()
            }
            let victim = try person(pair.victim, .victim)
            let perpetrator = try person(pair.perpetrator, .perpetrator)
            var answers = FormAnswers()
            for (code, text) in ["route": "judgement", "why": pair.why, "immediate": "no", "aware": "yes"] {
                answers[code] = [text]
            }
            var entry = NewEntry(form, answers)
            entry.happenedOn = occasion.now.ukDate
            entry.evidence = .allegation
            entry.source = "The victim, in person"
            pair.caseID = try store.cases.open(
                NewCase(
                    type, heading: pair.heading,
                    parties: [NewParty(victimRole, victim), NewParty(perpetratorRole, perpetrator)], entries: [entry],
                    team: occasion.actor.teams.min()), on: occasion, in: connection
            ).get()
            pair.people = (victim, perpetrator)
        }
    }

    private func refer(_ pair: Pair, at: Instant, to history: DemoHistory) {
        act(pair.maker, at, history) { occasion, connection in
            guard let caseID = pair.caseID, let people = pair.people, let panel = Code<Panel>("marac"),
                let route = Code<PanelRoute>("judgement")
            else { return }
            pair.referral = try store.refer(
                NewReferral(
                    caseID, to: panel, route, why: pair.why,
                    pair: ReferredPair(
                        victim: people.victim, perpetrator: people.perpetrator,
                        happenedOn: occasion.now.ukDate.advanced(by: -2), isCriminal: true)), on: occasion,
                in: connection
            ).get().id
        }
    }

    private func accept(_ pair: Pair, on meeting: Meeting, at: Instant, to history: DemoHistory) {
        act(DemoPanels.coordinator, at, history) { occasion, connection in
            guard let referral = pair.referral, let meeting = meeting.id else { return }
            try store.answer(referral, .accept, on: occasion, in: connection).get()
            pair.item = try store.list(referral, on: meeting, on: occasion, in: connection).get()
        }
    }

    /// Two agencies answer on both people and release it.
    private func research(_ pair: Pair, from at: Instant, to history: DemoHistory) {
        act(DemoPanels.probation, at, history) { occasion, connection in
            guard let item = pair.item, let person = pair.people?.perpetrator else { return }
            let id = try store.returnResearch(
                NewResearch(
                    item, person, .known,
                    [
                        NewStatement(
                            .fact, "On licence until the spring; keeps his appointments.", .p2, side: .perpetrator),
                        NewStatement(.opinion, "Drinks more since he lost his work.", .p2, side: .perpetrator),
                    ]), on: occasion, in: connection
            ).get()
            let lines = try store.research(on: item, on: occasion, in: connection).first { $0.id == id }?.lines ?? []
            try store.release(lines.map(\.id), of: id, on: occasion, in: connection).get()
        }
        act(DemoPanels.health, at.advanced(bySeconds: 3600), history) { occasion, connection in
            guard let item = pair.item, let person = pair.people?.victim else { return }
            let id = try store.returnResearch(NewResearch(item, person, .notKnown), on: occasion, in: connection).get()
            try store.release([], of: id, on: occasion, in: connection).get()
        }
    }
}
