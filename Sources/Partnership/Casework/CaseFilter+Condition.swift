internal import Governance
internal import Kernel
internal import People
internal import Storage

extension CaseFilter {
    /// What it asks of the register; nil when nothing.
    ///
    /// Words, people and late clocks are looked up first. Where few cases have them, only those are looked at; where many
    /// have them, the newest cases are gone through until a page is full, which is soon.
    /// - Parameter ages: clocks that measure an age, which make no case late for a list.
    /// - Throws: `StorageError`.
    func condition(
        withoutAges ages: [Code<CaseClock>], in connection: Connection
    ) throws -> RegisterCondition? {
        var parts: [SQL] = []
        var says: [String] = []
        var depth: FieldClass = .p0
        var few: Set<ID<Registered>>?
        func add(_ part: SQL, _ text: String) {
            parts.append(part)
            says.append(text)
        }
        /// Asks for cases that `ids` finds, or when these are many for those of which `holds` says the same.
        func add(_ text: String, _ ids: SQL, or holds: SQL) throws {
            says.append(text)
            let found = try connection.rows("\(ids) LIMIT \(CaseFilter.few + 1)").map {
                try $0.get("case_id", as: ID<Registered>.self)
            }
            if found.count > CaseFilter.few {
                parts.append(holds)
            } else {
                few = few.map { $0.intersection(found) } ?? Set(found)
            }
        }
        if let type { add("c.type = \(type)", "type \(type)") }
        if let state { add("c.state = \(state)", "state \(state)") }
        if let isClosed {
            add(isClosed ? "c.closed_at IS NOT NULL" : "c.closed_at IS NULL", isClosed ? "closed" : "open")
        }
        if let band {
            add("c.band = \(band)", "band \(band)")
            depth = .p1
        }
        if let isLateAt {
            let others: SQL = ages.isEmpty ? "" : " AND k.clock NOT IN (\(list: ages))"
            let isLate: SQL = "k.due_at <= \(isLateAt)\(others)"
            try add(
                "late", "SELECT k.case_id FROM case_clocks k WHERE \(isLate)",
                or: "EXISTS (SELECT 1 FROM case_clocks k WHERE k.case_id = c.id AND \(isLate))")
        }
        if let people {
            let has: SQL = people.isEmpty ? "1 = 0" : "p.until_at IS NULL AND p.person IN (\(list: people))"
            try add(
                "people", "SELECT p.case_id FROM case_parties p WHERE \(has)",
                or: "EXISTS (SELECT 1 FROM case_parties p WHERE p.case_id = c.id AND \(has))")
            depth = .p1
        }
        let asked = NameWords.of(words ?? "")
        if !asked.isEmpty {
            let holds = asked.map { word -> SQL in
                "EXISTS (SELECT 1 FROM case_words w WHERE w.case_id = c.id AND \(CaseFilter.begins(with: word)))"
            }
            let (rare, others) = try CaseFilter.parted(asked, in: connection)
            let first = rare.dropFirst().reduce(CaseFilter.cases(with: rare[0])) { all, word in
                "\(all) INTERSECT \(CaseFilter.cases(with: word))"
            }
            // No EXISTS, which PostgreSQL would answer by reading all cases with such a word.
            let rest = others.reduce("" as SQL) { all, word in
                """
                \(all) AND (SELECT 1 FROM case_words w
                    WHERE w.case_id = c.case_id AND \(CaseFilter.begins(with: word)) LIMIT 1) = 1
                """
            }
            try add(
                asked.map { "word \($0)" }.joined(separator: ", "),
                "SELECT c.case_id FROM (\(first)) AS c WHERE 1 = 1\(rest)",
                or: holds.dropFirst().reduce(holds[0]) { "\($0) AND \($1)" })
            depth = .p1
        }
        var condition: [SQL] = []
        var way: SQL?
        if let team {
            way = "r.team = \(team)"
            says.append("team \(team)")
        }
        if let owner {
            way = "r.owner = \(owner)"
            says.append("owner \(owner)")
            if let team { condition.append("r.team = \(team)") }
        }
        if let few {
            if let way { condition.append(way) }
            way = few.isEmpty ? "1 = 0" : "r.id IN (\(list: few.sorted()))"
        }
        if let first = parts.first {
            let all = parts.dropFirst().reduce(first) { "\($0) AND \($1)" }
            condition.append("EXISTS (SELECT 1 FROM cases c WHERE c.id = r.id AND \(all))")
        }
        guard !says.isEmpty else { return nil }
        let all = condition.reduce("1 = 1" as SQL) { "\($0) AND \($1)" }
        return RegisterCondition(all, says: says.joined(separator: ", "), depth: depth, way: way)
    }

    /// The most cases that are looked at each for themselves.
    private static let few = 2000
    /// The most places of a word that are counted to see how rare it is.
    private static let often: Int64 = 20_000
    /// How much longer it takes to look for a word in one case than to read one more of the word's cases: measured on both
    /// databases with 100,000 cases, roughly.
    private static let dearer: Int64 = 8
    /// The most words that are counted.
    private static let compared = 6

    /// Some words, parted: those whose cases are few enough to be looked up whole, the rarest first and at least one; and
    /// the others, which are looked for in each case that is left.
    private static func parted(
        _ words: [String], in connection: Connection
    ) throws -> (rare: [String], others: [String]) {
        guard words.count > 1 else { return (words, []) }
        let counted = try words.prefix(compared).map { word -> (word: String, count: Int64) in
            let row = try connection.first(
                """
                SELECT COUNT(*) AS found FROM
                    (SELECT 1 FROM case_words w WHERE \(begins(with: word)) LIMIT \(often)) AS counted
                """)
            return (word, try row?.get("found") ?? 0)
        }
        let ordered = counted.sorted { $0.count < $1.count }
        let most = min(often, ordered[0].count * dearer)
        let rare = ordered.enumerated().filter { $0.offset == 0 || $0.element.count < most }.map(\.element.word)
        return (rare, ordered.dropFirst(rare.count).map(\.word) + words.dropFirst(compared))
    }

    private static func cases(with word: String) -> SQL {
        "SELECT w.case_id FROM case_words w WHERE \(begins(with: word))"
    }

    /// That a word of `case_words w` begins so.
    private static func begins(with word: String) -> SQL {
        let first = Array(word.utf8)
        // No word ends with the last byte that there is, so one more is the first that does not begin with it.
        let beyond = Array(first.dropLast() + [(first.last ?? 0) + 1])
        return "w.word >= \(first) AND w.word < \(beyond)"
    }
}
