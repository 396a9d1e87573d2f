internal import Kernel
internal import Secrets

/// The second half of a sign-in: the code for a token (OpenID Connect Core 1.0, 3.1.3).
enum TokenExchange {
    /// What to send.
    static func request(
        code: String, verifier: String, _ metadata: ProviderMetadata, _ settings: ProviderSettings
    ) -> WebRequest {
        var parameters = [
            (name: "grant_type", value: "authorization_code"), (name: "code", value: code),
            (name: "redirect_uri", value: settings.redirect), (name: "code_verifier", value: verifier),
        ]
        var headers = [(name: "Content-Type", value: "application/x-www-form-urlencoded")]
        let methods = metadata.clientAuthentication
        switch settings.secret?.reveal() {
        case nil: parameters.append((name: "client_id", value: settings.clientID))
        case let secret? where methods.contains("client_secret_post") && !methods.contains("client_secret_basic"):
            parameters.append((name: "client_id", value: settings.clientID))
            parameters.append((name: "client_secret", value: secret))
        case let secret?:
            // Each part is form-encoded first (RFC 6749, 2.3.1).
            let pair = "\(FormText.encoded(settings.clientID)):\(FormText.encoded(secret))"
            headers.append((name: "Authorization", value: "Basic \(base64(Array(pair.utf8)))"))
        }
        return WebRequest(metadata.token, headers: headers, body: Array(FormText.encoded(parameters).utf8))
    }

    /// The tokens in an answer.
    /// - Throws: `SignInFailure.codeRefused` or `.provider`.
    static func tokens(
        in answer: WebAnswer, from address: WebAddress
    ) throws(SignInFailure) -> (idToken: String, accessToken: String?) {
        guard let json = try? JSON(parsing: answer.body, from: "tokens") else {
            throw .provider(ProviderFault.make("its token endpoint answered \(answer.status) without JSON", address))
        }
        guard answer.status == 200 else { throw .codeRefused(SignInFailure.code(json.text("error") ?? "")) }
        guard let idToken = json.text("id_token") else {
            throw .provider(ProviderFault.make("it gave no ID token", address))
        }
        // A token of another type cannot be used as a bearer's, and is not asked for.
        let isBearer = json.text("token_type")?.lowercased() == "bearer"
        return (idToken, isBearer ? json.text("access_token") : nil)
    }

    /// Base64 with padding (RFC 4648, 4).
    static func base64(_ bytes: [UInt8]) -> String {
        let text = Base64URL.encode(bytes).map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return String(text) + String(repeating: "=", count: (4 - text.count % 4) % 4)
    }
}
