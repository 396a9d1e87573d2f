internal import Casework
public import Governance
public import Kernel
public import People
public import Storage

// MARK: - Research

extension PanelStore {
    /// The people of a meeting's items on whom the actor's agency is asked for research: of items that exist for the
    /// actor, the parties whom they may list.
    /// - Throws: `StorageError`.
    public func nominals(
        of id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> [ResearchNominal] {
        let items = try visibleItems(of: id, on: occasion, in: connection)
        let returns = try ResearchRows.returns(of: items.map(\.id), in: connection)
        var nominals: [ResearchNominal] = []
        for item in items {
            for person in try people(of: item, on: occasion, in: connection) {
                let own = returns.first {
                    $0.item == item.id && $0.person == person && $0.agency == occasion.actor.agency
                }
                nominals.append(ResearchNominal(item: item.id, person: person, answer: own?.answer))
            }
        }
        return nominals
    }

    /// How many people of an item's case no agency of the panel is asked about, since they are on another agency's records
    /// than the referrer's and the panel was not let see them. It is for who prepares the panel; people who do not exist
    /// for them are not counted.
    /// - Throws: `StorageError`.
    public func notAsked(
        about item: AgendaItem, on occasion: Occasion, in connection: Connection
    ) throws -> Int {
        guard case .found(let view) = try cases.read(item.caseID, on: occasion, in: connection),
            let meeting = try MeetingRows.meeting(item.meeting, in: connection),
            try register.mayPrepare(meeting.panel, on: occasion),
            let id = item.referral, let referral = try ReferralRows.referral(id, in: connection)
        else { return 0 }
        let parties = Set(view.parties.filter { $0.until == nil }.map(\.person))
        let others = parties.subtracting(try people(of: item, on: occasion, in: connection))
        let entries = try register.entries(others.map { ID($0) }, now: occasion.now, in: connection)
        return entries.values.count { $0.facts.agency != referral.agency && !isWalled($0, occasion) }
    }

    /// The parties of an item's case whom the actor may list.
    /// - Throws: `StorageError`.
    public func people(
        of item: AgendaItem, on occasion: Occasion, in connection: Connection
    ) throws -> [ID<Person>] {
        guard case .found(let view) = try cases.read(item.caseID, on: occasion, in: connection) else { return [] }
        let people = Set(view.parties.filter { $0.until == nil }.map(\.person)).sorted()
        let listed = try register.listed(
            people.map { ID<Registered>($0) }, PanelStore.kind("person"), on: occasion, in: connection)
        return listed.compactMap { ID($0.id.text) }
    }

    /// Returns what the actor's agency knows of a person. Nobody else sees it until the agency releases it. What comes
    /// after the last day is taken and marked late.
    /// - Throws: `StorageError`.
    public func returnResearch(
        _ new: NewResearch, on occasion: Occasion, in connection: Connection
    ) throws -> Result<ID<ResearchReturn>, PanelRefusal> {
        guard let known = try MeetingRows.item(new.item, in: connection),
            let item = try visibleItems(of: known.meeting, on: occasion, in: connection).first(where: {
                $0.id == new.item
            }), let meeting = try MeetingRows.meeting(known.meeting, in: connection),
            try people(of: item, on: occasion, in: connection).contains(new.person)
        else { return .failure(.register(.absent)) }
        switch meeting.state {
        case .researchOpen, .researchClosed, .inSession: break
        case .scheduled, .agendaPublished, .minutesDraft, .minutesApproved, .closed, .cancelled:
            return .failure(.meetingState(meeting.state))
        }
        let agency = occasion.actor.agency
        var problems = PanelStore.problems(with: new)
        if try ResearchRows.returns(of: [item.id], in: connection).contains(where: {
            $0.person == new.person && $0.agency == agency
        }) {
            problems.append(AnswerProblem("person", "Your agency has answered on this person"))
        }
        guard problems.isEmpty else { return .failure(.problems(problems)) }
        let id = ID<ResearchReturn>(at: occasion.now)
        var facts = RecordFacts(kind: try PanelStore.kind("research"), agency: agency)
        facts.owner = occasion.actor.account
        let depth = (new.lines.map(\.fieldClass) + [.p2]).max() ?? .p2
        let added = try register.add(
            RegisterEntry(ID(id), facts, title: "Research", titleClass: .p0), depth,
            detail: RegisterDetail(fields: ["lines"]), on: occasion, in: connection)
        if case .failure(let refusal) = added { return .failure(.register(refusal)) }
        let research = ResearchReturn(
            id: id, item: item.id, person: new.person, agency: agency, answer: new.answer,
            caution: PanelStore.given(new.caution),
            withheldReason: new.withholds ? PanelStore.given(new.withheldReason) : nil,
            isLate: occasion.now.ukDate > meeting.researchUntil || meeting.state != .researchOpen,
            madeAt: occasion.now,
            lines: new.lines.map { line in
                ResearchLine(
                    id: ID(at: occasion.now), kind: line.kind, fieldClass: max(line.fieldClass, .p1), side: line.side,
                    text: PanelStore.given(line.text) ?? "", releasedAt: nil)
            })
        try ResearchRows.insert(research, at: meeting.id, by: occasion.actor.account, in: connection)
        return .success(id)
    }

    private static func problems(with new: NewResearch) -> [AnswerProblem] {
        var problems: [AnswerProblem] = []
        if new.answer == .notKnown, !new.lines.isEmpty || new.withholds {
            problems.append(AnswerProblem("answer", "Nothing can be told of a person who is not known"))
        }
        if new.answer == .known, new.lines.isEmpty, !new.withholds {
            problems.append(AnswerProblem("lines", "Enter what you know, or that you keep it back"))
        }
        if new.withholds, given(new.withheldReason) == nil {
            problems.append(AnswerProblem("withheld", "Enter why it is kept back"))
        }
        if new.lines.contains(where: { given($0.text) == nil }) {
            problems.append(AnswerProblem("lines", "Enter what each line says"))
        }
        if new.lines.contains(where: { $0.fieldClass == .p4 }) {
            problems.append(AnswerProblem("lines", "What is sealed does not go into research"))
        }
        return problems
    }

    /// Releases lines of a return into the meeting, where they become lines of its minutes; without lines, that the
    /// person is not known. Nothing is released once the meeting is over.
    /// - Throws: `StorageError`.
    public func release(
        _ lines: [ID<ResearchLine>], of id: ID<ResearchReturn>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        guard let research = try ResearchRows.research(id, in: connection),
            let item = try MeetingRows.item(research.item, in: connection),
            let meeting = try MeetingRows.meeting(item.meeting, in: connection)
        else { return .failure(.register(.absent)) }
        let chosen = research.lines.filter { lines.contains($0.id) && $0.releasedAt == nil }
        let depth = (chosen.map(\.fieldClass) + [.p1]).max() ?? .p1
        let found = try register.find(ID(id), for: .update, .p0, on: occasion, in: connection)
        guard case .found = found, research.agency == occasion.actor.agency,
            try visibleItems(of: meeting.id, on: occasion, in: connection).contains(where: { $0.id == item.id })
        else { return .failure(PanelStore.refusal(found)) }
        guard meeting.state.isAhead || meeting.state == .inSession else {
            return .failure(.meetingState(meeting.state))
        }
        if chosen.isEmpty, research.answer == .known {
            return .failure(.problems([AnswerProblem("lines", "Choose the lines that you release")]))
        }
        let done = try register.change(
            ID(id), depth, detail: RegisterDetail(fields: chosen.map { "lines.\($0.id)" }), on: occasion,
            in: connection
        ) { entry in
            guard !entry.facts.listings.contains(where: { $0.panel == meeting.panel }) else { return }
            entry.facts.listings.append(
                .init(panel: meeting.panel, from: occasion.now.ukDate, agencies: item.agencies))
        }
        if case .failure(let refusal) = done { return .failure(.register(refusal)) }
        try ResearchRows.release(
            chosen.map(\.id), of: id, by: occasion.actor.account, at: occasion.now, in: connection)
        for line in chosen {
            try MinuteRows.insert(
                MinuteLine(
                    id: ID(at: occasion.now), item: item.id, part: .research, kind: line.kind, person: research.person,
                    side: line.side, fieldClass: line.fieldClass, text: line.text, agency: research.agency,
                    research: line.id, madeAt: occasion.now),
                at: meeting.id, by: occasion.actor.account, in: connection)
        }
        return .success(())
    }

    /// The research on an item: of the actor's own agency all, of others what they released, each line as deep as the
    /// actor may see.
    /// - Throws: `StorageError`.
    public func research(
        on item: ID<AgendaItem>, on occasion: Occasion, in connection: Connection
    ) throws -> [ResearchReturn] {
        guard let known = try MeetingRows.item(item, in: connection),
            try visibleItems(of: known.meeting, on: occasion, in: connection).contains(where: { $0.id == item })
        else { return [] }
        let returns = try ResearchRows.returns(of: [item], in: connection)
        let entries = try register.entries(
            returns.flatMap { [ID<Registered>($0.id), ID($0.person)] }, now: occasion.now, in: connection)
        var shown: [ResearchReturn] = []
        for var research in returns {
            guard let entry = entries[ID(research.id)],
                !isWalled(entries[ID(research.person)], occasion),
                register.decide(.read, .p1, on: entry, by: occasion.actor, now: occasion.now).isPermitted
            else { continue }
            let isOwn = research.agency == occasion.actor.agency
            research.lines = research.lines.filter { line in
                (isOwn || line.releasedAt != nil) && allows(line.fieldClass, line.side, on: entry, occasion)
            }
            let isDeep = isOwn && allows(.p2, nil, on: entry, occasion)
            if !isDeep {
                research.caution = nil
                research.withheldReason = nil
            }
            let depth = (research.lines.map(\.fieldClass) + [isDeep ? .p2 : .p1]).max() ?? .p1
            try register.note(
                .read, ID(research.id), depth, RegisterDetail(fields: research.lines.map { "lines.\($0.id)" }),
                on: occasion, in: connection)
            shown.append(research)
        }
        return shown
    }

    /// How far the agencies are with a meeting's research, for who prepares it. What they answered is theirs.
    /// - Throws: `StorageError`.
    public func researchProgress(
        of id: ID<PanelMeeting>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<[ResearchProgress], PanelRefusal> {
        try working(on: id, on: occasion, in: connection) { meeting, _, panel in
            let items = try visibleItems(of: id, on: occasion, in: connection)
            let returns = try ResearchRows.returns(of: items.map(\.id), in: connection)
            var people: [ID<AgendaItem>: Set<ID<Person>>] = [:]
            for item in items { people[item.id] = Set(try self.people(of: item, on: occasion, in: connection)) }
            return .success(
                panel.definition.agencies.map { agency in
                    let asked = items.filter { $0.agencies.isEmpty || $0.agencies.contains(agency) }
                    let answered = returns.filter { research in
                        research.agency == agency && people[research.item]?.contains(research.person) == true
                    }
                    return ResearchProgress(
                        agency: agency, asked: asked.reduce(0) { $0 + (people[$1.id]?.count ?? 0) },
                        answered: answered.count)
                })
        }
    }

    // MARK: - Helpers

    /// Whether the actor may read a line of that class and side of a record.
    func allows(
        _ fieldClass: FieldClass, _ side: SubjectSide?, on entry: RegisterEntry, _ occasion: Occasion
    ) -> Bool {
        var entry = entry
        entry.facts.side = side
        return register.decide(.read, fieldClass, on: entry, by: occasion.actor, now: occasion.now).isPermitted
    }

    /// Whether a person does not exist for the actor whatever their roles: a conflict, a sealed or restricted record.
    func isWalled(_ entry: RegisterEntry?, _ occasion: Occasion) -> Bool {
        guard let entry else { return false }
        switch register.decide(.list, .p0, on: entry, by: occasion.actor, now: occasion.now) {
        case .permit, .deny(_, hidden: false): return false
        case .deny(let reason, hidden: true): return reason == .conflict || reason == .sealed || reason == .restricted
        }
    }
}
