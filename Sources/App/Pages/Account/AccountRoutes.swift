public import HTTP
public import Site

/// The pages of signing in and of one's own account.
public enum AccountRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = signingIn + own

    // The first pages look after themselves: nobody has finished signing in where they are shown.
    private static let signingIn: [Route<Endpoint>] = [
        Route(.get, "/sign-in", handler: Endpoint(.open, SignInPage.show)),
        Route(.post, "/sign-in", body: .form(), isSlow: true, handler: Endpoint(.open, SignInPage.take)),
        Route(.get, "/sign-in/second-factor", handler: Endpoint(.open, SecondFactorPage.code.show)),
        Route(.post, "/sign-in/second-factor", body: .form(), handler: Endpoint(.open, SecondFactorPage.code.take)),
        Route(.get, "/sign-in/recovery-code", handler: Endpoint(.open, SecondFactorPage.recoveryCode.show)),
        Route(
            .post, "/sign-in/recovery-code", body: .form(),
            handler: Endpoint(.open, SecondFactorPage.recoveryCode.take)),
        Route(.get, "/sign-in/set-up-second-factor", handler: Endpoint(.open, EnrolmentPage.show)),
        Route(.post, "/sign-in/set-up-second-factor", body: .form(), handler: Endpoint(.open, EnrolmentPage.take)),
        // Both ask the provider, which takes as long as it takes.
        Route(.get, "/sign-in/provider/{provider}", isSlow: true, handler: Endpoint(.open, ProviderPages.begin)),
        Route(
            .get, "/sign-in/provider/{provider}/return", isSlow: true, handler: Endpoint(.open, ProviderPages.finish)),
        Route(.post, "/sign-out", body: .form(), handler: Endpoint(.open, SignOut.take)),
        Route(.get, "/set-up/{token}", handler: Endpoint(.open, InvitationPage.show)),
        Route(.post, "/set-up/{token}", body: .form(), isSlow: true, handler: Endpoint(.open, InvitationPage.take)),
    ]

    private static let own: [Route<Endpoint>] = [
        Route(.get, "/account", handler: Endpoint(.signedIn, OwnAccountPage.show)),
        Route(
            .post, "/account/sessions/{session}/end", body: .form(),
            handler: Endpoint(.signedIn, OwnSessions.endOne)),
        Route(
            .post, "/account/sessions/end-others", body: .form(), handler: Endpoint(.signedIn, OwnSessions.endOthers)),
        Route(.get, "/account/password", handler: Endpoint(.signedIn, PasswordPage.show)),
        Route(.post, "/account/password", body: .form(), isSlow: true, handler: Endpoint(.signedIn, PasswordPage.take)),
        Route(.get, "/account/second-factor", handler: Endpoint(.signedIn, OwnFactorPage.show)),
        Route(.post, "/account/second-factor", body: .form(), handler: Endpoint(.signedIn, OwnFactorPage.take)),
        Route(.get, "/account/recovery-codes", handler: Endpoint(.signedIn, RecoveryCodesPage.show)),
        Route(.post, "/account/recovery-codes", body: .form(), handler: Endpoint(.signedIn, RecoveryCodesPage.take)),
        Route(.get, "/confirm", handler: Endpoint(.signedIn, ConfirmPage.show)),
        Route(.post, "/confirm", body: .form(), handler: Endpoint(.signedIn, ConfirmPage.take)),
    ]
}
