import Kernel
import Storage
import Testing

@testable import Governance

@Suite("Sessions", .serialized)
struct SessionTests {
    private func session(_ stage: SignInStage, seen: Int64 = 0, ended: Bool = false) -> SessionRecord {
        SessionRecord(
            id: ID(at: morning), account: ID(at: morning), stage: stage, formSecret: "", device: "", address: "",
            createdAt: morning, seenAt: morning.advanced(bySeconds: seen), secondFactorAt: nil, tries: 0,
            endedAt: ended ? morning : nil)
    }

    @Test(
        "When a session ends",
        arguments: [
            (SignInStage.complete, 0, 0, nil), (.complete, 0, 1799, nil), (.complete, 0, 1800, .idle),
            (.complete, 43_000, 43_199, nil), (.complete, 43_000, 43_200, .absolute),
            (.complete, 43_000, 90_000, .absolute),
            (.complete, 0, -500, nil), (.secondFactor, 0, 599, nil), (.secondFactor, 599, 600, .pending),
            (.enrolment, 0, 600, .pending),
        ] as [(SignInStage, Int64, Int64, SessionEnd?)])
    func ends(stage: SignInStage, seen: Int64, now: Int64, end: SessionEnd?) {
        let rules = SessionRules()
        let at = morning.advanced(bySeconds: now)
        #expect(rules.end(session(stage, seen: seen), at: at) == end)
        #expect(rules.end(session(stage, seen: seen, ended: true), at: at) == .ended)
    }

    @Test(
        "What follows a right password",
        arguments: [
            (true, true, false, SignInStage.secondFactor), (true, false, false, .secondFactor),
            (false, true, false, .enrolment), (false, false, false, .complete), (true, true, true, .complete),
            (false, true, true, .complete),
        ])
    func stages(hasFactor: Bool, needsFactor: Bool, isProved: Bool, stage: SignInStage) {
        #expect(SignInStage.after(firstFactor: hasFactor, needsFactor: needsFactor, isProved: isProved) == stage)
    }

    @Test(
        "The database holds no token, and a token's session has the account's roles of the day",
        arguments: TestEngine.all)
    func actorOfToken(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let new = try world.session(world.password())
            let found = try #require(try world.actor(new.token))
            #expect(found.account == world.account)
            #expect(found.roles == [code("intake")])
            #expect(found.session == new.session.id)
            #expect(found.address == "192.0.2.99")
            let kept = try world.database.read { try $0.rows("SELECT digest, form_secret FROM sessions") }
            let digest: [UInt8] = try #require(kept.first).get("digest")
            #expect(digest.count == 32)
            #expect(!digest.elementsEqual(new.token.utf8))
            #expect(new.token.utf8.count >= 43)
            #expect(try world.actor("nonsense") == nil)
            #expect(try world.actor("") == nil)
            // The role ends on 10 June.
            #expect(try world.actor(new.token, at: morning.advanced(bySeconds: 60))?.roles == [code("intake")])
        }
    }

    @Test("A role that begins today and needs a second factor asks for a new sign-in", arguments: TestEngine.all)
    func roleBegins(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"], later: RoleGrant(code("officer"), from: june1.advanced(by: 1))) {
            world in
            let evening = morning.advanced(bySeconds: 13 * 3600)
            let new = try world.session(world.password(at: evening))
            #expect(try world.actor(new.token, at: evening.advanced(bySeconds: 60)) != nil)
            #expect(try world.actor(new.token, at: evening.advanced(bySeconds: 3600 + 60)) == nil)
        }
    }

    @Test("Using a session keeps it open; without use it ends after 30 minutes", arguments: TestEngine.all)
    func touch(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let new = try world.session(world.password())
            let at = { (seconds: Int64) in morning.advanced(bySeconds: seconds) }
            #expect(!SessionRules().needsTouch(new.session, at: at(59)))
            #expect(SessionRules().needsTouch(new.session, at: at(60)))
            for seconds in stride(from: 1700, through: 41_000, by: 1700) as StrideThrough<Int64> {
                #expect(try world.actor(new.token, at: at(seconds)) != nil)
                try world.database.write { try SessionStore.touch(new.session.id, at: at(seconds), in: $0) }
            }
            #expect(try world.actor(new.token, at: at(40_800 + 1800)) == nil)
            try world.database.write { try SessionStore.touch(new.session.id, at: at(43_100), in: $0) }
            #expect(try world.actor(new.token, at: at(43_199)) != nil)
            #expect(try world.actor(new.token, at: at(43_200)) == nil)
        }
    }

    @Test("One session, all others and all are ended at once, each with its entry", arguments: TestEngine.all)
    func ending(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let sessions = try (0..<4).map { _ in try world.session(world.password()) }
            let owner = try #require(try world.actor(sessions[0].token))
            _ = try world.database.write {
                try SessionStore.end(
                    sessions[1].session.id, of: world.account, code: "revoked", by: occasion(owner), in: $0)
            }
            #expect(try world.actor(sessions[1].token) == nil)
            #expect(try world.open(by: owner) == 3)
            let ended = try world.database.write {
                try SessionStore.endAll(
                    of: world.account, except: owner.session, code: "all-others", by: occasion(owner), in: $0)
            }
            #expect(ended == 2)
            #expect(try world.open(by: owner) == 1)
            _ = try world.database.write {
                try SessionStore.end(
                    sessions[0].session.id, of: world.account, code: "signed-out", by: occasion(owner), in: $0)
            }
            #expect(try world.actor(sessions[0].token) == nil)
            #expect(
                try auditWords(world.database).suffix(3) == [
                    "session-ended permit revoked", "session-ended permit all-others", "sign-out permit signed-out",
                ])
        }
    }

    @Test("Nobody ends a session by naming another account", arguments: TestEngine.all)
    func foreign(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let new = try world.session(world.password())
            let ended = try world.database.write {
                try SessionStore.end(
                    new.session.id, of: ID(at: morning), code: "revoked", by: occasion(actor(["intake"])), in: $0)
            }
            #expect(!ended)
            #expect(try world.actor(new.token) != nil)
        }
    }

    @Test(
        "Disabling an account, changing its access and a used link end its sessions at once", arguments: TestEngine.all)
    func leaver(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["intake"]) { world in
            let first = try world.session(world.password())
            var details = try world.record().details
            details.name = "Jo Bell-Smith"
            _ = try world.change(details)
            #expect(try world.actor(first.token) != nil)
            details.teams = [code("asb")]
            _ = try world.change(details)
            #expect(try world.actor(first.token) == nil)
            let second = try world.session(world.password())
            try world.disable()
            #expect(try world.actor(second.token) == nil)
            #expect(try world.open(by: admin) == 0)
            guard case .wrong = try world.password() else {
                Issue.record("A disabled account signed in")
                return
            }
        }
    }
}
