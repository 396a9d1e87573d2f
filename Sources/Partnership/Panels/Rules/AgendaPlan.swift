public import Kernel

/// An item as an agenda is built from it.
public struct AgendaCandidate: Hashable, Sendable {
    /// Which item.
    public let item: ID<AgendaItem>
    /// What it is.
    public let kind: AgendaKind
    /// Whether it cannot wait: it comes before all others.
    public let isUrgent: Bool
    /// When it was listed.
    public let listedAt: Instant
    /// Minutes that the co-ordinator gave it, in place of the rule's.
    public let allotted: Int?

    /// An item.
    public init(
        _ item: ID<AgendaItem>, _ kind: AgendaKind, isUrgent: Bool = false, listedAt: Instant, allotted: Int? = nil
    ) {
        self.item = item
        self.kind = kind
        self.isUrgent = isUrgent
        self.listedAt = listedAt
        self.allotted = allotted
    }
}

/// How long things take.
public struct AgendaMinutes: Hashable, Sendable {
    /// An item, by what it is.
    public var items: [AgendaKind: Int]
    /// One action that is not complete.
    public var action: Int

    /// Lengths in minutes.
    public init(items: [AgendaKind: Int], action: Int) {
        self.items = items
        self.action = action
    }
}

/// An agenda in its order, with running times: what is left of the last meeting, what is urgent, then by kind.
public struct AgendaPlan: Hashable, Sendable {
    /// A line of it.
    public struct Line: Hashable, Sendable {
        /// The item; nil for the actions of earlier meetings that are not complete.
        public let item: ID<AgendaItem>?
        /// When it begins, as planned.
        public let startsAt: Instant
        /// Its minutes.
        public let minutes: Int
    }

    /// Its lines, in order.
    public let lines: [Line]
    /// Minutes that all of it takes.
    public let needed: Int
    /// Minutes that there are.
    public let available: Int

    /// Builds an agenda. Items of one kind keep the order in which they were listed.
    /// - Parameter incomplete: how many actions of earlier meetings are not complete.
    public init(
        _ items: [AgendaCandidate], incomplete: Int, order: [AgendaKind], minutes: AgendaMinutes, from start: Instant,
        to end: Instant
    ) {
        var lines: [Line] = []
        var moment = start
        func add(_ item: ID<AgendaItem>?, _ length: Int) {
            lines.append(Line(item: item, startsAt: moment, minutes: length))
            moment = moment.advanced(bySeconds: Int64(length) * 60)
        }
        if incomplete > 0 { add(nil, incomplete * minutes.action) }
        func rank(_ item: AgendaCandidate) -> (Int, Int64, String) {
            let place = item.isUrgent ? -1 : order.firstIndex(of: item.kind) ?? order.count
            return (place, item.listedAt.milliseconds, item.item.text)
        }
        for item in items.sorted(by: { rank($0) < rank($1) }) {
            add(item.item, item.allotted ?? minutes.items[item.kind] ?? 0)
        }
        self.lines = lines
        needed = lines.reduce(0) { $0 + $1.minutes }
        available = Int((end.milliseconds - start.milliseconds) / 60_000)
    }

    /// Minutes that are missing; nil when there is time for everything. It is a warning and stops nothing.
    public var missing: Int? { needed > available ? needed - available : nil }
}
