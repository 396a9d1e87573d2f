import HTTP
import Synchronization
import Testing

@Suite struct EventStreamTests {
    func text(_ stream: EventStream, _ most: Int = 10_000) -> String {
        if case .bytes(let bytes) = stream.next(most) { String(decoding: bytes, as: UTF8.self) } else { "-" }
    }

    // HTML §9.2.6: a line ends with CR LF, CR or LF.
    @Test("No text can break out of its event")
    func format() {
        let stream = EventStream()

        stream.send("a\nb\r\nc\rd\n", event: "x\nid: 7", id: "1\r2\0")
        stream.heartbeat()
        stream.retry(afterMilliseconds: 3000)

        #expect(
            text(stream)
                == "event: xid: 7\nid: 12\ndata: a\ndata: b\ndata: c\ndata: d\ndata: \n\n:\n\nretry: 3000\n\n")
    }

    @Test("Bytes come in pieces, then nothing, then the end after the last byte")
    func ending() {
        let stream = EventStream()
        stream.send("abc")
        stream.end()

        #expect(text(stream, 5) == "data:")
        #expect(text(stream) == " abc\n\n")
        if case .end = stream.next(5) {} else { Issue.record("not ended") }
        let isTaken = stream.send("more")
        #expect(!isTaken)
    }

    @Test("A client that does not read is cut off, and its writer told")
    func slowClient() {
        let ended = Mutex(0)
        let stream = EventStream(bufferLimit: 100) { ended.withLock { $0 += 1 } }

        while stream.send("0123456789") {}
        #expect(!stream.isOpen)
        stream.disconnect()
        stream.disconnect()
        let count = ended.withLock { $0 }
        #expect(count == 1)
    }
}
