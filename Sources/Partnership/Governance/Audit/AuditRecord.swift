internal import Kernel
internal import Storage

/// An entry with its number and hash, read back.
public struct AuditRecord: Hashable, Sendable {
    /// Its number: 1, 2, 3 …
    public let seq: Int64
    /// The entry.
    public let entry: AuditEntry
    /// Its hash in the chain.
    public let hash: [UInt8]
}

extension AuditRecord {
    /// The record that a row and the people named for it make.
    /// - Throws: `StorageError`, or `Fault` when the row holds what the log never writes.
    init(_ row: Row, subjects: [AuditSubject]) throws {
        seq = try row.get("seq")
        hash = try row.get("hash")
        let at: Instant = try row.get("at")
        entry = AuditEntry(
            at: at, by: try AuditRecord.party(row), act: try AuditRecord.word(row, "act"),
            object: try AuditRecord.object(row), before: try row.optional("before_digest"),
            after: try row.optional("after_digest"), reason: try row.optional("reason"),
            gateway: try row.optional("gateway"), ruleVersion: try row.optional("rule_version"),
            outcome: try AuditRecord.word(row, "outcome"), code: try row.optional("code"),
            query: try row.optional("query"), results: try row.optional("results"), request: try row.get("request"),
            subjects: subjects)
    }

    private static func party(_ row: Row) throws -> AuditParty {
        AuditParty(
            kind: try word(row, "kind"), account: try row.optional("account"), agency: try row.optional("agency"),
            role: try row.optional("role"), session: try row.optional("session"),
            address: try row.optional("address"))
    }

    private static func object(_ row: Row) throws -> AuditObject? {
        guard let kind: Code<AuditObjectKind> = try row.optional("object_kind") else { return nil }
        let fields: String? = try row.optional("object_fields")
        return AuditObject(
            kind, id: try row.optional("object_id"), version: try row.optional("object_version"),
            fields: fields?.split(separator: " ").map(String.init) ?? [],
            classification: try row.optional("object_class"))
    }

    private static func word<Word: RawRepresentable<String>>(_ row: Row, _ column: String) throws -> Word {
        let text: String = try row.get(column)
        guard let word = Word(rawValue: text) else {
            throw Fault(
                "An entry of the audit could not be read", at: "column \(column)",
                because: "it holds a word that the log never writes",
                remedy: "Run `concord audit verify`; the database may be newer than the program.")
        }
        return word
    }
}
