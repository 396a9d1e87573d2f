import Foundation
import Kernel
public import Storage
import Synchronization

/// A PostgreSQL cluster of this test process, on a socket in a temporary folder. It is stopped and removed when the
/// process ends, however it ends: a shell watches a pipe that only this process holds open.
public final class TestCluster: Sendable {
    /// The cluster that all tests of the process share, made when the first asks. It does not wait for the disk.
    /// - Throws: `TestClusterError`.
    public static func shared() throws -> TestCluster { try made.get() }

    private static let made = Result { try TestCluster(isDurable: false) }

    /// The folder of its socket.
    public let folder: String
    private let count = Atomic<Int>(0)
    private let templates = Mutex<[String: String]>([:])
    private let shell: Mutex<Shell>

    private struct Shell {
        let input: FileHandle
        let output: FileHandle
    }

    /// A cluster of its own.
    /// - Parameter isDurable: what was committed is on the disk, as in service.
    /// - Throws: `TestClusterError`.
    public init(isDurable: Bool) throws {
        let installed = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql"))?.compactMap(
            Int.init)
        guard let version = installed?.max() else { throw TestClusterError.missing }
        // The path of a socket has at most 107 bytes.
        let temporary = NSTemporaryDirectory().utf8.count < 60 ? NSTemporaryDirectory() : "/tmp/"
        folder = temporary + "concord-postgresql-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [
            "-c", TestCluster.script, "test-cluster", folder, "/usr/lib/postgresql/\(version)/bin",
            isDurable ? "" : "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
        ]
        let input = Pipe()
        let output = Pipe()
        for handle in [input.fileHandleForWriting, output.fileHandleForReading] {
            _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
        }
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        shell = Mutex(Shell(input: input.fileHandleForWriting, output: output.fileHandleForReading))
        try awaitReady()
    }

    /// Arguments: folder, programs, settings. Commands on standard input: `crash`. When the input ends, so does the cluster.
    private static let script = """
        set -e
        folder=$1 bin=$2 settings=$3 as=""
        mkdir -m 700 "$folder"
        if [ "$(id -u)" = 0 ]; then
          chown postgres "$folder"; as="setpriv --reuid=postgres --regid=postgres --init-groups"
        fi
        cd "$folder"
        trap 'cd /; $as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
        $as "$bin/initdb" -D "$folder/data" -U owner --auth=trust --no-sync -E UTF8 --locale=C >/dev/null
        start() {
          $as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-c listen_addresses='' -k $folder \
            -c max_connections=200 -c shared_buffers=32MB -c autovacuum=off $settings" start >/dev/null
        }
        start
        chmod 755 "$folder"
        "$bin/psql" -q -h "$folder" -U owner -d postgres -c "CREATE ROLE serving LOGIN"
        echo ready
        while read -r command; do
          [ "$command" = crash ]
          $as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null
          start
          echo ready
        done
        """

    private func awaitReady() throws {
        try shell.withLock { shell in
            var said: [UInt8] = []
            while said.last != UInt8(ascii: "\n") {
                let more = shell.output.availableData
                guard !more.isEmpty else { throw TestClusterError.notStarted }
                said += more
            }
        }
    }

    /// Stops the server at once, without a checkpoint, and starts it again.
    public func crash() throws {
        shell.withLock { $0.input.write(Data("crash\n".utf8)) }
        try awaitReady()
    }

    /// A new database.
    /// - Parameter migrations: are done in it; a template is kept for each list.
    /// - Returns: its name.
    public func makeDatabase(migrations: [Migration] = []) throws -> String {
        let template = try templates.withLock { templates in
            let key = migrations.map { "\($0.number) \(Migrator.digest(of: $0))" }.joined(separator: "\n")
            if let known = templates[key] { return known }
            let name = "model\(templates.count)"
            try execute("CREATE DATABASE \(name)")
            let owner = try Database(.postgreSQL(url: url(of: name)))
            defer { owner.close() }
            _ = try Migrator.migrate(owner, migrations, servingRole: "serving", at: .init(milliseconds: 0))
            templates[key] = name
            return name
        }
        let name = "t\(count.add(1, ordering: .relaxed).newValue)"
        try execute("CREATE DATABASE \(name) TEMPLATE \(template)")
        return name
    }

    /// A new database in which nothing was done, not even by `Migrator`.
    /// - Returns: its name.
    public func makeEmptyDatabase() throws -> String {
        let name = "t\(count.add(1, ordering: .relaxed).newValue)"
        try execute("CREATE DATABASE \(name)")
        return name
    }

    /// Runs a statement as the cluster's owner, outside any transaction.
    public func execute(_ statement: String, in name: String = "postgres") throws {
        try Database.execute(statement, at: url(of: name))
    }

    /// The address of a database, as its owner or as the role that serves.
    public func url(of name: String, as role: String = "owner") -> String {
        "postgresql://\(role)@/\(name)?host=\(folder)"
    }
}

/// Why there is no cluster.
public enum TestClusterError: Error, CustomStringConvertible {
    /// PostgreSQL is not installed.
    case missing
    /// It did not start.
    case notStarted

    /// One sentence.
    public var description: String {
        switch self {
        case .missing: "The tests need PostgreSQL: install Debian's package postgresql (Scripts/set-up does)."
        case .notStarted: "The tests' PostgreSQL cluster did not start."
        }
    }
}
