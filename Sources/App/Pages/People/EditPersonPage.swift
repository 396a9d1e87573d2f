internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Changing a person. The form carries what it began with, so that only what was touched is changed; and when someone
/// else was first, it comes back with both versions.
enum EditPersonPage {
    static func page(_ visit: Visit) throws -> Response {
        let person = try editable(visit)
        return visit.page(page(person, PersonForm(person.details, fields: fields(person)), visit))
    }

    static func change(_ visit: Visit) throws -> Response {
        let sent = visit.request.form
        guard let version = sent["version"].flatMap({ Int64($0) }) else {
            throw Refusal.badRequest("The form is not whole. Open the person again.")
        }
        let person = try editable(visit)
        var form = PersonForm(sent: sent, fields: fields(person))
        let mine = form.details()
        guard form.errors.isEmpty else { return visit.page(page(person, form, visit, base: base(sent, person))) }
        let base = base(sent, person)
        let touched = Set(form.fields.filter { mine[$0] != base[$0] })
        guard !touched.isEmpty else { return visit.redirect(PersonPlace.address(person.id)) }
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.people.change(
                person.id, version: version, to: mine, fields: touched, isSlip: sent["moved"] == "no", on: occasion,
                in: $0)
        }
        switch result {
        case .success: return visit.redirect(PersonPlace.address(person.id))
        case .failure(.changedMeanwhile(let now)):
            return visit.page(both(now, base: base, mine: mine, touched: touched, visit), status: .conflict)
        case .failure(.problems(let problems)): form.add(problems)
        case .failure(.register(.absent)), .failure(.possibleMatches): throw Refusal.notFound
        case .failure(.register(.denied(let reason))): throw visit.ended(reason)
        case .failure(.register(let refusal)): form.add(refusal)
        }
        return visit.page(page(person, form, visit, base: base))
    }

    private static func editable(_ visit: Visit) throws -> Person {
        do {
            let person = try visit.person()
            guard !person.changeable.isEmpty else { throw visit.ended(.noPermission) }
            return person
        } catch is Protected {
            throw visit.ended(.glass)
        }
    }

    private static func fields(_ person: Person) -> [PersonField] {
        PersonField.allCases.filter(person.changeable.contains)
    }

    /// What the form began with.
    private static func base(_ sent: FormFields, _ person: Person) -> PersonDetails {
        var base = PersonDetails()
        for field in fields(person) { base[field] = sent["was-\(field.rawValue)"] }
        return base
    }

    private static func page(
        _ person: Person, _ form: PersonForm, _ visit: Visit, base: PersonDetails? = nil, above: Html = "",
        errors: [FormError] = []
    ) -> Page {
        let base = base ?? person.details
        let version = base == person.details ? String(person.version) : visit.request.form["version"]
        let content: Html = """
            \(HiddenField(name: "version", value: version ?? String(person.version)))
            \(each: form.fields, { HiddenField(name: "was-\($0.rawValue)", value: base[$0] ?? "").html })
            \(form.controls)
            \(if: form.fields.contains(.address) && base.address != nil,
                PartForm.moved(visit.request.form["moved"] ?? "yes", errors))
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        return Page(
            "Change a person’s details", in: .cases, above: PersonPlace.above(person.id),
            errors: errors + form.errors, canBeLeftQuickly: true,
            "\(above)\(visit.form("\(PersonPlace.address(person.id))/edit", content))")
    }

    /// Someone else was first: what they changed is taken over, what this editor typed is kept in the form, and both
    /// stand side by side.
    private static func both(
        _ now: Person, base: PersonDetails, mine: PersonDetails, touched: Set<PersonField>, _ visit: Visit
    ) -> Page {
        let fields = fields(now)
        var merged = now.details
        for field in touched where now.changeable.contains(field) { merged[field] = mine[field] }
        let differing = fields.filter { touched.contains($0) || now.details[$0] != base[$0] }
        func cell(_ field: PersonField, _ details: PersonDetails) -> Table.Cell {
            .init(text: details[field] == nil ? "Empty" : .html(PersonPage.value(field, details)))
        }
        let rows = differing.map {
            [.init(text: .text($0.label)), cell($0, now.details), cell($0, merged)] as [Table.Cell]
        }
        let table = Table(
            caption: "What differs", head: ["Detail", "As it is now", "As it will be when you save"], rows: rows,
            firstCellIsHeader: true)
        return page(
            now, PersonForm(merged, fields: fields), visit, base: now.details,
            above: """
                <p class="govuk-body">Someone else changed this person while you were typing. Nothing of yours is lost and
                nothing is saved yet. Compare the two, correct the form if need be, and save again.</p>
                \(ScrollRegion("What differs", table.html))
                """,
            errors: [
                FormError(
                    fields.first?.rawValue ?? "version", "Someone else changed this person: compare and save again")
            ])
    }
}
