internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Who lives with whom.
enum HouseholdPages {
    static func page(_ visit: Visit) throws -> Response {
        let person = try visit.openedPerson()
        let (households, names) = try found(visit, person)
        let base = "\(PersonPlace.address(person.id))/household"
        let sections = households.map { household -> Html in
            let rows = household.members.map { member -> [Content] in
                [
                    .html(
                        """
                        <a class="govuk-link" href="\(href: PersonPlace.address(member.person))">\
                        \(names[member.person] ?? "Someone")</a>
                        """), .text(member.role.words),
                    .text(
                        [member.from.map { "from \($0.inWords)" }, member.until.map { "until \($0.inWords)" }]
                            .compactMap { $0 }.joined(separator: " ")),
                ]
            }
            let table = SortableTable(
                id: "household-\(household.id.text)", caption: "Who lives there",
                columns: ["Who", "As", "When"].map { .init(.text($0)) }, rows: rows, emptyText: "There is nobody.",
                address: { _, _ in base })
            return """
                \(some: household.lines, { "<p class=\"govuk-body\">\(PersonPage.lines($0))</p>" })
                \(table)
                \(if: person.mayChangeReach, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "\(base)/\(household.id.text)")\">Add someone to this household, or say when they left</a></p>")
                """
        }
        return visit.page(
            Page(
                "Household", in: .cases, above: PersonPlace.above(person.id), canBeLeftQuickly: true,
                """
                <p class="govuk-body">Only people whom you may see stand here. It does not say that nobody else lives
                there.</p>
                \(if: households.isEmpty, "<p class=\"govuk-body\">No household is recorded that you may see.</p>")
                \(each: sections, { $0 })
                \(if: person.mayChangeReach, make(base, person, visit, []))
                """))
    }

    private static func found(_ visit: Visit, _ person: Person) throws -> ([Household], [ID<Person>: String]) {
        let occasion = try visit.occasion()
        return try visit.write { connection in
            let households = try visit.people.households(of: person.id, on: occasion, in: connection)
            let people = Set(households.flatMap(\.members).map(\.person)).sorted()
            let items = try visit.people.items(people, on: occasion, in: connection)
            return (households, Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0.name ?? "") }))
        }
    }

    private static func make(_ base: String, _ person: Person, _ visit: Visit, _ errors: [FormError]) -> Html {
        visit.form(
            "\(base)/new",
            """
            <h2 class="govuk-heading-m">Record a household</h2>
            \(Textarea(
                name: "lines", label: "Where is it?", hint: "Leave it empty if that must not be written down",
                value: visit.request.form["lines"] ?? "", rows: 3, autocomplete: "off"))
            \(PartForm.radios("role", "What is \(person.details.name) in it?",
                HouseholdRole.allCases.map { ($0.rawValue, $0.words, nil) }, value: visit.request.form["role"], errors))
            \(Button(text: "Record the household", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """)
    }

    static func create(_ visit: Visit) throws -> Response {
        let person = try visit.changeablePerson(.phone)
        let base = "\(PersonPlace.address(person.id))/household"
        guard let role = visit.request.form["role"].flatMap(HouseholdRole.init) else {
            let errors = [FormError("role", "Choose what the person is in it")]
            return visit.page(
                Page(
                    "Household", in: .cases, above: PersonPlace.above(person.id), errors: errors,
                    canBeLeftQuickly: true, make(base, person, visit, errors)))
        }
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.people.makeHousehold(
                visit.request.form["lines"], with: HouseholdMember(person.id, role), on: occasion, in: $0)
        }
        switch result {
        case .success(let id): return visit.redirect("\(base)/\(id.text)")
        case .failure(let refusal):
            let errors = try PartForm.errors(refusal, first: "role")
            return visit.page(
                Page(
                    "Household", in: .cases, above: PersonPlace.above(person.id), errors: errors,
                    canBeLeftQuickly: true, make(base, person, visit, errors)))
        }
    }

    static func member(_ visit: Visit) throws -> Response { try memberPage(visit, []) }

    static func saveMember(_ visit: Visit) throws -> Response {
        let person = try visit.changeablePerson(.phone)
        let sent = visit.request.form
        guard sent["role-shown"] != nil else { return try memberPage(visit, []) }
        let (from, until) = (DayControl("from", sent), DayControl("until", sent))
        var errors = PartForm.dayProblems([("from", from), ("until", until)])
        let other = sent["other"].flatMap { ID<Person>($0) }
        let role = sent["role"].flatMap(HouseholdRole.init)
        if other == nil { errors.append(FormError("other", "Choose who it is")) }
        if role == nil { errors.append(FormError("role", "Choose what the person is in the household")) }
        guard let other, let role, errors.isEmpty else { return try memberPage(visit, errors) }
        let household: ID<Household> = try visit.id("household")
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.people.setMember(
                HouseholdMember(other, role, from: from.date, until: until.date), of: household, with: person.id,
                on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("\(PersonPlace.address(person.id))/household")
        case .failure(let refusal):
            return try memberPage(visit, try PartForm.errors(refusal, first: "other"))
        }
    }

    private static func memberPage(_ visit: Visit, _ errors: [FormError]) throws -> Response {
        let person = try visit.changeablePerson(.phone)
        let household: ID<Household> = try visit.id("household")
        let (households, names) = try found(visit, person)
        guard let known = households.first(where: { $0.id == household }) else { throw Refusal.notFound }
        let sent = visit.request.form
        let base = "\(PersonPlace.address(person.id))/household"
        let action = "\(base)/\(household.text)"
        let picker = try PersonPicker(visit, but: person.id)
        let own = known.members.map { member -> (value: String, text: String, hint: String?) in
            (member.person.text, names[member.person] ?? "Someone", "Lives or lived there")
        }
        let shown = sent["role-shown"] == nil ? nil : sent
        let choice: Html =
            picker.words.isEmpty
            ? PartForm.radios("other", "Who is it?", own, value: sent["other"], errors)
            : picker.choice(errors)
        let content: Html = """
            \(HiddenField(name: "role-shown", value: "yes"))
            \(choice)
            \(PartForm.radios("role", "What is the person in the household?",
                HouseholdRole.allCases.map { ($0.rawValue, $0.words, nil) }, value: sent["role"], errors))
            \(DayControl("from", shown).html("From when?", hint: "Leave it empty if it is not known",
                errors.message("from")))
            \(DayControl("until", shown).html("Until when?", hint: "Leave it empty while they live there",
                errors.message("until")))
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        return visit.page(
            Page(
                "Who lives there", in: .cases,
                above: PersonPlace.above(person.id) + [(title: "Household", address: base)], errors: errors,
                canBeLeftQuickly: true,
                "\(picker.search(action, visit, errors))\(visit.form(action, content))"))
    }
}

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

extension HouseholdRole {
    var words: String {
        switch self {
        case .adult: "Adult"
        case .child: "Child"
        case .lodger: "Lodger"
        case .visitor: "Often there"
        }
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
