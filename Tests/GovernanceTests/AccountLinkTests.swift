import Kernel
import Storage
import Testing

@testable import Governance

@Suite("Accounts: links, passwords and outside identities", .serialized)
struct AccountLinkTests {
    private let rules = PasswordRules { _ in false }

    @Test("A link works once and for 72 hours, and a newer one withdraws it", arguments: TestEngine.all)
    func links(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let make = {
                try world.database.write {
                    try world.store.makeLink(for: world.account, by: occasion(admin), in: $0).get()
                }
            }
            let use = { (link: String, seconds: Int64) in
                try world.database.write {
                    try world.store.useLink(
                        link, passwordHash: "new:second choice words", from: "192.0.2.1",
                        at: morning.advanced(bySeconds: seconds), request: "r", in: $0)
                }
            }
            let first = try make()
            let second = try make()
            #expect(try use(first, 1).refusal == .linkNotGood)
            #expect(try use(second, 72 * 3600).refusal == .linkNotGood)
            #expect(try use("made up", 1).refusal == .linkNotGood)
            let session = try world.session(world.password())
            #expect(try use(second, 72 * 3600 - 1).refusal == nil)
            #expect(try use(second, 72 * 3600 - 1).refusal == .linkNotGood)
            #expect(try world.actor(session.token) == nil)
            #expect(try world.word(world.password()) == "wrong")
            #expect(try world.word(world.password("second choice words")) == "complete")
            let kept = try world.database.read { try $0.rows("SELECT digest FROM set_up_links") }
            #expect(
                !kept.contains { $0.values.contains(.text(second)) || $0.values.contains(.blob(Array(second.utf8))) })
        }
    }

    @Test("A link does not take the second factor's place", arguments: TestEngine.all)
    func linkKeepsFactor(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            _ = try world.enrol(world.session(world.password()).token)
            try world.database.write { connection in
                let link = try world.store.makeLink(for: world.account, by: occasion(admin), in: connection).get()
                _ = try world.store.useLink(
                    link, passwordHash: "new:second choice words", from: nil, at: morning, request: "r", in: connection)
            }
            #expect(try world.session(world.password("second choice words")).session.stage == .secondFactor)
        }
    }

    @Test("Nobody makes a link for themselves or for a disabled account", arguments: TestEngine.all)
    func noLink(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let make = { (actor: Actor) in
                try world.database.write { try world.store.makeLink(for: world.account, by: occasion(actor), in: $0) }
            }
            #expect(try make(actor(["admin"], id: world.account)).refusal == .ownAccount)
            #expect(try make(actor(["agency-admin"], agency: "police")).refusal == .noSuchAccount)
            let link = try make(admin).get()
            try world.disable()
            #expect(try make(admin).refusal == .wrongStatus(.disabled))
            let found = try world.database.read { try world.store.account(ofLink: link, at: morning, in: $0) }
            #expect(found.refusal == .linkNotGood)
        }
    }

    @Test(
        "Changing the password asks for the present one and ends all other sessions and devices",
        arguments: TestEngine.all)
    func changePassword(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let other = try world.session(world.password())
            let own = try world.session(world.password())
            let change = { (present: String, new: String, token: String) in
                try world.signIn.changePassword(
                    from: present, to: new, under: rules, token: token, visitor: world.visitor(),
                    in: world.database)
            }
            #expect(try change("wrong", "second choice words", own.token).refusal == .wrong)
            #expect(try change(SignInWorld.words, "short", own.token).refusal == .password(.tooShort(12)))
            #expect(try change(SignInWorld.words, "second choice words", "made up").refusal == .startAgain)
            let renewed = try change(SignInWorld.words, "second choice words", own.token).get()
            #expect(try world.actor(own.token) == nil)
            #expect(try world.actor(other.token) == nil)
            #expect(try world.actor(renewed.token) != nil)
            #expect(try world.word(world.password("second choice words")) == "complete")
            let devices = try world.database.read { connection in
                try [other, own, renewed].map {
                    try DeviceStore.isKnown($0.deviceToken, to: world.account, at: morning, in: connection)
                }
            }
            #expect(devices == [false, false, true])
        }
    }

    private func proved(_ subject: String, email address: String? = nil, factor: Bool = false) throws -> ProvedIdentity
    {
        ProvedIdentity(
            try #require(OutsideIdentity(issuer: "https://id.example", subject: subject)),
            verifiedEmail: address.map { email($0) }, hasSecondFactor: factor)
    }

    @Test("A linked identity signs in, with the provider's second factor or our own", arguments: TestEngine.all)
    func linkedIdentity(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let come = { (identity: ProvedIdentity) in
                try world.database.write { try world.signIn.identity(identity, visitor: world.visitor(), in: $0) }
            }
            #expect(try world.word(come(proved("7"))) == "wrong")
            _ = try world.database.write {
                try world.store.link(
                    proved("7").identity, with: world.account, reason: "Rang", by: occasion(admin), in: $0
                ).get()
            }
            #expect(try world.word(come(proved("7"))) == "enrolment")
            let new = try world.session(come(proved("7", factor: true)))
            #expect(try world.actor(new.token)?.secondFactorAt == morning)
            #expect(try world.word(come(proved("8", factor: true))) == "wrong")
            try world.disable()
            #expect(try world.word(come(proved("7", factor: true))) == "wrong")
        }
    }

    @Test("A verified address links an invited account, never an active one", arguments: TestEngine.all)
    func byAddress(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let come = { (identity: ProvedIdentity) in
                try world.database.write { try world.signIn.identity(identity, visitor: world.visitor(), in: $0) }
            }
            #expect(try world.word(come(proved("1", email: SignInWorld.address))) == "wrong")
            let invited = try world.database.write {
                try world.store.create(
                    details("new@council.example", roles: ["intake"]), by: occasion(commandLine), in: $0
                ).get()
            }
            #expect(try world.word(come(proved("2"))) == "wrong")
            let new = try world.session(come(proved("2", email: "NEW@council.example")))
            #expect(new.session.account == invited.id)
            #expect(try world.session(come(proved("2"))).session.account == invited.id)
            #expect(try world.word(come(proved("3", email: "new@council.example"))) == "wrong")
        }
    }

    @Test("One identity has one account; removing the link ends the sessions", arguments: TestEngine.all)
    func oneOwner(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let identity = try proved("7").identity
            try world.database.write { connection in
                let other = try world.store.create(
                    details("al@council.example"), by: occasion(commandLine), in: connection
                ).get()
                _ = try world.store.link(
                    identity, with: world.account, reason: "Rang", by: occasion(admin), in: connection
                ).get()
                let second = try world.store.link(
                    identity, with: other.id, reason: "Rang", by: occasion(admin), in: connection)
                #expect(second.refusal == .identityTaken)
            }
            let session = try world.session(world.password())
            _ = try world.database.write {
                try world.store.unlink(identity, from: world.account, by: occasion(admin), in: $0).get()
            }
            #expect(try world.actor(session.token) == nil)
            let result = try world.database.write {
                try world.signIn.identity(proved("7"), visitor: world.visitor(), in: $0)
            }
            #expect(world.word(result) == "wrong")
        }
    }
}
