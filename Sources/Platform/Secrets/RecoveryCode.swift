/// Codes that stand in for a lost second factor, each once.
///
/// A code has 117 bits, so that a plain digest of it can be kept: below 112 bits ASVS 5.0 (6.5.2) asks for a slow,
/// salted hash, of which every try would have to compute ten.
public enum RecoveryCode {
    // Without letters and digits that look alike: 0 O, 1 I L, U V.
    private static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let length = 24

    /// New codes: `7KQ2-M9XP-4HVD-ZR3T-B8WN-5CYF`.
    public static func make(count: Int = 10) -> [String] { (0..<count).map { _ in makeOne() } }

    private static func makeOne() -> String {
        var characters: [UInt8] = []
        while characters.count < length {
            // 240 is the largest multiple of 30 that a byte holds: above it the first letters would come more often.
            for byte in randomBytes(length) where byte < 240 && characters.count < length {
                characters.append(alphabet[Int(byte) % alphabet.count])
            }
        }
        return stride(from: 0, to: length, by: 4)
            .map { String(decoding: characters[$0..<$0 + 4], as: UTF8.self) }
            .joined(separator: "-")
    }

    /// What is kept of a code, however it is typed: small letters, spaces and dashes make no difference.
    public static func digest(_ code: String) -> [UInt8] {
        let bytes = code.utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }.filter { alphabet.contains($0) }
        return Hash.blake2b(Array("recovery code ".utf8) + bytes)
    }
}
