internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Organisations that people have to do with.
enum OrganisationPages {
    static func page(_ visit: Visit) throws -> Response { try page(visit, nil, []) }

    static func edit(_ visit: Visit) throws -> Response { try page(visit, try organisation(visit), []) }

    static func save(_ visit: Visit) throws -> Response {
        let sent = visit.request.form
        let old = sent["version"] == nil ? nil : try organisation(visit)
        let ended = DayControl("ended", sent)
        var errors = PartForm.dayProblems([("ended", ended)])
        let kind = sent["kind"].flatMap(OrganisationKind.init)
        if kind == nil { errors.append(FormError("kind", "Choose what kind of organisation it is")) }
        guard let kind, errors.isEmpty else { return try page(visit, old, errors) }
        if let old, sent["version"] != String(old.version) {
            return try page(visit, old, try PartForm.errors(.changedMeanwhile, first: "name"))
        }
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.people.setOrganisation(
                old, name: sent["name"] ?? "", kind: kind, contact: sent["contact"], endedOn: ended.date,
                on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("/people/organisations")
        case .failure(let refusal): return try page(visit, old, try PartForm.errors(refusal, first: "name"))
        }
    }

    private static func all(_ visit: Visit) throws -> [Organisation] {
        try visit.requirePeople()
        let occasion = try visit.occasion()
        return try visit.read { try visit.people.organisations(on: occasion, in: $0) }
    }

    private static func organisation(_ visit: Visit) throws -> Organisation {
        let id: ID<Organisation> = try visit.id("organisation")
        guard let found = try all(visit).first(where: { $0.id == id }) else { throw Refusal.notFound }
        return found
    }

    private static func page(_ visit: Visit, _ old: Organisation?, _ errors: [FormError]) throws -> Response {
        let organisations = try all(visit)
        let mayWrite = visit.may(.create, "person", .p1)
        let rows = organisations.map { one -> [Content] in
            let change: Html = """
                <a class="govuk-link" href="\(href: "/people/organisations/\(one.id.text)")">Change\
                <span class="govuk-visually-hidden"> \(one.name)</span></a>
                """
            return [
                .html("\(one.name)\(some: one.endedOn, { "<br>Until \($0.inWords)" })"), .text(one.kind.words),
                .html(PersonPage.lines(one.contact ?? "")), .html(mayWrite ? change : ""),
            ]
        }
        let table = SortableTable(
            id: "organisations", caption: "Organisations", captionClasses: "govuk-visually-hidden",
            columns: ["Name", "Kind", "Contact", "What you can do"].map { .init(.text($0)) }, rows: rows,
            emptyText: "None is recorded yet.", address: { _, _ in "/people/organisations" })
        let above = PersonPlace.above + (old == nil ? [] : [(title: "Organisations", address: "/people/organisations")])
        return visit.page(
            Page(
                old == nil ? "Organisations" : "Change an organisation", in: .cases, above: above, errors: errors,
                """
                \(if: old == nil, table.html)
                \(if: mayWrite, form(visit, old, errors))
                """))
    }

    private static func form(_ visit: Visit, _ old: Organisation?, _ errors: [FormError]) -> Html {
        let sent = visit.request.form
        let isSent = sent["name"] != nil
        let content: Html = """
            \(some: old, { HiddenField(name: "version", value: sent["version"] ?? String($0.version)).html })
            \(PartForm.line("name", "Name", value: sent["name"] ?? old?.name, errors))
            \(Select(
                name: "kind", label: "Kind",
                items: [.init(value: "", text: "Choose one")]
                    + OrganisationKind.allCases.map { .init(value: $0.rawValue, text: $0.words) },
                value: sent["kind"] ?? old?.kind.rawValue ?? "", errorMessage: errors.message("kind")))
            \(Textarea(
                name: "contact", label: "How its office is reached",
                hint: "Never where a refuge or a shelter is", errorMessage: errors.message("contact"),
                value: sent["contact"] ?? old?.contact ?? "", rows: 3, autocomplete: "off"))
            \(DayControl("ended", isSent ? sent : nil, initial: old?.endedOn?.description ?? "")
                .html("When did it end?", hint: "Leave it empty while it works", errors.message("ended")))
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        let address = old.map { "/people/organisations/\($0.id.text)" } ?? "/people/organisations"
        return """
            \(if: old == nil, "<h2 class=\"govuk-heading-m\">Add an organisation</h2>")
            \(visit.form(address, content))
            """
    }
}

extension OrganisationKind {
    var words: String {
        switch self {
        case .police: "Police"
        case .council: "Council"
        case .fire: "Fire and rescue"
        case .health: "Health"
        case .probation: "Probation"
        case .housing: "Housing"
        case .education: "School or college"
        case .voluntary: "Charity or community group"
        case .transport: "Transport"
        case .business: "Business"
        case .faith: "Faith group"
        case .youthJustice: "Youth justice"
        case .other: "Another"
        }
    }
}
