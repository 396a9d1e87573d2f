public import HTML

/// A whole page around its main part.
///
/// No script stands in the page itself, so that the content security policy can refuse such.
public struct PageFrame: Component, Hashable {
    /// What all pages of a site share.
    public struct Site: Hashable, Sendable {
        /// Who provides the service, shown in the header: “Safer Ashford Partnership”.
        public var partnership: String
        /// The name of the service.
        public var service: String
        /// Where the name of the partnership leads.
        public var homeHref: String
        /// Style sheets.
        public var stylesheets: [String]
        /// A script that runs before the page is drawn: it marks the page as one whose scripts run.
        public var earlyScript: String?
        /// Scripts, loaded as modules after the page is read.
        public var scripts: [String]
        /// The icon.
        public var icon: String?
        /// The accessibility statement (Public Sector Bodies Accessibility Regulations 2018, reg. 8).
        public var accessibilityHref: String
        /// The privacy notice (UK GDPR, Art. 13).
        public var privacyHref: String
        /// Further links of the footer.
        public var footerLinks: [Footer.Link]
        /// What the footer says besides, such as version and licence of the data.
        public var footerText: Content?
        /// The phase of the service.
        public var phaseBanner: PhaseBanner?

        /// What all pages of a site share.
        public init(
            partnership: String, service: String, homeHref: String = "/", stylesheets: [String],
            scripts: [String] = [], icon: String? = nil, accessibilityHref: String, privacyHref: String,
            footerLinks: [Footer.Link] = [], footerText: Content? = nil, phaseBanner: PhaseBanner? = nil
        ) {
            self.partnership = partnership
            self.service = service
            self.homeHref = homeHref
            self.stylesheets = stylesheets
            self.scripts = scripts
            self.icon = icon
            self.accessibilityHref = accessibilityHref
            self.privacyHref = privacyHref
            self.footerLinks = footerLinks
            self.footerText = footerText
            self.phaseBanner = phaseBanner
        }
    }

    /// The way back from a page.
    public enum Way: Hashable, Sendable {
        /// None: a first page.
        case none
        /// Back one step of a journey.
        case back(BackLink)
        /// Up to the pages above.
        case breadcrumbs(Breadcrumbs)
    }

    /// What all pages share.
    public var site: Site
    /// The page's title, the same as its first heading.
    public var title: String
    /// The ways to the parts of the service; the name of the service is added.
    public var navigation: ServiceNavigation
    /// The way back.
    public var way: Way
    /// What is wrong in the page's form: shown first, and the title says so.
    public var errorSummary: ErrorSummary?
    /// What is told above the page.
    public var notification: NotificationBanner?
    /// The button to leave the page at once.
    public var exit: ExitThisPage?
    /// Whether the main part takes the whole width of the screen, as for maps and wide tables.
    public var isWide: Bool
    /// The main part.
    public var main: Html

    /// A page.
    public init(
        site: Site, title: String, navigation: ServiceNavigation = ServiceNavigation(), way: Way = .none,
        errorSummary: ErrorSummary? = nil, notification: NotificationBanner? = nil, exit: ExitThisPage? = nil,
        isWide: Bool = false, main: Html
    ) {
        self.site = site
        self.title = title
        self.navigation = navigation
        self.way = way
        self.errorSummary = errorSummary
        self.notification = notification
        self.exit = exit
        self.isWide = isWide
        self.main = main
    }
}
