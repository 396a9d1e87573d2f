internal import DesignSystem
internal import Enforcement
internal import HTML
internal import Kernel
internal import Rules

/// What limits an order of a type: each rule with what it says today and where it comes from.
enum OrderLimits {
    /// The limits of an order, with the rules of its youth where the person is under 18.
    static func html(_ open: OpenOrder, at now: Instant, _ law: OrderLaw) -> Html {
        let isUnder18 = open.order.isUnder18(on: (open.order.dates.decided ?? now).ukDate)
        return """
            \(if: isUnder18 == true, youth)
            \(html(open.type, isUnder18: isUnder18, on: now.ukDate, law))
            """
    }

    /// What holds for someone under 18, whatever the type.
    static let youth: Html = InsetText(
        text: .text(
            "The person is under 18. The youth rules of this type hold: they are marked below. Speak to the youth justice "
                + "service first, and name nobody in public without a reason.")
    ).html

    /// The limits of a type.
    /// - Parameter isUnder18: nil where it is not known; both are shown then.
    static func html(_ type: OrderType, isUnder18: Bool?, on day: LocalDate, _ law: OrderLaw) -> Html {
        let rows = rules(type, isUnder18: isUnder18).compactMap { key, about -> SummaryList.Row? in
            guard let rule = law.rules.rule(key, on: day) else { return nil }
            let note: Html =
                "\(if: rule.standing == .assumption, "<br>\(StatusTag("To be confirmed", tone: .attention))")"
            return SummaryList.Row(
                key: .text(about.isEmpty ? rule.name : "\(rule.name) (\(about))"),
                value: .html("\(rule.value.inWords)<br><span class=\"govuk-hint\">\(rule.source)</span>\(note)"))
        }
        let basis: String = type.basis(on: day)?.text ?? "Not to be used today"
        let first = SummaryList.Row(key: "What it rests on", value: .text(basis))
        let after = SummaryList.Row(key: "A breach", value: .html(breach(type)))
        return Details(
            summary: "Limits and clocks, and where they come from",
            content: .html(
                "\(SummaryList(rows: [first] + rows + [after]))\(some: type.note, { "<p class=\"govuk-body\">\($0)</p>" })"
            )
        ).html
    }

    /// What follows a breach, with the section that makes it an offence and how sure that is.
    private static func breach(_ type: OrderType) -> Html {
        let source: Html =
            type.offence.map { offence in
                """
                <br><span class="govuk-hint">\(offence.text)</span>\
                \(if: offence.standing == .assumption, "<br>\(StatusTag("To be confirmed", tone: .attention))")
                """
            } ?? ""
        return "\(OrderWords.breach(type.breach))\(source)"
    }

    /// The rules of a type, each with for whom it is.
    private static func rules(_ type: OrderType, isUnder18: Bool?) -> [(key: RuleKey, about: String)] {
        func fits(_ who: OrderType.Who) -> Bool {
            switch who {
            case .anyone: true
            case .adults: isUnder18 != true
            case .under18: isUnder18 != false
            }
        }
        func about(_ who: OrderType.Who) -> String {
            switch who {
            case .anyone: ""
            case .adults: "adults"
            case .under18: "under 18"
            }
        }
        var found: [(key: RuleKey, about: String)] = []
        if let youngest = type.youngest { found.append((youngest, "")) }
        for length in type.lengths where fits(length.who) {
            found += [length.shortest, length.longest].compactMap { $0 }.map { ($0, about(length.who)) }
        }
        if let each = type.extensions?.each, !found.contains(where: { $0.key == each }) {
            found.append((each, "each time"))
        }
        if let total = type.extensions?.total { found.append((total, "")) }
        found += type.clocks.filter { fits($0.who) }.map { ($0.rule, about($0.who)) }
        if let run = type.continuation { found.append((run, "")) }
        if let penalty = type.highestPenalty { found.append((penalty, "")) }
        return found
    }
}
