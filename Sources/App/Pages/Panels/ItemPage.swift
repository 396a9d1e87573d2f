internal import Casework
internal import DesignSystem
internal import Governance
internal import HTML
internal import HTTP
internal import Kernel
internal import Panels
internal import People
internal import Site
internal import Storage

/// One item of an agenda on one screen: what the agencies released, what was said, what was undertaken, what was decided.
enum ItemPage {
    static func page(_ visit: Visit) throws -> Response { try page(visit, errors: []) }

    static func page(_ visit: Visit, errors: [FormError]) throws -> Response {
        let item = try OpenItem(visit)
        let body: Html = """
            \(try missing(item, visit))
            \(try notAsked(item, visit))
            \(try summary(item, visit))
            \(try research(item, visit))
            \(MinuteLines.html(item.minutes, item, visit))
            \(ActionTable.html("What is undertaken", item.minutes?.actions ?? [], visit, id: "undertaken"))
            \(decision(item))
            \(item.mayMinute ? try ItemForms.minuting(item, visit, errors) : "")
            \(if: item.open.rights.prepares, ItemForms.preparing(item, visit, errors))
            \(ItemForms.withdrawing(item, visit))
            """
        return visit.page(
            Page(
                item.reference, in: .panels, above: item.open.above, errors: errors, canBeLeftQuickly: true,
                isWide: true,
                """
                \(body)
                \(item.neighbours)
                """))
    }

    /// What the panel expects in the case before it hears it, and is not there. It stops nothing.
    private static func missing(_ item: OpenItem, _ visit: Visit) throws -> Html {
        let (state, expected) = (item.open.meeting.state, item.open.panel.type.expected)
        guard !expected.isEmpty, item.item.kind.isCase, item.item.decision == nil,
            state.isAhead || state == .inSession
        else { return "" }
        let (id, occasion) = (item.item.caseID, try visit.occasion())
        let missing = try visit.write { connection in
            try expected.filter { try visit.panels.isMissing($0, in: id, on: occasion, in: connection) }
        }
        return "\(each: missing, { InsetText(text: .text("\($0.says).")).html })"
    }

    /// The people of the case about whom nobody can be asked, for who prepares the panel, as long as research goes on.
    private static func notAsked(_ item: OpenItem, _ visit: Visit) throws -> Html {
        let state = item.open.meeting.state
        guard item.open.rights.prepares, state.isAhead || state == .inSession else { return "" }
        let occasion = try visit.occasion()
        let count = try visit.write { try visit.panels.notAsked(about: item.item, on: occasion, in: $0) }
        guard count > 0 else { return "" }
        let (who, records) = count == 1 ? ("1 person", "their record is") : ("\(count) people", "their records are")
        return InsetText(
            text: .text(
                "\(who) could not be asked about: \(records) another agency’s. Ask that agency to let the panel’s agencies see them, or to bring what it knows to the meeting."
            )
        ).html
    }

    private static func summary(_ item: OpenItem, _ visit: Visit) throws -> Html {
        let partnership = visit.site.partnership
        let hasNoPair = try visit.read { try visit.panels.hasNoPair(item.item, in: $0) }
        let names = try visit.accountNames([item.item.presenter].compactMap { $0 } + item.outOfTheRoom)
        var rows: [SummaryList.Row] = [
            .init(key: "Case", value: .html(PanelPlace.link(item.reference, "/cases/\(item.item.caseID.text)"))),
            .init(
                key: "What it is",
                value: .html(
                    "\(item.item.kind.inWords)\(if: item.item.isUrgent, " \(StatusTag("Emergency", tone: .urgent))")")),
            .init(
                key: "Agencies asked",
                value: .text(
                    item.item.agencies.isEmpty
                        ? "All that sit on the panel"
                        : item.item.agencies.sorted().map { partnership.name(of: $0) }.joined(separator: ", "))),
        ]
        if hasNoPair {
            rows.append(.init(key: "Repeat", value: .text(ReferralPages.noPair)))
        }
        if let referral = item.item.referral {
            rows.append(
                .init(
                    key: "Referral", value: .html(PanelPlace.link("Open the referral", PanelPlace.referral(referral)))))
        }
        if let presenter = item.item.presenter {
            rows.append(.init(key: "Presented by", value: .text(names[presenter] ?? "Someone who has left")))
        }
        if !item.outOfTheRoom.isEmpty {
            let out = item.outOfTheRoom.map { names[$0] ?? "Someone who has left" }.joined(separator: ", ")
            rows.append(.init(key: "Out of the room", value: .text(out)))
        }
        return SummaryList(rows: rows).html
    }

    /// What agencies answered on each person: that they know nothing is told too.
    private static func research(_ item: OpenItem, _ visit: Visit) throws -> Html {
        let names = try visit.personNames(item.research.map(\.person))
        let rows = item.research.map { answer -> [Content] in
            [
                .text(names[answer.person] ?? "Someone whose record you may not see"),
                .text(visit.site.partnership.name(of: answer.agency)),
                .html("\(answer.answer.inWords)\(if: answer.isLate, " \(StatusTag("Late", tone: .attention))")"),
                .text(String(answer.lines.count { $0.releasedAt != nil })),
            ]
        }
        return SortableTable(
            id: "answers", caption: "What the agencies answered",
            columns: [.init("Person"), .init("Agency"), .init("Answer"), .init("Lines released", isNumeric: true)],
            rows: rows, emptyText: "No answer is released yet.", address: { _, _ in PanelPlace.item(item.item) }
        ).html
    }

    private static func decision(_ item: OpenItem) -> Html {
        guard let decision = item.item.decision else { return "" }
        var rows: [SummaryList.Row] = [.init(key: "Decided", value: .text(decision))]
        if let before = item.item.riskBefore { rows.append(.init(key: "Risk before", value: .text(before))) }
        if let after = item.item.riskAfter { rows.append(.init(key: "Risk after", value: .text(after))) }
        if let none = item.item.noAction { rows.append(.init(key: "No action, because", value: .text(none))) }
        if let taken = item.item.taken { rows.append(.init(key: "Took", value: .text("\(taken) minutes"))) }
        return "<h2 class=\"govuk-heading-m\">Decision</h2>\(SummaryList(rows: rows))"
    }
}

/// An item as its page shows it.
struct OpenItem {
    let open: OpenMeeting
    let item: AgendaItem
    let reference: String
    let research: [ResearchReturn]
    let minutes: ItemMinutes?
    let outOfTheRoom: [ID<Account>]
    /// The pages of the items before and after it.
    let neighbours: Html

    init(_ visit: Visit) throws {
        open = try visit.openMeeting()
        guard open.hasAccepted else { throw Refusal.notFound }
        let (id, occasion): (ID<AgendaItem>, Occasion) = (try visit.id("item"), try visit.occasion())
        let meeting = open.meeting.id
        let found: (MinutesView, [ResearchReturn], Set<ID<Account>>)? = try visit.write { connection in
            guard let view = try visit.panels.minutes(of: meeting, on: occasion, in: connection),
                view.items.contains(where: { $0.item.id == id })
            else { return nil }
            return (
                view, try visit.panels.research(on: id, on: occasion, in: connection),
                try visit.panels.outOfTheRoom(for: id, on: occasion, in: connection)
            )
        }
        guard let found, let index = found.0.items.firstIndex(where: { $0.item.id == id }) else {
            throw Refusal.notFound
        }
        let items = found.0.items
        minutes = items[index]
        item = items[index].item
        reference = items[index].reference
        research = found.1
        outOfTheRoom = found.2.sorted()
        let before = index > 0 ? items[index - 1] : nil
        let after = index + 1 < items.count ? items[index + 1] : nil
        neighbours = """
            <p class="govuk-body">\(some: before, { "\(PanelPlace.link("Before: \($0.reference)", PanelPlace.item($0.item))) " })\
            \(some: after, { PanelPlace.link("Next: \($0.reference)", PanelPlace.item($0.item)) })</p>
            """
    }

    var address: String { PanelPlace.item(item) }
    var mayMinute: Bool { open.rights.prepares && open.meeting.state.takesMinutes }
}

/// The lines of an item's minutes, by part.
enum MinuteLines {
    static func html(_ minutes: ItemMinutes?, _ item: OpenItem, _ visit: Visit) -> Html {
        let lines = minutes?.lines ?? []
        return html(
            lines, visit,
            strikes: item.open.meeting.state.isAhead || item.open.meeting.state.takesMinutes
                ? { "\(item.open.address)/lines/\($0.id.text)" } : nil)
    }

    static func html(_ lines: [MinuteLine], _ visit: Visit, strikes: ((MinuteLine) -> String)?) -> Html {
        let actor = visit.knownActor
        let parts = MinutePart.allCases.compactMap { part -> Html? in
            let own = lines.filter { $0.part == part }
            guard !own.isEmpty else { return nil }
            return """
                <h3 class="govuk-heading-s">\(part.inWords)</h3>
                <ul class="govuk-list govuk-list--bullet">
                \(each: own, { line in
                    "<li>\(line.text) <span class=\"govuk-hint\">\(about(line, visit))</span>\(if: strikes != nil && mayStrike(line, actor, visit), strikes.map { PanelPlace.link("Strike", $0(line)) } ?? "")</li>"
                })
                </ul>
                """
        }
        guard !parts.isEmpty else { return "<p class=\"govuk-body\">Nothing is minuted that you may see.</p>" }
        return "<h2 class=\"govuk-heading-m\">Minutes</h2>\(each: parts, { $0 })"
    }

    private static func mayStrike(_ line: MinuteLine, _ actor: Actor?, _ visit: Visit) -> Bool {
        line.agency == actor?.agency || visit.may(.update, "minutes", line.fieldClass)
    }

    /// "Police, fact. Safety."
    static func about(_ line: MinuteLine, _ visit: Visit) -> String {
        var words = [visit.site.partnership.name(of: line.agency)]
        if let kind = line.kind { words.append(kind.inWords.lowercased()) }
        if line.fieldClass >= .p3 { words.append("safety") }
        return words.joined(separator: ", ")
    }
}
