internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// What was filled in on a case, and filling in more. A correction comes back with both versions when someone else was
/// first.
enum EntryPages {
    // MARK: - The record

    static func record(_ visit: Visit) throws -> Response {
        let open = try visit.openCase()
        let forms = open.view.type.forms.filter { form in open.view.entries.contains { $0.form == form.code } }
        return visit.page(
            Page(
                "Record", in: .cases, above: CasePlace.above(open), canBeLeftQuickly: true, isWide: true,
                """
                \(CasePlace.navigation(open, on: "/record"))
                \(if: forms.isEmpty, "<p class=\"govuk-body\">Nothing that you may see was written down yet.</p>")
                \(each: forms, { form in
                    """
                    <h2 class="govuk-heading-m" id="\(form.code.text)">\(form.name)</h2>
                    \(each: open.view.entries(of: form.code).reversed(), { entry($0, form, open, visit) })
                    """
                })
                """))
    }

    private static func entry(_ entry: CaseEntry, _ form: CaseForm, _ open: OpenCase, _ visit: Visit) -> Html {
        let mayCorrect =
            open.view.rights.mayWrite && !entry.hasHidden
            && open.view.rights.writes.contains(form.highestClass(of: entry.answers))
        let correction =
            open.view.type.workedOn == nil
            ? "\(open.address)/fill/\(form.code)?entry=\(entry.id)" : ownPage(of: form, open, correcting: entry.id.text)
        let earlier = earlier(of: entry, among: open.view.entries)
        let marks: Html = """
            \(if: entry.handling == .ownAgency, StatusTag("Within the agency", tone: .attention).html)
            \(some: entry.evidence, { StatusTag($0.inWords, tone: .neutral).html })
            """
        return """
            <div class="concord-entry" id="e\(entry.id.text)">
            \(summary(entry, form, open, visit))
            <p class="govuk-hint">\(some: entry.source, { "From: \($0). " })Written by \(open.name(entry.madeBy)), \
            \(visit.site.partnership.name(of: entry.agency)), \(entry.madeAt.inWords). \(marks)</p>
            \(if: entry.hasHidden, "<p class=\"govuk-hint\">There is more that you may not see.</p>")
            \(some: mayCorrect ? correction : nil, { "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: $0)\">Correct<span class=\"govuk-visually-hidden\"> \(form.name) of \(entry.madeAt.inWords)</span></a></p>" })
            \(if: !earlier.isEmpty, Details(
                summary: .text("What it said before (\(earlier.count))"),
                content: .html("\(each: earlier, { old in "\(summary(old, form, open, visit))<p class=\"govuk-hint\">Written by \(open.name(old.madeBy)), \(old.madeAt.inWords)</p>" })")).html)
            </div>
            """
    }

    /// The versions that an entry corrected, the newest first.
    private static func earlier(of entry: CaseEntry, among entries: [CaseEntry]) -> [CaseEntry] {
        var earlier: [CaseEntry] = []
        var next = entry.supersedes
        while let id = next, let old = entries.first(where: { $0.id == id }) {
            earlier.append(old)
            next = old.supersedes
        }
        return earlier
    }

    /// The answers of an entry.
    static func summary(_ entry: CaseEntry, _ form: CaseForm, _ open: OpenCase, _ visit: Visit) -> Html {
        var rows: [SummaryList.Row] = []
        if let day = entry.happenedOn { rows.append(.init(key: "When", value: .text(day.inWords))) }
        for field in form.fields where !entry.answers[field.code].isEmpty {
            rows.append(
                .init(key: .text(field.label), value: .html(field.shown(entry.answers[field.code], open, visit))))
        }
        // Questions that the form no longer has keep their answers.
        for code in entry.answers.codes where form.field(code) == nil {
            rows.append(.init(key: .text(code), value: .text(entry.answers[code].joined(separator: ", "))))
        }
        return SummaryList(rows: rows).html
    }

    // MARK: - Filling in

    static func fillPage(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        let form = try form(open, visit)
        guard open.view.type.workedOn == nil else { return visit.page(elsewhere(form, open, visit), status: .conflict) }
        let old = try corrected(open, form, visit)
        return visit.page(page(EntryForm(form, open, visit, correcting: old), open, visit, correcting: old))
    }

    static func fill(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        let form = try form(open, visit)
        guard open.view.type.workedOn == nil else { return visit.page(elsewhere(form, open, visit), status: .conflict) }
        let old = try corrected(open, form, visit)
        let sent = EntryForm(form, open, visit, sent: visit.request.form)
        let prefix = form.code.text
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let typed = sent.problems.map { FormError(AnswerControls.id($0.field, prefix), $0.says) }
        let result: Result<ID<CaseEntry>, CaseRefusal> =
            typed.isEmpty
            ? try visit.write { try visit.cases.fill(sent.entry(correcting: old?.id), in: id, on: occasion, in: $0) }
            : .failure(.problems(sent.problems))
        switch result {
        case .success(let entry): return visit.redirect("\(open.address)/record#e\(entry.text)")
        case .failure(.changedMeanwhile(let now)): return visit.page(both(now, sent, open, visit), status: .conflict)
        case .failure(let refusal):
            let errors = try visit.errors(refusal, prefix: prefix, at: first(form))
            return visit.page(page(sent, open, visit, correcting: old, errors: errors))
        }
    }

    // MARK: - Cases that are worked on elsewhere

    /// The page on which a form of such a case is written, where its own rules are kept; nil for one that goes with a
    /// step and is neither written nor corrected by itself.
    private static func ownPage(of form: CaseForm, _ open: OpenCase, correcting entry: String?) -> String? {
        let type = open.view.type
        guard let place = type.workedOn, !type.moves.contains(where: { $0.form == form.code }) else { return nil }
        let address = "/\(place)/\(open.view.record.id.text)/write/\(form.code)"
        return entry.map { "\(address)?entry=\($0)" } ?? address
    }

    /// Nothing is written here past the rules of such a case; here is the way to where it is.
    private static func elsewhere(_ form: CaseForm, _ open: OpenCase, _ visit: Visit) -> Page {
        let entry = (visit.request.form["entry"] ?? visit.request.query["entry"]).flatMap { ID<CaseEntry>($0)?.text }
        let place = "/\(open.view.type.workedOn ?? "")/\(open.view.record.id.text)"
        let way = ownPage(of: form, open, correcting: entry) ?? place
        return Page(
            form.name, in: .cases, above: CasePlace.above(open), canBeLeftQuickly: true,
            """
            <p class="govuk-body">This is written on the \(open.view.type.name.lowercased())’s own page. Nothing was \
            saved here.</p>
            <p class="govuk-body"><a class="govuk-link" href="\(href: way)">Go on there</a></p>
            """)
    }

    private static func form(_ open: OpenCase, _ visit: Visit) throws -> CaseForm {
        guard let code = Code<CaseForm>(try visit.text("form")), let form = open.view.type.form(code) else {
            throw Refusal.notFound
        }
        return form
    }

    /// The entry that is corrected; nil for a new one.
    private static func corrected(_ open: OpenCase, _ form: CaseForm, _ visit: Visit) throws -> CaseEntry? {
        guard let text = visit.request.form["entry"] ?? visit.request.query["entry"] else { return nil }
        guard let entry = open.view.entries.first(where: { $0.id.text == text && $0.form == form.code }),
            !entry.hasHidden
        else { throw Refusal.notFound }
        return entry
    }

    private static func first(_ form: CaseForm) -> String { "\(form.code)-\(form.fields.first?.code ?? "")" }

    private static func page(
        _ sent: EntryForm, _ open: OpenCase, _ visit: Visit, correcting old: CaseEntry?, errors: [FormError] = [],
        above: Html = ""
    ) -> Page {
        let content: Html = """
            \(some: old, { HiddenField(name: "entry", value: $0.id.text).html })
            \(sent.html(errors))
            \(Button(text: old == nil ? "Save" : "Save the correction", preventsDoubleClick: true))
            """
        let title = old == nil ? sent.form.name : "Correct: \(sent.form.name)"
        let reopens = old == nil && open.view.type.reopens(open.view.record, by: sent.form.code)
        return Page(
            title, in: .cases, above: CasePlace.above(open), errors: errors, canBeLeftQuickly: true,
            """
            \(some: sent.form.purpose, { "<p class=\"govuk-body\">\($0)</p>" })
            \(if: reopens, InsetText(text: "The case is over. What has happened since then opens it again when you save it.").html)
            \(above)
            \(visit.form("\(open.address)/fill/\(sent.form.code)", content))
            """)
    }

    /// Someone else was first: what they wrote stands above, what this visitor typed is kept in the form.
    private static func both(_ now: CaseEntry, _ sent: EntryForm, _ open: OpenCase, _ visit: Visit) -> Page {
        page(
            sent, open, visit, correcting: now,
            errors: [
                FormError(
                    first(sent.form),
                    "\(open.name(now.madeBy)) changed this first. Look at both, and save again if yours is to hold")
            ],
            above: """
                <h2 class="govuk-heading-m">As it is now</h2>
                \(summary(now, sent.form, open, visit))
                <h2 class="govuk-heading-m">As you wrote it</h2>
                <p class="govuk-body">Nothing of yours is lost and nothing of it is saved yet.</p>
                """)
    }
}
