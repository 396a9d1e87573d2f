/// The memory of the columns of earlier batches that nobody looks at any more, for later ones. Without it the system
/// would hand out and clear fresh memory for every batch.
struct SpareArrays {
    private var int8: [[Int8]] = []
    private var int32: [[Int32]] = []
    private var int64: [[Int64]] = []
    private var uint64: [[UInt64]] = []
    private var double: [[Double]] = []
    private var bool: [[Bool]] = []

    /// Keeps the columns of a batch. When someone else holds them still, later batches get copies and not these.
    mutating func keep(_ columns: [ColumnValues], _ times: [[Bool]]) {
        for column in columns {
            switch column {
            case .codes(let values), .days(let values), .months(let values): int32.append(values)
            case .hashes(let values): uint64.append(values)
            case .integers(let values), .seconds(let values): int64.append(values)
            case .decimals(let values): double.append(values)
            case .booleans(let values): int8.append(values)
            }
        }
        for values in times where !values.isEmpty { bool.append(values) }
    }

    mutating func takeInt8(_ count: Int) -> [Int8] { SpareArrays.take(&int8, count, filler: 0) }
    mutating func takeInt32(_ count: Int) -> [Int32] { SpareArrays.take(&int32, count, filler: 0) }
    mutating func takeInt64(_ count: Int) -> [Int64] { SpareArrays.take(&int64, count, filler: 0) }
    mutating func takeUInt64(_ count: Int) -> [UInt64] { SpareArrays.take(&uint64, count, filler: 0) }
    mutating func takeDouble(_ count: Int) -> [Double] { SpareArrays.take(&double, count, filler: 0) }
    mutating func takeBool(_ count: Int) -> [Bool] { SpareArrays.take(&bool, count, filler: false) }

    /// An array of that length with any contents.
    private static func take<T>(_ spare: inout [[T]], _ count: Int, filler: T) -> [T] {
        guard var values = spare.popLast() else { return Array(repeating: filler, count: count) }
        if values.count > count {
            values.removeLast(values.count - count)
        } else {
            values.append(contentsOf: repeatElement(filler, count: count - values.count))
        }
        return values
    }
}
