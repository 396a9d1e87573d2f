internal import Governance
public import HTTP
public import Site

/// The pages of cases. What each shows the register decides; a case that is hidden and one that is not there give the
/// same page.
public enum CaseRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = [
        Route(.get, "/cases", handler: Endpoint(.signedIn, CaseListPage.page)),
        Route(.get, "/cases/new", handler: Endpoint(.permitted(.create, "case", .p1), NewCasePages.types)),
        Route(.get, "/cases/new/{type}", handler: Endpoint(.permitted(.create, "case", .p1), NewCasePages.page)),
        Route(
            .post, "/cases/new/{type}", body: .form(),
            handler: Endpoint(.permitted(.create, "case", .p1), NewCasePages.open)),
        Route(.get, "/cases/{case}", handler: Endpoint(.signedIn, CasePage.page)),
        Route(.get, "/cases/{case}/record", handler: Endpoint(.signedIn, EntryPages.record)),
        Route(.get, "/cases/{case}/fill/{form}", handler: Endpoint(.signedIn, EntryPages.fillPage)),
        Route(.post, "/cases/{case}/fill/{form}", body: .form(), handler: Endpoint(.signedIn, EntryPages.fill)),
        Route(.get, "/cases/{case}/step/{step}", handler: Endpoint(.signedIn, StepPage.page)),
        Route(.post, "/cases/{case}/step/{step}", body: .form(), handler: Endpoint(.signedIn, StepPage.act)),
        Route(.get, "/cases/{case}/people", handler: Endpoint(.signedIn, CasePeoplePage.page)),
        Route(.post, "/cases/{case}/people", body: .form(), handler: Endpoint(.signedIn, CasePeoplePage.add)),
        Route(.get, "/cases/{case}/people/{party}/end", handler: Endpoint(.signedIn, CasePeoplePage.endPage)),
        Route(
            .post, "/cases/{case}/people/{party}/end", body: .form(), handler: Endpoint(.signedIn, CasePeoplePage.end)),
        Route(.get, "/cases/{case}/actions", handler: Endpoint(.signedIn, CaseActionPages.page)),
        Route(.post, "/cases/{case}/actions", body: .form(), handler: Endpoint(.signedIn, CaseActionPages.add)),
        Route(.get, "/cases/{case}/actions/{action}", handler: Endpoint(.signedIn, CaseActionPages.closePage)),
        Route(
            .post, "/cases/{case}/actions/{action}", body: .form(), handler: Endpoint(.signedIn, CaseActionPages.close)),
        Route(.get, "/cases/{case}/clocks/{clock}", handler: Endpoint(.signedIn, CaseClockPage.page)),
        Route(.post, "/cases/{case}/clocks/{clock}", body: .form(), handler: Endpoint(.signedIn, CaseClockPage.act)),
        Route(.get, "/cases/{case}/risk", handler: Endpoint(.signedIn, CaseRiskPages.page)),
        Route(.get, "/cases/{case}/risk/{instrument}", handler: Endpoint(.signedIn, CaseRiskPages.assessPage)),
        Route(
            .post, "/cases/{case}/risk/{instrument}", body: .form(), handler: Endpoint(.signedIn, CaseRiskPages.assess)),
        Route(.get, "/cases/{case}/timeline", handler: Endpoint(.signedIn, CaseTimelinePage.page)),
        Route(.get, "/cases/{case}/access", handler: Endpoint(.signedIn, CaseAccessPage.page)),
        Route(.post, "/cases/{case}/access", body: .form(), handler: Endpoint(.signedIn, CaseAccessPage.act)),
    ]
}
