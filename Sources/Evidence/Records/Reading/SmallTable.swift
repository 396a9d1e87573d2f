internal import Kernel
internal import Tables

extension DelimitedFile {
    /// The rows of a small file (a look-up, a population, weights): trimmed texts, each row as long as the header.
    /// - Parameter limit: the most rows that are expected of such a file.
    /// - Throws: a `Fault` that names the row when one is longer or shorter, or when there are more than `limit`.
    func tableRows(limit: Int) throws(Fault) -> [[String]] {
        var rows = try allRows(limitRows: limit + 1)
        guard rows.count <= limit else {
            throw Fault(
                "The file is too large", at: path, because: "it has more than \(limit) rows",
                remedy: "Check that the right file was given.")
        }
        for index in rows.indices {
            guard rows[index].count == header.count else {
                throw Fault(
                    "The file could not be read", at: "\(path), row \(index + 2)",
                    because: "it has \(rows[index].count) fields where the header has \(header.count)",
                    remedy: "Correct the row and run the command again.")
            }
            for field in rows[index].indices where DelimitedFile.needsTrimming(rows[index][field]) {
                rows[index][field] = DelimitedFile.trimmed(rows[index][field])
            }
        }
        return rows
    }

    private static func needsTrimming(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        return first <= 0x20 || last <= 0x20
    }

    private static func trimmed(_ text: String) -> String {
        var bytes = text.utf8.drop { $0 <= 0x20 }
        while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
        return String(decoding: Array(bytes), as: UTF8.self)
    }
}
