internal import CaseReview
internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site
internal import Storage

/// Taking an application: by the victim, or for a victim who agrees. People are searched for before they are recorded.
enum ApplyPage {
    static func page(_ visit: Visit) throws -> Response {
        visit.page(try page(visit, try form(visit, sent: nil), matches: [:], errors: []))
    }

    static func apply(_ visit: Visit) throws -> Response {
        let sent = visit.request.form
        guard let type = visit.reviews.type?.code else { throw Refusal.notFound }
        let form = try form(visit, sent: sent)
        let (entry, problems) = form.entry()
        var errors = problems
        if (sent["heading"] ?? "").trimmed.isEmpty {
            errors.insert(FormError("heading", "Enter a few words by which you know the review"), at: 0)
        }
        guard errors.isEmpty else { return visit.page(try page(visit, form, matches: [:], errors: errors)) }
        // A refusal is kept in the audit before anything is tried: what is undone takes its entries with it.
        try visit.require(.create, "case", form.form.highestClass(of: entry.answers))
        let occasion = try visit.occasion()
        var matches: [String: [PersonItem]] = [:]
        let made: Result<ID<CaseRecord>, CaseRefusal>?
        do {
            made = try visit.write { connection in
                (errors, matches) = ([], [:])
                var parties: [NewParty] = []
                for picker in pickers(sent) {
                    switch try picker.choose(visit, on: occasion, in: connection) {
                    case .person(let id): parties.append(NewParty(picker.role.code, id))
                    case .nothing: errors.append(FormError(picker.prefix, "Enter the name: \(picker.role.name)"))
                    case .matches(let found):
                        matches[picker.role.code.text] = found
                        errors.append(FormError(picker.prefix, "Look whether this person is recorded already"))
                    case .problems(let problems): errors += problems
                    }
                }
                guard errors.isEmpty else { throw Undone() }
                let new = NewCase(
                    type, heading: sent["heading"] ?? "", parties: parties, entries: [entry],
                    team: occasion.actor.teams.min())
                let result = try visit.site.cases.open(new, on: occasion, in: connection)
                if case .failure = result { throw Undone(result) }
                return result
            }
        } catch let undone as Undone {
            made = undone.result
        }
        switch made {
        case .success(let id): return visit.redirect(ReviewPlace.address(id))
        case .failure(let refusal): errors = try visit.errors(refusal, prefix: form.prefix, at: "heading")
        case nil: break
        }
        return visit.page(try page(visit, form, matches: matches, errors: errors))
    }

    /// Ends the transaction in which people were recorded for a review that was not opened.
    private struct Undone: Error {
        let result: Result<ID<CaseRecord>, CaseRefusal>?
        init(_ result: Result<ID<CaseRecord>, CaseRefusal>? = nil) { self.result = result }
    }

    private static func form(_ visit: Visit, sent: FormFields?) throws -> ReviewForm {
        guard let form = visit.reviews.type?.forms.first(where: \.opens) else { throw Refusal.notFound }
        return ReviewForm(form: form, open: nil, visit: visit, sent: sent)
    }

    /// Whom the form names: the victim, and whoever applies for them.
    private static func pickers(_ sent: FormFields) -> [PersonPicker] {
        let isForOther = sent["application-by"] == "other"
        return PersonPicker.roles.filter { $0.code.text == "victim" || isForOther }.map {
            PersonPicker(role: $0, sent: sent)
        }
    }

    private static func page(
        _ visit: Visit, _ form: ReviewForm, matches: [String: [PersonItem]], errors: [FormError]
    ) throws -> Page {
        let sent = visit.request.form
        func pickers(of role: String) -> [PersonPicker] {
            PersonPicker.roles.filter { $0.code.text == role }.map { PersonPicker(role: $0, sent: sent) }
        }
        let content: Html = """
            \(Input(
                name: "heading", label: "What will you know it by?",
                hint: "A few words, such as the kind and the street. It is seen wherever the review is listed: no names.",
                errorMessage: errors.message("heading"), value: sent["heading"] ?? "", autocomplete: "off"))
            \(each: pickers(of: "victim"), { $0.html(matches["victim"] ?? [], errors) })
            \(form.html(errors))
            \(each: pickers(of: "applicant"), { $0.html(matches["applicant"] ?? [], errors) })
            \(Button(text: "Take the application", preventsDoubleClick: true))
            """
        return Page(
            "Take an application", in: .cases, above: [(title: "Case reviews", address: "/case-reviews")],
            errors: errors, canBeLeftQuickly: true,
            """
            <p class="govuk-body">Anyone may apply for a victim who agrees. Without the victim’s agreement the application \
            is kept and waits: it is not turned away.</p>
            \(visit.form("/case-reviews/new", content))
            """)
    }
}

/// Finding a person for a part in a review, or recording them: the search comes first, so that nobody is recorded twice.
struct PersonPicker {
    /// A part that a person takes.
    struct Role {
        let code: Code<PartyRole>
        let name: String
        let hint: String?
    }

    /// What came of it.
    enum Choice {
        /// This person, found or recorded.
        case person(ID<Person>)
        /// These may be the same: someone must look.
        case matches([PersonItem])
        /// Nothing was entered.
        case nothing
        /// What was entered cannot be kept.
        case problems([FormError])
    }

    /// The parts that an application names.
    static let roles: [Role] = [
        ("victim", "Victim", nil),
        ("applicant", "Who applies, if it is someone else", "Leave it empty when the victim applies."),
    ].compactMap { code, name, hint in Code(code).map { Role(code: $0, name: name, hint: hint) } }

    let role: Role
    let sent: FormFields
    var prefix: String { "party-\(role.code)" }

    /// The person chosen, recorded when they are new.
    func choose(_ visit: Visit, on occasion: Occasion, in connection: Connection) throws -> Choice {
        let chosen = sent[prefix] ?? ""
        if let id = ID<Person>(chosen) { return .person(id) }
        var details = PersonDetails()
        details[.givenName] = sent["\(prefix)-given"]
        details[.familyName] = sent["\(prefix)-family"]
        let year = (sent["\(prefix)-year"] ?? "").trimmed
        if details.name.isEmpty && year.isEmpty { return .nothing }
        if !year.isEmpty {
            guard year.utf8.count == 4, let number = Int(year) else {
                return .problems([
                    FormError("\(prefix)-year", "Enter the year of birth with four figures, or leave it empty")
                ])
            }
            details.birth = .year(number)
        }
        let new = NewPerson(details, side: .victim)
        switch try visit.people.create(new, isChecked: chosen == "new", on: occasion, in: connection) {
        case .success(let id): return .person(id)
        case .failure(.possibleMatches(let items)): return .matches(items)
        case .failure(.problems(let problems)):
            return .problems(
                problems.map { problem in
                    problem == .birth
                        ? FormError("\(prefix)-year", "Enter a year of birth that is not in the future")
                        : FormError(prefix, "Enter a name")
                })
        case .failure(.register(.denied(let reason))): throw visit.ended(reason)
        case .failure: throw Refusal.notFound
        }
    }

    /// The controls, with the people who may be the same.
    func html(_ matches: [PersonItem], _ errors: [FormError]) -> Html {
        let choice = Radios(
            name: prefix,
            items: matches.map { match in
                let born = match.birth.map { Hint(text: .text("Born \($0.inWords)")) }
                return .item(.init(value: match.id.text, text: .text(match.name ?? ""), hint: born))
            } + [.item(.init(value: "new", text: "None of these: record them anew"))],
            value: sent[prefix],
            fieldset: Fieldset(legend: .init(text: "Is it one of these?", classes: "govuk-fieldset__legend--s")),
            errorMessage: errors.message(prefix), classes: "govuk-radios--small")
        let isFirst = matches.isEmpty
        return """
            <fieldset class="govuk-fieldset">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">\(role.name)</legend>
            \(some: role.hint, { "<p class=\"govuk-hint\">\($0)</p>" })
            \(if: !isFirst, choice.html)
            \(Input(
                name: "\(prefix)-given", id: isFirst ? prefix : "\(prefix)-given", label: "Given name",
                errorMessage: isFirst ? errors.message(prefix) : nil, value: sent["\(prefix)-given"] ?? "",
                autocomplete: "off", checksSpelling: false))
            \(Input(
                name: "\(prefix)-family", label: "Family name", value: sent["\(prefix)-family"] ?? "",
                autocomplete: "off", checksSpelling: false))
            \(Input(
                name: "\(prefix)-year", label: "Year of birth (optional)",
                errorMessage: errors.message("\(prefix)-year"), value: sent["\(prefix)-year"] ?? "",
                inputMode: "numeric", autocomplete: "off", classes: "govuk-input--width-4"))
            </fieldset>
            """
    }
}
