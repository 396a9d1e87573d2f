internal import Governance
internal import Kernel
internal import Storage

/// A person as they lie in the table.
struct PersonRow {
    let id: ID<Person>
    var details: PersonDetails
    var secrecy: AddressSecrecy
    var version: Int64
    var changedAt: Instant
    var changedBy: ID<Account>
}

/// How people lie in their tables. Nothing here asks who may see it.
enum PersonRows {
    private static let columns: SQL = """
        id, given_name, family_name, other_names, birth, pronouns, needs, safe_contact, phone, email, address,
        address_secrecy, version, changed_at, changed_by
        """

    static func row(_ id: ID<Person>, in connection: Connection) throws -> PersonRow? {
        try connection.first("SELECT \(columns) FROM people WHERE id = \(id)").map(person)
    }

    static func rows(_ ids: [ID<Person>], in connection: Connection) throws -> [ID<Person>: PersonRow] {
        guard !ids.isEmpty else { return [:] }
        var found: [ID<Person>: PersonRow] = [:]
        for row in try connection.rows("SELECT \(columns) FROM people WHERE id IN (\(list: ids))") {
            let person = try person(row)
            found[person.id] = person
        }
        return found
    }

    private static func person(_ row: Row) throws -> PersonRow {
        var details = PersonDetails()
        for field in PersonField.allCases { details[field] = try row.optional(column(field)) }
        guard let secrecy = AddressSecrecy(rawValue: try row.get("address_secrecy")) else {
            throw StorageError.wrongValue(column: "address_secrecy")
        }
        return PersonRow(
            id: try row.get("id"), details: details, secrecy: secrecy, version: try row.get("version"),
            changedAt: try row.get("changed_at"), changedBy: try row.get("changed_by"))
    }

    private static func column(_ field: PersonField) -> String {
        String(field.rawValue.map { $0 == "-" ? "_" : $0 })
    }

    static func insert(_ row: PersonRow, in connection: Connection) throws {
        let fields = PersonField.allCases.map { row.details[$0].sqlValue }
        let own: [SQLValue] = [
            row.secrecy.rawValue.sqlValue, row.version.sqlValue, row.changedAt.sqlValue, row.changedBy.sqlValue,
        ]
        try connection.run(
            "INSERT INTO people (\(columns)) VALUES (\(list: [row.id.sqlValue] + fields + own))")
        try AddressRows.follow(row, in: connection)
        try insertNames(row, in: connection)
    }

    /// Writes a changed person, whose version must be one above that in the table.
    /// - Returns: whether it was.
    static func update(_ row: PersonRow, isSlip: Bool = false, in connection: Connection) throws -> Bool {
        let details = row.details
        let changed = try connection.run(
            """
            UPDATE people
            SET given_name = \(details.givenName), family_name = \(details.familyName),
                other_names = \(details.otherNames), birth = \(details.birth?.text), pronouns = \(details.pronouns),
                needs = \(details.needs), safe_contact = \(details.safeContact), phone = \(details.phone),
                email = \(details.email), address = \(details.address), address_secrecy = \(row.secrecy.rawValue),
                version = \(row.version), changed_at = \(row.changedAt), changed_by = \(row.changedBy)
            WHERE id = \(row.id) AND version = \(row.version - 1)
            """)
        guard changed == 1 else { return false }
        try AddressRows.follow(row, isSlip: isSlip, in: connection)
        try connection.run("DELETE FROM person_names WHERE person = \(row.id)")
        try insertNames(row, in: connection)
        return true
    }

    private static func insertNames(_ row: PersonRow, in connection: Connection) throws {
        let names = [row.details.name] + row.details.otherNameList
        for word in Set(names.flatMap(NameWords.of)).sorted() {
            try connection.run(
                """
                INSERT INTO person_names (person, word, sound, start)
                VALUES (\(row.id), \(word), \(NameWords.sound(of: word)), \(start(of: word)))
                """)
        }
    }

    /// The condition on `register_records r` that each of these words begins a word of the person's names or sounds like
    /// one, or is the year of their birth. It looks at what is of the title's class alone.
    static func matching(_ words: [String]) -> SQL {
        var condition: SQL = "1 = 1"
        for word in words {
            let found: SQL
            if let year = year(word) {
                found = "SELECT p.id FROM people p WHERE p.birth LIKE \("\(year)%") OR p.birth = \("~\(year)")"
            } else {
                let start = start(of: word)
                // An index finds the first letters; a shorter word is looked for everywhere.
                let near: SQL = start.unicodeScalars.count == 3 ? "n.start = \(start) AND" : ""
                let sound: SQL =
                    if let key = NameWords.sound(of: word) {
                        "UNION SELECT n.person FROM person_names n WHERE n.sound = \(key)"
                    } else { "" }
                found = "SELECT n.person FROM person_names n WHERE \(near) n.word LIKE \(word + "%") \(sound)"
            }
            condition = "\(condition) AND r.id IN (\(found))"
        }
        return condition
    }

    /// The year that a word is, or nil: four digits that can be of a birth.
    static func year(_ word: String) -> Int? {
        guard word.utf8.count == 4, let year = Int(word), (Birth.firstYear...2100).contains(year) else { return nil }
        return year
    }

    private static func start(of word: String) -> String {
        var start = ""
        start.unicodeScalars.append(contentsOf: word.unicodeScalars.prefix(3))
        return start
    }
}
