internal import Assessing
internal import Assessment
internal import Assessments
internal import DesignSystem
internal import Digests
internal import Governance
internal import HTML
internal import HTTP
internal import Jobs
internal import Kernel
internal import Records
internal import Site

/// Making an assessment: the order, its progress, and what becomes of it.
enum RunPages {
    static func form(_ visit: Visit) throws -> Response { try form(visit, [:], []) }

    private static func form(_ visit: Visit, _ typed: [String: String], _ errors: [FormError]) throws -> Response {
        let evidence = visit.site.evidence
        guard !evidence.records.isEmpty else {
            return visit.page(
                Page(
                    "Make an assessment", in: .assessment,
                    """
                    <p class="govuk-body">The partnership has no records yet. Whoever runs the service adds them with \
                    <code>concord import</code> and names them in the partnership’s definition.</p>
                    """))
        }
        func month(_ name: String, _ label: String, _ hint: String) -> Html {
            let isWrong = errors.contains { $0.field == "\(name)-month" }
            func item(_ part: String, _ width: String) -> DateInput.Item {
                .init(
                    name: part, value: typed["\(name)-\(part)"],
                    classes: "govuk-input--width-\(width)\(isWrong ? " govuk-input--error" : "")")
            }
            return DateInput(
                id: name, namePrefix: name, items: [item("month", "2"), item("year", "4")],
                fieldset: .init(legend: .init(text: .text(label))), hint: .init(text: .text(hint)),
                errorMessage: errors.message("\(name)-month")
            ).html
        }
        return visit.page(
            Page(
                "Make an assessment", in: .assessment, errors: errors,
                visit.form(
                    "/assessment/new",
                    """
                    \(Input(name: "title", label: .init(text: "Title"), hint: .init(text: "For example, Strategic assessment 2026"), errorMessage: errors.message("title"), value: typed["title"]))
                    \(month("from", "First month", "For example, 1 2025"))
                    \(month("to", "Last month", "For example, 12 2025. Compared with the same months of the year before."))
                    \(Input(name: "area", label: .init(text: "Area (optional)"), hint: .init(text: .text("Otherwise the partnership’s: \(evidence.areas.joined(separator: ", "))")), errorMessage: errors.message("area"), value: typed["area"]))
                    \(Button(text: "Make the assessment"))
                    """)))
    }

    static func start(_ visit: Visit) throws -> Response {
        let form = visit.request.form
        let typed = Dictionary(form.fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        var errors: [FormError] = []
        let title = form["title"] ?? ""
        if title.isEmpty || title.count > 200 {
            errors.append(FormError("title", "Enter a title of 1 to 200 characters"))
        }
        let from = month("from", form)
        let to = month("to", form)
        if from == nil { errors.append(FormError("from-month", "Enter the first month and its year, such as 1 2025")) }
        if to == nil { errors.append(FormError("to-month", "Enter the last month and its year, such as 12 2025")) }
        var period: MonthRange?
        if let from, let to {
            period = MonthRange(from: from, to: to)
            if period == nil { errors.append(FormError("to-month", "The last month must not lie before the first")) }
        }
        guard errors.isEmpty, let period else { return try self.form(visit, typed, errors) }
        let area = form["area"] ?? ""
        let order = AssessmentOrder(partnership: visit.site.evidence, areas: area.isEmpty ? [] : [area], period: period)
        let occasion = try visit.occasion()
        let site = visit.site
        do {
            let job = try site.jobs.submit("Assessment: \(title)", for: occasion.actor) { connection in
                var entry = occasion.entry(.assessmentRun, Code("assessment").map { AuditObject($0) })
                entry.query = "\(order.areas.joined(separator: ",")) \(period)"
                try AuditLog.append(entry, in: connection)
            } work: { progress in
                try AssessmentMaking(site: site, order: order, title: title, occasion: occasion).run(progress)
            }
            return visit.redirect("/assessment/jobs/\(job)")
        } catch let fault as Fault {
            return try self.form(visit, typed, [FormError("title", fault.forPages.description)])
        }
    }

    private static func number(_ text: String) -> Int? { Int(text.filter { $0 != " " }) }

    /// A month of the form, in parts; programs may also send it whole ("from=2025-01").
    private static func month(_ name: String, _ form: FormFields) -> Month? {
        if let whole = form[name] { return Month(whole) }
        guard let month = form["\(name)-month"].flatMap(number),
            let year = form["\(name)-year"].flatMap(number)
        else { return nil }
        return Month(year: year, month: month)
    }

    static func progress(_ visit: Visit) throws -> Response {
        let job = try job(visit)
        if job.state == .done, let link = job.link { return visit.redirect(link) }
        let body: Html =
            switch job.state {
            case .failed, .interrupted:
                """
                \(WarningText(text: .text(job.message)))
                <p class="govuk-body"><a class="govuk-link" href="/assessment/new">Start again</a></p>
                """
            case .waiting, .running, .done:
                """
                \(Progress(label: "How far it is", done: job.fraction, message: job.message.isEmpty ? "Waiting to begin" : job.message, source: "/assessment/jobs/\(job.id)/events", pageHref: "/assessment/jobs/\(job.id)"))
                """
            }
        return visit.page(Page(job.title, in: .assessment, body))
    }

    static func events(_ visit: Visit) throws -> Response {
        let job = try job(visit)
        let cancel = Cancel()
        let stream = EventStream(onEnd: { cancel.run() })
        cancel.set(
            visit.site.jobs.observe(job) { job in
                let state = job.state == .done ? "finished" : job.state.isFinal ? "failed" : "running"
                let event = JSON.members(
                    ("done", job.fraction.map { .number($0) } ?? .null), ("message", .string(job.message)),
                    ("state", .string(state)))
                stream.send(String(decoding: event.encoded(indented: false), as: UTF8.self))
                if job.state.isFinal { stream.end() }
            })
        return .events(stream)
    }

    private static func job(_ visit: Visit) throws -> Job {
        guard let job = try visit.site.jobs.job(visit.id("job"), of: visit.actor().account) else {
            throw Refusal.notFound
        }
        return job
    }
}
