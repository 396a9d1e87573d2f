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
        ] + parts + others

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

    private static let others: [Route<Endpoint>] = [
        Route(.get, "/people/organisations", handler: Endpoint(.signedIn, OrganisationPages.page)),
        Route(.post, "/people/organisations", body: .form(), handler: Endpoint(.signedIn, OrganisationPages.save)),
        Route(.get, "/people/organisations/{organisation}", handler: Endpoint(.signedIn, OrganisationPages.edit)),
        Route(
            .post, "/people/organisations/{organisation}", body: .form(),
            handler: Endpoint(.signedIn, OrganisationPages.save)),
        Route(.get, "/people/{person}/household", handler: Endpoint(.signedIn, HouseholdPages.page)),
        Route(
            .post, "/people/{person}/household/new", body: .form(),
            handler: Endpoint(.signedIn, HouseholdPages.create)),
        Route(.get, "/people/{person}/household/{household}", handler: Endpoint(.signedIn, HouseholdMemberPages.page)),
        Route(
            .post, "/people/{person}/household/{household}", body: .form(),
            handler: Endpoint(.signedIn, HouseholdMemberPages.save)),
        Route(
            .post, "/people/{person}/household/{household}/mistake", body: .form(),
            handler: Endpoint(.signedIn, HouseholdMemberPages.takeBack)),
        Route(
            .get, "/people/{person}/household/{household}/address",
            handler: Endpoint(.signedIn, HouseholdAddressPage.page)),
        Route(
            .post, "/people/{person}/household/{household}/address", body: .form(),
            handler: Endpoint(.signedIn, HouseholdAddressPage.save)),
        Route(.get, "/people/{person}/network", handler: Endpoint(.signedIn, NetworkPages.page)),
        Route(.get, "/people/{person}/network/new", handler: Endpoint(.signedIn, NetworkPages.new)),
        Route(.post, "/people/{person}/network/new", body: .form(), handler: Endpoint(.signedIn, NetworkPages.save)),
        Route(.get, "/people/{person}/network/{relation}", handler: Endpoint(.signedIn, NetworkPages.edit)),
        Route(
            .post, "/people/{person}/network/{relation}", body: .form(),
            handler: Endpoint(.signedIn, NetworkPages.save)),
        Route(.get, "/people/{person}/same", handler: Endpoint(.signedIn, MergePages.page)),
        Route(.post, "/people/{person}/same", body: .form(), handler: Endpoint(.signedIn, MergePages.page)),
        Route(.post, "/people/{person}/same/compare", body: .form(), handler: Endpoint(.signedIn, MergePages.compare)),
        Route(.post, "/people/{person}/same/propose", body: .form(), handler: Endpoint(.signedIn, MergePages.propose)),
        Route(.get, "/people/{person}/same/{merge}", handler: Endpoint(.signedIn, MergePages.merge)),
        Route(.post, "/people/{person}/same/{merge}", body: .form(), handler: Endpoint(.signedIn, MergePages.decide)),
        Route(
            .post, "/people/{person}/conflict/lift", body: .form(), handler: Endpoint(.signedIn, PersonAccessPage.lift)),
    ]
}
