internal import COATH
public import Kernel

/// Codes of an authenticator app: time-based one-time passwords (RFC 6238: SHA-1, 30 seconds, six digits).
public enum TOTP {
    /// Seconds that a code lasts.
    public static let step: Int64 = 30

    /// A new secret of 160 bits.
    public static func secret() -> [UInt8] { randomBytes(20) }

    /// The code of a moment.
    public static func code(_ secret: [UInt8], at now: Instant) -> String? { code(secret, step: now.seconds / step) }

    /// Whether a code is right: for the step of now or one beside it, and none at or before the last one used.
    /// - Returns: the step it belongs to, to be kept as the last one used; nil when it is wrong.
    public static func match(_ code: String, secret: [UInt8], at now: Instant, lastStep: Int64?) -> Int64? {
        let typed = Array(code.utf8.filter { $0 != 0x20 })
        guard typed.count == 6 else { return nil }
        let current = now.seconds / step
        var found: Int64?
        for candidate in (current - 1)...(current + 1) where candidate > lastStep ?? -1 {
            guard let right = self.code(secret, step: candidate) else { return nil }
            if constantTimeEquals(Array(right.utf8), typed) { found = candidate }
        }
        return found
    }

    private static func code(_ secret: [UInt8], step number: Int64) -> String? {
        var out = [CChar](repeating: 0, count: 8)
        let status = secret.withUnsafeBytes { raw in
            oath_totp_generate(
                raw.bindMemory(to: CChar.self).baseAddress, raw.count, time_t(number * step), UInt32(step), 0, 6, &out)
        }
        guard status == OATH_OK.rawValue else { return nil }
        return String(decoding: out.prefix(6).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// What an authenticator app reads from a picture: `otpauth://totp/…` (Key URI Format).
    public static func uri(secret: [UInt8], account: String, issuer: String) -> String {
        func escaped(_ text: String) -> String {
            text.utf8.map { byte in
                let isPlain =
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
                let hex = String(byte, radix: 16, uppercase: true)
                return isPlain ? String(UnicodeScalar(byte)) : "%" + (hex.count == 1 ? "0" : "") + hex
            }.joined()
        }
        return
            "otpauth://totp/\(escaped(issuer)):\(escaped(account))?secret=\(base32(secret))&issuer=\(escaped(issuer))"
    }

    /// The secret as people type it: base32 (RFC 4648, 6), unpadded.
    public static func base32(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var out: [UInt8] = []
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                out.append(alphabet[Int(bits >> count & 31)])
            }
        }
        if count > 0 { out.append(alphabet[Int(bits << (5 - count) & 31)]) }
        return String(decoding: out, as: UTF8.self)
    }
}
