import Casework
import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Panels

/// What panels list, minute, count and send is never more than what its reader may open (casework.md §5.6).
@Suite("Panels: random referrals, meetings and people", .serialized)
struct PanelPropertyTests {
    @Test(
        "Agenda, minutes, work, referrals, hearings, actions and calendar name no case that their reader may not open",
        arguments: TestDatabase.engines, [20_260_601, 20_260_616] as [UInt64])
    func subset(_ engine: Engine, _ seed: UInt64) throws {
        let panels = try RandomPanels(engine, seed: seed)
        var tally = PanelTally()
        for isApproved in [false, true] {
            if isApproved { try panels.approveHeld() }
            for actor in panels.actors {
                let told: Comment = "seed \(seed), \(actor.name), \(isApproved ? "approved" : "in session")"
                let reader = try PanelReader(panels, actor)
                try agendas(reader, panels, told, &tally)
                try work(reader, panels, told)
                try referrals(reader, panels, told, &tally)
                try hearings(reader, panels, told, isApproved: isApproved, &tally)
                try actions(reader, panels, told, &tally)
                try calendar(reader, panels, told)
            }
        }
        // The world is neither empty nor open to all.
        #expect(tally.items > 40 && tally.hiddenItems > 40, "seed \(seed): \(tally)")
        #expect(tally.referrals > 40 && tally.hiddenReferrals > 40, "seed \(seed): \(tally)")
        #expect(tally.hearings > 20 && tally.settled > 0, "seed \(seed): \(tally)")
        #expect(tally.actions > 20 && tally.hiddenActions > 20 && tally.incomplete > 5, "seed \(seed): \(tally)")
    }

    private func agendas(
        _ reader: PanelReader, _ panels: RandomPanels, _ told: Comment, _ tally: inout PanelTally
    ) throws {
        let actor = reader.actor
        for meeting in panels.meetings {
            let open = reader.items(at: meeting, panels)
            let agenda = try panels.world.agenda(meeting, actor, at: panels.now)
            #expect((agenda != nil) == reader.sits, told)
            #expect(Set(agenda?.items.map(\.id) ?? []) == Set(open.map(\.id)), told)
            let references = Dictionary(
                open.map { ($0.caseID, panels.known($0.caseID).reference) }, uniquingKeysWith: { first, _ in first })
            #expect(agenda?.references ?? [:] == references, told)
            for action in agenda?.incomplete ?? [] {
                tally.incomplete += 1
                #expect(try panels.action(action.id, actor) != nil, told)
                #expect(!reader.conflicts.contains(action.caseID), told)
            }
            let minutes = try panels.by(actor) { try $0.minutes(of: meeting, on: $1, in: $2) }
            #expect(Set(minutes?.items.map(\.item.id) ?? []) == Set(open.map(\.id)), told)
            let named = (minutes?.items ?? []).map { [$0.item.caseID: $0.reference] }
            #expect(named.allSatisfy { $0.allSatisfy { references[$0.key] == $0.value } }, told)
            #expect(reader.leaks(agenda) == [] && reader.leaks(minutes) == [], told)
            tally.items += open.count
            tally.hiddenItems += panels.items.count { $0.meeting == meeting } - open.count
        }
    }

    private func work(_ reader: PanelReader, _ panels: RandomPanels, _ told: Comment) throws {
        let actor = reader.actor
        let waiting = try panels.by(actor) { try $0.work(on: $1, in: $2) }
        for work in waiting {
            switch work.kind {
            case .action(let action):
                #expect(action.owner == actor.account && !reader.conflicts.contains(action.caseID), told)
                #expect(try panels.action(action.id, actor) != nil, told)
            case .answer(let referral), .complete(let referral), .declined(let referral), .list(let referral, _):
                #expect(reader.opens.contains(referral.caseID), told)
            case .confidentiality(let meeting), .minutes(let meeting):
                #expect(try panels.by(actor) { try $0.meeting(meeting.id, on: $1, in: $2) } == meeting, told)
            case .research(let meeting, let people):
                // Two people are in each case.
                #expect(people <= 2 * reader.items(at: meeting.id, panels).count, told)
            }
        }
        #expect(reader.leaks(waiting) == [], told)
    }

    private func referrals(
        _ reader: PanelReader, _ panels: RandomPanels, _ told: Comment, _ tally: inout PanelTally
    ) throws {
        let listed = try panels.by(reader.actor) { try $0.referrals(to: PanelWords.word("marac"), on: $1, in: $2) }
        #expect(Set(listed.map(\.caseID)).isSubset(of: reader.opens), told)
        #expect(listed.allSatisfy { $0.reference == panels.known($0.caseID).reference }, told)
        let ofCases = try panels.cases.flatMap { known in
            try panels.by(reader.actor) { try $0.referrals(of: known.id, on: $1, in: $2) }
        }
        let single = try panels.referrals.filter { id in
            try panels.by(reader.actor) { try $0.referral(id, on: $1, in: $2) } != nil
        }
        #expect(Set(ofCases.map(\.id)) == Set(listed.map(\.id)) && Set(single) == Set(listed.map(\.id)), told)
        // Who may open a case knows where it was referred to.
        let expected = panels.cases.filter { $0.isReferred && reader.opens.contains($0.id) }.map(\.id)
        #expect(Set(listed.map(\.caseID)) == Set(expected), told)
        #expect(reader.leaks(listed) == [], told)
        tally.referrals += listed.count
        tally.hiddenReferrals += panels.referrals.count - listed.count
    }

    private func hearings(
        _ reader: PanelReader, _ panels: RandomPanels, _ told: Comment, isApproved: Bool, _ tally: inout PanelTally
    ) throws {
        for known in panels.cases {
            let hearings = try panels.by(reader.actor) { try $0.hearings(of: known.id, on: $1, in: $2) }
            if !reader.opens.contains(known.id) { #expect(hearings.isEmpty, told) }
            for hearing in hearings {
                #expect(hearing.item.caseID == known.id, told)
                let isOpen = reader.items(at: hearing.meeting.id, panels).contains { $0.id == hearing.item.id }
                #expect(hearing.isOpen == isOpen, told)
                // Of a meeting at which they do not sit only what was approved.
                if !isOpen { #expect(isApproved && hearing.meeting.id == panels.held, told) }
                tally.settled += isOpen ? 0 : 1
                for action in hearing.actions where isOpen {
                    #expect(try panels.action(action.id, reader.actor) != nil, told)
                }
            }
            #expect(reader.leaks(hearings) == [], told)
            tally.hearings += hearings.count
        }
    }

    private func actions(
        _ reader: PanelReader, _ panels: RandomPanels, _ told: Comment, _ tally: inout PanelTally
    ) throws {
        let actor = reader.actor
        for (id, owner, caseID) in panels.actions {
            let found = try panels.action(id, actor)
            guard let found else {
                tally.hiddenActions += 1
                continue
            }
            tally.actions += 1
            #expect(!reader.conflicts.contains(caseID), told)
            #expect(reader.leaks(found) == [], told)
            let isOwn = owner.account == actor.account
            // A colleague of who undertook it knows of it by sitting there, where nothing hides the case.
            let isColleague = owner.agency == actor.agency && reader.sits && !panels.isWalled(caseID)
            #expect(isOwn || isColleague || reader.opens.contains(caseID), told)
        }
        let own = try panels.by(actor) { try $0.ownActions(on: $1, in: $2) }
        let expected = panels.actions.filter {
            $0.owner.account == actor.account && !reader.conflicts.contains($0.caseID)
        }.map(\.id)
        #expect(Set(own.map(\.id)).isSubset(of: expected), told)
    }

    private func calendar(_ reader: PanelReader, _ panels: RandomPanels, _ told: Comment) throws {
        let text = try panels.by(reader.actor) {
            try $0.calendarText(
                from: PanelWorld.today, to: PanelWorld.today.advanced(by: 90), host: "concord.test", on: $1, in: $2)
        }
        for meeting in panels.meetings {
            let opens = try panels.by(reader.actor) { try $0.meeting(meeting, on: $1, in: $2) } != nil
            let isNamed = text.contains(meeting.text)
            #expect(reader.sits ? isNamed : !isNamed || opens, told)
        }
        // It names nobody, not even to those who may know.
        for known in panels.cases {
            for word in known.words + [known.id.text] { #expect(!text.contains(word), told) }
        }
    }
}

/// What was seen and what was not, over all readers.
struct PanelTally {
    var (items, hiddenItems, referrals, hiddenReferrals) = (0, 0, 0, 0)
    var (hearings, settled, actions, hiddenActions, incomplete) = (0, 0, 0, 0, 0)
}

/// What one person may open, found by opening every case, and not by asking a panel.
private struct PanelReader {
    let actor: Actor
    let opens: Set<ID<CaseRecord>>
    let conflicts: Set<ID<CaseRecord>>
    let sits: Bool
    private let hidden: [String]

    init(_ panels: RandomPanels, _ actor: Actor) throws {
        self.actor = actor
        let ids = try panels.cases.map(\.id).filter { try panels.world.reads($0, actor, at: panels.now) }
        opens = Set(ids)
        conflicts = panels.conflicts[actor.account] ?? []
        let places: Set<String> = ["panel-member", "panel-coordinator", "panel-chair"]
        sits =
            actor.roles.contains { places.contains($0.text) }
            && actor.panels.contains { seat in
                seat.panel.text == "marac" && seat.from <= panels.now.ukDate
                    && seat.until.map { panels.now.ukDate <= $0 } ?? true
            }
        // Of a case that they may not open, everything; of the others the people whose records are restricted.
        var hidden = panels.cases.filter { !ids.contains($0.id) }.flatMap(\.words)
        for known in panels.cases where ids.contains(known.id) {
            for (person, word) in [(known.victim, known.words[1]), (known.perpetrator, known.words[2])]
            where panels.restricted.contains(person) {
                if try !panels.world.names(person, actor, at: panels.now) { hidden.append(word) }
            }
        }
        self.hidden = hidden
    }

    /// The items of a meeting that exist for them: they sit there, accepted confidentiality, may open the case, and
    /// their agency was asked or holds it.
    func items(at meeting: ID<PanelMeeting>, _ panels: RandomPanels) -> [AgendaItem] {
        guard sits, panels.accepted[meeting]?.contains(actor.account) == true else { return [] }
        return panels.items.filter { item in
            item.meeting == meeting && opens.contains(item.caseID) && !conflicts.contains(item.caseID)
                && (item.agencies.isEmpty || item.agencies.contains(actor.agency)
                    || panels.known(item.caseID).holder.agency == actor.agency)
        }
    }

    /// The words of what they may not open that stand anywhere in what they were given.
    func leaks(_ given: Any?) -> [String] {
        let text = String(reflecting: given)
        return hidden.filter { text.contains($0) }
    }
}

/// Two meetings of a MARAC, cases referred to it, and people with and without places, from a seed.
private struct RandomPanels {
    typealias W = PanelWords

    struct Known {
        let id: ID<CaseRecord>
        let victim: ID<Person>
        let perpetrator: ID<Person>
        let holder: Actor
        /// The reference, the victim's name and the name of who harms.
        let words: [String]
        let isReferred: Bool
        var reference: String { words[0] }
    }

    let world: PanelWorld
    /// In session; and one that is to come.
    let held: ID<PanelMeeting>
    let ahead: ID<PanelMeeting>
    let now = PanelWorld.meetingStart
    private(set) var cases: [Known] = []
    private(set) var referrals: [ID<PanelReferral>] = []
    private(set) var items: [AgendaItem] = []
    private(set) var actors: [Actor] = PanelWorld.everyone
    private(set) var accepted: [ID<PanelMeeting>: Set<ID<Account>>] = [:]
    private(set) var actions: [(id: ID<PanelAction>, owner: Actor, caseID: ID<CaseRecord>)] = []
    private(set) var conflicts: [ID<Account>: Set<ID<CaseRecord>>] = [:]
    private(set) var restricted: Set<ID<Person>> = []
    private var walled: Set<ID<CaseRecord>> = []
    private var random: SeededRandom

    var meetings: [ID<PanelMeeting>] { [held, ahead] }

    init(_ engine: Engine, seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        world = try PanelWorld(engine)
        held = try world.call()
        ahead = try world.call(from: PanelWorld.meetingStart.advanced(bySeconds: 14 * 86_400))
        for number in 1...8 { actors.append(stranger(100 + number)) }
        for number in 1...18 { try refer(number) }
        try meet()
        try wall()
        items = try world.write { connection in
            try [held, ahead].flatMap { try MeetingRows.items(of: $0, in: connection) }
        }
    }

    func by<Value>(
        _ actor: Actor, _ body: (PanelStore, Occasion, Connection) throws -> Value
    ) throws -> Value { try world.by(actor, at: now, body) }

    func action(_ id: ID<PanelAction>, _ actor: Actor) throws -> PanelAction? {
        try by(actor) { try $0.action(id, on: $1, in: $2) }
    }

    func known(_ id: ID<CaseRecord>) -> Known {
        guard let known = cases.first(where: { $0.id == id }) else { preconditionFailure("no case \(id)") }
        return known
    }

    func isWalled(_ id: ID<CaseRecord>) -> Bool { walled.contains(id) }

    /// The minutes of the meeting that sat are approved; how they come there is not what is tested here.
    func approveHeld() throws {
        try world.write { connection in
            _ = try connection.run(
                "UPDATE panel_meetings SET state = 'minutes-approved', approved_at = \(now) WHERE id = \(held)")
        }
    }

    // MARK: - Making

    private mutating func pick<T>(_ all: [T]) -> T { all[random.below(all.count)] }

    /// Someone with a place on this panel, on another, on none any more or not yet.
    private mutating func stranger(_ number: Int) -> Actor {
        let roles = pick([
            ["panel-member"], ["panel-coordinator"], ["panel-chair"], ["panel-member", "case-officer"],
            ["panel-member", "advocate"], ["supervisor"], ["intake"], ["lawyer"],
        ])
        var actor = PanelWorld.actor(
            number, agency: pick(["police", "council", "health", "haven", "probation", "fire"]),
            side: pick([.victim, .perpetrator, nil]))
        actor.roles = Set(roles.map { W.word($0) })
        let today = PanelWorld.today
        actor.panels = [
            pick([
                PanelMembership(panel: W.word("marac"), from: today, until: nil),
                PanelMembership(panel: W.word("marac"), from: today, until: today.advanced(by: 40)),
                PanelMembership(panel: W.word("marac"), from: today, until: today.advanced(by: 3)),
                PanelMembership(panel: W.word("marac"), from: today.advanced(by: 20), until: nil),
                PanelMembership(panel: W.word("community-marac"), from: today, until: nil),
            ])
        ]
        return actor
    }

    /// A case of the council or of health, with names of its own; most are referred, accepted and listed.
    private mutating func refer(_ number: Int) throws {
        let holder = random.chance(0.6) ? PanelWorld.officer : PanelWorld.health
        let names = ["Vq\(number)v", "Vq\(number)h"]
        let pair = try world.pair(
            victim: world.person(names[0], side: .victim, by: holder),
            perpetrator: world.person(names[1], side: .perpetrator, by: holder), by: holder)
        let finding = try world.write {
            try world.cases.read(pair.caseID, on: world.occasion(holder), in: $0)
        }
        guard case .found(let view) = finding else { throw Fault("The case was not found") }
        let isReferred = random.chance(0.9)
        cases.append(
            Known(
                id: pair.caseID, victim: pair.victim, perpetrator: pair.perpetrator, holder: holder,
                words: [view.record.reference] + names, isReferred: isReferred))
        guard isReferred else { return }
        let referral = try world.refer(pair, by: holder)
        referrals.append(referral)
        let answer: ReferralAnswer
        switch random.below(10) {
        case 0: return
        case 1: answer = .sendBack(missing: ["Where she is now"])
        case 2: answer = .decline(reason: "No", forum: "Another", nextStep: "Ring her")
        default: answer = .accept
        }
        try world.by(PanelWorld.chair) { try $0.answer(referral, answer, on: $1, in: $2).get() }
        guard case .accept = answer, random.chance(0.9) else { return }
        let all = ["council", "probation", "health", "haven"]
        let agencies = random.chance(0.4) ? [] : all.filter { _ in random.chance(0.5) }
        _ = try world.list(referral, on: random.chance(0.6) ? held : ahead, agencies: agencies)
    }

    /// One meeting sits, the other is looked into; not everyone accepted confidentiality.
    private mutating func meet() throws {
        for meeting in meetings {
            for actor in actors where actor.account == PanelWorld.coordinator.account || random.chance(0.7) {
                let done = try by(actor) { try $0.acceptConfidentiality(for: meeting, on: $1, in: $2) }
                if done.refusal == nil { accepted[meeting, default: []].insert(actor.account) }
            }
            _ = try world.step(.publishAgenda, meeting).get()
        }
        _ = try world.step(.closeResearch, held).get()
        _ = try world.step(.begin, held, reason: "It cannot wait").get()
        for item in try world.write({ try MeetingRows.items(of: held, in: $0) }) {
            let known = known(item.caseID)
            for (person, name, side) in [
                (known.victim, known.words[1], SubjectSide.victim),
                (known.perpetrator, known.words[2], .perpetrator),
            ] {
                let statement = NewStatement(.fact, "\(name) was there", pick([.p1, .p2, .p3]), side: side)
                let agency = pick(["police", "council", "health", "haven"])
                _ = try by(PanelWorld.coordinator) {
                    try $0.minute(
                        NewMinuteLine(.discussion, statement, about: person, from: W.word(agency)), of: item.id, on: $1,
                        in: $2
                    ).get()
                }
            }
            for _ in 0..<random.below(3) {
                let owner = pick(actors)
                let action = try world.addAction(
                    "Change the locks", to: item.id, owner: owner, due: now.ukDate.advanced(by: 7))
                actions.append((action, owner, item.caseID))
            }
            if random.chance(0.7) { try world.decide(item.id) }
        }
    }

    /// People declare conflicts, and cases and people are guarded, after all of it was written.
    private mutating func wall() throws {
        for actor in actors {
            for known in cases where random.chance(0.08) {
                let items = try world.write { connection in
                    try [held, ahead].flatMap { try MeetingRows.items(of: $0, in: connection) }
                }
                let item = items.first { $0.caseID == known.id }
                if let item, random.chance(0.5) {
                    // Who does not sit there declares nothing by this.
                    try by(actor) { try $0.declareConflict(with: item.id, on: $1, in: $2) }
                    let isKept = try world.write { connection in
                        try !MeetingRows.withdrawn(actor.account, from: [item.id], in: connection).isEmpty
                    }
                    guard isKept else { continue }
                } else {
                    try by(actor) { try $0.register.declareConflict(with: ID(known.id), on: $1, in: $2) }
                }
                conflicts[actor.account, default: []].insert(known.id)
            }
        }
        for known in cases {
            if random.chance(0.25) {
                let name = pick(["restricted", "sealed", "protected"])
                if name != "protected" { walled.insert(known.id) }
                try classify(ID(known.id), name)
            }
            for person in [known.victim, known.perpetrator] where random.chance(0.15) {
                restricted.insert(person)
                try classify(ID(person), "restricted")
            }
        }
    }

    private func classify(_ id: ID<Registered>, _ name: String) throws {
        try world.write { connection in
            _ = try connection.run("UPDATE register_records SET class = \(name) WHERE id = \(id)")
        }
    }
}
