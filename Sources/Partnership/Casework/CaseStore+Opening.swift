public import Governance
public import Kernel
public import People
internal import Rules
public import Storage

/// What a form sent: its answers, and what is asked beside them.
public struct NewEntry: Hashable, Sendable {
    /// The form.
    public var form: Code<CaseForm>
    /// The answers, as `CaseForm.answers` gives them.
    public var answers: FormAnswers
    /// The day on which it happened.
    public var happenedOn: LocalDate?
    /// What kind of evidence it is.
    public var evidence: EvidenceKind?
    /// Where it comes from.
    public var source: String?
    /// With whom it may be shared.
    public var handling: EntryHandling = .general
    /// The entry that it corrects, as the actor saw it.
    public var supersedes: ID<CaseEntry>?

    /// An entry of a form.
    public init(_ form: Code<CaseForm>, _ answers: FormAnswers) {
        self.form = form
        self.answers = answers
    }

    /// What an entry tells, as it was sent.
    init(_ entry: CaseEntry) {
        self.init(entry.form, entry.answers)
        happenedOn = entry.happenedOn
    }
}

/// A person's part in a case to be opened.
public struct NewParty: Hashable, Sendable {
    /// The part.
    public let role: Code<PartyRole>
    /// Who.
    public let person: ID<Person>

    /// A part.
    public init(_ role: Code<PartyRole>, _ person: ID<Person>) {
        self.role = role
        self.person = person
    }
}

/// A case to be opened.
public struct NewCase: Hashable, Sendable {
    /// Its type.
    public var type: Code<CaseType>
    /// A few words by which those who work on it know it.
    public var heading: String
    /// Who takes which part.
    public var parties: [NewParty]
    /// The forms that are filled in at once.
    public var entries: [NewEntry]
    /// The team that works on it: one of the actor's, or any of their agency where they hand it on.
    public var team: Code<Team>?

    /// A case to be opened.
    public init(
        _ type: Code<CaseType>, heading: String, parties: [NewParty] = [],
        entries: [NewEntry] = [], team: Code<Team>? = nil
    ) {
        self.type = type
        self.heading = heading
        self.parties = parties
        self.entries = entries
        self.team = team
    }
}

// MARK: - Opening

extension CaseStore {
    /// What people call a case that was opened a moment ago, for who opened it. A reference carries no personal data.
    /// - Throws: `StorageError`.
    public func reference(of id: ID<CaseRecord>, in connection: Connection) throws -> String? {
        try CaseRows.record(id, in: connection)?.reference
    }

    /// Whether the actor may work on the cases that they open, and not only take them in.
    public func worksOnOwn(_ occasion: Occasion) throws -> Bool {
        var facts = RecordFacts(kind: try CaseStore.kind(), agency: occasion.actor.agency)
        facts.owner = occasion.actor.account
        return worksOnOwn(facts, occasion)
    }

    private func worksOnOwn(_ facts: RecordFacts, _ occasion: Occasion) -> Bool {
        Access.decide(
            AccessRequest(occasion.actor, .read, facts, .p0), roles: register.roles, now: occasion.now
        ).isPermitted
    }

    /// Opens a case for the actor's agency. The actor answers for it until another does; who takes in what others work on
    /// hands it to a team, and nobody answers for it yet.
    /// - Returns: the identifier, or why not.
    /// - Throws: `StorageError`; a `Fault` when a rule of its clocks is wrong.
    public func open(
        _ new: NewCase, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<CaseRecord>, CaseRefusal> {
        guard let type = catalogue.type(new.type), let first = type.states.first else {
            return .failure(.register(.absent))
        }
        let problems = problems(with: new, of: type, on: occasion.now.ukDate)
        guard problems.isEmpty else { return .failure(.problems(problems)) }
        for party in new.parties {
            let found = try register.find(ID(party.person), for: .read, .p1, on: occasion, in: connection)
            guard case .found = found else { return .failure(.register(.absent)) }
        }
        let depth =
            new.entries.map { entry in
                type.form(entry.form)?.highestClass(of: entry.answers) ?? .p0
            }.max() ?? .p1
        let id = ID<CaseRecord>(at: occasion.now)
        let reference = try CaseRows.nextReference(
            type.prefix, year: occasion.now.ukDate.civil.year, in: connection)
        let record = CaseRecord(
            id: id, type: type.code, typeVersion: type.version, reference: reference,
            heading: new.heading.singleSpaced, state: first.code, openedAt: occasion.now)
        var facts = RecordFacts(kind: try CaseStore.kind(), agency: occasion.actor.agency)
        facts.owner = occasion.actor.account
        facts.side = type.side
        facts.team = new.team.flatMap { occasion.actor.teams.contains($0) ? $0 : nil }
        if !worksOnOwn(facts, occasion) {
            guard let team = new.team else {
                return .failure(.problems([AnswerProblem("team", "Choose the team that takes it on")]))
            }
            facts.owner = nil
            facts.team = team
        }
        if facts.owner == nil, type.isPersonalDuty {
            let why = "The duty is personal: whoever knows of it opens this themselves, or rings the police on 101"
            return .failure(.problems([AnswerProblem("heading", why)]))
        }
        facts.conflicts = try conflicts(with: new.parties.map(\.person), now: occasion.now, in: connection)
        if type.isSealed {
            guard worksOnOwn(facts, occasion) else {
                let why = "Such a case is sealed: whoever works on it opens it. Ring them instead"
                return .failure(.problems([AnswerProblem("heading", why)]))
            }
            let panels = panels(hearing: type, of: facts.agency)
            let chairs = try chairs(of: panels, on: occasion.now.ukDate, in: connection)
            guard panels.isEmpty || !chairs.isEmpty else {
                return .failure(
                    .problems([
                        AnswerProblem(
                            "heading",
                            "Nobody chairs the panel for these cases, so nobody could open this one to its members. Ask your administrator to give the chair an account"
                        )
                    ]))
            }
            let until = occasion.now.advanced(bySeconds: CaseStore.grantDays * 86_400)
            facts.recordClass = .sealed
            facts.grants = [.init(account: occasion.actor.account, until: until)]
            facts.grants += chairs.subtracting(facts.conflicts).subtracting([occasion.actor.account]).sorted().map {
                .init(account: $0, until: until, isChairs: true)
            }
        }
        let added = try register.add(
            RegisterEntry(ID(id), facts, title: reference, titleClass: .p0), max(depth, .p1),
            detail: RegisterDetail(fields: ["heading"] + new.entries.map(\.form.text)), on: occasion, in: connection)
        if case .failure(let refusal) = added { return .failure(.register(refusal)) }
        try register.tellConflicts(of: facts.conflicts, with: ID(id), on: occasion, in: connection)
        try CaseRows.insert(record, in: connection)
        for party in new.parties {
            try CaseRows.insert(
                CaseParty(
                    id: ID(at: occasion.now), role: party.role, person: party.person, since: occasion.now,
                    addedBy: occasion.actor.account), id, in: connection)
        }
        for entry in new.entries { try EntryRows.insert(kept(entry, of: type, occasion), id, in: connection) }
        let events = Set(new.entries.map { CaseEvent.filled($0.form) }).union([.opened])
        try happened(events, new.entries, to: record, of: type, on: occasion, in: connection)
        for entry in new.entries { try watch(entry, record, type, on: occasion, in: connection) }
        return .success(id)
    }

    private func problems(with new: NewCase, of type: CaseType, on today: LocalDate) -> [AnswerProblem] {
        var problems: [AnswerProblem] = []
        let heading = new.heading.singleSpaced
        if heading.isEmpty { problems.append(AnswerProblem("heading", "Enter a few words by which you know the case")) }
        if heading.count > CaseRecord.longestHeading {
            problems.append(
                AnswerProblem("heading", "Use \(CaseRecord.longestHeading) characters or fewer for the heading"))
        }
        for role in type.parties where role.opens && !new.parties.contains(where: { $0.role == role.code }) {
            problems.append(AnswerProblem("party-\(role.code)", "Say who is: \(role.name)"))
        }
        for party in new.parties where type.party(party.role) == nil {
            problems.append(AnswerProblem("party-\(party.role)", "This type of case has no such part"))
        }
        for form in type.forms where form.opens && !new.entries.contains(where: { $0.form == form.code }) {
            problems.append(AnswerProblem("form-\(form.code)", "Fill in: \(form.name)"))
        }
        // No party has its part yet whom an answer could name.
        for entry in new.entries { problems += self.problems(with: entry, of: type, among: [], on: today) }
        return problems
    }

    /// What is wrong with an entry, beside its answers.
    /// - Parameter parties: the people whom an answer may name.
    func problems(
        with entry: NewEntry, of type: CaseType, among parties: [CaseParty], on today: LocalDate
    ) -> [AnswerProblem] {
        guard let form = type.form(entry.form) else {
            return [AnswerProblem("form", "This type of case has no such form")]
        }
        var problems = form.answers { entry.answers[$0.code] }.problems
        for field in form.fields {
            guard case .party(let roles) = field.kind, let answer = entry.answers[field.code].first else { continue }
            let known = parties.contains { $0.person.text == answer && (roles.isEmpty || roles.contains($0.role)) }
            if !known { problems.append(AnswerProblem(field.code, "\(field.label): choose someone in the case")) }
        }
        if form.happens {
            if let day = entry.happenedOn {
                if day > today { problems.append(AnswerProblem("happened-on", "Enter a day that is not after today")) }
                if day.civil.year < 1900 {
                    problems.append(AnswerProblem("happened-on", "Enter a day with a year such as 2026"))
                } else if let (clock, first) = rulesLater(than: day, form, of: type) {
                    let why = "“\(clock.name)” is asked for only since then"
                    problems.append(AnswerProblem("happened-on", "Enter a day from \(first.inWords) on: \(why)"))
                }
            } else {
                problems.append(AnswerProblem("happened-on", "Enter the day on which it happened"))
            }
        }
        if form.isEvidence, entry.evidence == nil {
            problems.append(AnswerProblem("evidence", "Choose whether it is fact, opinion, allegation or hearsay"))
        }
        if form.isEvidence, entry.source?.trimmed.isEmpty != false {
            problems.append(AnswerProblem("source", "Enter where it comes from"))
        }
        return problems
    }

    /// A clock that runs from the day of a form and whose rule began only after this day, with the day on which it began:
    /// from a day before it, a slip of the year, no clock would run and nobody would hear of it.
    private func rulesLater(
        than day: LocalDate, _ form: CaseForm, of type: CaseType
    ) -> (clock: CaseClock, begin: LocalDate)? {
        for clock in type.clocks where clock.dayOf == form.code {
            let begins = clock.rules.values.compactMap { policy.begin(of: $0) }
            if let first = begins.min(), day < first { return (clock, first) }
        }
        return nil
    }

    func kept(_ entry: NewEntry, of type: CaseType, _ occasion: Occasion) -> CaseEntry {
        let form = type.form(entry.form)
        let source = entry.source.map { String($0.singleSpaced.prefix(FormField.longestLine)) }
        return CaseEntry(
            id: ID(at: occasion.now), form: entry.form, typeVersion: type.version,
            answers: form.map { form in form.answers { entry.answers[$0.code] }.answers } ?? entry.answers,
            happenedOn: form?.happens == true ? entry.happenedOn : nil,
            evidence: form?.isEvidence == true ? entry.evidence : nil, source: source?.isEmpty == true ? nil : source,
            handling: entry.handling, agency: occasion.actor.agency, madeBy: occasion.actor.account,
            madeAt: occasion.now, supersedes: entry.supersedes, supersededAt: nil)
    }
}
