internal import DesignSystem
internal import Governance
internal import Kernel
internal import Panels
internal import Site

/// What a pack holds that goes into a room without a network: what the page of the pack shows its reader, and the choices
/// of the forms by which minutes are written there.
enum RoomPack {
    static func json(_ content: PackContent, _ open: OpenMeeting, _ visit: Visit) throws -> JSON {
        .members(
            ("title", .string(open.title)), ("day", .string(open.meeting.day.description)),
            ("hours", .string(PanelPlace.hours(open.meeting))), ("made", .string(try PackContent.stamp(visit))),
            ("agenda", .array(agenda(content.agenda, visit))),
            ("incomplete", .array(content.agenda.incomplete.map { incomplete($0, visit) })),
            ("items", .array(content.minutes.items.map { item($0, visit) })),
            ("choices", try choices(open, visit)), ("own", .string(try visit.actor().agency.text)),
            ("verbs", .array(open.panel.type.verbs.union(ActionCheck.common).sorted().map { .string($0) })))
    }

    private static func agenda(_ agenda: AgendaView, _ visit: Visit) -> [JSON] {
        let items = Dictionary(agenda.items.map { ($0.id, $0) }) { first, _ in first }
        return agenda.plan.lines.compactMap { line in
            let begins = ("begins", JSON.string("\(line.startsAt.timeInWords), \(line.minutes) minutes"))
            guard let id = line.item else { return .members(begins, ("item", .null)) }
            guard let item = items[id] else { return nil }
            let asked = item.agencies.sorted().map { visit.site.partnership.name(of: $0) }.joined(separator: ", ")
            return .members(
                begins, ("item", .string(id.text)), ("asked", .string(asked.isEmpty ? "All" : asked)),
                ("isDecided", .bool(item.decision != nil)))
        }
    }

    private static func incomplete(_ action: PanelAction, _ visit: Visit) -> JSON {
        .members(
            ("text", .string(action.text)), ("agency", .string(visit.site.partnership.name(of: action.agency))),
            ("due", .string(action.due.inWords)),
            ("state", .string(PanelPlace.tag(action, on: visit.now.ukDate).text)))
    }

    private static func item(_ minutes: ItemMinutes, _ visit: Visit) -> JSON {
        let parts = MinutePart.allCases.compactMap { part -> JSON? in
            let lines = minutes.lines.filter { $0.part == part }
            guard !lines.isEmpty else { return nil }
            return .members(
                ("name", .string(part.inWords)),
                (
                    "lines",
                    .array(
                        lines.map {
                            .members(("text", .string($0.text)), ("about", .string(MinuteLines.about($0, visit))))
                        })
                ))
        }
        return .members(
            ("id", .string(minutes.item.id.text)), ("reference", .string(minutes.reference)),
            ("kind", .string(minutes.item.kind.inWords)), ("isUrgent", .bool(minutes.item.isUrgent)),
            ("parts", .array(parts)))
    }

    /// The values and words of each list to choose from.
    private static func choices(_ open: OpenMeeting, _ visit: Visit) throws -> JSON {
        func list(_ choices: [(String, String)]) -> JSON {
            .array(choices.map { .array([.string($0.0), .string($0.1)]) })
        }
        let partnership = visit.site.partnership
        let seats = try visit.seats(on: open.meeting.panel)
        return .members(
            ("parts", list(MinutePart.allCases.filter { $0 != .research }.map { ($0.rawValue, $0.inWords) })),
            ("agencies", list(open.panel.definition.agencies.map { ($0.text, partnership.name(of: $0)) })),
            ("kinds", list(StatementKind.allCases.map { ($0.rawValue, $0.inWords) })),
            ("classes", list(StatementControls.classes.map { ($0.0.text, $0.1) })),
            ("sides", list(StatementControls.sides.map { ($0.0.rawValue, $0.1) })),
            ("owners", list(seats.map { ($0.account.text, "\($0.name), \(partnership.name(of: $0.agency))") })))
    }
}
