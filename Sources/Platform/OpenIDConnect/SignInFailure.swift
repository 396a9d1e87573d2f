public import Kernel

/// Why a sign-in by a provider came to nothing. The cases are for the audit; `fault` is for people.
public enum SignInFailure: Error, Hashable, Sendable {
    /// The answer does not belong to a sign-in that this browser began.
    case strayAnswer
    /// The person took too long.
    case expired
    /// The provider said no, with this code of its own (`access_denied`).
    case declined(String)
    /// The provider did not take the code, with this code of its own (`invalid_grant`).
    case codeRefused(String)
    /// The provider's token is not to be trusted.
    case badToken(TokenProblem)
    /// What the provider says elsewhere does not belong to the token.
    case wrongUserInfo
    /// The provider could not be reached, or answered what cannot be understood.
    case provider(Fault)

    /// The failure for the person before the screen, or the administrator.
    public var fault: Fault {
        let what = "You could not be signed in"
        let again = "Go back to the sign-in page and try again."
        switch self {
        case .strayAnswer:
            return Fault(what, because: "this answer does not belong to a sign-in begun in this browser", remedy: again)
        case .expired: return Fault(what, because: "it took longer than ten minutes", remedy: again)
        case .declined(let code):
            return Fault(what, because: "your organisation's sign-in service said no (\(code))", remedy: again)
        case .codeRefused(let code):
            return Fault(
                what, because: "your organisation's sign-in service did not confirm it (\(code))", remedy: again)
        case .badToken(let problem):
            return Fault(what, because: problem.why, remedy: "Try again; if it happens twice, tell your administrator.")
        case .wrongUserInfo:
            return Fault(what, because: "your organisation's sign-in service contradicts itself about who you are")
        case .provider(let fault): return fault
        }
    }

    /// A provider's code of error, made safe to show: letters of other alphabets, marks and long texts are left out.
    static func code(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
        return isPlain && (1...40).contains(text.utf8.count) ? text : "unknown"
    }
}

/// What is wrong with an ID token (OpenID Connect Core 1.0, 3.1.3.7).
public enum TokenProblem: String, Error, Hashable, Sendable, CaseIterable {
    case tooLong, malformed, algorithmRefused, unknownKey, badSignature, wrongIssuer, wrongAudience, wrongParty
    case expired, notYetValid, issuedInFuture, wrongNonce, wrongAccessToken, noSubject, staleSignIn

    /// In words.
    public var why: String {
        let service = "your organisation's sign-in service"
        return switch self {
        case .tooLong, .malformed: "the answer of \(service) cannot be read"
        case .algorithmRefused: "\(service) signs in a way that is not accepted here"
        case .unknownKey: "the answer is not signed with a key of \(service)"
        case .badSignature: "the signature of \(service) is wrong"
        case .wrongIssuer: "the answer is that of another sign-in service"
        case .wrongAudience, .wrongParty: "the answer of \(service) is meant for another website"
        case .expired: "the answer of \(service) is no longer valid, or a clock is wrong"
        case .notYetValid, .issuedInFuture: "the answer of \(service) is not valid yet, or a clock is wrong"
        case .wrongNonce: "the answer of \(service) belongs to another sign-in"
        case .wrongAccessToken: "the parts of the answer of \(service) do not belong together"
        case .noSubject: "\(service) does not say who you are"
        case .staleSignIn: "you signed in to \(service) too long ago"
        }
    }
}
