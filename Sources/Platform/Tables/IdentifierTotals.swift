/// Counts and exact sums for millions of identifiers, such as persons or grid cells.
///
/// Memory that does not fit the processor's cache is slow to reach at random, so rows are first dealt into 256 parts
/// by their hash and each part's table, which does fit, is brought up to date a few hundred rows at a time. Uses about
/// 24 bytes for each slot, 40…80 % of them filled, and 2 MB besides.
public struct IdentifierTotals: Sendable {
    /// Whether some sum is wrong because it passed the range of `Int64`.
    public private(set) var hasOverflowed = false
    private var parts: [Part] = Array(repeating: Part(), count: 256)
    private var waiting: [Waiting] = Array(repeating: Waiting(key: 0, weight: 0), count: 256 * IdentifierTotals.room)
    private var waitingCounts: [Int32] = Array(repeating: 0, count: 256)
    private static let room = 512

    /// Empty totals.
    public init() {}

    /// Adds rows.
    /// - Parameters:
    ///   - identifiers: one for each row, such as `ColumnValues.hashes`; rows with 0, which is missing, are left out.
    ///   - weights: what each row adds to its identifier's sum; `Int64.min` adds nothing.
    public mutating func add(_ identifiers: [UInt64], weights: [Int64]) {
        precondition(identifiers.count == weights.count, "columns differ in length")
        var (rows, counts) = (take(&waiting), take(&waitingCounts))
        rows.withUnsafeMutableBufferPointer { rows in
            counts.withUnsafeMutableBufferPointer { counts in
                for i in identifiers.indices where identifiers[i] != 0 {
                    // Mixes keys that are not hashes; a bijection, so no two keys become one and none becomes 0.
                    let key = identifiers[i] &* 0x9E37_79B9_7F4A_7C15
                    let part = Int(truncatingIfNeeded: key >> 56)
                    let start = part &* IdentifierTotals.room
                    let place = Int(counts[part])
                    rows[start &+ place] = Waiting(key: key, weight: weights[i])
                    counts[part] &+= 1
                    guard place &+ 1 == IdentifierTotals.room else { continue }
                    bringUpToDate(part, rows[start..<start + IdentifierTotals.room])
                    counts[part] = 0
                }
            }
        }
        (waiting, waitingCounts) = (rows, counts)
    }

    /// Moves an array out, so that it is changed in place.
    private func take<T>(_ array: inout [T]) -> [T] {
        var taken: [T] = []
        swap(&taken, &array)
        return taken
    }

    private mutating func bringUpToDate(_ part: Int, _ rows: Slice<UnsafeMutableBufferPointer<Waiting>>) {
        let overflow = parts[part].add(UnsafeMutableBufferPointer(rebasing: rows))
        hasOverflowed = hasOverflowed || overflow
    }

    /// Adds rows that weigh nothing.
    public mutating func add(_ identifiers: [UInt64]) {
        add(identifiers, weights: Array(repeating: 0, count: identifiers.count))
    }

    /// Takes in the rows that still wait, so that the totals below are complete.
    public mutating func finish() {
        var rows = take(&waiting)
        rows.withUnsafeMutableBufferPointer { rows in
            for part in parts.indices {
                let start = part * IdentifierTotals.room
                bringUpToDate(part, rows[start..<start + Int(waitingCounts[part])])
                waitingCounts[part] = 0
            }
        }
        waiting = rows
    }

    /// How many identifiers there are. Call `finish` first.
    public var identifierCount: Int { parts.reduce(0) { $0 + $1.used } }

    /// How many rows each identifier has, in no particular order. Call `finish` first.
    public var counts: [Int64] { values { Int64($0.count) } }

    /// The sum of each identifier, in the order of `counts`. Call `finish` first.
    public var sums: [Int64] { values { $0.sum } }

    /// The identifiers in the order of `counts`. Call `finish` first.
    public var identifiers: [UInt64] {
        // The multiplicative inverse of the mixing factor modulo 2^64.
        values { $0.key &* 0xF1DE_83E1_9937_733D }
    }

    private func values<T>(_ value: (Total) -> T) -> [T] {
        var values: [T] = []
        values.reserveCapacity(identifierCount)
        for part in parts {
            for total in part.totals where total.key != 0 { values.append(value(total)) }
        }
        return values
    }
}

/// A row that was dealt into its part.
private struct Waiting: Sendable {
    var key: UInt64
    var weight: Int64
}

/// What is known of one identifier; the three stand together so that reaching them costs one access to memory.
private struct Total: Sendable {
    var key: UInt64 = 0  // 0 for an empty slot
    var sum: Int64 = 0
    var count: UInt32 = 0
}

/// An open-addressing table with linear probing.
private struct Part: Sendable {
    private(set) var totals: [Total] = Array(repeating: Total(), count: 16)
    private(set) var used = 0

    /// Adds rows; true when a sum passed the range of `Int64`.
    mutating func add(_ rows: UnsafeMutableBufferPointer<Waiting>) -> Bool {
        while (used + rows.count) * 5 > totals.count * 4 { grow() }
        let mask = totals.count - 1
        var added = 0
        var overflowed = false
        totals.withUnsafeMutableBufferPointer { totals in
            for row in rows {
                var slot = Int(truncatingIfNeeded: row.key >> 32) & mask
                while totals[slot].key != row.key, totals[slot].key != 0 { slot = (slot &+ 1) & mask }
                added &+= totals[slot].key == 0 ? 1 : 0
                totals[slot].key = row.key
                totals[slot].count &+= 1
                let (sum, overflow) = totals[slot].sum.addingReportingOverflow(row.weight == .min ? 0 : row.weight)
                totals[slot].sum = sum
                overflowed = overflowed || overflow
            }
        }
        used += added
        return overflowed
    }

    private mutating func grow() {
        let old = totals
        totals = Array(repeating: Total(), count: old.count * 2)
        let mask = totals.count - 1
        for total in old where total.key != 0 {
            var slot = Int(truncatingIfNeeded: total.key >> 32) & mask
            while totals[slot].key != 0 { slot = (slot + 1) & mask }
            totals[slot] = total
        }
    }
}
