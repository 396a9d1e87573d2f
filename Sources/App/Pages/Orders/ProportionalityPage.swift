internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Rules
internal import Site

/// Weighing up equality and proportionality, and correcting it: the assessment that is there stays beneath the new one.
enum ProportionalityPage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try assessable(visit)
        return visit.page(page(open, visit, initial(open), errors: []))
    }

    static func save(_ visit: Visit) throws -> Response {
        let open = try assessable(visit)
        let sent = visit.request.form
        guard let version = sent["version"].flatMap({ Int64($0) }) else {
            throw Refusal.badRequest("The form is not whole. Open the order again.")
        }
        let answers = MoveAnswers(fields(open, now: visit.now), sent, now: visit.now)
        var typed = answers.errors
        if let day = answers.moment("day"), day.ukDate > visit.now.ukDate {
            typed.append(FormError("day", "Enter a day that is not in the future"))
        }
        guard typed.isEmpty else { return visit.page(page(open, visit, sent, errors: typed)) }
        let (law, occasion) = (visit.orders.law, try visit.occasion())
        let assessment = assessment(answers, sent, occasion)
        let result = try visit.write { connection in
            try visit.orders.change(open.shown.id, version: version, on: occasion, in: connection) {
                (order) throws(OrderRefusal) in
                try order.assess(assessment, law)
            }
        }
        switch result {
        case .success: return visit.redirect(open.address)
        case .failure(let refusal):
            var both: Html = ""
            if case .changedMeanwhile(let yours, let now) = refusal {
                both = BothVersions.html(yours: yours, now: now, open, visit)
            }
            let errors = try visit.errors(refusal, at: "known")
            return visit.page(page(open, visit, sent, errors: errors, above: both), status: .conflict)
        }
    }

    /// The order, for someone who may weigh it up.
    private static func assessable(_ visit: Visit) throws -> OpenOrder {
        let open = try visit.workingOrder()
        guard ProportionalityView.isOpen(open) else { throw Refusal.notFound }
        return open
    }

    private static func assessment(
        _ answers: MoveAnswers, _ sent: FormFields, _ occasion: Occasion
    ) -> OrderAssessment {
        let ticked = Set(sent.fields.filter { $0.name == "circumstances" }.map(\.value))
        return OrderAssessment(
            circumstances: Set(OrderAssessment.Circumstance.allCases.filter { ticked.contains($0.rawValue) }),
            known: answers.text("known"), tried: answers.text("tried"), whyNotLess: answers.text("less"),
            adjustments: answers.text("adjustments"), assessedBy: answers.line("who"),
            day: (answers.moment("day") ?? occasion.now).ukDate, whyLate: answers.text("late"),
            whyAgain: answers.text("again"), enteredAt: occasion.now, enteredBy: occasion.actor.account)
    }

    private static func fields(_ open: OpenOrder, now: Instant) -> [MoveField] {
        var fields = [
            MoveField(
                name: "known", label: "What is known, and from whom?", kind: .text,
                hint: "Where nothing is known, say who was asked."),
            MoveField(
                name: "tried", label: "What was tried before?", kind: .text,
                hint: "Talking, mediation, support, warnings, agreements, and what came of them"),
            MoveField(name: "less", label: "Why would less not do?", kind: .text),
            MoveField(
                name: "adjustments", label: "What do the terms adjust for the person?", kind: .text,
                hint: "Times, places, plain words, someone at their side. Where nothing needs adjusting, say so."),
            MoveField(name: "who", label: "Who assessed it?", kind: .line, hint: "Name and office"),
            MoveField(name: "day", label: "On which day?", kind: .moment(.day, initial: now)),
        ]
        if open.order.assessment != nil {
            fields.append(MoveField(name: "again", label: "What does this correct, and why?", kind: .text))
        } else if open.order.isLateForAssessment(open.type) {
            fields.append(MoveField(name: "late", label: "Why was it not made before?", kind: .text))
        }
        return fields
    }

    /// The assessment that is to be corrected, as the form holds it; nil for a first one.
    private static func initial(_ open: OpenOrder) -> FormFields? {
        guard let last = open.order.assessment else { return nil }
        let (year, month, day) = last.day.civil
        let ticked = OrderAssessment.Circumstance.allCases.filter(last.circumstances.contains)
        return FormFields(
            ticked.map { .init("circumstances", $0.rawValue) } + [
                .init("known", last.known), .init("tried", last.tried), .init("less", last.whyNotLess),
                .init("adjustments", last.adjustments), .init("who", last.assessedBy), .init("day-day", String(day)),
                .init("day-month", String(month)), .init("day-year", String(year)),
            ])
    }

    private static func page(
        _ open: OpenOrder, _ visit: Visit, _ sent: FormFields?, errors: [FormError], above: Html = ""
    ) -> Page {
        let answers = MoveAnswers(fields(open, now: visit.now), sent, now: visit.now)
        let ticked = Set((sent?.fields ?? []).filter { $0.name == "circumstances" }.map(\.value))
        let circumstances = Checkboxes(
            name: "circumstances",
            items: OrderAssessment.Circumstance.allCases.map {
                .item(
                    .init(
                        value: $0.rawValue, text: .text(ProportionalityView.words($0)),
                        isChecked: ticked.contains($0.rawValue)))
            },
            fieldset: Fieldset(
                legend: .init(
                    text: "Of which of these is something known?", classes: "govuk-fieldset__legend--s")),
            hint: Hint(text: "Tick all that apply, or none."), classes: "govuk-checkboxes--small")
        let content: Html = """
            \(HiddenField(name: "version", value: String(open.shown.version)))
            \(circumstances)
            \(answers.html(errors))
            \(Button(text: "Save the assessment", preventsDoubleClick: true))
            """
        return Page(
            ProportionalityView.title, in: .cases, above: OrderAddress.above(open), errors: errors,
            canBeLeftQuickly: true,
            """
            <p class="govuk-body">\(open.type.name), \(open.order.subjectName)</p>
            <p class="govuk-body">Is the order fair to this person, and is it no more than is needed? A few lines are \
            enough. What is saved here is never changed: a correction takes its place, and both stay.</p>
            \(above)
            \(visit.form("\(open.address)/proportionality", content))
            """)
    }
}
