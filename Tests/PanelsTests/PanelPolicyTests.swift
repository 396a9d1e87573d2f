import Casework
import Governance
import Kernel
import People
import Storage
import TestDatabases
import Testing

@testable import Panels

/// What panels show is never more than what the policy lets someone read, for random people, items and lines.
@Suite struct PanelPolicyTests {
    typealias W = PanelWords

    private static let roles = [
        ["panel-member"], ["panel-member", "case-officer"], ["panel-member", "advocate"], ["panel-coordinator"],
        ["panel-chair"], ["case-officer"], ["supervisor"], ["member"], ["analyst"], ["data-protection-officer"],
        ["auditor"],
    ]
    private static let agencies = ["council", "police", "fire", "probation", "health", "haven"]

    private static func someone(_ number: Int, _ random: inout SeededRandom) -> Actor {
        let sides: [SubjectSide?] = [.victim, .perpetrator, .child, nil]
        let panels = [["marac"], ["marac"], ["community-marac"], []][random.below(4)]
        var actor = PanelWorld.actor(
            100 + number, agency: agencies[random.below(6)], side: sides[random.below(4)], panels: panels)
        actor.roles = Set(roles[random.below(roles.count)].map { W.word($0) })
        return actor
    }

    private struct Scene {
        var pairs: [PanelWorld.Pair] = []
        var meeting: ID<PanelMeeting>
        var items: [ID<AgendaItem>] = []
        var actors: [Actor] = []
        var accepted: Set<ID<Account>> = []
        var conflicts: [ID<AgendaItem>: Set<ID<Account>>] = [:]
    }

    private func scene(_ world: PanelWorld, _ random: inout SeededRandom) throws -> Scene {
        let start = PanelWorld.meetingStart
        var scene = Scene(meeting: try world.call())
        scene.actors = PanelWorld.everyone + (0..<10).map { Self.someone($0, &random) }
        for _ in 0..<4 {
            let pair = try world.pair()
            let asked = Self.agencies.filter { $0 != "fire" && random.chance(0.4) }
            scene.items.append(try world.list(try world.accepted(pair), on: scene.meeting, agencies: asked))
            scene.pairs.append(pair)
        }
        try world.begin(scene.meeting)
        scene.accepted = Set(PanelWorld.members.map(\.account))
        for actor in scene.actors where random.chance(0.6) {
            let done = try world.by(actor, at: start) {
                try $0.acceptConfidentiality(for: scene.meeting, on: $1, in: $2)
            }
            if case .success = done { scene.accepted.insert(actor.account) }
        }
        let classes: [FieldClass] = [.p1, .p2, .p3]
        let sides: [SubjectSide?] = [.victim, .perpetrator, .child, nil]
        for (item, pair) in zip(scene.items, scene.pairs) {
            for actor in [PanelWorld.haven, PanelWorld.health, PanelWorld.probation] {
                let lines = (0..<3).map { number in
                    NewStatement(
                        .fact, "\(actor.agency) \(item) \(number)", classes[random.below(3)],
                        side: sides[random.below(4)])
                }
                try world.by(actor, at: start) { store, occasion, connection in
                    guard
                        case .success(let id) = try store.returnResearch(
                            NewResearch(item, random.chance(0.5) ? pair.victim : pair.perpetrator, .known, lines),
                            on: occasion, in: connection)
                    else { return }
                    let kept = try store.research(on: item, on: occasion, in: connection).first { $0.id == id }?.lines
                    _ = try store.release(
                        (kept ?? []).filter { _ in random.chance(0.5) }.map(\.id), of: id, on: occasion, in: connection)
                }
            }
            let owner = scene.actors[random.below(scene.actors.count)]
            _ = try world.addAction("Visit \(item)", to: item, owner: owner, due: start.ukDate)
            try world.decide(item, noAction: nil)
            for actor in scene.actors
            where random.chance(0.15) && actor != PanelWorld.coordinator && actor != PanelWorld.officer {
                try world.by(actor, at: start) { try $0.declareConflict(with: item, on: $1, in: $2) }
                // It is declared only by those for whom there is such a meeting; for others nothing changes.
                scene.conflicts[item, default: []].insert(actor.account)
            }
        }
        return scene
    }

    @Test(
        "Agenda, research, minutes, actions, calendar and counts show no more than the policy lets one read",
        arguments: TestDatabase.engines)
    func within(_ engine: Engine) throws {
        for seed: UInt64 in 1...3 {
            var random = SeededRandom(seed: seed)
            let world = try PanelWorld(engine)
            let scene = try scene(world, &random)
            var shown = 0
            for actor in scene.actors { shown += try check(actor, scene, world) }
            // The scene shows something, or the test would hold of nothing.
            #expect(shown > 20, "\(seed)")
        }
    }

    private func check(_ actor: Actor, _ scene: Scene, _ world: PanelWorld) throws -> Int {
        let start = PanelWorld.meetingStart
        let occasion = world.occasion(actor, at: start)
        let register = world.store.register
        let entry = try #require(
            try world.write {
                try register.entries([ID(scene.meeting)], now: start, in: $0)[ID(scene.meeting)]
            })
        func allows(_ action: AccessAction, _ fieldClass: FieldClass, side: SubjectSide? = nil) -> Bool {
            var entry = entry
            entry.facts.side = side
            return register.decide(action, fieldClass, on: entry, by: occasion.actor, now: start).isPermitted
        }
        var open: Set<ID<AgendaItem>> = []
        for (item, pair) in zip(scene.items, scene.pairs) {
            let isOpen =
                try world.reads(pair.caseID, actor, at: start) && scene.accepted.contains(actor.account)
                && allows(.read, .p0)
            if isOpen { open.insert(item) }
        }

        let agenda = try world.agenda(scene.meeting, actor, at: start)
        let seen = Set(agenda?.items.map(\.id) ?? [])
        #expect(seen.isSubset(of: open), "\(actor.roles) \(actor.agency)")
        // Who only undertook an action there does not sit on the panel.
        var seat = entry
        seat.facts.involved = []
        let sits = register.decide(.read, .p0, on: seat, by: occasion.actor, now: start).isPermitted
        #expect((agenda != nil) == sits)
        #expect(allows(.read, .p0) || !sits)
        #expect(agenda?.plan.lines.compactMap(\.item).count ?? 0 == seen.count)
        for (item, accounts) in scene.conflicts where accounts.contains(actor.account) {
            #expect(!seen.contains(item), "\(actor.roles)")
        }
        let calendar = try world.by(actor, at: start) {
            try $0.meetings(from: PanelWorld.today, to: PanelWorld.today.advanced(by: 60), on: $1, in: $2)
        }
        #expect(calendar.isEmpty || allows(.list, .p0))

        let minutes = try world.by(actor, at: start) { try $0.minutes(of: scene.meeting, on: $1, in: $2) }
        #expect(Set(minutes?.items.map(\.item.id) ?? []) == seen)
        var count = 0
        for item in minutes?.items ?? [] {
            for line in item.lines {
                #expect(allows(.read, line.fieldClass, side: line.side), "\(actor.roles) \(line.fieldClass)")
                if actor.side == .perpetrator { #expect(line.fieldClass < .p3 || line.side == .perpetrator) }
                count += 1
            }
            if !item.actions.isEmpty { #expect(allows(.read, .p1)) }
        }
        count += try checkResearch(actor, scene, seen, world)
        let total = try world.by(actor, at: start) {
            try $0.returned(of: W.word("marac"), from: PanelWorld.today, to: start.ukDate, on: $1, in: $2)
        }
        let walled = scene.items.count { scene.conflicts[$0]?.contains(actor.account) == true }
        if !allows(.count, .p0) { #expect(total?.cases ?? 0 == 0) }
        #expect(total?.cases ?? 0 <= scene.items.count - (allows(.read, .p0) ? walled : 0))
        let own = try world.by(actor, at: start) { try $0.ownActions(on: $1, in: $2) }
        #expect(own.allSatisfy { $0.owner == actor.account })
        #expect(own.isEmpty || allows(.read, .p1))
        return count
    }

    private func checkResearch(
        _ actor: Actor, _ scene: Scene, _ seen: Set<ID<AgendaItem>>, _ world: PanelWorld
    ) throws -> Int {
        let start = PanelWorld.meetingStart
        var count = 0
        for (item, pair) in zip(scene.items, scene.pairs) {
            let returns = try world.by(actor, at: start) { try $0.research(on: item, on: $1, in: $2) }
            #expect(returns.isEmpty || seen.contains(item))
            for research in returns {
                if research.agency != actor.agency {
                    #expect(research.lines.allSatisfy { $0.releasedAt != nil })
                    #expect(research.caution == nil && research.withheldReason == nil)
                }
                count += research.lines.count
            }
            let nominals = try world.by(actor, at: start) {
                try $0.nominals(of: scene.meeting, on: $1, in: $2).filter { $0.item == item }.map(\.person)
            }
            #expect(nominals.isEmpty || seen.contains(item))
            for person in nominals {
                #expect(try world.names(person, actor, at: start), "\(actor.roles)")
                #expect(person == pair.victim || person == pair.perpetrator)
            }
            guard !seen.contains(item) else { continue }
            // Hidden and absent are the same.
            for id in [item, W.id(777)] {
                let left = try world.by(actor, at: start) { try $0.leave(for: id, on: $1, in: $2).refusal }
                #expect(left?.isAbsent == true)
                #expect(try world.by(actor, at: start) { try $0.outOfTheRoom(for: id, on: $1, in: $2).isEmpty })
                let given = try world.by(actor, at: start) {
                    try $0.returnResearch(NewResearch(id, pair.victim, .notKnown), on: $1, in: $2).refusal
                }
                #expect(given?.isAbsent == true)
            }
        }
        return count
    }
}
