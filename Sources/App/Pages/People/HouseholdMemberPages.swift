internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// Adding someone to a household, and saying how and when a member lived there.
enum HouseholdMemberPages {
    static func page(_ visit: Visit) throws -> Response { try page(visit, []) }

    static func save(_ visit: Visit) throws -> Response {
        let person = try visit.changeablePerson(.phone)
        let sent = visit.request.form
        guard sent["role-shown"] != nil else { return try page(visit, []) }
        let (from, until) = (DayControl("from", sent), DayControl("until", sent))
        var errors = PartForm.dayProblems([("from", from), ("until", until)])
        let other = sent["other"].flatMap { ID<Person>($0) }
        let role = sent["role"].flatMap(HouseholdRole.init)
        if other == nil { errors.append(FormError("other", "Choose who it is")) }
        if role == nil { errors.append(FormError("role", "Choose what the person is in the household")) }
        guard let other, let role, errors.isEmpty else { return try page(visit, errors) }
        let household: ID<Household> = try visit.id("household")
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.people.setMember(
                HouseholdMember(other, role, from: from.date, until: until.date), of: household, with: person.id,
                seen: SeenMember.sent(sent, of: other), on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("\(PersonPlace.address(person.id))/household")
        case .failure(.changedMeanwhile):
            return try page(visit, [FormError("role", "This was recorded otherwise meanwhile: compare and save again")])
        case .failure(let refusal): return try page(visit, try PartForm.errors(refusal, first: "role"))
        }
    }

    static func takeBack(_ visit: Visit) throws -> Response {
        let person = try visit.changeablePerson(.phone)
        guard let member = visit.request.form["member"].flatMap({ ID<Person>($0) }) else { throw Refusal.notFound }
        let household: ID<Household> = try visit.id("household")
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.people.takeBack(member, from: household, with: person.id, on: occasion, in: $0)
        }
        switch result {
        // Who changed it meanwhile meant it: the page shows how it is now.
        case .success, .failure(.changedMeanwhile), .failure(.problems):
            return visit.redirect("\(PersonPlace.address(person.id))/household")
        case .failure(.register(.absent)): throw Refusal.notFound
        case .failure(.register(.denied(let reason))): throw visit.ended(reason)
        case .failure(.register): throw visit.ended(.noPermission)
        }
    }

    private static func page(_ visit: Visit, _ errors: [FormError]) throws -> Response {
        let person = try visit.changeablePerson(.phone)
        let household: ID<Household> = try visit.id("household")
        let (households, names) = try HouseholdPages.found(visit, person)
        guard let known = households.first(where: { $0.id == household }) else { throw Refusal.notFound }
        let sent = visit.request.form
        let base = "\(PersonPlace.address(person.id))/household"
        let action = "\(base)/\(household.text)"
        let chosen = (sent["other"] ?? visit.request.query["member"]).flatMap { ID<Person>($0) }
        let isSent = sent["role-shown"] != nil
        let content: Html
        if let member = known.members.first(where: { $0.person == chosen }) {
            let seen = isSent ? SeenMember.sent(sent, of: member.person) : member
            let fields = fields(isSent ? sent : nil, member, errors)
            content = """
                <h2 class="govuk-heading-m">\(names[member.person] ?? "Someone")</h2>
                \(if: seen != member, both(member))
                \(visit.form(action, "\(HiddenField(name: "other", value: member.person.text))\(SeenMember.html(member))\(fields)"))
                """
        } else {
            let picker = try PersonPicker(visit, but: person.id)
            let form = visit.form(
                action, "\(picker.choice(errors))\(warning)\(fields(isSent ? sent : nil, nil, errors))")
            content = "\(picker.search(action, visit, errors))\(if: picker.hasFound, form)"
        }
        return visit.page(
            Page(
                "Who lives there", in: .cases,
                above: PersonPlace.above(person.id) + [(title: "Household", address: base)], errors: errors,
                canBeLeftQuickly: true, content))
    }

    private static let warning = InsetText(
        text: """
            Whoever may not see where this person lives no longer sees the address of the household while they live there. \
            That may be you and your colleagues. If you add someone by mistake, you can take it back on the same day.
            """
    ).html

    private static func fields(_ sent: FormFields?, _ member: HouseholdMember?, _ errors: [FormError]) -> Html {
        """
        \(HiddenField(name: "role-shown", value: "yes"))
        \(PartForm.radios("role", "What is the person in the household?",
            HouseholdRole.allCases.map { ($0.rawValue, $0.words, nil) },
            value: sent == nil ? member?.role.rawValue : sent?["role"], errors))
        \(DayControl("from", sent, initial: member?.from?.description ?? "")
            .html("From when?", hint: "Leave it empty if it is not known", errors.message("from")))
        \(DayControl("until", sent, initial: member?.until?.description ?? "")
            .html("Until when?", hint: "Leave it empty while they live there", errors.message("until")))
        \(Button(text: "Save", preventsDoubleClick: true))
        """
    }

    /// What someone else recorded in between; the form keeps what was typed.
    private static func both(_ now: HouseholdMember) -> Html {
        let days = [now.from.map { "from \($0.inWords)" }, now.until.map { "until \($0.inWords)" }].compactMap { $0 }
        let words = ([now.role.words] + days).joined(separator: ", ")
        return InsetText(
            text: .text(
                "It is recorded now: \(words). Nothing of yours is saved yet. Correct the form if need be, and save again."
            )
        ).html
    }
}

/// What a form carries of a member as its editor saw them, so that nobody overwrites what they did not see.
private enum SeenMember {
    static func html(_ member: HouseholdMember) -> Html {
        """
        \(HiddenField(name: "was-role", value: member.role.rawValue))
        \(HiddenField(name: "was-from", value: member.from?.description ?? ""))
        \(HiddenField(name: "was-until", value: member.until?.description ?? ""))
        """
    }

    static func sent(_ sent: FormFields, of person: ID<Person>) -> HouseholdMember? {
        guard let role = sent["was-role"].flatMap(HouseholdRole.init) else { return nil }
        return HouseholdMember(
            person, role, from: sent["was-from"].flatMap { LocalDate($0) },
            until: sent["was-until"].flatMap { LocalDate($0) })
    }
}
