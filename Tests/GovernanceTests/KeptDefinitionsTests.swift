import Governance
import Kernel
import Storage
import TestDatabases
import Testing

@Suite("Kept definitions")
struct KeptDefinitionsTests {
    private let monday = Instant(milliseconds: 1_780_304_400_000)

    private func roles(_ text: String, version: String?, later days: Int64 = 0) -> KeptDefinition {
        KeptDefinition(
            path: "roles/default.json", version: version, bytes: Array(text.utf8),
            at: monday.advanced(bySeconds: days * 86_400))
    }

    @Test("Each content is kept once, the newest first, and read back byte for byte", arguments: Engine.allCases)
    func kept(engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: KeptDefinitions.migrations)
        defer { test.remove() }
        for definition in [
            roles("abc", version: "1"), roles("abc", version: "1", later: 1), roles("abd", version: "2", later: 2),
        ] {
            let told = try test.database.write { try KeptDefinitions.keep([definition], in: $0) }
            #expect(told.isEmpty)
        }
        try test.database.read { connection in
            let all = try KeptDefinitions.all(in: connection)
            #expect(all.map(\.version) == ["2", "1"])
            #expect(all.last?.keptAt == monday)
            // FIPS 180-2, appendix B.1.
            let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            let found = try KeptDefinitions.definition(sha256: digest, in: connection)
            #expect(found?.bytes == Array("abc".utf8) && found?.version == "1")
            let unknown = try KeptDefinitions.definition(sha256: "abc", in: connection)
            #expect(unknown == nil)
        }
    }

    @Test("New content under an old version, or under none, is told and kept all the same", arguments: Engine.allCases)
    func repeated(engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: KeptDefinitions.migrations)
        defer { test.remove() }
        try test.database.write { connection in
            try KeptDefinitions.keep([roles("a", version: "1"), roles("b", version: nil)], in: connection)
            let told = try KeptDefinitions.keep(
                [roles("c", version: "1"), roles("d", version: nil), roles("e", version: "2")], in: connection)
            #expect(told.map(\.bytes) == [Array("c".utf8), Array("d".utf8)])
            let count = try KeptDefinitions.all(in: connection).count
            #expect(count == 5)
        }
    }

    @Test("What was kept can be neither changed nor removed", arguments: Engine.allCases)
    func fixed(engine: Engine) throws {
        let test = try TestDatabase(engine, migrations: KeptDefinitions.migrations)
        defer { test.remove() }
        try test.database.write { try KeptDefinitions.keep([roles("a", version: "1")], in: $0) }
        for statement: SQL in ["UPDATE kept_definitions SET version = '9'", "DELETE FROM kept_definitions"] {
            #expect(throws: (any Error).self) { try test.database.write { try $0.run(statement) } }
        }
        let versions = try test.database.read { try KeptDefinitions.all(in: $0).map(\.version) }
        #expect(versions == ["1"])
    }
}
