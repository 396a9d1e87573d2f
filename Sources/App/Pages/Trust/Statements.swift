internal import Configuration
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Site

/// What the service says of itself to everyone.
enum Statements {
    static func accessibility(_ visit: Visit) throws -> Response {
        visit.page(
            Page(
                "Accessibility statement",
                """
                <p class="govuk-body">This statement is about the Concord service of
                \(visit.site.partnership.name). We want as many people as possible to be able to use it. You should be
                able to:</p>
                <ul class="govuk-list govuk-list--bullet">
                <li>use every page with a keyboard alone, and with a screen reader</li>
                <li>zoom in up to 400% without text running off the screen</li>
                <li>use every page with scripts switched off</li>
                <li>read every map and every chart as a list or table too</li>
                </ul>
                <h2 class="govuk-heading-m">What is not accessible</h2>
                <p class="govuk-body">Wide tables scroll sideways in their own box on small screens. Files that people
                attach may not be accessible; ask whoever shared a file for another form of it. Maps cannot be
                explored by keyboard as they can by mouse: use the list beside the map.</p>
                <h2 class="govuk-heading-m">How we know</h2>
                <p class="govuk-body">The pages follow the GOV.UK Design System and are checked by programs whenever
                the service is changed. This partnership’s service has not been audited by people who rely on
                assistive technology. Until it has, we do not claim that it meets WCAG 2.2 AA in full.</p>
                <h2 class="govuk-heading-m">Tell us about a problem</h2>
                <p class="govuk-body">Tell one of these agencies if you cannot use a page or need something in another
                form.</p>
                \(contacts(visit))
                <h2 class="govuk-heading-m">Enforcement</h2>
                <p class="govuk-body">The Equality and Human Rights Commission enforces the Public Sector Bodies
                (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018. If you are not happy with how
                we respond, contact the Equality Advisory and Support Service.</p>
                """))
    }

    static func privacy(_ visit: Visit) throws -> Response {
        let hours = visit.site.configuration.sessions.absoluteHours
        let idle = visit.site.configuration.sessions.idleMinutes
        return visit.page(
            Page(
                "Privacy and cookies",
                """
                <p class="govuk-body">\(visit.site.partnership.name) uses this service to prevent crime and
                anti-social behaviour and to keep people safe. Each agency is responsible for the records that it adds,
                as their controller.</p>
                \(controllers(visit))
                <h2 class="govuk-heading-m">What is held and why</h2>
                <p class="govuk-body">Reports, cases and the work of panels: about people who are harmed, people who
                harm, and those around them. Some of it is about health, ethnicity or offences. It is used only for the
                work of the partnership, under the Crime and Disorder Act 1998 and the law under which each agency
                works, and it is passed on only for a reason that the law names and that is written down.</p>
                <p class="govuk-body">Assessments are made from counts of recorded crimes and incidents. They name
                nobody.</p>
                <h2 class="govuk-heading-m">Who sees it</h2>
                <p class="govuk-body">Only people whose role needs it. Every time that someone reads, changes or passes on
                a record is written down and cannot be changed unnoticed. The service decides nothing about a person by
                itself: people decide.</p>
                <h2 class="govuk-heading-m">Your rights</h2>
                <p class="govuk-body">You can ask the agency that holds a record about you for a copy of it, and ask it
                to correct or delete what is wrong. There are exceptions where telling you would put someone in danger
                or harm an investigation. If you are not happy with an answer, you can complain to the Information
                Commissioner’s Office.</p>
                \(contacts(visit))
                <h2 class="govuk-heading-m">If you have an account</h2>
                <p class="govuk-body">The service keeps your name, your email address, your roles and what you did. Your
                acts stay in the audit when the account is closed.</p>
                <h2 class="govuk-heading-m">Cookies</h2>
                <p class="govuk-body">The service sets only cookies that it cannot work without, so it does not ask. It
                uses no analytics and no one else’s cookies.</p>
                \(cookies(visit, idle: idle, hours: hours))
                """))
    }

    private static func cookies(_ visit: Visit, idle: Int, hours: Int) -> Html {
        let names = visit.site.cookies
        let table = Table(
            caption: "Cookies", captionClasses: "govuk-table__caption--m",
            head: ["Name", "What it is for", "How long"],
            rows: [
                [
                    .init(text: .text(names.session)), "Keeps you signed in",
                    .init(text: .text("Until \(idle) minutes without use, and \(hours) hours at most")),
                ],
                [
                    .init(text: .text(names.device)),
                    "Knows a browser you have used before, so that a stranger’s guesses do not lock you out",
                    "Up to a year",
                ],
                [
                    .init(text: .text(names.visit)), "Makes sure that a form was sent from our own page",
                    "Until you close the browser",
                ],
            ], firstCellIsHeader: true)
        return ScrollRegion("Cookies", table.html).html
    }

    private static func controllers(_ visit: Visit) -> Html {
        let table = Table(
            caption: "Agencies", captionClasses: "govuk-table__caption--m",
            head: ["Agency", "Controller of its records"],
            rows: visit.site.partnership.agencies.map {
                [.init(text: .text($0.name)), .init(text: .text($0.controller))]
            }, firstCellIsHeader: true)
        return ScrollRegion("Agencies", table.html).html
    }

    private static func contacts(_ visit: Visit) -> Html {
        let known = visit.site.partnership.agencies.compactMap { agency in
            agency.contact.map { (name: agency.name, contact: $0) }
        }
        guard !known.isEmpty else {
            return """
                <p class="govuk-body">This partnership has not published how to reach its agencies here. Use the
                contact details on the agency’s own website.</p>
                """
        }
        return SummaryList(rows: known.map { .init(key: .text($0.name), value: .text($0.contact)) }).html
    }
}
