/// Finds out what was done where the chain breaks. Costs up to two passes over the rest of the audit, once.
struct AuditDiagnosis {
    /// The number of the entry that does not fit, and the hash of the one before.
    let seq: Int64
    let previous: [UInt8]
    /// The entry of a number.
    let entry: (Int64) throws -> StoredEntry?
    /// Hands over the entries from a number on until told to stop by false.
    let each: (_ from: Int64, (StoredEntry) -> Bool) throws -> Void

    /// How many entries in a row, put in or taken out with the rest renumbered, are looked for.
    private static let reach: Int64 = 1000

    /// What happened at the entry.
    func damage() throws -> AuditDamage {
        guard let broken = try entry(seq) else { return .missing(seq) }
        var buffer: [UInt8] = []
        let next = try entry(seq + 1)
        if let next, next.fits(seq, after: previous, buffer: &buffer) {
            // The next one belongs here, unless the two have changed places.
            return isSwapped(broken, next, &buffer) ? .reordered(seq, with: seq + 1) : .inserted(seq)
        }
        if let first = try firstInserted(before: broken, &buffer) { return .inserted(first) }
        if let next, isAfterRemoval(broken, next, &buffer) { return .missing(seq) }
        if let other = try owner(broken, &buffer) { return .reordered(seq, with: other) }
        return .changed(seq)
    }

    /// Both fit when they change places.
    private func isSwapped(_ first: StoredEntry, _ second: StoredEntry, _ buffer: inout [UInt8]) -> Bool {
        first.fits(seq + 1, after: second.hash, buffer: &buffer)
    }

    /// Entries with right hashes were put in and those behind renumbered: this one fits some places before.
    private func firstInserted(before broken: StoredEntry, _ buffer: inout [UInt8]) throws -> Int64? {
        var place = seq - 1
        while place >= 1, place >= seq - AuditDiagnosis.reach {
            let previous = place == 1 ? AuditChain.start : try entry(place - 1)?.hash
            if let previous, broken.fits(place, after: previous, buffer: &buffer) { return place }
            place -= 1
        }
        return nil
    }

    /// Entries were taken out and those behind renumbered: the next one fits some places further on.
    private func isAfterRemoval(_ broken: StoredEntry, _ next: StoredEntry, _ buffer: inout [UInt8]) -> Bool {
        (1...AuditDiagnosis.reach).contains { next.fits(seq + 1 + $0, after: broken.hash, buffer: &buffer) }
    }

    /// The entry that belongs here, found further on, its hash with it or left behind.
    private func owner(_ broken: StoredEntry, _ buffer: inout [UInt8]) throws -> Int64? {
        var found: Int64?
        var bytes = buffer
        try each(seq + 1) { other in
            let hash = other.hash(at: seq, after: previous, buffer: &bytes)
            if hash == other.hash || hash == broken.hash { found = other.seq }
            return found == nil
        }
        return found
    }
}
