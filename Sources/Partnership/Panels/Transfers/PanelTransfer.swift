public import Casework
public import Governance
public import Kernel

/// A line of minutes that goes from one area to another.
public struct TransferLine: Hashable, Sendable {
    /// The day of the meeting.
    public let heardOn: LocalDate
    /// What it says.
    public let text: String
    /// The class of the field.
    public let fieldClass: FieldClass
    /// On whose side it is.
    public let side: SubjectSide?
    /// The agency whose information it is.
    public let agency: String

    /// A line.
    public init(heardOn: LocalDate, _ text: String, _ fieldClass: FieldClass, side: SubjectSide?, agency: String) {
        self.heardOn = heardOn
        self.text = text
        self.fieldClass = fieldClass
        self.side = side
        self.agency = agency
    }
}

/// An action that goes from one area to another.
public struct TransferAction: Hashable, Sendable {
    /// What is to be done.
    public let text: String
    /// The agency that undertook it.
    public let agency: String
    /// The last day.
    public let due: LocalDate
    /// How it stood when it was sent.
    public let status: CaseAction.Status

    /// An action.
    public init(_ text: String, agency: String, due: LocalDate, status: CaseAction.Status) {
        self.text = text
        self.agency = agency
        self.due = due
        self.status = status
    }
}

/// A case that goes to another area or comes from one: minutes, the plan of actions, and who takes it over. It is kept
/// as it was sent, and nothing newer comes into it.
public struct PanelTransfer: Hashable, Sendable {
    /// Which way it goes.
    public enum Direction: String, CaseIterable, Sendable {
        case out, `in`
    }

    /// Its identifier; of one that goes out also in the register.
    public let id: ID<PanelTransfer>
    /// The panel here.
    public let panel: Code<Panel>
    /// The case here.
    public let caseID: ID<CaseRecord>
    /// Which way it goes.
    public let direction: Direction
    /// The other area.
    public let area: String
    /// Who takes it over there, or handed it over.
    public let contact: String
    /// The day of the first area's referral, from which repeats are counted.
    public let firstReferredOn: LocalDate
    /// The minutes, as far as the reader may see.
    public internal(set) var lines: [TransferLine]
    /// The plan.
    public let actions: [TransferAction]
    /// BLAKE2b-256 of what was sent, in hexadecimal.
    public let digest: String
    /// When it was sent or received.
    public let madeAt: Instant
    /// The last day to acknowledge it.
    public let acknowledgeBy: LocalDate
    /// When it was acknowledged.
    public let acknowledgedAt: Instant?
}
