public import Kernel
internal import Synchronization

/// A sign-in provider: sends people there, and learns from it who came back. Can be used from all threads.
///
/// What it says of itself and its keys are kept for an hour. When a token is signed with a key that is not among them,
/// they are fetched once more, but at most once a minute, whatever is sent here.
public final class Provider: Sendable {
    private static let life: Double = 3600
    private static let pause: Double = 60

    private let settings: ProviderSettings
    private let fetcher: WebFetcher
    private let kept = Mutex(Kept())

    private struct Kept {
        var metadata: (value: ProviderMetadata, at: Instant)?
        var keys: (value: KeySet, at: Instant)?
    }

    /// A provider; nothing is fetched yet.
    public init(_ settings: ProviderSettings, fetcher: WebFetcher = .curl()) {
        self.settings = settings
        self.fetcher = fetcher
    }

    /// Begins a sign-in.
    /// - Parameters:
    ///   - maximumAge: asks for a sign-in at the provider no older than so many seconds.
    ///   - contexts: values of `acr` to ask for, the best first.
    ///   - hint: the e-mail address to put in the provider's field.
    /// - Returns: what to keep, and where to send the person.
    /// - Throws: `SignInFailure.provider`.
    public func begin(
        at now: Instant, maximumAge: Int64? = nil, contexts: [String] = [], hint: Redacted<String>? = nil
    ) throws(SignInFailure) -> (request: AuthorizationRequest, address: String) {
        let metadata = try metadata(at: now)
        let request = AuthorizationRequest(issuer: settings.issuer.text, at: now, maximumAge: maximumAge)
        return (request, request.address(metadata, settings, contexts: contexts, hint: hint))
    }

    /// Completes a sign-in.
    /// - Parameters:
    ///   - parameters: those of the redirect address with which the person came back, decoded.
    ///   - request: what was kept of the first half.
    /// - Throws: a `SignInFailure`; nothing of it says that anyone is anyone.
    public func finish(
        _ parameters: [(name: String, value: String)], of request: AuthorizationRequest, at now: Instant
    ) throws(SignInFailure) -> Identity {
        let metadata = try metadata(at: now)
        let code = try AuthorizationResponse.code(
            in: parameters, of: request, settings, namesIssuer: metadata.namesIssuer, at: now)
        let answer = try asking { () throws(Fault) in
            try fetcher.fetch(
                TokenExchange.request(code: code, verifier: request.verifier, metadata, settings))
        }
        let tokens = try TokenExchange.tokens(in: answer, from: metadata.token)
        let expected = IDToken.Expectation(
            issuer: settings.issuer.text, clientID: settings.clientID, nonce: request.nonce,
            accessToken: tokens.accessToken, maximumAge: request.maximumAge)
        let token = try checked(tokens.idToken, expected, metadata, at: now)
        let more = try userInfo(metadata, tokens.accessToken, of: token)
        return Identity(token, userInfo: more, settings)
    }

    private func checked(
        _ text: String, _ expected: IDToken.Expectation, _ metadata: ProviderMetadata, at now: Instant
    ) throws(SignInFailure) -> IDToken {
        let keys = try keys(metadata, at: now, isNeeded: false)
        do {
            return try IDToken(text, keys: keys, expecting: expected, at: now)
        } catch {
            guard error == .unknownKey else { throw .badToken(error) }
        }
        let newer = try self.keys(metadata, at: now, isNeeded: true)
        do {
            return try IDToken(text, keys: newer, expecting: expected, at: now)
        } catch {
            throw .badToken(error)
        }
    }

    // It must be about the same person (Core 1.0, 5.3.2).
    private func userInfo(
        _ metadata: ProviderMetadata, _ accessToken: String?, of token: IDToken
    ) throws(SignInFailure) -> JSON? {
        guard settings.asksUserInfo, let address = metadata.userInfo, let accessToken else { return nil }
        let info = try asking { () throws(Fault) in
            try fetcher.json(address, headers: [(name: "Authorization", value: "Bearer \(accessToken)")])
        }
        guard let subject = info.text("sub"), isSame(subject, token.subject) else { throw .wrongUserInfo }
        return info
    }

    private func metadata(at now: Instant) throws(SignInFailure) -> ProviderMetadata {
        if let kept = kept.withLock({ $0.metadata }), isFresh(kept.at, now, Provider.life) { return kept.value }
        let value = try asking { () throws(Fault) in
            guard let address = WebAddress(settings.discovery) else {
                throw ProviderFault.make("it is no address", settings.issuer)
            }
            return try ProviderMetadata(try fetcher.json(address), issuer: settings.issuer)
        }
        kept.withLock { $0.metadata = (value, now) }
        return value
    }

    private func keys(
        _ metadata: ProviderMetadata, at now: Instant, isNeeded: Bool
    ) throws(SignInFailure) -> KeySet {
        if let kept = kept.withLock({ $0.keys }),
            isFresh(kept.at, now, isNeeded ? Provider.pause : Provider.life)
        {
            return kept.value
        }
        let value = try asking { () throws(Fault) in try KeySet(try fetcher.json(metadata.keys)) }
        kept.withLock { $0.keys = (value, now) }
        return value
    }

    // A clock that was set back makes nothing fresh for ever.
    private func isFresh(_ time: Instant, _ now: Instant, _ life: Double) -> Bool {
        (0..<life).contains(now.seconds(since: time))
    }

    private func asking<T>(_ body: () throws(Fault) -> T) throws(SignInFailure) -> T {
        do { return try body() } catch { throw .provider(error) }
    }
}
