import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Panels

/// What was written in a room without a network, and comes into the minutes afterwards.
@Suite struct RoomNoteTests {
    typealias W = PanelWords
    private static let start = PanelWorld.meetingStart
    private static let due = start.ukDate.advanced(by: 7)

    private func mark(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }

    private func line(
        _ number: Int, _ text: String, for item: ID<AgendaItem>, _ depth: FieldClass = .p2,
        side: SubjectSide = .victim, from agency: String = "health", _ kind: StatementKind = .fact,
        in part: MinutePart = .discussion
    ) -> RoomNote {
        RoomNote(
            mark(number), for: item,
            .line(NewMinuteLine(part, NewStatement(kind, text, depth, side: side), from: W.word(agency))))
    }

    private func action(
        _ number: Int, _ text: String, for item: ID<AgendaItem>, owner: Actor? = PanelWorld.health,
        due: LocalDate = RoomNoteTests.due
    ) -> RoomNote {
        RoomNote(
            mark(number), for: item,
            .action(NewPanelAction(text, agency: owner?.agency, owner: owner?.account, due: due)))
    }

    private func look(
        _ notes: [RoomNote], _ meeting: ID<PanelMeeting>, _ world: PanelWorld,
        by actor: Actor = PanelWorld.coordinator, at now: Instant = start
    ) throws -> [RoomFinding] {
        try world.by(actor, at: now) { try $0.look(at: notes, for: meeting, on: $1, in: $2).get() }
    }

    private func bring(
        _ notes: [RoomNote], _ meeting: ID<PanelMeeting>, _ world: PanelWorld,
        by actor: Actor = PanelWorld.coordinator, at now: Instant = start
    ) throws -> Result<Int, PanelRefusal> {
        try world.by(actor, at: now) { try $0.bring(notes, to: meeting, on: $1, in: $2) }
    }

    private func minutes(_ meeting: ID<PanelMeeting>, _ world: PanelWorld, _ actor: Actor) throws -> [ItemMinutes] {
        try world.by(actor, at: Self.start) { try $0.minutes(of: meeting, on: $1, in: $2)?.items ?? [] }
    }

    /// How many lines and actions there are, whoever may see them.
    private func count(_ world: PanelWorld) throws -> [Int] {
        try world.write { connection in
            try ["panel_minutes", "panel_actions"].map { (table: SQL) in
                try connection.first("SELECT COUNT(*) AS n FROM \(table)")?.get("n") ?? -1
            }
        }
    }

    private func why(_ finding: RoomFinding?) -> String? {
        if case .stopped(let why)? = finding?.standing { why } else { nil }
    }

    @Test(
        "Notes come into the minutes of their items as if they had been written there, once",
        arguments: TestDatabase.engines)
    func brought(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (meeting, items) = try world.session([try world.pair()])
        let notes = [
            line(1, "She was seen twice", for: items[0]), action(2, "Refer her to the clinic", for: items[0]),
            line(3, "Ring her sister first", for: items[0], .p3, from: "haven"),
        ]
        #expect(try look(notes, meeting, world).allSatisfy { $0.standing == .free && $0.reference != nil })
        #expect(try count(world) == [0, 0])

        #expect(try bring(notes, meeting, world).get() == 3)

        let seen = try #require(try minutes(meeting, world, PanelWorld.haven).first)
        #expect(seen.lines.map(\.text) == ["She was seen twice", "Ring her sister first"])
        #expect(seen.lines.map(\.fieldClass) == [.p2, .p3] && seen.lines.map(\.agency.text) == ["health", "haven"])
        #expect(seen.actions.map(\.text) == ["Refer her to the clinic"])
        #expect(seen.actions.first?.owner == PanelWorld.health.account && seen.actions.first?.due == Self.due)
        // The side of who harms sees what it would see of any line.
        let other = try #require(try minutes(meeting, world, PanelWorld.probation).first)
        #expect(other.lines.map(\.text) == ["She was seen twice"])
        let own = try world.by(PanelWorld.health, at: Self.start) { try $0.ownActions(on: $1, in: $2) }
        #expect(own.map(\.text) == ["Refer her to the clinic"])

        #expect(try look(notes, meeting, world).allSatisfy { $0.standing == .there })
        #expect(try bring(notes, meeting, world).get() == 0)
        #expect(try count(world) == [2, 1])
    }

    @Test(
        "A line that its writer may not read, and one that was struck, come once too",
        arguments: TestDatabase.engines)
    func unseen(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (meeting, items) = try world.session([try world.pair()])
        let notes = [
            line(1, "He sleeps at his brother’s", for: items[0], .p3, side: .perpetrator, from: "probation"),
            line(2, "She was seen twice", for: items[0]),
        ]
        #expect(try bring(notes, meeting, world).get() == 2)
        let seen = try #require(try minutes(meeting, world, PanelWorld.coordinator).first).lines
        #expect(seen.map(\.text) == ["She was seen twice"])
        try world.by(PanelWorld.coordinator, at: Self.start) {
            try $0.strike(seen[0].id, reason: "It was someone else", on: $1, in: $2).get()
        }

        #expect(try look(notes, meeting, world).map(\.standing) == [.there, .there])
        #expect(try bring(notes, meeting, world, by: PanelWorld.chair).get() == 0)
        #expect(try count(world) == [2, 0])
    }

    @Test(
        "The same words in the same item are there already, and in another item they are not",
        arguments: TestDatabase.engines)
    func same(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (meeting, items) = try world.session([try world.pair(), try world.pair()])
        _ = try world.by(PanelWorld.coordinator, at: Self.start) {
            try $0.minute(
                NewMinuteLine(
                    .discussion, NewStatement(.fact, "She was seen twice", side: .victim), from: W.word("health")),
                of: items[0], on: $1, in: $2
            ).get()
        }
        _ = try world.addAction("Change the locks", to: items[0], owner: PanelWorld.health, due: Self.due)
        let notes = [
            line(1, " She was  seen twice ", for: items[0]), line(2, "She was seen twice", for: items[1]),
            action(3, "Change the locks", for: items[0]), action(4, "Change the locks", for: items[1]),
            // Once more in the same file, and an action with the words of a line.
            line(5, "She was seen twice", for: items[1]), line(6, "Change the locks", for: items[0]),
        ]
        #expect(try look(notes, meeting, world).map(\.standing) == [.there, .free, .there, .free, .there, .free])
        #expect(try bring(notes, meeting, world).get() == 3)
        #expect(try count(world) == [3, 2])
    }

    @Test(
        "The same words from another agency or of another kind are another note, and so is a task of another owner",
        arguments: TestDatabase.engines)
    func others(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (meeting, items) = try world.session([try world.pair()])
        let (item, text, task) = (items[0], "Nothing known", "Visit the home")
        // The writer's own agency, which is the police.
        _ = try world.by(PanelWorld.coordinator, at: Self.start) {
            try $0.minute(
                NewMinuteLine(.discussion, NewStatement(.fact, text, side: .victim)), of: item, on: $1, in: $2
            ).get()
        }
        _ = try world.addAction(task, to: item, owner: PanelWorld.coordinator, due: Self.due)
        let there = [
            line(1, text, for: item, from: "police"), action(2, task, for: item, owner: PanelWorld.coordinator),
        ]
        let others = [
            line(3, text, for: item, from: "health"), line(4, text, for: item, side: .perpetrator, from: "police"),
            line(5, text, for: item, from: "police", .opinion), line(6, text, for: item, from: "police", in: .risk),
            line(7, text, for: item, .p3, from: "police"), action(8, task, for: item, owner: PanelWorld.council),
            action(
                9, task, for: item, owner: PanelWorld.coordinator, due: Self.due.advanced(by: 1)),
        ]
        #expect(try look(there, meeting, world).map(\.standing) == [.there, .there])
        #expect(try look(others, meeting, world).allSatisfy { $0.standing == .free })
        #expect(try bring(there + others, meeting, world).get() == 7)
        #expect(try count(world) == [6, 3])
    }

    @Test("What cannot be brought in says why, and then nothing is", arguments: TestDatabase.engines)
    func stopped(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (meeting, items) = try world.session([try world.pair()])
        let good = line(1, "She was seen twice", for: items[0])
        let bad: [(RoomNote, String)] = [
            (line(2, "Gone", for: W.id(99)), "It is for an item that is not on the agenda for you"),
            (line(3, "From afar", for: items[0], from: "fire"), "Choose an agency that sits on the panel"),
            (
                action(4, "Refer her", for: items[0], owner: nil),
                "Whoever was to do it neither sits on the panel now nor signs in here"
            ),
            (
                action(5, "Refer her", for: items[0], due: Self.start.ukDate.advanced(by: -1)),
                "Enter a day that is not past"
            ),
            (
                action(6, "Officer to think", for: items[0]),
                "Begin with what is to be done: Visit, Refer, Change, Share"
            ),
        ]
        let findings = try look([good] + bad.map(\.0), meeting, world)
        #expect(findings.map(\.standing) == [.free] + bad.map { .stopped($0.1) })
        #expect(findings[1].reference == nil && findings[2].reference != nil)
        for (note, text) in bad {
            let refusal = try bring([good, note], meeting, world).refusal
            guard case .problems(let problems)? = refusal else {
                Issue.record("It was brought in: \(note.text)")
                continue
            }
            #expect(problems.map(\.says) == [text] && problems.map(\.field) == ["note"])
        }
        #expect(try count(world) == [0, 0])
    }

    @Test(
        "An agency that is unknown to the partnership holds no action that is brought in",
        arguments: TestDatabase.engines)
    func agency(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (meeting, items) = try world.session([try world.pair()])
        let note = RoomNote(
            mark(1), for: items[0],
            .action(
                NewPanelAction(
                    "Visit her at home", agency: W.word("nowhere"), owner: PanelWorld.health.account, due: Self.due)))
        #expect(try why(look([note], meeting, world).first) == "Choose an agency of the partnership")
    }

    @Test(
        "A hidden item is told like one that there is not, and what an agency keeps back stays out",
        arguments: TestDatabase.engines)
    func hidden(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (meeting, items) = try world.session([pair, try world.pair()])
        try world.write {
            try world.store.register.declareConflict(
                with: ID(pair.caseID), on: world.occasion(PanelWorld.coordinator), in: $0)
        }
        let findings = try look(
            [line(1, "She was seen", for: items[0]), line(1, "She was seen", for: W.id(99))], meeting, world)
        #expect(findings[0].standing == findings[1].standing && why(findings[0]) != nil)
        #expect(findings[0].reference == nil)
        // Who knows of the item brings it in; then the words are there, and not for who does not know of it.
        #expect(try bring([line(1, "She was seen", for: items[0])], meeting, world, by: PanelWorld.chair).get() == 1)
        #expect(try look([line(1, "She was seen", for: items[0])], meeting, world).first == findings[0])
    }

    @Test("What was written for an item that was taken off since says so", arguments: TestDatabase.engines)
    func takenOff(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (meeting, items) = try world.session([try world.pair()])
        let notes = [line(1, "She was seen twice", for: items[0])]
        try world.by(PanelWorld.coordinator, at: Self.start) {
            try $0.takeOff(items[0], reason: "It was heard elsewhere", on: $1, in: $2).get()
        }
        let finding = try #require(try look(notes, meeting, world).first)
        #expect(why(finding) == "Its item was taken off the agenda" && finding.reference?.isEmpty == false)
        #expect(try bring(notes, meeting, world).refusal?.fields == ["note"])
        // An item of another meeting is none of this one's.
        let other = try world.call(from: PanelWorld.meetingStart.advanced(bySeconds: 86_400))
        try world.accept(other, [PanelWorld.coordinator])
        #expect(try look(notes, other, world).first?.reference == nil)
    }

    @Test("Research that an agency did not release does not come in by the room", arguments: TestDatabase.engines)
    func withheld(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let pair = try world.pair()
        let (meeting, items) = try world.session([pair])
        let police = PanelWorld.actor(61, "panel-coordinator", "case-officer", agency: "police")
        try world.accept(meeting, [police], at: Self.start)
        _ = try world.by(police, at: Self.start) {
            try $0.returnResearch(
                NewResearch(items[0], pair.victim, .known, [NewStatement(.fact, "An informant saw him")]), on: $1,
                in: $2
            ).get()
        }
        let note = line(1, "It is said that an informant saw him", for: items[0])
        #expect(try why(look([note], meeting, world, by: police).first) == "Your agency has not released this")
    }

    @Test(
        "Before the meeting begins and after its minutes are approved nothing comes in",
        arguments: TestDatabase.engines)
    func states(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let meeting = try world.call()
        let item = try world.list(world.accepted(world.pair()), on: meeting)
        try world.accept(meeting)
        let notes = [line(1, "She was seen twice", for: item), line(2, "He was not there", for: item)]
        #expect(
            try why(look(notes, meeting, world, at: PanelWorld.now).first)
                == "The meeting has not begun here: begin it first")
        try world.begin(meeting)
        #expect(try bring([notes[0]], meeting, world).get() == 1)
        try world.decide(item)
        _ = try world.step(.draft, meeting).get()
        #expect(try look(notes, meeting, world).map(\.standing) == [.there, .free])
        _ = try world.step(.approve, meeting, by: PanelWorld.chair).get()

        let findings = try look(notes, meeting, world)
        #expect(findings[0].standing == .there)
        #expect(why(findings[1]) == "The minutes are approved, and nobody changes them")
        #expect(try bring([notes[1]], meeting, world).refusal?.fields == ["note"])
        #expect(try count(world) == [1, 0])
    }

    @Test("Who does not work on the minutes brings nothing in and is shown nothing", arguments: TestDatabase.engines)
    func rights(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (meeting, items) = try world.session([try world.pair()])
        let notes = [line(1, "She was seen twice", for: items[0])]
        for actor in [PanelWorld.health, PanelWorld.haven, PanelWorld.probation] {
            #expect(try bring(notes, meeting, world, by: actor).refusal?.isDenied == true)
            let looked = try world.by(actor, at: Self.start) { try $0.look(at: notes, for: meeting, on: $1, in: $2) }
            #expect(looked.refusal?.isDenied == true)
        }
        for actor in [PanelWorld.fire, PanelWorld.officer] {
            #expect(try bring(notes, meeting, world, by: actor).refusal?.isAbsent == true)
        }
        #expect(try count(world) == [0, 0])
    }

    @Test(
        "Each note that is brought in is in the audit like one that was written here", arguments: TestDatabase.engines)
    func audited(_ engine: Engine) throws {
        let world = try PanelWorld(engine)
        let (meeting, items) = try world.session([try world.pair()])
        func updates() throws -> [String] {
            try world.write {
                try $0.rows(
                    """
                    SELECT object_class FROM audit_entries
                    WHERE account = \(PanelWorld.coordinator.account) AND object_id = \(meeting) AND act = 'update'
                    ORDER BY seq
                    """
                ).map { try $0.get("object_class", as: String.self) }
            }
        }
        let before = try updates().count
        _ = try bring(
            [
                line(1, "She was seen twice", for: items[0]), line(2, "Ring her sister", for: items[0], .p3),
                action(3, "Refer her to the clinic", for: items[0]),
            ], meeting, world
        ).get()
        #expect(try Array(updates().dropFirst(before)) == ["P2", "P3", "P1"])
    }

    @Test("A note’s identifier depends on the meeting, the item and the mark, and on nothing else")
    func identifiers() {
        let note = line(1, "One", for: W.id(1))
        let id: ID<MinuteLine>? = note.identifier(at: W.id(7))
        #expect(id != nil && id == line(1, "Two", for: W.id(1)).identifier(at: W.id(7)))
        #expect(id != line(2, "One", for: W.id(1)).identifier(at: W.id(7)))
        #expect(id != line(1, "One", for: W.id(2)).identifier(at: W.id(7)))
        #expect(id != note.identifier(at: W.id(8)))
        // Version 8 and the variant of RFC 9562.
        let digits = Array(id?.text ?? "")
        #expect(digits.count == 36 && digits[14] == "8" && "89ab".contains(digits[19]))
    }
}
