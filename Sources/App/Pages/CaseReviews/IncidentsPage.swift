internal import CaseReview
internal import Casework
internal import DesignSystem
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Taking incidents of the victim's own antisocial behaviour cases as complaints: those that the visitor may see.
enum IncidentsPage {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    static func take(_ visit: Visit) throws -> Response {
        let open = try visit.workingReview()
        let chosen = Set(visit.request.form.all("incident").compactMap { ID<CaseEntry>($0) })
        guard !chosen.isEmpty else {
            return try page(visit, errors: [FormError("incident", "Choose the incidents that were complaints")])
        }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write { try visit.reviews.take(chosen, into: id, on: occasion, in: $0) }
        switch result {
        case .success: return visit.redirect("\(open.address)/count")
        case .failure(let refusal):
            return try page(visit, errors: visit.errors(refusal, prefix: "complaint", at: "incident"))
        }
    }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.workingReview()
        let occasion = try visit.occasion()
        let found = try visit.write { try visit.reviews.incidents(for: open.record, on: occasion, in: $0) }
        let free = found.filter { !$0.isTaken }
        let content: Html = """
            \(Checkboxes(
                name: "incident",
                items: free.map { incident in
                    let day = incident.entry.happenedOn?.inWords ?? "an unknown day"
                    let text = incident.entry.answers["description"].first ?? ""
                    let told = "Told to \(visit.bodyName(incident.entry.agency)) on \(incident.entry.madeAt.inWords)."
                    return .item(
                        .init(
                            value: incident.entry.id.text, text: .text("\(incident.reference), \(day)"),
                            hint: Hint(text: .text("\(told) \(text.prefix(200))"))))
                },
                fieldset: Fieldset(
                    legend: .init(text: "Which of these were complaints?", classes: "govuk-fieldset__legend--m")),
                hint: Hint(text: "The day on which an incident was written down is taken as that of the complaint: correct it where it was told before."),
                errorMessage: errors.message("incident")))
            \(Button(text: "Take them as complaints", preventsDoubleClick: true))
            """
        let taken = found.count - free.count
        return visit.page(
            Page(
                "Incidents of the victim’s cases", in: .cases, above: ReviewPlace.above(open), errors: errors,
                canBeLeftQuickly: true,
                """
                \(if: taken > 0, "<p class=\"govuk-body\">Taken already: \(taken).</p>")
                \(if: free.isEmpty, """
                    <p class="govuk-body">There is no other incident of this person that you may see. Write complaints down \
                    that were made to other bodies.</p>
                    <p class="govuk-body"><a class="govuk-link" href="\(href: "\(open.address)/write/complaint")">Write down a complaint</a></p>
                    """)
                \(if: !free.isEmpty, visit.form("\(open.address)/incidents", content))
                """))
    }
}
