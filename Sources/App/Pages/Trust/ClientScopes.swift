/// What client programs can be allowed to call. The interface's operations name these scopes.
public enum ClientScopes {
    /// Each scope with what it lets a program do.
    public static let all: [(code: String, text: String)] = [
        ("assessments-read", "Read assessments and their figures"),
        ("assessments-run", "Ask for an assessment to be made"),
        ("definitions-read", "Read the definitions in force"),
        ("audit-read", "Read the audit"),
    ]
}
