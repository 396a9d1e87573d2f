internal import HTTP

/// What libmicrohttpd asks for the next bytes of an answer.
///
/// Used on the connection's thread only; libmicrohttpd holds it by one retained reference until the answer is destroyed.
final class ResponseSource {
    enum Kind {
        case bytes([UInt8])
        case stream(@Sendable () throws -> [UInt8]?)
        case feed(EventFeed)
    }

    static let end = -1
    static let failed = -2

    private let kind: Kind
    private let sent: ByteCount
    private let extend: (Int) -> Void
    private var pending: ArraySlice<UInt8> = []

    /// - Parameter extend: told how many bytes were made so far, so that the connection is given the time for them.
    init(_ kind: Kind, sent: ByteCount, extend: @escaping (Int) -> Void) {
        self.kind = kind
        self.sent = sent
        self.extend = extend
    }

    func read(at position: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count: Int
        switch kind {
        case .bytes(let bytes):
            guard position < bytes.count else { return ResponseSource.end }
            count = min(buffer.count, bytes.count - position)
            buffer.copyBytes(from: bytes[position..<position + count])
            return count
        case .stream(let next): count = pull(next, into: buffer)
        case .feed(let feed): count = feed.read(into: buffer)
        }
        if count > 0 {
            sent.value += count
            if case .stream = kind { extend(sent.value) }
        }
        return count
    }

    private func pull(_ next: () throws -> [UInt8]?, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        do {
            while pending.isEmpty {
                guard let bytes = try next() else { return ResponseSource.end }
                pending = bytes[...]
            }
        } catch {
            // The connection is cut, so that the client knows that something is missing.
            return ResponseSource.failed
        }
        let count = min(buffer.count, pending.count)
        buffer.copyBytes(from: pending.prefix(count))
        pending.removeFirst(count)
        return count
    }
}
