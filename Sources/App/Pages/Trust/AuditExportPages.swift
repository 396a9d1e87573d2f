internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Takes entries of the audit out of the service, for a reason that the audit keeps.
enum AuditExportPages {
    /// The most entries that one export holds, so that it fits in memory; `concord audit export` has no such limit.
    static let most = 100_000
    /// The longest reason, in characters.
    static let longestReason = 1000

    static func form(_ visit: Visit) throws -> Response {
        let query = AuditQuery(visit.request.query)
        return visit.page(page(query, errors: query.errors, visit))
    }

    static func export(_ visit: Visit) throws -> Response {
        let form = visit.request.form
        let query = AuditQuery(form)
        var errors = query.errors
        let reason = (form["reason"] ?? "").singleSpaced
        if reason.isEmpty { errors.append(FormError("reason", "Enter why you need these entries")) }
        if reason.count > longestReason {
            errors.append(FormError("reason", "The reason must be \(longestReason) characters or fewer"))
        }
        let format = form["format"].flatMap(AuditFormat.init)
        if format == nil { errors.append(FormError("format", "Choose the form of the file")) }
        guard errors.isEmpty, let format else { return visit.page(page(query, errors: errors, visit)) }
        let occasion = try visit.require(.export, "audit", .p2)
        do {
            let export = try visit.write { connection in
                let export = try AuditView.export(query.filter, reason: reason, by: occasion, in: connection)
                guard export.count <= most else { throw TooMany(count: export.count) }
                return export
            }
            return try download(export, format, visit)
        } catch let problem as TooMany {
            let text = "There are \(problem.count) entries, and an export holds \(most). Choose fewer days."
            return visit.page(page(query, errors: [FormError("reason", text)], visit))
        }
    }

    private struct TooMany: Error { let count: Int }

    private static func download(_ export: AuditExport, _ format: AuditFormat, _ visit: Visit) throws -> Response {
        var bytes: [UInt8] = []
        try visit.read { connection in try export.write(as: format, in: connection) { bytes += $0 } }
        let type = format == .csv ? MediaType.csv : MediaType("application/x-ndjson") ?? .bytes
        var response = Response(.ok, type: type, bytes)
        let name = "audit-\(visit.now.ukDate).\(format.rawValue)"
        response.headers["Content-Disposition"] = ContentDisposition.attachment(name)
        response.headers["Cache-Control"] = "no-store"
        return response
    }

    private static func page(_ query: AuditQuery, errors: [FormError], _ visit: Visit) -> Page {
        let hidden = query.fields.fields.map { HiddenField(name: $0.name, value: $0.value) }
        let form = visit.request.form
        let content: Html = """
            \(each: hidden, { $0.html })
            \(Textarea(
                name: "reason", label: "Why do you need these entries?",
                hint: "The audit keeps your reason. Do not name people.", errorMessage: errors.message("reason"),
                value: form["reason"] ?? ""))
            \(Radios(
                name: "format",
                items: [
                    .item(.init(value: "csv", text: "CSV, to open in a spreadsheet")),
                    .item(
                        .init(
                            value: "jsonl", text: "JSON lines",
                            hint: "With every hash, so that the chain can be checked elsewhere")),
                ], value: form["format"] ?? "csv",
                fieldset: Fieldset(legend: .init(text: "Form of the file", classes: "govuk-fieldset__legend--m")),
                errorMessage: errors.message("format")))
            \(Button(text: "Export", preventsDoubleClick: true))
            """
        return Page(
            "Export the audit", in: .trust, above: [("Audit", "/trust/audit")], errors: errors,
            """
            <p class="govuk-body">The file holds personal data. Keep it where only those who need it can open it, and
            delete it when it has served its purpose.</p>
            <p class="govuk-body">Entries: \(words(query, visit)).</p>
            \(visit.form("/trust/audit/export", content))
            """)
    }

    private static func words(_ query: AuditQuery, _ visit: Visit) -> String {
        let filter = query.filter
        var parts: [String] = []
        if let subject = filter.subject { parts.append("about the record \(subject.reference)") }
        if let account = filter.account { parts.append("of the account \(account.text)") }
        if let agency = filter.agency { parts.append("of \(visit.site.partnership.name(of: agency))") }
        let acts = AuditAct.allCases.filter { filter.acts.contains($0) }.map { "“\($0.inWords)”" }
        if !acts.isEmpty { parts.append(acts.joined(separator: " or ")) }
        if let outcome = filter.outcome { parts.append("that ended as “\(outcome.inWords)”") }
        if let from = filter.from { parts.append("from \(from.inWords)") }
        if let until = filter.until { parts.append("until \(until.inWords)") }
        return parts.isEmpty ? "all of the audit" : parts.joined(separator: ", ")
    }
}
