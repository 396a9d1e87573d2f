import Foundation
import Kernel
public import Storage

/// A database for one test, on either engine.
public final class TestDatabase: Sendable {
    /// The engine.
    public let engine: Engine
    /// The database, as the role that serves.
    public let database: Database
    /// The database, as the owner of its tables. The same where the engine knows no roles.
    public let owner: Database
    private let folder: String?

    /// An empty database with these migrations done.
    public init(_ engine: Engine, migrations: [Migration] = []) throws {
        self.engine = engine
        switch engine {
        case .sqlite:
            let folder = NSTemporaryDirectory() + "concord-test-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            self.folder = folder
            owner = try Database(.sqlite(path: "\(folder)/test.db"))
            _ = try Migrator.migrate(owner, migrations, at: Instant(milliseconds: 0))
            database = owner
        case .postgreSQL:
            guard let cluster = TestCluster.shared else { throw TestClusterError.missing }
            folder = nil
            let name = try cluster.makeDatabase()
            owner = try Database(.postgreSQL(url: cluster.url(of: name)))
            _ = try Migrator.migrate(owner, migrations, servingRole: "serving", at: Instant(milliseconds: 0))
            database = try Database(.postgreSQL(url: cluster.url(of: name, as: "serving")))
        }
    }

    deinit { remove() }

    /// Closes it; a file is removed.
    public func remove() {
        database.close()
        owner.close()
        if let folder { try? FileManager.default.removeItem(atPath: folder) }
    }

    /// The engines that can be tested here: both where PostgreSQL is installed.
    public static var engines: [Engine] { TestCluster.shared == nil ? [.sqlite] : Engine.allCases }
}
