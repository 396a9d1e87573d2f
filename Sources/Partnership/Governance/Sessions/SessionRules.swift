public import Kernel

/// How far a sign-in has come.
public enum SignInStage: String, CaseIterable, Sendable {
    /// The password was right; the second factor is still to be shown.
    case secondFactor = "second-factor"
    /// The password was right; a second factor must be set up before anything else.
    case enrolment
    /// Signed in.
    case complete

    /// The stage that follows a right password or an outside identity.
    /// - Parameters:
    ///   - hasFactor: the account has a second factor.
    ///   - needsFactor: its roles need one.
    ///   - isProved: the identity's provider has vouched for a second factor of its own.
    public static func after(firstFactor hasFactor: Bool, needsFactor: Bool, isProved: Bool = false) -> SignInStage {
        if isProved { return .complete }
        if hasFactor { return .secondFactor }
        return needsFactor ? .enrolment : .complete
    }
}

/// When sessions end (ASVS 7.3).
public struct SessionRules: Hashable, Sendable {
    /// Seconds without a request after which a session ends.
    public var idle: Int64
    /// Seconds after which a session ends whatever happens.
    public var absolute: Int64
    /// Seconds within which a sign-in must be finished.
    public var pending: Int64
    /// Guesses at the second factor in one sign-in.
    public var tries: Int
    /// A request is noted at most once in so many seconds.
    public var touchEvery: Int64

    /// Rules; by default 30 minutes idle, 12 hours in all, 10 minutes and 5 tries to finish the sign-in.
    public init(
        idle: Int64 = 1800, absolute: Int64 = 43_200, pending: Int64 = 600, tries: Int = 5, touchEvery: Int64 = 60
    ) {
        self.idle = idle
        self.absolute = absolute
        self.pending = pending
        self.tries = tries
        self.touchEvery = touchEvery
    }

    /// Why a session no longer holds, or nil while it does. A session is over at the very second of its end.
    public func end(_ session: SessionRecord, at now: Instant) -> SessionEnd? {
        if session.endedAt != nil { return .ended }
        let age = now.seconds(since: session.createdAt)
        if session.stage != .complete { return age >= Double(pending) ? .pending : nil }
        if age >= Double(absolute) { return .absolute }
        // Requests are noted once in `touchEvery` seconds: the session lasts up to so much less than `idle`, never more.
        return now.seconds(since: session.seenAt) >= Double(idle) ? .idle : nil
    }

    /// Whether a request should be noted.
    public func needsTouch(_ session: SessionRecord, at now: Instant) -> Bool {
        now.seconds(since: session.seenAt) >= Double(touchEvery)
    }
}

/// Why a session no longer holds.
public enum SessionEnd: String, CaseIterable, Sendable {
    /// Signed out, or ended by someone.
    case ended
    /// No request for too long.
    case idle
    /// Too old.
    case absolute
    /// The sign-in was not finished in time.
    case pending
}

/// A session as it is kept, without its token.
public struct SessionRecord: Hashable, Sendable {
    /// Its identifier, which the audit names.
    public let id: ID<Session>
    /// Whose it is.
    public let account: ID<Account>
    /// How far the sign-in has come.
    public let stage: SignInStage
    /// The secret from which the tokens of forms are made (against cross-site request forgery).
    public let formSecret: String
    /// What the browser calls itself.
    public let device: String
    /// The network address at sign-in.
    public let address: String
    /// When it began.
    public let createdAt: Instant
    /// When it was last used, to `touchEvery` seconds.
    public let seenAt: Instant
    /// When the second factor was last shown.
    public let secondFactorAt: Instant?
    /// Wrong guesses at the second factor so far.
    public let tries: Int
    /// When it was ended, or nil while it was not.
    public let endedAt: Instant?
}

/// A session just begun or renewed, with what only the browser keeps.
public struct NewSession: Sendable {
    /// The session.
    public let session: SessionRecord
    /// The secret for the session's cookie. Only its digest is kept.
    public let token: String
    /// The secret for the cookie by which the device is known at the next sign-in, when there is a new one.
    public let deviceToken: String?
}
