internal import Storage

/// The bytes over which an entry is hashed.
///
/// Format 1: the byte 0x01, then the columns of `audit_entries` in the order of `AuditColumns.names`, then the list of
/// subjects. A value is written as
///
/// - nothing: `00`
/// - whole number: `01`, 8 bytes, two's complement, big-endian
/// - text: `02`, its length in bytes (4, big-endian), UTF-8 as stored, not normalised
/// - bytes: `03`, their length (4, big-endian), the bytes
/// - list of texts: `04`, their number (4, big-endian), each as a text.
///
/// Every value says where it ends and of what kind it is, so no two different entries have the same bytes.
enum CanonicalBytes {
    static let format: UInt8 = 1

    /// Appends the canonical bytes of an entry to `out`.
    static func write(columns: some Sequence<SQLValue>, subjects: some Collection<String>, to out: inout [UInt8]) {
        out.append(format)
        for value in columns { write(value, to: &out) }
        out.append(4)
        write(length: subjects.count, to: &out)
        for text in subjects { write(text, to: &out) }
    }

    private static func write(_ value: SQLValue, to out: inout [UInt8]) {
        switch value {
        case .null: out.append(0)
        case .integer(let number):
            out.append(1)
            write(UInt64(bitPattern: number), to: &out)
        case .real(let number):
            // No column of the audit holds one; a row altered to hold one gets bytes of its own and fails.
            out.append(5)
            write(number.bitPattern, to: &out)
        case .text(let text): write(text, to: &out)
        case .blob(let bytes):
            out.append(3)
            write(length: bytes.count, to: &out)
            out.append(contentsOf: bytes)
        }
    }

    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(2)
        write(length: text.utf8.count, to: &out)
        out.append(contentsOf: text.utf8)
    }

    private static func write(_ number: UInt64, to out: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { out.append(contentsOf: $0) }
    }

    private static func write(length: Int, to out: inout [UInt8]) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: length).bigEndian) { out.append(contentsOf: $0) }
    }
}
