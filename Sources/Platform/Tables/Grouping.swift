/// Counts and exact sums by one or two columns of small numbers from 0 up, such as dictionary codes, without hashing.
///
/// A negative number stands for missing and forms a group of its own. Tables grow as higher numbers come; a table of
/// two columns holds a cell for every pair, so its size is the product of the two numbers of groups.
public enum Grouping {
    /// Counts and sums by the pairs of two columns.
    public struct Table: Sendable {
        /// How many groups of the first column there are, the missing one not counted.
        public private(set) var rowCount: Int
        /// How many groups of the second column there are, the missing one not counted.
        public private(set) var columnCount: Int
        /// Whether some sum is wrong because it passed the range of `Int64`.
        public private(set) var hasOverflowed = false
        private var counts: [Int64]
        /// Empty until the first weights come.
        private var sums: [Int64] = []

        /// An empty table with room for these numbers of groups; it grows by itself.
        public init(rows: Int = 0, columns: Int = 0) {
            rowCount = rows
            columnCount = columns
            counts = Array(repeating: 0, count: (rows + 1) * (columns + 1))
        }

        /// How many rows had this pair; a negative number asks for missing.
        public func count(_ row: Int, _ column: Int = -1) -> Int64 {
            place(row, column).map { counts[$0] } ?? 0
        }

        /// The sum of the weights of the rows with this pair; a negative number asks for missing.
        public func sum(_ row: Int, _ column: Int = -1) -> Int64 {
            sums.isEmpty ? 0 : place(row, column).map { sums[$0] } ?? 0
        }

        /// The counts of the first column over all groups of the second, from group 0 up, without missing.
        public var rowCounts: [Int64] { rowTotals(of: counts) }
        /// The sums of the first column over all groups of the second, from group 0 up, without missing.
        public var rowSums: [Int64] { sums.isEmpty ? Array(repeating: 0, count: rowCount) : rowTotals(of: sums) }

        private func rowTotals(of values: [Int64]) -> [Int64] {
            let width = columnCount + 1
            return (0..<rowCount).map { row in values[(row + 1) * width..<(row + 2) * width].reduce(0, &+) }
        }

        private func place(_ row: Int, _ column: Int) -> Int? {
            guard row < rowCount, column < columnCount else { return nil }
            return (max(row, -1) + 1) * (columnCount + 1) + max(column, -1) + 1
        }

        /// Adds rows by one column.
        /// - Parameter weights: what each row adds to the sum, if anything; `Int64.min` adds nothing.
        public mutating func add(_ rows: [Int32], weights: [Int64]? = nil) {
            add(rows, Array(repeating: -1, count: rows.count), weights: weights)
        }

        /// Adds rows by two columns of the same length.
        /// - Parameter weights: what each row adds to the sum, if anything; `Int64.min` adds nothing.
        public mutating func add(_ rows: [Int32], _ columns: [Int32], weights: [Int64]? = nil) {
            precondition(rows.count == columns.count, "columns differ in length")
            grow(rows: Grouping.groupCount(of: rows), columns: Grouping.groupCount(of: columns))
            let width = columnCount + 1
            counts.withUnsafeMutableBufferPointer { counts in
                for i in rows.indices { counts[Grouping.cell(rows[i], columns[i], width)] &+= 1 }
            }
            if let weights { addWeights(rows, columns, weights) }
        }

        private mutating func addWeights(_ rows: [Int32], _ columns: [Int32], _ weights: [Int64]) {
            precondition(rows.count == weights.count, "weights differ in length")
            if sums.isEmpty { sums = Array(repeating: 0, count: counts.count) }
            let width = columnCount + 1
            var overflowed = false
            sums.withUnsafeMutableBufferPointer { sums in
                for i in rows.indices where weights[i] != .min {
                    let cell = Grouping.cell(rows[i], columns[i], width)
                    let (sum, overflow) = sums[cell].addingReportingOverflow(weights[i])
                    sums[cell] = sum
                    overflowed = overflowed || overflow
                }
            }
            hasOverflowed = hasOverflowed || overflowed
        }

        private mutating func grow(rows: Int, columns: Int) {
            guard rows > rowCount || columns > columnCount else { return }
            let newRows = rows > rowCount ? max(rows, rowCount + rowCount / 2) : rowCount
            let newColumns = columns > columnCount ? max(columns, columnCount + columnCount / 2) : columnCount
            let old = self
            self = Table(rows: newRows, columns: newColumns)
            hasOverflowed = old.hasOverflowed
            if !old.sums.isEmpty { sums = counts }
            for row in 0...old.rowCount {
                let from = row * (old.columnCount + 1)
                let to = row * (newColumns + 1)
                for column in 0...old.columnCount {
                    counts[to + column] = old.counts[from + column]
                    if !old.sums.isEmpty { sums[to + column] = old.sums[from + column] }
                }
            }
        }
    }

    @inline(__always)
    private static func cell(_ row: Int32, _ column: Int32, _ width: Int) -> Int {
        (Int(max(row, -1)) &+ 1) &* width &+ Int(max(column, -1)) &+ 1
    }

    /// One more than the highest number, and at least 0.
    public static func groupCount(of codes: [Int32]) -> Int {
        var highest: Int32 = -1
        for code in codes { highest = max(highest, code) }
        return Int(highest) + 1
    }

    /// One column of numbers for the pairs of two: `first * groups + second`, and -1 where either is missing.
    /// - Parameter groups: more than the highest number of `second`.
    public static func pairs(_ first: [Int32], _ second: [Int32], groups: Int) -> [Int32] {
        precondition(first.count == second.count, "columns differ in length")
        let width = Int32(groups)
        return [Int32](unsafeUninitializedCapacity: first.count) { pairs, count in
            for i in first.indices {
                let pair = first[i] < 0 || second[i] < 0 ? -1 : first[i] * width + second[i]
                pairs.initializeElement(at: i, to: pair)
            }
            count = first.count
        }
    }

    /// The groups with the highest totals, highest first; equal totals in the order of their groups.
    public static func top(_ number: Int, of totals: [Int64]) -> [(group: Int, total: Int64)] {
        let order = totals.indices.sorted { (totals[$1], $0) < (totals[$0], $1) }
        return order.prefix(max(0, number)).map { ($0, totals[$0]) }
    }

    /// The smallest number of values, highest first, whose sum reaches a share of the sum of all: how many persons
    /// hold half of the harm. Exact; O(n) on average. Values must not be negative.
    /// - Parameters:
    ///   - part: the share's numerator.
    ///   - whole: the share's denominator.
    public static func smallestNumber(of values: consuming [Int64], holding part: Int64, of whole: Int64) -> Int {
        var values = values
        let total = values.reduce(Int128(0)) { $0 + Int128($1) }
        // Smallest k with sum(k) * whole >= total * part.
        var needed = (total * Int128(part) + Int128(whole) - 1) / Int128(whole)
        var low = 0
        var high = values.count
        var taken = 0
        while needed > 0, low < high {
            let pivot = median(values[low], values[(low + high) / 2], values[high - 1])
            let (above, equal) = split(&values, low, high, around: pivot)
            let sumAbove = values[low..<above].reduce(Int128(0)) { $0 + Int128($1) }
            if sumAbove >= needed {
                high = above
                continue
            }
            let alike = Int128(equal - above)
            if sumAbove + alike * Int128(pivot) >= needed {
                // Only some of the equal ones are needed; the pivot is positive here.
                let more = (needed - sumAbove + Int128(pivot) - 1) / Int128(pivot)
                return taken + (above - low) + Int(more)
            }
            needed -= sumAbove + alike * Int128(pivot)
            taken += equal - low
            low = equal
        }
        return taken
    }

    private static func median(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64 { max(min(a, b), min(max(a, b), c)) }

    /// Orders a part into values above, equal to and below the pivot; returns where equal and below ones start.
    private static func split(
        _ values: inout [Int64], _ low: Int, _ high: Int, around pivot: Int64
    ) -> (equal: Int, below: Int) {
        var above = low
        var below = high
        var i = low
        while i < below {
            if values[i] > pivot {
                values.swapAt(i, above)
                above += 1
                i += 1
            } else if values[i] < pivot {
                below -= 1
                values.swapAt(i, below)
            } else {
                i += 1
            }
        }
        return (above, below)
    }
}
