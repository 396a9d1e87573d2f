internal import Governance
internal import HTML
internal import HTTP
internal import Site

/// The first page of the section: what this visitor may look into.
enum TrustPage {
    struct Card {
        let title: String
        let address: String
        let text: String
    }

    static func page(_ visit: Visit) throws -> Response {
        let items = cards(for: visit).map { card -> Html in
            """
            <li>
            <h2 class="govuk-heading-m"><a class="govuk-link" href="\(href: card.address)">\(card.title)</a></h2>
            <p class="govuk-body">\(card.text)</p>
            </li>

            """
        }
        return visit.page(
            Page(
                "Trust", in: .trust,
                """
                <p class="govuk-body-l">Who did what, who may do what, and by which rules this service works.</p>
                <ul class="govuk-list">
                \(each: items, { $0 })
                </ul>
                """))
    }

    static func cards(for visit: Visit) -> [Card] {
        var cards: [Card] = []
        func add(_ title: String, _ address: String, _ text: String, if isOpen: Bool = true) {
            if isOpen { cards.append(Card(title: title, address: address, text: text)) }
        }
        add(
            "Audit", "/trust/audit", "Every reading, change, disclosure and refusal, and who asked for it.",
            if: visit.may(.read, "audit", .p2))
        add(
            "Accounts", "/trust/accounts", "Who can sign in, and the roles that they hold.",
            if: visit.may(.administer, "account", .p1))
        add(
            "Client programs", "/trust/clients", "Programs that use the interface for programs, and their tokens.",
            if: visit.may(.administer, "client", .p1))
        add(
            "Broken glasses", "/trust/broken-glasses",
            "Protected records that were opened in an emergency, and the review of each.",
            if: visit.may(.list, "break-glass", .p1))
        add("Access rules", "/trust/access", "The roles of this partnership and what each may do.")
        add(
            "Rules", "/trust/rules",
            "Thresholds, clocks and definitions by which cases are judged, with their source and who approved them.")
        add(
            "Definitions in force", "/trust/definitions",
            "The versions of the files by which this service works: the partnership, its agencies, teams and panels.",
            if: visit.may(.read, "definition", .p0))
        add("Privacy", "/privacy", "Whose data this service holds, why, and what your rights are.")
        add("Accessibility", "/accessibility", "How usable this service is, and how to report a problem.")
        return cards
    }
}
