import Foundation
import Kernel
public import Storage
import Synchronization

/// A database for one test, on either engine. Made from a template, so that migrations run once a process.
public final class TestDatabase: Sendable {
    /// The engine.
    public let engine: Engine
    /// The database, as the role that serves.
    public let database: Database
    /// The database, as the owner of its tables. The same where the engine knows no roles.
    public let owner: Database
    /// A folder for files of the test, removed with the database.
    public let folder: String
    private let name: String?
    private let cluster: TestCluster?

    /// A database with these migrations done.
    /// - Parameter cluster: for PostgreSQL; the shared one when nil.
    public init(_ engine: Engine, migrations: [Migration] = [], cluster: TestCluster? = nil) throws {
        self.engine = engine
        folder = try TestDatabase.makeFolder()
        switch engine {
        case .sqlite:
            (name, self.cluster) = (nil, nil)
            try TestDatabase.template(migrations).write(to: URL(fileURLWithPath: "\(folder)/test.db"))
            owner = try Database(.sqlite(path: "\(folder)/test.db"), makes: false, isDurable: false)
            database = owner
        case .postgreSQL:
            let cluster = try cluster ?? TestCluster.shared()
            let name = try cluster.makeDatabase(migrations: migrations)
            (self.name, self.cluster) = (name, cluster)
            owner = try Database(.postgreSQL(url: cluster.url(of: name)))
            database = try Database(.postgreSQL(url: cluster.url(of: name, as: "serving")))
        }
    }

    /// A database in which nothing was done, not even by `Migrator`: to restore into.
    public init(empty engine: Engine) throws {
        self.engine = engine
        folder = try TestDatabase.makeFolder()
        switch engine {
        case .sqlite:
            (name, cluster) = (nil, nil)
            owner = try Database(.sqlite(path: "\(folder)/test.db"), makes: true, isDurable: false)
            database = owner
        case .postgreSQL:
            let cluster = try TestCluster.shared()
            let name = try cluster.makeEmptyDatabase()
            (self.name, self.cluster) = (name, cluster)
            owner = try Database(.postgreSQL(url: cluster.url(of: name)))
            database = try Database(.postgreSQL(url: cluster.url(of: name, as: "serving")))
        }
    }

    deinit { remove() }

    /// The address for `database.address` in `concord.json`, as the role that serves.
    public var address: String { TestDatabase.address(of: database.location) }

    /// The same as the owner of the tables, who may migrate.
    public var ownerAddress: String { TestDatabase.address(of: owner.location) }

    private static func address(of location: DatabaseLocation) -> String {
        switch location {
        case .sqlite(let path): "sqlite:\(path)"
        case .postgreSQL(let url): url
        }
    }

    /// Closes and removes it.
    public func remove() {
        database.close()
        owner.close()
        try? FileManager.default.removeItem(atPath: folder)
        if let cluster, let name { try? cluster.execute("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
    }

    /// The engines that every test of a store runs on.
    public static var engines: [Engine] { Engine.allCases }

    /// Runs a test on a new database of each engine.
    public static func each(migrations: [Migration], _ body: (TestDatabase) throws -> Void) throws {
        for engine in engines {
            let test = try TestDatabase(engine, migrations: migrations)
            defer { test.remove() }
            try body(test)
        }
    }

    private static let templates = Mutex<[String: Data]>([:])

    private static func makeFolder() throws -> String {
        let folder = NSTemporaryDirectory() + "concord-test-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    /// The bytes of a SQLite file with these migrations done.
    private static func template(_ migrations: [Migration]) throws -> Data {
        try templates.withLock { templates in
            let key = migrations.map { "\($0.number) \(Migrator.digest(of: $0))" }.joined(separator: "\n")
            if let known = templates[key] { return known }
            let folder = try makeFolder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let database = try Database(.sqlite(path: "\(folder)/test.db"), makes: true, isDurable: false)
            _ = try Migrator.migrate(database, migrations, at: .init(milliseconds: 0))
            // The last connection to close writes the log into the file.
            database.close()
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/test.db"))
            templates[key] = bytes
            return bytes
        }
    }
}
