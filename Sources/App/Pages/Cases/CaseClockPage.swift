internal import Casework
internal import DesignSystem
internal import HTML
internal import HTTP
internal import Kernel
internal import Rules
internal import Site

/// One clock of a case: by which rule it runs, its pauses, and why it was late.
enum CaseClockPage {
    /// When it is due, and how it stands.
    static func state(_ clock: KeptClock, at now: Instant, on calendar: ClockCalendar) -> (due: String, tag: StatusTag)
    {
        if clock.stoppedAt != nil { return ("", StatusTag("Stopped: the case is over", tone: .neutral)) }
        switch clock.running.state(at: now, on: calendar) {
        case .running(let deadline): return (deadline.inWords, StatusTag("Running", tone: .underWay))
        case .paused: return ("", StatusTag("Stands still", tone: .neutral))
        case .late(let deadline):
            return (
                deadline.inWords, StatusTag(clock.running.breachReason == nil ? "Late: say why" : "Late", tone: .urgent)
            )
        case .met(let deadline, true): return (deadline.inWords, StatusTag("Done in time", tone: .good))
        case .met(let deadline, false):
            return (
                deadline.inWords,
                StatusTag(clock.running.breachReason == nil ? "Done late: say why" : "Done late", tone: .attention)
            )
        }
    }

    private static func clock(_ open: OpenCase, _ visit: Visit) throws -> KeptClock {
        let id: ID<KeptClock> = try visit.id("clock")
        guard let clock = open.view.clocks.first(where: { $0.id == id }) else { throw Refusal.notFound }
        return clock
    }

    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    private static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let open = try visit.openCase()
        let clock = try clock(open, visit)
        let name = open.view.type.clocks.first { $0.code == clock.clock }?.name ?? clock.clock.text
        let state = state(clock, at: visit.now, on: visit.site.calendar)
        let rule = visit.site.policy.all.first { $0.key == clock.running.rule && $0.from == clock.running.ruleFrom }
        var rows: [SummaryList.Row] = [
            .init(key: "How it stands", value: .html(state.tag.html)),
            .init(key: "Due", value: .text(state.due)),
            .init(key: "Began", value: .text(clock.running.startedAt.inWords)),
            .init(key: "Length", value: .text(clock.running.length.inWords)),
            .init(
                key: "Rule",
                value: .html(
                    "\(rule?.source ?? "")<br><code>\(clock.running.rule.text)</code>, from \(clock.running.ruleFrom.inWords)"
                )),
        ]
        for pause in clock.running.pauses {
            rows.append(
                .init(
                    key: "Stood still",
                    value: .text(
                        "\(pause.from.inWords) to \(pause.until?.inWords ?? "now")"
                            + (pause.reason.isEmpty ? "" : ": \(pause.reason)"))))
        }
        if let reason = clock.running.breachReason, !reason.isEmpty {
            rows.append(.init(key: "Why it was late", value: .text(reason)))
        }
        return visit.page(
            Page(
                name, in: .cases, above: CasePlace.above(open), errors: errors, canBeLeftQuickly: true,
                "\(SummaryList(rows: rows))\(if: open.view.rights.mayWrite, acts(clock, open, visit, errors))"))
    }

    private static func acts(_ clock: KeptClock, _ open: OpenCase, _ visit: Visit, _ errors: [FormError]) -> Html {
        let address = "\(open.address)/clocks/\(clock.id)"
        func form(_ act: String, _ label: String, _ button: String) -> Html {
            visit.form(
                address,
                """
                \(HiddenField(name: "act", value: act))
                \(Textarea(
                    name: "reason", label: Label(text: .text(label)), errorMessage: errors.message("reason"), rows: 3,
                    checksSpelling: true))
                \(Button(text: .text(button), preventsDoubleClick: true))
                """)
        }
        if clock.running.needsReason(at: visit.now, on: visit.site.calendar) {
            return form("explain", "Why is it late?", "Save the reason")
        }
        guard clock.isOpen else { return "" }
        if clock.running.pauses.contains(where: { $0.until == nil }) {
            return visit.form(
                address, "\(HiddenField(name: "act", value: "resume"))\(Button(text: "Let it run again"))")
        }
        return form("pause", "Why does it stand still?", "Let it stand still")
    }

    static func act(_ visit: Visit) throws -> Response {
        let open = try visit.workingCase()
        let clock = try clock(open, visit)
        let reason = visit.reason
        let act = visit.request.form["act"] ?? ""
        let needed = act == "explain" ? "Enter why it is late" : "Enter why it stands still"
        if reason == nil, act != "resume" { return try page(visit, errors: [FormError("reason", needed)]) }
        let (id, occasion) = (open.view.record.id, try visit.occasion())
        let result = try visit.write { connection in
            switch act {
            case "explain":
                try visit.cases.explain(clock.id, of: id, reason: reason ?? "", on: occasion, in: connection)
            case "pause", "resume":
                try visit.cases.pause(
                    clock.id, of: id, reason: act == "pause" ? reason : nil, on: occasion, in: connection)
            default: throw Refusal.badRequest("The form is not whole. Open the clock again.")
            }
        }
        switch result {
        case .success: return visit.redirect(open.address)
        case .failure(let refusal): return try page(visit, errors: visit.errors(refusal, at: "reason"))
        }
    }
}
