internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import OrderPages
internal import Rules
internal import Site

/// A case at a glance: what everyone must know, what comes next and by when, who is in it.
enum CasePage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.openCase()
        let view = open.view
        let orders = try LinkedOrders.html(ofCase: ID(view.record.id), reference: view.record.reference, visit) ?? ""
        return visit.page(
            Page(
                view.record.reference, in: .cases, canBeLeftQuickly: true, isWide: true,
                hasHeading: false,
                """
                \(heading(open))
                \(CasePlace.navigation(open, on: ""))
                \(each: view.flags(on: visit.now.ukDate), { flag in
                    WarningText(text: .text(flag.person.map { "\(open.name($0)). \(flag.text)" } ?? flag.text)).html
                })
                \(try summary(open, visit))
                \(some: view.type.workedOn, { place in
                    "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "/\(place)/\(view.record.id.text)")\">Go on with it: what is decided, and what comes next</a></p>"
                })
                \(if: view.rights.mayWrite && view.type.workedOn == nil, steps(open))
                \(clocks(open, visit))
                \(if: view.rights.mayWrite && view.type.workedOn == nil, forms(open))
                \(orders)
                """))
    }

    /// The first heading, with how the case stands.
    static func heading(_ open: OpenCase) -> Html {
        let view = open.view
        let isOver = view.state?.ends == true
        return """
            <span class="govuk-caption-l">\(view.type.name), \(view.record.reference)</span>
            <h1 class="govuk-heading-l">\(view.record.heading.isEmpty ? view.record.reference : view.record.heading)</h1>
            <p class="govuk-body">\(StatusTag(view.state?.name ?? view.record.state.text, tone: isOver ? .neutral : .underWay))
            \(some: view.record.band, { CaseTags.band($0).html })
            \(if: view.facts.recordClass != .normal, StatusTag(view.facts.recordClass.rawValue.capitalisedFirst, tone: .attention).html)</p>
            """
    }

    private static func summary(_ open: OpenCase, _ visit: Visit) throws -> Html {
        let view = open.view
        let partnership = visit.site.partnership
        var rows: [SummaryList.Row] = [
            .init(key: "Opened", value: .text(view.record.openedAt.inWords)),
            .init(key: "Agency", value: .text(partnership.name(of: view.facts.agency))),
            .init(key: "Answered for by", value: .text(open.name(view.facts.owner))),
        ]
        if let team = view.facts.team { rows.append(.init(key: "Team", value: .text(partnership.name(of: team)))) }
        if let closed = view.record.closedAt { rows.append(.init(key: "Closed", value: .text(closed.inWords))) }
        for role in view.type.parties {
            let parties = view.parties(as: role.code)
            guard !parties.isEmpty else { continue }
            rows.append(.init(key: .text(role.name), value: .html(names(parties, open))))
        }
        let actions = view.actions.filter { $0.status == .open }
        if !actions.isEmpty {
            rows.append(
                .init(
                    key: "Open actions",
                    value: .html(
                        "<a class=\"govuk-link\" href=\"\(href: "\(open.address)/actions")\">\(actions.count) open</a>, the first due \(actions.map(\.due).min()?.inWords ?? "")"
                    )))
        }
        return SummaryList(rows: rows).html
    }

    static func names(_ parties: [CaseParty], _ open: OpenCase) -> Html {
        "\(each: Array(parties.enumerated()), { i, party in "\(if: i > 0, "<br>")\(name(party, open))" })"
    }

    static func name(_ party: CaseParty, _ open: OpenCase) -> Html {
        open.opens(party.person)
            ? "<a class=\"govuk-link\" href=\"\(href: "/people/\(party.person.text)")\">\(open.name(party.person))</a>"
            : "\(open.name(party.person))"
    }

    private static func steps(_ open: OpenCase) -> Html {
        let steps = open.view.steps
        guard !steps.isEmpty else { return "" }
        let items = steps.map { step -> TaskList.Item in
            let says = step.unmet.map(\.says).joined(separator: ". ")
            return TaskList.Item(
                title: .text(step.move.name), href: "\(open.address)/step/\(step.move.code)",
                hint: says.isEmpty ? nil : .text(says),
                status: step.unmet.isEmpty
                    ? .text("Ready")
                    : .tag(Tag(text: step.isOpen ? "With a reason" : "Not yet", classes: "govuk-tag--grey")))
        }
        return """
            <h2 class="govuk-heading-m">What comes next</h2>
            \(TaskList(items: items, idPrefix: "step"))
            """
    }

    private static func clocks(_ open: OpenCase, _ visit: Visit) -> Html {
        let calendar = visit.site.calendar
        let rows = open.view.clocks.filter { clock in
            clock.isOpen || clock.running.needsReason(at: visit.now, on: calendar)
        }.map { clock -> [Content] in
            let definition = open.view.type.clocks.first { $0.code == clock.clock }
            let state = CaseClockPage.state(clock, at: visit.now, on: calendar)
            return [
                .html(
                    "<a class=\"govuk-link\" href=\"\(href: "\(open.address)/clocks/\(clock.id)")\">\(definition?.name ?? clock.clock.text)</a>"
                ), .text(state.due), .html(state.tag.html),
            ]
        }
        guard !rows.isEmpty else { return "" }
        return SortableTable(
            id: "clocks", caption: "By when", columns: ["What", "Due", "How it stands"].map { .init(.text($0)) },
            rows: rows, emptyText: "", address: { _, _ in open.address }
        ).html
    }

    private static func forms(_ open: OpenCase) -> Html {
        let items = open.view.type.forms.filter { form in
            !open.view.type.moves.contains { $0.form == form.code }
                && open.view.type.isWhere(open.view.record, form.window)
                && form.fields.contains { open.view.rights.writes.contains($0.fieldClass) }
        }.map { form -> (address: String, name: String, count: Int) in
            let entries = open.view.entries(of: form.code)
            let address =
                form.repeats || entries.isEmpty
                ? "\(open.address)/fill/\(form.code)" : "\(open.address)/fill/\(form.code)?entry=\(entries[0].id.text)"
            return (address, form.name, entries.count)
        }
        return """
            <h2 class="govuk-heading-m">Add to the record</h2>
            <ul class="govuk-list concord-columns">
            \(each: items, { item in
                "<li><a class=\"govuk-link\" href=\"\(href: item.address)\">\(item.name)</a>\(if: item.count > 0, " (\(item.count))")</li>"
            })
            </ul>
            """
    }
}
