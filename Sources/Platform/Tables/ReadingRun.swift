internal import Kernel

/// One reading of a file: fills blocks, has them parsed, and delivers batches in order.
struct ReadingRun {
    var reader: BlockReader
    var assembler: BatchAssembler
    let parsers: [ChunkParser]
    let codeBook: CodeBook
    private var free: [Block] = []
    private var submitted = 0
    private var delivered = 0

    init(reader: BlockReader, assembler: BatchAssembler, parsers: [ChunkParser], codeBook: CodeBook) {
        self.reader = reader
        self.assembler = assembler
        self.parsers = parsers
        self.codeBook = codeBook
    }

    mutating func run(progress: () -> Void, body: (Batch) throws -> Void) throws {
        if parsers.count == 1 {
            try runAlone(progress: progress, body: body)
        } else {
            try runTogether(progress: progress, body: body)
        }
    }

    private mutating func runAlone(progress: () -> Void, body: (Batch) throws -> Void) throws {
        let block = Block(capacity: reader.limits.block)
        repeat {
            try fill(block, progress)
            try deliver(parsers[0].parse(block, codeBook), block, body)
        } while !reader.isAtEnd
    }

    private mutating func runTogether(progress: () -> Void, body: (Batch) throws -> Void) throws {
        let pipeline = Pipeline()
        defer { pipeline.stop() }
        let mostBlocks = 2 * parsers.count + 2
        var helpersStarted = 1
        repeat {
            while !reader.isAtEnd, submitted - delivered < mostBlocks {
                let block = free.popLast() ?? Block(capacity: reader.limits.block)
                try fill(block, progress)
                // Small files are read without help.
                if submitted > 1, helpersStarted < parsers.count {
                    pipeline.startHelper(parsers[helpersStarted], codeBook)
                    helpersStarted += 1
                }
                pipeline.submit(block)
            }
            switch pipeline.step(delivering: delivered) {
            case .parse(let block): pipeline.finish(block, parsers[0].parse(block, codeBook))
            case .deliver(let chunk, let block):
                try deliver(chunk, block, body)
                free.append(block)
            }
        } while !reader.isAtEnd || delivered < submitted
    }

    private mutating func fill(_ block: Block, _ progress: () -> Void) throws(Fault) {
        try reader.fill(block)
        block.sequence = submitted
        submitted += 1
        progress()
    }

    private mutating func deliver(
        _ chunk: consuming ParsedChunk, _ block: Block, _ body: (Batch) throws -> Void
    ) throws {
        delivered += 1
        guard let batch = try assembler.batch(of: chunk) else { return }
        try body(batch)
        block.spare.keep(batch.columns, batch.timeKnown)
    }
}

extension ChunkParser {
    /// The rows of the block parsed last, as text.
    func rows(of block: Block, atMost count: Int) -> [[String]] {
        var rows: [[String]] = []
        let unquoter = Unquoter()
        index.build(block.bytes, count: block.rowsEnd, marks: marks, width: nil)
        index.withView(block.bytes, unquoter) { view in
            rows = (0..<min(count, view.rowCount)).map { row in
                (0..<index.fieldCount(ofRow: row)).map { field in
                    Decoding.text(unquoter.unquoted(view.raw(field, ofRow: row)).buffer)
                }
            }
        }
        return rows
    }
}
