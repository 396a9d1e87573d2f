public import Governance
public import Instruments
public import Kernel
internal import People
public import Rules
public import Storage

/// The cases of a partnership. Every answer comes from `AccessRegister`, which asks the policy and writes the audit in the
/// same transaction; so all of these need a connection of `Database.write`.
public struct CaseStore: Sendable {
    /// The register that decides.
    public let register: AccessRegister
    /// The types of case.
    public let catalogue: CaseCatalogue
    /// The instruments by which risk is assessed.
    public let instruments: InstrumentCatalogue
    /// The rules by which clocks run and watches count.
    public let policy: PolicyRules
    /// The calendar on which they are counted.
    public let calendar: ClockCalendar
    /// The letters that cases send.
    public let letters: LetterCatalogue
    /// The partnership's sealed panels.
    let sealedPanels: [PartnershipDefinition.PanelDefinition]

    /// A store.
    /// - Throws: a `Fault` when a case type names an instrument that is not there.
    public init(
        roles: RoleCatalogue, catalogue: CaseCatalogue, instruments: InstrumentCatalogue, policy: PolicyRules,
        calendar: ClockCalendar, letters: LetterCatalogue = LetterCatalogue(),
        panels: [PartnershipDefinition.PanelDefinition] = []
    ) throws(Fault) {
        for type in catalogue.types {
            if let missing = type.instruments.first(where: { instruments.current($0) == nil }) {
                throw Fault(
                    "The case type \(type.name) cannot be used", at: missing.text,
                    because: "there is no risk instrument of this name",
                    remedy: "Add its file to Definitions/instruments, or correct the case type.")
            }
        }
        register = AccessRegister(roles: roles)
        self.catalogue = catalogue
        self.instruments = instruments
        self.policy = policy
        self.calendar = calendar
        self.letters = letters
        sealedPanels = panels.filter(\.isSealed)
    }

    /// The store of a partnership.
    /// - Parameter definitions: the folder of definitions.
    /// - Throws: a `Fault` that names the file and the place in it.
    public init(roles: RoleCatalogue, definitions: String, partnership: PartnershipDefinition) throws(Fault) {
        try self.init(
            roles: roles,
            catalogue: CaseCatalogue(
                folder: "\(definitions)/case-types",
                with: Set(partnership.caseTypes.compactMap { Code<CaseType>($0.text) })),
            instruments: InstrumentCatalogue(folder: "\(definitions)/instruments"),
            policy: PolicyRules(folder: "\(definitions)/rules", own: partnership.rules),
            calendar: ClockCalendar(folder: "\(definitions)/rules"),
            letters: LetterCatalogue(folder: "\(definitions)/letters"), panels: partnership.panels)
        for type in catalogue.types
        where type.isSealed && !sealedPanels.contains(where: { type.panels.contains($0.kind) }) {
            throw Fault(
                "The case type \(type.name) cannot be used", at: "panels",
                because: "its cases are sealed, and no sealed panel of the partnership hears them",
                remedy:
                    "Add such a panel to the partnership's definition, with \"sealed\": true, or leave the type out.")
        }
    }

    /// The kind of record.
    static func kind() throws -> Code<RecordKind> {
        guard let kind = Code<RecordKind>("case") else { throw Fault("There is no kind of record \"case\"") }
        return kind
    }

    // MARK: - Reading

    /// One case. The entry in the audit names the forms and questions shown and the highest class among them.
    /// - Throws: `StorageError`; a `Fault` when its type is no longer among the definitions.
    public func read(_ id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection) throws -> CaseFinding {
        let registered = ID<Registered>(id)
        let first = try register.find(registered, for: .read, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = first, let record = try CaseRows.record(id, in: connection) else {
            return CaseStore.finding(first)
        }
        let view = try view(record, entry, occasion, in: connection)
        let (depth, shown) = self.shown(view)
        if depth > .p0 {
            let last = try register.find(
                registered, for: .read, depth, detail: RegisterDetail(fields: shown), on: occasion, in: connection)
            guard case .found = last else { return CaseStore.finding(last) }
        }
        return .found(view)
    }

    func view(
        _ record: CaseRecord, _ entry: RegisterEntry, _ occasion: Occasion, in connection: Connection
    ) throws -> CaseView {
        let type = try type(of: record)
        let rights = rights(entry, of: type, occasion)
        func seen<Part>(_ fieldClass: FieldClass, _ parts: () throws -> [Part]) rethrows -> [Part] {
            rights.reads.contains(fieldClass) ? try parts() : []
        }
        let unseen = type.unseen(try CaseRows.parties(record.id, in: connection), reading: rights.reads)
        var shown = record
        if !rights.reads.contains(.p1) { shown = record.withoutDetails }
        let entries = try EntryRows.entries(record.id, in: connection).compactMap { entry in
            CaseStore.visible(entry, of: type, to: occasion.actor, rights.reads, unseen: unseen)
        }
        let moves = try CaseRows.moves(record.id, in: connection).map { move in
            rights.reads.contains(.p2) || move.reason == nil ? move : move.withoutReason
        }
        return CaseView(
            record: shown, type: type, facts: entry.facts,
            parties: try seen(.p1) {
                try CaseRows.parties(record.id, in: connection).filter { party in
                    rights.reads.contains(type.party(party.role)?.fieldClass ?? .p3)
                }
            }, entries: entries,
            actions: try seen(.p1) { try EntryRows.actions(record.id, in: connection) },
            assessments: try seen(.p2) {
                try AssessmentRows.assessments(record.id, in: connection).map { assessment in
                    assessment.only(rights.reads, instrument(of: assessment))
                }
            },
            clocks: try ClockRows.clocks(record.id, in: connection).filter { clock in
                // Its end tells when someone was born.
                rights.reads.contains(.p1) || type.clocks.first { $0.code == clock.clock }?.ageOf == nil
            }.map { rights.reads.contains(.p2) ? $0 : $0.withoutReasons },
            flags: try seen(.p2) { try CaseRows.flags(record.id, in: connection) }, moves: moves,
            steps: rights.mayWrite ? try steps(record, of: type, entry, on: occasion, in: connection) : [],
            rights: rights)
    }

    /// An entry without what the actor may not see; nil when nothing of it is for them.
    static func visible(
        _ entry: CaseEntry, of type: CaseType, to actor: Actor, _ classes: Set<FieldClass>,
        unseen: Set<ID<Person>>
    ) -> CaseEntry? {
        if entry.handling == .ownAgency, entry.agency != actor.agency { return nil }
        let form = type.form(entry.form)
        // A question that the type no longer has keeps its answer, as the most guarded that a case holds unsealed.
        func fieldClass(_ code: String) -> FieldClass { form?.field(code)?.fieldClass ?? .p3 }
        var visible = entry
        visible.answers = entry.answers.only { code in
            classes.contains(fieldClass(code)) && !names(unseen, in: entry.answers[code], to: form?.field(code))
        }
        visible.hasHidden = visible.answers != entry.answers
        return visible.answers.codes.isEmpty && visible.hasHidden ? nil : visible
    }

    /// Whether an answer to a question for a person names one of these.
    static func names(_ people: Set<ID<Person>>, in answer: [String], to field: FormField?) -> Bool {
        guard !people.isEmpty, case .party? = field?.kind else { return false }
        return answer.contains { text in ID<Person>(text).map(people.contains) ?? false }
    }

    /// The highest class of what a view shows, and the names of it for the audit.
    private func shown(_ view: CaseView) -> (depth: FieldClass, names: [String]) {
        var depth: FieldClass = view.record.heading.isEmpty ? .p0 : .p1
        if !view.actions.isEmpty { depth = max(depth, .p1) }
        for party in view.parties { depth = max(depth, view.type.party(party.role)?.fieldClass ?? .p3) }
        let isReasoned = view.moves.contains { $0.reason != nil } || view.clocks.contains { $0.hasReasons }
        if !view.assessments.isEmpty || !view.flags.isEmpty || isReasoned {
            depth = max(depth, .p2)
        }
        for assessment in view.assessments {
            let instrument = instrument(of: assessment)
            for question in assessment.answers.given.keys {
                depth = max(depth, CaseAssessment.fieldClass(of: question, instrument))
            }
        }
        var names: Set<String> = []
        for entry in view.entries {
            for code in entry.answers.codes {
                names.insert("\(entry.form).\(code)")
                depth = max(depth, view.type.form(entry.form)?.field(code)?.fieldClass ?? .p3)
            }
        }
        if !view.parties.isEmpty { names.insert("parties") }
        if !view.actions.isEmpty { names.insert("actions") }
        if !view.assessments.isEmpty { names.insert("assessments") }
        return (depth, names.sorted())
    }

    func rights(_ entry: RegisterEntry, of type: CaseType? = nil, _ occasion: Occasion) -> CaseRights {
        func allows(_ action: AccessAction, _ fieldClass: FieldClass) -> Bool {
            register.decide(action, fieldClass, on: entry, by: occasion.actor, now: occasion.now).isPermitted
        }
        return CaseRights(
            reads: Set(FieldClass.allCases.filter { allows(.read, $0) }),
            writes: Set(FieldClass.allCases.filter { allows(.update, $0) }), mayShare: allows(.share, .p1),
            mayGuard: allows(.grant, .p1)
                && (entry.facts.recordClass != .sealed
                    || type.map { maySeal(entry.facts, $0, by: occasion.actor, now: occasion.now) } ?? false)
        )
    }

    func type(of record: CaseRecord) throws(Fault) -> CaseType {
        guard let type = catalogue.type(record.type) else {
            throw Fault(
                "The case cannot be shown", at: record.reference, because: "there is no case type \(record.type)",
                remedy:
                    "Bring its file back to Definitions/case-types, or switch it on in the partnership's definition.")
        }
        return type
    }

    static func finding(_ finding: RegisterFinding) -> CaseFinding {
        switch finding {
        case .found, .absent: .absent
        case .refused(let item, let reason): .refused(agency: item.agency, reason)
        case .reasonNeeded(let item): .refused(agency: item.agency, .purpose)
        }
    }
}

extension KeptClock {
    /// Whether words of someone's stand on it.
    fileprivate var hasReasons: Bool {
        running.breachReason?.isEmpty == false || running.pauses.contains { !$0.reason.isEmpty }
    }

    /// The clock without the words that were given for a pause or a breach: that there were some stays, so that it stands
    /// as it does for others.
    fileprivate var withoutReasons: KeptClock {
        var clock = self
        if clock.running.breachReason != nil { clock.running.breachReason = "" }
        for i in clock.running.pauses.indices { clock.running.pauses[i].reason = "" }
        return clock
    }
}

extension CaseMoveMade {
    fileprivate var withoutReason: CaseMoveMade {
        CaseMoveMade(move: move, from: from, to: to, reason: nil, passed: [], by: by, at: at)
    }
}
