internal import Secrets
internal import Storage

/// The chain of hashes: h₀ is 32 zero bytes, hₙ = BLAKE2b-256(hₙ₋₁ ‖ canonical bytes of entry n).
enum AuditChain {
    /// h₀.
    static let start = [UInt8](repeating: 0, count: 32)

    /// hₙ of an entry.
    /// - Parameter buffer: memory to build the bytes in, kept from entry to entry.
    static func hash(
        after previous: [UInt8], columns: some Sequence<SQLValue>, subjects: some Collection<String>,
        buffer: inout [UInt8]
    ) -> [UInt8] {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: previous)
        CanonicalBytes.write(columns: columns, subjects: subjects, to: &buffer)
        return Hash.blake2b(buffer)
    }
}
