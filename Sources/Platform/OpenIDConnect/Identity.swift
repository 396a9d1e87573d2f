public import Kernel

/// Who signed in, by a provider's word.
public struct Identity: Sendable {
    /// The provider.
    public let issuer: String
    /// Whom it is about: with the issuer, the only thing to know an account by. Addresses are given to other people.
    public let subject: String
    /// When the person signed in at the provider, when it says.
    public let signedInAt: Instant?
    /// The class of the sign-in (`acr`), when the provider says.
    public let contextClass: String?
    /// The methods used (`amr`), by the names of RFC 8176.
    public let methods: [String]
    private let claims: Redacted<JSON>
    private let strongContexts: Set<String>

    init(_ token: IDToken, userInfo: JSON?, _ settings: ProviderSettings) {
        issuer = settings.issuer.text
        subject = token.subject
        contextClass = token.claims.text("acr")
        methods = token.claims.texts("amr") ?? []
        signedInAt = token.claims.seconds("auth_time").flatMap { seconds in
            (1..<1e11).contains(seconds) ? Instant(milliseconds: Int64(seconds * 1000)) : nil
        }
        var members: [JSON.Member] = []
        if case .object(let said) = token.claims { members = said }
        if case .object(let more)? = userInfo {
            members += more.filter { extra in !members.contains { $0.name == extra.name } }
        }
        claims = Redacted(.object(members))
        strongContexts = settings.strongContexts
    }

    /// The e-mail address that the provider gives, in whatever spelling.
    public var email: Redacted<String>? { claims.reveal().text("email").map { Redacted($0) } }

    /// Whether the provider has made sure that the address is the person's.
    public var isEmailVerified: Bool { claims.reveal()["email_verified"] == .bool(true) }

    /// The person's name as the provider gives it.
    public var name: Redacted<String>? { claims.reveal().text("name").map { Redacted($0) } }

    /// Any other claim.
    public func claim(_ name: String) -> Redacted<JSON>? { claims.reveal()[name].map { Redacted($0) } }

    /// Whether the provider says that a second factor was used: `mfa`, or something known together with something held
    /// or a part of the body (RFC 8176), or a context class that the settings name.
    public var usedSecondFactor: Bool {
        let methods = Set(methods)
        if let contextClass, strongContexts.contains(contextClass) { return true }
        if methods.contains("mfa") { return true }
        let isKnown = !methods.isDisjoint(with: ["pwd", "password", "pin", "kba"])
        let held: Set<String> = ["hwk", "otp", "sc", "sms", "swk", "tel", "pop"]
        let body: Set<String> = ["face", "fpt", "iris", "retina", "vbm"]
        let isHeld = !methods.isDisjoint(with: held)
        let isBody = !methods.isDisjoint(with: body)
        return [isKnown, isHeld, isBody].count { $0 } >= 2
    }
}
