/// What client programs can be allowed to call. The interface's operations name these scopes; Scripts/api-tests holds
/// the two lists against each other.
public enum ClientScopes {
    /// Each scope with what it lets a program do.
    public static let all: [(code: String, text: String)] = [
        ("assessments-read", "Read assessments and their files"),
        ("assessments-write", "Give drafts of assessments another title"),
        ("partnership-read", "Read the partnership and its agencies"),
        ("token-read", "Read what its own token allows"),
        ("audit-read", "Read the audit"),
    ]
}
