public import HTTP
public import Site

/// The pages of the enforcement register.
public enum OrderRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = []
}
