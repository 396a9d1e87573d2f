/// A kind of record: `person`, `case`, `assessment`.
public enum RecordKind {}

/// What a reading is for: `subject-request`, `oversight`.
public enum Purpose {}

/// What someone wants to do.
public enum AccessAction: String, CaseIterable, Sendable {
    case create, read, list, search, count, update, export, print, notify, attach, share, merge, delete
    /// Change how a record is guarded: its class, its named people, grants on a sealed one.
    case grant
    case breakGlass = "break-glass"
    case reviewBreakGlass = "review-break-glass"
    case administer, run, publish

    /// Whether only those may do it who may also read the record as deep: nobody hands on, changes, closes or hides
    /// what they cannot see. A count shows no record, and a search alone finds a protected record without opening it.
    var needsReading: Bool {
        switch self {
        case .create, .read, .count, .breakGlass, .run: false
        case .list, .search, .update, .export, .print, .notify, .attach, .share, .merge, .delete, .grant,
            .reviewBreakGlass, .administer, .publish:
            true
        }
    }
}

/// How much harm a field's disclosure could do (casework.md §4.2).
public enum FieldClass: Int, CaseIterable, Comparable, Sendable {
    /// Ordinary: nothing about a person.
    case p0
    /// Personal data.
    case p1
    /// Special categories and criminal matters.
    case p2
    /// Victim safety: addresses, contact, advocate, children's school.
    case p3
    /// Sealed.
    case p4

    /// Less harmful than.
    public static func < (a: FieldClass, b: FieldClass) -> Bool { a.rawValue < b.rawValue }

    /// The class written `P0` … `P4`, or nil.
    public init?(_ text: String) {
        guard let found = FieldClass.allCases.first(where: { $0.text == text }) else { return nil }
        self = found
    }

    /// `P0` … `P4`.
    public var text: String { "P\(rawValue)" }
}

/// How a record is guarded (casework.md §4.3).
public enum RecordClass: String, CaseIterable, Sendable {
    /// By role, agency and need to know.
    case normal
    /// To the people named on it, and its owner; it does not exist for others.
    case restricted
    /// Its existence may be known; to open it takes a reason, unless one works on it.
    case protected
    /// To the people whom the chair granted it; nobody else may know that it exists.
    case sealed
}

/// How an actor stands to a record, as far as permissions ask. A permission names the relations that it holds for.
public enum Reach: String, CaseIterable, Sendable {
    /// They own it.
    case own
    /// They hold an action on it, whatever their agency.
    case involved
    /// Their team owns it.
    case team
    /// Their agency owns it.
    case agency
    /// It is shared with their agency, on this day.
    case shared
    /// It is listed on a panel on which they sit, and their agency is invited to the item.
    case listed
    /// They broke its glass, and the three hours last.
    case glass
    /// It is sealed, and its panel's chair granted it to them.
    case granted
    /// Any record of the partnership.
    case partnership
}
