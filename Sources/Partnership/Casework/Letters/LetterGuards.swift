internal import Governance
internal import Kernel
internal import People
internal import Storage

/// What of the other people in a case must not stand in a letter to one of them, and in papers that leave the victim's
/// safety out. It reads what the actor may not see, to compare it; nothing of it is given on.
enum LetterGuards {
    private struct Known {
        var words = GuardedWords()
        /// Where they live and how they are reached, without names.
        var contact = GuardedWords()
        var isWithheld = false

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
        func harms(_ person: ID<Person>) -> Bool {
            parties.contains { $0.person == person && type.party($0.role)?.side == .perpetrator }
        }
        func isHarmed(_ person: ID<Person>) -> Bool {
            parties.contains { $0.person == person && type.party($0.role)?.side != .perpetrator }
        }
        let known = try known(Set(parties.map(\.person)), in: connection)
        var guarded = GuardedWords()
        for (person, details) in known where person != addressee {
            let isOther = harms(addressee) ? isHarmed(person) : harms(person)
            if isOther { guarded.join(details.words) }
            if isOther || details.isWithheld { guarded.join(details.contact) }
        }
        if harms(addressee) { guarded.join(try written(of: id, type, in: connection)) }
        if let own = known[addressee] {
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
        let parties = try CaseRows.parties(id, in: connection)
        var guarded = GuardedWords()
        for (person, details) in try known(Set(parties.map(\.person)), in: connection) {
            let isHarmed = parties.contains { $0.person == person && type.party($0.role)?.side != .perpetrator }
            if details.isWithheld || (isHarmed && !withSafety) { guarded.join(details.contact) }
        }
        if !withSafety { guarded.join(try written(of: id, type, in: connection)) }
        return guarded
    }

    private static func known(
        _ people: Set<ID<Person>>, in connection: Connection
    ) throws -> [ID<Person>: Known] {
        guard !people.isEmpty else { return [:] }
        let rows = try connection.rows(
            """
            SELECT id, given_name, family_name, other_names, phone, email, address, address_secrecy
            FROM people
            WHERE id IN (\(list: people.sorted()))
            """)
        var known: [ID<Person>: Known] = [:]
        for row in rows {
            var details = Known()
            let others: String? = try row.optional("other_names")
            details.words.guardName(
                given: try row.optional("given_name"), family: try row.optional("family_name"),
                others: others?.split(whereSeparator: \.isNewline).map(String.init) ?? [])
            if let phone: String = try row.optional("phone") { details.contact.guardPhone(phone) }
            if let email: String = try row.optional("email") { details.contact.guardEmail(email) }
            try details.add(address: row.optional("address"), row.get("address_secrecy"))
            known[try row.get("id")] = details
        }
        // Where they lived before, and where else they stay, is guarded like where they live now.
        for row in try connection.rows(
            "SELECT person, lines, secrecy FROM person_addresses WHERE person IN (\(list: people.sorted()))")
        {
            try known[row.get("person")]?.add(address: row.get("lines"), row.get("secrecy"))
        }
        for row in try connection.rows(
            "SELECT person, value FROM person_contacts WHERE person IN (\(list: people.sorted())) AND value IS NOT NULL"
        ) {
            try known[row.get("person")]?.contact.guardWritten(row.get("value"))
        }
        return known
    }

    /// Telephone numbers, e-mail addresses and addresses that were written on the case as the victim's safety.
    private static func written(
        of id: ID<CaseRecord>, _ type: CaseType, in connection: Connection
    ) throws -> GuardedWords {
        var guarded = GuardedWords()
        for entry in try EntryRows.entries(id, in: connection) {
            for field in type.form(entry.form)?.fields ?? [] where field.fieldClass >= .p3 && field.kind == .line {
                for answer in entry.answers[field.code] { guarded.guardWritten(answer) }
            }
        }
        return guarded
    }
}
