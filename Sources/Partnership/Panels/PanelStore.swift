public import Casework
public import Governance
public import Kernel
internal import People
public import Rules
internal import Storage

/// The panels of a partnership: meetings, agendas, referrals, research, minutes, actions. Every answer comes from
/// `AccessRegister`, which asks the policy and writes the audit in the same transaction; so all of these need a
/// connection of `Database.write`.
///
/// A meeting is a record of the kind `minutes`, and what is written down of it is as guarded as that. An item of it is
/// a case, and exists only for those for whom the case exists, who accepted confidentiality for the meeting, and who
/// declared no conflict. What is hidden and what is not there are the same.
public struct PanelStore: Sendable {
    /// The register that decides.
    public let register: AccessRegister
    /// The cases.
    public let cases: CaseStore
    /// The partnership, with its agencies and panels.
    public let partnership: PartnershipDefinition
    /// The rules by which days are counted and repeats found.
    public let policy: PolicyRules
    /// The calendar on which they are counted.
    public let calendar: ClockCalendar
    /// Records of people that count as one, beside those that the people register holds to be one.
    let ownIdentity: PersonIdentity
    private let panels: [Code<Panel>: KnownPanel]

    /// A store.
    /// - Throws: a `Fault` when a panel of the partnership is of no known kind.
    public init(
        cases: CaseStore, partnership: PartnershipDefinition, catalogue: PanelCatalogue,
        identity: PersonIdentity = PersonIdentity()
    ) throws(Fault) {
        var panels: [Code<Panel>: KnownPanel] = [:]
        for definition in partnership.panels {
            guard let type = catalogue.type(definition.kind) else {
                throw Fault(
                    "The panel \(definition.name) cannot be used", at: definition.code.text,
                    because: "there is no kind of panel \(definition.kind)",
                    remedy: "Add its file to Definitions/panel-types, or correct the partnership's definition.")
            }
            panels[definition.code] = KnownPanel(definition: definition, type: type)
        }
        self.panels = panels
        self.cases = cases
        self.partnership = partnership
        ownIdentity = identity
        register = cases.register
        policy = cases.policy
        calendar = cases.calendar
    }

    /// Which records of people are one person now, whoever may see them.
    func identity(in connection: Connection) throws -> PersonIdentity {
        ownIdentity.adding(try PersonStore.merges(in: connection))
    }

    /// A panel with its kind; nil for one that the actor may not know of on that day.
    public func panel(_ code: Code<Panel>, for actor: Actor, on day: LocalDate) -> KnownPanel? {
        guard partnership.visiblePanels(for: actor, on: day).contains(where: { $0.code == code }) else { return nil }
        return panels[code]
    }

    /// The panels on which the actor has a place on that day: their own, and those of colleagues for whom they stand in.
    /// What they may do there the policy says. To know of a sealed panel takes a place of one's own.
    public static func seats(of actor: Actor, on day: LocalDate) -> Set<Code<Panel>> {
        let handedOver = actor.standIns.filter { $0.holds(on: day) && $0.agency == actor.agency }.flatMap(\.panels)
        return Set((actor.panels + handedOver).filter { $0.holds(on: day) }.map(\.panel))
    }

    /// Whether the actor has a place on a panel on that day.
    public static func sits(_ actor: Actor, on panel: Code<Panel>, on day: LocalDate) -> Bool {
        seats(of: actor, on: day).contains(panel)
    }

    func panel(_ code: Code<Panel>) throws(Fault) -> KnownPanel {
        guard let panel = panels[code] else {
            throw Fault(
                "The meeting cannot be shown", at: code.text, because: "the partnership has no such panel any more",
                remedy: "Bring it back to the partnership's definition.")
        }
        return panel
    }

    static func kind(_ name: StaticString) throws -> Code<RecordKind> {
        guard let kind = Code<RecordKind>(name.description) else {
            throw Fault("There is no kind of record \"\(name)\"")
        }
        return kind
    }
}

/// A panel of the partnership with its kind.
public struct KnownPanel: Sendable {
    /// The panel.
    public let definition: PartnershipDefinition.PanelDefinition
    /// Its kind.
    public let type: PanelType

    /// Whether its meetings are sealed.
    public var isSealed: Bool { definition.isSealed || type.isSealed }

    /// The agency that prepares it and takes referrals in: the first of those that sit on it.
    public var office: Code<Agency>? { definition.agencies.first }
}

/// Why something was not done at a panel.
public enum PanelRefusal: Error, Sendable {
    /// What the register says.
    case register(RegisterRefusal)
    /// What was entered cannot be kept.
    case problems([AnswerProblem])
    /// A guard of the meeting.
    case stopped(MeetingGuard)
    /// The meeting does not take this now.
    case meetingState(MeetingState)
    /// The referral does not take this now.
    case referralState(ReferralState)
    /// Confidentiality was not accepted for this meeting.
    case notAccepted
    /// The action was closed already.
    case closedAlready
    /// The case was handed to another area, and nothing more is written here.
    case transferred
}

// MARK: - Helpers

extension PanelStore {
    /// Goes on with a meeting on which the actor may act.
    func working<Value>(
        on id: ID<PanelMeeting>, for action: AccessAction = .update, on occasion: Occasion, in connection: Connection,
        _ body: (PanelMeeting, RegisterEntry, KnownPanel) throws -> Result<Value, PanelRefusal>
    ) throws -> Result<Value, PanelRefusal> {
        let found = try register.find(ID(id), for: action, .p0, on: occasion, in: connection)
        guard case .found(let entry, _) = found, let meeting = try MeetingRows.meeting(id, in: connection) else {
            return .failure(PanelStore.refusal(found))
        }
        return try body(meeting, entry, try panel(meeting.panel))
    }

    /// Writes that a meeting's record was changed, as deep as what is changed.
    func touch(
        _ id: ID<PanelMeeting>, _ depth: FieldClass, _ fields: [String], reason: String? = nil,
        on occasion: Occasion, in connection: Connection, _ body: (inout RecordFacts) -> Void = { _ in }
    ) throws -> PanelRefusal? {
        let done = try register.change(
            ID(id), depth, reason: reason, detail: RegisterDetail(fields: fields), on: occasion, in: connection
        ) { body(&$0.facts) }
        if case .failure(let refusal) = done { return .register(refusal) }
        return nil
    }

    /// Writes in the audit what of a meeting was shown.
    func shown(
        _ id: ID<PanelMeeting>, _ depth: FieldClass, _ fields: [String], on occasion: Occasion,
        in connection: Connection
    ) throws {
        try register.note(.read, ID(id), depth, RegisterDetail(fields: fields), on: occasion, in: connection)
    }

    /// Whether a case is hidden from the actor whatever their roles and however it came to them: they declared a
    /// conflict, or it was restricted or sealed.
    func isHidden(
        _ id: ID<CaseRecord>, on occasion: Occasion, in connection: Connection
    ) throws -> Bool {
        isHidden(try register.entries([ID(id)], now: occasion.now, in: connection)[ID(id)], on: occasion)
    }

    /// The same of a case's entry; what is not in the register is hidden.
    func isHidden(_ entry: RegisterEntry?, on occasion: Occasion) -> Bool {
        guard let entry else { return true }
        switch register.decide(.list, .p0, on: entry, by: occasion.actor, now: occasion.now) {
        case .permit: return false
        case .deny(let reason, _): return [.conflict, .restricted, .sealed, .wall].contains(reason)
        }
    }

    static func refusal(_ finding: RegisterFinding) -> PanelRefusal {
        switch finding {
        case .found, .absent: .register(.absent)
        case .refused(_, let reason): .register(.denied(reason))
        case .reasonNeeded: .register(.reasonNeeded)
        }
    }

    /// Text that someone gave, trimmed and at most 4,000 characters; nil when nothing is left.
    static func given(_ text: String?) -> String? {
        guard let text = text?.trimmed, !text.isEmpty else { return nil }
        return String(text.prefix(4000))
    }
}
