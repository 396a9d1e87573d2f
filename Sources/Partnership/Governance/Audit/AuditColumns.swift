internal import Kernel
internal import Storage

/// How an entry lies in the columns of `audit_entries`. The order of `names` is the order of the canonical bytes and
/// never changes; a new column needs a new format.
enum AuditColumns {
    static let names: [String] = [
        "seq", "at", "kind", "account", "agency", "role", "session", "address", "act", "object_kind", "object_id",
        "object_version", "object_fields", "object_class", "before_digest", "after_digest", "reason", "gateway",
        "rule_version", "outcome", "code", "query", "results", "request",
    ]

    /// The longest text kept of a reason or a query, in bytes.
    static let longestText = 4000

    /// The values of those columns.
    static func values(seq: Int64, _ entry: AuditEntry) -> [SQLValue] {
        let who: [SQLValue] = [
            .integer(seq), .integer(entry.at.milliseconds), .text(entry.by.kind.rawValue),
            text(entry.by.account?.text), text(entry.by.agency?.text), text(entry.by.role?.text),
            text(entry.by.session?.text), text(entry.by.address),
        ]
        let fields = entry.object.map { $0.fields.map(word).joined(separator: " ") }
        let what: [SQLValue] = [
            .text(entry.act.rawValue), text(entry.object?.kind.text), text(entry.object?.id),
            integer(entry.object?.version), text(fields.flatMap { $0.isEmpty ? nil : $0 }),
            text(entry.object?.classification), blob(entry.before), blob(entry.after),
        ]
        let why: [SQLValue] = [
            text(entry.reason), text(entry.gateway), text(entry.ruleVersion), .text(entry.outcome.rawValue),
            text(entry.code), text(entry.query), integer(entry.results), text(entry.request),
        ]
        return who + what + why
    }

    private static func text(_ text: String?) -> SQLValue { text.map { .text(stored($0)) } ?? .null }
    private static func integer(_ number: Int64?) -> SQLValue { number.map { .integer($0) } ?? .null }
    private static func blob(_ bytes: [UInt8]?) -> SQLValue { bytes.map { .blob($0) } ?? .null }

    /// The text as it is kept: without U+0000, which PostgreSQL refuses (written ␀), and cut to `longest` bytes (over 40).
    static func stored(_ text: String, longest: Int = longestText) -> String {
        var kept = text
        if text.utf8.contains(0) {
            kept = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value == 0 ? "\u{2400}" : $0 }))
        }
        guard kept.utf8.count > longest else { return kept }
        var end = kept.utf8.index(kept.utf8.startIndex, offsetBy: longest - 40)
        while end.samePosition(in: kept.unicodeScalars) == nil { end = kept.utf8.index(before: end) }
        return "\(kept[..<end])… (cut from \(kept.utf8.count) bytes)"
    }

    private static func word(_ name: String) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.map { $0.value <= 0x20 || $0.value == 0x7F ? "_" : $0 }))
    }
}
