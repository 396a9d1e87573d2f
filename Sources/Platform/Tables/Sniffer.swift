internal import Kernel

/// What the start of a file tells about it.
struct Sniffer {
    /// How much is looked at first.
    static let usual = 64 << 10

    let path: String
    private(set) var marks = Marks(delimiter: UInt8(ascii: ","))
    private(set) var header: [String] = []
    /// Where the data rows start in the text.
    private(set) var dataOffset = 0
    /// The line on which they start.
    private(set) var dataLine = 1
    private(set) var isUTF8 = true

    init(path: String, source: ByteSource, delimiter: UInt8?, limits: ReadingLimits) throws(Fault) {
        self.path = path
        let block = Block(capacity: Sniffer.usual)
        var ended = false
        while true {
            while block.count < block.capacity, !ended {
                let came = try source.read(into: block.bytes + block.count, atMost: block.capacity - block.count)
                ended = came == 0
                block.count += came
            }
            if try look(at: block, whole: ended, delimiter: delimiter) { return }
            guard block.capacity < limits.field else {
                throw Fault(
                    "The first line could not be read", at: path, because: "it is longer than \(limits.field) bytes",
                    remedy: "Check that this is delimited text with the names of its columns in the first line.")
            }
            block.grow()
        }
    }

    /// Reads the header. False when more of the file is needed.
    private mutating func look(at block: Block, whole: Bool, delimiter: UInt8?) throws(Fault) -> Bool {
        let start = UnsafeBufferPointer(start: block.bytes, count: block.count)
        try refuseForeign(start)
        var offset = start.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        marks.lineEnd =
            !start.contains(Mark.lineFeed) && start.contains(Mark.carriageReturn)
            ? Mark.carriageReturn : Mark.lineFeed
        isUTF8 = Sniffer.isUTF8(start, whole: whole)
        var line = 1
        skipBlank(start, &offset, &line)
        var chosen = delimiter
        if let (declared, length) = declaration(start, at: offset) {
            chosen = delimiter ?? declared
            offset += length
            line += 1
            skipBlank(start, &offset, &line)
        }
        guard let row = HeaderScan(start, from: offset, lineEnd: marks.lineEnd, delimiter: chosen) else {
            guard whole else { return false }
            throw offset < start.count ? openQuote(line) : empty(start.count)
        }
        guard row.isEnded || whole else { return false }
        guard row.end > offset else { throw empty(start.count) }
        marks.delimiter = row.delimiter
        header = fields(block, from: offset, to: row.end)
        dataOffset = row.end
        dataLine = line + row.lines
        return true
    }

    private func skipBlank(_ text: UnsafeBufferPointer<UInt8>, _ offset: inout Int, _ line: inout Int) {
        var position = offset
        while position < text.count, text[position] <= Mark.space, text[position] != 0x09 {
            position += 1
            if text[position - 1] == marks.lineEnd {
                offset = position
                line += 1
            }
        }
        if position == text.count { offset = position }
    }

    /// The line `sep=;` that Excel understands.
    private func declaration(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) -> (delimiter: UInt8, length: Int)? {
        guard text.count >= offset + 6, text[offset..<offset + 4].elementsEqual("sep=".utf8) else { return nil }
        var length = 5
        if text[offset + length] == Mark.carriageReturn, marks.lineEnd == Mark.lineFeed { length += 1 }
        guard offset + length < text.count, text[offset + length] == marks.lineEnd else { return nil }
        return (text[offset + 4], length + 1)
    }

    private func fields(_ block: Block, from start: Int, to end: Int) -> [String] {
        let index = FieldIndex()
        index.build(block.bytes + start, count: end - start, marks: marks, width: nil)
        let unquoter = Unquoter()
        var names: [String] = []
        let count = index.rowCount > 0 ? index.fieldCount(ofRow: 0) : 0
        index.withView(block.bytes + start, unquoter) { view in
            names = (0..<count).map { Decoding.text(view.text($0, ofRow: 0).buffer) }
        }
        return names
    }

    private static func isUTF8(_ text: UnsafeBufferPointer<UInt8>, whole: Bool) -> Bool {
        // The last character may be cut in two when there is more to come.
        let cuts = whole ? 0...0 : 0...min(3, text.count)
        return cuts.contains { String(validating: text.dropLast($0), as: UTF8.self) != nil }
    }
}

// MARK: - Refusals

extension Sniffer {
    private func refuseForeign(_ start: UnsafeBufferPointer<UInt8>) throws(Fault) {
        let utf16 = "it is UTF-16 text"
        let remedy = "Save it again as \"CSV UTF-8\"."
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw Fault("The file could not be read", at: path, because: utf16, remedy: remedy)
        }
        guard let zero = start.firstIndex(of: 0) else { return }
        if start.starts(with: [0x50, 0x4B]) {
            throw Sniffer.binary(path, because: "it is a zip or Excel file")
        }
        let sample = start.prefix(4096)
        let odd = sample.indices.filter { $0 % 2 == 1 && sample[$0] == 0 }.count
        let even = sample.indices.filter { $0 % 2 == 0 && sample[$0] == 0 }.count
        if max(odd, even) * 3 > sample.count, min(odd, even) * 20 < max(odd, even) {
            throw Fault("The file could not be read", at: path, because: utf16, remedy: remedy)
        }
        throw Sniffer.binary(path, because: "byte \(zero + 1) of its text is zero")
    }

    static func binary(_ path: String, because why: String) -> Fault {
        Fault(
            "The file is not delimited text", at: path, because: why,
            remedy: "Save the table as CSV in the program that made it.")
    }

    private func empty(_ count: Int) -> Fault {
        Fault(
            "The file holds no table", at: path, because: count == 0 ? "it is empty" : "it has only blank lines",
            remedy: "Check that it was exported and copied whole.")
    }

    private func openQuote(_ line: Int) -> Fault {
        Fault(
            "The first line could not be read", at: "\(path), line \(line)",
            because: "a double quote in it is not closed", remedy: "Close the quote there.")
    }
}

/// Finds the end of the first row, and its delimiter when none is given.
struct HeaderScan {
    private static let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]

    /// The position after the row and its line end.
    let end: Int
    /// How many line ends it holds.
    let lines: Int
    let delimiter: UInt8
    /// Whether a line end was found.
    let isEnded: Bool

    /// Nil when the text ends inside quotes, or before the row starts.
    init?(_ text: UnsafeBufferPointer<UInt8>, from start: Int, lineEnd: UInt8, delimiter: UInt8?) {
        let delimiters = delimiter.map { [$0] } ?? HeaderScan.candidates
        var counts = [Int](repeating: 0, count: delimiters.count)
        var position = start
        var lines = 0
        var inside = false
        var mayOpen = true
        var ended = false
        while position < text.count, !ended {
            let byte = text[position]
            position += 1
            let opens = byte == Mark.quote && (inside || mayOpen)
            if byte == lineEnd { lines += 1 }
            if opens {
                mayOpen = inside
                inside.toggle()
                continue
            }
            mayOpen = false
            guard !inside else { continue }
            ended = byte == lineEnd
            if let which = delimiters.firstIndex(of: byte) {
                counts[which] += 1
                mayOpen = true
            }
        }
        guard !inside, start < text.count else { return nil }
        let most = counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0
        (end, self.lines, self.delimiter, isEnded) = (position, lines, delimiters[most], ended)
    }
}
