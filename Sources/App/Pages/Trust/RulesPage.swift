internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Rules
internal import Site

/// The rules by which records are judged: what holds today, since when, where it comes from and who approved it.
enum RulesPage {
    static func page(_ visit: Visit) -> Response {
        let today = visit.now.ukDate
        return visit.page(
            Page(
                "Rules", in: .trust, isWide: true,
                """
                <p class="govuk-body-l">Thresholds, clocks, amounts and definitions, with the days on which they hold, where \
                they come from and who approved them.</p>
                <p class="govuk-body">What was decided keeps the rule that it was decided under, whatever changes later. An \
                assumption is nobody’s published rule: your partnership should confirm it, or put its own in its place.</p>
                \(each: visit.site.policy.grouped, { part in table(part.title, part.rules, on: today, visit) })
                """))
    }

    private static func table(_ title: String, _ rules: [PolicyRule], on day: LocalDate, _ visit: Visit) -> Html {
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
