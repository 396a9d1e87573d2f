import Foundation
import Testing

/// An installation of the service in a folder of its own, made by `concord init`.
struct Installed {
    let folder: TemporaryFolder

    /// A folder with a configuration; `make()` makes the rest.
    /// - Parameter more: further members of the configuration.
    init(port: Int = 18_080, database: String? = nil, _ more: [String: Any] = [:]) throws {
        folder = try TemporaryFolder()
        var members: [String: Any] = [
            "partnership": "demo", "data": "data", "web": ["listen": "127.0.0.1", "port": port],
        ]
        if let database { members["database"] = ["address": database] }
        for (name, value) in more { members[name] = value }
        try folder.write([UInt8](JSONSerialization.data(withJSONObject: members)), to: "concord.json")
        try folder.write("correct horse battery staple\n", to: "breached.txt")
    }

    /// Makes keys and database.
    @discardableResult
    func make(_ more: [String] = []) throws -> Program.Run {
        let run = try run(["init"] + more)
        try #require(run.status == 0, "\(run.errors)")
        return run
    }

    /// Runs a command of the service. It is ended after a minute.
    func run(
        _ command: [String], definitions: String = Program.root + "/Definitions", shell: String = ":"
    ) throws -> Program.Run {
        try Program.run(
            command + ["--config", folder.path("concord.json"), "--definitions", definitions],
            shell:
                "export CONCORD_BREACHED_PASSWORDS='\(folder.path("breached.txt"))'; \(shell); exec timeout 60 \"$0\" \"$@\""
        )
    }

    /// The lines of the audit: an entry each.
    func audit() throws -> [String] {
        let export = try run(["audit", "export", folder.path("audit.jsonl"), "--reason", "Test"])
        try #require(export.status == 0, "\(export.errors)")
        let bytes = FileManager.default.contents(atPath: folder.path("audit.jsonl"))
        let text = String(decoding: bytes ?? Data(), as: UTF8.self)
        try? FileManager.default.removeItem(atPath: folder.path("audit.jsonl"))
        return text.split(separator: "\n").map(String.init)
    }
}
