internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site
internal import Storage

/// Recording an order: what kind, about whom or what, and what its rules say to it before anything is saved.
enum NewOrderPages {
    static func types(_ visit: Visit) throws -> Response {
        let today = visit.now.ukDate
        let kind = visit.site.partnership.agency(try visit.actor().agency)?.kind ?? ""
        let given = visit.request.query.fields.filter { ["person", "case"].contains($0.name) }
        let query = given.isEmpty ? "" : "?\(FormFields(given).encoded)"
        let groups = Dictionary(grouping: visit.orders.law.types.all, by: \.group).sorted { $0.key < $1.key }
        return visit.page(
            Page(
                "Record an order", in: .cases, above: OrderAddress.register,
                """
                \(each: groups, { group in
                    """
                    <h2 class="govuk-heading-m">\(group.key)</h2>
                    <dl class="concord-choices">
                    \(each: group.value, { type in
                        """
                        <dt><a class="govuk-link govuk-!-font-weight-bold" href="\(href: "/orders/new/\(type.code)\(query)")">\(type.name)</a></dt>
                        <dd class="govuk-body">\(type.purpose.map { "\($0)." } ?? "")\(about(type, kind, on: today))</dd>
                        """
                    })
                    </dl>
                    """
                })
                """))
    }

    /// Who applies for it where that is someone else, and whether it can be used today.
    private static func about(_ type: OrderType, _ kind: String, on day: LocalDate) -> Html {
        let others = type.makers.sorted().joined(separator: ", ")
        return """
            \(if: !type.makers.contains(kind), "<br><span class=\"govuk-hint\">Applied for by: \(others)</span>")\
            \(if: type.basis(on: day) == nil, "<br>\(StatusTag("Not to be used today", tone: .attention))")
            """
    }

    private static func type(_ visit: Visit) throws -> OrderType {
        guard let code = Code<OrderType>(try visit.text("type")), let type = visit.orders.law.types[code] else {
            throw Refusal.notFound
        }
        return type
    }

    static func page(_ visit: Visit) throws -> Response {
        visit.page(try page(NewOrderForm(type(visit), visit), visit, errors: []))
    }

    static func save(_ visit: Visit) throws -> Response {
        let form = NewOrderForm(try type(visit), visit)
        // A refusal is kept in the audit before anything is tried: what is undone takes its entries with it.
        try visit.require(.create, "order", form.depth)
        let typed = try form.errors(visit)
        guard typed.isEmpty else { return visit.page(try page(form, visit, errors: typed)) }
        let occasion = try visit.occasion()
        let linked = try form.linkedCase(visit)
        if let asked = try besideLive(form, visit) { return visit.page(asked) }
        var errors: [FormError] = []
        var matches: [PersonItem] = []
        var termMatches: [PersonItem] = []
        var made: ID<Order>?
        do {
            // The person, and the order, in one transaction: nobody is recorded for an order that was not.
            made = try visit.write { connection in
                (errors, matches, termMatches) = ([], [], [])
                var term: OrderTerm?
                if !form.term.isEmpty {
                    let read = try form.term.term(visit, on: occasion, in: connection)
                    (term, errors, termMatches) = (read.term, read.errors, read.matches)
                }
                switch try form.subject(visit, on: occasion, in: connection) {
                case .found(let subject):
                    guard errors.isEmpty else { throw Undone() }
                    let draft = form.draft(subject, linked: linked, term: term, agency: occasion.actor.agency)
                    if let refusal = draft.obstacle(on: visit.now.ukDate, visit.orders.law) {
                        errors.append(FormError(form.field(refusal), OrderWords.says(refusal)))
                        throw Undone()
                    }
                    let result = try visit.orders.create(
                        draft, after: form.earlier, team: form.team, on: occasion, in: connection)
                    switch result {
                    case .success(let id): return id
                    case .failure(let refusal):
                        errors += try visit.errors(refusal, at: form.first)
                        throw Undone()
                    }
                case .matches(let found):
                    matches = found
                    errors.append(FormError("subject", "Look whether this person is recorded already"))
                case .problems(let problems): errors += problems
                }
                throw Undone()
            }
        } catch is Undone {
            made = nil
        }
        if let made { return visit.redirect(OrderAddress.address(made)) }
        return visit.page(try page(form, visit, errors: errors, matches: matches, termMatches: termMatches))
    }

    /// Ends the transaction of an order that was not recorded.
    private struct Undone: Error {}

    /// The page that shows the live orders about the same subject, until someone says that they have looked; nil when
    /// there are none. What is shown of other orders is read in a transaction of its own, so that the audit keeps it.
    private static func besideLive(_ form: NewOrderForm, _ visit: Visit) throws -> Page? {
        guard let subject = form.knownSubject, visit.request.form["looked"] != "yes" else { return nil }
        let occasion = try visit.occasion()
        let found = try visit.write { connection in
            let term = form.term.isEmpty ? nil : try form.term.term(visit, on: occasion, in: connection).term
            return try visit.orders.overlap(
                [term].compactMap { $0 }, about: subject, except: nil, on: occasion, in: connection)
        }
        guard !found.beside.isEmpty else { return nil }
        let look = OrderTermsView.overlap(found.overlap, beside: found.beside, visit.orders.law.types)
        return try page(
            form, visit,
            errors: [FormError("looked", "Look at the orders that hold already, and say that you have")],
            look: """
                <h2 class="govuk-heading-m">Beside the orders that hold now</h2>
                \(look)
                \(Checkboxes(
                    name: "looked",
                    items: [.item(.init(value: "yes", text: "I have looked at these; this one is to be recorded beside them"))],
                    fieldset: nil, errorMessage: ErrorMessage(text: "Say that you have looked at them"),
                    classes: "govuk-checkboxes--small"))
                """)
    }

    private static func page(
        _ form: NewOrderForm, _ visit: Visit, errors: [FormError], matches: [PersonItem] = [],
        termMatches: [PersonItem] = [], look: Html = ""
    ) throws -> Page {
        let type = form.type
        let looked: Html = visit.request.form["looked"] == "yes" ? HiddenField(name: "looked", value: "yes").html : ""
        let content: Html = """
            \(look)
            \(looked)
            \(try form.html(visit, errors, matches: matches, termMatches: termMatches))
            \(Button(text: "Record the draft", preventsDoubleClick: true))
            """
        let isUsable = type.basis(on: visit.now.ukDate) != nil
        return Page(
            type.name, in: .cases,
            above: OrderAddress.register + [(title: "Record an order", address: "/orders/new")], errors: errors,
            canBeLeftQuickly: true,
            """
            \(some: type.purpose, { "<p class=\"govuk-body\">\($0).</p>" })
            \(if: !isUsable, InsetText(text: "It cannot be used today. Record one only when it was issued while it could be.").html)
            \(OrderLimits.html(type, isUnder18: nil, on: visit.now.ukDate, visit.orders.law))
            \(visit.form("/orders/new/\(type.code)", content))
            """)
    }
}
