internal import DesignSystem
public import Governance
internal import HTML
public import HTTP
public import Kernel
internal import Rules
internal import Storage

/// The page of a protected record that the visitor may open in an emergency, whatever its kind.
public struct GlassPage {
    private let record: ID<Registered>
    private let agency: Code<Agency>
    private let address: String
    private let action: String
    private let above: [(title: String, address: String)]

    /// The page of a record that the register refuses for its glass.
    /// - Parameters:
    ///   - agency: the agency that holds it.
    ///   - address: where the record is shown.
    ///   - action: where the form is sent.
    ///   - above: the pages above, which say nothing of the record.
    public init(
        _ record: ID<Registered>, heldBy agency: Code<Agency>, at address: String, action: String,
        above: [(title: String, address: String)]
    ) {
        self.record = record
        self.agency = agency
        self.address = address
        self.action = action
        self.above = above
    }

    /// The page.
    /// - Parameter mayBreak: whether the visitor's roles open such a record in an emergency; else only whom to ask
    ///   stands there.
    public func page(_ visit: Visit, mayBreak: Bool = true, errors: [FormError] = []) -> Response {
        let sent = visit.request.form
        let content: Html = """
            \(Radios(
                name: "category",
                items: BrokenGlass.Category.allCases.map { .item(.init(value: $0.rawValue, text: .text($0.words))) },
                value: sent["category"],
                fieldset: Fieldset(
                    legend: .init(text: "Why do you need to open it?", classes: "govuk-fieldset__legend--m")),
                errorMessage: errors.message("category")))
            \(Textarea(
                name: "reason", label: "Your reason",
                hint: "At least \(BrokenGlass.shortestReason) characters. Someone else will review it.",
                errorMessage: errors.message("reason"), value: sent["reason"] ?? "", rows: 4))
            \(Button(text: "Open the record for three hours", preventsDoubleClick: true, classes: "govuk-button--warning"))
            """
        let emergency: Html = """
            <p class="govuk-body">In an emergency you can open it yourself: this one record, for you alone, for three
            hours. The agency that holds it and the partnership’s administrators are told at once, and someone
            reviews your reason within \(BrokenGlass.reviewDays) working days.</p>
            \(visit.form(action, content))
            """
        let name = visit.site.partnership.name(of: agency)
        return visit.page(
            Page(
                "This record is protected", in: .cases, above: above, errors: errors, canBeLeftQuickly: true,
                """
                <p class="govuk-body">It is held by \(name). \(mayBreak ? "Ask them first, if there is time." : "Ask them.")</p>
                \(if: mayBreak, emergency)
                """))
    }

    /// Opens the record to the visitor for three hours, as the form asks.
    /// - Throws: `Refusal`, `StorageError`.
    public func open(_ visit: Visit) throws -> Response {
        guard let category = visit.request.form["category"].flatMap(BrokenGlass.Category.init) else {
            return page(visit, errors: [FormError("category", "Choose why you need to open it")])
        }
        guard let administrators = Code<Role>("administrator") else { throw Refusal.notFound }
        let occasion = try visit.occasion()
        let register = AccessRegister(roles: visit.site.roles)
        let result = try visit.write {
            try register.breakGlass(
                of: record, category, reason: visit.request.form["reason"] ?? "", administrators: administrators,
                holidays: visit.site.calendar.holidays, on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect(address)
        case .failure(.absent): throw Refusal.notFound
        case .failure(.denied(.recentSecondFactor)), .failure(.denied(.secondFactor)):
            return visit.redirect("/confirm?next=\(PercentCoding.encodeForm(address))")
        case .failure(let refusal): return page(visit, errors: [FormError("reason", refusal.fault.inForm)])
        }
    }
}
