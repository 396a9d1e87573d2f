internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Rules
internal import Site

/// The rules by which records are judged: what holds today, since when, where it comes from and who approved it.
enum RulesPage {
    /// Groups of rules by the first part of their names, in the order of the page.
    private static let groups: [(prefixes: [String], title: String)] = [
        (["asb"], "Antisocial behaviour"), (["caseReview"], "Antisocial behaviour case review"),
        (["marac", "idva", "dvds"], "Domestic abuse"),
        (["cmarac", "mace", "channel", "yf", "iom", "panel"], "Other panels"),
        (
            [
                "cpn", "pspo", "closure", "injunction", "respectOrder", "cbo", "dispersal", "abc", "dvpn", "dvpo",
                "dapn",
                "dapo", "abatement", "order",
            ], "Orders and notices"
        ),
        (["fgm", "csa", "csp", "svd"], "Duties"),
        (["breakGlass", "suppression", "dataBreach", "subjectRequest"], "Information"),
    ]

    static func page(_ visit: Visit) -> Response {
        let rules = visit.site.policy.all
        let today = visit.now.ukDate
        func group(of rule: PolicyRule) -> String? { rule.key.text.split(separator: ".").first.map(String.init) }
        let known = Set(groups.flatMap(\.prefixes))
        let others = rules.filter { group(of: $0).map { !known.contains($0) } ?? true }
        return visit.page(
            Page(
                "Rules", in: .trust, isWide: true,
                """
                <p class="govuk-body-l">Thresholds, clocks, amounts and definitions, with the days on which they hold, where \
                they come from and who approved them.</p>
                <p class="govuk-body">What was decided keeps the rule that it was decided under, whatever changes later. An \
                assumption is nobody’s published rule: your partnership should confirm it, or put its own in its place.</p>
                \(each: groups, { part in
                    table(part.title, rules.filter { group(of: $0).map(part.prefixes.contains) ?? false }, on: today, visit)
                })
                \(table("Others", others, on: today, visit))
                """))
    }

    private static func table(_ title: String, _ rules: [PolicyRule], on day: LocalDate, _ visit: Visit) -> Html {
        guard !rules.isEmpty else { return "" }
        let id = title.lowercased().split(separator: " ").joined(separator: "-")
        return SortableTable(
            id: id, caption: title,
            columns: ["Rule", "Says", "Holds", "Comes from", "Approved by"].map { .init(.text($0)) },
            rows: rules.map { row($0, in: visit.site.policy, on: day) }, emptyText: "There is none.",
            address: { _, _ in "/trust/rules" }
        ).html
    }

    private static func row(_ rule: PolicyRule, in rules: PolicyRules, on day: LocalDate) -> [Content] {
        let note: Html = "\(some: rule.note, { "<br><span class=\"govuk-hint\">\($0)</span>" })"
        let name: Html = "\(rule.name)<br><code>\(rule.key.text)</code>\(note)"
        let source: Html = "\(rule.source)<br>\(StatusTag(rule.standing.inWords, tone: rule.standing.tone).html)"
        let approval = rule.approvedBy.map { by in by + (rule.approvedOn.map { ", \($0.inWords)" } ?? "") }
        return [
            .html(name), .text(rule.value.inWords), .html(dates(rule, in: rules, on: day)), .html(source),
            .text(approval ?? "Nobody yet: it does not hold"),
        ]
    }

    private static func dates(_ rule: PolicyRule, in rules: PolicyRules, on day: LocalDate) -> Html {
        let days = "From \(rule.from.inWords)" + (rule.until.map { " until \($0.inWords)" } ?? "")
        if rules.rule(rule.key, on: day) == rule { return "\(days)<br>\(StatusTag("In force", tone: .good).html)" }
        let why =
            rule.approvedBy == nil
            ? "Awaits approval" : rule.from > day ? "Not yet" : rule.holds(on: day) ? "Replaced by your own" : "Past"
        return "\(days)<br>\(StatusTag(why, tone: .neutral).html)"
    }
}

extension PolicyRule.Standing {
    fileprivate var inWords: String {
        switch self {
        case .statute: "Law"
        case .guidance: "Guidance"
        case .practice: "Practice elsewhere"
        case .assumption: "Assumption"
        }
    }

    fileprivate var tone: StatusTag.Tone {
        switch self {
        case .statute, .guidance: .good
        case .practice: .neutral
        case .assumption: .attention
        }
    }
}
