/// Codes that people write down and type again, in groups of four.
enum GroupedCode {
    // Without letters and digits that look alike: 0 O, 1 I L, U V.
    private static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// Random characters of the alphabet: 4.9 bits each.
    static func make(length: Int) -> [UInt8] {
        var characters: [UInt8] = []
        while characters.count < length {
            // 240 is the largest multiple of 30 that a byte holds: above it the first letters would come more often.
            for byte in randomBytes(length) where byte < 240 && characters.count < length {
                characters.append(alphabet[Int(byte) % alphabet.count])
            }
        }
        return characters
    }

    /// `7KQ2-M9XP-4HVD`.
    static func grouped(_ characters: [UInt8]) -> String {
        stride(from: 0, to: characters.count, by: 4)
            .map { String(decoding: characters[$0..<min($0 + 4, characters.count)], as: UTF8.self) }
            .joined(separator: "-")
    }

    /// The characters of a code, however it is typed: small letters, spaces and dashes make no difference.
    static func characters(_ typed: String) -> [UInt8] {
        typed.utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }.filter { alphabet.contains($0) }
    }
}
