internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Moving a case on: what is still missing, the form that goes with the step, and a reason where one is asked.
enum StepPage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        if let place = open.view.type.workedOn {
            return visit.redirect("/\(place)/\(open.view.record.id.text)/step/\(try visit.text("step"))")
        }
        return visit.page(try page(step(open, visit), open, visit))
    }

    static func act(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        guard open.view.type.workedOn == nil else {
            throw Refusal.badRequest("This case is moved on on its own page. Open the case again.")
        }
        let step = try step(open, visit)
        let sent = visit.request.form
        guard let from = sent["from"].flatMap({ Code<CaseState>($0) }) else {
            throw Refusal.badRequest("The form is not whole. Open the case again.")
        }
        let form = step.move.form.flatMap(open.view.type.form).map { EntryForm($0, open, visit, sent: sent) }
        let typed =
            form?.problems.map { FormError(AnswerControls.id($0.field, form?.form.code.text ?? ""), $0.says) } ?? []
        guard typed.isEmpty else { return visit.page(try page(step, open, visit, sent: form, errors: typed)) }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write {
            try visit.cases.move(
                id, by: step.move.code, from: from, reason: sent["reason"], entry: form?.entry(), on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect(open.address)
        case .failure(.problems(let problems)):
            let errors = problems.map { problem in
                FormError(
                    problem.field == "reason" ? "reason" : AnswerControls.id(problem.field, form?.form.code.text ?? ""),
                    problem.says)
            }
            return visit.page(try page(step, open, visit, sent: form, errors: errors))
        case .failure(let refusal):
            return visit.page(
                try page(step, open, visit, sent: form, errors: visit.errors(refusal, at: "reason")))
        }
    }

    private static func step(_ open: OpenCase, _ visit: Visit) throws -> CaseStep {
        let code = try visit.text("step")
        guard let step = open.view.steps.first(where: { $0.move.code.text == code }) else { throw Refusal.notFound }
        return step
    }

    private static func page(
        _ step: CaseStep, _ open: OpenCase, _ visit: Visit, sent: EntryForm? = nil, errors: [FormError] = []
    ) throws -> Page {
        let form = sent ?? step.move.form.flatMap(open.view.type.form).map { EntryForm($0, open, visit) }
        let stops = step.unmet.filter { !$0.allowsReason }
        let asks = step.move.asksReason || step.unmet.contains(where: \.allowsReason) || !errors.isEmpty
        let to = step.move.to.flatMap(open.view.type.state)?.name
        let content: Html = """
            \(HiddenField(name: "from", value: open.view.record.state.text))
            \(some: form, { $0.html(errors) })
            \(if: asks, Textarea(
                name: "reason", label: Label(text: step.move.asksReason ? "Why?" : "Why can it go on without?"),
                errorMessage: errors.message("reason"), value: visit.request.form["reason"] ?? "", rows: 3,
                checksSpelling: true).html)
            \(Button(text: .text(step.move.name), preventsDoubleClick: true))
            """
        return Page(
            step.move.name, in: .cases, above: CasePlace.above(open), errors: errors, canBeLeftQuickly: true,
            """
            \(some: to, { "<p class=\"govuk-body\">The case will then be: \($0).</p>" })
            \(if: !step.unmet.isEmpty, """
                <h2 class="govuk-heading-m">\(stops.isEmpty ? "Not done yet" : "To be done first")</h2>
                <ul class="govuk-list govuk-list--bullet">\(each: step.unmet, { "<li>\($0.says)\(if: $0.allowsReason, " (or give a reason)")</li>" })</ul>
                """)
            \(if: stops.isEmpty, visit.form("\(open.address)/step/\(step.move.code)", content))
            \(if: !stops.isEmpty, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: open.address)\">Back to the case</a></p>")
            """)
    }
}
