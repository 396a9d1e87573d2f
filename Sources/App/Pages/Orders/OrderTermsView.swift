internal import DesignSystem
internal import Enforcement
internal import HTML
internal import Kernel

/// Terms as readers see them.
enum OrderTermsView {
    static func list(_ terms: [OrderTerm]) -> Html {
        guard !terms.isEmpty else { return "<p class=\"govuk-body\">No terms are written down.</p>" }
        return """
            <ol class="govuk-list govuk-list--number govuk-list--spaced">
            \(each: terms, { "<li>\(line($0))</li>" })
            </ol>
            """
    }

    /// Those terms that must be kept now, and that others are on hold.
    static func binding(_ shown: ShownOrder) -> Html {
        "\(onHold(shown))\(if: !shown.bindingTerms.isEmpty || shown.order.terms.isEmpty, list(shown.bindingTerms))"
    }

    /// That some or all of its terms are on hold; nothing where all of them hold.
    static func onHold(_ shown: ShownOrder) -> Html {
        guard shown.bindingTerms.count < shown.order.terms.count else { return "" }
        let words =
            shown.bindingTerms.isEmpty
            ? "none of the terms holds" : "what is required is on hold; what is forbidden stays"
        return InsetText(text: .text("While the appeal waits, \(words).")).html
    }

    /// One term, with what of it is compared.
    static func line(_ term: OrderTerm) -> Html {
        """
        \(StatusTag(term.sort == .prohibition ? "Must not" : "Must", tone: .neutral)) \(OrderWords.lines(term.text))\
        \(some: term.supervisor, { "<br><span class=\"govuk-hint\">Supervised by \($0)</span>" })\
        \(some: term.part.map(part), { "<br><span class=\"govuk-hint\">\($0)</span>" })
        """
    }

    static func kind(_ kind: OrderTermPart.Kind) -> String {
        switch kind {
        case .keepOut: "Keep out of an area"
        case .nonContact: "Have no contact with someone"
        case .curfew: "Stay at a place during hours"
        case .attend: "Be at a place"
        case .reside: "Live at a place"
        case .other: "Something else"
        }
    }

    private static func part(_ part: OrderTermPart) -> String {
        let within = part.place.map { $0.within.sorted().joined(separator: ", ") } ?? ""
        let place = part.place.map { within.isEmpty ? $0.name : "\($0.name), in \(within)" }
        let hours = part.hours.map(\.inWords).joined(separator: "; ")
        return ([kind(part.kind), place] + (hours.isEmpty ? [] : [hours])).compactMap { $0 }.joined(separator: ": ")
    }

    /// What the comparison with live orders found: contradictions, and what nobody can compare but a reader.
    static func overlap(_ overlap: OrderOverlap, beside: [ShownOrder], _ types: OrderTypes) -> Html {
        guard !beside.isEmpty || !overlap.contradictions.isEmpty else { return "" }
        let clashes: Html =
            "\(each: overlap.contradictions, { clash in "<li>\(clash.why). “\(clash.term.text)” beside “\(clash.other.text)”</li>" })"
        return """
            \(if: !overlap.contradictions.isEmpty, """
                \(WarningText(text: "These cannot all be kept."))
                <ul class="govuk-list govuk-list--bullet">\(clashes)</ul>
                """)
            \(if: !beside.isEmpty, "<p class=\"govuk-body\">Orders that hold now about the same subject. Only parts such as places and hours are compared; read the words yourself.</p>")
            \(each: beside, { other in
                """
                <h3 class="govuk-heading-s"><a class="govuk-link" href="\(href: OrderAddress.address(other.id))">\(types[other.order.type]?.name ?? other.order.type.text)</a></h3>
                \(binding(other))
                """
            })
            """
    }
}
