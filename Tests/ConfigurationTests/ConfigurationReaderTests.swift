import Foundation
import Kernel
import Testing

@testable import Configuration

@Suite("Reading the configuration")
struct ConfigurationReaderTests {
    /// Reads a file of that text.
    private func read(
        _ text: String, _ environment: [String: String] = [:]
    ) throws -> (configuration: Configuration, faults: [Fault], folder: String) {
        let folder = NSTemporaryDirectory() + "concord-configuration-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/concord.json"))
        let (configuration, faults) = ConfigurationReader.read(
            path: "\(folder)/concord.json", environment: environment)
        return (configuration, faults, folder)
    }

    @Test("No file and an empty file say the same: the demo partnership on this machine")
    func defaults() throws {
        let (none, faults) = ConfigurationReader.read(path: nil, environment: [:])
        #expect(none == Configuration() && faults.isEmpty)
        let empty = try read("{}")
        #expect(empty.configuration == Configuration() && empty.faults.isEmpty)
        #expect(none.databaseAddress == "sqlite:var/concord.db" && none.publicAddress == "http://127.0.0.1:8080")
    }

    @Test("Every member is read, and paths are relative to the file")
    func members() throws {
        let read = try read(
            """
            {"partnership": "obb", "data": "kept", "keys": "/k", "notes": "mine",
             "database": {"address": "sqlite:a.db", "owner": "postgresql://owner@/x"},
             "web": {"listen": "0.0.0.0", "port": 9000, "publicAddress": "https://c.example", "threads": 3,
                     "trustedProxies": ["10.0.0.1"]},
             "sessions": {"idleMinutes": 5, "absoluteHours": 24},
             "attachments": {"largestMegabytes": 40, "scanner": ["/bin/true", "--stream"]},
             "mail": {"host": "smtp.example", "from": "a@c.example"},
             "signIn": {"openIDConnect": [{"name": "City", "issuer": "https://id.example", "clientID": "c"}]},
             "map": {"tiles": "/tiles"}}
            """)
        #expect(read.faults.isEmpty)
        let found = read.configuration
        #expect(found.partnership == "obb" && found.data == "\(read.folder)/kept" && found.keys == "/k")
        #expect(found.auditAnchors == "\(read.folder)/kept/anchors/audit.txt")
        #expect(found.database.address == "sqlite:\(read.folder)/a.db")
        #expect(found.database.owner == "postgresql://owner@/x")
        #expect(found.web.listen == "0.0.0.0" && found.web.port == 9000 && found.web.threads == 3)
        #expect(found.web.trustedProxies == ["10.0.0.1"] && found.isSecure)
        #expect(found.sessions.idleMinutes == 5 && found.sessions.absoluteHours == 24)
        #expect(found.attachments.largestMegabytes == 40)
        #expect(found.attachments.scanner == ["/bin/true", "--stream"])
        #expect(found.mail?.port == 587 && found.mail?.host == "smtp.example")
        #expect(found.providers.map(\.slug) == ["city"] && found.mapTiles == "/tiles")
    }

    struct Wrong: CustomTestStringConvertible, Sendable {
        let text: String
        let path: String
        let says: String
        var testDescription: String { "\(path): \(says)" }

        init(_ text: String, _ path: String, _ says: String) {
            self.text = text
            self.path = path
            self.says = says
        }
    }

    static let wrong: [Wrong] = [
        Wrong(#"{"partnreship": "x"}"#, "partnreship", "there is no such member"),
        Wrong(#"{"partnership": 3}"#, "partnership", "text in double quotes"),
        Wrong(#"{"evidence": "absent.json"}"#, "evidence", "there is no file"),
        Wrong(#"{"database": {"address": "mysql:x"}}"#, "database.address", "no address of a database"),
        Wrong(#"{"database": {"owner": "sqlite:"}}"#, "database.owner", "no address of a database"),
        Wrong(#"{"web": {"port": 0}}"#, "web.port", "1 to 65535"),
        Wrong(#"{"web": {"port": 65536}}"#, "web.port", "1 to 65535"),
        Wrong(#"{"web": {"publicAddress": "c.example"}}"#, "web.publicAddress", "a scheme and a host"),
        Wrong(#"{"web": {"publicAddress": "https://c.example/x"}}"#, "web.publicAddress", "no path"),
        Wrong(#"{"web": {"threads": 257}}"#, "web.threads", "1 to 256"),
        Wrong(#"{"sessions": {"idleMinutes": 4}}"#, "sessions.idleMinutes", "5 to 480"),
        Wrong(#"{"sessions": {"absoluteHours": 25}}"#, "sessions.absoluteHours", "1 to 24"),
        Wrong(#"{"attachments": {"largestMegabytes": 201}}"#, "attachments.largestMegabytes", "1 to 200"),
        Wrong(#"{"attachments": {"scanner": ["clamdscan"]}}"#, "attachments.scanner", "whole path"),
        Wrong(#"{"mail": {"host": "h", "from": "nobody"}}"#, "mail.from", "e-mail address"),
        Wrong(#"{"mail": {"host": "h", "from": "a@b", "port": 0}}"#, "mail.port", "1 to 65535"),
        Wrong(
            #"{"signIn": {"openIDConnect": [{"name": "A", "issuer": "http://id.example", "clientID": "c"}]}}"#,
            "issuer", "https://"),
        Wrong(
            #"{"signIn": {"openIDConnect": [{"name": "--", "issuer": "https://id.example", "clientID": "c"}]}}"#,
            "name", "a name of its own"),
        Wrong(#"{"map": {"tiles": "http://tiles.example"}}"#, "map.tiles", "https://"),
    ]

    @Test("A fault names the file, the path in it, and what to do", arguments: wrong)
    func fault(_ wrong: Wrong) throws {
        let read = try read(wrong.text)
        #expect(read.faults.count == 1)
        let fault = try #require(read.faults.first)
        #expect(fault.place.hasPrefix("\(read.folder)/concord.json"), "\(fault)")
        #expect("\(fault.place) \(fault.why)".contains(wrong.path), "\(fault)")
        #expect(fault.why.contains(wrong.says) && !fault.remedy.isEmpty, "\(fault)")
    }

    @Test("One look shows all faults, those of the environment too")
    func all() throws {
        let read = try read(
            #"{"web": {"port": 0, "threads": 0}, "sessions": {"idleMinutes": 1}, "colour": "blue"}"#,
            ["CONCORD_PORT": "many", "CONCORD_DATABASE": "file.db"])
        #expect(read.faults.count == 6)
        let places = read.faults.map(\.place)
        #expect(places.contains("environment variable CONCORD_PORT"))
        #expect(places.contains("environment variable CONCORD_DATABASE"))
    }

    @Test("What is no JSON is one fault")
    func noJSON() throws { #expect(try read("{\"web\": ").faults.count == 1) }

    @Test("The environment goes before the file, and an empty variable is none")
    func environment() throws {
        let text = #"{"partnership": "file", "data": "file", "web": {"port": 1, "listen": "::1"}, "keys": "file"}"#
        let read = try read(
            text,
            [
                "CONCORD_PARTNERSHIP": "other", "CONCORD_DATA": "/d", "CONCORD_EVIDENCE": "/e.json",
                "CONCORD_DATABASE": "postgresql://a@/x", "CONCORD_DATABASE_OWNER": "postgresql://b@/x",
                "CONCORD_LISTEN": "", "CONCORD_PORT": "2", "CONCORD_PUBLIC_ADDRESS": "https://c.example",
                "CONCORD_KEYS": "/k", "CONCORD_AUDIT_ANCHORS": "/a.txt", "CONCORD_COLOUR": "blue",
            ])
        #expect(read.faults.isEmpty)
        let found = read.configuration
        #expect(found.partnership == "other" && found.data == "/d" && found.evidence == "/e.json")
        #expect(found.database.address == "postgresql://a@/x" && found.database.owner == "postgresql://b@/x")
        #expect(found.web.listen == "::1" && found.web.port == 2 && found.publicAddress == "https://c.example")
        #expect(found.keys == "/k" && found.auditAnchors == "/a.txt")
    }
}
