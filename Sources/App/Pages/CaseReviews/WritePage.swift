internal import CaseReview
internal import Casework
internal import DesignSystem
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Writing down what a review needs: a complaint, a body's view, a recommendation, an answer; and correcting it. A
/// correction comes back with both versions when someone else was first.
enum WritePage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.workingReview()
        let form = try form(open, visit)
        let old = try corrected(form, open, visit)
        return visit.page(page(ReviewForm(form: form, open: open, visit: visit, old: old), open, errors: []))
    }

    static func write(_ visit: Visit) throws -> Response {
        let open = try visit.workingReview()
        let asked = try form(open, visit)
        let old = try corrected(asked, open, visit)
        var form = ReviewForm(form: asked, open: open, visit: visit, sent: visit.request.form, old: old)
        let (entry, problems) = form.entry()
        guard problems.isEmpty else { return visit.page(page(form, open, errors: problems)) }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write { try visit.reviews.fill(entry, in: id, on: occasion, in: $0) }
        switch result {
        case .success: return visit.redirect(open.address + back(form.form.code.text))
        case .failure(.changedMeanwhile(let now)):
            form.old = now
            return visit.page(both(now, form, open), status: .conflict)
        case .failure(let refusal):
            let first = form.form.fields.first.map { "\(form.prefix)-\($0.code)" } ?? form.prefix
            return visit.page(page(form, open, errors: try visit.errors(refusal, prefix: form.prefix, at: first)))
        }
    }

    /// The part of the review's page where what was written stands.
    private static func back(_ form: String) -> String {
        switch form {
        case "complaint": "/count"
        case "record-request", "body-view": "#bodies"
        case "recommendation", "answer", "carried-out", "recommendation-told": "#recommendations"
        default: ""
        }
    }

    /// A form that goes with no step. What a step carries is written with the step.
    private static func form(_ open: OpenReview, _ visit: Visit) throws -> CaseForm {
        let type = open.view.type
        guard let code = Code<CaseForm>(try visit.text("form")), let form = type.form(code),
            !type.moves.contains(where: { $0.form == code })
        else { throw Refusal.notFound }
        return form
    }

    /// The entry that is corrected; nil for a new one.
    private static func corrected(_ form: CaseForm, _ open: OpenReview, _ visit: Visit) throws -> CaseEntry? {
        guard let text = visit.request.form["entry"] ?? visit.request.query["entry"] else { return nil }
        guard let entry = open.view.entries.first(where: { $0.id.text == text && $0.form == form.code }),
            !entry.hasHidden
        else { throw Refusal.notFound }
        return entry
    }

    /// Someone else was first: what they wrote stands above, what this visitor typed is kept in the form.
    private static func both(_ now: CaseEntry, _ form: ReviewForm, _ open: OpenReview) -> Page {
        let first = form.form.fields.first.map { "\(form.prefix)-\($0.code)" } ?? form.prefix
        let says = "\(open.name(now.madeBy)) changed this first. Look at both, and save again if yours is to hold"
        return page(
            form, open, errors: [FormError(first, says)],
            above: """
                <h2 class="govuk-heading-m">As it is now</h2>
                \(form.summary(of: now))
                <h2 class="govuk-heading-m">As you wrote it</h2>
                <p class="govuk-body">Nothing of yours is lost and nothing of it is saved yet.</p>
                """)
    }

    private static func page(
        _ form: ReviewForm, _ open: OpenReview, errors: [FormError], above: Html = ""
    ) -> Page {
        let content: Html = """
            \(some: form.old, { HiddenField(name: "entry", value: $0.id.text).html })
            \(form.html(errors))
            \(Button(text: form.old == nil ? "Save" : "Save the correction", preventsDoubleClick: true))
            """
        return Page(
            form.old == nil ? form.form.name : "Correct: \(form.form.name)", in: .cases, above: ReviewPlace.above(open),
            errors: errors, canBeLeftQuickly: true,
            """
            \(some: form.form.purpose, { "<p class=\"govuk-body\">\($0)</p>" })
            \(above)
            \(form.visit.form("\(open.address)/write/\(form.form.code)", content))
            """)
    }
}
