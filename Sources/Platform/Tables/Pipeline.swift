internal import Glibc
internal import Kernel

/// Blocks on their way from the file through the parsers and back into the order of the file.
///
/// The calling thread reads and delivers, and parses too when it has nothing else to do; helpers only parse. All state
/// is protected by `lock`.
final class Pipeline: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: [Block] = []
    private var done: [Int: (chunk: ParsedChunk, block: Block)] = [:]
    private var isStopped = false
    private var helpers: [pthread_t] = []

    init() {
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(lock)
        changed.deallocate()
        lock.deallocate()
    }

    private func locked<R>(_ body: () -> R) -> R {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body()
    }

    /// Hands a filled block to whoever parses next.
    func submit(_ block: Block) {
        locked {
            waiting.append(block)
            pthread_cond_broadcast(changed)
        }
    }

    /// What the calling thread does next.
    enum Step {
        case deliver(ParsedChunk, Block)
        case parse(Block)
    }

    /// Waits for the chunk of that place in the file, or for a block to parse.
    func step(delivering sequence: Int) -> Step {
        locked {
            while true {
                if let ready = done.removeValue(forKey: sequence) { return .deliver(ready.chunk, ready.block) }
                if !waiting.isEmpty { return .parse(waiting.removeFirst()) }
                pthread_cond_wait(changed, lock)
            }
        }
    }

    /// Hands back a parsed block.
    func finish(_ block: Block, _ chunk: ParsedChunk) {
        locked {
            done[chunk.sequence] = (chunk, block)
            pthread_cond_broadcast(changed)
        }
    }

    /// Starts a thread that parses until `stop`. When none can be started the calling thread does the work.
    func startHelper(_ parser: ChunkParser, _ codeBook: CodeBook) {
        let work = Unmanaged.passRetained(Helper(pipeline: self, parser: parser, codeBook: codeBook))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Helper>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, work.toOpaque())
        if result == 0 { helpers.append(thread) } else { work.release() }
    }

    /// Ends the helpers and waits for them.
    func stop() {
        locked {
            isStopped = true
            pthread_cond_broadcast(changed)
        }
        for thread in helpers { pthread_join(thread, nil) }
        helpers = []
    }

    /// A block to parse, or nil when there will be none any more.
    fileprivate func take() -> Block? {
        locked {
            while true {
                if isStopped { return nil }
                if !waiting.isEmpty { return waiting.removeFirst() }
                pthread_cond_wait(changed, lock)
            }
        }
    }
}

private final class Helper {
    let pipeline: Pipeline
    let parser: ChunkParser
    let codeBook: CodeBook

    init(pipeline: Pipeline, parser: ChunkParser, codeBook: CodeBook) {
        self.pipeline = pipeline
        self.parser = parser
        self.codeBook = codeBook
    }

    func run() {
        while let block = pipeline.take() { pipeline.finish(block, parser.parse(block, codeBook)) }
    }
}

extension ChunkParser {
    /// Parses a block with the newest lasting codes.
    func parse(_ block: Block, _ codeBook: CodeBook) -> ParsedChunk {
        codeBook.settle(texts, of: worker)
        return parse(block)
    }
}
