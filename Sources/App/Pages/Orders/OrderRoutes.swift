internal import Governance
public import HTTP
public import Site

/// The pages of the enforcement register. What each shows the register decides; an order that is hidden and one that is
/// not there give the same page.
public enum OrderRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = [
        Route(.get, "/orders", handler: Endpoint(.signedIn, OrderListPage.page)),
        Route(.post, "/orders", body: .form(), handler: Endpoint(.signedIn, OrderListPage.search)),
        Route(.get, "/orders/new", handler: Endpoint(.permitted(.create, "order", .p1), NewOrderPages.types)),
        Route(.get, "/orders/new/{type}", handler: Endpoint(.permitted(.create, "order", .p1), NewOrderPages.page)),
        Route(
            .post, "/orders/new/{type}", body: .form(),
            handler: Endpoint(.permitted(.create, "order", .p1), NewOrderPages.save)),
        Route(.get, "/orders/expiring", handler: Endpoint(.permitted(.list, "order", .p1), ExpiringPage.page)),
        Route(.get, "/orders/report", handler: Endpoint(.permitted(.count, "order"), ReportPage.page)),
        Route(.get, "/orders/export", handler: Endpoint(.permitted(.export, "order", .p1), OrderExportPage.page)),
        Route(
            .post, "/orders/export", body: .form(),
            handler: Endpoint(.permitted(.export, "order", .p1), OrderExportPage.export)),
        Route(.get, "/orders/{order}", handler: Endpoint(.signedIn, OrderPage.page)),
        Route(.get, "/orders/{order}/do/{move}", handler: Endpoint(.signedIn, MovePage.page)),
        Route(.post, "/orders/{order}/do/{move}", body: .form(), handler: Endpoint(.signedIn, MovePage.act)),
        Route(.get, "/orders/{order}/details", handler: Endpoint(.signedIn, FactsPage.page)),
        Route(.post, "/orders/{order}/details", body: .form(), handler: Endpoint(.signedIn, FactsPage.save)),
        Route(
            .get, "/orders/{order}/proportionality", handler: Endpoint(.signedIn, ProportionalityPage.page)),
        Route(
            .post, "/orders/{order}/proportionality", body: .form(),
            handler: Endpoint(.signedIn, ProportionalityPage.save)),
        Route(.get, "/orders/{order}/terms", handler: Endpoint(.signedIn, TermPages.page)),
        Route(.post, "/orders/{order}/terms", body: .form(), handler: Endpoint(.signedIn, TermPages.add)),
        Route(.get, "/orders/{order}/terms/{term}", handler: Endpoint(.signedIn, TermPages.termPage)),
        Route(.post, "/orders/{order}/terms/{term}", body: .form(), handler: Endpoint(.signedIn, TermPages.save)),
        Route(.get, "/orders/{order}/access", handler: Endpoint(.signedIn, OrderSharePage.page)),
        Route(.post, "/orders/{order}/access", body: .form(), handler: Endpoint(.signedIn, OrderSharePage.act)),
        Route(.get, "/orders/{order}/history", handler: Endpoint(.signedIn, HistoryPage.page)),
        Route(.get, "/orders/{order}/versions/{version}", handler: Endpoint(.signedIn, HistoryPage.version)),
    ]
}
