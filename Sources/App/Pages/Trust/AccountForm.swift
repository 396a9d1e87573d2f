internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// The form of an account's details, as typed and as read.
struct AccountForm {
    var email = ""
    var name = ""
    var agency = ""
    var teams: [String] = []
    var roles: [String] = []
    var panels: [String] = []
    var side = ""
    var trainedUntil = ""
    var vettedUntil = ""
    var errors: [FormError] = []
    let site: Site

    /// An empty form.
    init(_ site: Site) { self.site = site }

    /// The form as an account is now.
    init(_ details: AccountDetails, on day: LocalDate, _ site: Site) {
        self.init(site)
        email = details.email.text
        name = details.name
        agency = details.agency.text
        teams = details.teams.map(\.text)
        roles = details.roles.filter { $0.until.map { $0 >= day } ?? true }.map(\.role.text)
        panels = details.panels.filter { $0.until.map { $0 >= day } ?? true }.map(\.panel.text)
        side = details.side?.rawValue ?? ""
        trainedUntil = details.trainedUntil.map(BritishDate.text) ?? ""
        vettedUntil = details.vettedUntil.map(BritishDate.text) ?? ""
    }

    /// The form as it was sent.
    init(sent form: FormFields, _ site: Site) {
        self.init(site)
        email = form["email"] ?? ""
        name = (form["name"] ?? "").singleSpaced
        agency = form["agency"] ?? ""
        teams = form.all("team")
        roles = form.all("role")
        panels = form.all("panel")
        side = form["side"] ?? ""
        trainedUntil = form["trained-until"] ?? ""
        vettedUntil = form["vetted-until"] ?? ""
    }

    /// The details that the form holds, or nil after noting what is wrong.
    ///
    /// Roles and places that stay ticked keep their dates; new ones begin today; those no longer ticked are taken away,
    /// and the audit keeps that they were there.
    mutating func details(changing old: AccountDetails? = nil, on day: LocalDate) -> AccountDetails? {
        let address = EmailAddress(email)
        if address == nil { fail("email", "Enter an email address, like name@example.org") }
        if name.isEmpty { fail("name", "Enter a name") }
        let agency = Code<Agency>(agency)
        if agency == nil { fail("agency", "Choose an agency") }
        let side = SubjectSide(rawValue: side)
        let trained = date(trainedUntil, "trained-until")
        let vetted = date(vettedUntil, "vetted-until")
        let roles = Set(roles.compactMap { Code<Role>($0) })
        let held = Set(old?.roles.map(\.role) ?? [])
        for role in roles where site.roles.role(role) == nil && !held.contains(role) {
            fail("role", "Choose roles of the list")
        }
        let teams = Set(teams.compactMap { Code<Team>($0) })
        let panels = Set(panels.compactMap { Code<Panel>($0) })
        if let agency, let why = site.partnership.objection(agency: agency, teams: teams, panels: panels, side: side) {
            fail("agency", why)
        }
        guard errors.isEmpty, let address, let agency else { return nil }
        return AccountDetails(
            email: address, name: name, agency: agency, teams: teams,
            roles: AccountForm.grants(of: roles, old?.roles ?? [], on: day),
            panels: AccountForm.places(on: panels, old?.panels ?? [], on: day), side: side, trainedUntil: trained,
            vettedUntil: vetted)
    }

    /// Notes a refusal beside the field that it concerns.
    mutating func add(_ refusal: AccountRefusal) {
        let field =
            switch refusal {
            case .emailTaken: "email"
            case .notAName: "name"
            case .notPermitted: "agency"
            case .conflictingRoles, .roleBeyondGranter, .ownAccount: "role"
            default: "email"
            }
        fail(field, refusal.fault.inForm)
    }

    private mutating func fail(_ field: String, _ text: String) { errors.append(FormError(field, text)) }

    private mutating func date(_ text: String, _ field: String) -> LocalDate? {
        guard text.contains(where: { !$0.isWhitespace }) else { return nil }
        if let day = BritishDate.day(text) { return day }
        fail(field, "Enter a day that exists, like 27/3/2027")
        return nil
    }

    private static func grants(
        of roles: Set<Code<Role>>, _ old: Set<RoleGrant>, on day: LocalDate
    ) -> Set<RoleGrant> {
        var grants = old.filter { grant in
            roles.contains(grant.role) || grant.until.map { $0 < day } ?? false
        }
        let held = Set(grants.filter { $0.until.map { $0 >= day } ?? true }.map(\.role))
        for role in roles where !held.contains(role) {
            grants.insert(RoleGrant(role, from: day))
        }
        return grants
    }

    private static func places(
        on panels: Set<Code<Panel>>, _ old: Set<PanelMembership>, on day: LocalDate
    ) -> Set<PanelMembership> {
        var places = old.filter { panels.contains($0.panel) || $0.until.map { $0 < day } ?? false }
        let held = Set(places.filter { $0.until.map { $0 >= day } ?? true }.map(\.panel))
        for panel in panels where !held.contains(panel) {
            places.insert(PanelMembership(panel: panel, from: day, until: nil))
        }
        return places
    }
}
