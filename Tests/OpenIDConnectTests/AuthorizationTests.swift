import Kernel
import OpenIDConnect
import Testing

@Suite struct AuthorizationTests {
    static let now = Instant(milliseconds: 1_800_000_000_000)

    static func settings(secret: String? = "s", scopes: [String] = ["email", "profile"]) throws -> ProviderSettings {
        try ProviderSettings(
            issuer: "https://login.example.org", clientID: "con cord", secret: secret.map { Redacted($0) },
            redirect: "https://concord.example/sign-in/return", scopes: scopes)
    }

    @Test("The challenge is that of RFC 7636, appendix B")
    func challenge() {
        #expect(
            AuthorizationRequest.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
                == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test("The person is sent with everything that ties the answer to this sign-in")
    func address() throws {
        let request = AuthorizationRequest(
            issuer: "https://login.example.org", at: AuthorizationTests.now, maximumAge: 300)
        let address = request.address(
            try MetadataTests.metadata(), try AuthorizationTests.settings(), contexts: ["urn:a", "b"],
            hint: Redacted("jo+t@council.example"))
        let start = "https://login.example.org/auth?tenant=7&"
        #expect(address.hasPrefix(start))
        let parts = address.dropFirst(start.count).split(separator: "&").map(String.init)
        #expect(
            parts == [
                "response_type=code", "client_id=con%20cord",
                "redirect_uri=https%3A%2F%2Fconcord.example%2Fsign-in%2Freturn", "scope=openid%20email%20profile",
                "state=\(request.state)", "nonce=\(request.nonce)",
                "code_challenge=\(AuthorizationRequest.challenge(request.verifier))", "code_challenge_method=S256",
                "max_age=300", "acr_values=urn%3Aa%20b", "login_hint=jo%2Bt%40council.example",
            ])
        #expect(!address.contains(request.verifier))
    }

    @Test("State, nonce and verifier are new each time, different, and 256 bits long")
    func random() {
        let requests = (0..<50).map { _ in AuthorizationRequest(issuer: "i", at: AuthorizationTests.now) }
        let all = Set(requests.flatMap { [$0.state, $0.nonce, $0.verifier] })
        #expect(all.count == 150)
        // RFC 7636, 4.1: 43 to 128 characters.
        #expect(all.allSatisfy { $0.utf8.count == 43 })
    }

    @Test("What is kept comes back whole, and anything else does not")
    func kept() {
        for age in [nil, 300] as [Int64?] {
            let request = AuthorizationRequest(issuer: "https://a", at: AuthorizationTests.now, maximumAge: age)
            #expect(AuthorizationRequest(kept: request.kept) == request)
            #expect(AuthorizationRequest(kept: Array(request.kept.dropLast())) == nil)
        }
        #expect(AuthorizationRequest(kept: []) == nil)
        #expect(AuthorizationRequest(kept: Array("{\"state\": \"\"}".utf8)) == nil)
    }

    private func answer(
        _ parameters: [(String, String)], of request: AuthorizationRequest, namesIssuer: Bool = false,
        after seconds: Int64 = 5
    ) throws -> String {
        try AuthorizationResponse.code(
            in: parameters.map { (name: $0.0, value: $0.1) }, of: request, try AuthorizationTests.settings(),
            namesIssuer: namesIssuer, at: AuthorizationTests.now.advanced(bySeconds: seconds))
    }

    @Test("The code of an answer that belongs to the request is taken")
    func code() throws {
        let request = AuthorizationRequest(issuer: "https://login.example.org", at: AuthorizationTests.now)
        #expect(try answer([("code", "abc"), ("state", request.state)], of: request) == "abc")
        let named = [("iss", "https://login.example.org"), ("state", request.state), ("code", "abc"), ("more", "1")]
        #expect(try answer(named, of: request, namesIssuer: true) == "abc")
        #expect(try answer(named, of: request, after: 600) == "abc")
    }

    @Test("An answer of another sign-in, provider or browser is refused")
    func stray() throws {
        let request = AuthorizationRequest(issuer: "https://login.example.org", at: AuthorizationTests.now)
        let other = AuthorizationRequest(issuer: "https://other.example.org", at: AuthorizationTests.now)
        let state = ("state", request.state)
        let wrong: [[(String, String)]] = [
            [], [("code", "abc")], [state], [("code", ""), state], [("code", "abc"), ("state", "")],
            [("code", "abc"), ("state", other.state)], [("code", "abc"), state, state],
            [("code", "a"), ("code", "b"), state],
            [("code", "abc"), state, ("iss", "https://evil.example.org")], [("code", "abc"), state, ("iss", "")],
            [("code", String(repeating: "a", count: 9000)), state],
        ]
        for parameters in wrong {
            #expect(throws: SignInFailure.strayAnswer, "\(parameters)") { try answer(parameters, of: request) }
        }
        #expect(throws: SignInFailure.strayAnswer) {
            try answer([("code", "abc"), state], of: request, namesIssuer: true)
        }
        #expect(throws: SignInFailure.strayAnswer) {
            try answer([("code", "abc"), ("state", other.state)], of: other)
        }
    }

    @Test("A late answer, and one from before the question, are refused")
    func late() throws {
        let request = AuthorizationRequest(issuer: "https://login.example.org", at: AuthorizationTests.now)
        let parameters = [("code", "abc"), ("state", request.state)]
        #expect(throws: SignInFailure.expired) { try answer(parameters, of: request, after: 601) }
        #expect(throws: SignInFailure.expired) { try answer(parameters, of: request, after: -1) }
    }

    @Test("The provider's no is passed on by its code, and no text of its own")
    func declined() throws {
        let request = AuthorizationRequest(issuer: "https://login.example.org", at: AuthorizationTests.now)
        let state = ("state", request.state)
        #expect(throws: SignInFailure.declined("access_denied")) {
            try answer([("error", "access_denied"), ("error_description", "<b>"), state], of: request)
        }
        #expect(throws: SignInFailure.declined("unknown")) {
            try answer([("error", "<script>"), ("code", "abc"), state], of: request)
        }
        #expect(throws: SignInFailure.strayAnswer) { try answer([("error", "access_denied")], of: request) }
    }
}
