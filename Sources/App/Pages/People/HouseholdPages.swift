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
        let added = person.mayChangeReach ? try added(visit, person, households) : [:]
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
                    .html(change(member, names, in: household.id, base, person)),
                ]
            }
            let table = SortableTable(
                id: "household-\(household.id.text)", caption: "Who lives there",
                columns: ["Who", "As", "When", "What you can do"].map { .init(.text($0)) }, rows: rows,
                emptyText: "There is nobody.",
                address: { _, _ in base })
            return """
                \(some: household.lines, { "<p class=\"govuk-body\">\(PersonPage.lines($0))</p>" })
                \(if: household.lines != nil && person.mayChangeReach, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "\(base)/\(household.id.text)/address")\">Change the address</a></p>")
                \(table)
                \(each: added[household.id] ?? [], { mistake($0, in: household.id, base, visit) })
                \(if: person.mayChangeReach, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "\(base)/\(household.id.text)")\">Add someone to this household</a></p>")
                """
        }
        return visit.page(
            Page(
                "Household", in: .cases, above: PersonPlace.above(person.id), canBeLeftQuickly: true,
                """
                <p class="govuk-body">Only people of whom you may see where they live stand here. It does not say that nobody
                else lives there. Whom you add is kept, also when they do not show to you.</p>
                \(if: households.isEmpty, "<p class=\"govuk-body\">No household is recorded that you may see.</p>")
                \(each: sections, { $0 })
                \(if: person.mayChangeReach, make(base, person, visit, []))
                """))
    }

    private static func change(
        _ member: HouseholdMember, _ names: [ID<Person>: String], in household: ID<Household>, _ base: String,
        _ person: Person
    ) -> Html {
        guard person.mayChangeReach else { return "" }
        return """
            <a class="govuk-link" href="\(href: "\(base)/\(household.text)?member=\(member.person.text)")">Change\
            <span class="govuk-visually-hidden"> when \(names[member.person] ?? "someone") lived there</span></a>
            """
    }

    /// Whom the visitor added today, with their names.
    private static func added(
        _ visit: Visit, _ person: Person, _ households: [Household]
    ) throws -> [ID<Household>: [PersonItem]] {
        let occasion = try visit.occasion()
        return try visit.write { connection in
            var added: [ID<Household>: [PersonItem]] = [:]
            for household in households {
                let people = try visit.people.addedToday(
                    to: household.id, with: person.id, on: occasion, in: connection)
                if !people.isEmpty {
                    added[household.id] = try visit.people.items(people, on: occasion, in: connection)
                }
            }
            return added
        }
    }

    private static func mistake(
        _ item: PersonItem, in household: ID<Household>, _ base: String, _ visit: Visit
    ) -> Html {
        visit.form(
            "\(base)/\(household.text)/mistake",
            """
            \(HiddenField(name: "member", value: item.id.text))
            <p class="govuk-body">You added \(item.name ?? "someone") today.</p>
            \(Button(text: "Added by mistake", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """)
    }

    static func found(_ visit: Visit, _ person: Person) throws -> ([Household], [ID<Person>: String]) {
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
