internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// The list as a file for a spreadsheet: names and terms, with a reason that the audit keeps.
enum OrderExportPage {
    static func page(_ visit: Visit) throws -> Response {
        visit.page(page(visit.request.query, visit, errors: []))
    }

    static func export(_ visit: Visit) throws -> Response {
        let sent = visit.request.form
        guard let reason = visit.reason else {
            return visit.page(page(sent, visit, errors: [FormError("reason", "Enter why you need this list")]))
        }
        let occasion = try visit.require(.export, "order", .p1)
        let query = OrderQuery(sent, days: try OrderEnds.days(visit))
        let result = try visit.write {
            try visit.orders.export(query.filter, reason: reason, on: occasion, in: $0)
        }
        switch result {
        case .success(let rows):
            var response = Response(.ok, type: .csv, OrderCSV.bytes(rows, visit))
            response.headers["Content-Disposition"] = ContentDisposition.attachment("orders-\(visit.now.ukDate).csv")
            response.headers["Cache-Control"] = "no-store"
            return response
        case .failure(let refusal):
            return visit.page(page(sent, visit, errors: [FormError("reason", refusal.fault.what)]))
        }
    }

    private static func page(_ fields: FormFields, _ visit: Visit, errors: [FormError]) -> Page {
        let kept = fields.fields.filter { ["type", "state", "ends", "agency", "person", "case"].contains($0.name) }
        let content: Html = """
            \(each: kept, { HiddenField(name: $0.name, value: $0.value).html })
            \(Textarea(
                name: "reason", label: "Why do you need this list?", hint: "The audit keeps your reason. Do not name people.",
                errorMessage: errors.message("reason"), value: fields["reason"] ?? ""))
            \(Button(text: "Export", preventsDoubleClick: true))
            """
        return Page(
            "Export orders", in: .cases, above: OrderAddress.register, errors: errors,
            """
            <p class="govuk-body">The file holds names and terms. Keep it as safe as the register, and delete it when it has \
            done its work.</p>
            \(visit.form("/orders/export", content))
            """)
    }
}

/// Orders as comma-separated values. No cell can be taken for a formula.
enum OrderCSV {
    private static let names = [
        "Order", "Type", "About", "State", "Agency", "Court", "Issued", "Served", "From", "Until", "Ended early",
        "Terms", "Terms on hold",
    ]

    static func bytes(
        _ rows: [(item: OrderItem, order: Order, binding: [OrderTerm])], _ visit: Visit
    ) -> [UInt8] {
        var writer = DelimitedWriter()
        writer.row(names)
        for (item, order, binding) in rows {
            let dates = order.dates
            let moments: [Instant?] = [dates.issued, dates.served, dates.from, dates.to, dates.discharged]
            let onHold = order.terms.filter { !binding.contains($0) }
            let cells =
                [
                    item.id.text, visit.orders.law.types[item.type]?.name ?? item.type.text, item.name,
                    item.state.inWords, visit.site.partnership.name(of: item.agency), order.court,
                ] + moments.map { $0?.description ?? "" } + [words(binding), words(onHold)]
            for cell in cells { writer.field(Spreadsheet.safe(cell.singleSpaced)) }
            writer.endRow()
        }
        return writer.bytes
    }

    private static func words(_ terms: [OrderTerm]) -> String {
        terms.map { "\($0.sort == .prohibition ? "Must not" : "Must"): \($0.text)" }.joined(separator: "; ")
    }
}
