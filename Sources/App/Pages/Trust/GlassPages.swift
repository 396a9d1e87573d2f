internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Protected records that were opened in an emergency, and the review of each.
enum GlassPages {
    /// How far back the list goes, in days.
    static let days: Int64 = 180

    static func list(_ visit: Visit) throws -> Response { try list(visit, errors: []) }

    static func review(_ visit: Visit) throws -> Response {
        let id: ID<BrokenGlass> = try visit.id("glass")
        let form = visit.request.form
        let note = (form["note"] ?? "").singleSpaced
        var errors: [FormError] = []
        let outcome = form["outcome"].flatMap(BrokenGlass.Outcome.init)
        if outcome == nil { errors.append(FormError("outcome-\(id.text)", "Choose what you found")) }
        if note.isEmpty { errors.append(FormError("note-\(id.text)", "Enter what you found, in a sentence")) }
        guard errors.isEmpty, let outcome else { return try list(visit, errors: errors) }
        let occasion = try visit.require(.reviewBreakGlass, "break-glass", .p1)
        let register = AccessRegister(roles: visit.site.roles)
        let result = try visit.write {
            try register.review(id, outcome, note: note, on: occasion, in: $0)
        }
        switch result {
        case .success: return visit.redirect("/trust/broken-glasses")
        case .failure(.absent): throw Refusal.notFound
        case .failure(let refusal):
            return try list(visit, errors: [FormError("note-\(id.text)", refusal.fault.inForm)])
        }
    }

    private static func list(_ visit: Visit, errors: [FormError]) throws -> Response {
        let occasion = try visit.require(.list, "break-glass", .p1)
        let register = AccessRegister(roles: visit.site.roles)
        let since = visit.now.advanced(bySeconds: -days * 86_400)
        let (glasses, names) = try visit.write { connection in
            let glasses = try register.brokenGlasses(since: since, on: occasion, in: connection)
            try log(glasses, occasion, in: connection)
            let people = glasses.map(\.account) + glasses.compactMap { $0.review?.reviewer }
            return (glasses, try AccountNames.names(of: Set(people), in: connection))
        }
        return visit.page(
            Page(
                "Broken glasses", in: .trust, errors: errors,
                """
                <p class="govuk-body">Protected records that someone opened in an emergency, in the last \(Int(days))
                days. Each is reviewed within \(BrokenGlass.reviewDays) working days by someone else.</p>
                \(if: glasses.isEmpty, "<p class=\"govuk-body\">There is none.</p>")
                \(each: glasses, { item($0, names, errors, visit) })
                """))
    }

    private static func log(_ glasses: [BrokenGlass], _ occasion: Occasion, in connection: Connection) throws {
        var entry = occasion.entry(.list, Code("break-glass").map { AuditObject($0, classification: "P1") })
        entry.results = Int64(glasses.count)
        entry.subjects = glasses.map { AuditSubject($0.record) }
        try AuditLog.append(entry, in: connection)
    }

    private static func item(
        _ glass: BrokenGlass, _ names: [ID<Account>: String], _ errors: [FormError], _ visit: Visit
    ) -> Html {
        let partnership = visit.site.partnership
        let isLate = glass.review == nil && glass.reviewBy < visit.now.ukDate
        var rows: [SummaryList.Row] = [
            .init(key: "Record", value: .text(glass.record.text)),
            .init(
                key: "Opened by",
                value: .text("\(names[glass.account] ?? glass.account.text), \(partnership.name(of: glass.agency))")),
            .init(key: "Agency that holds it", value: .text(partnership.name(of: glass.owningAgency))),
            .init(key: "Reason", value: .text("\(glass.category.inWords): \(glass.reason)")),
            .init(key: "Open until", value: .text(glass.until.inWords)),
        ]
        if let review = glass.review {
            let reviewer = names[review.reviewer] ?? review.reviewer.text
            rows.append(.init(key: "Found", value: .text("\(review.outcome.inWords). \(review.note)")))
            rows.append(.init(key: "Reviewed", value: .text("by \(reviewer) on \(review.at.inWords)")))
        } else {
            let text = "By \(glass.reviewBy.inWords)"
            let tag = StatusTag(isLate ? "Late" : "Due", tone: isLate ? .urgent : .attention)
            rows.append(.init(key: "Review", value: .html("\(text) \(tag)")))
        }
        return """
            \(SummaryList(rows: rows, card: .init(title: .text("Opened on \(glass.at.inWords)"))))
            \(if: mayReview(glass, visit), form(glass, errors, visit))
            """
    }

    private static func mayReview(_ glass: BrokenGlass, _ visit: Visit) -> Bool {
        guard glass.review == nil, let facts = glass.facts else { return false }
        return (try? visit.decision(.reviewBreakGlass, facts, .p1))?.isPermitted ?? false
    }

    private static func form(_ glass: BrokenGlass, _ errors: [FormError], _ visit: Visit) -> Html {
        let outcome = "outcome-\(glass.id.text)"
        let note = "note-\(glass.id.text)"
        let isSent = visit.request.path.contains(glass.id.text)
        let sent = isSent ? visit.request.form : FormFields()
        let content: Html = """
            \(Radios(
                name: "outcome",
                items: BrokenGlass.Outcome.allCases.map {
                    .item(.init(value: $0.rawValue, text: .text($0.inWords)))
                }, value: sent["outcome"], idPrefix: outcome,
                fieldset: Fieldset(legend: .init(text: "What did you find?", classes: "govuk-fieldset__legend--s")),
                errorMessage: errors.message(outcome)))
            \(Textarea(
                name: "note", id: note, label: "Your note", errorMessage: errors.message(note),
                value: sent["note"] ?? "", rows: 3))
            \(Button(text: "Save the review", preventsDoubleClick: true))
            """
        return Details(
            summary: .html(
                "Review<span class=\"govuk-visually-hidden\"> what was opened on \(glass.at.inWords)</span>"),
            content: .html(visit.form("/trust/broken-glasses/\(glass.id.text)/review", content)), isOpen: isSent
        ).html
    }
}

extension BrokenGlass.Category {
    /// Why, in words.
    var inWords: String {
        switch self {
        case .riskToLife: "Risk to life"
        case .childSafeguarding: "Safeguarding a child"
        case .adultSafeguarding: "Safeguarding an adult"
        case .court: "A court"
        case .missingPerson: "A missing person"
        case .other: "Another reason"
        }
    }
}

extension BrokenGlass.Outcome {
    /// What was found, in words.
    var inWords: String {
        switch self {
        case .justified: "It was justified"
        case .training: "It was not needed: training was given"
        case .misuse: "It was misuse"
        }
    }
}
