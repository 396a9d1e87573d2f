/// Names under which browsers save files (RFC 6266, RFC 8187).
public enum ContentDisposition {
    /// The value for a file to be saved: a plain name for old readers and the full one in UTF-8.
    public static func attachment(_ name: String) -> String {
        let safe = UploadedFile.safeName(name)
        let plain = String(
            decoding: safe.utf8.map { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C && $0 != 0x25 ? $0 : 0x5F },
            as: UTF8.self)
        let whole = plain == safe ? "" : "; filename*=UTF-8''\(PercentCoding.encodeSegment(safe))"
        return "attachment; filename=\"\(plain)\"\(whole)"
    }
}
