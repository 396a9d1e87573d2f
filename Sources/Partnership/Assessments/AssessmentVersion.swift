public import Governance
public import Kernel

/// A strategic assessment that the partnership keeps: a draft until someone publishes it, then unchangeable.
public struct AssessmentVersion: Sendable, Hashable {
    /// Where it stands.
    public enum State: String, Sendable, CaseIterable {
        /// Seen by those who may see drafts; may be discarded.
        case draft
        /// Seen by every member of the partnership; never changes again.
        case published
    }

    /// Its identifier.
    public let id: ID<AssessmentVersion>
    /// What people call it.
    public var title: String
    /// The area's name.
    public let area: String
    /// The months assessed.
    public let period: MonthRange
    /// Where it stands.
    public var state: State
    /// When it was made.
    public let madeAt: Instant
    /// Who had it made.
    public let madeBy: ID<Account>
    /// Their name then.
    public let madeByName: String
    /// When it was published.
    public var publishedAt: Instant?
    /// Who published it.
    public var publishedByName: String?
    /// SHA-256 of `assessment.json`, in hexadecimal: the same inputs give the same digest.
    public let digest: String
    /// Records read.
    public let recordsRead: Int
    /// Grows with each change; a change must name the one it saw.
    public var rowVersion: Int

    /// A version as it is kept.
    public init(
        id: ID<AssessmentVersion>, title: String, area: String, period: MonthRange, state: State, madeAt: Instant,
        madeBy: ID<Account>, madeByName: String, publishedAt: Instant? = nil, publishedByName: String? = nil,
        digest: String, recordsRead: Int, rowVersion: Int
    ) {
        self.id = id
        self.title = title
        self.area = area
        self.period = period
        self.state = state
        self.madeAt = madeAt
        self.madeBy = madeBy
        self.madeByName = madeByName
        self.publishedAt = publishedAt
        self.publishedByName = publishedByName
        self.digest = digest
        self.recordsRead = recordsRead
        self.rowVersion = rowVersion
    }
}

/// A file of an assessment, kept byte by byte.
public struct AssessmentFile: Sendable, Hashable {
    /// Its name: `assessment.json`, `B1.level.csv`.
    public let name: String
    /// Its media type.
    public let mediaType: String
    /// Its bytes.
    public let bytes: [UInt8]

    /// A file.
    public init(name: String, mediaType: String, bytes: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

extension AssessmentVersion {
    /// The audit's entry of a download: which file of which version, and the digest of the bytes sent.
    public func exportEntry(_ name: String, digest: String, _ occasion: Occasion) -> AuditEntry {
        let object = Code("assessment").map { AuditObject($0, id: id.text, version: Int64(rowVersion)) }
        var entry = occasion.entry(.export, object)
        entry.query = "\(name) digest \(digest)"
        return entry
    }
}

/// What may happen to a version: pure decisions.
public enum AssessmentDecision: Sendable, Hashable {
    /// It may be done.
    case allowed
    /// It may not, and why, for the person who asked.
    case refused(String)
}

extension AssessmentVersion {
    /// Whether a person may publish it: a draft, and not their own work (approver and author differ, casework.md §4.2).
    public func publishing(by account: ID<Account>) -> AssessmentDecision {
        if state == .published { return .refused("This assessment is published already.") }
        if account == madeBy {
            return .refused("The person who made an assessment cannot publish it. Ask a colleague who may publish.")
        }
        return .allowed
    }

    /// Whether it may be discarded or renamed: only while it is a draft.
    public var changing: AssessmentDecision {
        state == .draft ? .allowed : .refused("A published assessment does not change.")
    }
}
