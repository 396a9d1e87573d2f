internal import Governance
internal import Kernel
internal import People
internal import Storage

/// Whether a letter by post is out of the question because of what any record of the same person says. It reads what the
/// writer may not see; its answer must be told without saying where it comes from.
enum SafePost {
    /// Where people live or get their post; where they work or learn says nothing of who opens letters at home.
    private static let homes: [AddressKind] = [.home, .temporary, .refuge, .correspondence]

    /// Whether any record holds a withheld address where they live now, or words on safe contact that leave letters out.
    static func isBarred(to person: ID<Person>, on day: LocalDate, in connection: Connection) throws -> Bool {
        let records = try PersonStore.sameRecords(person, in: connection) + [person]
        let ordinary = AddressSecrecy.ordinary.rawValue
        let rows = try connection.rows(
            "SELECT address, address_secrecy, safe_contact FROM people WHERE id IN (\(list: records))")
        for row in rows {
            let isHeld = try row.optional("address", as: String.self) != nil
            if isHeld, try row.get("address_secrecy", as: String.self) != ordinary { return true }
            let words: String? = try row.optional("safe_contact")
            if words.map(SafeContact.forbidsPost) == true { return true }
        }
        let others = records.filter { $0 != person }
        let forbids: Row? =
            others.isEmpty
            ? nil
            : try connection.first(
                """
                SELECT id FROM person_contacts
                WHERE person IN (\(list: others)) AND channel = \(ContactChannel.letter.rawValue) AND safety = 'no'
                    AND (ended_on IS NULL OR ended_on >= \(day))
                LIMIT 1
                """)
        if forbids != nil { return true }
        let kinds = homes.map(\.rawValue)
        return try connection.first(
            """
            SELECT id FROM person_addresses
            WHERE person IN (\(list: records)) AND secrecy <> \(ordinary) AND kind IN (\(list: kinds))
                AND (until_day IS NULL OR until_day >= \(day))
            LIMIT 1
            """) != nil
    }
}
