public import Governance

/// Why a request is not answered with what it asked for. Pages throw these; the dispatcher turns them into answers, and
/// into entries of the audit where access was refused.
public enum Refusal: Error, Sendable {
    /// There is nothing here.
    case notFound
    /// The policy refused. With words for the person when they may know that there is something; otherwise the answer is
    /// the same as for what is not there.
    case denied(AccessDecision.Reason, shown: String?)
    /// They must sign in first.
    case signIn
    /// They must show their second factor again.
    case confirm
    /// The request makes no sense: a form that was not made by this site, a parameter that is none.
    case badRequest(String)
    /// What they wanted to change has changed since they saw it.
    case conflict(String)
    /// Too many ask for the same at once; nothing was done.
    case busy
}
