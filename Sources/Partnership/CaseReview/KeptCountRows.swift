internal import Casework
internal import Governance
internal import Kernel
internal import Storage

/// How kept counts lie in their tables. Nothing here asks who may see them.
enum KeptCountRows {
    static func insert(_ kept: KeptCaseReviewCount, _ id: ID<CaseRecord>, in connection: Connection) throws {
        try connection.run(
            """
            INSERT INTO case_review_counts (id, case_id, ordinal, applied_on, counted, reporters, has_hate, tests,
                made_at, made_by, made_by_name, made_by_agency)
            VALUES (\(kept.id), \(id),
                (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM case_review_counts WHERE case_id = \(id)),
                \(kept.appliedOn), \(kept.count), \(kept.reporters), \(kept.hasHateIncident ? 1 : 0),
                \(kept.tests.map(\.rawValue).joined(separator: " ")), \(kept.madeAt), \(kept.madeBy),
                \(kept.madeByName), \(kept.agency))
            """)
        for (i, item) in kept.items.enumerated() {
            try connection.run(
                """
                INSERT INTO case_review_count_items (count_id, ordinal, complaint, made_on, made_to, counts, says)
                VALUES (\(kept.id), \(i), \(item.complaint), \(item.madeOn), \(item.madeTo), \(item.counts ? 1 : 0),
                    \(item.says))
                """)
        }
        for (i, rule) in kept.rules.enumerated() {
            try connection.run(
                """
                INSERT INTO case_review_count_rules (count_id, ordinal, rule, rule_from, name, says, source)
                VALUES (\(kept.id), \(i), \(rule.key), \(rule.from), \(rule.name), \(rule.says), \(rule.source))
                """)
        }
    }

    /// The counts of a case, the oldest first.
    static func counts(_ id: ID<CaseRecord>, in connection: Connection) throws -> [KeptCaseReviewCount] {
        let items = try items(id, in: connection)
        let rules = try rules(id, in: connection)
        return try connection.rows(
            """
            SELECT id, applied_on, counted, reporters, has_hate, tests, made_at, made_by, made_by_name, made_by_agency
            FROM case_review_counts WHERE case_id = \(id) ORDER BY ordinal
            """
        ).map { row in
            let count: ID<KeptCaseReviewCount> = try row.get("id")
            let tests = try row.get("tests", as: String.self).split(separator: " ")
            return KeptCaseReviewCount(
                id: count, appliedOn: try row.get("applied_on"), count: try row.get("counted"),
                reporters: try row.get("reporters"), hasHateIncident: try row.get("has_hate", as: Int.self) == 1,
                tests: tests.compactMap { CaseReviewThreshold.Test(rawValue: String($0)) },
                items: items[count] ?? [], rules: rules[count] ?? [], madeAt: try row.get("made_at"),
                madeBy: try row.get("made_by"), madeByName: try row.get("made_by_name"),
                agency: try row.get("made_by_agency"))
        }
    }

    private static func items(
        _ id: ID<CaseRecord>, in connection: Connection
    ) throws -> [ID<KeptCaseReviewCount>: [KeptCaseReviewCount.Item]] {
        var items: [ID<KeptCaseReviewCount>: [KeptCaseReviewCount.Item]] = [:]
        for row in try connection.rows(
            """
            SELECT i.count_id, i.complaint, i.made_on, i.made_to, i.counts, i.says
            FROM case_review_count_items i JOIN case_review_counts c ON c.id = i.count_id
            WHERE c.case_id = \(id) ORDER BY i.count_id, i.ordinal
            """)
        {
            items[try row.get("count_id"), default: []].append(
                .init(
                    complaint: try row.get("complaint"), madeOn: try row.get("made_on"),
                    madeTo: try row.get("made_to"), counts: try row.get("counts", as: Int.self) == 1,
                    says: try row.get("says")))
        }
        return items
    }

    private static func rules(
        _ id: ID<CaseRecord>, in connection: Connection
    ) throws -> [ID<KeptCaseReviewCount>: [KeptCaseReviewCount.Rule]] {
        var rules: [ID<KeptCaseReviewCount>: [KeptCaseReviewCount.Rule]] = [:]
        for row in try connection.rows(
            """
            SELECT r.count_id, r.rule, r.rule_from, r.name, r.says, r.source
            FROM case_review_count_rules r JOIN case_review_counts c ON c.id = r.count_id
            WHERE c.case_id = \(id) ORDER BY r.count_id, r.ordinal
            """)
        {
            rules[try row.get("count_id"), default: []].append(
                .init(
                    key: try row.get("rule"), from: try row.get("rule_from"), name: try row.get("name"),
                    says: try row.get("says"), source: try row.get("source")))
        }
        return rules
    }
}
