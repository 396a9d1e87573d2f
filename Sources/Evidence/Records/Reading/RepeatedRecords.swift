internal import Kernel

/// Records that a source repeats under one identifier, once for each outcome.
enum RepeatedRecords {
    /// Keeps one of the rows with the same identifier, month, category and place. A row without a place is the same
    /// record as one with. Rows without identifier are all kept: identical rows without one are separate incidents.
    /// - Returns: how many rows were left out.
    static func countOnce(_ table: inout RecordTable) -> Int {
        guard !table.identifier.isEmpty else { return 0 }
        let rows = table.identifier.indices.filter { table.identifier[$0] != 0 }
            .sorted { (table.identifier[$0], $0) < (table.identifier[$1], $1) }
        var keep = [Bool](repeating: true, count: table.rowCount)
        var start = 0
        while start < rows.count {
            var end = start + 1
            while end < rows.count, table.identifier[rows[end]] == table.identifier[rows[start]] { end += 1 }
            if end - start > 1 { mark(Array(rows[start..<end]), table, &keep) }
            start = end
        }
        let repeated = keep.count { !$0 }
        if repeated > 0 { table.filter(keep) }
        return repeated
    }

    private static func mark(_ rows: [Int], _ table: RecordTable, _ keep: inout [Bool]) {
        let placedFirst = rows.sorted { (isPlaced($0, table) ? 0 : 1, $0) < (isPlaced($1, table) ? 0 : 1, $1) }
        var kept: [Int] = []
        for row in placedFirst {
            let isRepeat = kept.contains { other in
                table.month[row] == table.month[other] && table.category[row] == table.category[other]
                    && (!isPlaced(row, table) || isSamePlace(row, other, table))
            }
            if isRepeat { keep[row] = false } else { kept.append(row) }
        }
    }

    private static func isPlaced(_ row: Int, _ table: RecordTable) -> Bool {
        (table.lsoa[safe: row] ?? -1) >= 0 || !(table.longitude[safe: row] ?? .nan).isNaN
    }

    private static func isSamePlace(_ a: Int, _ b: Int, _ table: RecordTable) -> Bool {
        guard table.lsoa[safe: a] == table.lsoa[safe: b] else { return false }
        let (x, y) = (table.longitude[safe: a] ?? .nan, table.longitude[safe: b] ?? .nan)
        let (u, v) = (table.latitude[safe: a] ?? .nan, table.latitude[safe: b] ?? .nan)
        return (x == y && u == v) || (x.isNaN && y.isNaN)
    }
}
