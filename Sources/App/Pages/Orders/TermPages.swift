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

    static func add(_ visit: Visit) throws -> Response { try change(visit.workingOrder(), at: nil, visit) }

    /// One term, to change it or to take it away.
    static func termPage(_ visit: Visit) throws -> Response {
        let open = try visit.workingOrder()
        let index = try index(visit)
        guard mayChange(open, at: visit.now), let term = open.order.terms[safe: index] else {
            throw Refusal.notFound
        }
        return visit.page(try one(open, index, visit, errors: [], sent: TermPages.fields(term)))
    }

    static func save(_ visit: Visit) throws -> Response { try change(visit.workingOrder(), at: index(visit), visit) }

    /// The place of the term in the address, from 0.
    private static func index(_ visit: Visit) throws -> Int {
        guard let number = Int(try visit.text("term")), number >= 1 else { throw Refusal.notFound }
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
        // Terms have places and no names: which one was meant is known only in the order as it was seen.
        guard version == open.shown.version else { return try meanwhile(open, index, saw: version, visit) }
        guard mayChange(open, at: visit.now), index.map(open.order.terms.indices.contains) ?? true else {
            throw Refusal.notFound
        }
        let occasion = try visit.occasion()
        var (term, errors, matches) = try typed(index, open.type, visit)
        let when = MomentControl("at", .begins, sent)
        let at = varies(open, at: visit.now) ? when.moment(now: visit.now) : visit.now
        if at.map({ $0 > visit.now }) ?? true {
            errors.append(FormError("at", "Enter when it was varied: a real day that is not in the future"))
        }
        guard errors.isEmpty, let at else {
            return visit.page(try shown(open, index, visit, errors: errors, sent: sent, matches: matches))
        }
        let changed = TermPages.changed(open.order.terms, at: index, to: term)
        // Whoever takes a term away makes nothing worse: what stays was looked at when it was written.
        if term != nil, let look = try contradictions(changed, open, visit) {
            let errors = [FormError("looked", "Look at what cannot be kept together, and say that you have")]
            return visit.page(try shown(open, index, visit, errors: errors, sent: sent, look: look))
        }
        let law = visit.orders.law
        let result = try visit.write { connection in
            try visit.orders.change(open.shown.id, version: version, on: occasion, in: connection) {
                (order) throws(OrderRefusal) in
                try write(&order, open.type, at: index, term, when: at, law)
            }
        }
        switch result {
        case .success: return visit.redirect("\(open.address)/terms")
        case .failure(.changedMeanwhile): return try meanwhile(visit.workingOrder(), index, saw: version, visit)
        case .failure(let refusal):
            let errors = try visit.errors(refusal, at: "term-text")
            return visit.page(try shown(open, index, visit, errors: errors, sent: sent), status: .conflict)
        }
    }

    /// The term as it was typed; none where it is taken away or cannot be read.
    private static func typed(
        _ index: Int?, _ type: OrderType, _ visit: Visit
    ) throws -> (term: OrderTerm?, errors: [FormError], matches: [PersonItem]) {
        let sent = visit.request.form
        if isRemoved(index, sent) { return (nil, [], []) }
        let occasion = try visit.occasion()
        return try visit.write { try TermForm(type: type, sent: sent).term(visit, on: occasion, in: $0) }
    }

    private static func isRemoved(_ index: Int?, _ sent: FormFields) -> Bool { index != nil && sent["act"] == "remove" }

    private static func write(
        _ order: inout Order, _ type: OrderType, at index: Int?, _ term: OrderTerm?, when: Instant, _ law: OrderLaw
    ) throws(OrderRefusal) {
        let terms = changed(order.terms, at: index, to: term)
        if order.hasOpenTerms(type) {
            try order.write(terms: terms, law)
        } else {
            try order.vary(terms: terms, at: when, law)
        }
    }

    private static func changed(_ terms: [OrderTerm], at index: Int?, to term: OrderTerm?) -> [OrderTerm] {
        guard let index, terms.indices.contains(index) else { return terms + [term].compactMap { $0 } }
        var terms = terms
        if let term { terms[index] = term } else { terms.remove(at: index) }
        return terms
    }

    /// Someone else changed the order since this form was opened: both versions, and what was typed in the form of the same
    /// term, wherever it stands now.
    private static func meanwhile(
        _ open: OpenOrder, _ index: Int?, saw version: Int64, _ visit: Visit
    ) throws -> Response {
        let (law, occasion, sent) = (visit.orders.law, try visit.occasion(), visit.request.form)
        let (term, errors, matches) = try typed(index, open.type, visit)
        let when = MomentControl("at", .begins, sent).moment(now: visit.now) ?? visit.now
        let (seen, result) = try visit.write { connection in
            let seen = try visit.orders.read(open.shown.id, version: version, on: occasion, in: connection)
            let result = try visit.orders.change(open.shown.id, version: version, on: occasion, in: connection) {
                (order) throws(OrderRefusal) in
                try write(&order, open.type, at: index, term, when: when, law)
            }
            return (seen, result)
        }
        guard case .failure(let refusal) = result else { return visit.redirect("\(open.address)/terms") }
        let told = try visit.errors(refusal, at: "term-text")
        var above: Html = ""
        if case .changedMeanwhile(let yours, let now) = refusal {
            above = BothVersions.html(yours: errors.isEmpty ? yours : nil, now: now, open, visit)
        }
        guard mayChange(open, at: visit.now) else {
            let page = try list(open, visit, errors: [], sent: FormFields(), look: "\(ended(sent))\(above)")
            return visit.page(page, status: .conflict)
        }
        var place: Int?
        if let index, case .found(let earlier) = seen {
            place = TermPages.place(of: index, in: earlier.order.terms, now: open.order.terms)
        }
        if index != nil, place == nil {
            let gone = InsetText(
                text: "The term is no longer there. What you wrote stands below; saved, it is added as a new one.")
            above = "\(above)\(if: term != nil, gone.html)"
        }
        // Who meant to take it away typed no words.
        let standing = place.flatMap { open.order.terms[safe: $0] }.map(TermPages.fields)
        let shownFields = isRemoved(index, sent) ? standing ?? FormFields() : sent
        let page = try shown(
            open, place, visit, errors: told + errors, sent: shownFields, matches: matches, look: above)
        return visit.page(page, status: .conflict)
    }

    /// What was typed for an order whose terms cannot be changed any more: there is no form in which it could stand.
    private static func ended(_ sent: FormFields) -> Html {
        let text = String((sent["term-text"] ?? "").trimmed.prefix(4000))
        let words = InsetText(text: .text("What you wrote, and what is not saved: \(text)"))
        return """
            \(WarningText(text: "Someone else changed this order first. Its terms cannot be changed now."))
            \(if: !text.isEmpty, words.html)
            """
    }

    /// Where a term stands now: the same words, or else the same place where none was added or taken away.
    private static func place(of index: Int, in seen: [OrderTerm], now: [OrderTerm]) -> Int? {
        guard let term = seen[safe: index] else { return nil }
        if now[safe: index] == term { return index }
        if let same = now.firstIndex(of: term) { return same }
        return now.count == seen.count ? index : nil
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
            \(if: !may, look)
            \(OrderTermsView.onHold(open.shown))
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
