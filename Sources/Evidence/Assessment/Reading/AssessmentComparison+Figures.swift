internal import Kernel

extension AssessmentComparison {
    /// The figures of two forms of a table that are not the same: rows by their keys, columns by their identifiers.
    static func changes(from old: AssessmentTable, to new: AssessmentTable, labels: [String: String]) -> TableChanges {
        let (before, after) = (KeyedTable(old), KeyedTable(new))
        let columns = new.columns.map(\.id) + old.columns.map(\.id).filter { new.column($0) == nil }
        var changes: [Change] = []
        var same = 0
        for key in after.keys + before.keys.filter({ after.positions[$0] == nil }) {
            for column in columns {
                let (x, y) = (before.cell(key, column), after.cell(key, column))
                guard !isSame(x, y) else {
                    same += 1
                    continue
                }
                // What is missing on one side and not there on the other is no figure on either.
                if (x ?? .missing) == .missing, (y ?? .missing) == .missing { continue }
                let form = y == nil ? before : after
                changes.append(
                    Change(
                        address: FigureAddress(table: new.id, row: key, column: column), table: new.title,
                        row: form.title(key, labels), column: form.column(column)?.title ?? column, old: x, new: y,
                        difference: zip2(x?.asNumber, y?.asNumber).map { $1 - $0 },
                        format: form.column(column)?.format ?? .text))
            }
        }
        return TableChanges(id: new.id, title: new.title, changes: changes, same: same)
    }

    /// Equal, or numbers that differ by rounding in the last places alone.
    private static func isSame(_ a: AssessmentTable.Cell?, _ b: AssessmentTable.Cell?) -> Bool {
        if a == b { return true }
        guard let x = a?.asNumber, let y = b?.asNumber else { return false }
        return abs(x - y) <= 1e-12 * max(abs(x), abs(y))
    }

    /// A table by the keys of its rows.
    private struct KeyedTable {
        let table: AssessmentTable
        let keys: [String]
        let positions: [String: Int]
        private let width: Int

        init(_ table: AssessmentTable) {
            let rows = RowKeys(table)
            self.table = table
            keys = rows.keys
            width = rows.width
            positions = Dictionary(zip(keys, keys.indices), uniquingKeysWith: { first, _ in first })
        }

        func column(_ id: String) -> AssessmentTable.Column? { table.column(id).map { table.columns[$0] } }

        func cell(_ key: String, _ column: String) -> AssessmentTable.Cell? {
            guard let row = positions[key], let position = table.column(column) else { return nil }
            return table.rows[row][safe: position]
        }

        func title(_ key: String, _ labels: [String: String]) -> String {
            guard let row = positions[key].map({ table.rows[$0] }) else { return key }
            let hasName = table.columns.count > 1 && table.columns[0].id == "code" && table.columns[1].id == "name"
            let cells = hasName ? [row[1]] : Array(row.prefix(width))
            return cells.compactMap { CellText.text($0, .text, labels: labels) }.joined(separator: ", ")
        }
    }
}
