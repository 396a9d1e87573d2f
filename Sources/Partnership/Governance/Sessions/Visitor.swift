public import Kernel

/// Whoever is signing in: what is known of a request that has no session yet.
public struct Visitor: Sendable {
    /// The network address.
    public var address: String
    /// What the browser calls itself.
    public var device: String
    /// The cookie by which the device is known from an earlier sign-in.
    public var deviceToken: String?
    /// When.
    public var now: Instant
    /// The identifier of the request.
    public var request: String

    /// A visitor.
    public init(address: String, device: String, deviceToken: String? = nil, at now: Instant, request: String) {
        self.address = address
        self.device = device
        self.deviceToken = deviceToken
        self.now = now
        self.request = request
    }

    /// An entry about an attempt, of an account if it is known.
    func entry(
        _ act: AuditAct, _ account: AccountRecord?, outcome: AuditOutcome, code: String?, session: ID<Session>? = nil
    ) -> AuditEntry {
        let kind: AuditParty.Kind = outcome == .permit ? .person : .visitor
        let object = account.flatMap { account in Code("account").map { AuditObject($0, id: account.id.text) } }
        let by = AuditParty(
            kind: kind, account: outcome == .permit ? account?.id : nil, agency: account?.details.agency,
            session: session, address: address)
        return AuditEntry(
            at: now, by: by, act: act, object: object, outcome: outcome, code: code, request: request,
            subjects: account.map { [AuditSubject($0.id)] } ?? [])
    }
}

/// How a step of signing in ended.
public enum SignInResult: Sendable {
    /// A session began or went a stage further; its stage says what comes next.
    case session(NewSession)
    /// Wrong. The answer is the same whether the account exists or not.
    case wrong
    /// Too many wrong attempts: try again after so many seconds.
    case wait(seconds: Double)
    /// The sign-in took too long or had too many wrong codes: begin again.
    case startAgain
}
