public import Configuration
internal import Files
public import Kernel
public import OpenIDConnect

/// Another organisation's sign-in service, as people choose it on the sign-in page.
public struct SignInProvider: Sendable {
    /// What its button says: "Sign in with NAME".
    public let name: String
    /// Its name in addresses.
    public let slug: String
    /// The service.
    public let provider: Provider
    private let secondFactors: Set<String>

    /// The most seconds since the person signed in at the provider for its second factor to count: as long as one counts
    /// as fresh here, so that a browser left open at the provider does not open what asks for a fresh one.
    public static let freshness: Int64 = 900

    /// How old the sign-in at the provider may be: any age where its second factor is not asked for.
    public var maximumAge: Int64? { secondFactors.isEmpty ? nil : SignInProvider.freshness }

    /// A service of the configuration.
    /// - Throws: a `Fault` when the file of the client's secret cannot be read or the settings are wrong.
    public init(
        _ settings: Configuration.ProviderSettings, publicAddress: String, fetcher: WebFetcher = .curl()
    ) throws(Fault) {
        name = settings.name
        slug = settings.slug
        secondFactors = Set(settings.secondFactorClaims)
        provider = Provider(
            try ProviderSettings(
                issuer: settings.issuer, clientID: settings.clientID,
                secret: try settings.clientSecretFile.map(SignInProvider.secret),
                redirect: publicAddress + settings.returnPath, strongContexts: secondFactors, asksUserInfo: true),
            fetcher: fetcher)
    }

    /// Whether the provider vouches for a second factor shown a short while ago: by RFC 8176, or in the words of the
    /// configuration. When it does not say when, it was not.
    public func vouches(for identity: Identity, at now: Instant) -> Bool {
        guard let at = identity.signedInAt, now.seconds(since: at) <= Double(SignInProvider.freshness) else {
            return false
        }
        return identity.usedSecondFactor || !secondFactors.isDisjoint(with: identity.methods)
    }

    private static func secret(_ path: String) throws(Fault) -> Redacted<String> {
        let text = String(decoding: try FileSystem.read(path, limit: 4096), as: UTF8.self)
        let secret = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        guard !secret.isEmpty else {
            throw Fault(
                "The client's secret is missing", at: path, because: "its first line is empty",
                remedy: "Write the secret that the sign-in provider's administrator gave you there.")
        }
        return Redacted(secret)
    }
}
