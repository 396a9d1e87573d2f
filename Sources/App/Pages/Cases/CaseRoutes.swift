internal import Governance
public import HTTP
public import Site

/// The pages of cases. What each shows the register decides; a case that is hidden and one that is not there give the
/// same page.
public enum CaseRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = parts + access

    private static let parts: [Route<Endpoint>] = [
        Route(.get, "/cases", handler: Endpoint(.signedIn, CaseListPage.page)),
        Route(.get, "/cases/several", handler: Endpoint(.permitted(.update, "case", .p1), SeveralCasesPage.page)),
        Route(
            .post, "/cases/several", body: .form(),
            handler: Endpoint(.permitted(.update, "case", .p1), SeveralCasesPage.act)),
        Route(.get, "/cases/new", handler: Endpoint(.permitted(.create, "case", .p1), NewCasePages.types)),
        Route(.get, "/cases/opened", handler: Endpoint(.permitted(.create, "case", .p1), NewCasePages.opened)),
        Route(.get, "/cases/new/{type}", handler: Endpoint(.permitted(.create, "case", .p1), NewCasePages.page)),
        Route(
            .post, "/cases/new/{type}", body: .form(),
            handler: Endpoint(.permitted(.create, "case", .p1), NewCasePages.open)),
        Route(.get, "/cases/{case}", handler: Endpoint(.signedIn, CaseGlassPage.before(CasePage.page))),
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
        Route(
            .post, "/cases/{case}/actions/{action}/owner", body: .form(),
            handler: Endpoint(.signedIn, CaseActionPages.handOn)),
        Route(.get, "/cases/{case}/clocks/{clock}", handler: Endpoint(.signedIn, CaseClockPage.page)),
        Route(.post, "/cases/{case}/clocks/{clock}", body: .form(), handler: Endpoint(.signedIn, CaseClockPage.act)),
        Route(.get, "/cases/{case}/risk", handler: Endpoint(.signedIn, CaseRiskPages.page)),
        Route(.get, "/cases/{case}/risk/{instrument}", handler: Endpoint(.signedIn, CaseRiskPages.assessPage)),
        Route(
            .post, "/cases/{case}/risk/{instrument}", body: .form(), handler: Endpoint(.signedIn, CaseRiskPages.assess)),
        Route(.get, "/cases/{case}/timeline", handler: Endpoint(.signedIn, CaseTimelinePage.page)),
        Route(.get, "/cases/{case}/attachments", handler: Endpoint(.signedIn, CaseAttachmentPages.page)),
        Route(.get, "/cases/{case}/attachments/{attachment}", handler: Endpoint(.signedIn, CaseAttachmentPage.page)),
        Route(.get, "/cases/{case}/attachments/{attachment}/file", handler: Endpoint(.signedIn, CaseFiles.file)),
        Route(.get, "/cases/{case}/attachments/{attachment}/picture", handler: Endpoint(.signedIn, CaseFiles.picture)),
        Route(.get, "/cases/{case}/attachments/{attachment}/word", handler: Endpoint(.signedIn, CaseFiles.word)),
        Route(
            .post, "/cases/{case}/attachments/{attachment}/original", body: .form(),
            handler: Endpoint(.signedIn, CaseFiles.original)),
        Route(
            .post, "/cases/{case}/attachments/{attachment}/withdraw", body: .form(),
            handler: Endpoint(.signedIn, CaseAttachmentPage.withdraw)),
        Route(
            .post, "/cases/{case}/attachments/{attachment}/scan", body: .form(), isSlow: true,
            handler: Endpoint(.signedIn, CaseAttachmentPage.scan)),
        Route(.get, "/cases/{case}/letters", handler: Endpoint(.signedIn, CaseLetterPages.list)),
        Route(.get, "/cases/{case}/letters/{letter}", handler: Endpoint(.signedIn, CaseLetterPages.page)),
        Route(
            .post, "/cases/{case}/letters/{letter}", body: .form(), isSlow: true,
            handler: Endpoint(.signedIn, CaseLetterPages.act)),
        Route(.get, "/cases/{case}/pack", handler: Endpoint(.signedIn, CasePackPage.page)),
        Route(
            .post, "/cases/{case}/pack", body: .form(), isSlow: true, handler: Endpoint(.signedIn, CasePackPage.make)),
        Route(.get, "/cases/{case}/export", handler: Endpoint(.signedIn, CaseExportPage.page)),
        Route(
            .post, "/cases/{case}/export", body: .form(), isSlow: true,
            handler: Endpoint(.signedIn, CaseExportPage.make)),
    ]

    /// The pages of who sees a case.
    private static let access: [Route<Endpoint>] = [
        Route(
            .get, "/cases/{case}/access", handler: Endpoint(.signedIn, CaseGlassPage.before(CaseAccessPage.page))),
        Route(.post, "/cases/{case}/access", body: .form(), handler: Endpoint(.signedIn, CaseAccessPage.act)),
        Route(.get, "/cases/{case}/access/class", handler: Endpoint(.signedIn, CaseAccessClassPage.page)),
        Route(
            .post, "/cases/{case}/access/class", body: .form(),
            handler: Endpoint(.signedIn, CaseAccessClassPage.change)),
        Route(.get, "/cases/{case}/access/conflict", handler: Endpoint(.signedIn, CaseConflictPage.page)),
        Route(
            .post, "/cases/{case}/access/conflict", body: .form(), handler: Endpoint(.signedIn, CaseConflictPage.act)),
        Route(.get, "/cases/{case}/access/glass", handler: Endpoint(.signedIn, CaseGlassPage.page)),
        Route(.post, "/cases/{case}/access/glass", body: .form(), handler: Endpoint(.signedIn, CaseGlassPage.open)),
    ]

    /// The route by which files come in, which depends on the configuration.
    /// - Parameters:
    ///   - folder: where files lie while they are sent; it must exist.
    ///   - largest: the largest file, in bytes.
    public static func uploads(in folder: String, largest: Int) -> [Route<Endpoint>] {
        // The words beside the file and the boundaries of the form.
        let rest = 64 << 10
        let limits = MultipartLimits(folder: folder, total: largest + rest, file: largest, field: 16 << 10, parts: 20)
        return [
            Route(
                .post, "/cases/{case}/attachments", body: .multipart(limits), isSlow: true,
                handler: Endpoint(.signedIn, CaseAttachmentPages.add))
        ]
    }
}
