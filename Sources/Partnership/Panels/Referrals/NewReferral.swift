public import Casework
public import Governance
public import Kernel
public import People

/// The victim and the person who harms of a referral to a MARAC, with the incident that leads to it.
public struct ReferredPair: Hashable, Sendable {
    /// The victim.
    public var victim: ID<Person>
    /// Who harms.
    public var perpetrator: ID<Person>
    /// The day of the incident, and not that on which it was told.
    public var happenedOn: LocalDate
    /// Whether it is a crime.
    public var isCriminal: Bool

    /// A pair.
    public init(victim: ID<Person>, perpetrator: ID<Person>, happenedOn: LocalDate, isCriminal: Bool) {
        self.victim = victim
        self.perpetrator = perpetrator
        self.happenedOn = happenedOn
        self.isCriminal = isCriminal
    }

    var incident: AbuseIncident {
        AbuseIncident(
            victim: victim, perpetrator: perpetrator, happenedOn: happenedOn, isCriminal: isCriminal)
    }
}

/// A referral to be made.
public struct NewReferral: Hashable, Sendable {
    /// The panel.
    public var panel: Code<Panel>
    /// The case.
    public var caseID: ID<CaseRecord>
    /// The reason for which it comes.
    public var route: Code<PanelRoute>
    /// Why.
    public var why: String
    /// Whether it cannot wait.
    public var isEmergency: Bool
    /// Whom it is about, for a panel that looks for repeats.
    public var pair: ReferredPair?

    /// A referral.
    public init(
        _ caseID: ID<CaseRecord>, to panel: Code<Panel>, _ route: Code<PanelRoute>, why: String,
        isEmergency: Bool = false, pair: ReferredPair? = nil
    ) {
        self.caseID = caseID
        self.panel = panel
        self.route = route
        self.why = why
        self.isEmergency = isEmergency
        self.pair = pair
    }
}

/// A referral that was made.
public struct MadeReferral: Hashable, Sendable {
    /// Which.
    public let id: ID<PanelReferral>
    /// People of the case whom the referrer may not let the panel see: their agency must.
    public let unlisted: Int
}

/// An answer to a referral.
public enum ReferralAnswer: Hashable, Sendable {
    /// It will be heard.
    case accept
    /// It goes back; what is missing is named.
    case sendBack(missing: [String])
    /// It is turned down: why, which forum suits it better, what happens next and who keeps the risk.
    case decline(reason: String, forum: String, nextStep: String)
}
