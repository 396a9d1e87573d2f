import Kernel
import Secrets
import Storage
import Testing

@testable import Governance

@Suite("Signing in: second factor", .serialized)
struct SessionSecondFactorTests {
    private let later = morning.advanced(bySeconds: 3600)

    @Test("Enrolment: the factor holds after a code was shown, and the token changes", arguments: TestEngine.all)
    func enrolment(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let first = try world.session(world.password())
            let (_, ready) = try world.enrol(first.token)
            #expect(ready.session.session.stage == .complete)
            #expect(ready.session.session.secondFactorAt == morning)
            #expect(ready.session.token != first.token)
            #expect(ready.recoveryCodes.count == 10)
            #expect(Set(ready.recoveryCodes).count == 10)
            #expect(try world.actor(first.token) == nil)
            #expect(try world.actor(ready.session.token)?.secondFactorAt == morning)
            let next = try world.session(world.password(at: later))
            #expect(next.session.stage == .secondFactor)
            #expect(try world.actor(next.token, at: later) == nil)
        }
    }

    @Test("A right code finishes the sign-in once; the same code does not serve again", arguments: TestEngine.all)
    func replay(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let (secret, _) = try world.enrol(world.session(world.password()).token)
            let first = try world.session(world.password(at: later))
            let digits = testCode(secret, at: later)
            let done = try world.session(world.prove(.code(digits), first.token, at: later))
            #expect(done.session.secondFactorAt == later)
            #expect(done.token != first.token)
            #expect(try world.actor(done.token, at: later)?.roles == [code("officer")])
            #expect(try world.word(world.prove(.code(digits), first.token, at: later)) == "start-again")
            let second = try world.session(world.password(at: later))
            #expect(try world.word(world.prove(.code(digits), second.token, at: later)) == "wrong")
            #expect(try auditWords(world.database).last == "second-factor-failed deny wrong-code")
        }
    }

    @Test("The code shown at enrolment does not serve at the next sign-in", arguments: TestEngine.all)
    func enrolmentReplay(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let (secret, _) = try world.enrol(world.session(world.password()).token)
            let next = try world.session(world.password())
            #expect(try world.word(world.prove(.code(testCode(secret, at: morning)), next.token)) == "wrong")
        }
    }

    @Test("Each recovery code serves once, in any case", arguments: TestEngine.all)
    func recovery(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let (_, ready) = try world.enrol(world.session(world.password()).token)
            let code = ready.recoveryCodes[3]
            let first = try world.session(world.password())
            #expect(try world.word(world.prove(.recoveryCode("not one"), first.token)) == "wrong")
            #expect(try world.word(world.prove(.recoveryCode(code.uppercased()), first.token)) == "complete")
            let second = try world.session(world.password())
            #expect(try world.word(world.prove(.recoveryCode(code), second.token)) == "wrong")
            #expect(try world.database.read { try RecoveryCodes.left(of: world.account, in: $0) } == 9)
            #expect(try auditWords(world.database).contains("sign-in permit recovery-code"))
        }
    }

    @Test("Five wrong codes end the sign-in; a sign-in not finished in ten minutes is over", arguments: TestEngine.all)
    func tries(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let (secret, _) = try world.enrol(world.session(world.password()).token)
            let first = try world.session(world.password(at: later))
            let words = try (0..<6).map { _ in world.word(try world.prove(.code("abcdef"), first.token, at: later)) }
            #expect(words == ["wrong", "wrong", "wrong", "wrong", "start-again", "start-again"])
            let second = try world.session(world.password(at: later))
            let late = later.advanced(bySeconds: 600)
            #expect(
                try world.word(world.prove(.code(testCode(secret, at: late)), second.token, at: late)) == "start-again")
        }
    }

    @Test(
        "Who has the password cannot try codes without end; the owner's device still can",
        arguments: [TestEngine.sqlite])
    func factorThrottle(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let (secret, ready) = try world.enrol(world.session(world.password()).token)
            let device = try #require(ready.session.deviceToken)
            var waits = 0
            for i in 0..<8 {
                let address = "10.1.1.\(i)"
                let new = try world.session(world.password(from: address, at: later))
                for _ in 0..<5
                where try world.word(
                    world.prove(.code("000000x"), new.token, from: address, at: later)) == "wait"
                {
                    waits += 1
                }
            }
            #expect(waits > 15)
            let new = try world.session(world.password(device: device, at: later))
            let result = try world.prove(.code(testCode(secret, at: later)), new.token, device: device, at: later)
            #expect(world.word(result) == "complete")
        }
    }

    @Test("Stepping up makes the second factor fresh, under a new token", arguments: TestEngine.all)
    func stepUp(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let (secret, ready) = try world.enrol(world.session(world.password()).token)
            let soon = morning.advanced(bySeconds: 1200)
            let old = ready.session.token
            let step = { (code: String) in
                try world.database.write {
                    try world.signIn.stepUp(.code(code), token: old, visitor: world.visitor(at: soon), in: $0)
                }
            }
            #expect(try world.word(step("x")) == "wrong")
            let new = try world.session(step(testCode(secret, at: soon)))
            #expect(new.session.id == ready.session.session.id)
            #expect(new.session.formSecret == ready.session.session.formSecret)
            #expect(try world.actor(old, at: soon) == nil)
            #expect(try world.actor(new.token, at: soon)?.secondFactorAt == soon)
            #expect(try auditWords(world.database).last == "step-up permit code")
        }
    }

    @Test("A forgotten screen cannot replace the second factor; a fresh one can", arguments: TestEngine.all)
    func replace(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let (secret, ready) = try world.enrol(world.session(world.password()).token)
            let setUp = { (now: Instant) in
                try world.database.write {
                    try world.signIn.setUpFactor(
                        token: ready.session.token, visitor: world.visitor(at: now), in: $0)
                }
            }
            #expect(try setUp(morning.advanced(bySeconds: 900)) == nil)
            #expect(try setUp(morning.advanced(bySeconds: 899)) != nil)
            // Until the new one is confirmed the old one holds.
            let next = try world.session(world.password(at: later))
            #expect(
                try world.word(world.prove(.code(testCode(secret, at: later)), next.token, at: later)) == "complete")
        }
    }

    @Test("A reset takes factor and codes away and ends the sessions", arguments: TestEngine.all)
    func reset(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let (_, ready) = try world.enrol(world.session(world.password()).token)
            let reset = { (actor: Actor) in
                try world.database.write {
                    try world.store.resetSecondFactor(
                        of: world.account, reason: "Lost telephone", by: occasion(actor), in: $0)
                }
            }
            #expect(try reset(actor(["officer"])).refusal == .noSuchAccount)
            #expect(try reset(actor(["admin"], id: world.account)).refusal == .ownAccount)
            _ = try reset(admin).get()
            #expect(try world.actor(ready.session.token) == nil)
            #expect(try world.session(world.password()).session.stage == .enrolment)
            #expect(try world.database.read { try RecoveryCodes.left(of: world.account, in: $0) } == 0)
        }
    }

    @Test("The secret of one account does not serve another", arguments: TestEngine.all)
    func sealed(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let (secret, _) = try world.enrol(world.session(world.password()).token)
            let row = try world.database.read { try $0.first("SELECT factor_secret FROM credentials") }
            let kept: [UInt8] = try #require(row).get("factor_secret")
            #expect(!kept.elementsEqual(secret))
            #expect(try testSealingKey().open(kept, context: SignIn.context(world.account)) == secret)
            #expect(throws: (any Error).self) {
                try testSealingKey().open(kept, context: SignIn.context(ID(at: morning)))
            }
        }
    }

    @Test("New recovery codes replace the old ones", arguments: TestEngine.all)
    func renewedCodes(engine: TestEngine) throws {
        try SignInWorld.use(engine, roles: ["officer"]) { world in
            let (_, ready) = try world.enrol(world.session(world.password()).token)
            let renew = { (now: Instant) in
                try world.database.write {
                    try world.signIn.renewRecoveryCodes(
                        token: ready.session.token, visitor: world.visitor(at: now), in: $0)
                }
            }
            let fresh = try #require(try renew(morning))
            #expect(Set(fresh).isDisjoint(with: ready.recoveryCodes))
            #expect(try renew(morning.advanced(bySeconds: 1000)) == nil)
            let next = try world.session(world.password())
            #expect(try world.word(world.prove(.recoveryCode(ready.recoveryCodes[0]), next.token)) == "wrong")
            #expect(try world.word(world.prove(.recoveryCode(fresh[0]), next.token)) == "complete")
        }
    }
}
