/// Codes that stand in for a lost second factor, each once.
///
/// A code has 117 bits, so that a plain digest of it can be kept: below 112 bits ASVS 5.0 (6.5.2) asks for a slow,
/// salted hash, of which every try would have to compute ten.
public enum RecoveryCode {
    private static let length = 24

    /// New codes: `7KQ2-M9XP-4HVD-ZR3T-B8WN-5CYF`.
    public static func make(count: Int = 10) -> [String] {
        (0..<count).map { _ in GroupedCode.grouped(GroupedCode.make(length: length)) }
    }

    /// What is kept of a code, however it is typed: small letters, spaces and dashes make no difference.
    public static func digest(_ code: String) -> [UInt8] {
        Hash.blake2b(Array("recovery code ".utf8) + GroupedCode.characters(code))
    }
}
