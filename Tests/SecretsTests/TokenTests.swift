import Secrets
import Testing

@Suite struct TokenTests {
    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    // Expected by Python's hashlib.blake2b with digest_size=32.
    @Test("BLAKE2b of 32 bytes, with and without a key, is hashlib's")
    func blake2b() {
        #expect(
            hex(Hash.blake2b(Array("abc".utf8))) == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")
        #expect(hex(Hash.blake2b([])) == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8")
        #expect(
            hex(Hash.blake2b(Array("abc".utf8), key: Array(0...31)))
                == "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f")
    }

    // RFC 4648, 10, without padding; and RFC 7515, appendix C.
    @Test("Base64url is that of the RFCs")
    func base64() {
        let vectors = [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ]
        for (text, expected) in vectors {
            #expect(Base64URL.encode(Array(text.utf8)) == expected)
            #expect(Base64URL.decode(expected) == Array(text.utf8))
        }
        #expect(Base64URL.encode([3, 236, 255, 224, 193]) == "A-z_4ME")
        #expect(Base64URL.decode("A-z_4ME") == [3, 236, 255, 224, 193])
    }

    @Test("What is no base64url is refused: padding, other alphabets, spaces, loose bits")
    func notBase64() {
        for text in ["A", "Zg==", "A+z/4ME", "Zm 9v", "Zm9v\n", "Zh", "Zm9", "\u{E9}m8"] {
            #expect(Base64URL.decode(text) == nil, "\(text)")
        }
    }

    @Test("Tokens have 256 bits, are all different, and every bit varies")
    func tokens() throws {
        var ones = [Int](repeating: 0, count: 256)
        var seen: Set<String> = []
        for _ in 0..<400 {
            let token = Token.make()
            seen.insert(token)
            let bytes = try #require(Base64URL.decode(token))
            #expect(token.utf8.count == 43 && bytes.count == 32)
            for bit in 0..<256 where bytes[bit / 8] >> (bit % 8) & 1 == 1 { ones[bit] += 1 }
        }
        #expect(seen.count == 400)
        // Ten standard deviations of a fair coin.
        #expect(ones.allSatisfy { (100...300).contains($0) })
        #expect(Token.digest("a") == Hash.blake2b([0x61]))
    }

    @Test("Equal is equal, in any place of difference")
    func equality() {
        let bytes = Array(UInt8(0)...63)
        #expect(constantTimeEquals(bytes, bytes))
        #expect(constantTimeEquals([], []))
        #expect(!constantTimeEquals(bytes, []))
        #expect(!constantTimeEquals(bytes, Array(bytes.dropLast())))
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 0x80
            #expect(!constantTimeEquals(bytes, other))
        }
    }

    @Test("Recovery codes are readable, different, and long enough for a plain digest")
    func recoveryCodes() {
        let codes = RecoveryCode.make(count: 200)
        let allowed = Set("23456789ABCDEFGHJKMNPQRSTVWXYZ-")
        #expect(Set(codes).count == 200)
        #expect(RecoveryCode.make().count == 10)
        for code in codes {
            #expect(code.split(separator: "-").map(\.count) == [4, 4, 4, 4, 4, 4])
            #expect(allowed.isSuperset(of: code))
        }
        // Every letter comes: 4800 drawn of 30.
        #expect(Set(codes.joined()).count == 31)
    }

    @Test("A recovery code is known however it is typed, and no other is")
    func recoveryDigests() {
        let kept = RecoveryCode.digest("7KQ2-M9XP-4HVD-ZR3T-B8WN-5CYF")
        for typed in ["7kq2 m9xp 4hvd zr3t b8wn 5cyf", " 7KQ2M9XP4HVDZR3TB8WN5CYF\n", "7kq2-M9xp-4hvd-zr3t-b8wn-5cyf"] {
            #expect(RecoveryCode.digest(typed) == kept, "\(typed)")
        }
        for typed in [
            "", "7KQ2-M9XP-4HVD-ZR3T-B8WN-5CYG", "7KQ2-M9XP-4HVD-ZR3T-B8WN", "7KQ2-M9XP-4HVD-ZR3T-B8WN-5CYFF",
        ] {
            #expect(RecoveryCode.digest(typed) != kept, "\(typed)")
        }
    }
}
