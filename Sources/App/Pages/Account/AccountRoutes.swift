public import HTTP
public import Site

/// The pages of signing in and of one's own account.
public enum AccountRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = []
}
