/// The parts of the site, by what people do there. They make up the navigation, in this order.
public enum Section: String, CaseIterable, Sendable {
    case home, reports, cases, panels, problems, assessment, plan, community, trust

    /// What the navigation calls it.
    public var title: String {
        switch self {
        case .home: "Home"
        case .reports: "Report and referral"
        case .cases: "Cases"
        case .panels: "Panels"
        case .problems: "Problems"
        case .assessment: "Assessment"
        case .plan: "Plan"
        case .community: "Community"
        case .trust: "Trust"
        }
    }

    /// Its first page.
    public var path: String { self == .home ? "/" : "/\(rawValue)" }
}
