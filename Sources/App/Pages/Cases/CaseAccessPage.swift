internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Site
internal import Storage

/// Who sees a case: who answers for it, with whom it is shared and by which gateway.
enum CaseAccessPage {
    /// The legal gateways that can be named. The disclosure register brings their terms.
    private static let gateways: [(code: String, text: String)] = [
        ("cda-115", "Crime and Disorder Act 1998, section 115"), ("pcsc-16", "Serious violence duty, section 16"),
        ("asb-sch4", "Case review, 2014 Act, Schedule 4"), ("mappa-325", "MAPPA, section 325"),
        ("safeguarding", "Safeguarding"), ("policing", "Common-law policing powers"), ("consent", "Consent"),
        ("vital-interests", "Vital interests"), ("court", "Court order"),
    ]

    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.openCase()
        let facts = open.view.facts
        let partnership = visit.site.partnership
        let today = visit.now.ukDate
        let guards = try RecordGuards(facts, visit)
        var rows: [SummaryList.Row] = [
            guards.recordClass,
            .init(key: "Agency that holds it", value: .text(partnership.name(of: facts.agency))),
            .init(key: "Answered for by", value: .text(open.name(facts.owner))),
            .init(key: "Team", value: .text(facts.team.map(partnership.name(of:)) ?? "None")),
        ]
        for share in facts.shares where share.holds(on: today) {
            let gateway = gateways.first { $0.code == share.gateway }?.text ?? share.gateway ?? ""
            let until = share.until.map { "until \($0.inWords)" } ?? "until it is ended"
            rows.append(
                .init(
                    key: .text("Shared with \(partnership.name(of: share.agency))"),
                    value: .html(
                        "\(depth(share.highest)), since \(share.from.inWords), \(until).<br>\(gateway)\(if: open.view.rights.mayShare, unshare(share.agency, open, visit))"
                    )
                ))
        }
        if !facts.involved.isEmpty {
            rows.append(.init(key: "Holders of actions", value: .text(String(facts.involved.count))))
        }
        let mayGuard = open.view.rights.mayGuard
        if mayGuard { rows += guards.people }
        let isOwnerAway = facts.owner.map(facts.conflicts.contains) ?? false
        let account = try visit.actor().account
        let glass = facts.glasses.filter { $0.account == account && visit.now < $0.until }.map(\.until).max()
        return visit.page(
            Page(
                "Who sees it", in: .cases, above: CasePlace.above(open), errors: errors, canBeLeftQuickly: true,
                isWide: true,
                """
                \(CasePlace.navigation(open, on: "/access"))
                \(some: glass, { until in
                    WarningText(text: .text("You opened this protected case. It closes to you at \(until.inWords). The agency that holds it was told, and someone will review why.")).html
                })
                \(if: mayGuard && isOwnerAway, InsetText(text: "Who answers for the case has a conflict of interest: hand the case on.").html)
                \(SummaryList(rows: rows))
                <ul class="govuk-list">
                \(if: mayGuard, "<li><a class=\"govuk-link\" href=\"\(href: "\(open.address)/access/class")\">Change how the case is guarded</a></li>")
                <li><a class="govuk-link" href="\(href: "\(open.address)/access/conflict")">Conflicts of interest: if you know someone in this case</a></li>
                \(if: visit.may(.read, "audit", .p2), "<li><a class=\"govuk-link\" href=\"\(href: "/trust/audit/person/\(open.view.record.id)")\">Who looked at this record</a></li>")
                </ul>
                \(if: open.view.rights.mayWrite, handOn(open, visit, errors))
                \(if: open.view.rights.mayShare, share(open, visit, errors))
                """))
    }

    private static func depth(_ highest: FieldClass) -> String {
        switch highest {
        case .p0: "What is nobody’s data"
        case .p1: "Personal data"
        case .p2: "Personal data, also special and criminal"
        case .p3, .p4: "Everything, also how a victim is reached"
        }
    }

    private static func unshare(_ agency: Code<Agency>, _ open: OpenCase, _ visit: Visit) -> Html {
        visit.form(
            "\(open.address)/access",
            """
            \(HiddenField(name: "act", value: "unshare"))\(HiddenField(name: "agency", value: agency.text))
            \(Button(text: .html("End it<span class=\"govuk-visually-hidden\"> with \(visit.site.partnership.name(of: agency))</span>"), classes: "govuk-button--secondary"))
            """)
    }

    private static func handOn(_ open: OpenCase, _ visit: Visit, _ errors: [FormError]) -> Html {
        let sent = visit.request.form
        let teams = visit.site.partnership.teams.filter { $0.agency == open.view.facts.agency }
        let content: Html = """
            \(HiddenField(name: "act", value: "hand-on"))
            \(Input(
                name: "owner", label: "Their e-mail address here", errorMessage: errors.message("owner"),
                value: sent["owner"] ?? "", type: "email", autocomplete: "off", checksSpelling: false))
            \(Select(
                name: "team", label: "Team",
                items: [.init(value: "", text: "None")] + teams.map { .init(value: $0.code.text, text: $0.name) },
                value: sent["team"] ?? open.view.facts.team?.text ?? ""))
            \(Button(text: "Hand it on", preventsDoubleClick: true, classes: "govuk-button--secondary"))
            """
        return "<h2 class=\"govuk-heading-m\">Hand the case on</h2>\(visit.form("\(open.address)/access", content))"
    }

    private static func share(_ open: OpenCase, _ visit: Visit, _ errors: [FormError]) -> Html {
        let sent = visit.request.form
        let others = visit.site.partnership.agencies.filter { $0.code != open.view.facts.agency }
        let content: Html = """
            \(HiddenField(name: "act", value: "share"))
            \(Select(
                name: "agency", label: "With which agency?", items: others.map { .init(value: $0.code.text, text: $0.name) },
                value: sent["agency"] ?? "", errorMessage: errors.message("agency")))
            \(Radios(
                name: "highest",
                items: [FieldClass.p1, .p2, .p3].map { .item(.init(value: $0.text, text: .text(depth($0)))) },
                value: sent["highest"] ?? "P2",
                fieldset: Fieldset(legend: .init(text: "How deep?", classes: "govuk-fieldset__legend--s")),
                errorMessage: errors.message("highest")))
            \(Select(
                name: "gateway", label: "Legal gateway",
                items: [.init(value: "", text: "Choose")] + gateways.map { .init(value: $0.code, text: $0.text) },
                value: sent["gateway"] ?? "", errorMessage: errors.message("gateway")))
            \(DayControl("until", sent["act"] == "share" ? sent : nil).html("Until when? (optional)", hint: nil, errors.message("until")))
            \(Textarea(
                name: "reason", label: "Why is it necessary, and in proportion?", errorMessage: errors.message("reason"),
                value: sent["act"] == "share" ? sent["reason"] ?? "" : "", rows: 3, checksSpelling: true))
            \(Button(text: "Share the case and its people", preventsDoubleClick: true))
            """
        return
            "<h2 class=\"govuk-heading-m\">Share it with an agency</h2>\(visit.form("\(open.address)/access", content))"
    }

    static func act(_ visit: Visit) throws -> Response {
        let open = try visit.openCase()
        let sent = visit.request.form
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let agency = sent["agency"].flatMap { Code<Agency>($0) }.flatMap(visit.site.partnership.agency)?.code
        let refusal: CaseRefusal?
        switch sent["act"] {
        case "hand-on": return try handOn(open, visit)
        case "unshare":
            guard let agency else { throw Refusal.notFound }
            refusal = try visit.write { connection in
                if case .failure(let refusal) = try visit.cases.unshare(
                    id, with: agency, reason: "Ended", on: occasion, in: connection)
                {
                    return refusal
                }
                return nil
            }
        case "share":
            let until = DayControl("until", sent)
            let gateway = gateways.first { $0.code == sent["gateway"] }?.code ?? ""
            guard let agency, let highest = sent["highest"].flatMap(FieldClass.init) else {
                return try page(visit, errors: [FormError("agency", "Choose the agency and how deep it is shared")])
            }
            guard until.typed.isEmpty || until.date != nil else {
                return try page(visit, errors: [FormError("until", "Enter a real date, or leave it empty")])
            }
            refusal = try visit.write { connection in
                if case .failure(let refusal) = try visit.cases.share(
                    id, with: agency, until: until.date, highest: highest, gateway: gateway,
                    reason: visit.reason ?? "", on: occasion, in: connection)
                {
                    return refusal
                }
                return nil
            }
        default: throw Refusal.badRequest("The form is not whole. Open the case again.")
        }
        if let refusal { return try page(visit, errors: visit.errors(refusal, at: "agency")) }
        return visit.redirect("\(open.address)/access")
    }

    private static func handOn(_ open: OpenCase, _ visit: Visit) throws -> Response {
        let sent = visit.request.form
        let agency = open.view.facts.agency
        guard let owner = try visit.colleague(sent["owner"] ?? "", of: agency) else {
            return try page(
                visit,
                errors: [FormError("owner", "Nobody of the agency that holds the case signs in with this address")])
        }
        guard !open.view.facts.conflicts.contains(owner) else {
            return try page(visit, errors: [FormError("owner", "This colleague cannot take this case: choose another")])
        }
        let team = visit.site.partnership.teams.first { $0.agency == agency && $0.code.text == sent["team"] }?.code
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write {
            try visit.cases.assign(
                id, to: owner, team: team, reason: nil, on: occasion, in: $0)
        }
        switch result {
        // Who handed it on may no longer see it.
        case .success: return visit.redirect("/cases")
        case .failure(let refusal): return try page(visit, errors: visit.errors(refusal, at: "owner"))
        }
    }
}
