/// Where the fields of a run of whole rows end. The memory is kept from one run to the next.
final class FieldIndex {
    /// The position of the byte after each field, row after row.
    private(set) var ends = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
    /// For each row, how many fields of `ends` come before its first.
    private(set) var firstEnds: [UInt32] = []
    /// For each row, the position of its first byte.
    private(set) var starts: [UInt32] = []
    /// Rows with another number of fields than wanted, and that number.
    private(set) var ragged: [(row: Int, fields: Int)] = []
    /// For each row, how many line ends stand before it in the run; empty when exactly one stands before each next row.
    private(set) var lineOffsets: [Int32] = []
    /// How many line ends the run holds, those inside quotes too.
    private(set) var lineCount = 0
    /// The position of the quote that is not closed when the run ends inside a quoted field.
    private(set) var openQuote: Int?
    private var capacity = 0
    /// For each row, how many fields of `ends` come up to its end.
    private var limits: [UInt32] = []
    /// The same for each row or blank line.
    private var rowLimits: [UInt32] = []
    private var lastRowIsOpen = false

    deinit { ends.deallocate() }

    /// How many rows.
    var rowCount: Int { starts.count }

    /// Finds the fields of a run.
    /// - Parameters:
    ///   - bytes: the run; the 64 bytes after it must be readable.
    ///   - count: its length, less than 2^32.
    ///   - width: how many fields each row should have; nil to leave rows as they are.
    func build(_ bytes: UnsafePointer<UInt8>, count: Int, marks: Marks, width: Int?) {
        reserve(count + 2 * ByteMasks.width)
        let (fieldCount, endsInside) = findEnds(bytes, count: count, marks: marks)
        openQuote = endsInside ? openingQuote(bytes, count: count, fieldCount: fieldCount) : nil
        collectRows(bytes, count: count, marks: marks)
        if let width { straighten(width: width, used: fieldCount) }
    }

    private func reserve(_ wanted: Int, keeping used: Int = 0) {
        guard wanted > capacity else { return }
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: wanted)
        larger.update(from: ends, count: used)
        ends.deallocate()
        ends = larger
        capacity = wanted
    }

    private func findEnds(
        _ bytes: UnsafePointer<UInt8>, count: Int, marks: Marks
    ) -> (fieldCount: Int, endsInside: Bool) {
        var tracker = QuoteTracker()
        var limits = takeEmpty(&rowLimits)
        var next = ends
        var lines = 0
        var base = 0
        while base < count {
            var valid = ~UInt64(0)
            if count - base < ByteMasks.width { valid = (1 << UInt64(count - base)) &- 1 }
            let block = bytes + base
            let lineEnds = ByteMasks.equal(block, marks.lineEnd) & valid
            let all = (ByteMasks.equal(block, marks.delimiter) & valid) | lineEnds
            let quotes = ByteMasks.equal(block, Mark.quote) & valid
            let within = tracker.advance(quotes: quotes, marks: all)
            let before = next
            next = FieldIndex.append(all & ~within, base: UInt32(truncatingIfNeeded: base), to: next)
            if lineEnds != 0 {
                lines += lineEnds.nonzeroBitCount
                var rows = lineEnds & ~within
                while rows != 0 {
                    let upTo = rows ^ (rows &- 1)
                    let fields = before - ends + (all & ~within & upTo).nonzeroBitCount
                    limits.append(UInt32(truncatingIfNeeded: fields))
                    rows &= rows &- 1
                }
            }
            base += ByteMasks.width
        }
        var fieldCount = next - ends
        let lastLimit = Int(limits.last ?? 0)
        let lastStart = lastLimit == 0 ? 0 : Int(ends[lastLimit - 1]) + 1
        lastRowIsOpen = lastStart < count
        if lastRowIsOpen {
            ends[fieldCount] = UInt32(truncatingIfNeeded: count)
            fieldCount += 1
            limits.append(UInt32(truncatingIfNeeded: fieldCount))
        }
        rowLimits = limits
        lineCount = lines
        return (fieldCount, tracker.inside != 0)
    }

    /// Writes the positions of the set bits; up to 16 more places than bits are overwritten.
    @inline(__always)
    private static func append(
        _ bits: UInt64, base: UInt32, to next: UnsafeMutablePointer<UInt32>
    ) -> UnsafeMutablePointer<UInt32> {
        var left = bits
        var place = next
        let end = next + bits.nonzeroBitCount
        while place < end {
            for offset in 0..<8 {
                place[offset] = base &+ UInt32(truncatingIfNeeded: left.trailingZeroBitCount)
                left &= left &- 1
            }
            place += 8
        }
        return end
    }

    private func openingQuote(_ bytes: UnsafePointer<UInt8>, count: Int, fieldCount: Int) -> Int {
        // The last field is the open one, and it starts with its quote.
        fieldCount < 2 ? 0 : min(Int(ends[fieldCount - 2]) + 1, count - 1)
    }

    /// Splits the ends into rows, without blank lines and without the carriage returns before line feeds.
    private func collectRows(_ bytes: UnsafePointer<UInt8>, count: Int, marks: Marks) {
        lineOffsets.removeAll(keepingCapacity: true)
        var (rowStarts, rowFirsts, rowEnds) = (takeEmpty(&starts), takeEmpty(&firstEnds), takeEmpty(&limits))
        let ends = ends
        var start: UInt32 = 0
        var first: UInt32 = 0
        for limit in rowLimits {
            let end = ends[Int(limit) - 1]
            var last = end
            if marks.lineEnd == Mark.lineFeed, last > start, bytes[Int(last) - 1] == Mark.carriageReturn {
                last -= 1
                ends[Int(limit) - 1] = last
            }
            if limit - first > 1 || !FieldIndex.isBlank(bytes, start, last) {
                rowStarts.append(start)
                rowFirsts.append(first)
                rowEnds.append(limit)
            }
            start = end + 1
            first = limit
        }
        (starts, firstEnds, limits) = (rowStarts, rowFirsts, rowEnds)
        let oneLineEach = lineCount == rowLimits.count - (lastRowIsOpen ? 1 : 0)
        if !oneLineEach || starts.count != rowLimits.count { countLines(bytes, marks: marks) }
    }

    /// The memory of an array, without its contents.
    private func takeEmpty(_ array: inout [UInt32]) -> [UInt32] {
        var taken: [UInt32] = []
        swap(&taken, &array)
        taken.removeAll(keepingCapacity: true)
        return taken
    }

    private static func isBlank(_ bytes: UnsafePointer<UInt8>, _ start: UInt32, _ end: UInt32) -> Bool {
        for i in Int(start)..<Int(end) where bytes[i] != Mark.space { return false }
        return true
    }

    private func countLines(_ bytes: UnsafePointer<UInt8>, marks: Marks) {
        var line: Int32 = 0
        var position = 0
        for start in starts {
            while position < Int(start) {
                if bytes[position] == marks.lineEnd { line += 1 }
                position += 1
            }
            lineOffsets.append(line)
        }
    }

    /// Notes the rows that have not `width` fields and gives short ones empty fields at their end.
    private func straighten(width: Int, used: Int) {
        ragged.removeAll(keepingCapacity: true)
        let regular = starts.count == rowLimits.count && rowLimits.count * width == used
        if regular, firstEnds.enumerated().allSatisfy({ $0.element == UInt32(truncatingIfNeeded: $0.offset * width) }) {
            return
        }
        var used = used
        for row in starts.indices {
            let first = Int(firstEnds[row])
            let fields = Int(limits[row]) - first
            guard fields != width else { continue }
            ragged.append((row, fields))
            guard fields < width else { continue }
            reserve(used + width + ByteMasks.width, keeping: used)
            let end = ends[first + fields - 1]
            for field in 0..<width { ends[used + field] = field < fields ? ends[first + field] : end }
            firstEnds[row] = UInt32(truncatingIfNeeded: used)
            used += width
        }
    }

    /// How many fields a row has; only right when the index was built without a width.
    func fieldCount(ofRow row: Int) -> Int { Int(limits[row] - firstEnds[row]) }

    /// The position after the last byte of a row, without its line end.
    func rowEnd(_ row: Int) -> Int { Int(ends[Int(limits[row]) - 1]) }

    /// Where the first field longer than `count` bytes starts, if there is one.
    func firstField(longerThan count: Int) -> Int? {
        var start = 0
        for i in 0..<Int(rowLimits.last ?? 0) {
            if Int(ends[i]) - start > count { return start }
            start = Int(ends[i]) + 1
        }
        return nil
    }

    /// Gives the fields to `body`.
    func withView(_ bytes: UnsafePointer<UInt8>, _ unquoter: Unquoter, _ body: (FieldView) -> Void) {
        firstEnds.withUnsafeBufferPointer { firstEnds in
            starts.withUnsafeBufferPointer { starts in
                guard let first = firstEnds.baseAddress, let start = starts.baseAddress, !starts.isEmpty else { return }
                body(
                    FieldView(
                        bytes: bytes, ends: ends, firstEnds: first, starts: start, rowCount: starts.count,
                        unquoter: unquoter))
            }
        }
    }
}
