internal import Documents
internal import Governance
internal import HTTP
internal import Kernel
internal import Panels
internal import Site

/// The pack of a meeting as one PDF, to be read in a room without a network: what the reader may see, with their name, the
/// time and what is to become of it on each page.
enum PackPaper {
    static func file(
        _ agenda: AgendaView, _ minutes: MinutesView, _ open: OpenMeeting, _ visit: Visit
    ) throws -> Response {
        let document = Document(
            title: "Pack: \(open.title)", author: visit.site.partnership.name,
            footer: try PackContent.stamp(visit),
            blocks: plan(agenda) + incomplete(agenda, visit) + minutes.items.flatMap { item(item: $0, visit) })
        let name = "\(open.meeting.panel)-\(open.meeting.day)-pack.pdf"
        return .download(
            body: .bytes(try DocumentMaker().pdf(document)), type: FileKind.pdf.mediaType, as: name)
    }

    private static func plan(_ agenda: AgendaView) -> [Document.Block] {
        let items = Dictionary(agenda.items.map { ($0.id, $0) }) { first, _ in first }
        let rows = agenda.plan.lines.map { line -> [String] in
            let item = line.item.flatMap { items[$0] }
            return [
                "\(line.startsAt.timeInWords), \(line.minutes) minutes",
                item.map { agenda.references[$0.caseID] ?? "Item" } ?? "Actions that are not complete",
                item.map { $0.kind.inWords + ($0.isUrgent ? ", emergency" : "") } ?? "",
            ]
        }
        return rows.isEmpty
            ? []
            : [
                .heading(1, "Agenda"),
                .table(caption: "Agenda", columns: ["Begins", "Item", "What it is"], rows: rows),
            ]
    }

    private static func incomplete(_ agenda: AgendaView, _ visit: Visit) -> [Document.Block] {
        let rows = agenda.incomplete.map { action in
            [action.text, visit.site.partnership.name(of: action.agency), action.due.inWords]
        }
        let title = "Actions of earlier meetings that are not complete"
        return rows.isEmpty
            ? [] : [.heading(1, title), .table(caption: title, columns: ["What", "Agency", "Due"], rows: rows)]
    }

    private static func item(item: ItemMinutes, _ visit: Visit) -> [Document.Block] {
        let parts = MinutePart.allCases.flatMap { part -> [Document.Block] in
            let lines = item.lines.filter { $0.part == part }
            guard !lines.isEmpty else { return [] }
            let texts = lines.map { "\($0.text) (\(MinuteLines.about($0, visit)))" }
            return [.heading(2, part.inWords), .list(texts, isNumbered: false)]
        }
        return [.newPage, .heading(1, "\(item.reference): \(item.item.kind.inWords.lowercased())")]
            + (parts.isEmpty ? [.paragraph("Nothing is minuted that you may see.")] : parts)
    }
}
