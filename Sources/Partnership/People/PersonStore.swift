public import Governance
public import Kernel
public import Storage

/// The people register. Every answer comes from `AccessRegister`, which asks the policy and writes the audit in the same
/// transaction; so all of these need a connection of `Database.write`.
public struct PersonStore: Sendable {
    /// The most words of a search that are compared.
    static let longestSearch = 6

    /// The register that decides.
    public let register: AccessRegister

    /// A store whose answers come from these roles.
    public init(roles: RoleCatalogue) { register = AccessRegister(roles: roles) }

    /// The kind of record.
    static func kind() throws -> Code<RecordKind> {
        guard let kind = Code<RecordKind>("person") else { throw Fault("There is no kind of record \"person\"") }
        return kind
    }

    // MARK: - Reading

    /// One person. The entry in the audit names the fields shown and the highest class among them.
    /// - Parameter reason: why sealed fields are looked at; without one they are left out.
    /// - Throws: `StorageError`.
    public func read(
        _ id: ID<Person>, reason: String? = nil, on occasion: Occasion, in connection: Connection
    ) throws -> PersonFinding {
        let registered = ID<Registered>(id)
        let first = try register.find(registered, for: .read, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = first else { return PersonStore.finding(first) }
        guard let strict = try strictest(entry, id, on: occasion, in: connection) else {
            try register.noteRefusal(of: registered, .conflict, on: occasion, in: connection)
            return .absent
        }
        func isShown(_ depth: (RegisterEntry) -> FieldClass, _ classes: [FieldClass]) -> Bool {
            classes.contains(depth(entry))
                && (strict.facts.side == entry.facts.side || allows(.read, depth(strict), strict, occasion))
        }
        let isReasoned = reason?.contains { !$0.isWhitespace } == true
        let classes = FieldClass.allCases.filter {
            $0 >= .p1 && allows(.read, $0, entry, occasion) && ($0 < .p4 || isReasoned)
        }
        guard !classes.isEmpty, let row = try PersonRows.row(id, in: connection) else {
            // The policy says why not, and the audit keeps it.
            return PersonStore.finding(try register.find(registered, for: .read, .p1, on: occasion, in: connection))
        }
        let shown = row.details.filled.filter { field in isShown({ row.fieldClass(field, $0) }, classes) }
        var person = person(row, entry, classes: Set(classes), shown: Set(shown), occasion)
        person.side = strict.facts.side
        person.changeable = person.changeable.filter { field in isShown({ row.fieldClass(field, $0) }, classes) }
        if !isShown({ row.fieldClass(.address, $0) }, classes) { person.secrecy = nil }
        let all = try AddressRows.addresses(of: id, in: connection)
        person.addresses = all.filter { address in isShown({ $0.addressClass(address.content) }, classes) }
        person.hidesLetterAddress = (all.first?.content.takesLetters ?? false) && person.addresses.first != all.first
        if !classes.contains(.p4), all.contains(where: { $0.content.secrecy == .sealed }) {
            person.mayAskForSealed = allows(.read, .p4, entry, occasion)
        }
        person.seesContact = isShown({ $0.reachClass(.ordinary) }, classes)
        if person.seesContact { person.contacts = try ContactRows.methods(of: id, in: connection) }
        var depths = shown.map { row.fieldClass($0, entry) } + person.addresses.map { entry.addressClass($0.content) }
        var fields = shown.map(\.rawValue)
        if person.addresses.contains(where: { !$0.content.takesLetters }) { fields.append("addresses") }
        if !person.contacts.isEmpty {
            fields.append("contacts")
            depths.append(entry.reachClass(.ordinary))
        }
        let last = try register.find(
            registered, for: .read, depths.max() ?? .p1, reason: reason, detail: RegisterDetail(fields: fields),
            on: occasion, in: connection)
        guard case .found = last else { return PersonStore.finding(last) }
        return .found(person)
    }

    /// People that the actor may list, the newest first.
    /// - Parameter cursor: the `next` of the page before.
    /// - Throws: `StorageError`.
    public func list(
        after cursor: ID<Person>? = nil, limit: Int = 50, on occasion: Occasion, in connection: Connection
    ) throws -> PeoplePage {
        let page = try register.list(
            PersonStore.kind(), after: cursor.map { ID<Registered>($0) }, limit: limit, on: occasion, in: connection)
        var people = try people(page, in: connection)
        people.items = try following(people.items, as: .list, on: occasion, in: connection)
        return people
    }

    /// People some of whose names begin with these words or sound like them, accents and case aside; a year among the words
    /// is that of their birth. On each page the nearest names come first. A telephone number, a postcode or an address
    /// finds the people of whom the actor may see it, among those whom they may list.
    /// - Parameter reason: why the search goes beyond the actor's own agency; without it only own people are found.
    /// - Throws: `StorageError`.
    public func search(
        _ text: String, reason: String? = nil, after cursor: ID<Person>? = nil, limit: Int = 50,
        on occasion: Occasion, in connection: Connection
    ) throws -> PeoplePage {
        if let sought = SoughtReach(text.trimmed) {
            return try search(sought, text, after: cursor, limit: limit, on: occasion, in: connection)
        }
        let words = Array(NameWords.of(text).prefix(PersonStore.longestSearch))
        let page = try register.search(
            words.isEmpty ? "" : text, PersonStore.kind(), after: cursor.map { ID<Registered>($0) }, limit: limit,
            reason: reason, where: PersonRows.matching(words), on: occasion, in: connection)
        var people = try people(page, in: connection)
        let ranked = people.items.enumerated().map {
            (rank: $0.element.rank(words.filter { PersonRows.year($0) == nil }), place: $0.offset, item: $0.element)
        }
        let sorted = ranked.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.item)
        people.items = try following(sorted, as: .search, reason: reason, on: occasion, in: connection)
        return people
    }

    /// Those among these people that the actor may list, in their order: the parties of a case.
    /// - Throws: `StorageError`.
    public func items(
        _ ids: [ID<Person>], on occasion: Occasion, in connection: Connection
    ) throws -> [PersonItem] {
        let items = try register.listed(
            ids.map { ID<Registered>($0) }, PersonStore.kind(), on: occasion, in: connection)
        return try following(people(items, in: connection), as: nil, on: occasion, in: connection)
    }

    /// People who stand in a sealed record that was granted to the actor, and whom they may see through it alone: whoever
    /// decides who sees the record must know whom it concerns. Not those whose own record is guarded, or with whom the
    /// actor has a conflict of interest. The audit keeps who was shown.
    /// - Throws: `StorageError`.
    public func items(
        _ ids: [ID<Person>], through facts: RecordFacts, on occasion: Occasion, in connection: Connection
    ) throws -> [PersonItem] {
        let own = try items(ids, on: occasion, in: connection)
        let isOpen = facts.recordClass == .sealed && facts.isGranted(to: occasion.actor.account, now: occasion.now)
        guard isOpen else { return own }
        let seen = Set(own.compactMap { $0.name == nil ? nil : $0.id })
        let others = Array(Set(ids).subtracting(seen)).sorted()
        let entries = try register.entries(others.map { ID<Registered>($0) }, now: occasion.now, in: connection)
        var shown = own.filter { $0.name != nil }
        for id in others {
            guard let entry = entries[ID(id)], entry.facts.recordClass == .normal,
                !entry.facts.conflicts.contains(occasion.actor.account)
            else { continue }
            try register.note(
                .read, ID(id), entry.titleClass, RegisterDetail(fields: ["name"]), on: occasion, in: connection)
            var item = PersonItem(id: id, agency: entry.facts.agency, name: entry.title, birth: nil, otherNames: [])
            item.isThrough = true
            shown.append(item)
        }
        return shown
    }

    /// How many people the actor may count.
    /// - Throws: `StorageError`.
    public func count(on occasion: Occasion, in connection: Connection) throws -> Int {
        try register.count(PersonStore.kind(), on: occasion, in: connection)
    }
}

// MARK: - Helpers

extension PersonStore {
    func allows(
        _ action: AccessAction, _ fieldClass: FieldClass, _ entry: RegisterEntry, _ occasion: Occasion
    ) -> Bool {
        register.decide(action, fieldClass, on: entry, by: occasion.actor, now: occasion.now).isPermitted
    }

    func person(
        _ row: PersonRow, _ entry: RegisterEntry, classes: Set<FieldClass>, shown: Set<PersonField>,
        _ occasion: Occasion
    ) -> Person {
        let changeable = PersonField.allCases.filter {
            let fieldClass = row.fieldClass($0, entry)
            return classes.contains(fieldClass) && allows(.update, fieldClass, entry, occasion)
        }
        let seesAddress = classes.contains(row.fieldClass(.address, entry))
        return Person(
            id: row.id, details: row.details.only(shown), changeable: Set(changeable), facts: entry.facts,
            mayGuard: allows(.grant, entry.titleClass, entry, occasion), showsSide: classes.contains(.p2),
            mayAskForSealed: !classes.contains(.p4) && row.details.address != nil && row.secrecy == .sealed
                && allows(.read, .p4, entry, occasion),
            secrecy: seesAddress ? row.secrecy : nil, seesContact: classes.contains(entry.reachClass(.ordinary)),
            side: entry.facts.side, version: row.version, changedAt: row.changedAt, changedBy: row.changedBy)
    }

    static func finding(_ finding: RegisterFinding) -> PersonFinding {
        switch finding {
        case .found, .absent: .absent
        case .refused(let item, let reason): .refused(agency: item.agency, reason)
        case .reasonNeeded(let item): .refused(agency: item.agency, .purpose)
        }
    }

    func people(_ page: RegisterPage, in connection: Connection) throws -> PeoplePage {
        PeoplePage(
            items: try people(page.items, in: connection),
            masked: page.masked.map {
                PersonItem(id: $0.person, agency: $0.agency, name: nil, birth: nil, otherNames: [])
            },
            next: page.next.flatMap { ID($0.text) })
    }

    private func people(_ items: [RegisterItem], in connection: Connection) throws -> [PersonItem] {
        // Who may not see a name is not shown that there is one.
        let named = items.filter { $0.title != nil }
        let rows = try PersonRows.rows(named.map(\.person), in: connection)
        return named.map { item in
            let details = rows[item.person]?.details
            return PersonItem(
                id: item.person, agency: item.agency, name: item.title, birth: details?.birth,
                otherNames: details?.otherNameList ?? [])
        }
    }
}

extension PersonRow {
    /// The class of a field of this person.
    func fieldClass(_ field: PersonField, _ entry: RegisterEntry) -> FieldClass {
        field.fieldClass(side: entry.facts.side, secrecy: secrecy)
    }
}

extension RegisterItem {
    // An identifier's text is always an identifier.
    fileprivate var person: ID<Person> { ID(id.text) ?? ID(at: Instant(milliseconds: 0)) }
}

extension PersonItem {
    /// How far the names are from the words of a search: 0 for the same words, 1 for their beginnings, 2 for the sound.
    fileprivate func rank(_ words: [String]) -> Int {
        let own = ([name].compactMap { $0 } + otherNames).flatMap(NameWords.of)
        if words.allSatisfy(own.contains) { return 0 }
        return words.allSatisfy { word in own.contains { $0.hasPrefix(word) } } ? 1 : 2
    }
}
