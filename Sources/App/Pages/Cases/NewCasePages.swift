internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site
internal import Storage

/// Starting a case: what kind, who, and what is known in the first minute.
enum NewCasePages {
    static func types(_ visit: Visit) throws -> Response {
        let person = visit.request.query["person"].flatMap { ID<Person>($0) }.map { "?person=\($0.text)" } ?? ""
        return visit.page(
            Page(
                "Start a case", in: .cases,
                """
                <dl class="concord-choices">
                \(each: visit.cases.catalogue.types, { type in
                    """
                    <dt><a class="govuk-link govuk-!-font-weight-bold" href="\(href: "/cases/new/\(type.code)\(person)")">\(type.name)</a></dt>
                    <dd class="govuk-body">\(type.purpose)</dd>
                    """
                })
                </dl>
                """))
    }

    private static func type(_ visit: Visit) throws -> CaseType {
        guard let code = Code<CaseType>(try visit.text("type")), let type = visit.cases.catalogue.type(code) else {
            throw Refusal.notFound
        }
        return type
    }

    static func page(_ visit: Visit) throws -> Response {
        let type = try type(visit)
        if let place = type.workedOn { return visit.redirect("/\(place)/new") }
        return visit.page(try page(type, visit, forms: nil, matches: [:], errors: []))
    }

    static func open(_ visit: Visit) throws -> Response {
        let type = try type(visit)
        guard type.workedOn == nil else { throw Refusal.badRequest("Such a case is begun on its own page.") }
        let sent = visit.request.form
        let forms = type.forms.filter(\.opens).map { EntryForm($0, nil, visit, sent: sent) }
        var errors = forms.flatMap { form in
            form.problems.map { FormError(AnswerControls.id($0.field, form.form.code.text), $0.says) }
        }
        if (sent["heading"] ?? "").trimmed.isEmpty {
            errors.insert(FormError("heading", "Enter a few words by which you know the case"), at: 0)
        }
        var matches: [Code<PartyRole>: [PersonItem]] = [:]
        let occasion = try visit.occasion()
        if let team = sent["team"].flatMap({ Code<Team>($0) }), try !teams(visit).contains(team) {
            errors.append(FormError("team", "Choose a team of your agency"))
        }
        if try !visit.cases.worksOnOwn(occasion), try teams(visit).isEmpty {
            let why = "Your agency has no team that could take the case on. Ask your administrator to set one up"
            errors.append(FormError("heading", why))
        }
        guard errors.isEmpty else {
            return visit.page(try page(type, visit, forms: forms, matches: matches, errors: errors))
        }
        // A refusal is kept in the audit before anything is tried: what is undone takes its entries with it.
        try visit.require(.create, "case", forms.map { $0.form.highestClass(of: $0.entry().answers) }.max() ?? .p1)
        // The people, and the case, in one transaction: nobody is recorded for a case that was not opened.
        let made: Result<ID<CaseRecord>, CaseRefusal>?
        do {
            made = try visit.write { connection in
                errors = []
                matches = [:]
                var parties: [NewParty] = []
                for role in type.parties where role.opens {
                    switch try PartyPicker(role: role, sent: sent).choose(visit, on: occasion, in: connection) {
                    case .person(let id): parties.append(NewParty(role.code, id))
                    case .nothing: errors.append(FormError("party-\(role.code)", "Enter the name: \(role.name)"))
                    case .matches(let found):
                        matches[role.code] = found
                        errors.append(FormError("party-\(role.code)", "Look whether this person is recorded already"))
                    case .problems(let problems): errors += problems
                    }
                }
                guard errors.isEmpty else { throw Undone() }
                let new = NewCase(
                    type.code, heading: sent["heading"] ?? "", parties: parties, entries: forms.map { $0.entry() },
                    team: sent["team"].flatMap { Code($0) })
                let result = try visit.cases.open(new, on: occasion, in: connection)
                if case .failure = result { throw Undone(result) }
                return result
            }
        } catch let undone as Undone {
            made = undone.result
        }
        switch made {
        case .success(let id):
            guard try !visit.cases.worksOnOwn(occasion) else { return visit.redirect(CasePlace.address(id)) }
            let reference = try visit.read { try visit.cases.reference(of: id, in: $0) } ?? ""
            return visit.redirect("/cases/opened?reference=\(reference)")
        case .failure(.problems(let problems)):
            errors = problems.map { problem in
                let form = forms.first { $0.form.field(problem.field) != nil || problem.field == "happened-on" }
                let isPlain = ["heading", "team"].contains(problem.field) || problem.field.hasPrefix("party-")
                return FormError(
                    isPlain ? problem.field : AnswerControls.id(problem.field, form?.form.code.text ?? ""), problem.says
                )
            }
        case .failure(let refusal): errors = try visit.errors(refusal, at: "heading")
        case nil: break
        }
        return visit.page(try page(type, visit, forms: forms, matches: matches, errors: errors))
    }

    /// Ends the transaction in which people were recorded for a case that was not opened.
    private struct Undone: Error {
        let result: Result<ID<CaseRecord>, CaseRefusal>?
        init(_ result: Result<ID<CaseRecord>, CaseRefusal>? = nil) { self.result = result }
    }

    private static func page(
        _ type: CaseType, _ visit: Visit, forms: [EntryForm]?, matches: [Code<PartyRole>: [PersonItem]],
        errors: [FormError]
    ) throws -> Page {
        let sent = visit.request.form
        let agency = try visit.actor().agency
        let shown = forms ?? type.forms.filter(\.opens).map { EntryForm($0, nil, visit) }
        let teams = try teams(visit)
        let isOwn = try visit.cases.worksOnOwn(try visit.occasion())
        let team = Select(
            name: "team", label: isOwn ? "Team that works on it" : "Team that takes it on",
            items: [.init(value: "", text: isOwn ? "None" : "Choose")]
                + teams.map { .init(value: $0.text, text: visit.site.partnership.name(of: $0)) },
            value: sent["team"] ?? (isOwn ? teams.first?.text : nil) ?? "", errorMessage: errors.message("team"))
        let chosen = try chosen(visit)
        let content: Html = """
            \(Input(
                name: "heading", label: "What will you know it by?",
                hint: "A few words, such as the kind and the street. It is seen wherever the case is listed: no names.",
                errorMessage: errors.message("heading"), value: sent["heading"] ?? "", autocomplete: "off"))
            \(each: type.parties.filter(\.opens), { role in
                PartyPicker(role: role, sent: sent).html(matches[role.code] ?? [], chosen: chosen[role.code], errors)
            })
            \(each: shown, { form in
                "<h2 class=\"govuk-heading-m\">\(form.form.name)</h2>\(some: form.form.purpose, { "<p class=\"govuk-body\">\($0)</p>" })\(form.html(errors))"
            })
            \(if: !teams.isEmpty, team.html)
            \(Button(text: "Open the case", preventsDoubleClick: true))
            """
        return Page(
            type.name, in: .cases, above: [(title: "Start a case", address: "/cases/new")],
            errors: errors, canBeLeftQuickly: true,
            """
            <p class="govuk-body">\(type.purpose)</p>
            \(if: visit.cases.isChaired(type, of: agency), NewCasePages.sealed.html)
            \(if: type.isPersonalDuty && !isOwn, NewCasePages.personal.html)
            \(visit.form("/cases/new/\(type.code)", content))
            """)
    }

    private static let personal = InsetText(
        text:
            "The duty is personal: nobody can take it on for another. Whoever knows of it opens such a case themselves, or rings the police on 101."
    )

    private static let sealed = InsetText(
        text:
            "A case of this kind is sealed. You and the chair of its panel see it; the chair decides who else does. For everyone else it does not exist."
    )

    /// The teams to which the visitor may give a case: their own, or all of their agency where they hand it on.
    private static func teams(_ visit: Visit) throws -> [Code<Team>] {
        let actor = try visit.actor()
        guard try !visit.cases.worksOnOwn(try visit.occasion()) else { return actor.teams.sorted() }
        return visit.site.partnership.teams.filter { $0.agency == actor.agency }.map(\.code)
    }

    /// What whoever took the case in and does not work on it is told.
    static func opened(_ visit: Visit) throws -> Response {
        let reference = visit.request.query["reference"] ?? ""
        guard CaseRecord.isReference(reference) else { throw Refusal.notFound }
        return visit.page(
            Page(
                "The case is open", in: .cases, hasHeading: false,
                """
                \(ConfirmationPanel(
                    title: "The case is open",
                    content: .html("Its reference is<br><strong>\(reference)</strong>")))
                <p class="govuk-body">The team that you chose has it now. Give the reference to whoever told you.</p>
                <p class="govuk-body"><a class="govuk-link" href="/cases/new">Start another case</a></p>
                """))
    }

    /// A person from whose page the visitor came, for the first part that opens a case.
    private static func chosen(_ visit: Visit) throws -> [Code<PartyRole>: PersonItem] {
        guard let text = visit.request.query["person"], let id = ID<Person>(text), let type = try? type(visit),
            let role = type.parties.first(where: \.opens)
        else { return [:] }
        let occasion = try visit.occasion()
        let items = try visit.write { try visit.people.items([id], on: occasion, in: $0) }
        return items.first.map { [role.code: $0] } ?? [:]
    }
}
