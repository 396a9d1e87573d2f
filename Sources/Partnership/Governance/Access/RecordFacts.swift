public import Kernel

/// What the policy must know of a record. Holds no content.
public struct RecordFacts: Hashable, Sendable {
    /// A sharing with an agency.
    public struct Share: Hashable, Sendable {
        /// With whom.
        public var agency: Code<Agency>
        /// The first day.
        public var from: LocalDate
        /// The last day, or nil while it lasts.
        public var until: LocalDate?
        /// The highest class of field that is shared.
        public var highest: FieldClass
        /// The legal gateway, as the disclosure register names it.
        public var gateway: String?

        /// A sharing.
        public init(
            agency: Code<Agency>, from: LocalDate, until: LocalDate? = nil, highest: FieldClass, gateway: String? = nil
        ) {
            self.agency = agency
            self.from = from
            self.until = until
            self.highest = highest
            self.gateway = gateway
        }

        /// Whether it holds on that day.
        public func holds(on day: LocalDate) -> Bool { day >= from && until.map { day <= $0 } ?? true }
    }

    /// An item on a panel's agenda: open to members from listing until some days after the minutes are approved.
    public struct Listing: Hashable, Sendable {
        /// The panel.
        public var panel: Code<Panel>
        /// The first day.
        public var from: LocalDate
        /// The last day, or nil while the meeting's minutes are not approved.
        public var until: LocalDate?
        /// The agencies invited to the item; empty for every agency of the panel.
        public var agencies: Set<Code<Agency>>

        /// A listing.
        public init(
            panel: Code<Panel>, from: LocalDate, until: LocalDate? = nil, agencies: Set<Code<Agency>> = []
        ) {
            self.panel = panel
            self.from = from
            self.until = until
            self.agencies = agencies
        }

        /// Whether it holds on that day.
        public func holds(on day: LocalDate) -> Bool { day >= from && until.map { day <= $0 } ?? true }
    }

    /// A permission for one person on this record, until a moment: the chair's for a sealed one, or a broken glass.
    public struct Grant: Hashable, Sendable {
        /// For whom.
        public var account: ID<Account>
        /// The moment it ends.
        public var until: Instant
        /// Whether it came with the chair of the panel, and goes with it.
        public var isChairs: Bool

        /// A grant.
        public init(account: ID<Account>, until: Instant, isChairs: Bool = false) {
            self.account = account
            self.until = until
            self.isChairs = isChairs
        }
    }

    /// The kind of record.
    public var kind: Code<RecordKind>
    /// The agency that owns it.
    public var agency: Code<Agency>
    /// The team that works on it.
    public var team: Code<Team>?
    /// The person who owns it. Of an account: the person whose account it is.
    public var owner: ID<Account>?
    /// Who wrote it, or broke the glass: someone else must approve or review it.
    public var author: ID<Account>?
    /// People who hold an action on it.
    public var involved: Set<ID<Account>> = []
    /// How it is guarded.
    public var recordClass: RecordClass = .normal
    /// Whose record it is: the side behind whose wall its victim-safety fields lie.
    public var side: SubjectSide?
    /// Sharings.
    public var shares: [Share] = []
    /// Agendas on which it stands or stood.
    public var listings: [Listing] = []
    /// People named on a restricted record.
    public var named: Set<ID<Account>> = []
    /// People with a conflict of interest: it does not exist for them.
    public var conflicts: Set<ID<Account>> = []
    /// The chair's grants on a sealed record.
    public var grants: [Grant] = []
    /// Broken glasses on a protected record.
    public var glasses: [Grant] = []

    /// A record of that kind and agency.
    public init(kind: Code<RecordKind>, agency: Code<Agency>) {
        self.kind = kind
        self.agency = agency
    }
}
