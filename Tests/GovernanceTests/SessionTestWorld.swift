import Kernel
import Secrets
import Storage
import Testing

@testable import Governance

/// An installation with one active account, Jo Bell's, whose password is "three random words".
struct SignInWorld {
    static let address = "jo.bell@council.example"
    static let words = "three random words"

    let database: Database
    let signIn: SignIn
    let store = AccountStore(rules: testRules)
    let account: ID<Account>
    let work: CountingWork

    static func use(
        _ engine: TestEngine, roles: Set<String>, later: RoleGrant? = nil, work: CountingWork = CountingWork(),
        _ body: (SignInWorld) throws -> Void
    ) throws {
        try engine.use { database in
            let store = AccountStore(rules: testRules)
            var wanted = details(address, roles: roles)
            if let later { wanted.roles.insert(later) }
            let account = try database.write { connection in
                let made = try store.create(wanted, by: occasion(commandLine), in: connection).get()
                let link = try store.makeLink(for: made.id, by: occasion(commandLine), in: connection).get()
                return try store.useLink(
                    link, passwordHash: "old:" + words, from: nil, at: morning, request: "r", in: connection
                ).get()
            }
            let signIn = try SignIn(
                accountRules: testRules, sealing: testSealingKey(), issuer: "Concord", work: work.work)
            try body(SignInWorld(database: database, signIn: signIn, account: account.id, work: work))
        }
    }

    func visitor(_ address: String = "192.0.2.1", device: String? = nil, at now: Instant = morning) -> Visitor {
        Visitor(address: address, device: "Firefox", deviceToken: device, at: now, request: "req")
    }

    func password(
        _ password: String = words, email: String = address, from address: String = "192.0.2.1",
        device: String? = nil, at now: Instant = morning
    ) throws -> SignInResult {
        try signIn.password(
            password, email: email, visitor: visitor(address, device: device, at: now), in: database)
    }

    func session(_ result: SignInResult) throws -> NewSession {
        guard case .session(let session) = result else {
            throw Fault("The test expected a session", because: "\(result)")
        }
        return session
    }

    /// The kind of a result, in a word.
    func word(_ result: SignInResult) -> String {
        switch result {
        case .session(let new): new.session.stage.rawValue
        case .wrong: "wrong"
        case .wait: "wait"
        case .startAgain: "start-again"
        }
    }

    func actor(_ token: String, at now: Instant = morning) throws -> Actor? {
        try database.read {
            try signIn.sessions.actor(forToken: token, from: "192.0.2.99", at: now, in: $0)?.actor
        }
    }

    func record() throws -> AccountRecord {
        try #require(try database.read { try AccountRows.account(account, in: $0) })
    }

    func change(_ details: AccountDetails) throws -> AccountRecord {
        let version = try record().version
        return try database.write {
            try store.change(account, to: details, version: version, by: occasion(admin), in: $0).get()
        }
    }

    func disable() throws {
        let version = try record().version
        _ = try database.write {
            try store.setStatus(
                account, disabled: true, version: version, reason: "Left", by: occasion(admin), in: $0
            ).get()
        }
    }

    func open(by actor: Actor) throws -> Int {
        try database.write { try signIn.sessions.sessions(of: account, by: occasion(actor), in: $0).count }
    }

    func prove(
        _ proof: SignIn.Proof, _ token: String, from address: String = "192.0.2.1", device: String? = nil,
        at now: Instant = morning
    ) throws -> SignInResult {
        try database.write {
            try signIn.secondFactor(
                proof, token: token, visitor: visitor(address, device: device, at: now), in: $0)
        }
    }

    /// Sets the second factor up in the session of a token. Returns its secret with what confirming gave.
    func enrol(_ token: String, at now: Instant = morning) throws -> (secret: [UInt8], ready: FactorReady) {
        let setUp = try #require(
            try database.write { try signIn.setUpFactor(token: token, visitor: visitor(at: now), in: $0) })
        let ready = try database.write {
            try signIn.confirmFactor(
                testCode(setUp.secret, at: now), token: token, visitor: visitor(at: now), in: $0
            ).get()
        }
        return (setUp.secret, ready)
    }
}

func testSealingKey() -> SealingKey { SealingKey(bytes: Array(1...32)) }

func testCode(_ secret: [UInt8], at now: Instant) -> String { TOTP.code(secret, at: now) ?? "" }
