internal import Governance
internal import HTTP
internal import Kernel
internal import Panels
internal import People

/// The notes of a room as its file holds them once it is opened. Whoever has the passphrase can write anything into such a
/// file, so it is read as what a stranger sends.
struct RoomNotesFile {
    /// The largest content, in bytes: half of what a file may have, for the text that is carried through the form is longer.
    static let largest = 512 << 10
    /// The most lines and actions together.
    static let most = 500

    /// An action as it was written: its owner is known by an account, or by an address that was typed.
    struct Action {
        let mark: String
        let item: ID<AgendaItem>
        let text: String
        let owner: String
        let address: String
        let due: LocalDate
        let risk: String
    }

    let lines: [RoomNote]
    let actions: [Action]

    var isEmpty: Bool { lines.isEmpty && actions.isEmpty }

    /// Nil when anything is missing, too much, too long, or of another kind than a pack writes.
    init?(_ bytes: [UInt8], of meeting: ID<PanelMeeting>) {
        let limits = JSONLimits(bytes: RoomNotesFile.largest, depth: 3, members: 12)
        guard let json = try? JSONBody.parse(bytes, limits: limits),
            json.has(["format", "version", "meeting", "lines", "actions"]),
            json.text("format") == RoomEnvelope.Format.notes.rawValue,
            json["version"] == .integer(RoomEnvelope.version), json.text("meeting") == meeting.text,
            case .array(let lines)? = json["lines"], case .array(let actions)? = json["actions"],
            lines.count + actions.count <= RoomNotesFile.most
        else { return nil }
        self.lines = lines.compactMap(RoomNotesFile.line)
        self.actions = actions.compactMap(RoomNotesFile.action)
        let marks = self.lines.map(\.mark) + self.actions.map(\.mark)
        guard marks.count == lines.count + actions.count, Set(marks).count == marks.count else { return nil }
    }

    private static func line(_ json: JSON) -> RoomNote? {
        guard json.has(["mark", "item", "part", "kind", "class", "side", "agency", "text"]),
            let (mark, item) = place(json),
            let part = json.text("part").flatMap(MinutePart.init(rawValue:)), part != .research,
            let kind = json.text("kind").flatMap(StatementKind.init(rawValue:)),
            let depth = json.text("class").flatMap({ FieldClass($0) }),
            StatementControls.classes.contains(where: { $0.0 == depth }),
            let side = json.text("side").flatMap(SubjectSide.init(rawValue:)),
            let agency = json.text("agency").flatMap({ Code<Agency>($0) }),
            let text = json.written("text", NewStatement.longestText)
        else { return nil }
        let statement = NewStatement(kind, text, depth, side: side)
        return RoomNote(mark, for: item, .line(NewMinuteLine(part, statement, from: agency)))
    }

    private static func action(_ json: JSON) -> Action? {
        guard json.has(["mark", "item", "text", "owner", "address", "due", "risk"]), let (mark, item) = place(json),
            let text = json.written("text", ActionCheck.longestText), let owner = json.text("owner"),
            owner.utf8.count <= 36, let address = json.text("address"), address.utf8.count <= 320,
            let due = json.text("due").flatMap({ LocalDate($0) }), let risk = json.text("risk"),
            risk.count <= ActionCheck.longestText, !risk.utf8.contains(0)
        else { return nil }
        return Action(mark: mark, item: item, text: text, owner: owner, address: address, due: due, risk: risk)
    }

    private static func place(_ json: JSON) -> (mark: String, item: ID<AgendaItem>)? {
        guard let mark = json.text("mark"), mark.utf8.count == 32,
            mark.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
            let item = json.text("item").flatMap({ ID<AgendaItem>($0) })
        else { return nil }
        return (mark, item)
    }
}

extension JSON {
    /// Whether it is an object of these members and no others.
    fileprivate func has(_ names: Set<String>) -> Bool {
        guard case .object(let members) = self else { return false }
        return Set(members.map(\.name)) == names
    }

    /// A text that someone wrote: more than spaces, and no longer than that.
    fileprivate func written(_ name: String, _ longest: Int) -> String? {
        guard let text = text(name), !text.trimmed.isEmpty, text.count <= longest, !text.utf8.contains(0) else {
            return nil
        }
        return text
    }
}
