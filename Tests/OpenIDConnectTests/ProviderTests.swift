import Kernel
import OpenIDConnect
import Synchronization
import Testing

/// A provider in memory: answers from a table, and remembers what it was asked.
final class TableProvider: Sendable {
    private let state = Mutex((answers: [String: WebAnswer](), asked: [WebRequest]()))

    func answer(_ address: String, _ text: String, status: Int = 200) {
        state.withLock { $0.answers[address] = WebAnswer(status: status, body: Array(text.utf8)) }
    }

    func asked(_ address: String) -> [WebRequest] {
        state.withLock { $0.asked.filter { $0.address.text == address } }
    }

    var fetcher: WebFetcher {
        WebFetcher { (request: WebRequest) throws(Fault) -> WebAnswer in
            let answer = self.state.withLock { state in
                state.asked.append(request)
                return state.answers[request.address.text]
            }
            guard let answer else { throw Fault("Nothing answers", at: request.address.text) }
            return answer
        }
    }

    static let token = "https://api.example.org/token"
    static let keys = "https://login.example.org/keys"
    static let discovery = "https://login.example.org/.well-known/openid-configuration"
    static let userInfo = "https://login.example.org/me"

    init() {
        answer(
            TableProvider.discovery, MetadataTests.document.replacing("iss_parameter_supported\": true", with: "x\": 1")
        )
        answer(TableProvider.keys, Tokens.keys)
    }

    func answer(token: String) {
        let json = JSON.members(
            ("token_type", .string("Bearer")), ("access_token", .string(Tokens.accessToken)),
            ("id_token", .string(token)))
        answer(TableProvider.token, String(decoding: json.encoded(), as: UTF8.self))
    }
}

@Suite struct ProviderTests {
    let table = TableProvider()
    let now = Instant(milliseconds: 1_800_000_000_000)

    private func provider(
        secret: String? = "pass word/1", strong: Set<String> = [], asksUserInfo: Bool = false
    ) throws -> Provider {
        Provider(
            try ProviderSettings(
                issuer: "https://login.example.org", clientID: "concord", secret: secret.map { Redacted($0) },
                redirect: "https://concord.example/r", strongContexts: strong, asksUserInfo: asksUserInfo),
            fetcher: table.fetcher)
    }

    // The recorded tokens' nonce.
    private func request(_ now: Instant? = nil) throws -> AuthorizationRequest {
        let kept = JSON.members(
            ("state", .string("s1")), ("nonce", .string("n-0S6_WzA2Mj")), ("verifier", .string("v1")),
            ("issuer", .string("https://login.example.org")), ("madeAt", .integer((now ?? self.now).milliseconds)))
        return try #require(AuthorizationRequest(kept: kept.encoded()))
    }

    private func finish(_ provider: Provider, at now: Instant? = nil) throws -> Identity {
        try provider.finish(
            [(name: "state", value: "s1"), (name: "code", value: "c&1")], of: try request(now), at: now ?? self.now)
    }

    private func use(_ name: String) throws { table.answer(token: try #require(Tokens.all[name])) }

    @Test("Who signed in is known by issuer and subject, with what else the token says")
    func identity() throws {
        try use("es256")
        let identity = try finish(try provider())

        #expect(identity.issuer == "https://login.example.org")
        #expect(identity.subject == "248289761001")
        #expect(identity.email?.reveal() == "amina.khan@council.example")
        #expect(identity.isEmailVerified)
        #expect(identity.name?.reveal() == "Amina Khan")
        #expect(identity.methods == ["pwd", "otp"])
        #expect(identity.contextClass == "urn:x:two")
        #expect(identity.signedInAt == now.advanced(bySeconds: -100))
        #expect(identity.usedSecondFactor)
        var dumped = ""
        dump(identity, to: &dumped)
        #expect(!dumped.contains("amina") && !"\(identity)".contains("amina"))
    }

    @Test("A token without methods says nothing of a second factor; a named context does")
    func secondFactor() throws {
        try use("minimal")
        #expect(try !finish(try provider()).usedSecondFactor)
        #expect(try !finish(try provider(strong: ["urn:x:two"])).usedSecondFactor)
        try use("es256")
        #expect(try finish(try provider(strong: ["urn:x:two"])).usedSecondFactor)
    }

    @Test("The code is exchanged once, with the verifier, and the secret where the provider takes it")
    func exchange() throws {
        try use("es256")
        _ = try finish(try provider())
        let basic = try #require(table.asked(TableProvider.token).last)
        #expect(
            String(decoding: basic.body ?? [], as: UTF8.self)
                == "grant_type=authorization_code&code=c%261&redirect_uri=https%3A%2F%2Fconcord.example%2Fr&code_verifier=v1"
        )
        // base64 of "concord:pass%20word%2F1", by coreutils.
        #expect(
            basic.headers.contains {
                $0.name == "Authorization" && $0.value == "Basic Y29uY29yZDpwYXNzJTIwd29yZCUyRjE="
            })

        _ = try finish(try provider(secret: nil))
        let open = try #require(table.asked(TableProvider.token).last)
        #expect(String(decoding: open.body ?? [], as: UTF8.self).hasSuffix("&client_id=concord"))
        #expect(!open.headers.contains { $0.name == "Authorization" })

        table.answer(
            TableProvider.discovery,
            MetadataTests.document.replacing("_parameter_supported\": true", with: "x\": 1").replacing(
                "\"jwks_uri\"",
                with: "\"token_endpoint_auth_methods_supported\": [\"client_secret_post\"], \"jwks_uri\""))
        _ = try finish(try provider())
        let post = try #require(table.asked(TableProvider.token).last)
        #expect(
            String(decoding: post.body ?? [], as: UTF8.self).hasSuffix(
                "&client_id=concord&client_secret=pass%20word%2F1"))
        #expect(!post.headers.contains { $0.name == "Authorization" })
    }

    @Test("A new key is fetched when a token names it, but not more than once a minute")
    func keyRotation() throws {
        let provider = try provider()
        try use("es256")
        _ = try finish(provider)
        _ = try finish(provider)
        #expect(table.asked(TableProvider.keys).count == 1)
        #expect(table.asked(TableProvider.discovery).count == 1)

        try use("newKey")
        for seconds in [10, 30, 59] as [Int64] {
            #expect(throws: SignInFailure.badToken(.unknownKey)) {
                try finish(provider, at: now.advanced(bySeconds: seconds))
            }
        }
        #expect(table.asked(TableProvider.keys).count == 1)
        #expect(throws: SignInFailure.badToken(.unknownKey)) { try finish(provider, at: now.advanced(bySeconds: 60)) }
        #expect(table.asked(TableProvider.keys).count == 2)

        table.answer(TableProvider.keys, Tokens.laterKeys)
        #expect(try finish(provider, at: now.advanced(bySeconds: 120)).subject == "248289761001")
        #expect(table.asked(TableProvider.keys).count == 3)
        // The key that the provider withdrew is not trusted any more.
        try use("es256")
        #expect(throws: SignInFailure.badToken(.unknownKey)) { try finish(provider, at: now.advanced(bySeconds: 130)) }
    }

    @Test("Keys and the discovery document are fetched anew after an hour")
    func renewal() throws {
        let provider = try provider()
        _ = try provider.begin(at: now)
        _ = try provider.begin(at: now.advanced(bySeconds: 3599))
        #expect(table.asked(TableProvider.discovery).count == 1)
        _ = try provider.begin(at: now.advanced(bySeconds: 3600))
        #expect(table.asked(TableProvider.discovery).count == 2)
        // A clock that was set back.
        _ = try provider.begin(at: now)
        #expect(table.asked(TableProvider.discovery).count == 3)
    }

    @Test(
        "A wrong token signs no one in",
        arguments: ["none", "otherKey", "alteredPayload", "wrongNonce", "wrongAudience", "wrongAccessToken"])
    func wrongToken(_ name: String) throws {
        try use(name)
        let expected = try #require(IDTokenTests.wrong[name])
        let failure = #expect(throws: SignInFailure.self) { try finish(try provider()) }
        #expect(failure == .badToken(expected))
        #expect(failure?.fault.what == "You could not be signed in")
    }

    @Test("What the provider answers in place of a token is a plain failure")
    func answers() throws {
        table.answer(TableProvider.token, #"{"error": "invalid_grant", "error_description": "x"}"#, status: 400)
        #expect(throws: SignInFailure.codeRefused("invalid_grant")) { try finish(try provider()) }
        table.answer(TableProvider.token, #"{"error": "<b>"}"#, status: 401)
        #expect(throws: SignInFailure.codeRefused("unknown")) { try finish(try provider()) }
        for (text, status) in [("<html>", 200), ("{}", 200), ("", 500), (#"{"id_token": 7}"#, 200)] {
            table.answer(TableProvider.token, text, status: status)
            let failure = #expect(throws: SignInFailure.self) { try finish(try provider()) }
            guard case .provider? = failure else {
                Issue.record("\(text) gave \(String(describing: failure))")
                continue
            }
        }
        #expect(table.asked(TableProvider.keys).isEmpty)
    }

    @Test("A provider that is away, or answers what it should not, is named")
    func unreachable() throws {
        for (address, text, status) in [
            (TableProvider.discovery, "", 404), (TableProvider.discovery, "<html>", 200),
            (TableProvider.discovery, "[]", 200),
            (TableProvider.keys, "{}", 200), (TableProvider.keys, "", 503),
        ] {
            let table = TableProvider()
            table.answer(token: try #require(Tokens.all["es256"]))
            table.answer(address, text, status: status)
            let settings = try AuthorizationTests.settings()
            let failure = #expect(throws: SignInFailure.self) {
                let provider = Provider(settings, fetcher: table.fetcher)
                _ = try provider.finish(
                    [(name: "state", value: "s1"), (name: "code", value: "c")], of: try request(), at: now)
            }
            guard case .provider? = failure else {
                Issue.record("\(address) \(text) gave \(String(describing: failure))")
                continue
            }
        }
    }

    @Test("Userinfo adds to the token, and must be about the same person")
    func userInfo() throws {
        try use("minimal")
        table.answer(
            TableProvider.userInfo, #"{"sub": "248289761001", "email": "a@b.example", "iss": "evil", "amr": ["mfa"]}"#)
        let identity = try finish(try provider(asksUserInfo: true))
        #expect(identity.email?.reveal() == "a@b.example")
        #expect(!identity.isEmailVerified)
        // It is not signed: what was done to sign in is taken from the token alone.
        #expect(!identity.usedSecondFactor)
        #expect(identity.issuer == "https://login.example.org")
        let asked = try #require(table.asked(TableProvider.userInfo).last)
        #expect(asked.headers.contains { $0.name == "Authorization" && $0.value == "Bearer \(Tokens.accessToken)" })

        for text in [#"{"sub": "248289761002"}"#, "{}", #"{"sub": 7}"#] {
            table.answer(TableProvider.userInfo, text)
            #expect(throws: SignInFailure.wrongUserInfo) { try finish(try provider(asksUserInfo: true)) }
        }
    }
}
