import Documents
import Files
import Governance
import Kernel
import Secrets
import Storage
import TestDatabases
import Testing

@testable import Casework

@Suite("Attachments of cases", .serialized)
struct AttachmentTests {
    typealias W = CaseWorld

    /// A one-pixel GIF with a comment, by the specification GIF89a.
    static let picture: [UInt8] =
        Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255] + [0x21, 0xFE, 6] + Array("Secret".utf8)
        + [0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]

    static let sealing = SealingKey(bytes: Array(repeating: 9, count: 32))

    static func store(_ world: W, largest: Int = 1 << 20, sealing: SealingKey = AttachmentTests.sealing)
        -> AttachmentStore
    {
        AttachmentStore(cases: world.store, sealing: sealing, largest: largest)
    }

    static func new(_ name: String = "noise.txt", _ bytes: [UInt8] = Array("It was loud".utf8)) -> NewAttachment {
        var new = NewAttachment(name: name, bytes: bytes)
        new.description = "A note of the noise"
        new.evidence = .fact
        new.source = "The victim, by e-mail"
        return new
    }

    static func add(
        _ new: NewAttachment, to id: ID<CaseRecord>, _ world: W, by actor: Actor = W.officer,
        store: AttachmentStore? = nil
    ) throws -> Result<ID<CaseAttachment>, CaseRefusal> {
        let store = store ?? Self.store(world)
        return try world.write { try store.add(new, to: id, on: world.occasion(actor), in: $0) }
    }

    static func bytes(
        _ attachment: ID<CaseAttachment>, _ form: AttachmentForm, of id: ID<CaseRecord>, _ world: W,
        by actor: Actor = W.officer, for action: AccessAction = .read, reason: String? = nil,
        store: AttachmentStore? = nil
    ) throws -> Result<(attachment: CaseAttachment, bytes: [UInt8]), CaseRefusal> {
        let store = store ?? Self.store(world)
        return try world.write {
            try store.open(
                attachment, as: form, of: id, for: action, reason: reason, on: world.occasion(actor), in: $0)
        }
    }

    @Test(
        "A file comes back as it was, over many parts, and lies in the database as nobody can read it",
        arguments: TestDatabase.engines)
    func roundTrip(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        // 700,000 bytes are three parts of 262,144.
        let text = Array(String(repeating: "Shouting again. ", count: 43_750).utf8)
        let made = try Self.add(Self.new("log.txt", text), to: id, world).get()
        #expect(try Self.bytes(made, .original, of: id, world).get().bytes == text)
        let parts = try world.database.read {
            try $0.rows("SELECT part, sealed FROM case_attachment_parts ORDER BY part").map {
                ($0, try $0.get("sealed", as: [UInt8].self))
            }
        }
        #expect(parts.count == 3)
        #expect(parts.allSatisfy { !String(decoding: $0.1, as: UTF8.self).contains("Shouting") })
        let listed = try world.write { try Self.store(world).list(of: id, on: world.occasion(W.officer), in: $0) }
        #expect(listed?.map(\.size) == [700_000] && listed?.first?.check == .unscanned)
        // As Python's hashlib computes it.
        #expect(listed?.first?.sha256 == "6b20d1b9cf5652c2fe7a4b8e356de8528fc00591cd9442d3e741d9a2719ef813")
    }

    @Test(
        "A part that is moved, doubled, left out or altered does not open, nor with another site's key",
        arguments: TestDatabase.engines)
    func altered(_ engine: Engine) throws {
        let changes: [SQL] = [
            "UPDATE case_attachment_parts SET part = 5 - part", "DELETE FROM case_attachment_parts WHERE part = 2",
            "UPDATE case_attachment_parts SET sealed = (SELECT o.sealed FROM case_attachment_parts o WHERE o.part = 0 LIMIT 1) WHERE part = 1",
        ]
        for change in changes {
            let world = try W(engine)
            let id = try world.open()
            let made = try Self.add(Self.new("log.txt", Array(repeating: 0x61, count: 600_000)), to: id, world).get()
            _ = try Self.bytes(made, .original, of: id, world).get()
            try world.database.write { _ = try $0.run(change) }
            #expect(throws: SecretError.self) { try Self.bytes(made, .original, of: id, world) }
        }
        let world = try W(engine)
        let id = try world.open()
        let made = try Self.add(Self.new(), to: id, world).get()
        let other = Self.store(world, sealing: SealingKey(bytes: Array(repeating: 1, count: 32)))
        #expect(throws: SecretError.self) { try Self.bytes(made, .original, of: id, world, store: other) }
    }

    @Test(
        "A picture is shown without what it tells; its original needs the right to export, and a reason",
        arguments: TestDatabase.engines)
    func pictures(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let made = try Self.add(Self.new("photo.gif", Self.picture), to: id, world).get()
        let shown = try Self.bytes(made, .copy, of: id, world).get()
        #expect(!String(decoding: shown.bytes, as: UTF8.self).contains("Secret") && shown.attachment.shown == .copy)
        #expect(try Self.bytes(made, .original, of: id, world).refusal?.isAbsent == true)
        let officer = try Self.bytes(made, .original, of: id, world, for: .export, reason: "court").refusal
        guard case .register(.denied(.noPermission)) = officer else {
            Issue.record("an officer exported: \(String(describing: officer))")
            return
        }
        let silent = try Self.bytes(made, .original, of: id, world, by: W.supervisor, for: .export).refusal
        guard case .register(.reasonNeeded) = silent else {
            Issue.record("exported without a reason")
            return
        }
        let original = try Self.bytes(
            made, .original, of: id, world, by: W.supervisor, for: .export, reason: "County court")
        #expect(try original.get().bytes == Self.picture)
        let custody = try world.write {
            try Self.store(world).read(made, of: id, on: world.occasion(W.officer), in: $0).get().custody
        }
        #expect(custody.map(\.act) == [.uploaded, .viewed, .exported])
        #expect(custody.map(\.by) == [W.officer, W.officer, W.supervisor].map(\.account))
        #expect(custody.last?.reason == "County court")
        #expect(try world.audit().contains { $0.hasPrefix("export|permit|-|case|attachments.\(made)") })
    }

    @Test("What is wrong with a file is said beside it, and nothing of it is kept", arguments: TestDatabase.engines)
    func refused(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        func fields(_ new: NewAttachment) throws -> [String] { try Self.add(new, to: id, world).refusal?.fields ?? [] }
        #expect(try fields(Self.new("page.html")) == ["file"])
        #expect(try fields(Self.new("photo.jpg", Self.picture)) == ["file"])
        #expect(try fields(Self.new("photo.gif", Array(Self.picture.dropLast(4)))) == ["file"])
        var bare = NewAttachment(name: "a.txt", bytes: [0x61])
        bare.fieldClass = .p4
        #expect(try fields(bare) == ["description", "class", "evidence", "source"])
        var infected = Self.new()
        infected.scan = .infected
        #expect(try fields(infected) == ["file"])
        #expect(try world.audit().last == "denied|deny|infected|case|-|-")
        let small = Self.store(world, largest: 10)
        #expect(try Self.add(Self.new(), to: id, world, store: small).refusal?.fields == ["file"])
        #expect(try world.database.read { try $0.rows("SELECT id FROM case_attachments").count } == 0)
    }

    @Test(
        "What lies deeper, belongs to another agency, is in quarantine, or is in another case is not there",
        arguments: TestDatabase.engines)
    func hidden(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        var deep = Self.new()
        deep.fieldClass = .p3
        var own = Self.new("own.txt")
        own.handling = .ownAgency
        var held = Self.new("held.txt")
        held.scan = .failed
        let ids = try [deep, own, held, Self.new("plain.txt")].map { try Self.add($0, to: id, world).get() }
        _ = try world.write {
            try world.store.share(
                id, with: W.word("police"), until: nil, highest: .p2, gateway: "cda-115", reason: "Joint work",
                on: world.occasion(W.supervisor), in: $0
            ).get()
        }
        // The police see what is shared as deep as it is shared: not the victim's safety, not the agency's own.
        let seen = try world.write { try Self.store(world).list(of: id, on: world.occasion(W.police), in: $0) }
        #expect(seen?.map(\.id) == [ids[2], ids[3]])
        for hidden in ids[..<2] + [ID(at: W.now)] {
            #expect(try Self.bytes(hidden, .original, of: id, world, by: W.police).refusal?.isAbsent == true)
        }
        #expect(try Self.bytes(ids[3], .original, of: id, world, by: W.police).get().bytes == Array("It was loud".utf8))
        #expect(try Self.bytes(ids[2], .original, of: id, world).refusal?.fields == ["file"])
        // Fetched under another case, it is not there; nor after the share has ended.
        let other = try world.open(heading: "Another")
        #expect(try Self.bytes(ids[3], .original, of: other, world).refusal?.isAbsent == true)
        _ = try world.write {
            try world.store.register.change(
                ID(id), .p2, reason: "Ended", on: world.occasion(W.supervisor), in: $0
            ) { $0.facts.shares = [] }.get()
        }
        #expect(try Self.bytes(ids[3], .original, of: id, world, by: W.police).refusal?.isAbsent == true)
        // The police may not add to it, whoever gave them the address.
        #expect(try Self.add(Self.new(), to: id, world, by: W.police).refusal != nil)
        // The perpetrator's side never sees the victim's safety.
        #expect(try Self.bytes(ids[0], .original, of: id, world, by: W.chaser).refusal?.isAbsent == true)
    }

    @Test(
        "Taken out of use, a file stays with its reason; a scan lets it go or takes it out of use",
        arguments: TestDatabase.engines)
    func later(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        let store = Self.store(world)
        let made = try Self.add(Self.new(), to: id, world).get()
        func supersede(_ reason: String) throws -> Result<Void, CaseRefusal> {
            try world.write {
                try store.supersede(made, of: id, reason: reason, on: world.occasion(W.officer), in: $0)
            }
        }
        #expect(try supersede(" ").refusal?.fields == ["reason"])
        try supersede("It belongs to another case").get()
        #expect(try supersede("Again").refusal != nil)
        let opened = try Self.bytes(made, .original, of: id, world).get()
        #expect(opened.attachment.supersededReason == "It belongs to another case")
        var held = Self.new("held.txt")
        held.scan = .failed
        let ids = try [held, held].map { try Self.add($0, to: id, world).get() }
        for (file, result) in zip(ids, [ScanResult.clean, .infected]) {
            let bytes = try world.write { try store.forScanning(file, of: id, on: world.occasion(W.officer), in: $0) }
            #expect(try bytes.get() == Array("It was loud".utf8))
            _ = try world.write {
                try store.settle(file, of: id, result, on: world.occasion(W.officer), in: $0).get()
            }
        }
        #expect(try Self.bytes(ids[0], .original, of: id, world).get().attachment.check == .clean)
        #expect(try Self.bytes(ids[1], .original, of: id, world).refusal?.fields == ["file"])
        let listed = try world.write { try store.list(of: id, on: world.occasion(W.officer), in: $0) }
        #expect(listed?.last?.supersededReason == "The scanner found something harmful")
    }

    @Test(
        "After a change of the site’s key files open still, and their keys are sealed by the new one",
        arguments: TestDatabase.engines)
    func rotation(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        var random = SystemRandomNumberGenerator()
        let path = "/tmp/concord-key-\(random.next())"
        defer { _ = try? ChildProcess("rm", ["-f", path], seconds: 10).run([]) }
        let first = SealingKey.newFile()
        try FileSystem.write(first, to: path, isPrivate: true)
        let old = Self.store(world, sealing: try SealingKey(contentsOf: path))
        let made = try Self.add(Self.new(), to: id, world, store: old).get()
        try FileSystem.write(SealingKey.rotated(first), to: path, isPrivate: true)
        let new = Self.store(world, sealing: try SealingKey(contentsOf: path))
        func number() throws -> UInt8? {
            try world.database.read {
                try $0.first("SELECT sealed_key FROM case_attachments")?.get("sealed_key", as: [UInt8].self).first
            }
        }
        #expect(try number() == 1)
        #expect(try Self.bytes(made, .original, of: id, world, store: new).get().bytes == Array("It was loud".utf8))
        #expect(try number() == 2)
        #expect(try Self.bytes(made, .original, of: id, world, store: new).get().bytes == Array("It was loud".utf8))
    }

    @Test("Reasons are for those who may see what is sensitive", arguments: TestDatabase.engines)
    func reasons(_ engine: Engine) throws {
        let world = try W(engine)
        let id = try world.open()
        var plain = Self.new()
        plain.fieldClass = .p1
        let store = Self.store(world)
        let made = try Self.add(plain, to: id, world).get()
        _ = try world.write {
            try store.supersede(made, of: id, reason: "He is ill", on: world.occasion(W.officer), in: $0).get()
        }
        _ = try world.write {
            try world.store.share(
                id, with: W.word("police"), until: nil, highest: .p1, gateway: "cda-115", reason: "Joint work",
                on: world.occasion(W.supervisor), in: $0
            ).get()
        }
        func seen(_ actor: Actor) throws -> (String?, [String?]) {
            let found = try world.write { try store.read(made, of: id, on: world.occasion(actor), in: $0).get() }
            return (found.attachment.supersededReason, found.custody.map(\.reason))
        }
        let (own, others) = (try seen(W.officer), try seen(W.police))
        #expect(own.0 == "He is ill" && own.1 == [nil, "He is ill"])
        #expect(others.0 == "" && others.1 == [nil, nil])
        let listed = try world.write { try store.list(of: id, on: world.occasion(W.police), in: $0) }
        #expect(listed?.map(\.supersededReason) == [""])
    }

    @Test("The scanner is told by its exit code, and what it cannot tell is quarantine")
    func scanner() {
        func scan(_ code: String) -> ScanResult {
            AttachmentScanner(command: ["/bin/sh", "-c", "cat > /dev/null; exit \(code)"]).scan([1, 2, 3])
        }
        #expect(scan("0") == .clean && scan("1") == .infected && scan("2") == .failed)
        #expect(AttachmentScanner(command: ["/no/such/program"]).scan([1]) == .failed)
        #expect(AttachmentScanner(command: nil).scan([1]) == .unscanned)
        #expect(AttachmentScanner(command: ["/bin/sleep", "30"], seconds: 1).scan([1]) == .failed)
        // It gets the file: grep finds the EICAR test's name in it and ends with 0.
        #expect(AttachmentScanner(command: ["/bin/grep", "-q", "EICAR"]).scan(Array("an EICAR file".utf8)) == .clean)
    }
}
