internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// The form of a new client program.
struct ClientForm {
    var name = ""
    var agency = ""
    var scopes: [String] = []
    var roles: [String] = []
    var ends = ""
    var errors: [FormError] = []
    let site: Site

    /// An empty form.
    init(_ site: Site) { self.site = site }

    /// The form as it was sent.
    init(sent form: FormFields, _ site: Site) {
        self.init(site)
        name = (form["name"] ?? "").singleSpaced
        agency = form["agency"] ?? ""
        scopes = form.all("scope")
        roles = form.all("role")
        ends = form["ends"] ?? ""
    }

    /// The details that the form holds, or nil after noting what is wrong. The token ends when the day typed is over.
    mutating func details() -> ClientDetails? {
        if name.isEmpty { fail("name", "Enter a name") }
        let agency = Code<Agency>(agency)
        if agency.flatMap(site.partnership.agency) == nil { fail("agency", "Choose an agency") }
        let known = Set(ClientScopes.all.map(\.code))
        let scopes = Set(scopes.filter { known.contains($0) }.compactMap { Code<Scope>($0) })
        if scopes.isEmpty { fail("scope", "Choose what the program may call") }
        let roles = Set(roles.compactMap { Code<Role>($0) })
        if roles.isEmpty || roles.contains(where: { site.roles.role($0) == nil }) {
            fail("role", "Choose the roles by which its access is judged")
        }
        let day = BritishDate.day(ends)
        if day == nil { fail("ends", "Enter the day on which the token ends, like 27/3/2027") }
        guard errors.isEmpty, let agency, let day else { return nil }
        let midnight = UKTime.utc(atWallClock: (Int64(day.day) + 1) * 86_400)
        return ClientDetails(
            name: name, agency: agency, scopes: scopes, roles: roles,
            expiresAt: Instant(milliseconds: midnight * 1000))
    }

    /// Notes a refusal beside the field that it concerns.
    mutating func add(_ refusal: ClientRefusal) {
        let field =
            switch refusal {
            case .noSuchClient, .notAName: "name"
            case .notPermitted: "agency"
            case .noScope: "scope"
            case .badEnd: "ends"
            case .conflictingRoles, .roleBeyondGranter: "role"
            }
        fail(field, refusal.fault.inForm)
    }

    private mutating func fail(_ field: String, _ text: String) { errors.append(FormError(field, text)) }

    /// The controls, with what was typed and what is wrong.
    var controls: Html {
        """
        \(Input(name: "name", label: "Name of the program", errorMessage: errors.message("name"), value: name))
        \(Select(
            name: "agency", label: "Agency that answers for it",
            items: [.init(value: "", text: "Choose an agency")]
                + site.partnership.agencies.map { .init(value: $0.code.text, text: $0.name) }, value: agency,
            errorMessage: errors.message("agency")))
        \(Checkboxes(
            name: "scope", items: ClientScopes.all.map { .item(.init(value: $0.code, text: .text($0.text))) },
            values: scopes,
            fieldset: Fieldset(legend: .init(text: "What it may call", classes: "govuk-fieldset__legend--m")),
            errorMessage: errors.message("scope")))
        \(Checkboxes(
            name: "role",
            items: site.roles.roles.map { .item(.init(value: $0.code.text, text: .text($0.name))) }, values: roles,
            fieldset: Fieldset(
                legend: .init(text: "Roles by which its access is judged", classes: "govuk-fieldset__legend--m")),
            errorMessage: errors.message("role"), classes: "govuk-checkboxes--small"))
        \(Input(
            name: "ends", label: "Last day of the token", hint: "Within a year. For example, 27/3/2027.",
            errorMessage: errors.message("ends"), value: ends, checksSpelling: false,
            classes: "govuk-input--width-10"))
        """
    }
}
