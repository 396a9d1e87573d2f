internal import CUnistring
internal import Glibc

/// The one form in which a password is hashed and compared, however it was typed.
enum PasswordText {
    /// The UTF-8 of the password in Unicode's form NFKC, or nil when it is longer than is hashed.
    static func bytes(_ password: String) -> [UInt8]? {
        let typed = Array(password.utf8)
        guard typed.count <= Password.longest else { return nil }
        // ASCII has only one form.
        if typed.allSatisfy({ $0 < 0x80 }) { return typed }
        var count = 0
        guard let start = concord_nfkc(typed, typed.count, &count) else { return nil }
        defer { free(start) }
        // Some characters have a longer form than the one typed: U+FDFA becomes eighteen.
        guard count <= Password.longest else { return nil }
        return Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// The password in form NFKC without regard to case, to look for it in lists and for words inside it.
    static func folded(_ text: String) -> String {
        let normal = bytes(text).map { String(decoding: $0, as: UTF8.self) } ?? text
        return normal.lowercased()
    }
}
