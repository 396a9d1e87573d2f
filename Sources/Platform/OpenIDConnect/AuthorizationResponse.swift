public import Kernel
internal import Secrets

/// What the person brings back from the provider.
public enum AuthorizationResponse {
    /// The code in the parameters of the redirect address.
    /// - Throws: `SignInFailure.strayAnswer` when they do not belong to the request, `.expired`, or `.declined`.
    public static func code(
        in parameters: [(name: String, value: String)], of request: AuthorizationRequest,
        _ settings: ProviderSettings, namesIssuer: Bool, at now: Instant
    ) throws(SignInFailure) -> String {
        func value(_ name: String) throws(SignInFailure) -> String? {
            let values = parameters.filter { $0.name == name }
            guard values.count <= 1 else { throw .strayAnswer }
            return values.first?.value
        }
        guard let state = try value("state"), constantTimeEquals(Array(state.utf8), Array(request.state.utf8)),
            isSame(request.issuer, settings.issuer.text)
        else { throw .strayAnswer }
        // RFC 9207: an answer that another provider had a hand in names the wrong issuer.
        let issuer = try value("iss")
        guard issuer.map({ isSame($0, settings.issuer.text) }) ?? !namesIssuer else { throw .strayAnswer }
        let age = now.seconds(since: request.madeAt)
        guard age >= 0, age <= Double(AuthorizationRequest.life) else { throw .expired }
        if let error = try value("error") { throw .declined(SignInFailure.code(error)) }
        guard let code = try value("code"), !code.isEmpty, code.utf8.count <= 8192 else { throw .strayAnswer }
        return code
    }
}
