public import HTML

extension PageFrame {
    /// The markup.
    public var html: Html {
        """
        <!DOCTYPE html>
        <html lang="en-GB" class="govuk-template">
        \(head)
        <body class="govuk-template__body">
        \(SkipLink(href: "#main-content"))
        <header class="govuk-template__header">
        \(some: exit, PageFrame.exitSkipLink)
        \(GenericHeader(logo: .text(site.partnership), href: site.homeHref))
        \(serviceNavigation)
        \(site.phaseBanner)
        </header>
        <div class="\(isWide ? "concord-wide-container" : "govuk-width-container")">
        \(exitRegion)
        \(wayBack)
        <main class="govuk-main-wrapper" id="main-content">
        \(errorSummary)
        \(notification)
        \(main)
        </main>
        </div>
        <footer class="govuk-template__footer">
        \(footer)
        </footer>
        </body>
        </html>

        """
    }

    /// “Error: Page – Service”: the order in which screen readers tell what matters.
    var documentTitle: String {
        (errorSummary == nil ? "" : "Error: ") + title + " – " + site.service
    }

    private var head: Html {
        """
        <head>
        <meta charset="utf-8">
        <title>\(documentTitle)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
        \(some: site.icon, { "<link rel=\"icon\" href=\"\(href: $0)\">\n" })
        \(each: site.stylesheets, { "<link rel=\"stylesheet\" href=\"\(href: $0)\">\n" })
        \(some: site.earlyScript, { "<script src=\"\(href: $0)\"></script>" })
        \(each: site.scripts, { "<script type=\"module\" src=\"\(href: $0)\"></script>\n" })
        </head>
        """
    }

    private static func exitSkipLink(_ exit: ExitThisPage) -> Html {
        SkipLink(
            text: "Exit this page", href: exit.redirectURL, classes: "govuk-js-exit-this-page-skiplink",
            attributes: ["rel": "nofollow noreferrer"]
        ).html
    }

    /// The button as a part of the page of its own: everything on a page is in one.
    private var exitRegion: ExitThisPage? {
        var exit = exit
        exit?.attributes.set("role", to: "region")
        exit?.attributes.set("aria-label", to: "Leave this page quickly")
        return exit
    }

    private var serviceNavigation: ServiceNavigation {
        var navigation = navigation
        navigation.serviceName = navigation.serviceName ?? site.service
        navigation.serviceURL = navigation.serviceURL ?? site.homeHref
        return navigation
    }

    private var wayBack: Html {
        switch way {
        case .none: ""
        case .back(let link): "<nav aria-label=\"Back\">\(link)</nav>"
        case .breadcrumbs(let breadcrumbs): breadcrumbs.html
        }
    }

    private var footer: Footer {
        let links: [Footer.Link] = [
            Footer.Link(text: "Accessibility statement", href: site.accessibilityHref),
            Footer.Link(text: "Privacy notice", href: site.privacyHref),
        ]
        return Footer(
            meta: .init(items: links + site.footerLinks, text: site.footerText),
            copyright: .text("© " + site.partnership), showsCrown: false)
    }
}
