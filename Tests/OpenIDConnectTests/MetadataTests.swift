import Kernel
import OpenIDConnect
import Testing

@Suite struct MetadataTests {
    static let document = """
        {"issuer": "https://login.example.org", "authorization_endpoint": "https://login.example.org/auth?tenant=7",
        "token_endpoint": "https://api.example.org/token", "jwks_uri": "https://login.example.org/keys",
        "userinfo_endpoint": "https://login.example.org/me", "response_types_supported": ["code", "id_token"],
        "id_token_signing_alg_values_supported": ["RS512", "ES256"], "code_challenge_methods_supported": ["plain", "S256"],
        "authorization_response_iss_parameter_supported": true}
        """

    static func metadata(
        _ text: String = MetadataTests.document, issuer: String = "https://login.example.org"
    ) throws -> ProviderMetadata {
        let address = try #require(WebAddress(issuer))
        return try ProviderMetadata(try JSON(parsing: Array(text.utf8), from: "discovery"), issuer: address)
    }

    @Test("A discovery document is read")
    func read() throws {
        let metadata = try MetadataTests.metadata()
        #expect(metadata.authorization.text == "https://login.example.org/auth?tenant=7")
        #expect(metadata.token.text == "https://api.example.org/token")
        #expect(metadata.keys.text == "https://login.example.org/keys")
        #expect(metadata.userInfo?.text == "https://login.example.org/me")
        #expect(metadata.endSession == nil)
        #expect(metadata.clientAuthentication == ["client_secret_basic"])
        #expect(metadata.namesIssuer)
    }

    @Test("A document that names another issuer is refused, a slash more too")
    func issuer() {
        for issuer in ["https://login.example.org/", "https://login.example.com", "http://login.example.org"] {
            #expect(throws: Fault.self) { try MetadataTests.metadata(issuer: issuer) }
        }
    }

    @Test(
        "What cannot be used is refused",
        arguments: [
            ("\"issuer\": \"https://login.example.org\"", "\"issuer\": 7"), ("\"jwks_uri\"", "\"keys\""),
            ("\"token_endpoint\"", "\"t\""), ("\"authorization_endpoint\"", "\"a\""),
            ("https://api.example.org/token", "http://api.example.org/token"),
            ("https://api.example.org/token", "http://127.0.0.1/token"),
            ("https://login.example.org/keys", "file:///etc/passwd"),
            ("https://login.example.org/keys", "https://user@login.example.org/keys"),
            ("https://login.example.org/me", "gopher://login.example.org"), ("[\"code\", ", "["),
            (", \"ES256\"", ", \"HS256\", \"none\""), (", \"S256\"", ""),
        ])
    func refused(_ old: String, _ new: String) throws {
        let text = MetadataTests.document.replacing(old, with: new)
        #expect(text != MetadataTests.document)
        #expect(throws: Fault.self) { try MetadataTests.metadata(text) }
    }

    @Test("A provider on this machine may do without TLS; an endpoint of it elsewhere may not")
    func loopback() throws {
        let text = MetadataTests.document.replacing("https://login.example.org", with: "http://localhost:4593/api")
        #expect(try MetadataTests.metadata(text, issuer: "http://localhost:4593/api").keys.isLoopback)
        let other = text.replacing("https://api.example.org", with: "http://api.example.org")
        #expect(throws: Fault.self) { try MetadataTests.metadata(other, issuer: "http://localhost:4593/api") }
    }

    @Test("Settings are refused with what to write instead")
    func settings() throws {
        func settings(_ issuer: String, client: String = "c", redirect: String = "https://a.example/r") throws -> String
        {
            try ProviderSettings(issuer: issuer, clientID: client, secret: nil, redirect: redirect).discovery
        }
        // Discovery 1.0, 4.1: a slash at the end is taken off first.
        #expect(try settings("https://a.example/t") == "https://a.example/t/.well-known/openid-configuration")
        #expect(try settings("https://a.example/t/") == "https://a.example/t/.well-known/openid-configuration")
        #expect(try settings("http://localhost:99") == "http://localhost:99/.well-known/openid-configuration")
        for issuer in [
            "", "a.example", "http://a.example", "ftp://a.example", "https://a.example?x=1",
            "http://localhost.evil.example",
        ] {
            let fault = #expect(throws: Fault.self, "\(issuer)") { try settings(issuer) }
            #expect(fault?.remedy.isEmpty == false)
        }
        #expect(throws: Fault.self) { try settings("https://a.example", client: "") }
        #expect(throws: Fault.self) { try settings("https://a.example", redirect: "/sign-in") }
    }
}

@Suite struct WebAddressTests {
    @Test(
        "Ordinary addresses are taken apart",
        arguments: [
            ("https://login.example.org", "login.example.org", true),
            ("https://LOGIN.example.org:8443/x?y=z", "login.example.org", true),
            ("http://localhost:4593/api", "localhost", false), ("http://127.0.0.1/", "127.0.0.1", false),
            ("http://[::1]:80/x", "[::1]", false), ("https://a.example/p@q:r", "a.example", true),
        ])
    func taken(_ text: String, _ host: String, _ isSecure: Bool) throws {
        let address = try #require(WebAddress(text))
        #expect(address.host == host)
        #expect(address.isSecure == isSecure)
        #expect(address.isLoopback == ["localhost", "127.0.0.1", "[::1]"].contains(host))
    }

    @Test(
        "What two readers could read differently is refused",
        arguments: [
            "", "https://", "https:///x", "//a.example", "javascript:alert(1)", "file:///etc/passwd",
            "HTTPS://a.example",
            "https://a.example\\@b.example", "https://user@a.example", "https://user:word@a.example",
            "https://a.example#x",
            "https://a.example /", "https://a.example\n", "https://a.example:", "https://a.example:0x50",
            "https://a.example:99999",
            "https://a.example:+80", "https://[::2]/", "https://[::1", "https://a%2Eexample", "https://\u{430}.example",
            "https://-a.example",
            "https://.example", "https://" + String(repeating: "a", count: 2000),
        ])
    func refused(_ text: String) { #expect(WebAddress(text) == nil) }
}
