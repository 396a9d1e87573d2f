internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Where a household is, written otherwise by whoever sees everyone who lives there now.
enum HouseholdAddressPage {
    static func page(_ visit: Visit) throws -> Response { try page(visit, []) }

    static func save(_ visit: Visit) throws -> Response {
        let person = try visit.changeablePerson(.phone)
        let household: ID<Household> = try visit.id("household")
        let sent = visit.request.form
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.people.changeLines(
                sent["lines"] ?? "", of: household, with: person.id, seen: sent["was-lines"] ?? "", on: occasion, in: $0
            )
        }
        switch result {
        case .success: return visit.redirect("\(PersonPlace.address(person.id))/household")
        case .failure(.changedMeanwhile):
            return try page(
                visit, [FormError("lines", "Someone else changed the address meanwhile: compare and save again")])
        case .failure(let refusal): return try page(visit, try PartForm.errors(refusal, first: "lines"))
        }
    }

    private static func page(_ visit: Visit, _ errors: [FormError]) throws -> Response {
        let person = try visit.changeablePerson(.phone)
        let household: ID<Household> = try visit.id("household")
        let (households, _) = try HouseholdPages.found(visit, person)
        guard let now = households.first(where: { $0.id == household })?.lines else { throw Refusal.notFound }
        let sent = visit.request.form
        let base = "\(PersonPlace.address(person.id))/household"
        // A browser sends lines with other ends than they are kept with.
        let isStale =
            sent["was-lines"].map { $0.split(whereSeparator: \.isNewline) != now.split(separator: "\n") } ?? false
        let content: Html = """
            \(if: isStale, both(now))
            \(HiddenField(name: "was-lines", value: now))
            \(Textarea(
                name: "lines", label: "Where is it?", hint: "Each part on its own line, with the postcode last",
                errorMessage: errors.message("lines"), value: sent["lines"] ?? now, rows: 4, autocomplete: "off"))
            <p class="govuk-body">The addresses of the people in it stay as they are. Change those on their own pages.</p>
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        return visit.page(
            Page(
                "Change the address of a household", in: .cases,
                above: PersonPlace.above(person.id) + [(title: "Household", address: base)], errors: errors,
                canBeLeftQuickly: true, visit.form("\(base)/\(household.text)/address", content)))
    }

    /// What someone else wrote in between; the form keeps what was typed.
    private static func both(_ now: String) -> Html {
        """
        <p class="govuk-body">It is recorded now:</p>
        <p class="govuk-inset-text">\(PersonPage.lines(now))</p>
        <p class="govuk-body">Nothing of yours is saved yet. Correct the form if need be, and save again.</p>
        """
    }
}
