import Foundation
import Kernel
import OpenIDConnect
import TestProvider
import Testing

@Suite(.serialized) struct RealProviderTests {
    private func now() -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    private func withProvider(_ body: (TestProvider) throws -> Void) throws {
        let real: TestProvider
        do {
            real = try RealProvider.shared.get()
        } catch let refused as TestProvider.Refused where refused.status == 3 {
            print("Skipped: glewlwyd is not installed; Scripts/set-up installs it.")
            return
        }
        try body(real)
    }

    @Test("A person signs in at a real provider and is known here")
    func whole() throws {
        try withProvider { real in
            let provider = Provider(try real.settings())
            let (request, address) = try provider.begin(at: now())
            let parameters = try real.signIn(at: address)
            let identity = try provider.finish(parameters, of: request, at: now())

            #expect(identity.issuer == real["ISSUER"])
            #expect(!identity.subject.isEmpty)
            #expect(identity.email?.reveal() == real["EMAIL1"])
            #expect(identity.name?.reveal() == "Amina Khan")
            #expect(identity.methods == ["password"])
            #expect(!identity.usedSecondFactor)
        }
    }

    @Test("The same person is the same subject each time, and another person another")
    func subjects() throws {
        try withProvider { real in
            let provider = Provider(try real.settings())
            let subjects = try [1, 1, 2].map { user in
                let (request, address) = try provider.begin(at: now())
                return try provider.finish(try real.signIn(at: address, as: user), of: request, at: now()).subject
            }
            #expect(subjects[0] == subjects[1])
            #expect(subjects[0] != subjects[2])
        }
    }

    @Test("A public client signs in by PKCE alone, and userinfo agrees")
    func publicClient() throws {
        try withProvider { real in
            let provider = Provider(try real.settings(isPublic: true, asksUserInfo: true))
            let (request, address) = try provider.begin(at: now())
            let identity = try provider.finish(try real.signIn(at: address, as: 2), of: request, at: now())
            #expect(identity.email?.reveal() == real["EMAIL2"])
        }
    }

    @Test("A code with another sign-in's verifier is refused by the provider")
    func wrongVerifier() throws {
        try withProvider { real in
            let provider = Provider(try real.settings())
            let (request, address) = try provider.begin(at: now())
            let parameters = try real.signIn(at: address)
            let other = AuthorizationRequest(issuer: request.issuer, at: now())
            // Our own check of the state stands before it; it is passed here as an attacker would who knew the state.
            let kept = String(decoding: request.kept, as: UTF8.self)
                .replacingOccurrences(of: request.verifier, with: other.verifier)
            let mixed = try #require(AuthorizationRequest(kept: Array(kept.utf8)))
            let failure = #expect(throws: SignInFailure.self) { try provider.finish(parameters, of: mixed, at: now()) }
            guard case .codeRefused? = failure else {
                Issue.record("It gave \(String(describing: failure))")
                return
            }
            #expect(throws: SignInFailure.strayAnswer) { try provider.finish(parameters, of: other, at: now()) }
        }
    }

    @Test("A code is good once")
    func replay() throws {
        try withProvider { real in
            let provider = Provider(try real.settings())
            let (request, address) = try provider.begin(at: now())
            let parameters = try real.signIn(at: address)
            _ = try provider.finish(parameters, of: request, at: now())
            let failure = #expect(throws: SignInFailure.self) {
                try provider.finish(parameters, of: request, at: now())
            }
            guard case .codeRefused? = failure else {
                Issue.record("It gave \(String(describing: failure))")
                return
            }
        }
    }

    @Test("A wrong client secret, a wrong nonce and a wrong password sign no one in")
    func wrong() throws {
        try withProvider { real in
            let stranger = Provider(try real.settings(secret: "not the secret"))
            let (first, firstAddress) = try stranger.begin(at: now())
            let answer = try real.signIn(at: firstAddress)
            let failure = #expect(throws: SignInFailure.self) { try stranger.finish(answer, of: first, at: now()) }
            guard case .codeRefused? = failure else {
                Issue.record("It gave \(String(describing: failure))")
                return
            }

            let provider = Provider(try real.settings())
            let (request, address) = try provider.begin(at: now())
            let parameters = try real.signIn(at: address)
            let kept = String(decoding: request.kept, as: UTF8.self)
                .replacingOccurrences(of: request.nonce, with: "another")
            let other = try #require(AuthorizationRequest(kept: Array(kept.utf8)))
            #expect(throws: SignInFailure.badToken(.wrongNonce)) {
                try provider.finish(parameters, of: other, at: now())
            }

            let refused = #expect(throws: TestProvider.Refused.self) {
                try real.signIn(at: address, password: "wrong")
            }
            #expect(refused?.status == 4)
        }
    }

    @Test("A token that has expired by our clock signs no one in")
    func clock() throws {
        try withProvider { real in
            let provider = Provider(try real.settings())
            let (request, address) = try provider.begin(at: now())
            let parameters = try real.signIn(at: address)
            let kept = try JSON(parsing: request.kept, from: "kept")
            guard case .object(let members) = kept else { return }
            let later = now().advanced(bySeconds: 7200)
            let moved = JSON.object(
                members.map { $0.name == "madeAt" ? JSON.Member("madeAt", .integer(later.milliseconds)) : $0 })
            let other = try #require(AuthorizationRequest(kept: moved.encoded()))
            #expect(throws: SignInFailure.badToken(.expired)) { try provider.finish(parameters, of: other, at: later) }
        }
    }
}
