import Secrets
import Testing

// Hashes made with argon2-cffi 25.1, an independent binding of the reference implementation.
@Suite struct PasswordTests {
    static let composed = "caf\u{E9} horse"
    static let current =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$LvTm6TpFxqgjDNqYGCT3BJwAfVtY7KDFiUVbqWKlFlM"
    static let weaker =
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$jVs0Ag/IqY+eIAbO3he/i9P2Zhx/w2IVsVm8SlMgHTI"
    static let stronger =
        "$argon2id$v=19$m=131072,t=3,p=1$c29tZXNhbHQxMjM0NTY3OA$rmzzT64F4GvuoSVzqruoENq8OZTZibpn1C4cDefBNIc"
    static let otherKind =
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$dNdseVWj00pRI8pm/2hMPMCqbWGA9MXdUV7lrK5UIYM"
    static let ofNothing =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$x4mhOY8V3RZAeE645u3JyQZQ5OJfZmmUBYtnyM4lkt0"

    @Test("A hash by another implementation of Argon2id is understood")
    func understandsOthers() {
        #expect(Password.matches(PasswordTests.composed, PasswordTests.current))
        #expect(Password.matches(PasswordTests.composed, PasswordTests.weaker))
        #expect(Password.matches(PasswordTests.composed, PasswordTests.stronger))
        #expect(Password.matches("", PasswordTests.ofNothing))
        #expect(!Password.matches("Caf\u{E9} horse", PasswordTests.current))
        #expect(!Password.matches("caf\u{E9} horse ", PasswordTests.current))
        #expect(!Password.matches("", PasswordTests.current))
    }

    @Test("A password is the same whether its letters are typed composed, decomposed or in full width")
    func unicodeForms() {
        #expect(Password.matches("cafe\u{301} horse", PasswordTests.current))
        #expect(Password.matches("\u{FF43}\u{FF41}f\u{E9}\u{A0}horse", PasswordTests.current))
        #expect(!Password.matches("cafe horse", PasswordTests.current))
    }

    @Test("Hashing salts anew, keeps today's parameters and any character")
    func hashes() throws {
        let password = "Zw\u{F6}lf\u{0}\u{1F40E} \u{5B57} tabs\t" + String(repeating: "long ", count: 30)
        let first = try Password.hash(password)
        let second = try Password.hash(password)

        #expect(first != second)
        #expect(first.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
        #expect(Password.matches(password, first))
        // Nothing is cut off: neither at the zero byte nor after 64 or 72 characters.
        #expect(!Password.matches(String(password.dropLast()), first))
        #expect(!Password.matches("Zw\u{F6}lf", first))
        #expect(!Password.needsRehash(first))
    }

    @Test("Weaker or other hashes are made again, stronger ones are left alone")
    func rehash() {
        #expect(Password.needsRehash(PasswordTests.weaker))
        #expect(Password.needsRehash(PasswordTests.otherKind))
        #expect(Password.needsRehash("$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW"))
        #expect(!Password.needsRehash(PasswordTests.stronger))
        #expect(!Password.needsRehash(PasswordTests.current))
    }

    @Test("What is no hash matches nothing and costs no memory")
    func hostileHashes() {
        let tail = "$c29tZXNhbHQxMjM0NTY3OA$LvTm6TpFxqgjDNqYGCT3BJwAfVtY7KDFiUVbqWKlFlM"
        let texts = [
            "", "$", "argon2id", PasswordTests.otherKind, "$argon2id$v=19$m=4294967295,t=2,p=1" + tail,
            "$argon2id$v=19$m=65536,t=4294967295,p=1" + tail, "$argon2id$v=16$m=65536,t=2,p=1" + tail,
            "$argon2id$v=19$m=65536,t=2,p=1$$", "$argon2id$v=19$m=-1,t=2,p=1" + tail,
        ]
        for text in texts { #expect(!Password.matches(PasswordTests.composed, text), "\(text)") }
    }

    @Test("Passwords beyond the limit are refused, not cut")
    func tooLong() throws {
        let long = String(repeating: "a", count: 1025)
        #expect(throws: SecretError.tooLong) { try Password.hash(long) }
        #expect(!Password.matches(long, PasswordTests.current))
        // One character of this kind becomes eighteen.
        #expect(throws: SecretError.tooLong) { try Password.hash(String(repeating: "\u{FDFA}", count: 300)) }
    }

    @Test("The parameters are at least what OWASP asks for")
    func parameters() {
        #expect(Password.memory >= 19 << 20)
        #expect(Password.passes >= 2)
        #expect(!Password.matches("", Password.decoy))
        #expect(!Password.needsRehash(Password.decoy))
    }
}
