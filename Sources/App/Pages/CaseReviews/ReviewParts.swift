internal import CaseReview
internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import Kernel
internal import Site

/// The parts of a review's page that tell of the bodies: what they were asked, who met, what was recommended to them.
enum ReviewParts {
    static func bodies(_ open: OpenReview, _ visit: Visit) -> Html {
        let record = open.record
        let views = record.bodyViews
        let asked = record.asked
        let names = Set(asked).union(views.map(\.body)).sorted()
        guard !names.isEmpty else { return "" }
        let rows = names.map { body -> [Content] in
            let request = record.entries("record-request").last { $0.answers["body"].first == body.text }
            let view = views.first { $0.body == body }
            let ask = request?.happenedOn?.inWords ?? "Not asked here"
            let due = request?.answers["due"].first.flatMap { LocalDate($0) }
            let says = view.map { $0.isMet ? "Met" : "Not met" }
            return [
                .text(visit.bodyName(body)), .text(ask + (due.map { ", by \($0.inWords)" } ?? "")),
                .text(view?.counted.map { String($0) } ?? ""),
                says.map { .text($0) } ?? .html(StatusTag("Waits", tone: .attention).html),
                .html(view?.response.map(ReviewPlace.lines) ?? ""),
            ]
        }
        return """
            <div id="bodies">
            \(SortableTable(
                id: "bodies-table", caption: "What the bodies were asked, and say",
                columns: [
                    .init("Body"), .init("Asked"), .init("Counts", isNumeric: true), .init("Threshold"),
                    .init("What it did about the complaints"),
                ],
                rows: rows, address: { _, _ in open.address }))
            </div>
            """
    }

    static func meeting(_ open: OpenReview, _ visit: Visit) -> Html {
        guard let meeting = open.record.entries("review-meeting").last else { return "" }
        let body = meeting.answers["chair-agency"].first.flatMap { Code<Agency>($0) }
        let isIndependent = meeting.answers["independent"].first == "yes"
        let chair = "\(meeting.answers["chair"].first ?? "")\(body.map { ", \(visit.bodyName($0))" } ?? "")"
        var rows: [SummaryList.Row] = [
            .init(key: "When", value: .text(meeting.happenedOn?.inWords ?? "")),
            .init(
                key: "Chair",
                value: .html(
                    "\(chair) \(isIndependent ? StatusTag("Independent", tone: .good) : StatusTag("Not independent", tone: .attention))"
                )),
        ]
        if let why = meeting.answers["chair-reason"].first {
            rows.append(.init(key: "Why nobody independent", value: .html(ReviewPlace.lines(why))))
        }
        if let found = meeting.answers["found"].first {
            rows.append(.init(key: "Found", value: .html(ReviewPlace.lines(found))))
        }
        return """
            <h2 class="govuk-heading-m">The review</h2>
            \(SummaryList(rows: rows))
            """
    }

    /// The last appeal, and what came of it.
    static func appeal(_ open: OpenReview) -> Html {
        guard let appeal = open.record.entries("appeal").last else { return "" }
        let decided = open.record.appealDecision
        func text(_ entry: CaseEntry?, _ field: String) -> String? {
            guard let entry, let given = entry.answers[field].first else { return nil }
            let choices = open.view.type.form(entry.form)?.field(field)?.choices ?? []
            return choices.first { $0.code == given }?.text ?? given
        }
        let facts: [(String, String?)] = [
            ("Against", text(appeal, "against")), ("When", appeal.happenedOn?.inWords), ("Why", text(appeal, "why")),
            ("Decision", text(decided, "decision") ?? "Waits"), ("Decided by", text(decided, "by")),
            ("Reason", text(decided, "reason")),
        ]
        let rows = facts.compactMap { key, value in
            value.map { SummaryList.Row(key: .text(key), value: .html(ReviewPlace.lines($0))) }
        }
        return """
            <h2 class="govuk-heading-m">The appeal</h2>
            \(SummaryList(rows: rows))
            """
    }

    static func recommendations(_ open: OpenReview, _ visit: Visit) -> Html {
        let all = open.record.recommendations
        guard !all.isEmpty else { return "" }
        let today = visit.now.ukDate
        let cards = all.enumerated().map { number, item -> SummaryList in
            let by = (item.answer?.due ?? item.asksBy)?.inWords
            let stands = standing(item, today)
            return SummaryList(
                rows: [
                    .init(key: "What", value: .html(ReviewPlace.lines(item.text))),
                    .init(key: "By", value: .text(by ?? "No day was named")),
                    .init(key: "Answer of the body", value: .html(answer(item))),
                    .init(key: "How it stands", value: .html(stands)),
                ],
                card: .init(
                    title: .text("\(number + 1). To \(visit.bodyName(item.body))"), headingLevel: 3,
                    actions: actions(item, open)))
        }
        return """
            <h2 class="govuk-heading-m" id="recommendations">Recommendations</h2>
            \(each: cards, { $0.html })
            <p class="govuk-body">Whoever carries out public functions must have regard to a recommendation (Anti-social \
            Behaviour, Crime and Policing Act 2014, section 104). It is done with when the body has answered, what it \
            accepted is done and shown, and the victim has been told.</p>
            """
    }

    private static func answer(_ item: CaseReviewRecommendation) -> Html {
        let on = item.answeredOn.map { ", \($0.inWords)" } ?? ""
        switch item.answer {
        case nil: return StatusTag("Waits for an answer", tone: .attention).html
        case .accepts: return "Accepts\(on)"
        case .partly(_, let reason): return "Accepts in part\(on)<br>\(ReviewPlace.lines(reason))"
        case .rejects(let reason): return "Does not accept\(on)<br>\(ReviewPlace.lines(reason))"
        }
    }

    private static func standing(_ item: CaseReviewRecommendation, _ today: LocalDate) -> Html {
        if item.isLate(on: today), item.doneOn == nil { return StatusTag("Late", tone: .urgent).html }
        let missing = item.missing
        guard !missing.isEmpty else { return StatusTag("Done with", tone: .good).html }
        if missing.contains(.answer) { return "Nothing is done before the body has answered" }
        return missing.contains(.done) || missing.contains(.evidence)
            ? StatusTag("To be done", tone: .underWay).html
            : StatusTag("To be told to the victim", tone: .attention).html
    }

    /// What can be written down about a recommendation.
    private static func actions(_ item: CaseReviewRecommendation, _ open: OpenReview) -> [SummaryList.Action] {
        guard open.view.rights.mayWrite, open.view.state?.ends != true else { return [] }
        var forms: [(form: String, text: String)] = [("answer", item.answer == nil ? "Answer" : "Another answer")]
        if item.answer?.due != nil, item.doneOn == nil { forms.append(("carried-out", "Carried out")) }
        if item.answer != nil, item.missing.contains(.victimInformed) {
            forms.append(("recommendation-told", "Victim told"))
        }
        return forms.map { form, text in
            SummaryList.Action(
                text: .text(text), href: "\(open.address)/write/\(form)?which=\(item.id.text)&body=\(item.body.text)",
                visuallyHiddenText: item.text)
        }
    }
}
