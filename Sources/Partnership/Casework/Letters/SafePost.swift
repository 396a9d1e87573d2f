internal import Governance
internal import Kernel
internal import People
internal import Rules
internal import Storage

/// Whether a letter by post is out of the question because of what any record of the same person says. It reads what the
/// writer may not see; its answer must be told without saying where it comes from.
enum SafePost {
    /// Where people live or get their post; where they work or learn says nothing of who opens letters at home.
    private static let homes: [AddressKind] = [.home, .temporary, .refuge, .correspondence]

    /// Whether any record holds a withheld address where they live now, or words on safe contact that leave letters out.
    /// Words and a "no" go before everything. A withheld address does not bar the way to one that is for letters alone, to
    /// which the person said yes: that is what it was agreed for.
    static func isBarred(
        to person: ID<Person>, under rules: PolicyRules, on day: LocalDate, in connection: Connection
    ) throws -> Bool {
        let records = try PersonStore.sameRecords(person, in: connection) + [person]
        let ordinary = AddressSecrecy.ordinary.rawValue
        var withheld: [String] = []
        for row in try connection.rows(
            "SELECT address, address_secrecy, safe_contact FROM people WHERE id IN (\(list: records))")
        {
            let words: String? = try row.optional("safe_contact")
            if words.map(SafeContact.forbidsPost) == true { return true }
            guard let held = try row.optional("address", as: String.self) else { continue }
            if try row.get("address_secrecy", as: String.self) != ordinary { withheld.append(held) }
        }
        // Of the addressee's own record the best of several ways is taken.
        if try saidNo(records.filter { $0 != person }, on: day, in: connection) { return true }
        let kinds = homes.map(\.rawValue)
        for row in try connection.rows(
            """
            SELECT lines FROM person_addresses
            WHERE person IN (\(list: records)) AND secrecy <> \(ordinary) AND kind IN (\(list: kinds))
                AND (until_day IS NULL OR until_day >= \(day))
            """)
        { withheld.append(try row.get("lines")) }
        guard !withheld.isEmpty else { return false }
        if try saidNo([person], on: day, in: connection) { return true }
        return try !isAgreed(to: person, besides: withheld, under: rules, on: day, in: connection)
    }

    private static func saidNo(_ records: [ID<Person>], on day: LocalDate, in connection: Connection) throws -> Bool {
        guard !records.isEmpty else { return false }
        return try connection.first(
            """
            SELECT id FROM person_contacts
            WHERE person IN (\(list: records)) AND channel = \(ContactChannel.letter.rawValue) AND safety = 'no'
                AND (ended_on IS NULL OR ended_on >= \(day))
            LIMIT 1
            """) != nil
    }

    /// Whether their letters go to an address for letters alone, that is none of the withheld ones, and they said lately
    /// that letters are safe.
    private static func isAgreed(
        to person: ID<Person>, besides withheld: [String], under rules: PolicyRules, on day: LocalDate,
        in connection: Connection
    ) throws -> Bool {
        let lines: String? = try connection.first(
            """
            SELECT lines FROM person_addresses
            WHERE person = \(person) AND kind = \(AddressKind.correspondence.rawValue) AND takes_letters = 1
                AND secrecy = \(AddressSecrecy.ordinary.rawValue)
                AND (from_day IS NULL OR from_day <= \(day)) AND (until_day IS NULL OR until_day >= \(day))
            """)?.get("lines")
        guard let lines else { return false }
        var hidden = GuardedWords()
        for address in withheld { hidden.guardAddress(address) }
        guard hidden.kinds(in: lines).isEmpty else { return false }
        let window: RuleKey = "victims.contactConfirmed.window"
        let recent = rules.rule(window, on: day) == nil ? nil : try rules.windowStart(window, endingOn: day)
        let said: [LocalDate] = try connection.rows(
            """
            SELECT confirmed_on FROM person_contacts
            WHERE person = \(person) AND channel = \(ContactChannel.letter.rawValue) AND safety = 'yes'
                AND is_shared = 0 AND confirmed_on IS NOT NULL AND (ended_on IS NULL OR ended_on >= \(day))
            """
        ).map { try $0.get("confirmed_on") }
        return said.contains { said in recent.map { said >= $0 } ?? true }
    }
}
