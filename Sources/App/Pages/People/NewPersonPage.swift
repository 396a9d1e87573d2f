internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Recording someone new.
enum NewPersonPage {
    static func page(_ visit: Visit) throws -> Response { try page(visit, name: "") }

    /// The form with the name that was searched for before.
    private static func page(_ visit: Visit, name: String) throws -> Response {
        var details = PersonDetails()
        let words = name.split(whereSeparator: \.isWhitespace).map(String.init)
        details[.familyName] = words.count > 1 ? words.last : nil
        details[.givenName] = (words.count > 1 ? words.dropLast() : words[...]).joined(separator: " ")
        return visit.page(try form(PersonForm(details, fields: try fields(visit)), visit))
    }

    static func create(_ visit: Visit) throws -> Response {
        let sent = visit.request.form
        // From the search, which found nobody: the form is still to be filled in.
        if let name = sent["name"] { return try page(visit, name: String(name.prefix(200))) }
        var form = PersonForm(sent: sent, fields: try fields(visit))
        let details = form.details()
        guard form.errors.isEmpty else { return visit.page(try self.form(form, visit)) }
        let recordClass = sent["class"].flatMap(RecordClass.init) ?? .normal
        guard recordClass != .sealed else {
            throw Refusal.badRequest("A record is sealed after it was made, by a panel’s chair.")
        }
        let new = NewPerson(
            details, side: sent["side"].flatMap(SubjectSide.init), team: sent["team"].flatMap { Code($0) },
            secrecy: sent["secrecy"] == AddressSecrecy.safety.rawValue ? .safety : .ordinary, recordClass: recordClass)
        let occasion = try visit.occasion()
        let made = try visit.write {
            try visit.people.create(new, isChecked: sent["checked"] == "yes", on: occasion, in: $0)
        }
        switch made {
        case .success(let id): return visit.redirect(PersonPlace.address(id))
        case .failure(.possibleMatches(let items)): return visit.page(try self.form(form, visit, matches: items))
        case .failure(.problems(let problems)): form.add(problems)
        case .failure(.register(let refusal)): form.add(refusal)
        case .failure(.changedMeanwhile): throw Refusal.notFound
        }
        return visit.page(try self.form(form, visit))
    }

    /// The fields that the visitor may write down: whoever may not record how to reach someone is not asked.
    private static func fields(_ visit: Visit) throws -> [PersonField] {
        let actor = try visit.actor()
        guard let kind = Code<RecordKind>("person") else { throw Refusal.notFound }
        var facts = RecordFacts(kind: kind, agency: actor.agency)
        facts.side = actor.side
        return try PersonField.allCases.filter {
            try visit.decision(.create, facts, $0.fieldClass(side: actor.side, secrecy: .ordinary)).isPermitted
        }
    }

    private static func form(_ form: PersonForm, _ visit: Visit, matches: [PersonItem] = []) throws -> Page {
        var errors = form.errors
        if !matches.isEmpty { errors.append(FormError("checked", "Look whether this person is recorded already")) }
        let checked: Html =
            matches.isEmpty
            ? ""
            : """
            <h2 class="govuk-heading-m">Is it one of these?</h2>
            <ul class="govuk-list govuk-list--bullet">
            \(each: matches, { match in
                "<li><a class=\"govuk-link\" href=\"\(href: PersonPlace.address(match.id))\">\(match.name ?? "")</a>, born \(match.birth?.inWords ?? "at a time not known")</li>"
            })
            </ul>
            \(Checkboxes(
                name: "checked",
                items: [.item(.init(value: "yes", text: "I have looked: it is none of these", id: "checked"))], fieldset: nil,
                errorMessage: errors.message("checked")))
            """
        let content: Html = """
            \(checked)
            \(form.controls)
            \(try guards(form, visit))
            \(Button(text: "Add the person", preventsDoubleClick: true))
            """
        return Page(
            "Add a person", in: .cases, above: PersonPlace.above, errors: errors, canBeLeftQuickly: true,
            """
            <p class="govuk-body">Your agency holds the record, and you own it.</p>
            \(visit.form("/people/new", content))
            """)
    }

    private static func guards(_ form: PersonForm, _ visit: Visit) throws -> Html {
        let sent = visit.request.form
        let teams = try visit.actor().teams.sorted()
        let side = Radios(
            name: "side",
            items: SubjectSide.allCases.map { .item(.init(value: $0.rawValue, text: .text($0.ofPerson))) }
                + [.item(.init(value: "", text: "Neither, or not known yet"))], value: sent["side"] ?? "",
            fieldset: Fieldset(legend: .init(text: "Who is the person in this?", classes: "govuk-fieldset__legend--s")),
            hint: "It decides who sees how to reach them. Who works with people who harm never sees a victim’s.")
        let classes: [RecordClass] = [.normal, .protected, .restricted]
        let record = Radios(
            name: "class",
            items: classes.map {
                .item(.init(value: $0.rawValue, text: .text($0.words), hint: Hint(text: .text($0.meaning))))
            },
            value: sent["class"] ?? RecordClass.normal.rawValue,
            fieldset: Fieldset(legend: .init(text: "How is the record guarded?", classes: "govuk-fieldset__legend--s")))
        let team = Select(
            name: "team", label: "Team that works with them",
            items: [.init(value: "", text: "None")]
                + teams.map { .init(value: $0.text, text: visit.site.partnership.name(of: $0)) },
            value: sent["team"] ?? teams.first?.text ?? "")
        let secrecy = Checkboxes(
            name: "secrecy",
            items: [.item(.init(value: AddressSecrecy.safety.rawValue, text: .text(AddressSecrecy.safety.words)))],
            values: [sent["secrecy"] ?? ""],
            fieldset: Fieldset(legend: .init(text: "The address", classes: "govuk-fieldset__legend--s")))
        return "\(if: form.fields.contains(.address), secrecy.html)\(side)\(if: !teams.isEmpty, team.html)\(record)"
    }
}
