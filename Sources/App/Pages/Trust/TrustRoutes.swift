internal import Governance
public import HTTP
internal import Kernel
public import Site

/// The pages of the section "Trust": who did what, who may do what, by which rules; and the service's statements.
public enum TrustRoutes {
    /// All of them.
    public static let routes: [Route<Endpoint>] = own + audit + accounts + accountActs + clients + statements

    private static let own: [Route<Endpoint>] = [
        Route(.get, "/trust", handler: Endpoint(.signedIn, TrustPage.page)),
        Route(.get, "/trust/access", handler: Endpoint(.signedIn, AccessPages.roles)),
        Route(.get, "/trust/rules", handler: Endpoint(.signedIn, RulesPage.page)),
        Route(
            .get, "/trust/definitions",
            handler: Endpoint(.permitted(.read, "definition", .p0), AccessPages.definitions)),
        Route(
            .get, "/trust/definitions/{sha256}",
            handler: Endpoint(.permitted(.read, "definition", .p0), KeptDefinitionPages.page)),
        Route(
            .get, "/trust/definitions/{sha256}/file",
            handler: Endpoint(.permitted(.read, "definition", .p0), KeptDefinitionPages.file)),
        Route(
            .get, "/trust/broken-glasses", handler: Endpoint(.permitted(.list, "break-glass", .p1), GlassPages.list)),
        Route(
            .post, "/trust/broken-glasses/{glass}/review", body: .form(),
            handler: Endpoint(.permitted(.reviewBreakGlass, "break-glass", .p1), GlassPages.review)),
    ]

    private static let audit: [Route<Endpoint>] = [
        Route(.get, "/trust/audit", handler: Endpoint(.permitted(.read, "audit", .p2), AuditPages.all)),
        Route(
            .get, "/trust/audit/person/{subject}",
            handler: Endpoint(.permitted(.read, "audit", .p2), AuditPages.person)),
        Route(
            .get, "/trust/audit/account/{account}",
            handler: Endpoint(.permitted(.read, "audit", .p2), AuditPages.account)),
        Route(
            .get, "/trust/audit/check", isSlow: true,
            handler: Endpoint(.permitted(.read, "audit", .p2), AuditCheckPage.page)),
        Route(
            .get, "/trust/audit/export",
            handler: Endpoint(.permitted(.export, "audit", .p2), AuditExportPages.form)),
        Route(
            .post, "/trust/audit/export", body: .form(), isSlow: true,
            handler: Endpoint(.permitted(.export, "audit", .p2), AuditExportPages.export)),
    ]

    private static let administrator = Endpoint.Access.permitted(.administer, "account", .p1)

    private static let accounts: [Route<Endpoint>] = [
        Route(.get, "/trust/accounts", handler: Endpoint(administrator, AccountListPage.page)),
        Route(.get, "/trust/accounts/new", handler: Endpoint(administrator, AccountPages.new)),
        Route(.post, "/trust/accounts/new", body: .form(), handler: Endpoint(administrator, AccountPages.create)),
        Route(.get, "/trust/accounts/{account}", handler: Endpoint(administrator, AccountPages.show)),
        Route(.get, "/trust/accounts/{account}/change", handler: Endpoint(administrator, AccountPages.edit)),
        Route(
            .post, "/trust/accounts/{account}/change", body: .form(),
            handler: Endpoint(administrator, AccountPages.change)),
    ]

    private static let accountActs: [Route<Endpoint>] = [
        Route(
            .post, "/trust/accounts/{account}/status", body: .form(),
            handler: Endpoint(administrator, AccountActs.setStatus)),
        Route(
            .post, "/trust/accounts/{account}/link", body: .form(),
            handler: Endpoint(administrator, AccountActs.makeLink)),
        Route(
            .post, "/trust/accounts/{account}/second-factor", body: .form(),
            handler: Endpoint(administrator, AccountActs.resetSecondFactor)),
        Route(
            .post, "/trust/accounts/{account}/sign-out", body: .form(),
            handler: Endpoint(administrator, AccountActs.signOut)),
        Route(
            .post, "/trust/accounts/{account}/identity", body: .form(),
            handler: Endpoint(administrator, AccountIdentities.link)),
        Route(
            .post, "/trust/accounts/{account}/identity/remove", body: .form(),
            handler: Endpoint(administrator, AccountIdentities.unlink)),
    ]

    private static let clients: [Route<Endpoint>] = [
        Route(
            .get, "/trust/clients", handler: Endpoint(.permitted(.administer, "client", .p1), ClientPages.list)),
        Route(
            .get, "/trust/clients/new", handler: Endpoint(.permitted(.administer, "client", .p1), ClientPages.new)),
        Route(
            .post, "/trust/clients/new", body: .form(),
            handler: Endpoint(.permitted(.administer, "client", .p1), ClientPages.create)),
        Route(
            .post, "/trust/clients/{client}/revoke", body: .form(),
            handler: Endpoint(.permitted(.administer, "client", .p1), ClientPages.revoke)),
    ]

    private static let statements: [Route<Endpoint>] = [
        Route(.get, "/accessibility", handler: Endpoint(.open, Statements.accessibility)),
        Route(.get, "/privacy", handler: Endpoint(.open, Statements.privacy)),
        Route(.get, "/licences", handler: Endpoint(.open, Licences.page)),
    ]
}
