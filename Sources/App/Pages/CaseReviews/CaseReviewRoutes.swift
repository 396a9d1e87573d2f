public import HTTP
public import Site

/// The pages of antisocial behaviour case reviews.
public enum CaseReviewRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = []
}
