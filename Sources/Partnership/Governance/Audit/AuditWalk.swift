internal import Kernel
internal import Storage

/// An entry as its row holds it, values untouched, so that whatever was altered shows.
struct StoredEntry {
    /// The row: the columns in the order of `AuditColumns.names`, then the hash. Kept as it came: a copy without the
    /// hash would cost a fifth of the verification.
    let row: [SQLValue]
    var subjects: [String] = []

    var columns: ArraySlice<SQLValue> { row.dropLast() }
    var hash: [UInt8] { row.last.flatMap([UInt8].init(sql:)) ?? [] }
    var seq: Int64 { row.first.flatMap(Int64.init(sql:)) ?? 0 }
    var at: Int64? { row[safe: 1].flatMap(Int64.init(sql:)) }

    /// Whether the entry's hash is right for that place in the chain.
    func fits(_ seq: Int64, after previous: [UInt8], buffer: inout [UInt8]) -> Bool {
        hash(at: seq, after: previous, buffer: &buffer) == hash
    }

    /// The hash that the entry has at that place in the chain.
    func hash(at seq: Int64, after previous: [UInt8], buffer: inout [UInt8]) -> [UInt8] {
        let columns = [.integer(seq)] + columns.dropFirst()
        return AuditChain.hash(after: previous, columns: columns, subjects: subjects, buffer: &buffer)
    }
}

/// Walks along the chain, entry by entry.
struct AuditWalk {
    private(set) var found = AuditVerification()
    private var lastTime: Int64?
    private var anchors: ArraySlice<AuditAnchor>
    private var lastAnchored: Int64 = 0
    private var buffer: [UInt8] = []

    /// - Parameter anchors: in rising order of their numbers.
    init(anchors: [AuditAnchor]) {
        self.anchors = anchors[...]
        meetAnchors()
    }

    /// Takes the next entry. Returns false when it does not continue the chain; the walk ends there.
    mutating func take(_ entry: StoredEntry) -> Bool {
        let seq = found.entries + 1
        guard entry.seq == seq else {
            found.damage = entry.seq < seq ? .inserted(entry.seq) : .missing(seq)
            return false
        }
        let hash = AuditChain.hash(
            after: found.hash, columns: entry.columns, subjects: entry.subjects, buffer: &buffer)
        guard hash == entry.hash else {
            found.damage = .changed(seq)
            return false
        }
        found.entries = seq
        found.hash = hash
        noteClock(entry)
        return meetAnchors()
    }

    /// Ends the walk: every anchor must have been met.
    mutating func end() {
        guard found.damage == nil, let anchor = anchors.last else { return }
        found.damage = .truncated(after: found.entries, anchored: anchor.seq)
    }

    /// Notes the anchors that the file should hold and does not.
    mutating func note(missing anchors: [AuditAnchor]) { found.missingAnchors = anchors }

    /// Says more exactly what is wrong.
    mutating func name(_ damage: AuditDamage) { found.damage = damage }

    private mutating func noteClock(_ entry: StoredEntry) {
        guard let at = entry.at else { return }
        if let last = lastTime, Double(last - at) > AuditLog.clockTolerance * 1000 {
            found.clockSteps.append(found.entries)
        }
        lastTime = at
    }

    @discardableResult
    private mutating func meetAnchors() -> Bool {
        while let anchor = anchors.first, anchor.seq == found.entries {
            guard anchor.hash == found.hash else {
                found.damage = .rewritten(after: lastAnchored, upTo: anchor.seq)
                return false
            }
            found.anchors += 1
            lastAnchored = anchor.seq
            anchors.removeFirst()
        }
        return true
    }
}
