public import Kernel
internal import Rules

/// A figure of a report.
public enum OrderFigure: Hashable, Sendable {
    /// The count.
    case shown(Int)
    /// Too few people, or one could be worked out from the others.
    case suppressed

    /// "25", or "c" for a figure that is kept back.
    public var inWords: String {
        switch self {
        case .shown(let count): String(count)
        case .suppressed: "c"
        }
    }

    /// The count, where it is shown.
    public var count: Int? { if case .shown(let count) = self { count } else { nil } }

    /// A column with its total, small counts kept back.
    ///
    /// Counts from 1 to below the minimum are kept back, and so many of the smallest others that at least two are,
    /// together at the minimum or above; where that cannot be had, the total is kept back too. Zero is no person
    /// and is shown.
    /// - Parameter minimum: people from which a figure is shown; nil to show all.
    public static func column(_ counts: [Int], minimum: Int?) -> (figures: [OrderFigure], total: OrderFigure) {
        let sum = counts.reduce(0, +)
        guard let minimum else { return (counts.map { .shown($0) }, .shown(sum)) }
        var hidden = Set(counts.indices.filter { (1..<max(minimum, 1)).contains(counts[$0]) })
        // One alone is below the minimum, so that what reaches it is two at least.
        func isSafe() -> Bool { hidden.isEmpty || hidden.reduce(0) { $0 + counts[$1] } >= minimum }
        let others = counts.indices.filter { counts[$0] > 0 && !hidden.contains($0) }.sorted { counts[$0] < counts[$1] }
        for next in others where !isSafe() { hidden.insert(next) }
        let figures = counts.indices.map { hidden.contains($0) ? OrderFigure.suppressed : .shown(counts[$0]) }
        return (figures, isSafe() ? .shown(sum) : .suppressed)
    }
}

/// The register's report of a period: what was made in it is not what holds at its end, so both are printed.
public struct OrderReport: Hashable, Sendable {
    /// A line.
    public struct Line: Hashable, Sendable {
        /// The printed name.
        public let name: String
        /// Made or served in the period.
        public let made: OrderFigure
        /// Holding at the end of the period's last day; nil for what is done once and does not hold, as an eviction.
        public let live: OrderFigure?
        /// Holding at some time of the period.
        public let held: OrderFigure?
        /// Of those, breached in the period.
        public let breached: OrderFigure?
        /// Breached among held; nil when none was held or a figure is kept back.
        public let breachRate: Double?
        /// Days from issue to made, the median of those made in the period; nil when none was or a figure is kept back.
        public let medianDays: Double?
        /// Appeals decided in the period, by outcome.
        public let appeals: [OrderAppeal.Outcome: OrderFigure]
    }

    /// The first day.
    public let first: LocalDate
    /// The last day.
    public let last: LocalDate
    /// The lines, in the order of the plan.
    public let lines: [Line]
    /// All that were made.
    public let made: OrderFigure
    /// All that hold at the end.
    public let live: OrderFigure
    /// Decisions to name the subject in public, taken in the period.
    public let named: OrderFigure

    /// Counts orders.
    /// - Parameters:
    ///   - types: whose lines are printed.
    ///   - minimum: people from which a figure is shown; nil for those who may see every figure.
    public init(
        of orders: [Order], from first: LocalDate, to last: LocalDate, types: OrderTypes, minimum: Int?
    ) {
        self.first = first
        self.last = last
        let period = first.startInUK..<last.advanced(by: 1).startInUK
        let tallies = types.lines.map { line in
            let holds = line.types.contains { types[$0]?.breach != OrderType.Breach.none }
            return Tally(line.name, orders.filter { line.types.contains($0.type) }, period, holds: holds)
        }
        let made = OrderFigure.column(tallies.map(\.made.count), minimum: minimum)
        let live = OrderFigure.column(tallies.map(\.live), minimum: minimum)
        let held = OrderFigure.column(tallies.map(\.held), minimum: minimum)
        let breached = OrderFigure.column(tallies.map(\.breached), minimum: minimum)
        var appeals: [OrderAppeal.Outcome: [OrderFigure]] = [:]
        for outcome in OrderAppeal.Outcome.allCases {
            let counts = tallies.map { $0.appeals[outcome] ?? 0 }
            appeals[outcome] = OrderFigure.column(counts, minimum: minimum).figures
        }
        lines = tallies.indices.map { index in
            let pair = (breached.figures[index].count, held.figures[index].count)
            let few = minimum.map { tallies[index].made.count < $0 } ?? false
            return Line(
                name: tallies[index].name, made: made.figures[index],
                live: tallies[index].holds ? live.figures[index] : nil,
                held: tallies[index].holds ? held.figures[index] : nil,
                breached: tallies[index].holds ? breached.figures[index] : nil,
                breachRate: OrderReport.rate(pair.0, of: pair.1),
                medianDays: few || made.figures[index] == .suppressed ? nil : tallies[index].medianDays,
                appeals: appeals.compactMapValues { $0[safe: index] })
        }
        self.made = made.total
        self.live = live.total
        let decisions = orders.count { order in
            order.mayBeNamed && order.publicity.map { period.contains($0.at) } ?? false
        }
        named = OrderFigure.column([decisions], minimum: minimum).figures.first ?? .suppressed
    }

    private static func rate(_ part: Int?, of whole: Int?) -> Double? {
        guard let part, let whole, whole > 0 else { return nil }
        return Double(part) / Double(whole)
    }
}

/// The counts behind a line.
private struct Tally {
    let name: String
    let holds: Bool
    let made: [Order]
    let live: Int
    let held: Int
    let breached: Int
    let appeals: [OrderAppeal.Outcome: Int]

    init(_ name: String, _ orders: [Order], _ period: Range<Instant>, holds: Bool) {
        self.name = name
        self.holds = holds
        made = orders.filter { $0.madeAt.map(period.contains) ?? false }
        live = !holds ? 0 : orders.count { $0.isLive(at: Instant(milliseconds: period.upperBound.milliseconds - 1)) }
        let held = orders.filter { holds && $0.isLive(within: period) }
        self.held = held.count
        breached = held.count { order in order.breaches.contains { period.contains($0.at) } }
        var appeals: [OrderAppeal.Outcome: Int] = [:]
        for appeal in orders.flatMap(\.appeals) {
            guard let outcome = appeal.outcome, let at = appeal.decidedAt, period.contains(at) else { continue }
            appeals[outcome, default: 0] += 1
        }
        self.appeals = appeals
    }

    var medianDays: Double? {
        let days = made.compactMap { order -> Int? in
            guard let issued = order.dates.issued, let made = order.madeAt else { return nil }
            return Int(made.ukDate.day - issued.ukDate.day)
        }.sorted()
        guard let low = days[safe: (days.count - 1) / 2], let high = days[safe: days.count / 2] else { return nil }
        return Double(low + high) / 2
    }
}

extension Order {
    /// Whether a report of a period counts anything of it: that it was made or held, or what was decided on it then, also
    /// after its end.
    func isCounted(in period: Range<Instant>) -> Bool {
        let decided = appeals.compactMap(\.decidedAt) + [publicity?.at, madeAt].compactMap { $0 }
        return isLive(within: period) || decided.contains(where: period.contains)
    }

    func isLive(within period: Range<Instant>) -> Bool {
        guard let from = dates.from, from < period.upperBound else { return false }
        let end = [dates.to, dates.discharged].compactMap { $0 }.min()
        return end.map { $0 > period.lowerBound } ?? true
    }
}
