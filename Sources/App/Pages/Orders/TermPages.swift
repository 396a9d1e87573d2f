internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import People
internal import Site

/// The terms of an order: written freely before it holds, varied afterwards.
enum TermPages {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.openOrder()
        return visit.page(try list(open, visit, errors: [], sent: FormFields()))
    }

    static func add(_ visit: Visit) throws -> Response {
        let open = try visit.workingOrder()
        guard mayChange(open, at: visit.now) else { throw Refusal.notFound }
        return try change(open, at: nil, visit)
    }

    /// One term, to change it or to take it away.
    static func termPage(_ visit: Visit) throws -> Response {
        let open = try visit.workingOrder()
        let index = try index(open, visit)
        return visit.page(try one(open, index, visit, errors: [], sent: TermPages.fields(open.order.terms[index])))
    }

    static func save(_ visit: Visit) throws -> Response {
        let open = try visit.workingOrder()
        guard mayChange(open, at: visit.now) else { throw Refusal.notFound }
        return try change(open, at: index(open, visit), visit)
    }

    private static func index(_ open: OpenOrder, _ visit: Visit) throws -> Int {
        guard let number = Int(try visit.text("term")), open.order.terms.indices.contains(number - 1),
            mayChange(open, at: visit.now)
        else { throw Refusal.notFound }
        return number - 1
    }

    /// Whether the terms can be written or varied now.
    private static func mayChange(_ open: OpenOrder, at now: Instant) -> Bool {
        open.mayWork && (open.order.hasOpenTerms(open.type) || varies(open, at: now))
    }

    private static func varies(_ open: OpenOrder, at now: Instant) -> Bool {
        !open.order.hasOpenTerms(open.type) && open.order.nextSteps(at: now, open.type).contains(.varied)
    }

    // MARK: - Changing

    /// Adds a term, or changes or takes away the one at `index`.
    private static func change(_ open: OpenOrder, at index: Int?, _ visit: Visit) throws -> Response {
        let sent = visit.request.form
        guard let version = sent["version"].flatMap({ Int64($0) }) else {
            throw Refusal.badRequest("The form is not whole. Open the order again.")
        }
        let isRemoved = index != nil && sent["act"] == "remove"
        let (form, occasion) = (TermForm(type: open.type, sent: sent), try visit.occasion())
        var errors: [FormError] = []
        var matches: [PersonItem] = []
        var term: OrderTerm?
        if !isRemoved {
            let read = try visit.write { try form.term(visit, on: occasion, in: $0) }
            (term, errors, matches) = (read.term, read.errors, read.matches)
        }
        let when = MomentControl("at", .begins, sent)
        let isVaried = varies(open, at: visit.now)
        let at = isVaried ? when.moment(now: visit.now) : visit.now
        if at.map({ $0 > visit.now }) ?? true {
            errors.append(FormError("at", "Enter when it was varied: a real day that is not in the future"))
        }
        guard errors.isEmpty, let at else {
            return visit.page(try shown(open, index, visit, errors: errors, sent: sent, matches: matches))
        }
        let changed = TermPages.changed(open.order.terms, at: index, to: term)
        // Whoever takes a term away makes nothing worse: what stays was looked at when it was written.
        if !isRemoved, let look = try contradictions(changed, open, visit) {
            let errors = [FormError("looked", "Look at what cannot be kept together, and say that you have")]
            return visit.page(try shown(open, index, visit, errors: errors, sent: sent, look: look))
        }
        let law = visit.orders.law
        let result = try visit.write { connection in
            try visit.orders.change(open.shown.id, version: version, on: occasion, in: connection) {
                (order) throws(OrderRefusal) in
                let terms = TermPages.changed(order.terms, at: index, to: term)
                if isVaried {
                    try order.vary(terms: terms, at: at, law)
                } else {
                    try order.write(terms: terms, law)
                }
            }
        }
        switch result {
        case .success: return visit.redirect("\(open.address)/terms")
        case .failure(let refusal):
            let errors = try visit.errors(refusal, at: "term-text")
            var above: Html = ""
            if case .changedMeanwhile(let yours, let now) = refusal {
                above = BothVersions.html(yours: yours, now: now, open, visit)
            }
            return visit.page(try shown(open, index, visit, errors: errors, sent: sent, look: above), status: .conflict)
        }
    }

    private static func changed(_ terms: [OrderTerm], at index: Int?, to term: OrderTerm?) -> [OrderTerm] {
        guard let index, terms.indices.contains(index) else { return terms + [term].compactMap { $0 } }
        var terms = terms
        if let term { terms[index] = term } else { terms.remove(at: index) }
        return terms
    }

    /// What cannot be kept beside other orders, until someone says that they have looked. Those orders are read in a
    /// transaction of their own, so that the audit keeps it.
    private static func contradictions(_ terms: [OrderTerm], _ open: OpenOrder, _ visit: Visit) throws -> Html? {
        guard visit.request.form["looked"] != "yes" else { return nil }
        let occasion = try visit.occasion()
        let found = try visit.write {
            try visit.orders.overlap(
                terms, about: open.order.subject, except: open.shown.id, on: occasion, in: $0)
        }
        guard !found.overlap.contradictions.isEmpty else { return nil }
        return """
            \(OrderTermsView.overlap(found.overlap, beside: found.beside, visit.orders.law.types))
            """
    }

    // MARK: - Pages

    private static func shown(
        _ open: OpenOrder, _ index: Int?, _ visit: Visit, errors: [FormError], sent: FormFields,
        matches: [PersonItem] = [], look: Html = ""
    ) throws -> Page {
        guard let index else { return try list(open, visit, errors: errors, sent: sent, matches: matches, look: look) }
        return try one(open, index, visit, errors: errors, sent: sent, matches: matches, look: look)
    }

    private static func list(
        _ open: OpenOrder, _ visit: Visit, errors: [FormError], sent: FormFields, matches: [PersonItem] = [],
        look: Html = ""
    ) throws -> Page {
        let may = mayChange(open, at: visit.now)
        let items: Html = """
            \(each: Array(open.order.terms.enumerated()), { index, term in
                "<li>\(OrderTermsView.line(term))\(if: may, " <a class=\"govuk-link\" href=\"\(href: "\(open.address)/terms/\(index + 1)")\">Change<span class=\"govuk-visually-hidden\"> term \(index + 1)</span></a>")</li>"
            })
            """
        let button = varies(open, at: visit.now) ? "Vary the order: add the term" : "Add the term"
        return Page(
            "Terms", in: .cases, above: OrderAddress.above(open), errors: errors, canBeLeftQuickly: true,
            """
            \(OrderAddress.navigation(open, on: "/terms"))
            <p class="govuk-body">\(open.type.name), \(open.order.subjectName)</p>
            \(if: open.order.terms.isEmpty, "<p class=\"govuk-body\">No terms are written down.</p>")
            \(if: !open.order.terms.isEmpty, "<ol class=\"govuk-list govuk-list--number govuk-list--spaced\">\(items)</ol>")
            \(if: may, """
                <h2 class="govuk-heading-m">Add a term</h2>
                \(visit.form("\(open.address)/terms", form(open, visit, errors, sent, matches, look, button: button)))
                """)
            """)
    }

    private static func one(
        _ open: OpenOrder, _ index: Int, _ visit: Visit, errors: [FormError], sent: FormFields,
        matches: [PersonItem] = [], look: Html = ""
    ) throws -> Page {
        let isVaried = varies(open, at: visit.now)
        let removal: Html = """
            \(HiddenField(name: "version", value: String(open.shown.version)))
            \(HiddenField(name: "act", value: "remove"))
            \(if: isVaried, MomentControl("at", .begins, nil, initial: visit.now).html("When was it discharged?", hint: nil, nil))
            \(Button(text: isVaried ? "Discharge this term" : "Take this term away", classes: "govuk-button--warning"))
            """
        return Page(
            "Term \(index + 1)", in: .cases,
            above: OrderAddress.above(open) + [(title: "Terms", address: "\(open.address)/terms")], errors: errors,
            canBeLeftQuickly: true,
            """
            <p class="govuk-body">\(open.type.name), \(open.order.subjectName)</p>
            \(visit.form("\(open.address)/terms/\(index + 1)", form(open, visit, errors, sent, matches, look, button: isVaried ? "Vary the term" : "Save the term")))
            \(Details(
                summary: .text(isVaried ? "Discharge this term" : "Take this term away"),
                content: .html(visit.form("\(open.address)/terms/\(index + 1)", removal))))
            """)
    }

    private static func form(
        _ open: OpenOrder, _ visit: Visit, _ errors: [FormError], _ sent: FormFields, _ matches: [PersonItem],
        _ look: Html, button: String
    ) -> Html {
        let isVaried = varies(open, at: visit.now)
        let isTyped = !visit.request.form.isEmpty
        let when = MomentControl("at", .begins, isTyped ? sent : nil, initial: visit.now)
        let looked = Checkboxes(
            name: "looked",
            items: [
                .item(.init(value: "yes", text: "I have looked at what cannot be kept together; save it all the same"))
            ],
            fieldset: nil, errorMessage: errors.message("looked"), classes: "govuk-checkboxes--small")
        return """
            \(look)
            \(if: errors.message("looked") != nil, looked.html)
            \(HiddenField(name: "version", value: String(open.shown.version)))
            \(if: isVaried, when.html("When was it varied?", hint: nil, errors.message("at")))
            \(TermForm(type: open.type, sent: sent).html(errors, matches: matches, isOptional: false))
            \(Button(text: .text(button), preventsDoubleClick: true))
            """
    }

    /// A term as its form would have sent it.
    private static func fields(_ term: OrderTerm) -> FormFields {
        func clock(_ minute: Int) -> String { "\(padded(minute / 60, to: 2)):\(padded(minute % 60, to: 2))" }
        var fields = FormFields([
            .init("term-text", term.text), .init("term-sort", term.sort.rawValue),
            .init("term-supervisor", term.supervisor ?? ""), .init("term-kind", term.part?.kind.rawValue ?? "other"),
            .init("term-place", term.part?.place?.name ?? ""),
            .init("term-within", term.part?.place?.within.sorted().joined(separator: ", ") ?? ""),
        ])
        if let person = term.part?.person { fields.add("term-person", person.text) }
        guard let hours = term.part?.hours.first else { return fields }
        for day in hours.days.sorted() { fields.add("term-days", String(day)) }
        fields.add("term-from", clock(hours.from))
        fields.add("term-until", clock(hours.until))
        return fields
    }
}
