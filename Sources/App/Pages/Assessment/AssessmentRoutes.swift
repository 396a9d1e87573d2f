internal import Governance
public import HTTP
public import Site

/// The assessment in the browser: versions, the document, its figures, and making a new one.
public enum AssessmentRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = [
        Route(.get, "/assessment", handler: Endpoint(.permitted(.list, "assessment"), VersionPages.list)),
        Route(.get, "/assessment/new", handler: Endpoint(.permitted(.run, "assessment"), RunPages.form)),
        Route(
            .post, "/assessment/new", body: .form(), handler: Endpoint(.permitted(.run, "assessment"), RunPages.start)),
        Route(.get, "/assessment/jobs/{job}", handler: Endpoint(.signedIn, RunPages.progress)),
        Route(.get, "/assessment/jobs/{job}/events", handler: Endpoint(.signedIn, RunPages.events)),
        Route(
            .get, "/assessment/compare", isSlow: true,
            handler: Endpoint(.permitted(.read, "assessment"), VersionPages.compare)),
        Route(.get, "/assessment/{version}", isSlow: true, handler: reading(DocumentPages.front)),
        Route(.get, "/assessment/{version}/sections/{section}", isSlow: true, handler: reading(DocumentPages.section)),
        Route(.get, "/assessment/{version}/tables/{table}", isSlow: true, handler: reading(DocumentPages.table)),
        Route(
            .get, "/assessment/{version}/layers/{table}/{layer}", isSlow: true, handler: reading(DocumentPages.layer)),
        Route(.get, "/assessment/{version}/figures/{figure}", isSlow: true, handler: reading(FigurePages.definition)),
        Route(
            .get, "/assessment/{version}/figures/{figure}/rows", isSlow: true,
            handler: Endpoint(.permitted(.read, "assessment-figure", .p1), FigurePages.rows)),
        Route(
            .get, "/assessment/{version}/files/{name}", isSlow: true,
            handler: Endpoint(.permitted(.export, "assessment"), DocumentPages.file)),
        Route(
            .get, "/assessment/{version}/publish",
            handler: Endpoint(.permitted(.publish, "assessment"), VersionPages.publishing)),
        Route(
            .post, "/assessment/{version}/publish", body: .form(),
            handler: Endpoint(.permitted(.publish, "assessment"), VersionPages.publish)),
        Route(
            .post, "/assessment/{version}/rename", body: .form(),
            handler: Endpoint(.permitted(.update, "assessment"), VersionPages.rename)),
        Route(
            .post, "/assessment/{version}/discard", body: .form(),
            handler: Endpoint(.permitted(.delete, "assessment"), VersionPages.discard)),
    ]

    private static func reading(_ answer: @escaping @Sendable (Visit) throws -> Response) -> Endpoint {
        Endpoint(.permitted(.read, "assessment"), answer)
    }
}
