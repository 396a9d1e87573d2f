internal import Governance
public import HTTP
public import Site

/// The pages of the people register, in the section "Cases". What each shows of a person the register decides; a person
/// who is hidden and one who is not there give the same page.
public enum PeopleRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] =
        [
            Route(.get, "/people", handler: Endpoint(.signedIn, PeopleSearchPage.page)),
            Route(.post, "/people", body: .form(), handler: Endpoint(.signedIn, PeopleSearchPage.search)),
            Route(.get, "/people/notices", handler: Endpoint(.signedIn, PeopleNoticesPage.page)),
            Route(.get, "/people/new", handler: Endpoint(.permitted(.create, "person", .p1), NewPersonPage.page)),
            Route(
                .post, "/people/new", body: .form(),
                handler: Endpoint(.permitted(.create, "person", .p1), NewPersonPage.create)),
            Route(.get, "/people/{person}", handler: Endpoint(.signedIn, PersonPage.page)),
            Route(.post, "/people/{person}", body: .form(), handler: Endpoint(.signedIn, PersonPage.page)),
            Route(.post, "/people/{person}/open", body: .form(), handler: Endpoint(.signedIn, ProtectedPage.open)),
            Route(.get, "/people/{person}/edit", handler: Endpoint(.signedIn, EditPersonPage.page)),
            Route(.post, "/people/{person}/edit", body: .form(), handler: Endpoint(.signedIn, EditPersonPage.change)),
            Route(.get, "/people/{person}/access", handler: Endpoint(.signedIn, PersonAccessPage.page)),
            Route(
                .post, "/people/{person}/access", body: .form(), handler: Endpoint(.signedIn, PersonAccessPage.change)),
            Route(
                .post, "/people/{person}/address-access", body: .form(),
                handler: Endpoint(.signedIn, PersonAccessPage.changeAddress)),
            Route(
                .post, "/people/{person}/conflict", body: .form(),
                handler: Endpoint(.signedIn, PersonAccessPage.declareConflict)),
        ] + parts

    private static let parts: [Route<Endpoint>] = [
        Route(.get, "/people/{person}/addresses/new", handler: Endpoint(.signedIn, AddressPages.new)),
        Route(.post, "/people/{person}/addresses/new", body: .form(), handler: Endpoint(.signedIn, AddressPages.save)),
        Route(.get, "/people/{person}/addresses/{address}", handler: Endpoint(.signedIn, AddressPages.edit)),
        Route(
            .post, "/people/{person}/addresses/{address}", body: .form(),
            handler: Endpoint(.signedIn, AddressPages.save)),
        Route(.get, "/people/{person}/contacts/new", handler: Endpoint(.signedIn, ContactPages.new)),
        Route(.post, "/people/{person}/contacts/new", body: .form(), handler: Endpoint(.signedIn, ContactPages.save)),
        Route(.get, "/people/{person}/contacts/{contact}", handler: Endpoint(.signedIn, ContactPages.edit)),
        Route(
            .post, "/people/{person}/contacts/{contact}", body: .form(),
            handler: Endpoint(.signedIn, ContactPages.save)),
        Route(.get, "/people/{person}/history", handler: Endpoint(.signedIn, HistoryPage.page)),
    ]
}
