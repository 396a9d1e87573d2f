public import Governance
public import Kernel

/// What a return counts of a case beside the case itself. Of class P2 for one case; in a return there are only counts.
public enum EqualityFact: String, CaseIterable, Sendable {
    case minorityEthnic = "minority-ethnic"
    case lgbt
    case disability
    case maleVictim = "male-victim"
    /// Found from the date of birth.
    case victimAged16Or17 = "victim-16-17"
    /// Found from the date of birth.
    case perpetratorUnder18 = "perpetrator-under-18"

    /// What readers see.
    public var inWords: String {
        switch self {
        case .minorityEthnic: "Victims from minority ethnic groups"
        case .lgbt: "Victims who are lesbian, gay, bisexual or transgender"
        case .disability: "Victims with a disability"
        case .maleVictim: "Male victims"
        case .victimAged16Or17: "Victims aged 16 or 17"
        case .perpetratorUnder18: "People aged 17 or under said to do harm"
        }
    }

    /// Whether the program finds it itself.
    public var isFound: Bool { self == .victimAged16Or17 || self == .perpetratorUnder18 }
}

/// How many cases were repeats, within one definition. Rates of two definitions cannot be compared.
public struct RepeatRate: Hashable, Sendable {
    /// The definition.
    public let definition: RepeatDefinition
    /// Cases that were decided under it.
    public let cases: Int
    /// Repeats among them.
    public let repeats: Int

    /// The share of repeats; nil without a case.
    public var share: Double? { cases > 0 ? Double(repeats) / Double(cases) : nil }
}

/// What a panel heard in a time, computed from its meetings. It holds counts and no names.
public struct PanelReturn: Hashable, Sendable {
    /// The first day.
    public let from: LocalDate
    /// The last day.
    public let to: LocalDate
    /// Meetings at which a case was heard.
    public var meetings = 0
    /// Cases that were heard: new ones, repeats, and those that came from another area.
    public var cases = 0
    /// Repeats among them.
    public var repeats = 0
    /// Cases that came from another area.
    public var transfersIn = 0
    /// Children in the households.
    public var children = 0
    /// How many cases each of these holds for.
    public var equalities: [EqualityFact: Int] = [:]
    /// Cases by the agency that referred them.
    public var byAgency: [Code<Agency>: Int] = [:]
    /// The repeat rate, once for each definition in use.
    public var rates: [RepeatRate] = []
    /// Referrals that were turned down in the time.
    public var declined = 0
    /// Referrals that were taken back, of those made in the time.
    public var withdrawn = 0

    init(from: LocalDate, to: LocalDate) {
        self.from = from
        self.to = to
    }
}
