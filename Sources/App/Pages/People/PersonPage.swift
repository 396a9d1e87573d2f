internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import OrderPages
internal import People
internal import Rules
internal import Site

/// One person. A field that is withheld and one that is empty look the same: neither is there.
enum PersonPage {
    /// Shows the person; a form sent here brings the reason for looking at what is sealed.
    static func page(_ visit: Visit) throws -> Response {
        let reason = String((visit.request.form["reason"] ?? "").prefix(500))
        // The reason is for one of the person's records alone.
        let other = visit.request.form["record"].flatMap { ID<Person>($0) }
        do {
            let person = try visit.person(reason: other == nil ? reason : nil)
            let occasion = try visit.occasion()
            let sealed = other.map { (record: $0, reason: reason) }
            let (lead, whole) = try visit.write { connection in
                (
                    try visit.people.lead(of: person.id, on: occasion, in: connection),
                    try visit.people.whole(person, sealed: sealed, on: occasion, in: connection)
                )
            }
            // Whoever follows an old link comes to the record that leads.
            if let lead { return visit.redirect(PersonPlace.address(lead)) }
            return try page(person, whole, visit)
        } catch let protected as Protected {
            return try ProtectedPage.page(protected, visit)
        }
    }

    private static func page(_ person: Person, _ whole: WholePerson, _ visit: Visit) throws -> Response {
        let details = whole.details
        let actor = try visit.actor()
        let address = PersonPlace.address(person.id)
        let agency = visit.site.partnership.name(of: person.facts.agency)
        let reach = try ReachSection(person, of: whole, visit)
        let others = try whole.others.map { (person: $0, reach: try ReachSection($0, of: whole, visit)) }
        let orders = try LinkedOrders.html(ofPerson: ID(person.id), visit)
        // The address stands among the others, with its dates.
        let rows = details.filled.filter { $0 != .address }.map { field -> SummaryList.Row in
            let other = whole.alternatives(field).map { text -> Html in
                var one = PersonDetails()
                one[field] = text
                return "<br><span class=\"govuk-hint\">Another record says: \(PersonPage.value(field, one))</span>"
            }
            return SummaryList.Row(
                key: .text(field.label), value: .html("\(PersonPage.value(field, details))\(each: other, { $0 })"))
        }
        let open = person.openUntil(for: actor, now: visit.now)
        return visit.page(
            Page(
                "Person", in: .cases, above: PersonPlace.above, canBeLeftQuickly: true, hasHeading: false,
                """
                <h1 class="govuk-heading-l">\(details.name)</h1>
                <p class="govuk-body">The record is held by \(agency).\
                \(if: person.facts.recordClass != .normal, " \(StatusTag(person.facts.recordClass.words, tone: .attention))")</p>
                \(some: open, { until in
                    WarningText(text: .text("You opened this protected record. It closes to you at \(until.inWords). The agency that holds it was told, and someone will review why.")).html
                })
                \(if: PersonPage.sharesName(person, actor), PersonPage.suggestion(address))
                \(SummaryList(rows: rows))
                \(reach.html())
                \(if: person.mayAskForSealed, sealed(address, nil, visit))
                \(each: others, { PersonPage.part($0.person, $0.reach, on: address, visit) })
                \(some: orders, { $0 })
                <ul class="govuk-list">
                \(if: !person.changeable.isEmpty, "<li><a class=\"govuk-link\" href=\"\(href: "\(address)/edit")\">Change these details</a></li>")
                \(if: visit.mayList("case"), "<li><a class=\"govuk-link\" href=\"\(href: "/cases?over=yes&person=\(person.id.text)")\">Cases of this person</a></li>")
                \(if: visit.may(.create, "case", .p1), "<li><a class=\"govuk-link\" href=\"\(href: "/cases/new?person=\(person.id.text)")\">Start a case</a></li>")
                <li><a class="govuk-link" href="\(href: "\(address)/household")">Household</a></li>
                <li><a class="govuk-link" href="\(href: "\(address)/network")">Network: people around them</a></li>
                <li><a class="govuk-link" href="\(href: "\(address)/same")">Recorded twice?</a></li>
                <li><a class="govuk-link" href="\(href: "\(address)/access")">Who may see this record</a></li>
                \(if: visit.may(.read, "audit", .p2), "<li><a class=\"govuk-link\" href=\"\(href: "/trust/audit/person/\(person.id.text)")\">Who looked at this record</a></li>")
                </ul>
                """))
    }

    /// Another record of the same person, with what is held of where they are.
    private static func part(
        _ person: Person, _ reach: ReachSection, on address: String, _ visit: Visit
    ) -> Html {
        let agency = visit.site.partnership.name(of: person.facts.agency)
        return """
            <h2 class="govuk-heading-m">Another record of the same person</h2>
            <p class="govuk-body">It is held by \(agency). \
            \(if: !person.changeable.isEmpty, "<a class=\"govuk-link\" href=\"\(href: "\(PersonPlace.address(person.id))/edit")\">Change that record</a>")</p>
            \(reach.html(level: 3))
            \(if: person.mayAskForSealed, sealed(address, person.id, visit))
            """
    }

    /// Whether the visitor's own family name is one of the person's: they may know each other.
    private static func sharesName(_ person: Person, _ actor: Actor) -> Bool {
        guard let own = NameWords.of(actor.name).last else { return false }
        let family = person.details.familyName.map(NameWords.of) ?? []
        return family.contains(own)
    }

    private static func suggestion(_ address: String) -> Html {
        let link: Html = "<a class=\"govuk-link\" href=\"\(href: "\(address)/access#conflict")\">say so</a>"
        return InsetText(
            text: .html(
                "This person has your family name. If you know them privately, \(link): the record then closes to you.")
        ).html
    }

    /// A field as lines of text.
    static func value(_ field: PersonField, _ details: PersonDetails) -> Html {
        if field == .birth { return "\(details.birth?.inWords ?? "")" }
        return lines(details[field] ?? "")
    }

    static func lines(_ text: String) -> Html {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        return "\(each: Array(lines.enumerated()), { line in "\(if: line.offset > 0, "<br>")\(line.element)" })"
    }

    /// - Parameter record: another of the person's records; nil for the one whose page it is.
    private static func sealed(_ address: String, _ record: ID<Person>?, _ visit: Visit) -> Html {
        visit.form(
            address,
            """
            \(some: record, { HiddenField(name: "record", value: $0.text).html })
            \(Input(
                name: "reason", id: record.map { "reason-\($0.text)" }, label: "Reason for looking at the sealed address",
                hint: "It is kept in the audit.", autocomplete: "off"))
            \(Button(text: "Show the sealed address", classes: "govuk-button--secondary"))
            """)
    }
}

/// A protected record that the visitor may open in an emergency.
enum ProtectedPage {
    static func page(_ protected: Protected, _ visit: Visit) throws -> Response {
        try glass(protected, visit).page(visit)
    }

    private static func glass(_ protected: Protected, _ visit: Visit) throws -> GlassPage {
        let address = PersonPlace.address(try visit.personID)
        return GlassPage(
            ID(try visit.personID), heldBy: protected.agency, at: address, action: "\(address)/open",
            above: PersonPlace.above)
    }

    static func open(_ visit: Visit) throws -> Response {
        // First whether it is there and protected for this visitor: a form sent to any other record tells nothing.
        do {
            _ = try visit.person()
            return visit.redirect(PersonPlace.address(try visit.personID))
        } catch let protected as Protected {
            return try glass(protected, visit).open(visit)
        }
    }
}
