/// A table as plain text for a terminal.
public enum PlainTable {
    /// The title, the columns side by side, and the notes.
    public static func text(_ table: AssessmentTable) -> String {
        let heads = table.columns.map(\.title)
        let cells = table.rows.map { row in
            zip(row, table.columns).map { CellText.text($0, $1.format, labels: [:]) ?? "–" }
        }
        var widths = heads.map(\.count)
        for row in cells { for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) } }
        func line(_ texts: [String]) -> String {
            var line = ""
            for (column, text) in texts.enumerated() {
                let space = String(repeating: " ", count: widths[column] - text.count)
                line += CellText.isNumeric(table.columns[column].format) ? space + text : text + space
                line += "  "
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }
        var text = "\(table.title)\n"
        text += line(heads)
        text += line(widths.map { String(repeating: "-", count: $0) })
        for row in cells { text += line(row) }
        for note in table.notes { text += "* \(note)\n" }
        return text
    }
}
