internal import Governance
public import Kernel
internal import People
public import Storage

/// What of the other people in a case must not stand in a letter to one of them, and in papers that leave the victim's
/// safety out. It reads what the actor may not see, to compare it; nothing of it is given on. A person is known by all the
/// records that were merged into one: each keeps its own addresses.
enum LetterGuards {
    private struct Known {
        /// All records of the person.
        var records: Set<ID<Person>>
        var words = GuardedWords()
        /// Where they live and how they are reached, without names.
        var contact = GuardedWords()
        /// Where the households are that they left: others of them may live elsewhere by now, of which they do not know.
        var left = GuardedWords()
        var isWithheld = false

        /// Where they live and lived, and how they are reached.
        var reach: GuardedWords {
            var reach = contact
            reach.join(left)
            return reach
        }

        mutating func add(address: String?, _ secrecy: String) {
            guard let address else { return }
            contact.guardAddress(address)
            if secrecy != AddressSecrecy.ordinary.rawValue { isWithheld = true }
        }
    }

    /// For a letter to a person: everything of those on the other side, and the withheld address of anyone else. Whoever
    /// works against harm is on one side: people who are said to do it on the other, and one whose side nobody set with
    /// the victims.
    static func guarded(
        for addressee: ID<Person>, of id: ID<CaseRecord>, _ type: CaseType, in connection: Connection
    ) throws -> GuardedWords {
        let parties = try CaseRows.parties(id, in: connection)
        func harms(_ person: Known) -> Bool {
            parties.contains { person.records.contains($0.person) && type.party($0.role)?.side == .perpetrator }
        }
        func isHarmed(_ person: Known) -> Bool {
            parties.contains { person.records.contains($0.person) && type.party($0.role)?.side != .perpetrator }
        }
        let known = try known(Set(parties.map(\.person)), in: connection)
        let own = known.first { $0.records.contains(addressee) }
        let addresseeHarms = own.map(harms) ?? false
        var guarded = GuardedWords()
        for person in known where !person.records.contains(addressee) {
            let isOther = addresseeHarms ? isHarmed(person) : harms(person)
            if isOther { guarded.join(person.words) }
            if isOther || person.isWithheld { guarded.join(person.reach) }
        }
        if addresseeHarms { guarded.join(try written(of: id, type, known, in: connection)) }
        if let own {
            guarded.allow(own.words)
            guarded.allow(own.contact)
        }
        return guarded
    }

    /// For papers that leave the victim's safety out: how everyone on the victim's side is reached, and every withheld
    /// address. With it, the withheld addresses alone.
    static func guarded(
        of id: ID<CaseRecord>, _ type: CaseType, withSafety: Bool, in connection: Connection
    ) throws -> GuardedWords {
        guard !withSafety else { return try withheld(of: id, in: connection) }
        let parties = try CaseRows.parties(id, in: connection)
        let known = try known(Set(parties.map(\.person)), in: connection)
        var guarded = GuardedWords()
        for person in known {
            let isHarmed = parties.contains {
                person.records.contains($0.person) && type.party($0.role)?.side != .perpetrator
            }
            if person.isWithheld || isHarmed { guarded.join(person.reach) }
        }
        guarded.join(try written(of: id, type, known, in: connection))
        return guarded
    }

    /// The addresses of those in a case of whom one is withheld, and how else they are reached.
    static func withheld(of id: ID<CaseRecord>, in connection: Connection) throws -> GuardedWords {
        var guarded = GuardedWords()
        for person in try known(Set(CaseRows.parties(id, in: connection).map(\.person)), in: connection)
        where person.isWithheld { guarded.join(person.reach) }
        return guarded
    }

    /// What is known of these people, by all the records of each.
    private static func known(_ people: Set<ID<Person>>, in connection: Connection) throws -> [Known] {
        var known: [Known] = []
        var places: [ID<Person>: Int] = [:]
        for person in people.sorted() where places[person] == nil {
            let records = Set(try PersonStore.sameRecords(person, in: connection) + [person])
            for record in records { places[record] = known.count }
            known.append(Known(records: records))
        }
        guard !known.isEmpty else { return [] }
        let all = places.keys.sorted()
        func change(_ row: Row, _ column: String, _ body: (inout Known) throws -> Void) throws {
            guard let place = places[try row.get(column)] else { return }
            try body(&known[place])
        }
        for row in try connection.rows(
            """
            SELECT id, given_name, family_name, other_names, phone, email, address, address_secrecy
            FROM people
            WHERE id IN (\(list: all))
            """)
        {
            try change(row, "id") { person in
                let others: String? = try row.optional("other_names")
                person.words.guardName(
                    given: try row.optional("given_name"), family: try row.optional("family_name"),
                    others: others?.split(whereSeparator: \.isNewline).map(String.init) ?? [])
                if let phone: String = try row.optional("phone") { person.contact.guardPhone(phone) }
                if let email: String = try row.optional("email") { person.contact.guardEmail(email) }
                try person.add(address: row.optional("address"), row.get("address_secrecy"))
            }
        }
        // Where they lived before, and where else they stay, is guarded like where they live now.
        for row in try connection.rows(
            "SELECT person, lines, secrecy FROM person_addresses WHERE person IN (\(list: all))")
        {
            try change(row, "person") { try $0.add(address: row.get("lines"), row.get("secrecy")) }
        }
        // Where their households live: it stands there too, and nowhere else when nobody asked each of them.
        for row in try connection.rows(
            """
            SELECT m.person, m.until_day, h.lines FROM household_members m
            JOIN households h ON h.id = m.household
            WHERE m.person IN (\(list: all)) AND h.lines IS NOT NULL
            """)
        {
            let (lines, until): (String, String?) = (try row.get("lines"), try row.optional("until_day"))
            try change(row, "person") { person in
                if until == nil { person.contact.guardAddress(lines) } else { person.left.guardAddress(lines) }
            }
        }
        for row in try connection.rows(
            "SELECT person, value FROM person_contacts WHERE person IN (\(list: all)) AND value IS NOT NULL")
        {
            let value: String = try row.get("value")
            try change(row, "person") { $0.contact.guardWritten(value) }
        }
        return known
    }

    /// Telephone numbers, e-mail addresses and addresses that were written on the case as the victim's safety.
    private static func written(
        of id: ID<CaseRecord>, _ type: CaseType, _ known: [Known], in connection: Connection
    ) throws -> GuardedWords {
        var guarded = GuardedWords()
        for entry in try EntryRows.entries(id, in: connection) {
            for field in type.form(entry.form)?.fields ?? [] where field.fieldClass >= .p3 {
                for answer in entry.answers[field.code] {
                    switch field.kind {
                    case .line:
                        guarded.guardWritten(answer)
                        guarded.guardProse(answer)
                    case .text: guarded.guardProse(answer)
                    default: break
                    }
                }
            }
        }
        // A name in a line above an address is guarded as a name, from whom it must be.
        for person in known { guarded.allow(person.words) }
        return guarded
    }
}

extension CaseStore {
    /// The withheld addresses of the people in a case, to strike them out of papers of other records that tell of it. It
    /// reads what the actor may not see, to compare it; nothing of it can be read out of the answer.
    /// - Throws: `StorageError`.
    public func withheldAddresses(of id: ID<CaseRecord>, in connection: Connection) throws -> GuardedWords {
        try LetterGuards.withheld(of: id, in: connection)
    }
}
