import Testing

@testable import HTTP

@Suite struct HMACTests {
    // RFC 4231 §4.2, §4.3, §4.7.
    @Test("HMAC with SHA-256 gives the vectors of RFC 4231")
    func vectors() {
        let cases: [([UInt8], String, String)] = [
            (
                [UInt8](repeating: 0x0B, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
        for (key, message, expected) in cases {
            #expect(CSRF.hex(HMAC(key: key).digest(Array(message.utf8))) == expected)
        }
    }
}
