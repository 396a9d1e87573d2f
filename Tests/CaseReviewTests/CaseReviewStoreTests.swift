import Casework
import Files
import Foundation
import Governance
import Kernel
import People
import Rules
import Storage
import TestDatabases
import Testing

@testable import CaseReview

/// Figures' tables of a test's own, with two strategy leads, a member and the roles that they need.
private struct World {
    let database: Database
    let store: CaseReviewStore
    private let test: TestDatabase

    /// 1 June 2026, 10:00 in London.
    static let now = Instant(milliseconds: 1_780_304_400_000)

    init(_ engine: Engine) throws {
        test = try TestDatabase(
            engine,
            migrations: AuditTables.migrations + AccountTables.migrations + RegisterTables.migrations
                + PeopleTables.migrations
                + CaseTables.migrations + CaseReviewTables.migrations)
        database = test.database
        let text = """
            {"name": "Roles", "version": "t1", "roles": [
              {"code": "member", "name": "Member", "purpose": "Reads", "permissions": [
                {"records": ["plan"], "actions": ["read"], "reach": ["partnership"], "highest": "P0"}]},
              {"code": "analyst", "name": "Analyst", "purpose": "Computes", "permissions": [
                {"records": ["case-review-figures"], "actions": ["read", "create"], "reach": ["partnership"],
                 "highest": "P0"}]},
              {"code": "strategy-lead", "name": "Strategy lead", "purpose": "Publishes", "permissions": [
                {"records": ["case-review-figures"], "actions": ["read", "create", "publish"],
                 "reach": ["partnership"], "highest": "P0"}]}]}
            """
        store = CaseReviewStore(
            roles: try RoleCatalogue(DefinitionFile(bytes: Array(text.utf8), path: "roles.json")))
    }

    func occasion(_ number: Int, _ role: String, at now: Instant = World.now) throws -> Occasion {
        Occasion(
            Actor(
                kind: .person, account: try id(number), name: "Worker \(number)", agency: try word("council"),
                roles: [try word(role)]), at: now, request: "req")
    }

    func figures(_ table: String, _ inYear: String = "2025-06-01") throws -> CaseReviewFigures {
        CaseReviewFigures(
            try applications(table), in: try CaseReviewYear(containing: day(inYear), Shipped.rules()))
    }

    func prepare(_ figures: CaseReviewFigures, at now: Instant = World.now) throws -> CaseReviewStatement {
        try database.write { try store.prepare(figures, on: occasion(1, "analyst", at: now), in: $0).get() }
    }

    func publish(
        _ statement: CaseReviewStatement, _ number: Int = 2, _ role: String = "strategy-lead",
        correction: String? = nil, at now: Instant = World.now
    ) throws -> Result<CaseReviewStatement, CaseReviewRefusal> {
        try database.write {
            try store.publish(statement.id, correction: correction, on: occasion(number, role, at: now), in: $0)
        }
    }

    func published() throws -> [CaseReviewStatement] {
        try database.read { try CaseReviewStore.published(in: $0) }
    }

    func audit() throws -> [String] {
        try database.read {
            try $0.rows("SELECT act, outcome, code, object_kind FROM audit_entries ORDER BY seq").map { row in
                try ["act", "outcome", "code", "object_kind"].map { try row.optional($0, as: String.self) ?? "-" }
                    .joined(separator: "|")
            }
        }
    }
}

@Suite("Publishing the yearly figures", .serialized)
struct CaseReviewStoreTests {
    private let table = """
        2025-04-01 2025-04-12 met-reviewed + recommendations
        2025-09-20 2025-10-02 not-met-discretionary-review
        2026-03-31 2026-04-09 withdrawn
        """

    @Test(
        "Figures are kept as computed, approved by name by someone else, and then read by everyone",
        arguments: [
            Engine.sqlite, .postgreSQL,
        ])
    func publish(engine: Engine) throws {
        let world = try World(engine)
        let figures = try world.figures(table)
        let statement = try world.prepare(figures)
        #expect(statement.figures == figures && statement.publication == nil)
        #expect(try world.published().isEmpty)
        let published = try world.publish(statement).get()
        #expect(published.publication?.byName == "Worker 2" && published.publication?.version == 1)
        #expect(published.publication?.at == World.now && published.madeByName == "Worker 1")
        #expect(try world.published() == [published])
        #expect(published.figures == figures && published.reconciliation == figures.reconciliation)
        #expect(published.method == "Applications received from 1 April 2025 to 31 March 2026.")
        #expect(
            try world.audit() == [
                "create|permit|-|case-review-figures", "publish|permit|-|case-review-figures",
            ])
    }

    @Test(
        "What is published cannot be changed or removed, not even in the tables",
        arguments: [
            Engine.sqlite, .postgreSQL,
        ])
    func frozen(engine: Engine) throws {
        let world = try World(engine)
        let statement = try world.publish(world.prepare(world.figures(table))).get()
        let attempts: [SQL] = [
            "UPDATE case_review_figures SET not_met = 0", "DELETE FROM case_review_figures",
            "UPDATE case_review_publications SET approved_by_name = 'Nobody'", "DELETE FROM case_review_publications",
        ]
        for attempt in attempts {
            #expect(throws: StorageError.self, "\(attempt.text)") { try world.database.write { try $0.run(attempt) } }
        }
        #expect(try world.publish(statement, 3) == .failure(.published))
        #expect(try world.published() == [statement])
    }

    @Test(
        "A correction is a new version that says what it corrects, and the old one stays",
        arguments: [
            Engine.sqlite, .postgreSQL,
        ])
    func correction(engine: Engine) throws {
        let world = try World(engine)
        let first = try world.prepare(world.figures(table))
        #expect(try world.publish(first, correction: "A slip") == .failure(.nothingToCorrect))
        _ = try world.publish(first).get()
        let later = World.now.advanced(bySeconds: 86_400)
        let second = try world.prepare(
            world.figures(table + "\n2025-12-01 2025-12-10 not-met"), at: later)
        #expect(try world.publish(second, at: later) == .failure(.correctionNeeded))
        #expect(try world.publish(second, correction: "  ", at: later) == .failure(.correctionNeeded))
        let why = "An application of December 2025 was found in another mailbox."
        let corrected = try world.publish(second, correction: why, at: later).get()
        #expect(corrected.publication?.version == 2 && corrected.publication?.correction == why)
        #expect(try world.published().map(\.figures.applications) == [4, 3])
        // Another year begins with version 1 again.
        let other = try world.publish(world.prepare(world.figures("", "2024-06-01"), at: later), at: later).get()
        #expect(other.publication?.version == 1)
        #expect(try world.published().map(\.figures.year.name) == ["2025/26", "2025/26", "2024/25"])
    }

    @Test(
        "Nobody approves their own figures, and who may do nothing with figures does not learn of them",
        arguments: [
            Engine.sqlite, .postgreSQL,
        ])
    func refused(engine: Engine) throws {
        let world = try World(engine)
        let statement = try world.prepare(world.figures(table))
        #expect(try world.publish(statement, 1) == .failure(.denied(.ownWork)))
        #expect(try world.publish(statement, 2, "member") == .failure(.absent))
        #expect(try world.publish(statement, 2, "analyst") == .failure(.denied(.noPermission)))
        func read(_ statement: ID<CaseReviewStatement>, _ role: String) throws -> Result<
            CaseReviewStatement, CaseReviewRefusal
        > {
            try world.database.write { try world.store.read(statement, on: world.occasion(2, role), in: $0) }
        }
        #expect(try read(statement.id, "analyst") == .success(statement))
        #expect(try read(statement.id, "member") == .failure(.absent))
        #expect(try read(id(77), "member") == .failure(.absent))
        #expect(try read(id(77), "analyst") == .failure(.absent))
        let prepared = try world.database.write {
            try world.store.prepare(statement.figures, on: world.occasion(2, "member"), in: $0)
        }
        #expect(prepared == .failure(.denied(.noPermission)))
        #expect(try world.published().isEmpty)
        let denied = "denied|deny|no-permission|case-review-figures"
        #expect(
            try world.audit() == [
                "create|permit|-|case-review-figures", "denied|deny|own-work|case-review-figures", denied, denied,
                "read|permit|-|case-review-figures", denied, denied, denied,
            ])
    }

    @Test(
        "Figures are computed and published when their year is over",
        arguments: [
            Engine.sqlite, .postgreSQL,
        ])
    func yearNotOver(engine: Engine) throws {
        let world = try World(engine)
        // 31 March 2026, 23:30 in London, is 22:30 by UTC; half an hour later the year is over.
        let last = try day("2026-04-01").startInUK
        let before = last.advanced(bySeconds: -1800)
        let early = try world.prepare(world.figures(table), at: before)
        #expect(try world.publish(early, at: before) == .failure(.yearNotOver(day("2026-03-31"))))
        // Applications of the last half hour are not among them.
        #expect(try world.publish(early, at: last) == .failure(.computedEarly(day("2026-03-31"))))
        let statement = try world.prepare(world.figures(table), at: last)
        #expect(try world.publish(statement, at: last).get().publication?.version == 1)
    }

    @Test("Figures are due when more than twelve months have passed since the last")
    func due() throws {
        let rules = try Shipped.rules()
        func warning(_ last: String?, _ today: String) throws -> String? {
            try CaseReviewStatement.warning(
                lastPublishedOn: last.map { try day($0) }, today: day(today), rules)
        }
        #expect(try warning("2025-06-01", "2026-06-01") == nil)
        #expect(
            try warning("2025-06-01", "2026-06-02")
                == "Figures about case reviews were last published on 1 June 2025. They are due every 12 months.")
        #expect(try warning(nil, "2026-06-02")?.contains("have been published yet") == true)
    }
}
