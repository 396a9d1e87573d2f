public import HTML

/// A table whose order the server sets: the headings of its columns are links. It needs no script, and scrolls within
/// its own box where the screen is narrow.
public struct SortableTable: Component {
    /// An order.
    public enum Direction: String, Hashable, Sendable {
        /// Smallest first.
        case ascending
        /// Largest first.
        case descending

        /// The other order.
        public var reversed: Direction { self == .ascending ? .descending : .ascending }
    }

    /// A column.
    public struct Column: Hashable, Sendable {
        /// The column's name in addresses; nil for a column that the table cannot be sorted by.
        public var key: String?
        /// The heading.
        public var title: Content
        /// Whether it holds numbers: they are set to the right.
        public var isNumeric: Bool
        /// The order that the link asks for first.
        public var firstDirection: Direction

        /// A column. Numbers are sorted largest first, unless said otherwise.
        public init(
            _ title: Content, key: String? = nil, isNumeric: Bool = false, firstDirection: Direction? = nil
        ) {
            self.title = title
            self.key = key
            self.isNumeric = isNumeric
            self.firstDirection = firstDirection ?? (isNumeric ? .descending : .ascending)
        }
    }

    /// The id, from which the caption's is made.
    public var id: String
    /// What the table shows.
    public var caption: String
    /// Further classes of the caption, such as `govuk-visually-hidden`.
    public var captionClasses: String
    /// The columns.
    public var columns: [Column]
    /// The rows, in the order set; cells of numeric columns are set to the right of themselves.
    public var rows: [[Content]]
    /// The column the rows are sorted by, and how.
    public var order: (key: String, direction: Direction)?
    /// Whether the first cell of each row is its heading.
    public var firstCellIsHeader: Bool
    /// What is said when there are no rows.
    public var emptyText: String
    /// The address of the table in another order.
    public var address: @Sendable (_ key: String, _ direction: Direction) -> String

    /// A table.
    public init(
        id: String, caption: String, captionClasses: String = "govuk-table__caption--m", columns: [Column],
        rows: [[Content]], order: (key: String, direction: Direction)? = nil, firstCellIsHeader: Bool = true,
        emptyText: String = "There is nothing to show.",
        address: @escaping @Sendable (_ key: String, _ direction: Direction) -> String
    ) {
        self.id = id
        self.caption = caption
        self.captionClasses = captionClasses
        self.columns = columns
        self.rows = rows
        self.order = order
        self.firstCellIsHeader = firstCellIsHeader
        self.emptyText = emptyText
        self.address = address
    }

    /// The markup.
    public var html: Html {
        """
        <div class="concord-scroll" role="region" aria-labelledby="\(id)-caption" tabindex="0">
        <table class="govuk-table concord-sortable" id="\(id)">
        <caption class="\(classNames("govuk-table__caption", captionClasses))" id="\(id)-caption">\(caption)</caption>
        <thead class="govuk-table__head">
        <tr class="govuk-table__row">
        \(each: columns, heading)
        </tr>
        </thead>
        \(Table(rows: cells, firstCellIsHeader: firstCellIsHeader && !rows.isEmpty).body)
        </table>
        </div>
        """
    }

    private var cells: [[Table.Cell]] {
        if rows.isEmpty { return [[Table.Cell(text: .text(emptyText), columns: max(columns.count, 1))]] }
        return rows.map { row in
            zip(row, columns).map { Table.Cell(text: $0, format: $1.isNumeric ? "numeric" : "") }
        }
    }

    private func heading(_ column: Column) -> Html {
        let names = classNames("govuk-table__header", column.isNumeric ? "govuk-table__header--numeric" : "")
        guard let key = column.key else { return "<th scope=\"col\" class=\"\(names)\">\(column.title)</th>\n" }
        let current = order.flatMap { $0.key == key ? $0.direction : nil }
        return """
            <th scope="col" class="\(names)" aria-sort="\(current?.rawValue ?? "none")">\
            \(link(column, key: key, current: current))</th>

            """
    }

    private func link(_ column: Column, key: String, current: Direction?) -> Html {
        let next = current?.reversed ?? column.firstDirection
        let arrow: Html =
            switch current {
            case .ascending: "<span class=\"concord-sortable__arrow\" aria-hidden=\"true\"> ▲</span>"
            case .descending: "<span class=\"concord-sortable__arrow\" aria-hidden=\"true\"> ▼</span>"
            case nil: ""
            }
        return """
            <a class="concord-sortable__link" href="\(href: address(key, next))">\(column.title)\(arrow)\
            <span class="govuk-visually-hidden"> (sort \(next.rawValue))</span></a>
            """
    }
}
