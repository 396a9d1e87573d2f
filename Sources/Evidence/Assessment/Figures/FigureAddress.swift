/// Where a figure stands: a table, a row by its key, and a column. Written `B1.level/Total/count`.
public struct FigureAddress: Hashable, Sendable {
    /// The table's identifier.
    public var table: String
    /// The row's key: the words of its first cells, with "/" between them where one does not tell rows apart.
    public var row: String
    /// The column's identifier.
    public var column: String

    /// An address.
    public init(table: String, row: String, column: String) {
        self.table = table
        self.row = row
        self.column = column
    }

    /// Reads `TABLE/ROW/COLUMN`; the row may hold "/". Nil without a table, a row and a column.
    public init?(_ text: String) {
        guard let first = text.firstIndex(of: "/"), let last = text.lastIndex(of: "/"), first < last else { return nil }
        self.init(
            table: String(text[..<first]), row: String(text[text.index(after: first)..<last]),
            column: String(text[text.index(after: last)...]))
        guard !table.isEmpty, !column.isEmpty else { return nil }
    }
}

extension FigureAddress: CustomStringConvertible {
    /// `TABLE/ROW/COLUMN`.
    public var description: String { "\(table)/\(row)/\(column)" }
}

// MARK: - In web addresses

extension FigureAddress {
    /// The address as one segment of a web address: letters, digits, "-", "." and "_" only, with "~" between the three
    /// parts. Other bytes of UTF-8 are written `_` and two hexadecimal digits, so that no proxy that decodes or
    /// normalises percent signs and slashes changes it.
    public var segment: String { [table, row, column].map(FigureAddress.escaped).joined(separator: "~") }

    /// Reads what `segment` wrote, and nothing else.
    public init?(segment: String) {
        let parts = segment.split(separator: "~", omittingEmptySubsequences: false).map { FigureAddress.plain($0) }
        guard parts.count == 3, let table = parts[0], let row = parts[1], let column = parts[2], !table.isEmpty,
            !column.isEmpty
        else { return nil }
        self.init(table: table, row: row, column: column)
        guard self.segment == segment else { return nil }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func escaped(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            bytes += isPlain(byte) ? [byte] : [UInt8(ascii: "_"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        }
        // A segment "." or ".." would be taken for a folder: the "~" beside it prevents that.
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func plain(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if isPlain(byte) {
                bytes.append(byte)
            } else if byte == UInt8(ascii: "_"), rest.count >= 2,
                let code = UInt8(String(rest.prefix(2)) ?? "", radix: 16)
            {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                return nil
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
