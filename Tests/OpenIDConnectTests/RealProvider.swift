import Foundation
import Kernel
import OpenIDConnect
import TestProvider

/// The provider of these tests.
enum RealProvider {
    /// The provider, or why there is none.
    static let shared = Result<TestProvider, any Error> {
        try TestProvider(redirect: "http://localhost:8080/sign-in/return")
    }
}

extension TestProvider {
    func settings(isPublic: Bool = false, secret: String? = nil, asksUserInfo: Bool = false) throws -> ProviderSettings
    {
        try ProviderSettings(
            issuer: self["ISSUER"], clientID: self[isPublic ? "PUBLIC_CLIENT" : "CLIENT"],
            secret: isPublic ? nil : Redacted(secret ?? self["SECRET"]), redirect: redirect, asksUserInfo: asksUserInfo)
    }

    /// The parameters of the address to which the person is sent back.
    func signIn(at address: String, as user: Int = 1, password: String? = nil) throws -> [(name: String, value: String)]
    {
        let place = try visit(address, as: user, password: password)
        return (URLComponents(url: place, resolvingAgainstBaseURL: false)?.queryItems ?? [])
            .map { (name: $0.name, value: $0.value ?? "") }
    }
}
