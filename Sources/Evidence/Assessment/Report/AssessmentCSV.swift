internal import Kernel

/// A table as comma-separated text for spreadsheets and other programs.
public enum AssessmentCSV {
    /// The text, UTF-8: a row of column identifiers, then the rows; numbers unrounded, what is missing empty,
    /// yes and no as `true` and `false`.
    ///
    /// Text that a spreadsheet would take for a formula is given a leading apostrophe (OWASP, "CSV Injection").
    public static func encode(_ table: AssessmentTable) -> [UInt8] {
        var writer = DelimitedWriter()
        writer.row(table.columns.map { safe($0.id) })
        for row in table.rows {
            for cell in row { write(cell, to: &writer) }
            writer.endRow()
        }
        return writer.bytes
    }

    private static func write(_ cell: AssessmentTable.Cell, to writer: inout DelimitedWriter) {
        switch cell {
        case .text(let text): writer.field(safe(text))
        case .integer(let number): writer.field(number)
        case .number(let number): if number.isFinite { writer.field(number) } else { writer.empty() }
        case .flag(let flag): writer.field(flag ? "true" : "false")
        case .missing: writer.empty()
        }
    }

    private static func safe(_ text: String) -> String {
        guard let first = text.utf8.first else { return text }
        let risky: [UInt8] = Array("=+-@\t\r\n".utf8)
        return risky.contains(first) ? "'" + text : text
    }
}
