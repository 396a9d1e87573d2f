internal import CaseReview
internal import Casework
internal import DesignSystem
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Writing down what a review needs: a complaint, a body's view, a recommendation, an answer. A correction is made on the
/// case's record, where both versions are shown.
enum WritePage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.workingReview()
        return visit.page(page(ReviewForm(form: try form(open, visit), open: open, visit: visit), open, errors: []))
    }

    static func write(_ visit: Visit) throws -> Response {
        let open = try visit.workingReview()
        let form = ReviewForm(form: try form(open, visit), open: open, visit: visit, sent: visit.request.form)
        let (entry, problems) = form.entry()
        guard problems.isEmpty else { return visit.page(page(form, open, errors: problems)) }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write { try visit.reviews.fill(entry, in: id, on: occasion, in: $0) }
        switch result {
        case .success: return visit.redirect(open.address + back(form.form.code.text))
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

    private static func page(_ form: ReviewForm, _ open: OpenReview, errors: [FormError]) -> Page {
        let content: Html = """
            \(form.html(errors))
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        return Page(
            form.form.name, in: .cases, above: ReviewPlace.above(open), errors: errors, canBeLeftQuickly: true,
            """
            \(some: form.form.purpose, { "<p class=\"govuk-body\">\($0)</p>" })
            \(form.visit.form("\(open.address)/write/\(form.form.code)", content))
            """)
    }
}
