import Kernel
import Testing

@testable import Secrets

@Suite struct PassphraseSealTests {
    static let passphrase = Passphrase("7KQ2-M9XP-4HVD-ZR3T-B8WN")
    static let about = "concord-room-pack 1 01890a5d-ac96-774b-bcce-b302099a8057"
    static let salt: [UInt8] = Array(0x10...0x1F)
    static let nonce: [UInt8] = Array(0x40...0x4B)
    static let text = "Zoë’s meeting at 10"
    // Sealed by Python: hashlib.pbkdf2_hmac("sha256", b"7KQ2M9XP4HVDZR3TB8WN", salt, 600000, 32), then AESGCM of the
    // package cryptography.
    static let cipher = "6f6a23f952fc603e1289a18b780b3c203e6308dfa046019f861e7ab341626d3b92897316dd7d"

    private func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8)
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }

    // RFC 7914, 11.
    @Test(
        "Keys are those of the RFC’s vectors",
        arguments: [
            (
                "passwd", "salt", 1,
                "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                    + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"
            ),
            (
                "Password", "NaCl", 80_000,
                "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
                    + "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d"
            ),
        ])
    func keys(_ secret: String, _ salt: String, _ iterations: Int, _ expected: String) throws {
        let key = try PassphraseSeal.key(
            Array(secret.utf8), salt: Array(salt.utf8), iterations: iterations, length: 64)
        #expect(key == bytes(expected))
    }

    // McGrew and Viega, The Galois/Counter Mode of Operation, appendix B, test cases 13, 14 and 16.
    @Test(
        "The cipher is that of the standard’s test cases",
        arguments: [
            (
                String(repeating: "0", count: 64), String(repeating: "0", count: 24), "", "",
                "530f8afbc74536b9a963b4f1c4cb738b"
            ),
            (
                String(repeating: "0", count: 64), String(repeating: "0", count: 24), String(repeating: "0", count: 32),
                "", "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
            ),
            (
                "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                    + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                    + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
            ),
        ])
    func cipher(_ key: String, _ nonce: String, _ plain: String, _ about: String, _ expected: String) throws {
        let sealed = try AuthenticatedCipher.seal(
            bytes(plain), key: bytes(key), nonce: bytes(nonce), about: bytes(about))
        #expect(sealed == bytes(expected))
        let opened = try AuthenticatedCipher.open(
            sealed, key: bytes(key), nonce: bytes(nonce), about: bytes(about))
        #expect(opened == bytes(plain))
    }

    @Test("What is sealed is what another implementation seals, and is opened again")
    func seals() throws {
        let passphrase = try #require(PassphraseSealTests.passphrase)
        let sealed = try PassphraseSeal.seal(
            Array(PassphraseSealTests.text.utf8), with: passphrase, about: PassphraseSealTests.about,
            salt: PassphraseSealTests.salt, nonce: PassphraseSealTests.nonce)
        #expect(sealed.cipher == bytes(PassphraseSealTests.cipher))
        let opened = try PassphraseSeal.open(sealed, with: passphrase, about: PassphraseSealTests.about)
        #expect(String(decoding: opened, as: UTF8.self) == PassphraseSealTests.text)
    }

    @Test("With another passphrase, for another meeting, or with any part altered or cut, it does not open")
    func altered() throws {
        let passphrase = try #require(PassphraseSealTests.passphrase)
        let (salt, nonce) = (PassphraseSealTests.salt, PassphraseSealTests.nonce)
        let cipher = bytes(PassphraseSealTests.cipher)
        func isRefused(
            salt: [UInt8]? = nil, nonce: [UInt8]? = nil, cipher: [UInt8]? = nil, about: String? = nil,
            with other: Passphrase? = nil
        ) -> Bool {
            let sealed = PassphraseSealed(
                salt: salt ?? PassphraseSealTests.salt, nonce: nonce ?? PassphraseSealTests.nonce,
                cipher: cipher ?? bytes(PassphraseSealTests.cipher))
            do {
                _ = try PassphraseSeal.open(
                    sealed, with: other ?? passphrase, about: about ?? PassphraseSealTests.about)
                return false
            } catch {
                return error as? SecretError == .altered
            }
        }
        #expect(!isRefused())
        #expect(isRefused(salt: [salt[0] ^ 1] + salt.dropFirst()))
        #expect(isRefused(salt: Array(salt.dropLast())))
        #expect(isRefused(salt: salt + [0]))
        #expect(isRefused(nonce: [nonce[0] ^ 0x80] + nonce.dropFirst()))
        #expect(isRefused(nonce: Array(nonce.dropLast())))
        #expect(isRefused(cipher: [cipher[0] ^ 1] + cipher.dropFirst()))
        #expect(isRefused(cipher: cipher.dropLast() + [cipher[cipher.count - 1] ^ 1]))
        #expect(isRefused(cipher: Array(cipher.dropLast())))
        #expect(isRefused(cipher: cipher + [0]))
        #expect(isRefused(cipher: []))
        #expect(isRefused(about: PassphraseSealTests.about.replacing("pack", with: "notes")))
        #expect(isRefused(about: PassphraseSealTests.about.replacing(" 1 ", with: " 2 ")))
        #expect(isRefused(with: Passphrase("7KQ2-M9XP-4HVD-ZR3T-B8WP")))
    }

    @Test("Every byte of a sealed text counts")
    func everyByte() throws {
        let key = Array(repeating: UInt8(3), count: 32)
        let nonce = PassphraseSealTests.nonce
        let sealed = try AuthenticatedCipher.seal([1, 2, 3], key: key, nonce: nonce, about: [9])
        for index in sealed.indices {
            var other = sealed
            other[index] ^= 0x10
            #expect(throws: SecretError.altered) {
                try AuthenticatedCipher.open(other, key: key, nonce: nonce, about: [9])
            }
        }
    }

    @Test("Sealing the same twice uses another salt and another nonce")
    func fresh() throws {
        let passphrase = try #require(PassphraseSealTests.passphrase)
        let first = try PassphraseSeal.seal([1], with: passphrase, about: "a")
        let second = try PassphraseSeal.seal([1], with: passphrase, about: "a")
        #expect(first.salt != second.salt && first.nonce != second.nonce && first.cipher != second.cipher)
        #expect(first.salt.count == 16 && first.nonce.count == 12 && first.cipher.count == 17)
        #expect(PassphraseSeal.iterations == 600_000)
    }
}

@Suite struct PassphraseTests {
    @Test("A passphrase has five groups of four without characters that look alike, and all differ")
    func made() {
        let made = (0..<500).map { _ in Passphrase.make().text }
        #expect(Set(made).count == 500)
        for text in made {
            #expect(text.wholeMatch(of: #/([2-9A-HJKMNP-TV-Z]{4}-){4}[2-9A-HJKMNP-TV-Z]{4}/#) != nil, "\(text)")
        }
        // 30 characters, 20 places: 98 bits. Each character comes: none is missed in 10,000 by chance.
        #expect(Set(made.joined()).subtracting("-").count == 30)
    }

    @Test(
        "It is the same however it is typed",
        arguments: [
            "7KQ2-M9XP-4HVD-ZR3T-B8WN", "7kq2m9xp4hvdzr3tb8wn", " 7KQ2 M9XP 4HVD ZR3T B8WN ",
            "7KQ2–M9XP–4HVD–ZR3T–B8WN",
        ])
    func typed(_ text: String) {
        #expect(Passphrase(text)?.text == "7KQ2-M9XP-4HVD-ZR3T-B8WN")
        #expect(Passphrase(text) == Passphrase("7KQ2-M9XP-4HVD-ZR3T-B8WN"))
    }

    @Test(
        "What cannot be one is none",
        arguments: [
            "", "7KQ2-M9XP-4HVD-ZR3T-B8W", "7KQ2-M9XP-4HVD-ZR3T-B8WN2", "0000-0000-0000-0000-0000",
            "7KQ2-M9XP-4HVD-ZR3T-B8WO", String(repeating: "A-", count: 60),
        ])
    func none(_ text: String) { #expect(Passphrase(text) == nil) }

    @Test("A passphrase never shows itself")
    func silent() throws {
        let passphrase = try #require(Passphrase("7KQ2-M9XP-4HVD-ZR3T-B8WN"))
        var dumped = ""
        dump(passphrase, to: &dumped)
        #expect("\(passphrase) \(String(reflecting: passphrase))" == "passphrase passphrase")
        #expect(!dumped.contains("7KQ2") && !dumped.contains("55"))
    }
}
