internal import HTTP

/// One request and its answer. Used by one thread at a time: the one that libmicrohttpd gave the connection.
final class Exchange {
    enum Stage {
        case head
        case body
        case working
        case answered
    }

    let record: ConnectionRecord?
    let target: String
    // The address of the target in libmicrohttpd's buffer; compared, never read.
    let targetStart: Int
    let started: Int64
    var stage = Stage.head
    var head: RequestHead?
    var id = ""
    var method = ""
    var route = "(refused)"
    var collector: BodyCollector?
    var bodyStarted = 0
    var isSlow = false
    var work: Work?
    var feed: EventFeed?
    var status = 0
    var bytesIn = 0
    let bytesOut = ByteCount()
    var failure: String?
    // Set when what comes next on the connection cannot be trusted to be a request.
    var mustClose = false

    init(record: ConnectionRecord?, target: String, targetStart: Int, started: Int64) {
        self.record = record
        self.target = target
        self.targetStart = targetStart
        self.started = started
    }
}

/// How many bytes of an answer were made. Written by the connection's thread only.
final class ByteCount {
    var value = 0
}
