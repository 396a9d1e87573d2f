internal import CaseReview
internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Rules
internal import Site

/// A review at a glance: where it stands, what comes next and by when, what was counted and decided, and what became of
/// each recommendation.
enum ReviewPage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.openReview()
        let view = open.view
        let next = try next(open, visit)
        return visit.page(
            Page(
                view.record.reference, in: .cases, above: [(title: "Case reviews", address: "/case-reviews")],
                canBeLeftQuickly: true, isWide: true, hasHeading: false,
                """
                \(heading(open))
                \(summary(open, visit))
                \(next)
                \(clocks(open, visit))
                \(complaints(open))
                \(ReviewParts.bodies(open, visit))
                \(ReviewParts.meeting(open, visit))
                \(ReviewParts.recommendations(open, visit))
                \(ReviewParts.appeal(open))
                \(letters(open))
                """))
    }

    private static func heading(_ open: OpenReview) -> Html {
        let record = open.view.record
        let name = open.view.state?.name ?? record.state.text
        return """
            <span class="govuk-caption-l">\(open.view.type.name), \(record.reference)</span>
            <h1 class="govuk-heading-l">\(record.heading.isEmpty ? record.reference : record.heading)</h1>
            <p class="govuk-body">\(ReviewPlace.tag(open.record.state, name))</p>
            """
    }

    private static func summary(_ open: OpenReview, _ visit: Visit) -> Html {
        let record = open.record
        var rows: [SummaryList.Row] = [.init(key: "Applied", value: .text(record.appliedOn.inWords))]
        for role in open.view.type.parties {
            let parties = open.view.parties(as: role.code)
            guard !parties.isEmpty else { continue }
            let names: [Html] = parties.map { party in
                open.sees(party.person)
                    ? "<a class=\"govuk-link\" href=\"\(href: "/people/\(party.person.text)")\">\(open.name(party.person))</a>"
                    : "\(open.name(party.person))"
            }
            rows.append(
                .init(
                    key: .text(role.name),
                    value: .html("\(each: Array(names.enumerated()), { "\(if: $0.offset > 0, "<br>")\($0.element)" })"))
            )
        }
        if let consent = record.consent {
            rows.append(.init(key: "Agreement of the victim", value: .html(ReviewPage.consent(consent, open))))
        }
        if let what = record.entries("application").first?.answers["what"].first {
            rows.append(.init(key: "What it is about", value: .html(ReviewPlace.lines(what))))
        }
        let contact = record.entries("acknowledgement").last?.answers["contact-person"].first
        rows.append(
            .init(key: "One person to ask", value: .text(contact ?? open.name(open.view.facts.owner))))
        rows.append(.init(key: "Agency", value: .text(visit.site.partnership.name(of: open.view.facts.agency))))
        return """
            \(SummaryList(rows: rows))
            <p class="govuk-body"><a class="govuk-link" href="\(href: open.caseAddress)">The case of this review</a>: its \
            record, people, actions, timeline, and who sees it</p>
            """
    }

    private static func consent(_ consent: CaseReviewApplication.Consent, _ open: OpenReview) -> Html {
        switch consent {
        case .own: return "They applied themselves"
        case .given: return "Given"
        case .awaited, .refused:
            let entry = open.record.entries("application").last
            let correct = entry.map { "\(open.address)/write/application?entry=\($0.id.text)" }
            let link: Html =
                open.view.rights.mayWrite
                ? "\(some: correct, { "<br><a class=\"govuk-link\" href=\"\(href: $0)\">Record that they agree</a>" })"
                : ""
            return "\(StatusTag("Not given yet", tone: .attention)) Until then nothing is decided. \(link)"
        }
    }

    // MARK: - What comes next

    private static func next(_ open: OpenReview, _ visit: Visit) throws -> Html {
        guard open.view.rights.mayWrite else { return "" }
        let steps = try visit.reviews.steps(open.record, on: visit.now.ukDate)
        let isOver = open.view.state?.ends == true
        let contact = isOver ? [] : [("contact", "Contact with the victim")]
        let writings = (writings(open) + contact).map { code, text in
            TaskList.Item(
                title: .text(text), href: code.contains("/") ? open.address + code : "\(open.address)/write/\(code)",
                status: .text(.text(done(code, open))))
        }
        let items = steps.map { step in
            let says = step.obstacles.map(\.says) + step.step.unmet.map(\.says)
            let isStopped =
                !ReviewStepPage.allowsReason(step) || step.step.unmet.contains { !$0.allowsReason }
            return TaskList.Item(
                title: .text(step.step.move.name), href: "\(open.address)/step/\(step.move.rawValue)",
                hint: says.isEmpty ? nil : .text(says.joined(separator: ". ")),
                status: says.isEmpty
                    ? .text("Ready")
                    : .tag(Tag(text: .text(isStopped ? "Not yet" : "With a reason"), classes: "govuk-tag--grey")))
        }
        return """
            \(if: !writings.isEmpty, "<h2 class=\"govuk-heading-m\">To write down now</h2>\(TaskList(items: writings, idPrefix: "write"))")
            \(if: !items.isEmpty, "<h2 class=\"govuk-heading-m\">To decide or to do</h2>\(TaskList(items: items, idPrefix: "step"))")
            """
    }

    private static func done(_ code: String, _ open: OpenReview) -> String {
        if code == "/count" { return open.record.isCountCurrent ? "Counted" : "Not counted" }
        let count = open.record.entries(code).count
        return count == 0 ? "Nothing yet" : "\(count) written"
    }

    /// What can be written down where the review stands: a form, or the path of a page, and what it is for.
    private static func writings(_ open: OpenReview) -> [(String, String)] {
        let followed = [
            ("answer", "Answer of a body"), ("carried-out", "That a recommendation was carried out"),
            ("recommendation-told", "That the victim was told how it stands"),
        ]
        switch open.record.state {
        case .received: return []
        case .acknowledged: return [("validity", "Consent, area and subject")]
        case .valid, .records:
            let harm = open.record.keptCount?.isMet == false ? [("harm-test", "Persistence, harm and response")] : []
            return [
                ("/count", "Complaints, and the count"), ("record-request", "Question to a body"),
                ("body-view", "View of a body"),
            ] + harm
        case .met, .notMet, .panel:
            let told = [("decision-told", "That the applicant was told the decision")]
            return [("participation", "How the victim takes part")] + (open.record.toldOn == nil ? told : [])
        case .reviewed:
            return [("recommendation", "Recommendation to a body"), followed[0]]
                + [("plan-consultation", "What the victim says about the plan")]
        case .outcomeSent: return followed
        case .appealed: return [("appeal-decision", "Decision on the appeal")]
        case .policingBody: return [("policing-answer", "Answer of the local policing body")]
        case .monitored: return followed + [("monitoring", "Whether it was carried out, and whether it ended")]
        case .invalid, .closed, .withdrawn: return []
        }
    }

    // MARK: - Clocks, complaints, letters

    private static func clocks(_ open: OpenReview, _ visit: Visit) -> Html {
        let calendar = visit.site.calendar
        let clocks = open.view.clocks.filter { clock in
            // The end of the time for an appeal is told once, by the day on which the applicant was told.
            guard clock.clock.text != CaseReviewState.outcomeSent.clock else { return false }
            return clock.isOpen || clock.running.needsReason(at: clock.stoppedAt ?? visit.now, on: calendar)
        }
        var rows = clocks.map { clock -> [Content] in
            let name = open.view.type.clocks.first { $0.code == clock.clock }?.name ?? clock.clock.text
            let (due, tag) = state(clock, visit)
            return [
                .html("<a class=\"govuk-link\" href=\"\(href: "\(open.caseAddress)/clocks/\(clock.id)")\">\(name)</a>"),
                .text(due), .html(tag.html),
            ]
        }
        if let until = open.record.appealUntil,
            [.notMet, .outcomeSent, .monitored, .closed].contains(open.record.state)
        {
            let tag =
                open.record.isAppealInTime ? StatusTag("Running", tone: .underWay) : StatusTag("Over", tone: .neutral)
            rows.append([.text("The time for an appeal ends"), .text(until.inWords), .html(tag.html)])
        }
        guard !rows.isEmpty else { return "" }
        return SortableTable(
            id: "clocks", caption: "By when", columns: ["What", "Due", "How it stands"].map { .init(.text($0)) },
            rows: rows, emptyText: "", address: { _, _ in open.address }
        ).html
    }

    private static func state(_ clock: KeptClock, _ visit: Visit) -> (String, StatusTag) {
        let isExplained = clock.running.breachReason != nil
        // One that stopped when the review ended is judged by that moment, and no more.
        return switch clock.running.state(at: clock.stoppedAt ?? visit.now, on: visit.site.calendar) {
        case .running(let deadline): (deadline.inWords, StatusTag("Running", tone: .underWay))
        case .paused: ("", StatusTag("Stands still", tone: .neutral))
        case .late(let deadline): (deadline.inWords, StatusTag(isExplained ? "Late" : "Late: say why", tone: .urgent))
        case .met(let deadline, let inTime):
            (
                deadline.inWords,
                inTime
                    ? StatusTag("Done in time", tone: .good)
                    : StatusTag(isExplained ? "Done late" : "Done late: say why", tone: .attention)
            )
        }
    }

    private static func complaints(_ open: OpenReview) -> Html {
        guard open.view.rights.reads.contains(.p1) else { return "" }
        let kept = open.record.keptCount
        let decision = open.record.decision
        var lines: [String] = []
        if let kept {
            lines.append("\(kept.summary) Counted on \(kept.madeAt.inWords) by \(kept.madeByName).")
        } else {
            let written = open.record.entries("complaint").count
            lines.append(
                written == 0 ? "No complaint is written down yet." : "Written down: \(written). Not counted yet.")
        }
        if open.record.isMetByHarm {
            lines.append("The bodies found that the persistence, the harm or the response so far ask for a review.")
        }
        let form = open.view.type.form(decision?.form ?? Code("threshold") ?? open.view.type.forms[0].code)
        let answer = decision?.answers["decision"].first
        let says = form?.field("decision")?.choices.first { $0.code == answer }?.text
        if let says { lines.append("Decided: is the threshold met? \(says).") }
        return """
            <h2 class="govuk-heading-m" id="complaints">Complaints and threshold</h2>
            \(each: lines, { "<p class=\"govuk-body\">\($0)</p>" })
            \(if: kept != nil && !open.record.isCountCurrent && open.record.state == .records, WarningText(text: "The complaints have changed since they were counted.").html)
            <p class="govuk-body"><a class="govuk-link" href="\(href: "\(open.address)/count")">Which complaints count, \
            which do not, and why</a></p>
            """
    }

    private static func letters(_ open: OpenReview) -> Html {
        guard open.view.rights.reads.isSuperset(of: [.p1, .p2]) else { return "" }
        return """
            <h2 class="govuk-heading-m">Letters</h2>
            <ul class="govuk-list">
            \(each: open.record.letters, { kind in
                "<li><a class=\"govuk-link\" href=\"\(href: "\(open.address)/letter/\(kind.rawValue)")\">\(kind.title)</a></li>"
            })
            </ul>
            """
    }
}
