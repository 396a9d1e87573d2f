import DesignSystem
import HTML
import Testing

@Suite("A whole page")
struct PageFrameTests {
    private let site = PageFrame.Site(
        partnership: "Safer Ashford Partnership", service: "Concord", stylesheets: ["/a.css"],
        scripts: ["/enable.js", "/a.js"], icon: "/icon.svg", accessibilityHref: "/accessibility",
        privacyHref: "/privacy", footerLinks: [.init(text: "Cookies", href: "/cookies")], footerText: "Version 1",
        phaseBanner: PhaseBanner(tag: DesignSystem.Tag(text: "Beta"), text: "This is new."))

    private var frame: PageFrame {
        PageFrame(
            site: site, title: "Uploads",
            navigation: ServiceNavigation(items: [
                .init(text: "Home", href: "/"), .init(text: "Uploads", href: "/uploads", state: .current),
            ]),
            way: .breadcrumbs(Breadcrumbs(items: [.init(text: "Home", href: "/"), .init(text: "Uploads")])),
            notification: NotificationBanner(content: "Saved", isSuccess: true), exit: ExitThisPage(),
            main: "<h1 class=\"govuk-heading-l\">Uploads</h1>")
    }

    private func position(_ part: String, in html: String) throws -> String.Index {
        try #require(html.firstRange(of: part), "\(part) is not there").lowerBound
    }

    @Test("A page has no problems, with everything on it and with nothing")
    func lint() {
        let plain = PageFrame(
            site: PageFrame.Site(
                partnership: "P", service: "S", stylesheets: [], accessibilityHref: "/a", privacyHref: "/p"),
            title: "T", main: "<h1>T</h1>")

        #expect(problems(frame.html, whole: true) == [])
        #expect(problems(plain.html, whole: true) == [])
    }

    @Test("The title names fault, page and service, in this order")
    func title() {
        var wrong = frame
        wrong.errorSummary = ErrorSummary(items: [.init(text: "Choose a file")])
        wrong.title = "Uploads & <more>"

        #expect(frame.html.string.contains("<title>Uploads – Concord</title>"))
        #expect(wrong.html.string.contains("<title>Error: Uploads &amp; &lt;more&gt; – Concord</title>"))
        #expect(problems(wrong.html, whole: true) == [])
    }

    @Test("The parts stand in the order of the design system's page")
    func order() throws {
        let html = frame.html.string
        let parts = [
            "<!DOCTYPE html>", "<html lang=\"en-GB\" class=\"govuk-template\">", "<meta name=\"viewport\"",
            "<link rel=\"stylesheet\" href=\"/a.css\">", "<script type=\"module\" src=\"/enable.js\"></script>",
            "<script type=\"module\" src=\"/a.js\"></script>", "<body", "govuk-skip-link", "<header",
            "govuk-js-exit-this-page-skiplink", "Safer Ashford Partnership", "govuk-service-navigation",
            "govuk-phase-banner", "</header>", "data-module=\"govuk-exit-this-page\"", "govuk-breadcrumbs",
            "<main class=\"govuk-main-wrapper\" id=\"main-content\">", "govuk-notification-banner--success",
            "<h1", "</main>", "<footer", "href=\"/accessibility\"", "href=\"/privacy\"", "href=\"/cookies\"",
            "Version 1", "</footer>",
        ]
        let positions = try parts.map { try position($0, in: html) }

        #expect(positions == positions.sorted())
    }

    @Test("Nothing of the Crown's is on a partnership's page")
    func crown() {
        let html = frame.html.string

        #expect(!html.contains("Crown copyright") && !html.contains("govuk-footer__crown"))
        #expect(!html.contains("GOV.UK"))
        #expect(html.contains("© Safer Ashford Partnership"))
    }

    @Test("A back link is in a landmark of its own")
    func back() {
        var page = frame
        page.way = .back(BackLink(href: "/uploads"))
        page.exit = nil

        #expect(
            page.html.string.contains("<nav aria-label=\"Back\"><a href=\"/uploads\" class=\"govuk-back-link\">Back"))
        #expect(!page.html.string.contains("exit-this-page"))
        #expect(problems(page.html, whole: true) == [])
    }
}
