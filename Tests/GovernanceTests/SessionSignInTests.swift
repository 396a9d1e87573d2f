import Kernel
import Storage
import Testing

@testable import Governance

@Suite("Signing in: password", .serialized)
struct SessionSignInTests {
    @Test("A right password alone suffices only where no second factor is needed", arguments: TestEngine.all)
    func stages(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let new = try world.session(world.password())
            #expect(new.session.stage == .complete)
            #expect(try world.actor(new.token) != nil)
        }
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let new = try world.session(world.password())
            #expect(new.session.stage == .enrolment)
            #expect(try world.actor(new.token) == nil)
            #expect(new.deviceToken == nil)
        }
    }

    @Test("The address is taken in any case and with spaces around it", arguments: TestEngine.all)
    func folded(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { (world) throws in
            #expect(try world.word(world.password(email: "  JO.Bell@council.EXAMPLE ")) == "complete")
        }
    }

    @Test("Unknown, invited, disabled and real accounts answer alike, after the same work", arguments: TestEngine.all)
    func noEnumeration(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let invited = try world.database.write {
                try world.store.create(details("new@council.example"), by: occasion(commandLine), in: $0).get()
            }
            let cases: [(email: String, password: String, code: String)] = [
                ("nobody@council.example", "x", "no-such-account"), ("not an address", "x", "no-such-account"),
                (invited.details.email.text, "x", "no-password"), (SignInWorld.address, "x", "wrong-password"),
                (SignInWorld.address, "", "wrong-password"),
            ]
            for (email, password, code) in cases {
                let before = (world.work.hashed, world.work.compared)
                let head = try world.database.read { try AuditLog.head(in: $0).seq }
                let address = "198.51.100.\(world.work.compared)"
                #expect(try world.word(world.password(password, email: email, from: address)) == "wrong")
                #expect(world.work.hashed == before.0)
                #expect(world.work.compared == before.1 + 1)
                #expect(world.work.lastHash.utf8.count > 20)
                #expect(
                    try world.database.read { try auditWords($0, since: head) } == ["sign-in-failed deny \(code)"])
            }
            try world.disable()
            let compared = world.work.compared
            #expect(try world.word(world.password()) == "wrong")
            #expect(world.work.compared == compared + 1)
            #expect(try auditWords(world.database).last == "sign-in-failed deny disabled")
        }
    }

    @Test("What was typed in place of an address is kept nowhere", arguments: TestEngine.all)
    func typedPassword(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            _ = try world.password("x", email: "my secret password")
            for table in ["audit_entries", "audit_subjects", "throttles"] as [StaticString] {
                let rows = try world.database.read { try $0.rows(SQL(unsafe: "SELECT * FROM \(table)", [])) }
                #expect(!rows.contains { row in row.values.contains { "\($0)".contains("secret") } })
            }
        }
    }

    @Test("A password kept under weaker settings is hashed anew once", arguments: TestEngine.all)
    func rehash(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let before = world.work.hashed
            _ = try world.password("wrong")
            #expect(world.work.hashed == before)
            _ = try world.session(world.password())
            #expect(world.work.hashed == before + 1)
            _ = try world.session(world.password())
            #expect(world.work.hashed == before + 1)
        }
    }

    @Test("Guesses from one address are slowed down there", arguments: TestEngine.all)
    func slowed(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let words = try (0..<8).map { _ in world.word(try world.password("x")) }
            #expect(words == [String](repeating: "wrong", count: 6) + ["wait", "wait"])
            let compared = world.work.compared
            #expect(try world.word(world.password()) == "wait")
            #expect(world.work.compared == compared)
            #expect(try world.word(world.password(at: morning.advanced(bySeconds: 2))) == "complete")
            // A success forgets the failures at the account.
            #expect(try world.word(world.password("x", at: morning.advanced(bySeconds: 2))) == "wrong")
            let told = try auditWords(world.database).filter { $0 == "sign-in-delayed deny too-many-attempts" }
            #expect(told.count == 1)
        }
    }

    @Test("An unknown address is slowed down like a known one", arguments: TestEngine.all)
    func slowedAlike(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let known = try (0..<8).map { _ in world.word(try world.password("x")) }
            let unknown = try (0..<8).map { _ in
                world.word(try world.password("x", email: "nobody@council.example", from: "192.0.2.200"))
            }
            #expect(known == unknown)
        }
    }

    @Test("An attacker, from one or a thousand addresses, does not keep the owner out", arguments: [TestEngine.sqlite])
    func noLockout(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let device = try world.session(world.password(from: "203.0.113.5")).deviceToken
            for i in 0..<300 {
                _ = try world.password("guess \(i)", from: "10.0.\(i / 250).\(i % 250)")
                _ = try world.password("guess \(i)", from: "203.0.113.5")
            }
            // From another address:
            #expect(try world.word(world.password(from: "192.0.2.77")) == "complete")
            // From the attacker's own address, by the known device only:
            #expect(try world.word(world.password(from: "203.0.113.5")) == "wait")
            #expect(try world.word(world.password(from: "203.0.113.5", device: device)) == "complete")
            #expect(try auditWords(world.database).filter { $0.hasPrefix("sign-in-attack") }.count == 3)
        }
    }

    @Test("A stolen device cookie gives no free guesses, and none at other accounts", arguments: TestEngine.all)
    func stolenDevice(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let device = try #require(try world.session(world.password()).deviceToken)
            let words = try (0..<8).map { i in world.word(try world.password("x", from: "10.0.0.\(i)", device: device))
            }
            #expect(words == [String](repeating: "wrong", count: 6) + ["wait", "wait"])
            #expect(try world.word(world.password(from: "192.0.2.8")) == "complete")
        }
    }

    @Test("One address cannot try many accounts without end", arguments: TestEngine.all)
    func spraying(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let words = try (0..<60).map { i in
                world.word(try world.password("x", email: "user\(i)@council.example", from: "10.9.9.9"))
            }
            #expect(words.filter { $0 == "wrong" }.count == 51)
            #expect(words.last == "wait")
        }
    }

    @Test("A device known to one account is not known to another", arguments: TestEngine.all)
    func otherAccount(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let device = try #require(try world.session(world.password()).deviceToken)
            let other = try world.database.write {
                try world.store.create(details("al@council.example"), by: occasion(commandLine), in: $0).get().id
            }
            let known = try world.database.read { connection in
                try [world.account, other].map {
                    try DeviceStore.isKnown(device, to: $0, at: morning, in: connection)
                }
            }
            #expect(known == [true, false])
        }
    }

    @Test("A password changed while another is being checked does not let that one in", arguments: TestEngine.all)
    func changedMeanwhile(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let result = try world.database.write { connection in
                let start = try world.signIn.begin(
                    email: SignInWorld.address, visitor: world.visitor(), in: connection)
                guard case .attempt(let attempt) = start else { throw Fault("The test expected an attempt") }
                try CredentialStore.setPassword(world.account, hash: "new:other", at: morning, in: connection)
                return try world.signIn.finish(
                    attempt, isRight: true, newHash: nil, visitor: world.visitor(), in: connection)
            }
            #expect(world.word(result) == "wrong")
        }
    }

    @Test("A known device stays the same one; after 180 days it is unknown", arguments: TestEngine.all)
    func devices(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let device = try #require(try world.session(world.password()).deviceToken)
            let month = morning.advanced(bySeconds: 30 * 86_400)
            #expect(try world.session(world.password(device: device, at: month)).deviceToken == nil)
            let known = { (days: Int64) in
                try world.database.read {
                    try DeviceStore.isKnown(
                        device, to: world.account, at: month.advanced(bySeconds: days * 86_400), in: $0)
                }
            }
            #expect(try known(179))
            #expect(try !known(180))
            #expect(try world.session(world.password(device: "made up")).deviceToken != nil)
        }
    }
}
