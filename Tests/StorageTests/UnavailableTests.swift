import Files
import Foundation
import Kernel
import Storage
import TestDatabases
import Testing

@Suite("Unavailable databases")
struct UnavailableTests {
    static let numbers = TransactionTests.numbers

    private func fault(_ act: () throws -> Void) throws -> String {
        do {
            try act()
            Issue.record("no fault")
            return ""
        } catch StorageError.unavailable(let fault) {
            return fault.description
        }
    }

    private func folder() throws -> String {
        let path = NSTemporaryDirectory() + "concord-odd-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    @Test("A SQLite file that cannot be opened is told by its path and cause")
    func sqlite() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(
            "this is a letter, not a database, and it is long enough to be read as one ".utf8
                + [UInt8](repeating: 65, count: 4096)
        )
        .write(to: URL(fileURLWithPath: "\(folder)/letter"))
        let cases = [
            ("\(folder)/letter", "the file is not a SQLite database"), (folder, "is a directory"),
            ("\(folder)/absent/x.db", "no such file or directory"),
        ]
        for (path, words) in cases {
            let said = try fault { _ = try Database(.sqlite(path: path)) }
            #expect(said.contains(words) && said.contains(path), "\(said)")
        }
        #expect(try fault { _ = try Database(.sqlite(path: "\(folder)/x.db"), makes: false) }.contains("concord init"))
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/x.db"))
    }

    @Test("A new SQLite file and its log are readable by their owner only")
    func privacy() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = try Database(.sqlite(path: "\(folder)/x.db"))
        _ = try Migrator.migrate(database, Self.numbers, at: Instant(milliseconds: 0))
        try database.write { try $0.run("INSERT INTO numbers (n, note) VALUES (1, '')") }
        for name in ["x.db", "x.db-wal", "x.db-shm"] {
            let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }

    @Test("A program without the right to a SQLite file says so")
    func permission() throws {
        let test = try TestDatabase(.sqlite, migrations: KillTests.pairs)
        guard case .sqlite(let path) = test.database.location else { return }
        test.database.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
        // A copy where anybody may run it.
        let writer = FileSystem.parent(of: path) + "/storage-writer"
        try FileManager.default.copyItem(atPath: KillTests.writer, toPath: writer)
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // Root may do anything: the program then runs as nobody.
        process.arguments = getuid() == 0 ? ["setpriv", "--reuid=65534", "--clear-groups", writer] : [writer]
        process.arguments? += ["sqlite:\(path)", "1"]
        process.standardOutput = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(said.contains("The database could not be opened (\(path)): "), "\(said)")
    }

    @Test("A full disk is told as one, and what was kept stays (the file may not grow)")
    func diskFull() throws {
        let test = try TestDatabase(.sqlite, migrations: Self.numbers)
        // SQLite's own limit gives SQLITE_FULL, as a full disk does.
        try test.database.write { try $0.run("INSERT INTO numbers (n, note) VALUES (1, 'kept')") }
        do {
            try test.database.write { connection in
                _ = try connection.rows("PRAGMA max_page_count = 40")
                let long = String(repeating: "x", count: 3000)
                try connection.load(
                    into: "numbers", columns: ["n", "note"], rows: (2...999).map { [.integer($0), .text(long)] })
            }
            Issue.record("not full")
        } catch StorageError.diskFull(let place) {
            #expect(place.hasSuffix("test.db"))
        }
        #expect(try test.database.read { try $0.rows("SELECT n FROM numbers").count } == 1)
        try test.database.write { try $0.run("INSERT INTO numbers (n, note) VALUES (2, 'more')") }
    }

    @Test("A PostgreSQL server that is not there is told without the password")
    func postgreSQL() throws {
        let cluster = try TestCluster.shared()
        let cases = [
            ("postgresql://me:hush@127.0.0.1:1/x", "127.0.0.1:1, database x"),
            ("postgresql://me:hush@/absent?host=\(cluster.folder)", "database absent"),
            ("postgresql://owner@/absent?host=\(cluster.folder)&password=hush", "database absent"),
            ("postgresql://me:hu%sh@127.0.0.1/x", "not a PostgreSQL URL"),
        ]
        for (url, words) in cases {
            let said = try fault { _ = try Database(.postgreSQL(url: url)) }
            #expect(said.contains(words) && !said.contains("hu"), "\(said)")
        }
    }

    @Test("A database that does not keep its texts in UTF-8 is refused")
    func encoding() throws {
        let cluster = try TestCluster.shared()
        try cluster.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
        #expect(try fault { _ = try Database(.postgreSQL(url: cluster.url(of: "latin"))) }.contains("UTF-8"))
    }

    @Test("After the server was started again, the next transaction finds it")
    func restarted() throws {
        let cluster = try TestCluster(isDurable: true)
        let test = try TestDatabase(.postgreSQL, migrations: Self.numbers, cluster: cluster)
        try test.database.write { try $0.run("INSERT INTO numbers (n, note) VALUES (1, '')") }
        #expect(try test.database.read { try $0.rows("SELECT n FROM numbers").count } == 1)
        try cluster.crash()
        try test.database.write { try $0.run("INSERT INTO numbers (n, note) VALUES (2, '')") }
        #expect(try test.database.read { try $0.rows("SELECT n FROM numbers").count } == 2)
        // In the middle of a transaction it is told, once, and nothing is done twice.
        var runs = 0
        let said = try fault {
            try test.database.write { connection in
                runs += 1
                try connection.run("INSERT INTO numbers (n, note) VALUES (3, '')")
                try cluster.crash()
                try connection.run("INSERT INTO numbers (n, note) VALUES (4, '')")
            }
        }
        #expect(said.contains("connection to the database was lost"))
        #expect(runs == 1)
        #expect(try test.database.read { try $0.rows("SELECT n FROM numbers").count } == 2)
        test.remove()
    }

    @Test("More readers than connections wait for their turn", arguments: Engine.allCases)
    func pool(_ engine: Engine) async throws {
        let test = try TestDatabase(engine, migrations: Self.numbers)
        let database = try Database(test.database.location, makes: false, connections: 1)
        defer { database.close() }
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    try database.read { connection in
                        usleep(20_000)
                        return try connection.rows("SELECT n FROM numbers").count
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == [0, 0, 0, 0, 0, 0])
    }

    @Test("An address is a file or a server")
    func addresses() {
        #expect(DatabaseLocation("sqlite:var/x.db") == .sqlite(path: "var/x.db"))
        #expect(DatabaseLocation("postgresql://a@b/c") == .postgreSQL(url: "postgresql://a@b/c"))
        #expect(
            DatabaseLocation("sqlite:") == nil && DatabaseLocation("mysql://x") == nil && DatabaseLocation("") == nil)
    }
}
