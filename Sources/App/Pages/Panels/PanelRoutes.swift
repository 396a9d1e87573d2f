internal import Governance
public import HTTP
public import Site

/// The pages of panels. What each shows the panels' store decides; a meeting or an item that is hidden and one that is
/// not there give the same page.
public enum PanelRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = panels + referrals + meetings + items

    private static let panels: [Route<Endpoint>] = [
        get("/panels", PanelListPage.page),
        get("/panels/calendar", CalendarPages.page),
        post("/panels/calendar", CalendarPages.act),
        get("/panels/calendar.ics", CalendarPages.file),
        Route(.get, "/calendars/{token}", handler: Endpoint(.open, CalendarPages.fetched)),
        get("/panels/{panel}", PanelPage.page),
        get("/panels/{panel}/return", ReturnPage.page),
        get("/panels/{panel}/meetings/new", MeetingTimePages.newPage),
        post("/panels/{panel}/meetings/new", MeetingTimePages.call),
        get("/panel-actions/{action}", PanelActionPages.page),
        post("/panel-actions/{action}", PanelActionPages.close),
    ]

    private static let referrals: [Route<Endpoint>] = [
        get("/cases/{case}/panels", CaseReferralPages.page),
        get("/cases/{case}/refer/{panel}", CaseReferralPages.referPage),
        post("/cases/{case}/refer/{panel}", CaseReferralPages.refer),
        get("/cases/{case}/received/{panel}", TransferPages.receivePage),
        post("/cases/{case}/received/{panel}", TransferPages.receive),
        get("/referrals/{referral}", ReferralPages.page),
        post("/referrals/{referral}", ReferralPages.act),
        get("/referrals/{referral}/transfer", TransferPages.page),
        post("/referrals/{referral}/transfer", TransferPages.send),
        get("/transfers/{transfer}", TransferPages.transferPage),
        post("/transfers/{transfer}", TransferPages.acknowledge),
    ]

    private static let meetings: [Route<Endpoint>] = [
        get("/meetings/{meeting}", MeetingPage.page),
        post("/meetings/{meeting}/confidentiality", MeetingPage.accept),
        post("/meetings/{meeting}/step", MeetingPage.step),
        get("/meetings/{meeting}/time", MeetingTimePages.movePage),
        post("/meetings/{meeting}/time", MeetingTimePages.move),
        get("/meetings/{meeting}/attendance", AttendancePages.page),
        post("/meetings/{meeting}/attendance", AttendancePages.save),
        get("/meetings/{meeting}/agenda", AgendaPages.page),
        post("/meetings/{meeting}/agenda", AgendaPages.add),
        get("/meetings/{meeting}/minutes", MinutesPages.page),
        get("/meetings/{meeting}/pack", PackPage.page),
        get("/meetings/{meeting}/offline", OfflinePages.page),
        Route(
            .post, "/meetings/{meeting}/offline", body: .form(), isSlow: true,
            handler: Endpoint(.signedIn, OfflinePages.make)),
        get("/meetings/{meeting}/room-notes", RoomNotesPages.page),
        Route(
            .post, "/meetings/{meeting}/room-notes/chosen", body: .form(limit: 1 << 20), isSlow: true,
            handler: Endpoint(.signedIn, RoomNotesPages.bring)),
    ]

    /// The route by which notes from a room come in.
    /// - Parameter folder: where files lie while they are sent; it must exist.
    public static func uploads(in folder: String) -> [Route<Endpoint>] {
        let file = RoomEnvelope.largest
        let limits = MultipartLimits(folder: folder, total: file + (64 << 10), file: file, field: 4 << 10, parts: 10)
        return [
            Route(
                .post, "/meetings/{meeting}/room-notes", body: .multipart(limits), isSlow: true,
                handler: Endpoint(.signedIn, RoomNotesPages.open))
        ]
    }

    private static let items: [Route<Endpoint>] = [
        get("/meetings/{meeting}/research", ResearchPages.page),
        get("/meetings/{meeting}/research/{item}/{person}", ResearchPages.personPage),
        post("/meetings/{meeting}/research/{item}/{person}", ResearchPages.act),
        get("/meetings/{meeting}/items/{item}", ItemPage.page),
        post("/meetings/{meeting}/items/{item}", ItemForms.act),
        get("/meetings/{meeting}/lines/{line}", MinutesPages.strikePage),
        post("/meetings/{meeting}/lines/{line}", MinutesPages.strike),
    ]

    private static func get(_ path: String, _ page: @escaping @Sendable (Visit) throws -> Response) -> Route<Endpoint> {
        Route(.get, path, handler: Endpoint(.signedIn, page))
    }

    private static func post(_ path: String, _ act: @escaping @Sendable (Visit) throws -> Response) -> Route<Endpoint> {
        Route(.post, path, body: .form(), handler: Endpoint(.signedIn, act))
    }
}
