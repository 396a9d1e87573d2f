internal import Digests
public import Kernel
internal import Secrets

/// The first half of a sign-in: what the person takes to the provider, and what stays here until they are back.
///
/// Keep `kept` sealed in a cookie of this browser (HttpOnly, SameSite=Lax), and forget it when the person is back: the
/// state then ties the answer to this browser, and a second use of the answer finds nothing.
public struct AuthorizationRequest: Hashable, Sendable {
    /// Seconds within which the person must be back.
    public static let life: Int64 = 600

    /// Ties the answer to this browser.
    public let state: String
    /// Ties the token to this sign-in.
    public let nonce: String
    /// Ties the code to us (RFC 7636).
    public let verifier: String
    /// The issuer that was asked, so that no other one's answer is taken for it.
    public let issuer: String
    /// When it was made.
    public let madeAt: Instant
    /// When the person must have signed in at the provider at the earliest, as seconds before the token; nil when any
    /// sign-in will do.
    public let maximumAge: Int64?

    /// A new one, with 256 random bits each of state, nonce and verifier.
    public init(issuer: String, at now: Instant, maximumAge: Int64? = nil) {
        state = Token.make()
        nonce = Token.make()
        verifier = Token.make()
        self.issuer = issuer
        madeAt = now
        self.maximumAge = maximumAge
    }

    /// The PKCE challenge of a verifier (RFC 7636, 4.2): base64url of its SHA-256.
    public static func challenge(_ verifier: String) -> String { Base64URL.encode(sha256(Array(verifier.utf8))) }

    /// Where to send the person.
    /// - Parameters:
    ///   - contexts: values of `acr` to ask for, the best first.
    ///   - hint: the e-mail address to put in the provider's field.
    public func address(
        _ metadata: ProviderMetadata, _ settings: ProviderSettings, contexts: [String] = [],
        hint: Redacted<String>? = nil
    ) -> String {
        var parameters = [
            (name: "response_type", value: "code"), (name: "client_id", value: settings.clientID),
            (name: "redirect_uri", value: settings.redirect),
            (name: "scope", value: settings.scopes.joined(separator: " ")), (name: "state", value: state),
            (name: "nonce", value: nonce), (name: "code_challenge", value: AuthorizationRequest.challenge(verifier)),
            (name: "code_challenge_method", value: "S256"),
        ]
        if let maximumAge { parameters.append((name: "max_age", value: String(maximumAge))) }
        if !contexts.isEmpty { parameters.append((name: "acr_values", value: contexts.joined(separator: " "))) }
        if let hint { parameters.append((name: "login_hint", value: hint.reveal())) }
        return metadata.authorization.appending(parameters)
    }
}

extension AuthorizationRequest {
    /// What to keep until the person is back, as bytes to be sealed.
    public var kept: [UInt8] {
        let age: JSON = maximumAge.map { .integer($0) } ?? .null
        return JSON.members(
            ("state", .string(state)), ("nonce", .string(nonce)), ("verifier", .string(verifier)),
            ("issuer", .string(issuer)), ("madeAt", .integer(madeAt.milliseconds)), ("maximumAge", age)
        ).encoded(indented: false)
    }

    /// Reads what was kept; nil when it is none.
    public init?(kept bytes: [UInt8]) {
        guard let json = try? JSON(parsing: bytes, from: "sign-in"), let state = json.text("state"),
            let nonce = json.text("nonce"), let verifier = json.text("verifier"), let issuer = json.text("issuer"),
            case .integer(let madeAt)? = json["madeAt"], !state.isEmpty, !nonce.isEmpty, !verifier.isEmpty
        else { return nil }
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
        self.issuer = issuer
        self.madeAt = Instant(milliseconds: madeAt)
        if case .integer(let age)? = json["maximumAge"] { maximumAge = age } else { maximumAge = nil }
    }
}

/// The SHA-256 of bytes.
func sha256(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array(SHA256.hex(bytes).utf8)
    func value(_ digit: UInt8) -> UInt8 { digit < 0x40 ? digit - 0x30 : digit - 0x61 + 10 }
    return stride(from: 0, to: digits.count, by: 2).map { value(digits[$0]) << 4 | value(digits[$0 + 1]) }
}
