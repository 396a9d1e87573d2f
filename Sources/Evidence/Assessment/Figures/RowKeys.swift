internal import Kernel

/// The keys by which the rows of a table are addressed: the words of as few of the first cells as tell all rows apart.
struct RowKeys {
    /// A key a row, in the table's order.
    let keys: [String]
    /// How many of the first columns make a key.
    let width: Int
    private let positions: [String: Int]

    /// How many columns make the key of tables whose first words can repeat, whether or not they do in this one.
    private static let widths: [String: Int] = [
        "B1.months": 2, "B1.offences": 3, "B3.concentration": 2, "B5.weekdayBand": 2, "A2.reconciliation": 2,
        "A2.completeness": 2, "A2.duplicates": 2, "A2.vintage": 2, "A2.months": 3, "A2.breaks": 3,
    ]

    init(_ table: AssessmentTable) {
        let least = RowKeys.widths[table.kind] ?? 1
        var width = min(least, max(table.columns.count, 1))
        var keys = table.rows.map { RowKeys.key($0, width) }
        while width < min(4, table.columns.count), Set(keys).count < keys.count {
            width += 1
            keys = table.rows.map { RowKeys.key($0, width) }
        }
        var positions: [String: Int] = [:]
        for (position, key) in keys.enumerated() {
            var unique = key
            var number = 1
            while positions[unique] != nil {
                number += 1
                unique = "\(key)#\(number)"
            }
            keys[position] = unique
            positions[unique] = position
        }
        self.width = width
        self.keys = keys
        self.positions = positions
    }

    /// The position of the row with a key; sentences may also give its words with a space between.
    func position(of key: String) -> Int? {
        if let position = positions[key] { return position }
        let spaced = keys.indices.filter { keys[$0].replacing("/", with: " ") == key }
        if spaced.count == 1 { return spaced.first }
        // A key that was enough when it was written.
        let begun = keys.indices.filter { keys[$0].hasPrefix(key + "/") }
        return begun.count == 1 ? begun.first : nil
    }

    private static func key(_ row: [AssessmentTable.Cell], _ width: Int) -> String {
        row.prefix(width).map(word).joined(separator: "/")
    }

    private static func word(_ cell: AssessmentTable.Cell) -> String {
        switch cell {
        case .text(let text): text
        case .integer(let number): String(number)
        case .number(let number): shortest(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .missing: ""
        }
    }
}
