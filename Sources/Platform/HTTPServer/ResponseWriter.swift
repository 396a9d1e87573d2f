internal import CMicrohttpd
internal import HTTP

#if canImport(Glibc)
    internal import Glibc
#endif

/// Hands answers to libmicrohttpd.
struct ResponseWriter {
    let core: ServerCore
    let connection: OpaquePointer
    let exchange: Exchange

    /// Queues an answer.
    func send(_ answer: Response) -> MHD_Result {
        var answer = answer
        if let head = exchange.head { Compression.apply(to: &answer, for: head) }
        core.settings.security.apply(to: &answer, isSecure: exchange.head?.isSecure ?? false)
        if !exchange.id.isEmpty { answer.headers["X-Request-Id"] = exchange.id }
        guard let response = body(of: &answer) else { return .NO }
        defer { MHD_destroy_response(response) }
        for field in answer.headers.fields where !ResponseWriter.isOurs(field.name) {
            // libmicrohttpd takes no tabs.
            let value = field.value.contains("\t") ? String(field.value.map { $0 == "\t" ? " " : $0 }) : field.value
            if MHD_add_response_header(response, field.name, value) != .YES, !value.isEmpty { return .NO }
        }
        if core.feeds.isStopping || exchange.mustClose {
            MHD_add_response_header(response, "Connection", "close")
        }
        exchange.stage = .answered
        exchange.status = answer.status.code
        return MHD_queue_response(connection, UInt32(answer.status.code), response)
    }

    private var isHead: Bool { exchange.method == "HEAD" }

    private static func isOurs(_ name: String) -> Bool {
        switch name.utf8.count {
        case 4: name.lowercased() == "date"
        case 10: name.lowercased() == "connection"
        case 14: name.lowercased() == "content-length"
        case 17: name.lowercased() == "transfer-encoding"
        default: false
        }
    }

    private func body(of answer: inout Response) -> OpaquePointer? {
        switch answer.body {
        case .bytes(let bytes):
            exchange.record?.allow(until: core.deadline(forBytes: bytes.count))
            exchange.bytesOut.value = isHead ? 0 : bytes.count
            return buffered(bytes)
        case .file(let path): return file(path, &answer)
        case .stream(let next):
            exchange.record?.allow(until: core.deadline(forBytes: 0))
            return streamed(.stream(next), size: UInt64.max)
        case .events(let stream):
            exchange.record?.allowAlways()
            let feed = EventFeed(stream, connection: connection, feeds: core.feeds)
            exchange.feed = feed
            return streamed(.feed(feed), size: UInt64.max)
        }
    }

    // Small bodies are copied whole; of large ones only the next block is, so that slow clients cost no memory.
    private func buffered(_ bytes: [UInt8]) -> OpaquePointer? {
        guard bytes.count <= 64 << 10 else { return streamed(.bytes(bytes), size: UInt64(bytes.count)) }
        return bytes.withUnsafeBytes {
            MHD_create_response_from_buffer(
                $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
        }
    }

    private func streamed(_ kind: ResponseSource.Kind, size: UInt64) -> OpaquePointer? {
        let record = exchange.record
        let core = core
        let started = MonotonicClock.milliseconds
        let source = ResponseSource(kind, sent: exchange.bytesOut) { count in
            record?.allow(until: core.deadline(forBytes: count, from: max(started, MonotonicClock.milliseconds - 1000)))
        }
        let held = Unmanaged.passRetained(source)
        let response = MHD_create_response_from_callback(
            size, 32 << 10,
            { context, position, buffer, most in
                guard let context, let buffer else { return ResponseSource.failed }
                let source = Unmanaged<ResponseSource>.fromOpaque(context).takeUnretainedValue()
                return source.read(
                    at: Int(position), into: UnsafeMutableRawBufferPointer(start: buffer, count: most))
            }, held.toOpaque(),
            { context in
                if let context { Unmanaged<ResponseSource>.fromOpaque(context).release() }
            })
        if response == nil { held.release() }
        return response
    }

    private func file(_ path: String, _ answer: inout Response) -> OpaquePointer? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        var info = stat()
        guard descriptor >= 0, fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
            if descriptor >= 0 { close(descriptor) }
            exchange.failure = "a file to be sent is missing"
            answer = core.answering.page(for: .notFound, detail: "The file is not there.", id: exchange.id)
            core.settings.security.apply(to: &answer, isSecure: exchange.head?.isSecure ?? false)
            if case .bytes(let bytes) = answer.body { return buffered(bytes) }
            return buffered([])
        }
        return fileRange(descriptor, size: Int(info.st_size), &answer)
    }

    private func fileRange(_ descriptor: Int32, size: Int, _ answer: inout Response) -> OpaquePointer? {
        answer.headers["Accept-Ranges"] = "bytes"
        var part = 0..<size
        let isWhole = answer.status != .ok || exchange.head?.headers["If-Range"] != nil
        switch ByteRange(isWhole ? nil : exchange.head?.headers["Range"], size: size) {
        case .whole: break
        case .beyond:
            close(descriptor)
            answer.status = .rangeNotSatisfiable
            answer.headers["Content-Range"] = "bytes */\(size)"
            return buffered([])
        case .part(let range):
            part = range.lowerBound..<range.upperBound + 1
            answer.status = .partialContent
            answer.headers["Content-Range"] = "bytes \(range.lowerBound)-\(range.upperBound)/\(size)"
        }
        exchange.record?.allow(until: core.deadline(forBytes: part.count))
        exchange.bytesOut.value = isHead ? 0 : part.count
        let response = MHD_create_response_from_fd_at_offset64(
            UInt64(part.count), descriptor, UInt64(part.lowerBound))
        if response == nil { close(descriptor) }
        return response
    }
}
