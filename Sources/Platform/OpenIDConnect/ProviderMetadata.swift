public import Kernel

/// What a provider says of itself (OpenID Connect Discovery 1.0, 3), as far as signing in needs it.
public struct ProviderMetadata: Hashable, Sendable {
    /// Where people sign in.
    public let authorization: WebAddress
    /// Where codes are exchanged.
    public let token: WebAddress
    /// Where its public keys are.
    public let keys: WebAddress
    /// Where more is said about who signed in.
    public let userInfo: WebAddress?
    /// Where people sign out.
    public let endSession: WebAddress?
    /// How clients may prove themselves at the token endpoint.
    public let clientAuthentication: [String]
    /// Whether every answer names the issuer (RFC 9207).
    public let namesIssuer: Bool

    private static let what = "The sign-in provider cannot be used"

    /// Reads a discovery document.
    /// - Throws: a `Fault` when it is that of another issuer, an address in it is missing or not secure, or it
    ///   cannot do what we need.
    public init(_ document: JSON, issuer: WebAddress) throws(Fault) {
        guard let named = document.text("issuer"), isSame(named, issuer.text) else {
            throw Fault(
                ProviderMetadata.what, at: issuer.text, because: "its discovery document names another issuer",
                remedy: "Write the issuer exactly as the document names it, with or without a slash at the end.")
        }
        authorization = try ProviderMetadata.needed("authorization_endpoint", in: document, issuer)
        token = try ProviderMetadata.needed("token_endpoint", in: document, issuer)
        keys = try ProviderMetadata.needed("jwks_uri", in: document, issuer)
        userInfo = try ProviderMetadata.address("userinfo_endpoint", in: document, issuer)
        endSession = try ProviderMetadata.address("end_session_endpoint", in: document, issuer)
        // The default of Discovery 1.0.
        clientAuthentication = document.texts("token_endpoint_auth_methods_supported") ?? ["client_secret_basic"]
        namesIssuer = document["authorization_response_iss_parameter_supported"] == .bool(true)
        try ProviderMetadata.check(document, issuer)
    }

    private static func check(_ document: JSON, _ issuer: WebAddress) throws(Fault) {
        if let types = document.texts("response_types_supported"), !types.contains("code") {
            throw Fault(what, at: issuer.text, because: "it does not offer the authorization code flow")
        }
        if let methods = document.texts("code_challenge_methods_supported"), !methods.contains("S256") {
            throw Fault(what, at: issuer.text, because: "it does not offer PKCE with S256")
        }
        let algorithms = document.texts("id_token_signing_alg_values_supported") ?? ["RS256"]
        guard algorithms.contains(where: { SigningAlgorithm(rawValue: $0) != nil }) else {
            throw Fault(
                what, at: issuer.text, because: "it signs by none of RS256, ES256 and PS256",
                remedy: "Ask the provider's administrator for one of them.")
        }
    }

    private static func needed(_ name: String, in document: JSON, _ issuer: WebAddress) throws(Fault) -> WebAddress {
        guard let address = try address(name, in: document, issuer) else {
            throw Fault(what, at: issuer.text, because: "its discovery document has no \(name)")
        }
        return address
    }

    // Only a provider on this machine may have endpoints without TLS, and only on this machine.
    private static func address(_ name: String, in document: JSON, _ issuer: WebAddress) throws(Fault) -> WebAddress? {
        guard let value = document[name], value != .null else { return nil }
        guard case .string(let text) = value, let address = WebAddress(text) else {
            throw Fault(what, at: issuer.text, because: "its \(name) is not a web address")
        }
        guard address.isSecure || (address.isLoopback && issuer.isLoopback) else {
            throw Fault(what, at: issuer.text, because: "its \(name) does not begin with https://")
        }
        return address
    }
}

extension JSON {
    /// The text of a member.
    func text(_ name: String) -> String? {
        if case .string(let text)? = self[name] { return text }
        return nil
    }

    /// The texts of a member that is a list; others in it are left out.
    func texts(_ name: String) -> [String]? {
        guard case .array(let items)? = self[name] else { return nil }
        return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }

    /// The seconds of a member that is a number (RFC 7519, 2: NumericDate, which may have a fraction).
    func seconds(_ name: String) -> Double? {
        switch self[name] {
        case .integer(let value)?: Double(value)
        case .number(let value)?: value
        default: nil
        }
    }
}
