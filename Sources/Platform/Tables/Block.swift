internal import Glibc
internal import Kernel

/// What keeps rows from being read on from a place.
enum BlockProblem: Sendable {
    /// A field, or row, is longer than is allowed.
    case tooLong
}

/// A piece of a file in memory that is used again for later pieces: whole rows, and the start of the next row.
///
/// Used by one thread at a time; blocks change hands under the lock of the `Pipeline`.
final class Block: @unchecked Sendable {
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    /// How many bytes it holds.
    var count = 0
    /// Where its whole rows end.
    var rowsEnd = 0
    /// Its place in the order of the file, from 0.
    var sequence = 0
    /// Set on the last block of a file that cannot be read further.
    var problem: BlockProblem?
    /// The memory of the columns that were read from it before.
    var spare = SpareArrays()

    init(capacity: Int) {
        self.capacity = capacity
        bytes = Block.allocate(capacity)
    }

    deinit { bytes.deallocate() }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
        // The masks read 64 bytes at a time and the keys 16.
        let padding = 2 * ByteMasks.width
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + padding)
        (bytes + capacity).initialize(repeating: 0, count: padding)
        return bytes
    }

    /// Doubles the memory, keeping its contents.
    func grow() {
        let larger = Block.allocate(capacity * 2)
        larger.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = larger
        capacity *= 2
    }
}

/// How much of a file is looked at together, and what is too much.
struct ReadingLimits: Sendable {
    /// Bytes of a block. Blocks grow when a row is longer.
    var block = 512 << 10
    /// The most bytes that a field may have.
    var field = 16 << 20
    /// The most bytes that a row may have.
    var row = 256 << 20
    /// The most texts of a column that a worker remembers; more cost time, not correctness.
    var texts = 1 << 20
}

/// Cuts a file into blocks of whole rows.
struct BlockReader {
    let source: ByteSource
    let path: String
    let marks: Marks
    let limits: ReadingLimits
    private(set) var isAtEnd = false
    private var tail: [UInt8] = []
    private var position: Int64 = 0

    /// Starts behind the first `skipping` bytes of the text.
    init(
        source: ByteSource, path: String, marks: Marks, limits: ReadingLimits, skipping: Int
    ) throws(Fault) {
        self.source = source
        self.path = path
        self.marks = marks
        self.limits = limits
        let block = Block(capacity: max(1, min(skipping, 64 << 10)))
        var left = skipping
        while left > 0 {
            let came = try source.read(into: block.bytes, atMost: min(left, block.capacity))
            guard came > 0 else {
                throw ByteSource.unreadable(path, because: "it became shorter while it was read")
            }
            left -= came
        }
        position = Int64(skipping)
    }

    /// Fills a block with the next rows; it is empty at the end of the file.
    mutating func fill(_ block: Block) throws(Fault) {
        block.problem = nil
        block.count = 0
        block.rowsEnd = 0
        while block.capacity < tail.count { block.grow() }
        tail.withUnsafeBufferPointer { tail in
            if let start = tail.baseAddress { block.bytes.update(from: start, count: tail.count) }
        }
        block.count = tail.count
        tail.removeAll(keepingCapacity: true)
        while true {
            try top(up: block)
            if isAtEnd {
                block.rowsEnd = block.count
                return
            }
            let rows = RowScan(block.bytes, count: block.count, marks: marks)
            if rows.end > 0 {
                block.rowsEnd = rows.end
                tail.append(
                    contentsOf: UnsafeBufferPointer(start: block.bytes + rows.end, count: block.count - rows.end))
                return
            }
            if block.count - rows.lastFieldStart > limits.field || block.count > limits.row {
                block.problem = .tooLong
                isAtEnd = true
                return
            }
            block.grow()
        }
    }

    private mutating func top(up block: Block) throws(Fault) {
        while block.count < block.capacity {
            let came = try source.read(into: block.bytes + block.count, atMost: block.capacity - block.count)
            if came == 0 {
                isAtEnd = true
                return
            }
            try refuseNul(block.bytes + block.count, came)
            block.count += came
            position += Int64(came)
        }
    }

    private func refuseNul(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int) throws(Fault) {
        guard let found = memchr(bytes, 0, count) else { return }
        let offset = position + Int64(UnsafeRawPointer(found) - UnsafeRawPointer(bytes))
        throw Sniffer.binary(path, because: "byte \(offset + 1) of its text is zero")
    }
}

/// Finds where the last whole row of a text ends that starts with a row.
struct RowScan {
    /// The position after the last line end outside quotes, 0 when there is none.
    private(set) var end = 0
    /// The position at which the last field starts that is not ended; only right when `end` is 0.
    private(set) var lastFieldStart = 0

    /// - Parameter bytes: the text; the 64 bytes after it must be readable.
    init(_ bytes: UnsafePointer<UInt8>, count: Int, marks: Marks) {
        guard let quote = memchr(bytes, Int32(Mark.quote), count) else {
            withoutQuotes(bytes, count: count, marks: marks)
            return
        }
        let first = UnsafeRawPointer(quote) - UnsafeRawPointer(bytes)
        withQuotes(bytes, from: first / ByteMasks.width * ByteMasks.width, count: count, marks: marks)
    }

    private mutating func withoutQuotes(_ bytes: UnsafePointer<UInt8>, count: Int, marks: Marks) {
        if let lineEnd = RowScan.last(marks.lineEnd, in: bytes, count: count) {
            end = lineEnd + 1
        } else if let delimiter = RowScan.last(marks.delimiter, in: bytes, count: count) {
            lastFieldStart = delimiter + 1
        }
    }

    private static func last(_ byte: UInt8, in bytes: UnsafePointer<UInt8>, count: Int) -> Int? {
        var position = count - 1
        while position >= 0, bytes[position] != byte { position -= 1 }
        return position >= 0 ? position : nil
    }

    private mutating func withQuotes(_ bytes: UnsafePointer<UInt8>, from start: Int, count: Int, marks: Marks) {
        withoutQuotes(bytes, count: start, marks: marks)
        var tracker = QuoteTracker()
        if start > 0 {
            tracker.mayOpen = bytes[start - 1] == marks.delimiter || bytes[start - 1] == marks.lineEnd ? 1 : 0
        }
        for base in stride(from: start, to: count, by: ByteMasks.width) {
            var valid = ~UInt64(0)
            if count - base < ByteMasks.width { valid = (1 << UInt64(count - base)) &- 1 }
            let lineEnds = ByteMasks.equal(bytes + base, marks.lineEnd) & valid
            let quotes = ByteMasks.equal(bytes + base, Mark.quote) & valid
            if quotes | tracker.inside == 0, end > 0 || lineEnds != 0, base + ByteMasks.width <= count {
                // The most frequent case needs only the last line end and the last byte.
                if lineEnds != 0 { end = base + 64 - lineEnds.leadingZeroBitCount }
                let last = bytes[base + 63]
                tracker.mayOpen = last == marks.delimiter || last == marks.lineEnd ? 1 : 0
                continue
            }
            let all = (ByteMasks.equal(bytes + base, marks.delimiter) & valid) | lineEnds
            let within = tracker.advance(quotes: quotes, marks: all)
            if lineEnds & ~within != 0 { end = base + 64 - (lineEnds & ~within).leadingZeroBitCount }
            if all & ~within != 0 { lastFieldStart = base + 64 - (all & ~within).leadingZeroBitCount }
        }
    }
}
