internal import DesignSystem
internal import Enforcement
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Rules
internal import Site

/// An order at a glance: how it stands, its clocks, what may be done next, its terms, breaches and appeals.
enum OrderPage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.openOrder()
        let (order, calendar) = (open.order, visit.site.calendar)
        return visit.page(
            Page(
                open.type.name, in: .cases, above: OrderAddress.register, canBeLeftQuickly: true, isWide: true,
                hasHeading: false,
                """
                <span class="govuk-caption-l">\(open.type.name)</span>
                <h1 class="govuk-heading-l">\(order.subjectName)</h1>
                \(OrderAddress.navigation(open, on: ""))
                \(try warning(open, visit))
                \(if: order.isUnder18(on: visit.now.ukDate) == true, OrderLimits.youth)
                \(SummaryList(rows: OrderFacts.rows(order, open, visit)))
                \(if: open.mayWork, "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: "\(open.address)/details")\">Change the details</a></p>")
                \(moves(open, at: visit.now, calendar))
                \(clocks(open, at: visit.now, calendar, visit.orders.law))
                \(ProportionalityView.html(order, open))
                <h2 class="govuk-heading-m">Terms</h2>
                \(OrderTermsView.binding(open.shown))
                \(breaches(order, open))
                \(appeals(order, open))
                \(kept(order))
                \(OrderLimits.html(open.type, isUnder18: order.isUnder18(on: (order.dates.decided ?? visit.now).ukDate), on: visit.now.ukDate, visit.orders.law))
                """))
    }

    private static func warning(_ open: OpenOrder, _ visit: Visit) throws -> Html {
        let today = visit.now.ukDate
        guard open.order.state(at: visit.now).isLive, let end = open.order.dates.to,
            try open.order.expiryWarning(on: today, visit.orders.law.rules) != nil
        else { return "" }
        return WarningText(text: .text("It ends soon: \(OrderWords.end(end)).")).html
    }

    private static func moves(_ open: OpenOrder, at now: Instant, _ calendar: ClockCalendar) -> Html {
        let moves = OrderMove.offered(open, at: now, calendar)
        var items = moves.map { move in
            TaskList.Item(
                title: .text(move.name(open)), href: "\(open.address)/do/\(move.rawValue)", status: .text(""))
        }
        let isOver = open.order.step == .refused || open.order.step == .withdrawn
        if ProportionalityView.isOpen(open), open.order.assessment == nil, !isOver {
            items.insert(
                TaskList.Item(
                    title: "Assess equality and proportionality", href: "\(open.address)/proportionality",
                    status: .text("")), at: 0)
        }
        guard !items.isEmpty else { return "" }
        return """
            <h2 class="govuk-heading-m">What you can do</h2>
            \(TaskList(items: items, idPrefix: "move"))
            """
    }

    private static func clocks(_ open: OpenOrder, at now: Instant, _ calendar: ClockCalendar, _ law: OrderLaw) -> Html {
        let views = open.order.clocks(at: now, on: calendar)
        guard !views.isEmpty else { return "" }
        let rows = zip(open.order.clocks, views).map { clock, view -> [Content] in
            let length = clock.clock.length
            let end = calendar.deadline(length, from: clock.clock.startedAt, pauses: clock.clock.pauses)
            let source = law.rules.rule(view.rule, on: clock.clock.ruleFrom)?.source ?? ""
            let reason = clock.clock.breachReason.map { "Late because: \($0)" } ?? ""
            let counted: Html = """
                \(length.inWords), from \(clock.clock.startedAt.inWords)\
                <br><span class="govuk-hint">\(source) (rule \(view.rule.text)) \(reason)</span>
                """
            return [
                .text(OrderWords.purpose(view.purpose)), .text(end?.inWords ?? "It stands still"),
                .html(state(view).html), .html(counted),
            ]
        }
        return SortableTable(
            id: "clocks", caption: "Clocks",
            columns: ["What", "Until", "How it stands", "How it is counted"].map { .init(.text($0)) }, rows: rows,
            address: { _, _ in open.address }
        ).html
    }

    private static func state(_ view: OrderClockView) -> StatusTag {
        switch view.state {
        case .met(_, inTime: true): return StatusTag(view.purpose.isOurs ? "Done" : "Used", tone: .good)
        case .met(_, inTime: false):
            return StatusTag(view.purpose.isOurs ? "Done late" : "Used late", tone: .attention)
        case .paused: return StatusTag("Paused", tone: .neutral)
        case .running: return StatusTag("Running", tone: .underWay)
        case .late:
            // Time that someone else had is over; nobody here is late.
            return view.purpose.isOurs ? StatusTag("Late", tone: .urgent) : StatusTag("Over", tone: .neutral)
        }
    }

    private static func breaches(_ order: Order, _ open: OpenOrder) -> Html {
        guard open.shown.shown.contains(.breaches), !order.breaches.isEmpty else { return "" }
        return """
            <h2 class="govuk-heading-m">Breaches</h2>
            \(each: order.breaches, { breach in
                SummaryList(
                    rows: [
                        .init(key: "When", value: .text(breach.at.inWords)),
                        .init(key: "What happened", value: .html(OrderWords.lines(breach.what))),
                        .init(key: "What shows it", value: .html(OrderWords.lines(breach.evidence))),
                        .init(key: "What was done", value: .html(OrderWords.lines(breach.response))),
                        .init(key: "How far it has come", value: .text(breach.stage.map(OrderWords.stage) ?? "")),
                        .init(key: "What came of it", value: .text(breach.outcome)),
                        .init(key: "To court", value: .text(breach.toCourt?.inWords ?? "")),
                        .init(key: "Entered", value: .text(breach.enteredAt.inWords)),
                    ].filter { !$0.value.isEmpty }
                ).html
            })
            """
    }

    private static func appeals(_ order: Order, _ open: OpenOrder) -> Html {
        guard open.shown.shown.contains(.appeals), !order.appeals.isEmpty else { return "" }
        return """
            <h2 class="govuk-heading-m">Appeals</h2>
            \(each: order.appeals, { appeal in
                let outcome = appeal.outcome.map(OrderWords.outcome) ?? "It waits"
                return SummaryList(
                    rows: [
                        .init(key: "Made", value: .text("\(appeal.at.inWords), \(appeal.court)")),
                        .init(key: "Outcome", value: .text(outcome)),
                        .init(key: "Decided", value: .text(appeal.decidedAt?.inWords ?? "")),
                        .init(key: "On hold", value: .text(appeal.isStayed ? "The court put the order on hold" : "")),
                    ].filter { !$0.value.isEmpty }
                ).html
            })
            """
    }

    /// The versions of the rules under which it was judged.
    private static func kept(_ order: Order) -> Html {
        guard !order.rules.isEmpty else { return "" }
        let items: Html =
            "\(each: order.rules, { "<li>\($0.key.text): \($0.value), the version from \($0.from.inWords)</li>" })"
        return Details(
            summary: "Rules it was judged under",
            content: .html("<ul class=\"govuk-list govuk-list--bullet\">\(items)</ul>")
        ).html
    }
}
