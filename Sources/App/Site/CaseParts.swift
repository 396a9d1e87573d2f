public import Casework
public import HTML

/// The parts of a case, each a page, whichever area of the site shows it.
public enum CaseParts {
    /// The way from one part to the others.
    /// - Parameter part: the end of the address of the page that shows it: "/panels", and nothing for the first.
    public static func navigation(_ view: CaseView, on part: String) -> Html {
        let address = "/cases/\(view.record.id)"
        let parts = [
            ("", "Overview"), ("/record", "Record"), ("/people", "People"), ("/actions", "Actions"), ("/risk", "Risk"),
            ("/panels", "Panels"), ("/attachments", "Attachments"), ("/letters", "Letters"),
            ("/timeline", "Timeline"), ("/pack", "Print"), ("/access", "Who sees it"),
        ].filter { $0.0 != "/risk" || !view.type.instruments.isEmpty }
        return """
            <nav class="concord-parts" aria-label="This case">
            <ul class="concord-parts__list">
            \(each: parts, { item in
                item.0 == part
                    ? "<li class=\"concord-parts__item\"><a class=\"govuk-link\" href=\"\(href: address + item.0)\" aria-current=\"page\">\(item.1)</a></li>"
                    : "<li class=\"concord-parts__item\"><a class=\"govuk-link\" href=\"\(href: address + item.0)\">\(item.1)</a></li>"
            })
            </ul>
            </nav>
            """
    }
}
