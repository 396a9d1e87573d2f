internal import CMicrohttpd
internal import HTTP
internal import Kernel
internal import Synchronization

/// What the threads of a server share.
final class ServerCore: Sendable {
    let settings: ServerConfiguration
    let answering: any RequestAnswering
    let proxies: TrustedProxies
    let metrics: Metrics
    let log: @Sendable (AccessRecord) -> Void
    let connections = ConnectionTable()
    let feeds = EventFeeds()
    let workers: Workers
    // Requests whose first line has come and whose answer is not yet sent whole.
    let running = Atomic<Int>(0)

    init(
        _ settings: ServerConfiguration, _ answering: any RequestAnswering, metrics: Metrics,
        log: @escaping @Sendable (AccessRecord) -> Void
    ) throws(Fault) {
        self.settings = settings
        self.answering = answering
        self.metrics = metrics
        self.log = log
        workers = Workers(settings.slowThreads)
        proxies = try TrustedProxies(settings.trustedProxies)
    }

    /// Whether a new connection may come.
    func accepts(_ address: NetworkAddress?) -> Bool {
        guard let address, !proxies.trusts(address) else { return true }
        return connections.count(of: address) < settings.connectionsPerAddress
    }

    /// When a transfer of so many bytes must be done at the latest.
    func deadline(forBytes count: Int, from start: Int = MonotonicClock.milliseconds) -> Int {
        start + (settings.transferSeconds + count / max(1, settings.leastRate)) * 1000
    }

    /// When the next head must be there.
    func headDeadline(isFirst: Bool) -> Int {
        let seconds = settings.headSeconds + (isFirst ? 0 : settings.idleSeconds)
        return MonotonicClock.milliseconds + seconds * 1000
    }

    /// The first look at a request: what every request must satisfy, then what its route wants.
    /// - Returns: an answer when the request is refused.
    func begin(_ exchange: Exchange, version: String, headers: Headers, hasLooseLines: Bool, headSize: Int) -> Response?
    {
        let peer = exchange.record?.address
        exchange.mustClose = true
        exchange.id = proxies.requestID(from: peer, headers) ?? RequestID.make()
        if headSize > settings.headLimit { return refuse(.headersTooLarge, "", exchange) }
        if hasLooseLines { return refuse(.badRequest, "The lines of the head are malformed.", exchange) }
        if let status = RequestRules.refusal(
            method: exchange.method, target: exchange.target, version: version, headers: headers)
        {
            return refuse(status, "", exchange)
        }
        let target = RequestTarget(exchange.target)
        guard let method = Method(rawValue: exchange.method), let query = FormFields(parsing: target.query.utf8) else {
            return refuse(.badRequest, "", exchange)
        }
        let client = proxies.client(of: peer, headers)
        let head = RequestHead(
            method: method, path: target.path, query: query, headers: headers, remoteAddress: client.address,
            isSecure: client.isSecure, id: exchange.id)
        exchange.head = head
        let length = headers["Content-Length"].flatMap { Int($0) }
        let hasBody = (length ?? 0) > 0 || headers["Transfer-Encoding"] != nil
        exchange.mustClose = hasBody
        return admit(head, exchange, hasBody: hasBody, length: length)
    }

    private func admit(_ head: RequestHead, _ exchange: Exchange, hasBody: Bool, length: Int?) -> Response? {
        let admission = answering.admit(head)
        exchange.route = admission.route
        exchange.isSlow = admission.isSlow
        if let refusal = admission.refusal { return refusal }
        if hasBody {
            if let length, length > settings.bodyLimit { return refuse(.contentTooLarge, "", exchange) }
            let type = head.headers["Content-Type"]
            if let status = admission.body.refusal(type: type, length: length) { return refuse(status, "", exchange) }
        }
        exchange.collector = BodyCollector(admission.body, type: head.headers["Content-Type"])
        exchange.bodyStarted = MonotonicClock.milliseconds
        exchange.record?.allow(until: deadline(forBytes: 0))
        exchange.stage = .body
        exchange.mustClose = false
        return nil
    }

    /// Takes bytes of the body.
    /// - Returns: false when the connection is to be cut.
    func take(_ bytes: UnsafeRawBufferPointer, _ exchange: Exchange) -> Bool {
        guard let collector = exchange.collector else { return false }
        let goesOn = collector.feed(bytes)
        exchange.bytesIn = collector.count
        exchange.record?.allow(until: deadline(forBytes: collector.count, from: exchange.bodyStarted))
        return goesOn && collector.count <= settings.bodyLimit
    }

    /// The answer to a whole request; nil when a worker makes it, and the connection is suspended until then.
    func answer(_ exchange: Exchange, _ connection: OpaquePointer) -> Response? {
        guard let head = exchange.head, let collector = exchange.collector else {
            return refuse(.badRequest, "", exchange)
        }
        exchange.record?.allowAlways()
        let body: RequestBody
        do throws(BodyFailure) {
            body = try collector.finish()
        } catch {
            if case .storage(let fault) = error { exchange.failure = fault.description }
            return refuse(error.status, error.detail, exchange)
        }
        exchange.collector = nil
        let request = Request(head: head, body: body)
        guard exchange.isSlow else { return take(perform(request), exchange) }
        exchange.stage = .working
        let work = Work(connection: connection) { [self] in perform(request) }
        exchange.work = work
        guard workers.take(work) else {
            return refuse(.serviceUnavailable, "The server is busy. Try again in a minute.", exchange)
        }
        return nil
    }

    /// The answer that a worker made; nil when it is not ready.
    func worked(_ exchange: Exchange) -> Response? {
        guard let outcome = exchange.work?.outcome else { return nil }
        exchange.work = nil
        return take(outcome, exchange)
    }

    private func perform(_ request: Request) -> Work.Outcome {
        do {
            return Work.Outcome(response: try answering.answer(request), failure: nil)
        } catch {
            let detail = "Something went wrong. It has been recorded."
            // Only a Fault is known to hold no personal data; of others the log gets the kind.
            return Work.Outcome(
                response: answering.page(
                    for: .internalServerError, detail: detail, id: request.id, path: request.path),
                failure: (error as? Fault)?.description ?? "\(type(of: error))")
        }
    }

    private func take(_ outcome: Work.Outcome, _ exchange: Exchange) -> Response {
        exchange.failure = outcome.failure
        return outcome.response
    }

    private func refuse(_ status: Status, _ detail: String, _ exchange: Exchange) -> Response {
        let path = exchange.head?.path ?? RequestTarget(exchange.target).path
        return answering.page(for: status, detail: detail, id: exchange.id, path: path)
    }

    /// Counts and logs a request that is over.
    func finish(_ exchange: Exchange, status: Int, ending: MHD_RequestTerminationCode) {
        exchange.feed?.close()
        exchange.record?.allow(until: headDeadline(isFirst: false))
        let record = AccessRecord(
            time: settings.clock.now(), id: exchange.id,
            method: Method(rawValue: exchange.method)?.rawValue ?? "-", route: exchange.route, status: status,
            bytesIn: exchange.bytesIn, bytesOut: exchange.bytesOut.value,
            milliseconds: Double(MonotonicClock.microseconds - exchange.started) / 1000,
            ending: ServerCore.words(ending), failure: exchange.failure)
        metrics.count(record)
        log(record)
        running.wrappingSubtract(1, ordering: .acquiringAndReleasing)
    }

    private static func words(_ ending: MHD_RequestTerminationCode) -> String? {
        switch ending {
        case .REQUEST_TERMINATED_COMPLETED_OK: nil
        case .REQUEST_TERMINATED_TIMEOUT_REACHED: "timeout"
        case .REQUEST_TERMINATED_DAEMON_SHUTDOWN: "stopped"
        case .REQUEST_TERMINATED_READ_ERROR, .REQUEST_TERMINATED_CLIENT_ABORT: "aborted"
        default: "error"
        }
    }
}
