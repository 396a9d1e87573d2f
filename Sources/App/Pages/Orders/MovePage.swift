internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Something that is done to an order: its questions, its limits, and both versions where someone else was first.
enum MovePage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.workingOrder()
        let move = try move(open, visit)
        return visit.page(try page(move, open, visit, sent: nil))
    }

    static func act(_ visit: Visit) throws -> Response {
        let open = try visit.workingOrder()
        let sent = visit.request.form
        guard let version = sent["version"].flatMap({ Int64($0) }) else {
            throw Refusal.badRequest("The form is not whole. Open the order again.")
        }
        guard let move = OrderMove(rawValue: try visit.text("move")) else { throw Refusal.notFound }
        let isOffered = OrderMove.offered(open, at: visit.now, visit.site.calendar).contains(move)
        guard isOffered || version != open.shown.version else { throw Refusal.notFound }
        let answers = MoveAnswers(move.fields(open, at: visit.now, visit.site.calendar), sent, now: visit.now)
        let typed = answers.errors
        guard typed.isEmpty else { return visit.page(try page(move, open, visit, sent: sent, errors: typed)) }
        let (law, occasion) = (visit.orders.law, try visit.occasion())
        let result = try visit.write { connection in
            try visit.orders.change(open.shown.id, version: version, on: occasion, in: connection) {
                (order) throws(OrderRefusal) in
                try move.act(&order, answers, by: occasion.actor.account, at: visit.now, law)
            }
        }
        switch result {
        case .success: return visit.redirect(open.address)
        case .failure(let refusal):
            let fields = move.fields(open, at: visit.now, visit.site.calendar)
            var place = fields.first?.name ?? "at"
            if case .order(let why) = refusal { place = move.field(why, open.type, among: fields) }
            let errors = try visit.errors(refusal, at: place)
            guard case .changedMeanwhile(let yours, let now) = refusal else {
                return visit.page(try page(move, open, visit, sent: sent, errors: errors))
            }
            let both = BothVersions.html(yours: yours, now: now, open, visit)
            return visit.page(try page(move, open, visit, sent: sent, errors: errors, above: both), status: .conflict)
        }
    }

    private static func move(_ open: OpenOrder, _ visit: Visit) throws -> OrderMove {
        guard let move = OrderMove(rawValue: try visit.text("move")),
            OrderMove.offered(open, at: visit.now, visit.site.calendar).contains(move)
        else { throw Refusal.notFound }
        return move
    }

    private static func page(
        _ move: OrderMove, _ open: OpenOrder, _ visit: Visit, sent: FormFields?, errors: [FormError] = [],
        above: Html = ""
    ) throws -> Page {
        let answers = MoveAnswers(move.fields(open, at: visit.now, visit.site.calendar), sent, now: visit.now)
        let isEnd = [.refuse, .withdraw, .discharge].contains(move)
        let content: Html = """
            \(HiddenField(name: "version", value: String(open.shown.version)))
            \(answers.html(errors))
            \(Button(text: .text(move.name(open)), preventsDoubleClick: true, classes: isEnd ? "govuk-button--warning" : ""))
            """
        return Page(
            move.name(open), in: .cases, above: OrderAddress.above(open), errors: errors, canBeLeftQuickly: true,
            """
            <p class="govuk-body">\(open.type.name), \(open.order.subjectName)</p>
            \(some: move.hint(open.type), { "<p class=\"govuk-body\">\($0)</p>" })
            \(if: move.unassessed(open.order, open.type, at: visit.now) != nil, unassessed(open))
            \(if: [.serve, .make, .extend].contains(move), OrderLimits.html(open, at: visit.now, visit.orders.law))
            \(above)
            \(visit.form("\(open.address)/do/\(move.rawValue)", content))
            """)
    }
}

extension MovePage {
    /// That an assessment is asked for before this step.
    private static func unassessed(_ open: OpenOrder) -> Html {
        let words: Html = """
            Equality and proportionality were not assessed yet. \
            <a class="govuk-link" href="\(href: "\(open.address)/proportionality")">Assess them first</a>, or say below \
            why it goes on without.
            """
        return InsetText(text: .html(words)).html
    }
}

/// An order that two people changed: how it is now, and what this visitor's change would have made of what they saw.
enum BothVersions {
    static func html(yours: Order?, now: ShownOrder, _ open: OpenOrder, _ visit: Visit) -> Html {
        let current = OpenOrder(
            shown: now, type: open.type, accounts: open.accounts, cases: open.cases, subject: open.subject)
        let mine: Html =
            yours.map { SummaryList(rows: OrderFacts.rows($0, current, visit)).html }
            ?? "<p class=\"govuk-body\">What you wrote stands in the form below.</p>"
        return """
            <h2 class="govuk-heading-m">As it is now</h2>
            \(SummaryList(rows: OrderFacts.rows(now.order, current, visit)))
            \(OrderTermsView.list(now.order.terms))
            <h2 class="govuk-heading-m">As you changed it</h2>
            <p class="govuk-body">Nothing of yours is lost and nothing of it is saved yet.</p>
            \(mine)
            \(some: yours, { OrderTermsView.list($0.terms) })
            """
    }
}
