import Foundation
import Storage
import TestDatabases
import Testing

@Suite("The write-ahead log of SQLite")
struct CheckpointTests {
    /// A page of 4,096 bytes and more.
    private static let content = [UInt8](repeating: 7, count: 5000)

    private func size(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.size] as? Int)
    }

    private func add(_ ids: Range<Int>, to database: Database) throws {
        try database.write { connection in
            for id in ids {
                try connection.run(
                    "INSERT INTO things (id, content, name) VALUES (\(id.description), \(Self.content), \(id.description))"
                )
            }
        }
    }

    private func path(of database: Database) throws -> String {
        guard case .sqlite(let path) = database.location else { throw StorageError.failed("not SQLite") }
        return path
    }

    @Test("It is copied into the file while the program serves, though a reader is in the middle of its snapshot")
    func copying() throws {
        let test = try TestDatabase(.sqlite, migrations: DatabaseTests.things)
        let path = try path(of: test.database)
        let before = try size(path)
        // Each transaction holds less than a thousand pages, all of them several thousand.
        for first in stride(from: 0, to: 2000, by: 200) { try add(first..<first + 200, to: test.database) }
        for _ in 0..<1000 where try size(path) < before + 1000 * 4096 { usleep(10_000) }
        #expect(try size(path) >= before + 1000 * 4096)

        let count = try test.database.read { connection in
            let first = try connection.first("SELECT COUNT(*) AS found FROM things")?.get("found", as: Int64.self)
            try add(2000..<4000, to: test.database)
            let second = try connection.first("SELECT COUNT(*) AS found FROM things")?.get("found", as: Int64.self)
            #expect(first == second)
            return second
        }
        #expect(count == 2000)
        let after = try test.database.read {
            try $0.first("SELECT COUNT(*) AS found FROM things")?.get("found", as: Int64.self)
        }
        #expect(after == 4000)
        let whole = try test.database.read { try $0.first("PRAGMA integrity_check")?.values.first }
        #expect(whole == .text("ok"))
    }

    @Test("It stays short: what was copied is written over")
    func staying() throws {
        let test = try TestDatabase(.sqlite, migrations: DatabaseTests.things)
        let path = try path(of: test.database)
        // 48,000 pages in all: three times what the log may hold before the writer copies it itself, when it can.
        for first in stride(from: 0, to: 24_000, by: 400) { try add(first..<first + 400, to: test.database) }
        #expect(try size(path + "-wal") < 24_000 * 4200)
    }
}
