internal import Governance
public import HTTP
public import Site

/// The pages of antisocial behaviour case reviews. What each shows the register decides; a review that is hidden and one
/// that is not there give the same page. What is published is for everyone.
public enum CaseReviewRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = [
        Route(.get, "/case-reviews", handler: Endpoint(.signedIn, ReviewListPage.page)),
        Route(.get, "/case-reviews/new", handler: Endpoint(.permitted(.create, "case", .p1), ApplyPage.page)),
        Route(
            .post, "/case-reviews/new", body: .form(),
            handler: Endpoint(.permitted(.create, "case", .p1), ApplyPage.apply)),
        Route(.get, "/case-reviews/published", handler: Endpoint(.open, PublishedFiguresPage.page)),
        Route(.get, "/case-reviews/published.csv", handler: Endpoint(.open, PublishedFiguresPage.csv)),
        Route(
            .get, "/case-reviews/figures",
            handler: Endpoint(.permitted(.read, "case-review-figures"), FiguresPages.page)),
        Route(
            .post, "/case-reviews/figures", body: .form(),
            handler: Endpoint(.permitted(.create, "case-review-figures"), FiguresPages.compute)),
        Route(
            .get, "/case-reviews/figures/{figures}",
            handler: Endpoint(.permitted(.read, "case-review-figures"), FiguresPages.statement)),
        Route(
            .post, "/case-reviews/figures/{figures}", body: .form(),
            handler: Endpoint(.permitted(.publish, "case-review-figures"), FiguresPages.publish)),
        Route(.get, "/case-reviews/{case}", handler: Endpoint(.signedIn, ReviewPage.page)),
        Route(.get, "/case-reviews/{case}/count", handler: Endpoint(.signedIn, CountPage.page)),
        Route(.post, "/case-reviews/{case}/count", body: .form(), handler: Endpoint(.signedIn, CountPage.keep)),
        Route(.get, "/case-reviews/{case}/incidents", handler: Endpoint(.signedIn, IncidentsPage.page)),
        Route(.post, "/case-reviews/{case}/incidents", body: .form(), handler: Endpoint(.signedIn, IncidentsPage.take)),
        Route(.get, "/case-reviews/{case}/write/{form}", handler: Endpoint(.signedIn, WritePage.page)),
        Route(.post, "/case-reviews/{case}/write/{form}", body: .form(), handler: Endpoint(.signedIn, WritePage.write)),
        Route(.get, "/case-reviews/{case}/step/{step}", handler: Endpoint(.signedIn, ReviewStepPage.page)),
        Route(
            .post, "/case-reviews/{case}/step/{step}", body: .form(), handler: Endpoint(.signedIn, ReviewStepPage.act)),
        Route(.get, "/case-reviews/{case}/letter/{letter}", handler: Endpoint(.signedIn, LetterPage.page)),
        Route(
            .post, "/case-reviews/{case}/letter/{letter}", body: .form(),
            handler: Endpoint(.signedIn, LetterPage.make)),
    ]
}
