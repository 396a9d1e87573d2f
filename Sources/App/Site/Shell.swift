internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP

/// The frame around every page.
enum Shell {
    /// A page in the frame, with the navigation that this visitor may use.
    static func frame(_ page: Page, for visit: Visit) -> PageFrame {
        let errors =
            page.errors.isEmpty
            ? nil : ErrorSummary(items: page.errors.map { .init(text: .text($0.text), href: "#\($0.field)") })
        let notice = page.notice.map { notice in
            NotificationBanner(
                content: .html("<p class=\"govuk-notification-banner__heading\">\(notice)</p>"), isSuccess: true)
        }
        let heading: Html = page.hasHeading ? "<h1 class=\"govuk-heading-l\">\(page.title)</h1>" : ""
        return PageFrame(
            site: site(for: visit), title: page.title, navigation: navigation(page, visit), way: way(page),
            errorSummary: errors, notification: notice, exit: page.canBeLeftQuickly ? ExitThisPage() : nil,
            isWide: page.isWide, main: "\(heading)\(page.main)")
    }

    private static func site(for visit: Visit) -> PageFrame.Site {
        let assets = visit.site.assets
        var site = PageFrame.Site(
            partnership: visit.site.partnership.name, service: "Concord",
            stylesheets: [assets.address("styles/site.css")],
            scripts: [assets.address("scripts/concord.js")], icon: assets.address("images/icon.svg"),
            accessibilityHref: "/accessibility",
            privacyHref: "/privacy",
            footerLinks: [.init(text: "Licences", href: "/licences")],
            footerText: .text("\(visit.site.program). Times are UK times."))
        site.earlyScript = assets.address("scripts/early.js")
        return site
    }

    private static func navigation(_ page: Page, _ visit: Visit) -> ServiceNavigation {
        guard case .person(let actor, _) = visit.caller else { return ServiceNavigation() }
        let items = Section.allCases.map { section -> ServiceNavigation.Item in
            let isHere = section == page.section
            return .init(
                text: .text(section.title), href: section.path,
                state: !isHere ? .other : visit.request.path == section.path ? .current : .active)
        }
        return ServiceNavigation(items: items, navigationLabel: "Menu", slots: .init(start: tools(actor, visit)))
    }

    /// The search, the visitor's own page and the way out, beside the service's name and before the navigation.
    private static func tools(_ actor: Actor, _ visit: Visit) -> Html {
        let query = visit.request.path == "/search" ? visit.request.query["q"] ?? "" : ""
        let here: Html = visit.request.path == "/account" ? " aria-current=\"page\"" : ""
        let signOut = visit.form(
            "/sign-out", "<button type=\"submit\" class=\"concord-tools__out\">Sign out</button>")
        return """
            <div class="concord-tools">
            \(SearchBox(action: "/search", label: "Search", hidesLabel: true, id: "site-search", value: query))
            <div class="concord-tools__person"><a class="govuk-link" href="/account"\(here)>\(actor.name)</a>
            \(signOut)</div>
            </div>
            """
    }

    private static func way(_ page: Page) -> PageFrame.Way {
        if let back = page.back { return .back(BackLink(href: back)) }
        guard let section = page.section, section != .home else { return .none }
        var items: [Breadcrumbs.Item] = [.init(text: "Home", href: "/")]
        if !page.above.isEmpty || page.title != section.title {
            items.append(.init(text: .text(section.title), href: section.path))
        }
        items += page.above.map { .init(text: .text($0.title), href: $0.address) }
        return .breadcrumbs(Breadcrumbs(items: items, collapsesOnMobile: true))
    }
}
