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
            let rarest = try CaseFilter.rarest(asked, in: connection)
            let others = asked.indices.filter { $0 != rarest }.reduce("" as SQL) { all, i in
                """
                \(all) AND EXISTS (SELECT 1 FROM case_words w
                    WHERE w.case_id = c.case_id AND \(CaseFilter.begins(with: asked[i])))
                """
            }
            let first: SQL = "SELECT w.case_id FROM case_words w WHERE \(CaseFilter.begins(with: asked[rarest]))"
            try add(
                asked.map { "word \($0)" }.joined(separator: ", "),
                "SELECT c.case_id FROM (\(first)) AS c WHERE 1 = 1\(others)",
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
    /// The most places of a word that are counted to find the rarest.
    private static let often = 5000
    /// The most words of which the rarest is looked for.
    private static let compared = 6

    /// Which of some words the fewest cases have.
    private static func rarest(_ words: [String], in connection: Connection) throws -> Int {
        guard words.count > 1 else { return 0 }
        var rarest = 0
        var fewest = Int64.max
        for (i, word) in words.prefix(compared).enumerated() {
            let row = try connection.first(
                """
                SELECT COUNT(*) AS found FROM
                    (SELECT 1 FROM case_words w WHERE \(begins(with: word)) LIMIT \(often)) AS counted
                """)
            guard let found = try row?.get("found", as: Int64.self), found < fewest else { continue }
            (rarest, fewest) = (i, found)
        }
        return rarest
    }

    /// That a word of `case_words w` begins so.
    private static func begins(with word: String) -> SQL {
        let first = Array(word.utf8)
        // No word ends with the last byte that there is, so one more is the first that does not begin with it.
        let beyond = Array(first.dropLast() + [(first.last ?? 0) + 1])
        return "w.word >= \(first) AND w.word < \(beyond)"
    }
}
