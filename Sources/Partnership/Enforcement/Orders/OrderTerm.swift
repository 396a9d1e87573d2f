public import Governance
public import Kernel

/// A term of an order.
public struct OrderTerm: Hashable, Sendable {
    /// What it asks.
    public enum Sort: String, CaseIterable, Sendable {
        /// Not to do something.
        case prohibition
        /// To do something.
        case requirement
    }

    /// What it asks.
    public var sort: Sort
    /// Its words.
    public var text: String
    /// Who supervises a requirement.
    public var supervisor: String?
    /// What can be compared with other terms; nil for free text, which is never judged.
    public var part: OrderTermPart?

    /// A term.
    public init(_ sort: Sort, _ text: String, supervisor: String? = nil, part: OrderTermPart? = nil) {
        self.sort = sort
        self.text = text
        self.supervisor = supervisor
        self.part = part
    }
}

/// What a term says in parts that can be compared.
public struct OrderTermPart: Hashable, Sendable {
    /// What it is about.
    public enum Kind: String, CaseIterable, Sendable {
        /// Not to enter an area.
        case keepOut = "keep-out"
        /// Not to meet or contact a person.
        case nonContact = "non-contact"
        /// To stay at a place during hours.
        case curfew
        /// To be at a place, at hours where they are known.
        case attend
        /// To live at a place.
        case reside
        /// Something else; never judged.
        case other
    }

    /// What it is about.
    public var kind: Kind
    /// The place.
    public var place: OrderPlace?
    /// The person whom not to contact, or with whom to attend or live.
    public var person: ID<Registered>?
    /// When; empty for always, or for an attendance whose hours are not known.
    public var hours: [WeeklyHours]

    /// A part.
    public init(_ kind: Kind, place: OrderPlace? = nil, person: ID<Registered>? = nil, hours: [WeeklyHours] = []) {
        self.kind = kind
        self.place = place
        self.person = person
        self.hours = hours
    }
}

/// A place or an area, as far as it is known where it lies.
public struct OrderPlace: Hashable, Sendable {
    /// A point of the map, in degrees.
    public struct Point: Hashable, Sendable {
        /// Degrees north.
        public var latitude: Double
        /// Degrees east.
        public var longitude: Double

        /// A point.
        public init(latitude: Double, longitude: Double) {
            self.latitude = latitude
            self.longitude = longitude
        }
    }

    /// Its name or address.
    public var name: String
    /// Names of areas in which someone has said that it lies.
    public var within: Set<String>
    /// Where it lies.
    public var point: Point?
    /// The outline of an area, point by point, without the first repeated; empty for none.
    public var outline: [Point]

    /// A place.
    public init(_ name: String, within: Set<String> = [], point: Point? = nil, outline: [Point] = []) {
        self.name = name
        self.within = within
        self.point = point
        self.outline = outline
    }

    /// Whether both names are the same, capitals and blanks aside.
    public func isSame(as other: OrderPlace) -> Bool { OrderPlace.folded(name) == OrderPlace.folded(other.name) }

    /// Whether it is known that the other place is this one or lies in it.
    public func holds(_ other: OrderPlace) -> Bool {
        if isSame(as: other) || other.within.contains(where: { OrderPlace.folded($0) == OrderPlace.folded(name) }) {
            return true
        }
        return other.point.map(isOutlined) ?? false
    }

    /// Even-odd rule; O(points of the outline).
    private func isOutlined(around point: Point) -> Bool {
        guard outline.count > 2, var last = outline.last else { return false }
        var isInside = false
        for corner in outline {
            if (corner.latitude > point.latitude) != (last.latitude > point.latitude) {
                let share = (point.latitude - corner.latitude) / (last.latitude - corner.latitude)
                let crossing = corner.longitude + share * (last.longitude - corner.longitude)
                if point.longitude < crossing { isInside.toggle() }
            }
            last = corner
        }
        return isInside
    }

    private static func folded(_ name: String) -> String {
        name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

/// Hours that come back each week, by British clocks.
public struct WeeklyHours: Hashable, Sendable {
    private static let day = 1440
    private static let week = 7 * 1440

    /// The weekdays on which they begin: 0 for Monday to 6 for Sunday.
    public var days: Set<Int>
    /// The minute of the day at which they begin.
    public var from: Int
    /// The minute at which they end; on the next day where it is not after the beginning.
    public var until: Int

    /// Hours, or nil when there is no such weekday or minute.
    public init?(days: Set<Int>, from: Int, until: Int) {
        guard !days.isEmpty, days.allSatisfy((0...6).contains), (0..<1440).contains(from), (0...1440).contains(until)
        else { return nil }
        self.days = days
        self.from = from
        self.until = until
    }

    /// Whether some minute of the week is in both.
    public func overlaps(_ other: WeeklyHours) -> Bool {
        spans.contains { a in other.spans.contains { b in a.lowerBound < b.upperBound && b.lowerBound < a.upperBound } }
    }

    /// Minutes of the week; what goes past Sunday midnight goes on on Monday.
    private var spans: [Range<Int>] {
        days.sorted().flatMap { day -> [Range<Int>] in
            let start = day * Self.day + from
            let end = day * Self.day + until + (until > from ? 0 : Self.day)
            return end <= Self.week ? [start..<end] : [start..<Self.week, 0..<(end - Self.week)]
        }
    }

    /// "Mondays 10:00 to 11:00".
    public var inWords: String {
        let names = days.sorted().compactMap { weekdayNames[safe: $0].map { "\($0)s" } }
        let list = days.count == 7 ? "every day" : names.joined(separator: ", ")
        func clock(_ minute: Int) -> String { "\(padded(minute / 60, to: 2)):\(padded(minute % 60, to: 2))" }
        return "\(list) \(clock(from)) to \(clock(until))"
    }
}
