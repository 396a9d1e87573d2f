public import Kernel
internal import Secrets

/// A token that says who signed in, checked in every way that OpenID Connect Core 1.0 (3.1.3.7) and RFC 8725 name.
public struct IDToken: Sendable {
    /// Seconds by which clocks may differ.
    public static let clockSkew: Double = 60
    /// The most bytes of a token that are read.
    public static let longest: Int = 64 << 10

    /// What it says; personal.
    let claims: JSON
    /// Whom it is about: unique at its issuer and never given to someone else.
    public let subject: String

    /// What a token must say.
    public struct Expectation: Sendable {
        let issuer: String
        let clientID: String
        let nonce: String
        let accessToken: String?
        let maximumAge: Int64?

        /// - Parameters:
        ///   - accessToken: the one that came with it, when one did.
        ///   - maximumAge: the seconds since the person signed in at the provider at most, when that was asked for.
        public init(
            issuer: String, clientID: String, nonce: String, accessToken: String? = nil, maximumAge: Int64? = nil
        ) {
            self.issuer = issuer
            self.clientID = clientID
            self.nonce = nonce
            self.accessToken = accessToken
            self.maximumAge = maximumAge
        }
    }

    /// Checks a token in the compact form (RFC 7515, 7.1): first its signature, then what it says.
    /// - Throws: the first `TokenProblem` found. After `.unknownKey` fetch the keys anew and check again.
    public init(
        _ text: String, keys: KeySet, expecting expected: Expectation, at now: Instant
    ) throws(TokenProblem) {
        guard text.utf8.count <= IDToken.longest else { throw .tooLong }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { throw .malformed }
        let header = try IDToken.object(parts[0])
        let payload = try IDToken.object(parts[1])
        try IDToken.checkSignature(parts, header, keys)
        try IDToken.checkParties(payload, expected)
        try IDToken.checkTimes(payload, expected, now)
        guard let nonce = payload.text("nonce"), constantTimeEquals(Array(nonce.utf8), Array(expected.nonce.utf8))
        else {
            throw .wrongNonce
        }
        try IDToken.checkAccessToken(payload, expected)
        // At most 255 characters of ASCII (Core 1.0, 2).
        guard let subject = payload.text("sub"), (1...255).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
        else { throw .noSubject }
        self.subject = subject
        claims = payload
    }

    private static func object(_ part: String) throws(TokenProblem) -> JSON {
        guard let bytes = Base64URL.decode(part), let json = try? JSON(parsing: bytes, from: "token"),
            case .object = json
        else { throw .malformed }
        return json
    }

    private static func checkSignature(_ parts: [String], _ header: JSON, _ keys: KeySet) throws(TokenProblem) {
        guard let name = header.text("alg"), let algorithm = SigningAlgorithm(rawValue: name) else {
            throw .algorithmRefused
        }
        // What must be understood and is not (RFC 7515, 4.1.11), and tokens made for another use (RFC 8725, 3.11).
        guard header["crit"] == nil, header["b64"] == nil else { throw .malformed }
        if let type = header["typ"] {
            guard case .string(let text) = type, ["jwt", "application/jwt"].contains(text.lowercased()) else {
                throw .malformed
            }
        }
        if let id = header["kid"] { guard case .string = id else { throw .malformed } }
        guard Base64URL.decode(parts[2])?.isEmpty == false else { throw .badSignature }
        let candidates = keys.candidates(id: header.text("kid"), algorithm)
        guard !candidates.isEmpty else { throw .unknownKey }
        let isValid = candidates.contains { key in
            Signature.isValid(protected: parts[0], payload: parts[1], signature: parts[2], key: key, algorithm)
        }
        // Without a key id a new key cannot be told from a wrong signature.
        guard isValid else { throw header["kid"] == nil ? .unknownKey : .badSignature }
    }

    private static func checkParties(_ payload: JSON, _ expected: Expectation) throws(TokenProblem) {
        guard let issuer = payload.text("iss"), isSame(issuer, expected.issuer) else { throw .wrongIssuer }
        let audiences: [JSON]
        switch payload["aud"] {
        case .string(let one)?: audiences = [.string(one)]
        case .array(let several)?: audiences = several
        default: throw .wrongAudience
        }
        guard
            audiences.contains(where: {
                if case .string(let one) = $0 { isSame(one, expected.clientID) } else { false }
            })
        else { throw .wrongAudience }
        // With several audiences, and whenever it is there, the authorised party must be us.
        if audiences.count > 1 || payload["azp"] != nil {
            guard let party = payload.text("azp"), isSame(party, expected.clientID) else { throw .wrongParty }
        }
    }

    private static func checkTimes(
        _ payload: JSON, _ expected: Expectation, _ now: Instant
    ) throws(TokenProblem) {
        let moment = Double(now.milliseconds) / 1000
        guard let expiry = payload.seconds("exp"), let issued = payload.seconds("iat") else { throw .malformed }
        guard moment < expiry + clockSkew else { throw .expired }
        guard issued <= moment + clockSkew else { throw .issuedInFuture }
        if payload["nbf"] != nil {
            guard let start = payload.seconds("nbf") else { throw .malformed }
            guard start <= moment + clockSkew else { throw .notYetValid }
        }
        if let maximumAge = expected.maximumAge {
            guard let signedIn = payload.seconds("auth_time"), signedIn + Double(maximumAge) + clockSkew >= moment
            else {
                throw .staleSignIn
            }
        }
    }

    // The left half of the hash, which for all three algorithms is SHA-256 (Core 1.0, 3.1.3.6).
    private static func checkAccessToken(_ payload: JSON, _ expected: Expectation) throws(TokenProblem) {
        guard let claim = payload["at_hash"] else { return }
        guard let token = expected.accessToken else { return }
        guard case .string(let hash) = claim,
            isSame(hash, Base64URL.encode(Array(sha256(Array(token.utf8)).prefix(16))))
        else { throw .wrongAccessToken }
    }
}
