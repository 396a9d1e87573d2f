import Kernel
import OpenIDConnect
import Testing

@Suite struct IDTokenTests {
    static let now = Instant(milliseconds: 1_800_000_000_000)
    static let expected = IDToken.Expectation(
        issuer: "https://login.example.org", clientID: "concord", nonce: "n-0S6_WzA2Mj",
        accessToken: Tokens.accessToken)

    static func keys(_ text: String = Tokens.keys) throws -> KeySet {
        try KeySet(try JSON(parsing: Array(text.utf8), from: "keys"))
    }

    private func check(
        _ token: String, keys: String = Tokens.keys, at now: Instant = IDTokenTests.now,
        _ expected: IDToken.Expectation = IDTokenTests.expected
    ) throws -> String {
        try IDToken(token, keys: try IDTokenTests.keys(keys), expecting: expected, at: now).subject
    }

    @Test(
        "Right tokens are taken, by each algorithm",
        arguments: [
            "rs256", "ps256", "es256", "noKeyID", "plainHeader", "audienceList", "twoAudiencesWithParty", "almostYet",
            "fractionalTimes", "minimal", "noAtHash", "noAuthTime",
        ])
    func right(_ name: String) throws {
        #expect(try check(try #require(Tokens.all[name])) == "248289761001")
    }

    static let wrong: [String: TokenProblem] = [
        // Unsigned, or signed by what is not accepted.
        "none": .algorithmRefused, "noneWithSignature": .algorithmRefused, "none0": .algorithmRefused,
        "none1": .algorithmRefused, "none2": .algorithmRefused, "noSignature": .badSignature,
        "sharedSecret": .algorithmRefused, "clientSecret": .algorithmRefused, "es384": .algorithmRefused,
        "rs384": .algorithmRefused, "rs512": .algorithmRefused,
        // Another key, altered, or a key that is not for this.
        "otherKey": .badSignature, "otherRSAKey": .badSignature, "keyInHeader": .badSignature,
        "alteredPayload": .badSignature, "zeroSignature": .badSignature, "newKey": .unknownKey,
        "shortKey": .unknownKey, "encryptionKey": .unknownKey, "algorithmOfAnotherKind": .unknownKey,
        // Another kind of token, or none.
        "critical": .malformed, "unencodedPayload": .malformed, "accessTokenType": .malformed,
        "logoutType": .malformed, "numberKeyID": .malformed, "twoAlgorithms": .malformed, "twoSubjects": .malformed,
        "listPayload": .malformed, "notJSON": .malformed,
        // By or for someone else.
        "wrongIssuer": .wrongIssuer, "otherIssuer": .wrongIssuer, "noIss": .wrongIssuer,
        "wrongAudience": .wrongAudience, "emptyAudiences": .wrongAudience, "audiencePrefix": .wrongAudience,
        "numberAudience": .wrongAudience, "noAud": .wrongAudience, "twoAudiences": .wrongParty,
        "otherParty": .wrongParty,
        // At another time, or of another sign-in.
        "notYet": .notYetValid, "textNotBefore": .malformed, "issuedLater": .issuedInFuture, "textExpiry": .malformed,
        "noExp": .malformed, "noIat": .malformed, "wrongNonce": .wrongNonce, "numberNonce": .wrongNonce,
        "noNonce": .wrongNonce, "wrongAccessToken": .wrongAccessToken, "numberAccessHash": .wrongAccessToken,
        "emptySubject": .noSubject, "longSubject": .noSubject, "numberSubject": .noSubject,
        "accentedSubject": .noSubject, "noSub": .noSubject,
    ]

    @Test("Every wrong token is refused for what is wrong with it")
    func wrong() throws {
        for (name, problem) in IDTokenTests.wrong.sorted(by: { $0.key < $1.key }) {
            let token = try #require(Tokens.all[name], "\(name)")
            #expect(throws: problem, "\(name)") { try check(token) }
        }
    }

    @Test("No recorded token is left untested")
    func complete() {
        let right = [
            "rs256", "ps256", "es256", "noKeyID", "plainHeader", "audienceList", "twoAudiencesWithParty", "almostYet",
            "fractionalTimes", "minimal", "noAtHash", "noAuthTime",
        ]
        #expect(Set(Tokens.all.keys) == Set(IDTokenTests.wrong.keys).union(right))
    }

    @Test("A token is good until a minute after it expires")
    func expiry() throws {
        let token = try #require(Tokens.all["es256"])
        let expiry = IDTokenTests.now.advanced(bySeconds: 600)
        #expect(try check(token, at: expiry) == "248289761001")
        #expect(try check(token, at: expiry.advanced(bySeconds: 59)) == "248289761001")
        #expect(throws: TokenProblem.expired) { try check(token, at: expiry.advanced(bySeconds: 60)) }
        #expect(throws: TokenProblem.expired) { try check(token, at: expiry.advanced(bySeconds: 86_400)) }
        #expect(throws: TokenProblem.issuedInFuture) { try check(token, at: IDTokenTests.now.advanced(bySeconds: -61)) }
        #expect(try check(token, at: IDTokenTests.now.advanced(bySeconds: -60)) == "248289761001")
    }

    @Test("A recent sign-in at the provider is demanded where it was asked for")
    func maximumAge() throws {
        func asking(_ seconds: Int64) -> IDToken.Expectation {
            IDToken.Expectation(
                issuer: "https://login.example.org", clientID: "concord", nonce: "n-0S6_WzA2Mj", maximumAge: seconds)
        }
        let token = try #require(Tokens.all["es256"])
        // It was 100 seconds ago; a minute is allowed for clocks.
        #expect(try check(token, asking(40)) == "248289761001")
        #expect(throws: TokenProblem.staleSignIn) { try check(token, asking(39)) }
        #expect(throws: TokenProblem.staleSignIn) { try check(try #require(Tokens.all["noAuthTime"]), asking(3600)) }
    }

    @Test("Changing any character of a token breaks it")
    func anyCharacter() throws {
        let token = Array(try #require(Tokens.all["es256"]).utf8)
        let keys = try IDTokenTests.keys()
        for index in token.indices {
            var other = token
            other[index] = other[index] == 0x41 ? 0x42 : 0x41
            let text = String(decoding: other, as: UTF8.self)
            #expect(throws: TokenProblem.self, "character \(index)") {
                _ = try IDToken(text, keys: keys, expecting: IDTokenTests.expected, at: IDTokenTests.now)
            }
        }
    }

    @Test("What is no token is refused, whatever its size")
    func hostile() throws {
        let token = try #require(Tokens.all["es256"])
        let texts = [
            "", ".", "..", "...", "a.b.c", token + ".", "." + token, token + "=", token + "\n", " " + token,
            token + ".\(token)", String(repeating: "A", count: 60_000) + ".e30.AA", "e30.e30.AA", "bnVsbA.bnVsbA.AA",
            token.replacing(".", with: ".."), "\u{E9}.\u{E9}.\u{E9}",
        ]
        for text in texts { #expect(throws: TokenProblem.self, "\(text.prefix(40))") { try check(text) } }
        #expect(throws: TokenProblem.tooLong) { try check(String(repeating: "A", count: 70_000)) }
    }

    @Test("The examples of RFC 7515 have valid signatures, and with a bit changed have not")
    func rfc7515() throws {
        for (token, key) in [(RFC7515.rs256, RFC7515.rsaKey), (RFC7515.es256, RFC7515.ecKey)] {
            let keys = "{\"keys\":[\(key)]}"
            // They carry no audience: a check that gets as far as that has found the signature right.
            let joe = IDToken.Expectation(issuer: "joe", clientID: "concord", nonce: "n")
            #expect(throws: TokenProblem.wrongAudience) { try check(token, keys: keys, joe) }
            let parts = token.split(separator: ".")
            let flipped = "\(parts[0]).\(parts[1]).\(parts[2].first == "c" ? "d" : "E")\(parts[2].dropFirst())"
            #expect(throws: TokenProblem.unknownKey) { try check(flipped, keys: keys, joe) }
        }
    }

    @Test("Reasons are words for people, without personal data or jargon")
    func words() {
        for problem in TokenProblem.allCases { #expect(problem.why.contains("sign")) }
    }
}

// RFC 7515, appendices A.2 and A.3.
enum RFC7515 {
    private static let payload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    static let rs256 =
        "eyJhbGciOiJSUzI1NiJ9.\(payload)."
        + "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9"
        + "CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6"
        + "_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0"
        + "igcN_IoypGlUPQGe77Rw"
    static let es256 =
        "eyJhbGciOiJFUzI1NiJ9.\(payload)."
        + "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    static let rsaKey =
        #"{"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2"#
        + "mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5re"
        + "xMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8N"
        + #"Aco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}"#
    static let ecKey =
        #"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","#
        + #""y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#
}
