internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Instruments
internal import Kernel
internal import Site

/// Everything that happened on a case, the newest first.
enum CaseTimelinePage {
    static func page(_ visit: Visit) throws -> Response {
        let open = try visit.withKeepers(visit.openCase())
        let view = open.view
        var events: [Timeline.Event] = [
            Timeline.Event(title: "The case was opened", time: view.record.openedAt)
        ]
        for entry in view.entries {
            guard let form = view.type.form(entry.form) else { continue }
            let title = entry.supersedes == nil ? form.name : "\(form.name), corrected"
            events.append(
                Timeline.Event(
                    title: .text(title), time: entry.madeAt, author: open.name(entry.madeBy),
                    content: .html(EntryPages.summary(entry, form, open, visit))))
        }
        for move in view.moves {
            let name = view.type.move(move.move)?.name ?? move.move.text
            let passed = move.passed.isEmpty ? "" : " Without: \(move.passed.joined(separator: "; "))."
            events.append(
                Timeline.Event(
                    title: .text(name), time: move.at, author: open.name(move.by),
                    content: move.reason.map { .text("\($0)\(passed)") }))
        }
        for assessment in view.assessments {
            let instrument = visit.cases.instruments.version(assessment.instrument.code, assessment.instrument.version)
            let band = instrument?.bands.first { $0.code.text == assessment.holds }?.name ?? assessment.holds
            events.append(
                Timeline.Event(
                    title: .text("Risk assessed: \(band)"), time: assessment.madeAt,
                    author: open.name(assessment.madeBy),
                    content: assessment.judgement.map { .text($0) }))
        }
        for action in view.actions {
            events.append(
                Timeline.Event(
                    title: .text("Action: \(action.text)"), time: action.madeAt, author: open.name(action.madeBy),
                    content: .text("Due \(action.due.inWords).")))
            if let closed = action.closedAt {
                events.append(
                    Timeline.Event(
                        title: .text("\(action.status.inWords): \(action.text)"), time: closed,
                        author: open.name(action.closedBy), content: action.outcome.map { .text($0) }))
            }
        }
        for attachment in try visit.attachments(of: open) {
            let name = visit.cases.letters.templates.first { $0.code.text == attachment.letter }?.name
            let address = "\(open.address)/attachments/\(attachment.id)"
            events.append(
                Timeline.Event(
                    title: .text(name.map { "Letter made: \($0)" } ?? "Attachment: \(attachment.name)"),
                    time: attachment.madeAt, author: open.name(attachment.madeBy),
                    content: .html(
                        "<p class=\"govuk-body\"><a class=\"govuk-link\" href=\"\(href: address)\">\(attachment.description)</a></p>"
                    )))
            if let until = attachment.supersededAt {
                events.append(
                    Timeline.Event(
                        title: .text("Taken out of use: \(attachment.name)"), time: until,
                        author: open.name(attachment.supersededBy),
                        content: attachment.supersededReason.map { .text($0) }))
            }
        }
        for flag in view.flags {
            events.append(Timeline.Event(title: .text(flag.text), time: flag.raisedAt))
        }
        let ordered = events.enumerated().sorted { ($0.element.time, $0.offset) > ($1.element.time, $1.offset) }
        return visit.page(
            Page(
                "Timeline", in: .cases, above: CasePlace.above(open), canBeLeftQuickly: true, isWide: true,
                """
                \(CasePlace.navigation(open, on: "/timeline"))
                \(Timeline(ordered.map(\.element), label: "What happened, the newest first", headingLevel: 2))
                """))
    }
}
