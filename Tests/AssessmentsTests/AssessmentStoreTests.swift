import Governance
import Kernel
import Storage
import TestDatabases
import Testing

@testable import Assessments

@Suite("Kept assessments")
struct AssessmentStoreTests {
    @Test("What is kept is read back: version, files and their bytes", arguments: Engine.allCases)
    func kept(engine: Engine) throws {
        let world = try World(engine)
        let version = try world.draft("First")
        try world.test.database.read { connection in
            let found = try AssessmentStore.find(version.id, in: connection)
            #expect(found == version)
            let names = try AssessmentStore.fileNames(of: version.id, in: connection)
            #expect(names.map(\.name) == ["a.csv", "b.json"] && names.map(\.size) == [3, 2])
            let file = try AssessmentStore.file("a.csv", of: version.id, in: connection)
            #expect(file == World.files.first { $0.name == "a.csv" })
            let none = try AssessmentStore.file("c.csv", of: version.id, in: connection)
            #expect(none == nil)
        }
    }

    @Test("Once published, nothing changes it", arguments: Engine.allCases)
    func published(engine: Engine) throws {
        let world = try World(engine)
        let version = try world.draft("First")
        #expect(try world.publish(version, seen: 1))
        let before = try world.find(version)
        #expect(before?.state == .published && before?.rowVersion == 2 && before?.publishedByName == "Leon Barrow")
        #expect(before?.publishedAt == World.now)
        try world.test.database.write { connection in
            let renamed = try AssessmentStore.rename(version.id, seen: 2, to: "Other", in: connection)
            let discarded = try AssessmentStore.discard(version.id, seen: 2, in: connection)
            #expect(!renamed && !discarded)
        }
        #expect(try !world.publish(version, seen: 2))
        #expect(try world.find(version) == before)
    }

    @Test("The database itself refuses to change what is published, and any file", arguments: Engine.allCases)
    func triggers(engine: Engine) throws {
        let world = try World(engine)
        let version = try world.draft("First")
        let draft = try world.draft("Second")
        #expect(try world.publish(version, seen: 1))
        let refused: [SQL] = [
            "UPDATE assessment_versions SET title = 'Other' WHERE id = \(version.id)",
            "UPDATE assessment_versions SET state = 'draft' WHERE id = \(version.id)",
            "DELETE FROM assessment_files WHERE assessment = \(version.id)",
            "UPDATE assessment_files SET name = 'other.csv' WHERE assessment = \(version.id)",
            "UPDATE assessment_files SET name = 'other.csv' WHERE assessment = \(draft.id) AND name = 'a.csv'",
            "DELETE FROM assessment_versions WHERE id = \(version.id)",
        ]
        for statement in refused {
            #expect(throws: StorageError.self, "\(statement)") {
                try world.test.owner.write { _ = try $0.run(statement) }
            }
        }
        // The same statements find their rows: of a draft they are obeyed.
        try world.test.database.write { connection in
            let titled = try connection.run("UPDATE assessment_versions SET title = 'Other' WHERE id = \(draft.id)")
            let discarded = try AssessmentStore.discard(draft.id, seen: 1, in: connection)
            #expect(titled == 1 && discarded)
        }
        #expect(try world.find(draft) == nil)
        #expect(try world.find(version)?.title == "First")
    }

    @Test("Who saw an older state changes nothing", arguments: Engine.allCases)
    func conflicts(engine: Engine) throws {
        let world = try World(engine)
        let version = try world.draft("First")
        try world.test.database.write { connection in
            let isDone = try AssessmentStore.rename(version.id, seen: 1, to: "Better", in: connection)
            #expect(isDone)
        }
        #expect(try !world.publish(version, seen: 1))
        #expect(try world.find(version)?.state == .draft)
        try world.test.database.write { connection in
            let isDone = try AssessmentStore.discard(version.id, seen: 1, in: connection)
            #expect(!isDone)
        }
        // Of two who publish what both saw, the second comes too late.
        #expect(try world.publish(version, seen: 2))
        #expect(try !world.publish(version, seen: 2))
        #expect(try world.find(version)?.title == "Better")
    }

    @Test("Lists go from the newest on, with drafts for those who may see them", arguments: Engine.allCases)
    func lists(engine: Engine) throws {
        let world = try World(engine)
        let versions = try ["One", "Two", "Three"].enumerated().map { try world.draft($1, after: Int64($0)) }
        #expect(try world.test.database.read { try AssessmentStore.latestPublished(in: $0) } == nil)
        #expect(try world.publish(versions[1], seen: 1))
        try world.test.database.read { connection in
            let all = try AssessmentStore.list(drafts: true, limit: 10, in: connection)
            #expect(all.map(\.title) == ["Three", "Two", "One"])
            let open = try AssessmentStore.list(drafts: false, limit: 10, in: connection)
            #expect(open.map(\.title) == ["Two"])
            let rest = try AssessmentStore.list(drafts: true, after: all[0], limit: 1, in: connection)
            #expect(rest.map(\.title) == ["Two"])
            let latest = try AssessmentStore.latestPublished(in: connection)
            #expect(latest?.title == "Two")
        }
    }

    @Test("Nobody publishes their own work, and nothing is published twice")
    func decisions() throws {
        let world = try World(.sqlite)
        var version = try world.draft("First")
        #expect(version.publishing(by: world.publisher.account) == .allowed)
        #expect(version.publishing(by: version.madeBy) != .allowed)
        #expect(version.changing == .allowed)
        version.state = .published
        #expect(version.publishing(by: world.publisher.account) != .allowed)
        #expect(version.changing != .allowed)
    }
}

private final class World: Sendable {
    static let now = Instant(milliseconds: 1_780_304_400_000)
    static let files = [
        AssessmentFile(name: "b.json", mediaType: "application/json", bytes: Array("{}".utf8)),
        AssessmentFile(name: "a.csv", mediaType: "text/csv", bytes: [0x61, 0x00, 0xFF]),
    ]

    let test: TestDatabase
    let publisher: Actor
    private let period: MonthRange

    init(_ engine: Engine) throws {
        test = try TestDatabase(engine, migrations: AssessmentTables.migrations)
        publisher = Actor(
            kind: .person, account: ID(at: World.now), name: "Leon Barrow", agency: try #require(Code("council")))
        let months = try ["2025-04", "2026-03"].map { try #require(Month($0)) }
        period = try #require(MonthRange(from: months[0], to: months[1]))
    }

    deinit { test.remove() }

    func draft(_ title: String, after seconds: Int64 = 0) throws -> AssessmentVersion {
        let now = World.now.advanced(bySeconds: seconds)
        let version = AssessmentVersion(
            id: ID(at: now), title: title, area: "Obbwade", period: period, state: .draft, madeAt: now,
            madeBy: ID(at: now), madeByName: "Asha Nair", digest: "ab", recordsRead: 12, rowVersion: 1)
        try test.database.write { try AssessmentStore.insert(version, files: World.files, in: $0) }
        return version
    }

    func publish(_ version: AssessmentVersion, seen: Int) throws -> Bool {
        try test.database.write {
            try AssessmentStore.publish(version.id, seen: seen, by: publisher, at: World.now, in: $0)
        }
    }

    func find(_ version: AssessmentVersion) throws -> AssessmentVersion? {
        try test.database.read { try AssessmentStore.find(version.id, in: $0) }
    }
}
