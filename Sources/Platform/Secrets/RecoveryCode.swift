/// Codes that stand in for a lost second factor, each once.
public enum RecoveryCode {
    // Without letters and digits that look alike.
    private static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// New codes of about 59 bits: `7KQ2M-X9PD4-HV`.
    public static func make(count: Int = 10) -> [String] {
        (0..<count).map { _ in
            var characters: [UInt8] = []
            while characters.count < 12 {
                for byte in randomBytes(16) where byte < 240 && characters.count < 12 {
                    characters.append(alphabet[Int(byte) % 30])
                }
            }
            let text = String(decoding: characters, as: UTF8.self)
            return "\(text.prefix(5))-\(text.dropFirst(5).prefix(5))-\(text.suffix(2))"
        }
    }

    /// What is kept of a code, however it is typed.
    public static func digest(_ code: String) -> [UInt8] {
        let bytes = code.uppercased().utf8.filter { alphabet.contains($0) }
        return Hash.blake2b(Array("recovery code ".utf8) + bytes)
    }
}
