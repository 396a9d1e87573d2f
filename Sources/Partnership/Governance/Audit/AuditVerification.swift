/// What the verification of the audit found.
public struct AuditVerification: Hashable, Sendable {
    /// How many entries hold, from the first on.
    public internal(set) var entries: Int64 = 0
    /// The hash of the last entry that holds; 32 zero bytes when there is none.
    public internal(set) var hash: [UInt8] = AuditChain.start
    /// The entries whose time is earlier than that of the one before by more than `AuditLog.clockTolerance`.
    public internal(set) var clockSteps: [Int64] = []
    /// How many anchors agree with the chain.
    public internal(set) var anchors = 0
    /// The anchors that the database knows of and the file did not hold: it was removed or cut short.
    public internal(set) var missingAnchors: [AuditAnchor] = []
    /// What is wrong first, or nil when everything holds.
    public internal(set) var damage: AuditDamage?
}

/// The first thing that is wrong in an audit.
public enum AuditDamage: Hashable, Sendable {
    /// The entry is not as it was written.
    case changed(Int64)
    /// The entry of that number was taken out.
    case missing(Int64)
    /// The entry was not written by the log but put in.
    case inserted(Int64)
    /// The entry stands in the place of another, and that one where the entry belongs.
    case reordered(Int64, with: Int64)
    /// The entries after that one were taken out: an anchor knows a higher number.
    case truncated(after: Int64, anchored: Int64)
    /// The chain holds in itself but is not the one that was anchored: an entry after the one and not after the other
    /// number was changed, and all hashes since were computed anew.
    case rewritten(after: Int64, upTo: Int64)
    /// People are named for an entry that does not exist.
    case straySubjects(Int64)

    /// The number of the first entry concerned.
    public var seq: Int64 {
        switch self {
        case .changed(let seq), .missing(let seq), .inserted(let seq), .reordered(let seq, _), .straySubjects(let seq):
            seq
        case .truncated(let last, _), .rewritten(let last, _): last + 1
        }
    }
}

extension AuditDamage: CustomStringConvertible {
    /// One sentence for whoever ran the verification.
    public var description: String {
        switch self {
        case .changed(let seq): "Entry \(seq) is not as it was written."
        case .missing(let seq): "Entry \(seq) is missing."
        case .inserted(let seq): "Entry \(seq) was put in afterwards."
        case .reordered(let seq, let other): "Entries \(seq) and \(other) have changed places."
        case .truncated(let last, let anchored):
            "The entries after \(last) are missing; the anchors know of \(anchored)."
        case .rewritten(let last, let anchored):
            "The entries after \(last) were written anew; entry \(anchored) is not the one that was anchored."
        case .straySubjects(let seq): "People are named for entry \(seq), which does not exist."
        }
    }
}
