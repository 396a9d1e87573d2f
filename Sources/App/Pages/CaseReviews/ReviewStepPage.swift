internal import CaseReview
internal import Casework
internal import DesignSystem
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Moving a review on: what is still missing, the form that goes with the step, and a reason where one is asked.
enum ReviewStepPage {
    typealias Step = (step: CaseStep, move: CaseReviewMove, obstacles: [AnswerProblem])

    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.workingReview()
        let step = try step(open, visit)
        return visit.page(page(step, form(step, open, visit, sent: nil), open, visit, errors: []))
    }

    static func act(_ visit: Visit) throws -> Response {
        let open = try visit.workingReview()
        let sent = visit.request.form
        guard let from = sent["from"].flatMap(CaseReviewState.init(rawValue:)) else {
            throw Refusal.badRequest("The form is not whole. Open the review again.")
        }
        let step = try step(open, visit)
        let form = form(step, open, visit, sent: sent)
        let typed = form?.entry()
        if let problems = typed?.problems, !problems.isEmpty {
            return visit.page(page(step, form, open, visit, errors: problems))
        }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write {
            try visit.reviews.move(
                id, by: step.move, from: from, reason: sent["reason"], entry: typed?.entry, on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect(open.address)
        case .failure(let refusal):
            let errors = try visit.errors(refusal, prefix: form?.prefix ?? "step", at: "reason").map {
                $0.field.hasSuffix("-reason") && form == nil ? FormError("reason", $0.text) : $0
            }
            return visit.page(page(step, form, open, visit, errors: errors))
        }
    }

    private static func step(_ open: OpenReview, _ visit: Visit) throws -> Step {
        let code = try visit.text("step")
        guard
            let step = try visit.reviews.steps(open.record, on: visit.now.ukDate).first(where: {
                $0.move.rawValue == code
            })
        else { throw Refusal.notFound }
        return step
    }

    private static func form(_ step: Step, _ open: OpenReview, _ visit: Visit, sent: FormFields?) -> ReviewForm? {
        step.step.move.form.flatMap(open.view.type.form).map {
            ReviewForm(form: $0, open: open, visit: visit, sent: sent, move: step.move)
        }
    }

    /// Whether a reason lets a step be made though the module asks for something first.
    static func allowsReason(_ step: Step) -> Bool { step.move == .sendOutcome || step.obstacles.isEmpty }

    private static func page(
        _ step: Step, _ form: ReviewForm?, _ open: OpenReview, _ visit: Visit, errors: [FormError]
    ) -> Page {
        let hard = step.step.unmet.filter { !$0.allowsReason }.map(\.says)
        let soft = step.step.unmet.filter(\.allowsReason).map(\.says)
        let own = step.obstacles.map(\.says)
        let stops = hard + (allowsReason(step) ? [] : own)
        let reasoned = soft + (allowsReason(step) ? own : [])
        let isReopening = step.step.move.asksReason
        let asks = isReopening || !reasoned.isEmpty || errors.contains { $0.field == "reason" }
        let content: Html = """
            \(HiddenField(name: "from", value: open.record.state.rawValue))
            \(some: form, { $0.html(errors) })
            \(if: asks, Textarea(
                name: "reason", label: Label(text: isReopening ? "Why?" : "Why can it go on without?"),
                errorMessage: errors.message("reason"), value: visit.request.form["reason"] ?? "", rows: 3,
                checksSpelling: true).html)
            \(Button(text: .text(step.step.move.name), preventsDoubleClick: true))
            """
        let to = step.step.move.to.flatMap(open.view.type.state)?.name
        return Page(
            step.step.move.name, in: .cases, above: ReviewPlace.above(open), errors: errors, canBeLeftQuickly: true,
            """
            \(some: to, { "<p class=\"govuk-body\">The review will then be: \($0).</p>" })
            \(if: !stops.isEmpty, list("To be done first", stops))
            \(if: !reasoned.isEmpty, list("Not done yet: do it, or give a reason", reasoned))
            \(explanation(step.move, open))
            \(if: stops.isEmpty, visit.form("\(open.address)/step/\(step.move.rawValue)", content))
            \(if: !stops.isEmpty, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: open.address)\">Back to the review</a></p>")
            """)
    }

    private static func list(_ title: String, _ items: [String]) -> Html {
        """
        <h2 class="govuk-heading-m">\(title)</h2>
        <ul class="govuk-list govuk-list--bullet">\(each: items, { "<li>\($0).</li>" })</ul>
        """
    }

    /// What whoever decides must know.
    private static func explanation(_ move: CaseReviewMove, _ open: OpenReview) -> Html {
        switch move {
        case .met, .notMet:
            guard let kept = open.record.keptCount else { return "" }
            return InsetText(
                text: .text(
                    "\(kept.summary) Counted on \(kept.madeAt.inWords) by \(kept.madeByName), under the rules of \(kept.appliedOn.inWords)."
                )
            ).html
        case .review:
            return InsetText(
                text:
                    "The chair comes from none of the bodies to which the complaints were made. Where nobody else could be found, say why: the letter to the applicant says it too."
            ).html
        case .sendOutcome:
            return """
                <p class="govuk-body"><a class="govuk-link" href="\(href: "\(open.address)/letter/outcome")">Read the letter</a> before you send it.</p>
                """
        default: return ""
        }
    }
}
