internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import Kernel
internal import Rules
internal import Site

/// How equality and proportionality were weighed up, for those who may see it.
enum ProportionalityView {
    static let title = "Equality and proportionality"

    /// Whether the visitor may weigh it up, or correct it.
    static func isOpen(_ open: OpenOrder) -> Bool {
        open.shown.changeable.contains(.proportionality)
            && (open.order.asksAssessment(open.type) || open.order.assessment != nil)
    }

    /// The part of an order's page; nothing where none is asked for or the visitor may not see it.
    static func html(_ order: Order, _ open: OpenOrder, isPast: Bool = false) -> Html {
        let isAsked = order.asksAssessment(open.type)
        guard open.shown.shown.contains(.proportionality),
            isAsked || order.assessment != nil || !order.unassessed.isEmpty
        else { return "" }
        let earlier = Array(order.assessments.dropLast().reversed())
        let may = !isPast && isOpen(open)
        let change = order.assessment == nil ? "Assess it" : "Correct the assessment"
        return """
            <h2 class="govuk-heading-m">\(title)</h2>
            \(if: order.assessment == nil, InsetText(text: .text(missing(order, open.type))).html)
            \(some: order.assessment, { SummaryList(rows: rows($0, open)).html })
            \(each: order.unassessed, { step in
                SummaryList(rows: [
                    .init(
                        key: .text("\(step.step.inWords.capitalisedFirst) without it"),
                        value: .html("\(OrderWords.lines(step.reason))<br><span class=\"govuk-hint\">\(step.at.inWords), \(open.name(step.by))</span>"))
                ]).html
            })
            \(if: !earlier.isEmpty, Details(
                summary: earlier.count == 1 ? "The assessment before it" : "The \(String(earlier.count)) assessments before it",
                content: .html("\(each: earlier, { SummaryList(rows: rows($0, open)).html })")).html)
            \(if: may, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "\(open.address)/proportionality")\">\(change)</a></p>")
            """
    }

    private static func missing(_ order: Order, _ type: OrderType) -> String {
        let after = type.proportionality?.after ?? []
        if !after.isEmpty {
            return order.isLateForAssessment(type)
                ? "Not assessed yet. The notice waited for nothing; the assessment follows, and says why it comes after."
                : "Not assessed yet. The notice waits for nothing: it may be served first, and assessed afterwards."
        }
        if !order.unassessed.isEmpty { return "Not assessed." }
        let steps = (type.proportionality?.before ?? []).map(\.inWords).sorted()
        return "Not assessed yet. It is asked for before the order is \(steps.joined(separator: " or "))."
    }

    private static func rows(_ assessment: OrderAssessment, _ open: OpenOrder) -> [SummaryList.Row] {
        let known = OrderAssessment.Circumstance.allCases.filter(assessment.circumstances.contains).map(words)
        let rows: [(String, Html)] = [
            ("Something is known of", "\(known.joined(separator: ", ").capitalisedFirst)"),
            ("What is known", OrderWords.lines(assessment.known)),
            ("Tried before", OrderWords.lines(assessment.tried)),
            ("Why less would not do", OrderWords.lines(assessment.whyNotLess)),
            ("What the terms adjust", OrderWords.lines(assessment.adjustments)),
            ("Assessed", "\(assessment.day.inWords), by \(assessment.assessedBy)"),
            ("Why not before", OrderWords.lines(assessment.whyLate)),
            ("What it corrects, and why", OrderWords.lines(assessment.whyAgain)),
            ("Entered", "\(assessment.enteredAt.inWords), by \(open.name(assessment.enteredBy))"),
        ]
        return rows.map { .init(key: .text($0.0), value: .html($0.1)) }.filter { !$0.value.isEmpty }
    }

    static func words(_ circumstance: OrderAssessment.Circumstance) -> String {
        switch circumstance {
        case .health: "health, also of the mind, and dementia"
        case .disability: "disability"
        case .neurodivergence: "autism or other neurodivergence"
        case .substanceUse: "use of alcohol or drugs"
        case .age: "age, young or old"
        case .caring: "caring for children or others"
        }
    }
}
