public import Governance
public import Kernel

/// A household whose complaints are counted together.
public enum Household {}
/// One happening, however many agencies were told of it.
public enum SameIncident {}

/// A complaint about antisocial behaviour, as far as a case review counts it (2014 Act, s.104(11)).
public struct Complaint: Hashable, Sendable {
    /// Who made it.
    public enum Reporter: Hashable, Sendable {
        /// Someone who said who they are.
        case person(ID<Registered>)
        /// Nobody knows.
        case anonymous
        /// It came without a name, and has been proved to be theirs since.
        case proved(ID<Registered>)
    }

    /// Why something is no complaint that could be counted at all.
    public enum Problem: Error, Hashable, Sendable {
        /// The behaviour ends before it begins.
        case endsBeforeBeginning
        /// It was made before the behaviour that it is about.
        case madeBeforeBehaviour
        /// A day or the body is missing.
        case incomplete

        /// For the person who writes it down.
        public var text: String {
            switch self {
            case .endsBeforeBeginning: "The behaviour cannot end before it begins."
            case .madeBeforeBehaviour:
                "A complaint cannot be made before the behaviour that it is about. Check both days."
            case .incomplete: "The day of the behaviour, the day of the complaint or the body is missing."
            }
        }
    }

    /// Its identifier.
    public let id: ID<Complaint>
    /// The first day of the behaviour.
    public let behaviourFirst: LocalDate
    /// The last day of the behaviour: for behaviour that was still going on, the day on which the complaint was made.
    public let behaviourLast: LocalDate
    /// The day on which it was made.
    public let madeOn: LocalDate
    /// The body that it was made to.
    public let madeTo: Code<Agency>
    /// Who made it.
    public let reporter: Reporter
    /// What happening it is about, where several bodies were told of it.
    public var sameIncident: Code<SameIncident>?
    /// The household of whoever made it.
    public var household: Code<Household>?
    /// Whether it is about a hate incident.
    public var isHate = false
    /// Whether it stands in a diary only, and was never made as a report.
    public var isDiaryOnly = false
    /// Whether an earlier case review has looked at the behaviour.
    public var wasReviewedBefore = false
    /// Whether the body that it was made to works in this area.
    public var isInArea = true

    /// A complaint.
    /// - Parameter behaviourLast: nil while the behaviour was still going on when the complaint was made.
    /// - Throws: `Problem` when the days cannot be right.
    public init(
        id: ID<Complaint>, behaviourFirst: LocalDate, behaviourLast: LocalDate?, madeOn: LocalDate,
        madeTo: Code<Agency>, reporter: Reporter
    ) throws(Problem) {
        let last = behaviourLast ?? madeOn
        guard behaviourFirst <= madeOn, last <= madeOn else { throw .madeBeforeBehaviour }
        guard behaviourFirst <= last else { throw .endsBeforeBeginning }
        self.id = id
        self.behaviourFirst = behaviourFirst
        self.behaviourLast = last
        self.madeOn = madeOn
        self.madeTo = madeTo
        self.reporter = reporter
    }

    /// Who made it, if that is known.
    public var person: ID<Registered>? {
        switch reporter {
        case .person(let person), .proved(let person): person
        case .anonymous: nil
        }
    }
}
