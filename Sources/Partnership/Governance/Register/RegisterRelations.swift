internal import Kernel
internal import Storage

/// Who stands how to some records: sharings, listings, people, grants, broken glasses.
struct RegisterRelations {
    private var shares: [String: [RecordFacts.Share]] = [:]
    private var listings: [String: [RecordFacts.Listing]] = [:]
    private var people: [String: [String: Set<ID<Account>>]] = [:]
    private var grants: [String: [RecordFacts.Grant]] = [:]
    private var glasses: [String: [RecordFacts.Grant]] = [:]

    init(of ids: [String], now: Instant, in connection: Connection) throws {
        let shareRows = try connection.rows(
            """
            SELECT record, agency, from_day, until_day, highest, gateway FROM register_shares
            WHERE record IN (\(list: ids)) ORDER BY record, agency, from_day
            """)
        for row in shareRows {
            shares[try row.get("record"), default: []].append(
                .init(
                    agency: try row.get("agency"), from: try row.get("from_day"), until: try row.optional("until_day"),
                    highest: try RegisterRows.fieldClass(row, "highest"), gateway: try row.optional("gateway")))
        }
        let listingRows = try connection.rows(
            """
            SELECT record, panel, from_day, until_day, agencies FROM register_listings
            WHERE record IN (\(list: ids)) ORDER BY record, panel, from_day
            """)
        for row in listingRows {
            let agencies: String = try row.get("agencies")
            listings[try row.get("record"), default: []].append(
                .init(
                    panel: try row.get("panel"), from: try row.get("from_day"), until: try row.optional("until_day"),
                    agencies: Set(agencies.split(separator: " ").compactMap { Code(String($0)) })))
        }
        let peopleRows = try connection.rows(
            "SELECT record, account, relation FROM register_people WHERE record IN (\(list: ids))")
        for row in peopleRows {
            people[try row.get("record"), default: [:]][try row.get("relation"), default: []]
                .insert(try row.get("account"))
        }
        grants = try Self.grants(
            """
            SELECT record, account, until, is_chairs FROM register_grants
            WHERE record IN (\(list: ids)) ORDER BY account, until
            """, in: connection)
        glasses = try Self.grants(
            """
            SELECT record, account, until, 0 AS is_chairs FROM break_glasses
            WHERE record IN (\(list: ids)) AND until > \(now) ORDER BY account, until
            """, in: connection)
    }

    private static func grants(_ sql: SQL, in connection: Connection) throws -> [String: [RecordFacts.Grant]] {
        var found: [String: [RecordFacts.Grant]] = [:]
        for row in try connection.rows(sql) {
            found[try row.get("record"), default: []].append(
                .init(
                    account: try row.get("account"), until: try row.get("until"),
                    isChairs: try row.get("is_chairs", as: Int64.self) == 1))
        }
        return found
    }

    /// The entry with its relations.
    func completed(_ entry: RegisterEntry) -> RegisterEntry {
        var entry = entry
        let id = entry.id.text
        entry.facts.shares = shares[id] ?? []
        entry.facts.listings = listings[id] ?? []
        entry.facts.involved = people[id]?["involved"] ?? []
        entry.facts.named = people[id]?["named"] ?? []
        entry.facts.conflicts = people[id]?["conflict"] ?? []
        entry.facts.grants = grants[id] ?? []
        entry.facts.glasses = glasses[id] ?? []
        return entry
    }

    /// Writes all relations but broken glasses, which have their own table and rules.
    static func insert(_ entry: RegisterEntry, in connection: Connection) throws {
        let facts = entry.facts
        for share in facts.shares {
            try connection.run(
                """
                INSERT INTO register_shares (record, agency, from_day, until_day, highest, gateway)
                VALUES (\(entry.id), \(share.agency), \(share.from), \(share.until), \(share.highest.rawValue),
                    \(share.gateway))
                """)
        }
        for listing in facts.listings { try insert(listing, of: entry.id, in: connection) }
        let people = [("involved", facts.involved), ("named", facts.named), ("conflict", facts.conflicts)]
        for (relation, accounts) in people {
            for account in accounts.sorted() { try insert(account, relation, of: entry.id, in: connection) }
        }
        for grant in facts.grants {
            try connection.run(
                """
                INSERT INTO register_grants (record, account, until, is_chairs)
                VALUES (\(entry.id), \(grant.account), \(grant.until), \(grant.isChairs))
                """)
        }
    }

    static func insert(
        _ account: ID<Account>, _ relation: String, of record: ID<Registered>, in connection: Connection
    ) throws {
        try connection.run(
            """
            INSERT INTO register_people (record, account, relation) VALUES (\(record), \(account), \(relation))
            ON CONFLICT (record, relation, account) DO NOTHING
            """)
    }

    static func insert(
        _ listing: RecordFacts.Listing, of id: ID<Registered>, in connection: Connection
    ) throws {
        let agencies = listing.agencies.map(\.text).sorted().joined(separator: " ")
        try connection.run(
            """
            INSERT INTO register_listings (record, panel, from_day, until_day, agencies)
            VALUES (\(id), \(listing.panel), \(listing.from), \(listing.until), \(agencies))
            """)
    }

    static func delete(of id: ID<Registered>, in connection: Connection) throws {
        try connection.run("DELETE FROM register_shares WHERE record = \(id)")
        try connection.run("DELETE FROM register_listings WHERE record = \(id)")
        try connection.run("DELETE FROM register_people WHERE record = \(id)")
        try connection.run("DELETE FROM register_grants WHERE record = \(id)")
    }
}
