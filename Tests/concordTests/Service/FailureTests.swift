import Foundation
import Storage
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// When something is wrong around it, the program says so in one sentence, with what to do, and ends with status 1. Put
/// right, it finds everything as it was.
@Suite("Failures around the program", .serialized)
struct FailureTests {
    private func refuses(
        _ run: Program.Run, _ says: String..., at place: SourceLocation = #_sourceLocation
    ) {
        #expect(run.status == 1, "\(run.status) \(run.errors)", sourceLocation: place)
        #expect(run.errorLines.count == 1 && run.output.isEmpty, "\(run.errors)\(run.output)", sourceLocation: place)
        for word in says { #expect(run.errors.contains(word), "\(run.errors)", sourceLocation: place) }
    }

    /// A made installation with an account, and what its account list says.
    private func made(port: Int = 18_081) throws -> (Installed, String) {
        let installed = try Installed(port: port)
        try installed.make(["--administrator", "a.khan@council.example", "--name", "Amina Khan"])
        return (installed, try installed.run(["account", "list"]).output)
    }

    private func isWhole(_ installed: Installed, _ before: String) throws {
        #expect(try installed.run(["account", "list"]).output == before)
        let verified = try installed.run(["audit", "verify"])
        #expect(verified.status == 0 && verified.output.contains("the audit is whole"), "\(verified.errors)")
    }

    @Test("A wrong configuration")
    func configuration() throws {
        let (installed, before) = try made()
        let good = try #require(FileManager.default.contents(atPath: installed.folder.path("concord.json")))
        try installed.folder.write("{\"web\": {\"port\": 0}}", to: "concord.json")
        refuses(try installed.run(["serve"]), "concord.json", "web.port", "1 to 65535")
        try installed.folder.write("{\"web\": ", to: "concord.json")
        refuses(try installed.run(["serve"]), "concord.json")
        try installed.folder.write("{\"partnership\": \"nowhere\"}", to: "concord.json")
        refuses(try installed.run(["serve"]), "nowhere", "partnership")
        try installed.folder.write([UInt8](good), to: "concord.json")
        try isWhole(installed, before)
    }

    @Test("A database that was never made, and a key that is gone")
    func missing() throws {
        refuses(try Installed().run(["serve"]), "concord init")
        let (installed, before) = try made()
        let (key, other) = (installed.folder.path("data/keys/sealing.key"), installed.folder.path("key"))
        try FileManager.default.moveItem(atPath: key, toPath: other)
        refuses(try installed.run(["serve"]), "sealing.key")
        try FileManager.default.moveItem(atPath: other, toPath: key)
        try isWhole(installed, before)
    }

    @Test("A database file that may not be written")
    func readOnly() throws {
        let (installed, before) = try made()
        var shell = ":"
        if getuid() == 0 {
            // Root may write everything, so the program runs as somebody else here.
            shell = "exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$0\" \"$@\""
        }
        let folder = installed.folder.path
        for (path, mode) in [(folder, 0o755), (folder + "/data", 0o555), (folder + "/data/concord.db", 0o444)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        let run = try installed.run(["account", "link", "a.khan@council.example"], shell: shell)
        if run.errors.contains("Permission denied"), run.errors.contains("setpriv") {
            print("Skipped: the program cannot be reached by another user here.")
        } else {
            refuses(run, "concord.db")
        }
        for (path, mode) in [(folder + "/data", 0o700), (folder + "/data/concord.db", 0o600)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        try isWhole(installed, before)
    }

    @Test("A PostgreSQL server that is down")
    func postgreSQL() throws {
        let installed = try Installed(database: "postgresql://concord@127.0.0.1:1/concord")
        refuses(try installed.run(["serve"]), "127.0.0.1")
        refuses(try installed.run(["init", "--quiet"]), "127.0.0.1")
    }

    @Test("A port that something else uses")
    func port() throws {
        let holder = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(holder) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(holder, $0, length) == 0 && listen(holder, 1) == 0 && getsockname(holder, $0, &length) == 0
            }
        }
        try #require(bound)
        let number = Int(UInt16(bigEndian: address.sin_port))
        let (installed, before) = try made(port: number)
        refuses(try installed.run(["serve"]), "\(number)")
        try isWhole(installed, before)
    }

    @Test("A disk that is full")
    func fullDisk() throws {
        // A file may grow no further: to the program the same as a full disk.
        let installed = try Installed()
        refuses(try installed.run(["init", "--quiet"], shell: "ulimit -f 8"), "full")
        try installed.make(["--administrator", "a.khan@council.example", "--name", "Amina Khan"])
        let before = try installed.run(["account", "list"]).output
        #expect(before.contains("a.khan@council.example"))
        refuses(try installed.run(["account", "link", "a.khan@council.example"], shell: "ulimit -f 1"), "full")
        try isWhole(installed, before)
    }

    @Test("A database that a newer program made")
    func newer() throws {
        let (installed, before) = try made()
        let path = installed.folder.path("data/concord.db")
        try change(path, "INSERT INTO migrations (number, name, digest, applied_at) VALUES (99999, 'later', 'x', 0)")
        for command in ["serve", "migrate"] {
            refuses(try installed.run([command]), "newer")
        }
        try change(path, "DELETE FROM migrations WHERE number = 99999")
        try isWhole(installed, before)
    }

    private func change(_ path: String, _ text: String) throws {
        let database = try Database(.sqlite(path: path), makes: false)
        defer { database.close() }
        _ = try database.write { try $0.run(SQL(unsafe: text, [])) }
    }
}
