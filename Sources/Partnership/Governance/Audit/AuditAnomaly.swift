public import Kernel

/// A pattern in the audit that someone should look at (casework.md AUD-8). It proves nothing.
public struct AuditAnomaly: Hashable, Sendable {
    /// The rules.
    public enum Rule: String, CaseIterable, Sendable {
        /// Looked up their own record, or that of someone of their household.
        case ownRecord = "own-record"
        /// Looked up a colleague.
        case colleague
        /// Looked up someone of the list of people whose records draw curiosity.
        case watched
        /// Looked at more people in a day than their work links them with.
        case unlinkedReads = "unlinked-reads"
        /// Looked at a record after leaving its case.
        case afterLeavingCase = "after-leaving-case"
        /// Looked at many records in an hour of the night.
        case nightBurst = "night-burst"
        /// Took data out shortly before leaving.
        case exportBeforeLeaving = "export-before-leaving"
        /// Broke the glass again and again.
        case repeatedBreakGlass = "repeated-break-glass"
    }

    /// Which pattern.
    public let rule: Rule
    /// Whose acts.
    public let account: ID<Account>
    /// The entries, in their order.
    public let entries: [Int64]
}

/// What the rules must be told, and where they begin to speak.
public struct AnomalySettings: Sendable {
    /// The records of the account's own person and household.
    public var own: @Sendable (ID<Account>) -> Set<AuditSubject> = { _ in [] }
    /// The records of people who work with the system.
    public var colleagues: Set<AuditSubject> = []
    /// The records that draw curiosity.
    public var watched: Set<AuditSubject> = []
    /// Whether the account's work links it with the person at that time.
    public var isLinked: @Sendable (ID<Account>, AuditSubject, Instant) -> Bool = { _, _, _ in true }
    /// When the account left the last case that linked it with the person; nil when it has not left.
    public var leftCase: @Sendable (ID<Account>, AuditSubject) -> Instant? = { _, _ in nil }
    /// When accounts were disabled.
    public var disabled: [ID<Account>: Instant] = [:]
    /// Unlinked people a day (UK) up to which nothing is said.
    public var unlinkedPerDay = 20
    /// Consultations within an hour, between 22:00 and 06:00 UK time, up to which nothing is said.
    public var nightlyPerHour = 30
    /// Days before an account's end within which an export is named.
    public var daysBeforeLeaving = 30
    /// Uses of break-glass in 30 days up to which nothing is said.
    public var breakGlassPerMonth = 3

    /// The usual settings.
    public init() {}
}

extension AuditAnomaly {
    /// The patterns in entries, which must be in the order of their numbers.
    public static func find(in records: [AuditRecord], _ settings: AnomalySettings) -> [AuditAnomaly] {
        var byAccount: [ID<Account>: [AuditRecord]] = [:]
        for record in records where record.entry.outcome == .permit && record.entry.by.kind == .person {
            guard let account = record.entry.by.account else { continue }
            byAccount[account, default: []].append(record)
        }
        return byAccount.sorted { $0.key < $1.key }.flatMap { account, records in
            AnomalyFinder(account: account, records: records, settings: settings).all
        }
    }
}
