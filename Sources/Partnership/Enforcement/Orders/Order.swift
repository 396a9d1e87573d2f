public import Governance
public import Kernel
internal import Rules

/// An order, notice or agreement of the enforcement register. What its steps decide is changed by its steps alone.
public struct Order: Hashable, Sendable {
    /// How far it has come. `inForce` and `expired` are computed from the moments: see `state(at:)`.
    public enum State: String, CaseIterable, Sendable {
        case draft, authorised, served
        case hearingSet = "hearing-set"
        case made, refused, withdrawn
        case inForce = "in-force"
        case varied, extended, appealed, discharged, expired

        /// Whether the order holds.
        public var isLive: Bool {
            switch self {
            case .inForce, .varied, .extended, .appealed: true
            case .draft, .authorised, .served, .hearingSet, .made, .refused, .withdrawn, .discharged, .expired: false
            }
        }
    }

    /// Its type.
    public internal(set) var type: Code<OrderType>
    /// Whom or what it is about.
    public var subject: OrderSubject
    /// The subject's name, as lists show it.
    public var subjectName: String
    /// When the person was born; nil where it is not known or there is no person.
    public var born: LocalDate?
    /// The agency that issues it or applies for it.
    public internal(set) var applicant: Code<Agency>
    /// The kind of that agency, as order types name makers.
    public var maker: String
    /// The court, if one decides.
    public var court: String = ""
    /// Where it is used, for types that are tried out in some areas.
    public var area: Code<OrderArea>?
    /// What it rests on, kept from the day it was authorised.
    public internal(set) var basis: String = ""
    /// The rules it was judged under, in the order in which they were used.
    public internal(set) var rules: [KeptRule] = []
    /// When things happened.
    public internal(set) var dates = OrderDates()
    /// The last step that someone took.
    public internal(set) var step: State = .draft
    /// What it asks.
    public internal(set) var terms: [OrderTerm] = []
    /// The description of the area that it covers, or the reference of its map.
    public var areaText: String = ""
    /// Whether a power of arrest is attached.
    public var hasPowerOfArrest = false
    /// Whether it is interim.
    public var isInterim = false
    /// Whether the court took an undertaking instead.
    public var isUndertaking = false
    /// Who authorised it, with rank or office.
    public internal(set) var authorisedBy: String = ""
    /// Whether that was the senior rank.
    public internal(set) var isSenior = false
    /// Where the risk assessment is kept.
    public var riskAssessment: String = ""
    /// Assessments of equality and proportionality, the oldest first. The last one holds.
    public internal(set) var assessments: [OrderAssessment] = []
    /// Steps that were taken without one, each with its reason.
    public internal(set) var unassessed: [UnassessedStep] = []
    /// The fixed penalty, in pence.
    public var penalty: Int?
    /// The lower amount for early payment, in pence.
    public var earlyPenalty: Int?
    /// What came before.
    public internal(set) var before: OrderBefore?
    /// Cases that it belongs to.
    public var cases: [ID<Registered>] = []
    /// How it was served.
    public internal(set) var service: OrderService?
    /// The decision on publicity. Without one, nothing is made public.
    public internal(set) var publicity: OrderPublicity?
    /// Its clocks, in the order in which they began.
    public internal(set) var clocks: [OrderClock] = []
    /// Its breaches.
    public internal(set) var breaches: [OrderBreach] = []
    /// Its appeals.
    public internal(set) var appeals: [OrderAppeal] = []
    /// What is recorded of the subject.
    public var equality = OrderEquality()
    /// Whom it protects.
    public var protected: [ProtectedPerson] = []

    /// A draft.
    public init(
        _ type: Code<OrderType>, subject: OrderSubject, name: String, born: LocalDate? = nil,
        applicant: Code<Agency>, maker: String
    ) {
        self.type = type
        self.subject = subject
        subjectName = name
        self.born = born
        self.applicant = applicant
        self.maker = maker
    }

    /// Its state at a moment: an order that was made or a notice that was served holds from its beginning, and is
    /// expired from the moment of its end.
    public func state(at now: Instant) -> State {
        switch step {
        case .draft, .authorised, .hearingSet, .refused, .withdrawn, .discharged: return step
        case .served, .made, .inForce, .varied, .extended, .appealed, .expired: break
        }
        guard let from = dates.from else { return step }
        if now < from { return step == .served ? .served : .made }
        if let to = dates.to, to <= now { return .expired }
        return [.varied, .extended, .appealed].contains(step) ? step : .inForce
    }

    /// Whether it holds at a moment of which the register knows; also one that has passed.
    public func isLive(at moment: Instant) -> Bool {
        guard let from = dates.from, from <= moment else { return false }
        if let discharged = dates.discharged, discharged <= moment { return false }
        return dates.to.map { moment < $0 } ?? true
    }

    /// Whether it holds at some time of a day in the United Kingdom.
    public func isLive(on day: LocalDate) -> Bool {
        guard let from = dates.from, from < day.advanced(by: 1).startInUK else { return false }
        let end = [dates.to, dates.discharged].compactMap { $0 }.min()
        return end.map { $0 > day.startInUK } ?? true
    }

    /// When it came into being: the service of a notice, the decision on an order. Nil before that.
    public var madeAt: Instant? {
        guard let from = dates.from else { return nil }
        return dates.served == from ? from : dates.decided
    }

    /// The last day on which it holds, as it stands.
    public var lastDay: LocalDate? { dates.to.map { Instant(milliseconds: $0.milliseconds - 1).ukDate } }

    /// Whether the subject is under 18 on a day; nil when it is not known.
    public func isUnder18(on day: LocalDate) -> Bool? { born.map { Order.age($0, on: day) < 18 } }

    /// Whole years. Whoever was born on 29 February is a year older on 1 March of other years.
    static func age(_ born: LocalDate, on day: LocalDate) -> Int {
        let (birth, today) = (born.civil, day.civil)
        let isBefore = (today.month, today.day) < (birth.month, birth.day)
        return today.year - birth.year - (isBefore ? 1 : 0)
    }

    /// The terms that must be kept at a moment. While an appeal waits, a type may suspend what is required; what is
    /// forbidden stays.
    public func terms(at moment: Instant, _ type: OrderType) -> [OrderTerm] {
        let waiting = appeals.filter { $0.at <= moment && $0.decidedAt.map { moment < $0 } ?? true }
        if waiting.contains(where: \.isStayed) { return [] }
        guard type.appealSuspends, !waiting.isEmpty else { return terms }
        return terms.filter { $0.sort == .prohibition }
    }
}

extension Order {
    /// A draft with these terms.
    public func with(_ terms: [OrderTerm]) -> Order {
        var order = self
        if order.step == .draft { order.terms = terms }
        return order
    }

    /// Whether its terms are still written freely; afterwards they are varied.
    public func hasOpenTerms(_ type: OrderType) -> Bool {
        [.draft, .authorised, .hearingSet].contains(step) || step == .served && type.course == .court
    }

    /// What no later step could put right: about someone or something, or by someone, for whom the type is not, a person
    /// who is too young, a penalty that is too high. Nil when nothing is wrong.
    public func obstacle(on day: LocalDate, _ law: OrderLaw) -> OrderRefusal? {
        var draft = self
        do {
            let type = try draft.type(law)
            try draft.checkParties(type, on: day, law)
            try draft.checkPenalty(type, on: day, law)
            return nil
        } catch {
            return error
        }
    }
}
