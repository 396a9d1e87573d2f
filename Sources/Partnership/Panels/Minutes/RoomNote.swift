public import Kernel
internal import Secrets

/// A line or an action that was written in a room without a network, to be brought into the minutes.
public struct RoomNote: Hashable, Sendable {
    /// What was written.
    public enum Content: Hashable, Sendable {
        case line(NewMinuteLine)
        case action(NewPanelAction)
    }

    /// What the room's file calls it, by which it is known again in another file of the same room.
    public let mark: String
    /// The item for which it was written.
    public let item: ID<AgendaItem>
    /// What was written.
    public let content: Content

    /// A note.
    public init(_ mark: String, for item: ID<AgendaItem>, _ content: Content) {
        self.mark = mark
        self.item = item
        self.content = content
    }

    /// What it says.
    public var text: String {
        switch content {
        case .line(let line): line.statement.text
        case .action(let action): action.text
        }
    }

    /// The identifier that it gets when it is brought in: always the same, and none that the file could choose, so that it
    /// is brought in once however often the file comes (RFC 9562, 5.8).
    func identifier<Tag>(at meeting: ID<PanelMeeting>) -> ID<Tag>? {
        var bytes = Hash.blake2b(Array("note from the room \(meeting) \(item) \(mark)".utf8))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes[..<16].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let groups = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }
        return ID(groups.joined(separator: "-"))
    }
}

/// What becomes of a note.
public struct RoomFinding: Hashable, Sendable {
    /// Whether it can be brought in.
    public enum Standing: Hashable, Sendable {
        /// It can.
        case free
        /// It is in the minutes, or was and has been struck, or stands in the file before.
        case there
        /// It cannot, for this reason.
        case stopped(String)
    }

    /// The note.
    public let note: RoomNote
    /// The reference of its item; nil for one that does not exist for the reader, who is not shown what it says either.
    public let reference: String?
    /// Whether it can be brought in.
    public let standing: Standing
}
