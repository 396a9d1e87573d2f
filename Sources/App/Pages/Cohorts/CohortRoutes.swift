internal import Governance
public import HTTP
public import Site

/// The pages of cohorts: counts alone, and nobody's name.
public enum CohortRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = [
        Route(.get, "/cohorts", handler: Endpoint(.permitted(.read, "cohort-figures", .p0), CohortPages.list)),
        Route(.get, "/cohorts/{cohort}", handler: Endpoint(.permitted(.read, "cohort-figures", .p0), CohortPages.page)),
        Route(
            .post, "/cohorts/{cohort}", body: .form(),
            handler: Endpoint(.permitted(.create, "cohort-figures", .p0), CohortPages.keep)),
        Route(
            .get, "/cohorts/{cohort}/{month}",
            handler: Endpoint(.permitted(.read, "cohort-figures", .p0), CohortPages.month)),
    ]
}
