public import Kernel
public import Rules

/// The tag of a police or council area in which an order type is tried out.
public enum OrderArea {}

/// A kind of order, notice or agreement of the enforcement register, as `Definitions/order-types` describes it.
///
/// Its limits and clocks are the names of `PolicyRule`s: what they say on a day stands in the rules, never here.
public struct OrderType: Hashable, Sendable {
    /// How something of this type comes into force.
    public enum Course: String, CaseIterable, Sendable {
        /// It holds from the moment it is served: a warning, a notice.
        case notice
        /// A court hears the application and makes or refuses it.
        case court
        /// The maker makes it without a court: an area order, a dispersal authorisation.
        case decision
        /// It holds from the day it is signed, and nothing forces anyone to sign.
        case agreement
    }

    /// Whom or what it is about.
    public enum SubjectKind: String, CaseIterable, Sendable {
        case person, body, premises, area, tenancy
    }

    /// What follows a breach.
    public enum Breach: String, CaseIterable, Sendable {
        /// It is an offence.
        case criminal
        /// The court that made it may commit for contempt.
        case contempt
        /// The next step may be taken.
        case nextStep = "next-step"
        /// It cannot be breached.
        case none
    }

    /// An Act on which it rests, with the days on which that may be used.
    public struct Basis: Hashable, Sendable {
        /// The Act and section.
        public let text: String
        /// The first day.
        public let from: LocalDate
        /// The last day, or nil while it holds.
        public let until: LocalDate?
        /// What it waits for; while it waits it cannot be used.
        public let awaits: String?

        /// Whether it may be used on that day.
        public func holds(on day: LocalDate) -> Bool {
            awaits == nil && from <= day && until.map { day <= $0 } ?? true
        }
    }

    /// What stays when the days of the basis are over.
    public struct Saving: Hashable, Sendable {
        /// Orders made in time stay live.
        public let orders: Bool
        /// What was served in time may still lead to an order.
        public let proceedings: Bool
        /// Where that comes from.
        public let source: String
    }

    /// An area in which it may be used, with its days.
    public struct Area: Hashable, Sendable {
        /// Its code.
        public let code: Code<OrderArea>
        /// Its name.
        public let name: String
        /// The first day.
        public let from: LocalDate
        /// The last day, or nil.
        public let until: LocalDate?

        /// Whether it may be used there on that day.
        public func holds(on day: LocalDate) -> Bool { from <= day && until.map { day <= $0 } ?? true }
    }

    /// Whom a limit or a clock is for.
    public enum Who: String, CaseIterable, Sendable {
        case anyone
        case adults
        case under18 = "under-18"
    }

    /// How short or long it may be.
    public struct Length: Hashable, Sendable {
        /// For whom, by their age on the day it is made.
        public let who: Who
        /// Whether it is only for what a senior rank authorised.
        public let isSenior: Bool
        /// The rule of the shortest time.
        public let shortest: RuleKey?
        /// The rule of the longest time.
        public let longest: RuleKey?
        /// Whether it is counted from the day on which it is made, also where it takes effect later.
        public let isFromMade: Bool
        /// Whether an end must be named.
        public let isEndNeeded: Bool
    }

    /// How far it may be extended.
    public struct Extension: Hashable, Sendable {
        /// The rule of the longest single extension.
        public let each: RuleKey?
        /// The rule of the longest time in all.
        public let total: RuleKey?
    }

    /// What a clock begins to run with.
    public enum Event: String, CaseIterable, Sendable {
        /// The date on the paper.
        case issued
        /// The moment it was put into someone's hands, or counts as such.
        case served
        /// The court's or the maker's decision.
        case made
        /// The moment it takes effect.
        case effect
        /// The court put the hearing off.
        case adjourned
    }

    /// A clock.
    public struct Clock: Hashable, Sendable {
        /// What it is for.
        public enum Purpose: String, CaseIterable, Sendable {
            case appeal, hearing, review, payment, challenge, adjournment, notice
        }

        /// What it is for.
        public let purpose: Purpose
        /// Its rule.
        public let rule: RuleKey
        /// What starts it.
        public let from: Event
        /// For whom it runs.
        public let who: Who
        /// Whether it begins again when the order is varied and when it was met.
        public let repeats: Bool
    }

    /// Its line in the register's report.
    public struct ReportLine: Hashable, Sendable {
        /// The name that is printed.
        public let name: String
        /// Its place, from 1.
        public let place: Int
    }

    /// The type that must, or may, have come before.
    public struct Before: Hashable, Sendable {
        /// The type.
        public let type: Code<OrderType>
        /// Whether it may be missing.
        public let isOptional: Bool
        /// Whether it must have been about the same subject.
        public let isSameSubject: Bool
    }

    /// The offence that a breach is.
    public struct Offence: Hashable, Sendable {
        /// The Act and section.
        public let text: String
        /// How sure that is.
        public let standing: PolicyRule.Standing
    }

    /// When equality and proportionality are weighed up, where the order is against a person or their home.
    public struct Proportionality: Hashable, Sendable {
        /// The steps that come after it.
        public let before: Set<Order.State>
        /// The steps that wait for nothing, and that it may follow.
        public let after: Set<Order.State>
        /// The kinds of makers of whom it is not asked: the person protected.
        public let exempt: Set<String>

        /// The steps that may be named: those that only who sees what is assessed takes.
        static let steps: Set<Order.State> = [.authorised, .served]
        /// Whom or what an order is about that weighs on a person: themselves, or the tenancy of their home (Equality
        /// Act 2010, s.35).
        static let kinds: Set<SubjectKind> = [.person, .tenancy]
    }

    /// Its code.
    public let code: Code<OrderType>
    /// Its name.
    public let name: String
    /// The heading under which it is offered.
    public let group: String
    /// What it is for, in a line; nil where its name says it.
    public let purpose: String?
    /// How it comes into force.
    public let course: Course
    /// What it rests on, the oldest first.
    public let bases: [Basis]
    /// What stays afterwards; nil when nothing does.
    public let saving: Saving?
    /// Where it may be used; empty for everywhere in England and Wales.
    public let areas: [Area]
    /// Whom or what it may be about.
    public let subjects: Set<SubjectKind>
    /// The rule of the youngest age; nil when there is none.
    public let youngest: RuleKey?
    /// The kinds of agencies that may issue it or apply for it.
    public let makers: Set<String>
    /// The rank or office that must authorise it.
    public let authority: String
    /// The rank or office that counts as senior for its lengths.
    public let seniorAuthority: String?
    /// How short or long it may be.
    public let lengths: [Length]
    /// How far it may be extended; nil when it cannot be.
    public let extensions: Extension?
    /// Its clocks.
    public let clocks: [Clock]
    /// The rule of the highest fixed penalty.
    public let highestPenalty: RuleKey?
    /// The rule of how long the court may let a notice run on when it makes no order; nil when it may not.
    public let continuation: RuleKey?
    /// What must, or may, have come before.
    public let before: Before?
    /// Whether a risk assessment must be there before it is authorised.
    public let needsRiskAssessment: Bool
    /// When equality and proportionality are weighed up; nil where that is not asked.
    public let proportionality: Proportionality?
    /// Whether each requirement names who supervises it.
    public let needsSupervisors: Bool
    /// Whether it holds until the court has decided, without an end of its own.
    public let lastsUntilHeard: Bool
    /// Whether the court that puts the hearing off may order that the notice goes on until then.
    public let isContinuedByAdjournment: Bool
    /// Whether requirements other than to stop are suspended while an appeal waits.
    public let appealSuspends: Bool
    /// What follows a breach.
    public let breach: Breach
    /// The offence of the subject that a breach is; nil where it is none, or where anyone may breach it.
    public let offence: Offence?
    /// Its line in the report; nil when it is not counted there.
    public let line: ReportLine?
    /// What readers should know.
    public let note: String?

    /// What it rests on when used on that day, or nil.
    public func basis(on day: LocalDate) -> Basis? { bases.last { $0.holds(on: day) } }

    /// The lengths for a subject.
    public func length(isUnder18: Bool?, isSenior: Bool) -> Length? {
        let fitting = lengths.filter { length in
            let fits =
                switch length.who {
                case .anyone: true
                case .adults: isUnder18 == false
                case .under18: isUnder18 == true
                }
            return fits && (!length.isSenior || isSenior)
        }
        return fitting.last { $0.isSenior } ?? fitting.last
    }

    /// Whether the age of the subject decides anything.
    public var asksAge: Bool {
        youngest != nil || lengths.contains { $0.who != .anyone } || clocks.contains { $0.who != .anyone }
    }

    /// Every rule that it names.
    public var rules: Set<RuleKey> {
        var keys = Set(clocks.map(\.rule))
        keys.formUnion(lengths.flatMap { [$0.shortest, $0.longest] }.compactMap { $0 })
        keys.formUnion([youngest, highestPenalty, continuation, extensions?.each, extensions?.total].compactMap { $0 })
        return keys
    }
}

extension OrderType.Clock.Purpose {
    /// Whether the agency must do something before it ends. The other clocks are time that someone else has.
    public var isOurs: Bool {
        switch self {
        case .hearing, .review, .adjournment, .notice: true
        case .appeal, .challenge, .payment: false
        }
    }
}

extension OrderType.SubjectKind {
    /// "a person".
    public var inWords: String {
        switch self {
        case .person: "a person"
        case .body: "a business or other body"
        case .premises: "premises"
        case .area: "an area"
        case .tenancy: "a tenancy"
        }
    }
}
