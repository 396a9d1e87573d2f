internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site
internal import Storage

/// Who is in a case, and in which part.
enum CasePeoplePage {
    static func page(_ visit: Visit) throws -> Response { try page(visit, matches: [], errors: []) }

    private static func page(_ visit: Visit, matches: [PersonItem], errors: [FormError]) throws -> Response {
        let open = try visit.openCase()
        let view = open.view
        let rows = view.parties.map { party -> [Content] in
            let role = view.type.party(party.role)?.name ?? party.role.text
            let until = party.until.map { "Ended \($0.ukDate.inWords): \(party.reason ?? "")" } ?? ""
            return [
                .html(CasePage.name(party, open)), .text(role), .text("Since \(party.since.ukDate.inWords). \(until)"),
                .html(party.until == nil && view.rights.mayWrite ? end(party, open) : ""),
            ]
        }
        let table = SortableTable(
            id: "parties", caption: "People in the case", captionClasses: "govuk-visually-hidden",
            columns: ["Who", "Part", "Since", "What you can do"].map { .init(.text($0)) }, rows: rows,
            emptyText: "Nobody whom you may see.", address: { _, _ in "\(open.address)/people" })
        return visit.page(
            Page(
                "People", in: .cases, above: CasePlace.above(open), errors: errors, canBeLeftQuickly: true,
                isWide: true,
                """
                \(CasePlace.navigation(open, on: "/people"))
                \(table)
                \(try OtherCases.section(open, visit))
                \(if: view.rights.mayWrite && (view.record.closedAt == nil || !errors.isEmpty), add(open, visit, matches, errors))
                """))
    }

    private static func end(_ party: CaseParty, _ open: OpenCase) -> Html {
        """
        <a class="govuk-link" href="\(href: "\(open.address)/people/\(party.id)/end")">End this part\
        <span class="govuk-visually-hidden"> of \(open.name(party.person))</span></a>
        """
    }

    private static func add(
        _ open: OpenCase, _ visit: Visit, _ matches: [PersonItem], _ errors: [FormError]
    ) -> Html {
        let sent = visit.request.form
        let role = open.view.type.parties.first { $0.code.text == sent["role"] } ?? open.view.type.parties[0]
        let parts = Select(
            name: "role", label: "What part do they take?",
            items: open.view.type.parties.map { .init(value: $0.code.text, text: $0.name) },
            value: sent["role"] ?? "", errorMessage: errors.message("role"))
        let content: Html = """
            \(parts)
            \(PartyPicker(role: PartyRole.anyone(like: role), sent: sent).html(matches, chosen: nil, errors))
            \(Button(text: "Add to the case", preventsDoubleClick: true))
            """
        return """
            <h2 class="govuk-heading-m">Add someone</h2>
            \(visit.form("\(open.address)/people", content))
            """
    }

    /// Ends the transaction in which someone was recorded for a case that did not take them.
    private struct Undone: Error {
        let refusal: CaseRefusal
    }

    static func add(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        let sent = visit.request.form
        guard let role = open.view.type.parties.first(where: { $0.code.text == sent["role"] }) else {
            return try page(visit, matches: [], errors: [FormError("role", "Choose the part they take")])
        }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        var matches: [PersonItem] = []
        var errors: [FormError] = []
        var done: Result<Void, CaseRefusal>?
        do {
            done = try visit.write { connection -> Result<Void, CaseRefusal>? in
                (matches, errors) = ([], [])
                let picker = PartyPicker(role: PartyRole.anyone(like: role), sent: sent)
                switch try picker.choose(visit, on: occasion, in: connection) {
                case .person(let person):
                    // Orders that belong to the case are hidden from whoever the case is hidden from now.
                    let added = try visit.followConflicts(with: id, on: occasion, in: connection) {
                        try visit.cases.addParty(person, as: role.code, to: id, on: occasion, in: connection)
                    }
                    // Whoever was written down anew for the case goes with it; of who was there, the refusal is kept.
                    if case .failure(let refusal) = added, picker.chosen == nil { throw Undone(refusal: refusal) }
                    return added
                case .nothing: errors = [FormError("party-someone", "Enter a name")]
                case .matches(let found):
                    matches = found
                    errors = [FormError("party-someone", "Look whether this person is recorded already")]
                case .problems(let problems): errors = problems
                }
                return nil
            }
        } catch let undone as Undone {
            done = .failure(undone.refusal)
        }
        switch done {
        case .success: return visit.redirect("\(open.address)/people")
        case .failure(let refusal): return try page(visit, matches: matches, errors: visit.errors(refusal, at: "role"))
        case nil: return try page(visit, matches: matches, errors: errors)
        }
    }

    static func endPage(_ visit: Visit) throws -> Response { try endPage(visit, errors: []) }

    private static func endPage(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.workingCase()
        let party = try party(open, visit)
        let content: Html = """
            \(Textarea(
                name: "reason", label: "Why does it end?", errorMessage: errors.message("reason"), rows: 3,
                checksSpelling: true))
            \(Button(text: "End this part", preventsDoubleClick: true))
            """
        return visit.page(
            Page(
                "End a part in the case", in: .cases, above: CasePlace.above(open), errors: errors,
                canBeLeftQuickly: true,
                """
                <p class="govuk-body">\(open.name(party.person)), \(open.view.type.party(party.role)?.name ?? ""). What \
                was written stays.</p>
                \(visit.form("\(open.address)/people/\(party.id)/end", content))
                """))
    }

    static func end(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        let party = try party(open, visit)
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write {
            try visit.cases.endParty(party.id, in: id, reason: visit.reason ?? "", on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("\(open.address)/people")
        case .failure(let refusal): return try endPage(visit, errors: visit.errors(refusal, at: "reason"))
        }
    }

    private static func party(_ open: OpenCase, _ visit: Visit) throws -> CaseParty {
        let id: ID<CaseParty> = try visit.id("party")
        guard let party = open.current.first(where: { $0.id == id }) else { throw Refusal.notFound }
        return party
    }
}

extension PartyRole {
    /// A part under the one name that the form for adding someone has, with the side of the part that was chosen.
    fileprivate static func anyone(like role: PartyRole) -> PartyRole {
        PartyRole(code: Code("someone") ?? role.code, name: "Who is it?", side: role.side)
    }
}
