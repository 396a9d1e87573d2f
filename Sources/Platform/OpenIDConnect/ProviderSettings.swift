public import Kernel

/// What an administrator says of a sign-in provider, and what the provider's administrator said of us.
public struct ProviderSettings: Sendable {
    /// The provider's issuer identifier: its discovery document is at `ISSUER/.well-known/openid-configuration`.
    public let issuer: WebAddress
    /// Our name at the provider.
    public let clientID: String
    /// Our secret there; nil for a public client, which has PKCE alone.
    public let secret: Redacted<String>?
    /// Where the provider sends people back to: as registered there, byte for byte.
    public let redirect: String
    /// What is asked for; `openid` is always asked for.
    public let scopes: [String]
    /// Values of `acr` by which this provider says that a second factor was used.
    public let strongContexts: Set<String>
    /// Whether to ask the userinfo endpoint too, for providers that put little into the token.
    public let asksUserInfo: Bool

    /// Settings.
    /// - Throws: a `Fault` when the issuer is no `https` address (`http` is taken on this machine only) or has a query,
    ///   or the client's name is empty.
    public init(
        issuer: String, clientID: String, secret: Redacted<String>?, redirect: String,
        scopes: [String] = ["email", "profile"], strongContexts: Set<String> = [], asksUserInfo: Bool = false
    ) throws(Fault) {
        let what = "The sign-in provider's settings are wrong"
        guard let address = WebAddress(issuer), !address.hasQuery else {
            throw Fault(
                what, at: "issuer", because: "it is not a web address without a query",
                remedy: "Write the issuer as the provider's administrator gave it, such as https://login.example.org.")
        }
        guard address.isSecure || address.isLoopback else {
            throw Fault(
                what, at: "issuer", because: "the address does not begin with https://",
                remedy: "Use the provider's https address: without it anyone on the way could sign in as someone else.")
        }
        guard !clientID.isEmpty else { throw Fault(what, at: "client id", because: "it is empty") }
        guard WebAddress(redirect) != nil else {
            throw Fault(what, at: "redirect address", because: "it is not a web address")
        }
        self.issuer = address
        self.clientID = clientID
        self.secret = secret
        self.redirect = redirect
        self.scopes = ["openid"] + scopes.filter { $0 != "openid" }
        self.strongContexts = strongContexts
        self.asksUserInfo = asksUserInfo
    }

    /// The address of the discovery document (OpenID Connect Discovery 1.0, 4).
    public var discovery: String {
        let base = issuer.text
        return (base.hasSuffix("/") ? String(base.dropLast()) : base) + "/.well-known/openid-configuration"
    }
}
