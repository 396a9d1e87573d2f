import Foundation
import Kernel
import Synchronization

/// A PostgreSQL cluster of this test process: made when a test first asks, on a socket in a temporary folder, and
/// removed when the process ends, however it ends.
public final class TestCluster: Sendable {
    /// The cluster, or nil with a message where PostgreSQL is not installed.
    public static let shared: TestCluster? = try? TestCluster()

    /// The folder of its socket.
    public let folder: String
    private let count = Atomic<Int>(0)

    private init() throws {
        let programs = try FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql").sorted()
        guard let version = programs.last else { throw TestClusterError.missing }
        let bin = "/usr/lib/postgresql/\(version)/bin"
        folder = NSTemporaryDirectory() + "concord-postgresql-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        // The shell outlives this process by a moment: when its standard input ends, it stops the cluster and cleans up.
        let script = """
            set -e
            as=""
            mkdir -m 700 "\(folder)"
            if [ "$(id -u)" = 0 ]; then
              chown postgres "\(folder)"; as="setpriv --reuid=postgres --regid=postgres --clear-groups"
            fi
            cd "\(folder)"
            trap '$as "\(bin)/pg_ctl" -D "\(folder)/data" -m immediate stop >/dev/null 2>&1; rm -rf "\(folder)"' EXIT
            $as "\(bin)/initdb" -D "\(folder)/data" -U owner --auth=trust --no-sync -E UTF8 --locale=C >/dev/null
            $as "\(bin)/pg_ctl" -D "\(folder)/data" -w -l "\(folder)/log" -o "-c listen_addresses='' -k \(folder) \
            -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" start >/dev/null
            chmod 755 "\(folder)"
            "\(bin)/psql" -q -h "\(folder)" -U owner -d postgres -c "CREATE ROLE serving LOGIN"
            echo ready
            cat >/dev/null
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", script]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        // Its own session, so that an interrupt at the terminal does not end it before it has cleaned up.
        try process.run()
        TestCluster.keep.withLock { $0.append((process, input)) }
        let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard said.contains("ready") else { throw TestClusterError.notStarted }
    }

    private static let keep = Mutex<[(Process, Pipe)]>([])

    /// A new, empty database.
    /// - Returns: its name.
    public func makeDatabase() throws -> String {
        let name = "t\(count.add(1, ordering: .relaxed).newValue)"
        try psql("CREATE DATABASE \(name)")
        return name
    }

    /// Runs SQL as the cluster's owner.
    public func psql(_ sql: String, database: String = "postgres") throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", folder, "-U", "owner", "-d", database, "-c", sql,
        ]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw TestClusterError.notStarted }
    }

    /// The address of a database, as its owner or as the role that serves.
    public func url(of name: String, as role: String = "owner") -> String {
        "postgresql://\(role)@/\(name)?host=\(folder)"
    }
}

/// Why there is no cluster.
public enum TestClusterError: Error {
    /// PostgreSQL is not installed.
    case missing
    /// It did not start, or a statement failed.
    case notStarted
}
