internal import Casework
public import Governance
public import Kernel
public import People
internal import Rules
public import Storage

// MARK: - Counts and flags

extension PanelStore {
    /// Writes what a return counts of an item. What follows from a date of birth is found and not written.
    /// - Throws: `StorageError`.
    public func recordEqualities(
        _ facts: Set<EqualityFact>, of item: ID<AgendaItem>, on occasion: Occasion, in connection: Connection
    ) throws -> Result<Void, PanelRefusal> {
        try workingOnItem(item, on: occasion, in: connection) { item, meeting, _ in
            guard meeting.state.isAhead || meeting.state.takesMinutes else {
                return .failure(.meetingState(meeting.state))
            }
            if let refusal = try touch(meeting.id, .p2, ["equalities"], on: occasion, in: connection) {
                return .failure(refusal)
            }
            let given = EqualityFact.allCases.filter { !$0.isFound }
            try connection.run(
                "DELETE FROM panel_equalities WHERE item = \(item.id) AND what IN (\(list: given.map(\.rawValue)))")
            for fact in given where facts.contains(fact) {
                try connection.run(
                    "INSERT INTO panel_equalities (item, what) VALUES (\(item.id), \(fact.rawValue))")
            }
            return .success(())
        }
    }

    /// Counts the children of a case, and finds the ages that a return asks for, on the day of the meeting. A year
    /// alone is no age.
    func countHousehold(
        of item: AgendaItem, on day: LocalDate, on occasion: Occasion, in connection: Connection
    ) throws {
        guard item.kind.isCase,
            case .found(let view) = try cases.read(item.caseID, on: occasion, in: connection)
        else { return }
        let identity = try identity(in: connection)
        let children = Set(
            view.parties.filter { party in
                party.until == nil && view.type.party(party.role)?.side == .child
            }.map { identity.canonical($0.person) })
        try connection.run("DELETE FROM panel_households WHERE item = \(item.id)")
        try connection.run(
            "INSERT INTO panel_households (item, children) VALUES (\(item.id), \(children.count))")
        let found = EqualityFact.allCases.filter(\.isFound)
        try connection.run(
            "DELETE FROM panel_equalities WHERE item = \(item.id) AND what IN (\(list: found.map(\.rawValue)))")
        guard let referral = item.referral, let pair = try MARACRows.pair(of: referral, in: connection) else { return }
        let people = try PersonStore(roles: register.roles).items(
            [pair.victim, pair.perpetrator], on: occasion, in: connection)
        func age(_ person: ID<Person>) -> Int? {
            guard case .day(let born)? = people.first(where: { $0.id == person })?.birth else { return nil }
            return PanelStore.age(born, on: day)
        }
        var facts: [EqualityFact] = []
        if let age = age(pair.victim), age == 16 || age == 17 { facts.append(.victimAged16Or17) }
        if let age = age(pair.perpetrator), age < 18 { facts.append(.perpetratorUnder18) }
        for fact in facts {
            try connection.run("INSERT INTO panel_equalities (item, what) VALUES (\(item.id), \(fact.rawValue))")
        }
    }

    /// Whole years from a birth to a day; who was born on 29 February is a year older from 1 March in other years.
    static func age(_ born: LocalDate, on day: LocalDate) -> Int {
        let (birth, now) = (born.civil, day.civil)
        let hadBirthday = (now.month, now.day) >= (birth.month, birth.day)
        return now.year - birth.year - (hadBirthday ? 0 : 1)
    }

    /// What a panel heard between two days, both included, of the meetings that the actor may count. A case that is
    /// walled off from the actor, by a conflict or a seal, is not among it: someone else makes that return.
    /// - Throws: `StorageError`.
    public func returned(
        of code: Code<Panel>, from: LocalDate, to: LocalDate, on occasion: Occasion, in connection: Connection
    ) throws -> PanelReturn? {
        guard panel(code, for: occasion.actor, on: occasion.now.ukDate) != nil else { return nil }
        let meetings = try meetings(of: code, from: from, to: to, on: occasion, in: connection)
        let entries = try register.entries(meetings.map { ID($0.id) }, now: occasion.now, in: connection)
        let counted = meetings.filter { meeting in
            entries[ID(meeting.id)].map {
                register.decide(.count, .p2, on: $0, by: occasion.actor, now: occasion.now).isPermitted
            } ?? false
        }
        var total = PanelReturn(from: from, to: to)
        var byDefinition: [RepeatDefinition: (cases: Int, repeats: Int)] = [:]
        for meeting in counted {
            let heard = try heard(at: meeting, on: occasion, in: connection)
            if !heard.isEmpty { total.meetings += 1 }
            for item in heard { try add(item, on: meeting.day, to: &total, &byDefinition, in: connection) }
        }
        total.rates = RepeatDefinition.allCases.compactMap { definition in
            byDefinition[definition].map { RepeatRate(definition: definition, cases: $0.cases, repeats: $0.repeats) }
        }
        for referral in try ReferralRows.referrals(to: code, in: connection) {
            let entry = try register.entries([ID(referral.caseID)], now: occasion.now, in: connection)
            guard !counted.isEmpty, !isWalled(entry[ID(referral.caseID)], occasion) else { continue }
            if referral.state == .declined, let at = referral.decision?.at.ukDate, from <= at, at <= to {
                total.declined += 1
            }
            let made = referral.referredAt.ukDate
            if referral.state == .withdrawn, from <= made, made <= to { total.withdrawn += 1 }
        }
        return total
    }

    private func heard(
        at meeting: PanelMeeting, on occasion: Occasion, in connection: Connection
    ) throws -> [AgendaItem] {
        let items = try MeetingRows.items(of: meeting.id, in: connection).filter {
            $0.kind.isCase && $0.decision != nil
        }
        let conflicts = try MeetingRows.withdrawn(occasion.actor.account, from: items.map(\.id), in: connection)
        let entries = try register.entries(items.map { ID($0.caseID) }, now: occasion.now, in: connection)
        return items.filter { !conflicts.contains($0.id) && !isWalled(entries[ID($0.caseID)], occasion) }
    }

    private func add(
        _ item: AgendaItem, on day: LocalDate, to total: inout PanelReturn,
        _ byDefinition: inout [RepeatDefinition: (cases: Int, repeats: Int)], in connection: Connection
    ) throws {
        total.cases += 1
        if item.kind == .repeat { total.repeats += 1 }
        if item.kind == .transferIn { total.transfersIn += 1 }
        if let row = try connection.first("SELECT children FROM panel_households WHERE item = \(item.id)") {
            total.children += try row.get("children", as: Int.self)
        }
        for row in try connection.rows("SELECT what FROM panel_equalities WHERE item = \(item.id)") {
            if let fact = EqualityFact(rawValue: try row.get("what")) { total.equalities[fact, default: 0] += 1 }
        }
        guard let id = item.referral, let referral = try ReferralRows.referral(id, in: connection) else { return }
        total.byAgency[referral.agency, default: 0] += 1
        if let definition = try MARACRows.definition(of: id, in: connection) {
            byDefinition[definition, default: (0, 0)].cases += 1
            if item.kind == .repeat { byDefinition[definition, default: (0, 0)].repeats += 1 }
        }
    }

    /// The last day of a victim's flag, for an agency that sits on a panel of that kind and may see the person as deep;
    /// nil without a flag, after its last day, and for everyone else. A flag never says what was said at a meeting.
    /// - Throws: `StorageError`; a `Fault` when a rule is missing.
    public func flag(
        of person: ID<Person>, kind: Code<PartnershipDefinition.PanelKind>, on occasion: Occasion,
        in connection: Connection
    ) throws -> LocalDate? {
        let panels = partnership.visiblePanels(for: occasion.actor, on: occasion.now.ukDate).filter {
            $0.kind == kind && $0.agencies.contains(occasion.actor.agency)
        }
        guard !panels.isEmpty,
            case .found = try register.find(
                ID(person), for: .read, .p2, detail: RegisterDetail(fields: ["flags.\(kind)"]), on: occasion,
                in: connection)
        else { return nil }
        let end = try RepeatRule.flagEnd(
            of: person, among: try MARACRows.accepted(by: panels.map(\.code), in: connection),
            identity: identity(in: connection), under: policy, on: calendar)
        return end.flatMap { occasion.now.ukDate <= $0 ? $0 : nil }
    }
}
