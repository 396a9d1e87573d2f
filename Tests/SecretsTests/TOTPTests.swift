import Kernel
import Secrets
import Testing

@Suite struct TOTPTests {
    // RFC 6238, appendix B: the secret of the SHA-1 vectors.
    static let secret = Array("12345678901234567890".utf8)
    static let vectors: [(seconds: Int64, code: String)] = [
        (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ]

    private func at(_ seconds: Int64) -> Instant { Instant(milliseconds: seconds * 1000) }

    @Test("Codes are those of RFC 6238")
    func vectors() {
        for (seconds, code) in TOTPTests.vectors {
            #expect(TOTP.code(TOTPTests.secret, at: at(seconds)) == code)
            #expect(TOTP.match(code, secret: TOTPTests.secret, at: at(seconds), lastStep: nil) == seconds / 30)
        }
    }

    @Test("A code is taken one step early or late, and no further")
    func window() {
        let (seconds, code) = TOTPTests.vectors[1]
        let step = seconds / 30
        let inside: [Int64] = [step * 30 - 30, step * 30, step * 30 + 29, step * 30 + 59]
        let outside: [Int64] = [step * 30 - 31, step * 30 + 60, step * 30 + 3600]
        for time in inside {
            #expect(TOTP.match(code, secret: TOTPTests.secret, at: at(time), lastStep: nil) == step, "\(time)")
        }
        for time in outside {
            #expect(TOTP.match(code, secret: TOTPTests.secret, at: at(time), lastStep: nil) == nil, "\(time)")
        }
    }

    @Test("A used step is refused, and every one before it")
    func replay() {
        let (seconds, code) = TOTPTests.vectors[2]
        let step = seconds / 30
        #expect(TOTP.match(code, secret: TOTPTests.secret, at: at(seconds), lastStep: step - 1) == step)
        #expect(TOTP.match(code, secret: TOTPTests.secret, at: at(seconds), lastStep: step) == nil)
        #expect(TOTP.match(code, secret: TOTPTests.secret, at: at(seconds), lastStep: step + 1) == nil)
        // The code of the step before is as dead once the later one has been used.
        let earlier = TOTPTests.vectors[1]
        #expect(step == earlier.seconds / 30 + 1)
        #expect(TOTP.match(earlier.code, secret: TOTPTests.secret, at: at(seconds), lastStep: step) == nil)
    }

    @Test("What is no code of six digits is refused; spaces as apps show them are not")
    func typed() {
        let moment = at(59)
        for text in [
            "", "28708", "2870822", "94287082", "287083", "28708\u{662}", "abcdef", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}",
        ] {
            #expect(TOTP.match(text, secret: TOTPTests.secret, at: moment, lastStep: nil) == nil, "\(text)")
        }
        #expect(TOTP.match("287 082", secret: TOTPTests.secret, at: moment, lastStep: nil) == 1)
        #expect(TOTP.match("287082", secret: TOTPTests.secret.reversed(), at: moment, lastStep: nil) == nil)
    }

    @Test("Base32 is that of RFC 4648")
    func base32() {
        let vectors = [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ]
        for (text, expected) in vectors { #expect(TOTP.base32(Array(text.utf8)) == expected) }
    }

    @Test("The enrolment link is what authenticator apps read")
    func uri() {
        let uri = TOTP.uri(
            secret: TOTPTests.secret, account: "jo+t&st@sutton.example", issuer: "Concord: Safer S\u{FC}tton")
        // pyotp 2.9 gives these parts for the same secret, name and issuer.
        #expect(
            uri
                == "otpauth://totp/Concord%3A%20Safer%20S%C3%BCtton:jo%2Bt%26st%40sutton.example"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Concord%3A%20Safer%20S%C3%BCtton")
    }

    @Test("Secrets are new each time and have 160 bits")
    func secrets() {
        let secrets = Set((0..<100).map { _ in TOTP.secret() })
        #expect(secrets.count == 100)
        #expect(secrets.allSatisfy { $0.count == 20 })
    }
}
