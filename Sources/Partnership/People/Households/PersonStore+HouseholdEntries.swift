public import Governance
public import Kernel
public import Storage

// MARK: - Taking back whom one added by mistake

extension PersonStore {
    /// Whom the actor added to a household today and may take back, whether they show to them or not: it tells nothing of who
    /// was there before.
    /// - Parameter id: a member whom the actor sees in it.
    /// - Throws: `StorageError`.
    public func addedToday(
        to household: ID<Household>, with id: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> [ID<Person>] {
        guard let open = try open(household, with: id, on: occasion, in: connection) else { return [] }
        let entries = try HouseholdEntryRows.entries(household, in: connection)
        return Dictionary(grouping: entries, by: \.after.person).compactMap { person, all in
            guard all.contains(where: { $0.isOwn(occasion) }) else { return nil }
            let seen = open.members.first { $0.person == person }
            return seen == nil || all.last?.holds(seen, occasion) == true ? person : nil
        }.sorted()
    }

    /// Takes back whom the actor added today. What was there before is there again; where a colleague said the same of them
    /// or changed it since, it stays.
    /// - Parameter id: a member whom the actor sees in it and can change.
    /// - Throws: `StorageError`.
    public func takeBack(
        _ person: ID<Person>, from household: ID<Household>, with id: ID<Person>, on occasion: Occasion,
        in connection: Connection
    ) throws -> Result<Void, PartRefusal> {
        guard let open = try open(household, with: id, on: occasion, in: connection) else {
            return .failure(.register(.absent))
        }
        let asked = try forChange(id, "household", on: occasion, in: connection) { $0.reachClass(.ordinary) }
        if case .failure(let refusal) = asked { return .failure(refusal) }
        let all = try HouseholdEntryRows.entries(household, in: connection).filter { $0.after.person == person }
        guard all.contains(where: { $0.isOwn(occasion) }) else { return .failure(.register(.absent)) }
        let named = try forNaming(
            person, "household", least: .p1, { $0.reachClass(.ordinary) }, on: occasion, in: connection)
        if case .failure(let refusal) = named { return .failure(refusal) }
        let now = try HouseholdRows.household(household, in: connection)?.members.first { $0.person == person }
        if let last = all.last, last.holds(now, occasion) {
            var before = last.before
            for entry in all.dropLast().reversed() {
                guard entry.holds(before, occasion) else { break }
                before = entry.before
            }
            try HistoryRows.insert(
                last.after, in: household, words: "; added by mistake", at: occasion.now,
                by: occasion.actor.account, in: connection)
            if let before {
                try HouseholdRows.set(before, in: household, in: connection)
            } else {
                try HouseholdRows.remove(person, from: household, in: connection)
            }
        } else if open.members.contains(where: { $0.person == person }) {
            return .failure(.changedMeanwhile)
        }
        for entry in all where entry.isOwn(occasion) { try HouseholdEntryRows.withdraw(entry, in: connection) }
        return .success(())
    }

    /// Keeps that the actor added someone, or put right what they had said of them.
    func noteEntry(
        _ kept: HouseholdMember, over old: HouseholdMember?, isNew: Bool, in household: ID<Household>,
        on occasion: Occasion, in connection: Connection
    ) throws {
        if !isNew {
            let last = try HouseholdEntryRows.entries(household, in: connection).last { $0.after.person == kept.person }
            guard kept != old, last?.holds(old, occasion) == true else { return }
        }
        try HouseholdEntryRows.insert(
            HouseholdEntry(
                id: ID(at: occasion.now), before: old, after: kept, at: occasion.now, account: occasion.actor.account),
            household, in: connection)
    }

    /// The household, when the actor sees it and this person in it.
    private func open(
        _ household: ID<Household>, with id: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> Household? {
        guard let found = try HouseholdRows.household(household, in: connection),
            let open = try shown(found, on: occasion, in: connection), open.members.contains(where: { $0.person == id })
        else { return nil }
        return open
    }
}

/// That someone added a member to a household.
struct HouseholdEntry {
    let id: ID<FormerPart>
    /// What was known of them there; nil where nothing was.
    let before: HouseholdMember?
    /// What is known since.
    let after: HouseholdMember
    let at: Instant
    let account: ID<Account>

    /// Whether the actor made it, today.
    func isOwn(_ occasion: Occasion) -> Bool {
        account == occasion.actor.account && at.ukDate == occasion.now.ukDate
    }

    /// Whether the actor made it today, and nobody changed it since.
    func holds(_ now: HouseholdMember?, _ occasion: Occasion) -> Bool { isOwn(occasion) && after == now }
}

/// How entries into households lie among what is kept of people's parts. Nothing here asks who may see them.
enum HouseholdEntryRows {
    /// Those of members, the oldest first.
    static func entries(_ household: ID<Household>, in connection: Connection) throws -> [HouseholdEntry] {
        try connection.rows(
            """
            SELECT h.id, h.person, h.text, h.at, h.account
            FROM household_members m
            JOIN person_history h ON h.person = m.person
            WHERE m.household = \(household) AND h.part = 'household-added' AND h.text LIKE \("\(household.text) %")
            ORDER BY h.at, h.id
            """
        ).map { row in
            let person: ID<Person> = try row.get("person")
            let text: String = try row.get("text")
            let words = text.split(separator: " ").map(String.init)
            guard words.count == 3, let after = member(person, words[2]) else {
                throw StorageError.wrongValue(column: "text")
            }
            return HouseholdEntry(
                id: try row.get("id"), before: member(person, words[1]), after: after, at: try row.get("at"),
                account: try row.get("account"))
        }
    }

    static func insert(_ entry: HouseholdEntry, _ household: ID<Household>, in connection: Connection) throws {
        let before = entry.before.map(text) ?? "none"
        try connection.run(
            """
            INSERT INTO person_history (id, person, part, text, secrecy, at, account)
            VALUES (\(entry.id), \(entry.after.person), 'household-added',
                \("\(household.text) \(before) \(text(entry.after))"), \(AddressSecrecy.ordinary.rawValue), \(entry.at),
                \(entry.account))
            """)
    }

    static func withdraw(_ entry: HouseholdEntry, in connection: Connection) throws {
        try connection.run("UPDATE person_history SET part = 'household-withdrawn' WHERE id = \(entry.id)")
    }

    private static func text(_ member: HouseholdMember) -> String {
        [member.role.rawValue, member.from?.description ?? "", member.until?.description ?? ""].joined(separator: ",")
    }

    private static func member(_ person: ID<Person>, _ text: String) -> HouseholdMember? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let role = HouseholdRole(rawValue: parts[0]) else { return nil }
        return HouseholdMember(person, role, from: LocalDate(parts[1]), until: LocalDate(parts[2]))
    }
}
