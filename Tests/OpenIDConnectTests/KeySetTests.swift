import Kernel
import OpenIDConnect
import Testing

@Suite struct KeySetTests {
    private func count(_ text: String) throws -> Int {
        try KeySet(try JSON(parsing: Array(text.utf8), from: "keys")).count
    }

    // RFC 7517, A.1: a key for encryption and one for signatures.
    static let rfc7517 =
        #"{"keys":[{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","#
        + #""y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"enc","kid":"1"},{"kty":"RSA","n":"#
        + #""0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV"#
        + "4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0"
        + "zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-cs"
        + #"FCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}]}"#

    @Test("Of the example of RFC 7517 the key for signatures is used")
    func example() throws {
        #expect(try count(KeySetTests.rfc7517) == 1)
        #expect(try count(KeySetTests.rfc7517.replacing("\"use\":\"enc\"", with: "\"use\":\"sig\"")) == 2)
    }

    @Test("Keys that are too short, for other uses, or broken are left out")
    func leftOut() throws {
        #expect(try count(Tokens.keys) == 2)
        #expect(try count(Tokens.shortKeys) == 0)
        #expect(try count("{\"keys\":[]}") == 0)
        let good = RFC7515.ecKey
        for (old, new) in [
            ("\"EC\"", "\"oct\""), ("P-256", "P-521"), ("\"x\":\"f", "\"x\":\""), ("\"y\":", "\"z\":"),
            ("\"kty\":\"EC\",", ""),
            ("{", "{\"use\":\"enc\","), ("{", "{\"use\":1,"), ("{", "{\"key_ops\":[\"sign\"],"),
            ("{", "{\"key_ops\":\"verify\","),
        ] {
            let text = good.replacing(old, with: new, maxReplacements: 1)
            #expect(text != good)
            #expect(try count("{\"keys\":[\(text),7,null,{},\(good)]}") == 1, "\(text)")
        }
        #expect(try count("{\"keys\":[\(good.replacing("{", with: "{\"key_ops\":[\"verify\"],"))]}") == 1)
    }

    @Test("An exponent of one, or an even one, is refused: every signature would be right")
    func exponents() throws {
        for exponent in ["AQ", "Ag", "AA", "", "AAAAAAAAAAAAAAAB"] {
            let text = RFC7515.rsaKey.replacing("AQAB", with: exponent)
            #expect(try count("{\"keys\":[\(text)]}") == 0, "\(exponent)")
        }
        #expect(try count("{\"keys\":[\(RFC7515.rsaKey.replacing("AQAB", with: "Aw"))]}") == 1)
    }

    @Test("What is no key set is a fault")
    func none() {
        for text in ["{}", "[]", "null", "{\"keys\":{}}", "{\"keys\":\"a\"}"] {
            #expect(throws: Fault.self, "\(text)") { try count(text) }
        }
    }

    @Test("A set of very many keys is read only in part")
    func many() throws {
        let all = Array(repeating: RFC7515.ecKey, count: 400).joined(separator: ",")
        #expect(try count("{\"keys\":[\(all)]}") == 100)
    }
}
