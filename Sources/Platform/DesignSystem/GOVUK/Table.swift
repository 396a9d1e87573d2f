public import HTML

/// Values in rows and columns: <https://design-system.service.gov.uk/components/table/>.
public struct Table: Component, Hashable {
    /// A cell.
    public struct Cell: Hashable, Sendable, ExpressibleByStringInterpolation {
        /// What it holds.
        public var text: Content
        /// How it is set: `numeric` sets numbers to the right.
        public var format: String
        /// Over how many columns it goes.
        public var columns: Int?
        /// Over how many rows it goes.
        public var rows: Int?
        /// Further classes.
        public var classes: String
        /// Further attributes.
        public var attributes: Attributes

        /// A cell.
        public init(
            text: Content, format: String = "", columns: Int? = nil, rows: Int? = nil, classes: String = "",
            attributes: Attributes = [:]
        ) {
            self.text = text
            self.format = format
            self.columns = columns
            self.rows = rows
            self.classes = classes
            self.attributes = attributes
        }

        /// A cell of that text.
        public init(stringLiteral text: String) { self.init(text: .text(text)) }

        /// A cell with a number.
        public static func numeric(_ text: Content) -> Cell { Cell(text: text, format: "numeric") }

        var spans: Html {
            """
            \("colspan", optional: columns.map(String.init))\("rowspan", optional: rows.map(String.init))\(attributes)
            """
        }
    }

    /// What the table shows. Leave it out only where a heading says it.
    public var caption: String?
    /// Further classes of the caption, such as `govuk-table__caption--m`.
    public var captionClasses: String
    /// The headings of the columns; no head when nil.
    public var head: [Cell]?
    /// The rows.
    public var rows: [[Cell]]
    /// Whether the first cell of each row is its heading.
    public var firstCellIsHeader: Bool
    /// Further classes.
    public var classes: String
    /// Further attributes.
    public var attributes: Attributes

    /// A table.
    public init(
        caption: String? = nil, captionClasses: String = "", head: [Cell]? = nil, rows: [[Cell]],
        firstCellIsHeader: Bool = false, classes: String = "", attributes: Attributes = [:]
    ) {
        self.caption = caption
        self.captionClasses = captionClasses
        self.head = head
        self.rows = rows
        self.firstCellIsHeader = firstCellIsHeader
        self.classes = classes
        self.attributes = attributes
    }

    /// The markup.
    public var html: Html {
        """
        <table class="\(classNames("govuk-table", classes))"\(attributes)>
        \(some: caption, title)
        \(some: head, Table.top)
        \(body)
        </table>
        """
    }

    /// The rows.
    var body: Html {
        """
        <tbody class="govuk-table__body">
        \(each: rows, row)
        </tbody>
        """
    }

    private func title(_ caption: String) -> Html {
        guard !caption.isEmpty else { return "" }
        return "<caption class=\"\(classNames("govuk-table__caption", captionClasses))\">\(caption)</caption>"
    }

    private static func top(_ cells: [Cell]) -> Html {
        """
        <thead class="govuk-table__head">
        <tr class="govuk-table__row">
        \(each: cells, heading)
        </tr>
        </thead>
        """
    }

    private static func heading(_ cell: Cell) -> Html {
        let format = cell.format.isEmpty ? "" : "govuk-table__header--" + cell.format
        let names = classNames("govuk-table__header", format, cell.classes)
        return "<th scope=\"col\" class=\"\(names)\"\(cell.spans)>\(cell.text)</th>\n"
    }

    private func row(_ cells: [Cell]) -> Html {
        """
        <tr class="govuk-table__row">
        \(each: cells.enumerated(), { cell($1, at: $0) })
        </tr>

        """
    }

    private func cell(_ cell: Cell, at index: Int) -> Html {
        if index == 0 && firstCellIsHeader {
            let names = classNames("govuk-table__header", cell.classes)
            return "<th scope=\"row\" class=\"\(names)\"\(cell.spans)>\(cell.text)</th>\n"
        }
        let format = cell.format.isEmpty ? "" : "govuk-table__cell--" + cell.format
        let names = classNames("govuk-table__cell", format, cell.classes)
        return "<td class=\"\(names)\"\(cell.spans)>\(cell.text)</td>\n"
    }
}
