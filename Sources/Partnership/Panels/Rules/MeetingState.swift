/// Where a meeting of a panel stands (casework.md §2.4, §2.23).
public enum MeetingState: String, CaseIterable, Sendable {
    /// It has a day.
    case scheduled
    /// Its agenda is out.
    case agendaPublished = "agenda-published"
    /// The agencies look up what they know.
    case researchOpen = "research-open"
    /// What they find now is marked late.
    case researchClosed = "research-closed"
    /// It sits.
    case inSession = "in-session"
    /// Its minutes are written and not approved.
    case minutesDraft = "minutes-draft"
    /// The chair approved its minutes; nobody changes them.
    case minutesApproved = "minutes-approved"
    /// It is over.
    case closed
    /// It was called off.
    case cancelled

    /// What readers see.
    public var inWords: String {
        switch self {
        case .scheduled: "Scheduled"
        case .agendaPublished: "Agenda published"
        case .researchOpen: "Research open"
        case .researchClosed: "Research closed"
        case .inSession: "In session"
        case .minutesDraft: "Minutes in draft"
        case .minutesApproved: "Minutes approved"
        case .closed: "Closed"
        case .cancelled: "Cancelled"
        }
    }

    /// Whether items may still be put on its agenda.
    public var takesItems: Bool { isAhead || self == .inSession }

    /// Whether it has not begun.
    public var isAhead: Bool {
        switch self {
        case .scheduled, .agendaPublished, .researchOpen, .researchClosed: true
        case .inSession, .minutesDraft, .minutesApproved, .closed, .cancelled: false
        }
    }

    /// Whether its minutes may be written.
    public var takesMinutes: Bool { self == .inSession || self == .minutesDraft }
}

/// A step of a meeting.
public enum MeetingStep: String, CaseIterable, Sendable {
    case publishAgenda = "publish-agenda"
    case openResearch = "open-research"
    case closeResearch = "close-research"
    case begin, draft, approve, close, cancel, reschedule
}

/// How a meeting stands, as far as its guards ask.
public struct MeetingStanding: Hashable, Sendable {
    /// Items on its agenda that were not taken off.
    public var items = 0
    /// Items without a decision.
    public var undecided = 0
    /// Actions of earlier meetings that are not complete.
    public var incompleteActions = 0
    /// Members of whom nobody wrote whether they were there.
    public var unrecorded = 0
    /// People who were there and have not accepted confidentiality, where the panel asks.
    public var unaccepted = 0
    /// Whether enough agencies are there.
    public var hasQuorum = true
    /// Whether a reason was given for going on where one is enough.
    public var hasReason = false

    /// A meeting of which nothing is known.
    public init() {}
}

/// Why a meeting does not go on.
public enum MeetingGuard: String, Error, Hashable, Sendable, CaseIterable {
    /// The step does not lead on from this state.
    case wrongState = "wrong-state"
    /// There is nothing on the agenda.
    case nothingToHear = "nothing-to-hear"
    /// Not enough agencies are there, and nobody said why it goes on.
    case noQuorum = "no-quorum"
    /// An item has no decision.
    case undecided
    /// Nobody wrote who was there.
    case attendanceOpen = "attendance-open"
    /// Someone who was there has not accepted confidentiality.
    case confidentiality
    /// A reason is needed.
    case reason

    /// What to do, for whoever is stopped by it.
    public var says: String {
        switch self {
        case .wrongState: "The meeting has moved on: open it again"
        case .nothingToHear: "Put an item on the agenda first"
        case .noQuorum: "Too few agencies are here: wait, or say why you go on"
        case .undecided: "Write the decision of every item"
        case .attendanceOpen: "Write for every member whether they were there"
        case .confidentiality: "Ask everyone who was here to accept confidentiality"
        case .reason: "Say why"
        }
    }
}

extension MeetingState {
    /// The state to which a step leads, or why it does not.
    public func after(_ step: MeetingStep, _ standing: MeetingStanding) -> Result<MeetingState, MeetingGuard> {
        switch (step, self) {
        case (.publishAgenda, .scheduled):
            return standing.items + standing.incompleteActions > 0
                ? .success(.agendaPublished) : .failure(.nothingToHear)
        case (.openResearch, .agendaPublished): return .success(.researchOpen)
        case (.closeResearch, .researchOpen): return .success(.researchClosed)
        case (.begin, .researchClosed):
            return standing.hasQuorum || standing.hasReason ? .success(.inSession) : .failure(.noQuorum)
        case (.draft, .inSession):
            if standing.undecided > 0 { return .failure(.undecided) }
            if standing.unrecorded > 0 { return .failure(.attendanceOpen) }
            return standing.unaccepted > 0 ? .failure(.confidentiality) : .success(.minutesDraft)
        case (.approve, .minutesDraft): return .success(.minutesApproved)
        case (.close, .minutesApproved): return .success(.closed)
        case (.cancel, let state) where state.isAhead:
            return standing.hasReason ? .success(.cancelled) : .failure(.reason)
        case (.reschedule, let state) where state.isAhead:
            guard standing.hasReason else { return .failure(.reason) }
            // There is time for research again.
            return .success(state == .researchClosed ? .researchOpen : state)
        case (.publishAgenda, _), (.openResearch, _), (.closeResearch, _), (.begin, _), (.draft, _), (.approve, _),
            (.close, _), (.cancel, _), (.reschedule, _):
            return .failure(.wrongState)
        }
    }
}
