public import Governance
import HTTP
public import Kernel
import Secrets
import Site
import Storage

/// Someone with an account, and with a browser of their own.
public struct TestAccount: Sendable {
    /// The account.
    public let id: ID<Account>
    /// What an administrator says of it.
    public let details: AccountDetails
    /// The address by which they sign in.
    public var email: String { details.email.text }
    /// Their browser.
    public let browser: TestBrowser
    /// The secret in their authenticator app; nil when they have none.
    public let secret: [UInt8]?
    /// Their recovery codes.
    public let recoveryCodes: [String]
    /// The actor that they are, with a fresh second factor at the time they were made.
    public let actor: Actor
}

extension TestSite {
    /// Someone whose account is ready and who has signed in, with a fresh second factor if the roles need one. Their
    /// training and vetting are in date.
    /// - Parameter isSignedIn: false for someone who has not opened the site yet; they have a second factor all the same.
    public func account(
        roles: [String], agency: String = "council", teams: [String] = [], panels: [String] = [],
        name: String? = nil, email: String? = nil, side: SubjectSide? = nil, isSignedIn: Bool = true
    ) throws -> TestAccount {
        let number = next()
        let details = AccountDetails(
            email: try TestSite.email(email ?? "person\(number)@\(agency).example"), name: name ?? "Person \(number)",
            agency: try TestSite.code(agency), teams: Set(try teams.map { try TestSite.code($0) }),
            roles: Set(try roles.map { RoleGrant(try TestSite.code($0), from: now.ukDate) }),
            panels: Set(try panels.map { PanelMembership(panel: try TestSite.code($0), from: now.ukDate, until: nil) }),
            side: side, trainedUntil: now.advanced(bySeconds: 300 * 86_400).ukDate,
            vettedUntil: now.advanced(bySeconds: 300 * 86_400).ukDate)
        let record = try activate(details)
        return try ready(record, number: number, isSignedIn: isSignedIn)
    }

    /// An account whose owner has not set a password yet, with the token of the link by which to do it.
    public func invitation(
        roles: [String], agency: String = "council", email: String = "new@council.example", name: String = "New Person"
    ) throws -> (account: ID<Account>, token: String) {
        let details = AccountDetails(
            email: try TestSite.email(email), name: name, agency: try TestSite.code(agency),
            roles: Set(try roles.map { RoleGrant(try TestSite.code($0), from: now.ukDate) }))
        return try site.database.write { try invite(details, in: $0) }
    }

    /// The code that an authenticator app shows. Time passes first, so that it is a code that was not used before.
    public func code(of account: TestAccount) throws -> String {
        guard let secret = account.secret else { throw Fault("The account has no second factor") }
        return try code(of: secret)
    }

    /// The same of a secret.
    public func code(of secret: [UInt8]) throws -> String {
        advance(seconds: 60)
        guard let code = TOTP.code(secret, at: now) else { throw Fault("There is no code") }
        return code
    }

    /// Who acts for the command line.
    public var system: Occasion {
        get throws {
            let actor = Actor(
                kind: .system, account: ID(at: TestSite.morning), name: "Command line",
                agency: try TestSite.code("council"))
            return Occasion(actor, at: now, request: "test")
        }
    }

    /// A code, or a fault.
    public static func code<Tag>(_ text: String) throws -> Code<Tag> {
        guard let code = Code<Tag>(text) else { throw Fault("No code", because: text) }
        return code
    }

    private static func email(_ text: String) throws -> EmailAddress {
        guard let email = EmailAddress(text) else { throw Fault("No address", because: text) }
        return email
    }

    // All accounts have one password, so its hash is made once.
    private static let hash = Result { try PasswordWork.argon2id.hash(password) }

    private func invite(_ details: AccountDetails, in connection: Connection) throws -> (ID<Account>, String) {
        let store = AccountStore(rules: site.accountRules)
        let account = try store.create(details, by: system, in: connection).get()
        return (account.id, try store.makeLink(for: account.id, by: system, in: connection).get())
    }

    private func activate(_ details: AccountDetails) throws -> AccountRecord {
        let hash = try TestSite.hash.get()
        return try site.database.write { connection in
            let (_, token) = try invite(details, in: connection)
            return try AccountStore(rules: site.accountRules).useLink(
                token, passwordHash: hash, from: nil, at: now, request: "test", in: connection
            ).get()
        }
    }

    private func ready(_ record: AccountRecord, number: Int, isSignedIn: Bool) throws -> TestAccount {
        let address = "192.0.2.\(10 + number % 200)"
        let browser = TestBrowser(self, address: address)
        let visitor = Visitor(address: address, device: "Test", at: now, request: "test")
        var result = try site.signIn.password(
            TestSite.password, email: record.details.email.text, visitor: visitor, in: site.database)
        var secret: [UInt8]?
        var codes: [String] = []
        if case .session(let session) = result, session.session.stage == .enrolment {
            let ready = try enrol(session.token, visitor)
            (secret, codes, result) = (ready.secret, ready.ready.recoveryCodes, .session(ready.ready.session))
        }
        guard case .session(let session) = result, session.session.stage == .complete else {
            throw Fault("The account could not sign in")
        }
        if isSignedIn {
            browser.set(site.cookies.session, session.token)
            browser.set(site.cookies.device, session.deviceToken)
            browser.keep(token: site.formTokens.token(for: session.session.formSecret))
        }
        let actor = record.actor(
            session: session.session.id, secondFactorAt: session.session.secondFactorAt, address: address, at: now)
        return TestAccount(
            id: record.id, details: record.details, browser: browser, secret: secret, recoveryCodes: codes,
            actor: actor)
    }

    private func enrol(_ token: String, _ visitor: Visitor) throws -> (secret: [UInt8], ready: FactorReady) {
        try site.database.write { connection in
            guard let setUp = try site.signIn.setUpFactor(token: token, visitor: visitor, in: connection),
                let code = TOTP.code(setUp.secret, at: visitor.now)
            else { throw Fault("The second factor could not be set up") }
            let ready = try site.signIn.confirmFactor(code, token: token, visitor: visitor, in: connection).get()
            return (setUp.secret, ready)
        }
    }
}
