import Files
import Governance
import Kernel
import People
import Rules
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("Every case type that is shipped", .serialized)
struct ShippedCaseTypesTests {
    typealias W = CaseWorld

    /// All of them, also those that a partnership must ask for.
    static let all: [CaseType] = {
        let names = (try? FileSystem.names(in: "\(W.definitions)/case-types")) ?? []
        return names.compactMap { try? CaseType(DefinitionFile(path: "\(W.definitions)/case-types/\($0)")) }
    }()

    static let names: [String] = all.map(\.code.text).sorted()

    static let safetyForms: Set = ["safety", "safe-contact", "safe-transfer"]

    static func world() throws -> CaseWorld { try CaseWorld(.sqlite, types: all) }

    static func type(_ code: String) throws -> CaseType {
        guard let type = all.first(where: { $0.code.text == code }) else { throw Fault("no type \(code)") }
        return type
    }

    @Test("Each type has a code and a beginning of its references that no other has")
    func references() throws {
        #expect(
            Self.names == [
                "asb", "case-review", "channel", "child-exploitation", "community-marac", "dvds", "exploitation-place",
                "fgm-report", "gangs", "hate-incident", "marac", "modern-slavery", "offender-management",
                "perpetrator-panel", "treatment", "victim-support", "womens-hub", "youth-diversion",
            ])
        #expect(Set(Self.all.map(\.prefix)).count == Self.all.count)
        #expect(Set(Self.all.map(\.name)).count == Self.all.count)
    }

    @Test("Only the sealed type is off until it is asked for")
    func sealed() {
        #expect(Self.all.filter(\.isSealed).map(\.code.text) == ["channel"])
        #expect(Self.all.filter { !$0.isOnByDefault }.map(\.code.text) == ["channel"])
    }

    @Test("What a victim is found or reached by is asked only in the forms of safety", arguments: names)
    func safety(_ code: String) throws {
        for form in try Self.type(code).forms {
            let isSafety = Self.safetyForms.contains(form.code.text)
            #expect(form.fields.allSatisfy { ($0.fieldClass >= .p3) == isSafety }, "\(code): \(form.code)")
        }
    }

    @Test("The types of those who harm ask nothing about a victim’s safety")
    func perpetratorSide() throws {
        for code in ["perpetrator-panel", "offender-management", "gangs"] {
            let type = try Self.type(code)
            #expect(type.forms.flatMap(\.fields).allSatisfy { $0.fieldClass < .p3 }, "\(code)")
            #expect(!type.parties.contains { $0.side == .victim }, "\(code)")
        }
    }

    @Test("Every state is reached from the first, and from every state the case can be ended", arguments: names)
    func graph(_ code: String) throws {
        let type = try Self.type(code)
        let first = try #require(type.states.first)
        func next(_ state: CaseState) -> [Code<CaseState>] {
            type.moves.filter { $0.leaves(state) }.compactMap(\.to)
        }
        func reached(from start: CaseState) -> Set<Code<CaseState>> {
            var found: Set<Code<CaseState>> = [start.code]
            var open = [start]
            while let state = open.popLast() {
                for code in next(state) where found.insert(code).inserted {
                    open += type.states.filter { $0.code == code }
                }
            }
            return found
        }
        #expect(reached(from: first) == Set(type.states.map(\.code)), "\(code)")
        let ends = Set(type.states.filter(\.ends).map(\.code))
        for state in type.states { #expect(!reached(from: state).isDisjoint(with: ends), "\(code): \(state.code)") }
        for move in type.moves {
            #expect(type.states.contains { move.leaves($0) && $0.code != move.to }, "\(code): \(move.code)")
        }
    }

    @Test("Every step that ends a case asks how and why", arguments: names)
    func closing(_ code: String) throws {
        let type = try Self.type(code)
        func asksWhy(_ form: Code<CaseForm>) -> Bool {
            let asked = Set((type.form(form)?.fields ?? []).filter(\.isRequired).map(\.code))
            return asked.contains("reason")
        }
        let closing = type.moves.filter { $0.to.flatMap(type.state)?.ends == true }
        #expect(!closing.isEmpty)
        for move in closing {
            let gated = move.gates.contains { gate in
                if case .answer(let form, _, _) = gate.requirement {
                    !gate.allowsReason && asksWhy(form)
                } else {
                    false
                }
            }
            #expect(move.asksReason || move.form.map(asksWhy) == true || gated, "\(code): \(move.code)")
        }
    }

    /// A gate is asked before the form that goes with the step is kept, and a form that goes with a step may come again.
    @Test("No step waits for the form that it brings, and what it brings may be filled in again", arguments: names)
    func brought(_ code: String) throws {
        let type = try Self.type(code)
        for move in type.moves {
            guard let form = move.form else { continue }
            #expect(type.form(form)?.repeats == true, "\(code): \(move.code)")
            let waits = move.gates.contains { gate in
                switch gate.requirement {
                case .form(form, _), .answer(form, _, _): true
                default: false
                }
            }
            #expect(!waits, "\(code): \(move.code)")
        }
    }

    @Test("The roles of a step are there, and one of them may change cases", arguments: names)
    func roles(_ code: String) throws {
        let catalogue = try RoleCatalogue(DefinitionFile(path: "\(W.definitions)/roles/default.json"))
        let known = Set(catalogue.roles.map(\.code))
        for move in try Self.type(code).moves {
            for roles in [move.roles] + move.rolesInBand.values where !roles.isEmpty {
                #expect(known.isSuperset(of: roles), "\(code): \(move.code)")
                let working = roles.map(\.text).filter { ["case-officer", "supervisor", "advocate"].contains($0) }
                #expect(!working.isEmpty, "\(code): \(move.code)")
            }
        }
    }

    @Test("Every clock is met by something, and every rule of clocks, counts and gates holds", arguments: names)
    func clocks(_ code: String) throws {
        let type = try Self.type(code)
        let policy = try Self.world().store.policy
        #expect(!type.clocks.isEmpty)
        for clock in type.clocks {
            #expect(!clock.metBy.isEmpty, "\(code): \(clock.code)")
            for key in clock.rules.values { _ = try policy.length(key, on: W.today) }
        }
        for watch in type.watches {
            #expect(try policy.number(watch.count, on: W.today) > 1)
            #expect(try policy.windowStart(watch.window, endingOn: W.today) < W.today)
        }
        for gate in type.moves.flatMap(\.gates) {
            if case .form(_, .rule(let key)) = gate.requirement {
                #expect(try policy.number(key, on: W.today) > 1, "\(code): \(key)")
            }
        }
        for window in type.forms.compactMap(\.window) { _ = try policy.length(window.rule, on: W.today) }
        for trigger in type.moves.compactMap(\.trigger) {
            #expect(try policy.windowStart(trigger.window, endingOn: W.today) < W.today)
        }
    }

    @Test("Whoever works on it opens it with little and can fill in every form", arguments: names)
    func forms(_ code: String) throws {
        let type = try Self.type(code)
        let world = try Self.world()
        let worker = type.isSealed ? W.supervisor : W.officer
        let opening = type.forms.filter(\.opens)
        // In the first minute nobody knows much.
        #expect(opening.count == 1 && opening.flatMap(\.fields).filter(\.isRequired).count <= 4, "\(code)")
        var new = NewCase(type.code, heading: "A case")
        for role in type.parties where role.opens {
            new.parties.append(NewParty(role.code, try world.person("Ada", "Achebe", by: worker)))
        }
        new.entries = opening.map { Self.filled($0, onlyRequired: true) }
        let id = try world.write { try world.store.open(new, on: world.occasion(worker), in: $0).get() }
        var people: [Code<PartyRole>: ID<Person>] = [:]
        for (i, role) in type.parties.enumerated() {
            let person = try world.person("Person", "Number \(i)", by: worker)
            people[role.code] = person
            try world.write {
                try world.store.addParty(person, as: role.code, to: id, on: world.occasion(worker), in: $0).get()
            }
        }
        let landlord = try world.write { connection in
            let on = world.occasion(worker)
            try world.people.setOrganisation(
                nil, name: "Elm Homes", kind: .housing, contact: nil, endedOn: nil, on: on, in: connection
            ).get()
            return try #require(try world.people.organisations(on: on, in: connection).first).id
        }
        // What is for a time after a step waits for it.
        for form in type.forms where (form.repeats || !form.opens) && form.window == nil {
            var entry = Self.filled(form, onlyRequired: false)
            for field in form.fields where field.kind == .organisation { entry.answers[field.code] = [landlord.text] }
            for field in form.fields {
                guard case .party(let roles) = field.kind else { continue }
                let named = type.parties.first { roles.isEmpty || roles.contains($0.code) }.flatMap { people[$0.code] }
                entry.answers[field.code] = named.map { [$0.text] } ?? []
            }
            _ = try world.write { try world.store.fill(entry, in: id, on: world.occasion(worker), in: $0).get() }
            let kept = try #require(try world.view(id, worker).entries(of: form.code).last)
            #expect(kept.answers.codes == form.fields.map(\.code).sorted(), "\(code): \(form.code)")
        }
        guard !type.isSealed else { return }
        // A colleague who works with those who harm sees nothing of it.
        let chaser = try world.view(id, W.chaser)
        #expect(chaser.entries.allSatisfy { !Self.safetyForms.contains($0.form.text) }, "\(code)")
        #expect(chaser.entries.contains { $0.form == opening.first?.code }, "\(code)")
    }

    /// An entry with an answer to each question, of the kind that it asks for.
    static func filled(_ form: CaseForm, onlyRequired: Bool) -> NewEntry {
        var answers = FormAnswers()
        for field in form.fields where field.isRequired || !onlyRequired {
            answers[field.code] =
                switch field.kind {
                case .line, .text: ["Some words"]
                case .time: ["14:30"]
                case .date: ["2026-05-20"]
                case .number(let range): [String(range.upperBound)]
                case .pence: ["12.50"]
                case .yesNo: ["yes"]
                case .choice: field.choices.prefix(1).map(\.code)
                case .choices: field.choices.map(\.code)
                case .party: [ID<Person>(at: W.now).text]
                case .agency: ["council"]
                case .organisation: []
                }
        }
        var entry = NewEntry(form.code, answers)
        if form.happens { entry.happenedOn = W.today }
        if form.isEvidence {
            entry.evidence = .fact
            entry.source = "A worker"
        }
        return entry
    }

    @Test("A sealed case is not in lists, counts, searches or readings of anyone but those it is opened to")
    func hidden() throws {
        let world = try Self.world()
        let journey = try CaseJourney(
            "channel", in: world, by: W.supervisor, ["person": "Ada"],
            ["referral": ["concern": "Said so at school", "urgent": "no", "child": "yes"]])
        var words = CaseFilter()
        words.words = "CHN"
        var ofType = CaseFilter()
        ofType.type = W.word("channel")
        func seen(_ actor: Actor) throws -> (lists: [Int], count: Int) {
            try world.write { connection in
                let on = world.occasion(actor)
                let lists = try [CaseFilter(), words, ofType].map {
                    try world.store.list($0, on: on, in: connection).items.count
                }
                return (lists, try world.store.count(on: on, in: connection))
            }
        }
        #expect(try seen(W.supervisor) == ([1, 1, 1], 1))
        let colleagues = [
            W.officer, W.police, W.member, CaseJourney.advocate, W.actor(8, "supervisor", teams: ["asb-team"]),
            W.actor(9, "panel-chair", panels: ["channel"]), W.actor(10, "auditor"), W.actor(11, "analyst"),
            W.actor(12, "administrator"), W.actor(13, "data-protection-officer"),
        ]
        for actor in colleagues {
            #expect(try seen(actor) == ([0, 0, 0], 0), "\(actor.roles)")
            guard case .absent = try world.read(journey.id, actor) else {
                Issue.record("a sealed case was seen by \(actor.roles)")
                continue
            }
            let note = CaseJourney.entry("note", ["text": "x"], of: journey.type, at: W.now)
            let refused = try world.write {
                try world.store.fill(note, in: journey.id, on: world.occasion(actor), in: $0)
            }
            #expect(refused.refusal?.isAbsent == true, "\(actor.roles)")
        }
    }
}
