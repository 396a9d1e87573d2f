public import Kernel
internal import Rules

/// Who is made subject to orders: counts of people by age, sex and ethnic group, as far as these are recorded.
/// Small counts are always kept back.
public struct OrderProfile: Hashable, Sendable {
    /// A group and how many.
    public struct Row: Hashable, Sendable {
        /// The group, "Not recorded" for who has none.
        public let name: String
        /// How many orders.
        public let count: OrderFigure
    }

    /// A breakdown with its total.
    public struct Table: Hashable, Sendable {
        /// The groups.
        public let rows: [Row]
        /// All.
        public let total: OrderFigure
    }

    /// By age on the day it was made.
    public let ages: Table
    /// By sex.
    public let sexes: Table
    /// By ethnic group.
    public let ethnicGroups: Table

    /// The bands of ages, by their first year; a choice of presentation that no rule depends on.
    private static let bands: [(from: Int, name: String)] = [
        (0, "Under 18"), (18, "18 to 24"), (25, "25 to 34"), (35, "35 to 44"), (45, "45 to 54"), (55, "55 and over"),
    ]
    private static let unknown = "Not recorded"

    /// Counts orders about persons that were made in a period.
    /// - Parameter minimum: people from which a figure is shown.
    public init(of orders: [Order], from first: LocalDate, to last: LocalDate, minimum: Int) {
        let period = first.startInUK..<last.advanced(by: 1).startInUK
        let made = orders.filter { $0.subject.kind == .person && $0.madeAt.map(period.contains) ?? false }
        let ages = made.map { order -> String in
            guard let born = order.born, let at = order.madeAt else { return Self.unknown }
            let age = Order.age(born, on: at.ukDate)
            return Self.bands.last { $0.from <= age }?.name ?? Self.unknown
        }
        self.ages = Self.table(ages, among: Self.bands.map(\.name), minimum)
        sexes = Self.table(made.map { $0.equality.sex ?? Self.unknown }, among: [], minimum)
        ethnicGroups = Self.table(made.map { $0.equality.ethnicGroup ?? Self.unknown }, among: [], minimum)
    }

    private static func table(_ values: [String], among known: [String], _ minimum: Int) -> Table {
        let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
        let others = counts.keys.filter { !known.contains($0) && $0 != unknown }.sorted()
        let names = known + others + (counts[unknown] == nil ? [] : [unknown])
        let column = OrderFigure.column(names.map { counts[$0] ?? 0 }, minimum: minimum)
        return Table(rows: zip(names, column.figures).map { Row(name: $0, count: $1) }, total: column.total)
    }
}
