internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// What of an order is written by hand and belongs to no step: court, area, case, risk assessment, whom it protects, when
/// its subject was born, what came before it, and what is recorded of the subject for the view of who is made subject to
/// orders.
enum FactsPage {
    private static let names = ["born", "before", "court", "area-text", "risk", "protects", "sex", "ethnic", "case"]

    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.workingOrder()
        return visit.page(try page(open, visit, initial(open), errors: []))
    }

    static func save(_ visit: Visit) throws -> Response {
        let open = try visit.workingOrder()
        let sent = visit.request.form
        guard let version = sent["version"].flatMap({ Int64($0) }) else {
            throw Refusal.badRequest("The form is not whole. Open the order again.")
        }
        let reference = String((sent["case"] ?? "").singleSpaced.prefix(60))
        let linked = reference.isEmpty ? nil : try visit.visibleCase(reference)
        guard reference.isEmpty || linked != nil else {
            let error = FormError("case", "There is no case with this reference that you may see")
            return visit.page(try page(open, visit, sent, errors: [error]))
        }
        let (asked, occasion) = (asked(open), try visit.occasion())
        let born = born(sent)
        if asked.contains("born"), !born.isEmpty, born.date.map({ $0 > visit.now.ukDate }) ?? true {
            let error = FormError("born", "Enter a real day of birth, such as 27 3 2003, that is not in the future")
            return visit.page(try page(open, visit, sent, errors: [error]))
        }
        let earlier: ID<Order>? = asked.contains("before") ? sent["before"].flatMap { ID($0) } : nil
        let law = visit.orders.law
        let result = try visit.write { connection in
            try visit.orders.change(
                open.shown.id, version: version, after: earlier, on: occasion, in: connection
            ) { (order) throws(OrderRefusal) in
                let known = order.born
                write(sent, asked, &order, linked: linked)
                let day = (order.dates.issued ?? visit.now).ukDate
                if order.born != known, let refusal = order.obstacle(on: day, law) { throw refusal }
            }
        }
        switch result {
        case .success: return visit.redirect(open.address)
        case .failure(let refusal):
            var both: Html = ""
            if case .changedMeanwhile(let yours, let now) = refusal {
                both = BothVersions.html(yours: yours, now: now, open, visit)
            }
            let errors = try visit.errors(refusal, at: asked.first ?? "case")
            return visit.page(try page(open, visit, sent, errors: errors, above: both), status: .conflict)
        }
    }

    /// The questions for this visitor and this type.
    private static func asked(_ open: OpenOrder) -> [String] {
        let may = open.shown.changeable
        let isPerson = open.order.subject.kind == .person
        return names.filter { name in
            switch name {
            case "born": may.contains(.born) && isPerson && isBornOpen(open.order)
            case "before": may.contains(.links) && open.order.step == .draft && open.type.before != nil
            case "court": may.contains(.authority) && open.type.course == .court
            case "area-text": may.contains(.terms) && open.order.hasOpenTerms(open.type)
            case "risk": may.contains(.authorisation)
            case "protects": may.contains(.protected)
            case "sex", "ethnic": may.contains(.equality) && isPerson
            default: may.contains(.links)
            }
        }
    }

    /// Whether it was not decided yet: afterwards everything was counted by the age.
    private static func isBornOpen(_ order: Order) -> Bool {
        order.madeAt == nil && order.step != .refused && order.step != .withdrawn
    }

    private static func born(_ sent: FormFields) -> MomentControl { MomentControl("born", .day, sent) }

    private static func initial(_ open: OpenOrder) -> FormFields {
        let order = open.order
        var fields = FormFields([
            .init("court", order.court), .init("area-text", order.areaText), .init("risk", order.riskAssessment),
            .init("protects", order.protected.map(\.details).joined(separator: "\n")),
            .init("sex", order.equality.sex ?? ""), .init("ethnic", order.equality.ethnicGroup ?? ""),
        ])
        if let (year, month, day) = order.born?.civil {
            fields.add("born-day", String(day))
            fields.add("born-month", String(month))
            fields.add("born-year", String(year))
        }
        return fields
    }

    private static func write(
        _ sent: FormFields, _ asked: [String], _ order: inout Order, linked: ID<Registered>?
    ) {
        for name in asked {
            let line = String((sent[name] ?? "").singleSpaced.prefix(300))
            switch name {
            case "born": if sent["born-day"] != nil { order.born = born(sent).date }
            case "before": break
            case "court": order.court = line
            case "area-text": order.areaText = String((sent[name] ?? "").trimmed.prefix(4000))
            case "risk": order.riskAssessment = line
            case "sex": order.equality.sex = line.isEmpty ? nil : line
            case "ethnic": order.equality.ethnicGroup = line.isEmpty ? nil : line
            case "protects":
                let lines = (sent[name] ?? "").split(whereSeparator: \.isNewline).map { String($0).singleSpaced }
                let known = Dictionary(order.protected.map { ($0.details, $0) }) { first, _ in first }
                order.protected = lines.filter { !$0.isEmpty }.map { known[$0] ?? ProtectedPerson(details: $0) }
            default: if let linked, !order.cases.contains(linked) { order.cases.append(linked) }
            }
        }
    }

    private static func page(
        _ open: OpenOrder, _ visit: Visit, _ fields: FormFields, errors: [FormError], above: Html = ""
    ) throws -> Page {
        let controls = try asked(open).map { name in
            name == "before"
                ? try BeforeChoice.html(open.type, kept: open.order.before, fields, visit, errors.message(name))
                : control(name, fields, errors)
        }
        let content: Html = """
            \(HiddenField(name: "version", value: String(open.shown.version)))
            \(each: controls, { $0 })
            \(Button(text: "Save", preventsDoubleClick: true))
            """
        return Page(
            "Details", in: .cases, above: OrderAddress.above(open), errors: errors, canBeLeftQuickly: true,
            """
            <p class="govuk-body">\(open.type.name), \(open.order.subjectName)</p>
            \(above)
            \(visit.form("\(open.address)/details", content))
            """)
    }

    private static func control(_ name: String, _ fields: FormFields, _ errors: [FormError]) -> Html {
        let (label, hint) = words(name)
        let value = fields[name] ?? ""
        let error = errors.message(name)
        if name == "born" { return born(fields).html(label, hint: hint, error) }
        if name == "area-text" || name == "protects" {
            return Textarea(
                name: name, label: Label(text: .text(label)), hint: hint.map { Hint(text: .text($0)) },
                errorMessage: error, value: value, rows: 3, autocomplete: "off"
            ).html
        }
        return Input(
            name: name, label: Label(text: .text(label)), hint: hint.map { Hint(text: .text($0)) }, errorMessage: error,
            value: value, autocomplete: "off"
        ).html
    }

    private static func words(_ name: String) -> (label: String, hint: String?) {
        switch name {
        case "born": ("Date of birth", "The age decides who may be subject to it and for how long")
        case "court": ("Court", nil)
        case "area-text": ("Where it covers", "In words, or the reference of its map")
        case "risk": ("Where is the risk assessment kept?", nil)
        case "protects": ("Whom it protects", "One on each line. Only those who keep victims safe see this.")
        case "sex":
            (
                "Sex of the subject",
                "As recorded; it is counted to see who is made subject to orders, and never shown with small numbers"
            )
        case "ethnic": ("Ethnic group of the subject", "As the person says it")
        default: ("Link it to a case", "The reference, such as ASB-2026-000012. Linked cases stay linked.")
        }
    }
}
