internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site

/// Who sees an order, and sharing it with another agency: names and terms, or criminal matters too.
enum OrderSharePage {
    private static let gateways: [(code: String, text: String)] = [
        ("cda-115", "Crime and Disorder Act 1998, section 115"), ("safeguarding", "Safeguarding"),
        ("policing", "Common-law policing powers"), ("court", "Court order"), ("vital-interests", "Vital interests"),
    ]

    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.openOrder()
        return visit.page(try page(open, visit, errors: []))
    }

    private static func mayShare(_ open: OpenOrder, _ visit: Visit) throws -> Bool {
        try visit.decision(.share, open.shown.facts, .p1).isPermitted
    }

    private static func page(_ open: OpenOrder, _ visit: Visit, errors: [FormError]) throws -> Page {
        let facts = open.shown.facts
        let partnership = visit.site.partnership
        let may = try mayShare(open, visit)
        var rows: [SummaryList.Row] = [
            .init(key: "Agency that holds it", value: .text(partnership.name(of: facts.agency))),
            .init(key: "Answered for by", value: .text(open.name(facts.owner))),
            .init(key: "Team", value: .text(facts.team.map(partnership.name(of:)) ?? "None")),
        ]
        for share in facts.shares where share.holds(on: visit.now.ukDate) {
            let gateway = gateways.first { $0.code == share.gateway }?.text ?? share.gateway ?? ""
            let until = share.until.map { "until \($0.inWords)" } ?? "until it is ended"
            let end: Html = may ? unshare(share.agency, open, visit) : ""
            rows.append(
                .init(
                    key: .text("Shared with \(partnership.name(of: share.agency))"),
                    value: .html("\(depth(share.highest)), since \(share.from.inWords), \(until).<br>\(gateway)\(end)"))
            )
        }
        return Page(
            "Who sees it", in: .cases, above: OrderAddress.above(open), errors: errors, canBeLeftQuickly: true,
            """
            \(OrderAddress.navigation(open, on: "/access"))
            \(SummaryList(rows: rows))
            \(if: may, form(open, visit, errors))
            \(try conflicts(open, visit, errors))
            """)
    }

    /// Lifting a conflict of interest, for who may decide who sees it. One with the person or a case closed the order too.
    private static func conflicts(_ open: OpenOrder, _ visit: Visit, _ errors: [FormError]) throws -> Html {
        guard open.shown.mayGuard, !open.shown.facts.conflicts.isEmpty else { return "" }
        let form = try RecordGuards(open.shown.facts, visit).liftForm(
            to: "\(open.address)/access", hidden: HiddenField(name: "act", value: "lift").html, errors: errors)
        return "<h2 class=\"govuk-heading-m\">Lift a conflict of interest</h2>\(form)"
    }

    private static func depth(_ highest: FieldClass) -> String {
        highest <= .p1 ? "Names and terms" : "Also service, breaches and appeals"
    }

    private static func unshare(_ agency: Code<Agency>, _ open: OpenOrder, _ visit: Visit) -> Html {
        let name = visit.site.partnership.name(of: agency)
        return visit.form(
            "\(open.address)/access",
            """
            \(HiddenField(name: "act", value: "unshare"))\(HiddenField(name: "agency", value: agency.text))
            \(Button(text: .html("End it<span class=\"govuk-visually-hidden\"> with \(name)</span>"), classes: "govuk-button--secondary"))
            """)
    }

    private static func form(_ open: OpenOrder, _ visit: Visit, _ errors: [FormError]) -> Html {
        let sent = visit.request.form
        let others = visit.site.partnership.agencies.filter { $0.code != open.shown.facts.agency }
        let content: Html = """
            \(HiddenField(name: "act", value: "share"))
            \(Select(
                name: "agency", label: "With which agency?",
                items: [.init(value: "", text: "Choose")] + others.map { .init(value: $0.code.text, text: $0.name) },
                value: sent["agency"] ?? "", errorMessage: errors.message("agency")))
            \(Radios(
                name: "highest",
                items: [FieldClass.p1, .p2].map { .item(.init(value: $0.text, text: .text(depth($0)))) },
                value: sent["highest"] ?? "P1",
                fieldset: Fieldset(legend: .init(text: "How deep?", classes: "govuk-fieldset__legend--s")),
                classes: "govuk-radios--small"))
            \(Select(
                name: "gateway", label: "Legal gateway",
                items: [.init(value: "", text: "Choose")] + gateways.map { .init(value: $0.code, text: $0.text) },
                value: sent["gateway"] ?? "", errorMessage: errors.message("gateway")))
            \(MomentControl("until", .day, sent.isEmpty ? nil : sent).html("Until when? (optional)", hint: nil, errors.message("until")))
            \(Textarea(
                name: "reason", label: "Why is it necessary, and in proportion?", errorMessage: errors.message("reason"),
                value: sent["reason"] ?? "", rows: 3, checksSpelling: true))
            \(Button(text: "Share the order", preventsDoubleClick: true))
            """
        return """
            <h2 class="govuk-heading-m">Share it with an agency</h2>
            \(visit.form("\(open.address)/access", content))
            """
    }

    static func act(_ visit: Visit) throws -> Response {
        let open = try visit.openOrder()
        let sent = visit.request.form
        if sent["act"] == "lift" { return try lift(open, visit) }
        guard try mayShare(open, visit) else { throw visit.ended(.noPermission) }
        let agency = sent["agency"].flatMap { Code<Agency>($0) }.flatMap(visit.site.partnership.agency)?.code
        if sent["act"] == "unshare" {
            guard let agency else { throw Refusal.notFound }
            return try guarded(open, "Ended", visit) { $0.shares.removeAll { $0.agency == agency } }
        }
        let until = MomentControl("until", .day, sent)
        let gateway = gateways.first { $0.code == sent["gateway"] }?.code
        var errors: [FormError] = []
        if agency == nil || agency == open.shown.facts.agency {
            errors.append(FormError("agency", "Choose the agency"))
        }
        if gateway == nil { errors.append(FormError("gateway", "Choose the legal gateway")) }
        if !until.isEmpty, until.date.map({ $0 < visit.now.ukDate }) ?? true {
            errors.append(FormError("until", "Enter a day that is not over, or leave it empty"))
        }
        if visit.reason == nil { errors.append(FormError("reason", "Enter why it is necessary")) }
        guard errors.isEmpty, let agency, let reason = visit.reason else {
            return visit.page(try page(open, visit, errors: errors))
        }
        let share = RecordFacts.Share(
            agency: agency, from: visit.now.ukDate, until: until.date, highest: sent["highest"] == "P2" ? .p2 : .p1,
            gateway: gateway)
        return try guarded(open, reason, visit) { facts in
            facts.shares.removeAll { $0.agency == agency }
            facts.shares.append(share)
        }
    }

    private static func lift(_ open: OpenOrder, _ visit: Visit) throws -> Response {
        guard open.shown.mayGuard else { throw visit.ended(.noPermission) }
        guard let account = try RecordGuards(open.shown.facts, visit).lifted() else {
            let errors = [FormError("account", "Choose for whom the conflict is lifted")]
            return visit.page(try page(open, visit, errors: errors))
        }
        guard let reason = visit.request.form["lift-reason"]?.singleSpaced, !reason.isEmpty else {
            let errors = [FormError("lift-reason", "Enter the reason")]
            return visit.page(try page(open, visit, errors: errors))
        }
        return try guarded(open, reason, visit) { $0.conflicts.remove(account) }
    }

    private static func guarded(
        _ open: OpenOrder, _ reason: String, _ visit: Visit, _ body: (inout RecordFacts) -> Void
    ) throws -> Response {
        let occasion = try visit.occasion()
        let result = try visit.write {
            try visit.orders.guardRecord(open.shown.id, reason: reason, on: occasion, in: $0, body)
        }
        switch result {
        case .success: return visit.redirect("\(open.address)/access")
        case .failure(let refusal):
            return visit.page(try page(open, visit, errors: visit.errors(refusal, at: "agency")))
        }
    }
}
