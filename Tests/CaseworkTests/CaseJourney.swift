import Governance
import Instruments
import Kernel
import People
import Rules

@testable import Casework

/// A case of a shipped type on its way, with answers by their codes.
struct CaseJourney {
    typealias W = CaseWorld

    let world: CaseWorld
    let type: CaseType
    let id: ID<CaseRecord>
    /// Who works on it where nobody else is named.
    let worker: Actor

    static let advocate = W.actor(20, "advocate", teams: ["asb-team"])
    static let manager = W.actor(21, "case-officer", agency: "probation", side: .perpetrator)
    static let managers = W.actor(22, "supervisor", agency: "probation", side: .perpetrator)

    /// Opens a case of a type.
    /// - Parameters:
    ///   - parties: by their part, given names.
    ///   - forms: what is filled in at once, by the form.
    init(
        _ code: String, in world: CaseWorld, by worker: Actor = W.officer, _ parties: KeyValuePairs<String, String>,
        _ forms: KeyValuePairs<String, [String: String]>
    ) throws {
        guard let type = world.store.catalogue.type(W.word(code)) else { throw Fault("no type \(code)") }
        let new = NewCase(
            type.code, heading: "A case", parties: try CaseJourney.people(parties, in: world, by: worker),
            entries: forms.map { CaseJourney.entry($0, $1, of: type, at: W.now) })
        id = try world.write { try world.store.open(new, on: world.occasion(worker), in: $0).get() }
        (self.world, self.type, self.worker) = (world, type, worker)
    }

    private static func people(
        _ parties: KeyValuePairs<String, String>, in world: CaseWorld, by worker: Actor
    ) throws -> [NewParty] {
        try parties.map { NewParty(W.word($0), try world.person($1, "Achebe", by: worker)) }
    }

    /// An entry as a page would send it; the answers to a question with several choices have blanks between them.
    static func entry(_ form: String, _ given: [String: String], of type: CaseType, at now: Instant) -> NewEntry {
        let known = type.form(W.word(form))
        var answers = FormAnswers()
        for (code, text) in given {
            let isSeveral = known?.field(code)?.kind == .choices
            answers[code] = isSeveral ? text.split(separator: " ").map(String.init) : [text]
        }
        var entry = NewEntry(W.word(form), answers)
        if known?.happens == true { entry.happenedOn = now.ukDate }
        if known?.isEvidence == true {
            entry.evidence = .allegation
            entry.source = "Told by telephone"
        }
        return entry
    }

    @discardableResult
    func fill(
        _ form: String, _ given: [String: String], by actor: Actor? = nil, at now: Instant = W.now
    ) throws -> ID<CaseEntry> {
        let entry = CaseJourney.entry(form, given, of: type, at: now)
        return try world.write {
            try world.store.fill(entry, in: id, on: world.occasion(actor ?? worker, at: now), in: $0).get()
        }
    }

    func assess(_ instrument: String, by actor: Actor? = nil) throws {
        guard let known = world.store.instruments.current(W.word(instrument)) else { throw Fault("no \(instrument)") }
        let given = Dictionary(
            uniqueKeysWithValues: known.questions.compactMap { question in
                question.answers.max { $0.weight < $1.weight }.map { (question.code, $0.code) }
            })
        try world.write {
            _ = try world.store.assess(
                id, with: W.word(instrument), given, on: world.occasion(actor ?? worker), in: $0
            ).get()
        }
    }

    func add(_ role: String, _ given: String) throws {
        let person = try world.person(given, "Achebe", by: worker)
        try world.write {
            try world.store.addParty(person, as: W.word(role), to: id, on: world.occasion(worker), in: $0).get()
        }
    }

    /// Tries a step from the state that the case is in.
    func attempt(
        _ move: String, reason: String? = nil, _ form: String? = nil, _ given: [String: String] = [:],
        by actor: Actor? = nil, at now: Instant = W.now
    ) throws -> CaseRefusal? {
        let from = try view(at: now).record.state
        let entry = form.map { CaseJourney.entry($0, given, of: type, at: now) }
        return try world.write {
            try world.store.move(
                id, by: W.word(move), from: from, reason: reason, entry: entry,
                on: world.occasion(actor ?? worker, at: now), in: $0
            ).refusal
        }
    }

    /// Makes a step.
    func go(
        _ move: String, reason: String? = nil, _ form: String? = nil, _ given: [String: String] = [:],
        by actor: Actor? = nil, at now: Instant = W.now
    ) throws {
        if let refusal = try attempt(move, reason: reason, form, given, by: actor, at: now) { throw refusal }
    }

    func view(at now: Instant = W.now) throws -> CaseView { try world.view(id, worker, at: now) }

    var state: String { get throws { try view().record.state.text } }

    var isOver: Bool { get throws { try view().state?.ends == true && view().clocks.allSatisfy { !$0.isOpen } } }

    /// What waits, by its clock, with the last day or moment.
    func due() throws -> [String: String] {
        let calendar = world.store.calendar
        var due: [String: String] = [:]
        for clock in try view().clocks where clock.isOpen {
            let running = clock.running
            due[clock.clock.text] =
                calendar.deadline(running.length, from: running.startedAt, pauses: running.pauses)?.inWords
        }
        return due
    }

    /// Closing answers of an outcome, with whatever else the form asks.
    static func closing(_ outcome: String, _ more: [String: String] = [:]) -> [String: String] {
        ["outcome": outcome, "reason": "As agreed with them"].merging(more) { $1 }
    }
}
