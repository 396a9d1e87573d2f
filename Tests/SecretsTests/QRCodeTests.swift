import Kernel
import Secrets
import Testing

// Matrices by qrcode 8.2 (Python), add_data(QRData(text, MODE_8BIT_BYTE)), level M, under the mask that another program
// found to have the fewest penalty points. Whole for two texts; for the others the BLAKE2b (32 bytes) of the rows as
// lines of 0 and 1. All were read back by zxing-cpp 3.1. (segno 1.6 pads differently: a zero byte too many.)
@Suite struct QRCodeTests {
    private func rows(_ code: QRCode) -> [String] {
        (0..<code.size).map { row in
            (0..<code.size).map { code.isDark(row: row, column: $0) ? "1" : "0" }.joined()
        }
    }

    // As in the script that recorded the digests.
    private func text(_ count: Int) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        return String((0..<count).map { alphabet[($0 * $0 * 7 + $0 * count + count) % 64] })
    }

    private func digest(_ code: QRCode) -> String {
        Hash.blake2b(Array(rows(code).joined(separator: "\n").utf8))
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test("A small code is the expected one, module by module")
    func small() throws {
        let expected = [
            "111111101000101111111",
            "100000101000101000001",
            "101110100000001011101",
            "101110101010101011101",
            "101110100111001011101",
            "100000100011101000001",
            "111111101010101111111",
            "000000001111100000000",
            "101101110101101001011",
            "011000010111111101100",
            "000001111101010100011",
            "101011011001000101010",
            "100010110110110000101",
            "000000001011001100101",
            "111111101011111110000",
            "100000101110010101111",
            "101110100100101001000",
            "101110101110001001110",
            "101110101100100100100",
            "100000100111011110001",
            "111111101101010100000",
        ]
        #expect(rows(try QRCode("HELLO WORLD")) == expected)
    }

    @Test("An enrolment link's code is the expected one, module by module")
    func link() throws {
        let uri = TOTP.uri(
            secret: Array("Hello!\u{DE}\u{AD}".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }) + [
                0xBE, 0xEF,
            ],
            account: "jo.bloggs@sutton.example", issuer: "Concord")
        #expect(
            uri == "otpauth://totp/Concord:jo.bloggs%40sutton.example?secret=JBSWY3DPEHPK3PXP&issuer=Concord")
        let expected = [
            "11111110101000101001101000111101001111111",
            "10000010110010011100011100100010001000001",
            "10111010000000001010011001101101001011101",
            "10111010101101111010111110000001101011101",
            "10111010001001001011000010011001001011101",
            "10000010001100101101111011000111001000001",
            "11111110101010101010101010101010101111111",
            "00000000111010001101001100111110100000000",
            "10110111001110101110010000010101001001011",
            "11001100000110011011100101001011010111110",
            "10100010011100101000101101000000100111010",
            "10001001000001110010000111000010010010011",
            "10100010110111010101001101010101000101101",
            "00110101011011110100001100101110101001001",
            "00100011000010110010001011011101011111011",
            "01111100000110000001110010001000100111011",
            "11110110010100101011010110010110010010000",
            "00000101110011011100101010000001110100000",
            "00101011011000011100110011111010110111000",
            "00001001111010011001101101101111011101101",
            "10001010111111001011101001101001101010101",
            "10010100100001000111001101001101011110011",
            "11100010010000010010011101000010100111010",
            "10111001001110011011100001100011100110001",
            "01111011101111011110101110111100100010111",
            "10110101110010001101101011111111110001111",
            "01110111111010110011001010100011010101001",
            "01111000001100011000110100001000001101011",
            "00010011111101010010011001011011110111000",
            "00000101100010001001001010001010110100110",
            "10001111010000011000101111011000000101100",
            "00100100110101010110100010000101100001111",
            "01010111000010111111110110001011111111101",
            "00000000101001010001100000111101100011011",
            "11111110100011001100011110100010101010110",
            "10000010101100000011011101101100100011000",
            "10111010001101111011011000011000111111101",
            "10111010110000110111000010011101010111010",
            "10111010100101001101011010001011000100111",
            "10000010010000001110110000111011100011010",
            "11111110100011000001111101000010110100010",
        ]
        #expect(rows(try QRCode(uri)) == expected)
    }

    @Test("Every version, with and without padding, is the expected one")
    func versions() throws {
        let expected: [(bytes: Int, version: Int, digest: String)] = [
            (1, 1, "babc3643c3b336e30a47c6f224101e86abc7be76a90fc558c5761d87ac1b2131"),
            (2, 1, "70d3cc4df301fd920834056d0477c627b1bcba96e6acbd25e4b826b041a0552a"),
            (5, 1, "4bad1656f9f62c62157685a2ed0d20a6f7bef9c2131f2908f41de8695cfa0f6c"),
            (14, 1, "3e260e16d0bfb155ffcc04e0de33b7a4146d8fef04f2b2a134e4e07c135e35c5"),
            (15, 2, "b7ec46dbf8ab78ed7ad8576e66f1f20f9f7b3fb3affa2dfa56d78fad27ab0960"),
            (26, 2, "a7e151483b521ed9dd0f09f19dac494b36be008de2109a62757ed05ff698297f"),
            (27, 3, "76c53990e996e314869b4eb4d52de5ab8bf0de6f38114c0f3b051dcac50102b4"),
            (33, 3, "50e9a7513a476f3a51a1032fae4700ce9a43839e73605622676684e4da5eb1d3"),
            (42, 3, "18b681ea2ad241f08646861962f81222e409c015f20ed9b748481788001e092c"),
            (43, 4, "6bcfbf433deb5aa14feda212aa39c200988d3c5992cf643c5f907806033e8ebb"),
            (62, 4, "eead6b158f79afaa8bf70227561c1a9aa77e05dcf39261eb703adfb4b62d6ec9"),
            (63, 5, "83c90b1045a3ed31ac8b6653e104a6d5e98770821944e74d9a8172b406c4c81c"),
            (77, 5, "6125401a1e2b1e20731b5bd42fc0ae4ba4aee8ba69cc88400506e9689f77efbb"),
            (84, 5, "3cb7886c183c3e4a66050b2c2b208499d58a218e5e6c8562ceb9691f604f23ca"),
            (85, 6, "cd0330efad798a05f5b0b3e466d3aa50033e1050af4775ce5e6ea4be7f2eb8b5"),
            (99, 6, "930bd55334cfd5c48a8dd099ed3a76c6921de704d95f0251c58b1829f5190c83"),
            (106, 6, "75351bcd67215f127616ac91357990fa902fd04be24645b6ecd3adfb1dbcf1be"),
            (107, 7, "ecfa018627a55a9d8d99eea403fef084c51fb2fcb517e3af0e0f88498dc7c2b3"),
            (122, 7, "c3a01f844c93fdbeb1975e033c9a422caab74c4816b05ec5751e8db3d76e09cd"),
            (123, 8, "a4ba11579e9120a1638cb1a4fcd19a2187c12bb374f70565d41a0fcb9a26e361"),
            (130, 8, "040796cb4870daa6b77d8b44501c056bf5410e56e7d7468e9e8fe1e43c23bd26"),
            (152, 8, "b17d3a28101dfb52d5cefcb87a8c078dd671552d05f985f5e135e830ec4981a8"),
            (153, 9, "167d3fcad6c61d9316a799e0b4c4e262d04c67332fb5ce5236118e45e6116f89"),
            (160, 9, "614e5beeb3f342fdc74cf2e8a1402f876544640bd05de2e6ce2c9de8abf4d443"),
            (180, 9, "1d916f3e4d0cc3bed9b1dc2fc56e192f4ff0017b9ba62b934262f3338044e174"),
            (181, 10, "410bfef3e4c487f851fe13364aeed3faec82e1205da5ef8aea4a3ec126aa5b09"),
            (200, 10, "f7c7f9976130461844c44201e18a5cdb1ed584969fddc5829344f6dfb5863250"),
            (213, 10, "4529f83b14b3d4ee1131c189218caa98152cc313b275609097ac4e8d2382ddfc"),
        ]
        for (bytes, version, digest) in expected {
            let code = try QRCode(text(bytes))
            #expect(code.size == 17 + 4 * version)
            #expect(self.digest(code) == digest, "\(bytes) bytes")
        }
    }

    @Test("A text that fits no version is refused with what to do instead")
    func tooLong() {
        let fault = #expect(throws: Fault.self) { try QRCode(text(214)) }
        #expect(fault?.remedy == "Type the secret into the authenticator app instead.")
        #expect(throws: Fault.self) { try QRCode(String(repeating: "\u{E9}", count: 107)) }
    }

    @Test("The picture draws each dark module once, inside a quiet zone of four")
    func picture() throws {
        let code = try QRCode("HELLO WORLD")
        let svg = code.svg(title: "Scan \"me\" & <b>")

        #expect(svg.contains("viewBox=\"0 0 29 29\""))
        #expect(svg.contains("aria-label=\"Scan &quot;me&quot; &amp; &lt;b&gt;\""))
        #expect(!svg.contains("style"))
        var drawn: Set<[Int]> = []
        let path = try #require(svg.split(separator: "<path fill=\"#000\" d=\"").last?.split(separator: "\"").first)
        for run in path.split(separator: "z") {
            let numbers = run.split { !$0.isNumber }.compactMap { Int($0) }
            #expect(numbers.count == 5 && numbers[2] == numbers[4] && numbers[3] == 1)
            for column in numbers[0]..<numbers[0] + numbers[2] {
                #expect(drawn.insert([numbers[1] - 4, column - 4]).inserted)
            }
        }
        let dark = (0..<21).flatMap { row in (0..<21).map { [row, $0] } }.filter {
            code.isDark(row: $0[0], column: $0[1])
        }
        #expect(drawn == Set(dark))
    }
}
