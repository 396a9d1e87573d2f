public import Kernel

/// What a response is made of.
public enum ResponseBody: Sendable {
    /// Bytes in memory.
    case bytes([UInt8])
    /// A file, sent by the kernel. Ranges are honoured.
    case file(path: String)
    /// Bytes made while they are sent: called until it gives nil. A throw cuts the connection, so that the client knows
    /// that the answer is not whole.
    case stream(@Sendable () throws -> [UInt8]?)
    /// Server-sent events.
    case events(EventStream)
}

/// An answer.
public struct Response: Sendable {
    /// The status.
    public var status: Status
    /// The fields of the head. Content-Length, Connection and Date are the server's.
    public var headers: Headers
    /// The body.
    public var body: ResponseBody
    /// False for an answer that must not be compressed.
    public var mayCompress = true

    /// An answer.
    public init(_ status: Status = .ok, headers: Headers = Headers(), body: ResponseBody = .bytes([])) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer in memory of a type.
    public init(_ status: Status = .ok, type: MediaType, _ bytes: [UInt8]) {
        self.init(status, headers: ["Content-Type": type.headerValue], body: .bytes(bytes))
    }

    /// A page.
    public static func html(_ bytes: [UInt8], status: Status = .ok) -> Response {
        Response(status, type: .html, bytes)
    }

    /// Plain text.
    public static func text(_ text: String, status: Status = .ok) -> Response {
        Response(status, type: .text, Array(text.utf8))
    }

    /// JSON.
    public static func json(_ json: JSON, status: Status = .ok) -> Response {
        Response(status, type: .json, json.encoded(indented: false))
    }

    /// A file of a type, shown by the browser, or saved under a name.
    public static func file(_ path: String, type: MediaType, savedAs name: String? = nil) -> Response {
        var response = Response(headers: ["Content-Type": type.headerValue], body: .file(path: path))
        if let name { response.headers["Content-Disposition"] = ContentDisposition.attachment(name) }
        return response
    }

    /// Events, as long as the stream is open.
    public static func events(_ stream: EventStream) -> Response {
        // The last field keeps nginx from collecting events before it passes them on.
        Response(
            headers: [
                "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no",
            ], body: .events(stream))
    }

    /// See other: the browser fetches the page at a path of this site.
    ///
    /// A target that is not plainly a path of this site (`SitePath`) leads to the first page.
    public static func redirect(to target: String, status: Status = .seeOther) -> Response {
        Response(status, headers: ["Location": SitePath(target)?.text ?? "/"])
    }

    /// Nothing to say.
    public static let noContent = Response(.noContent)
    /// Not found, in plain text. Sites answer with a page of their own.
    public static let notFound = Response.text("Not found", status: .notFound)

    /// Sets a cookie.
    public mutating func set(_ cookie: Cookie) { headers.add("Set-Cookie", cookie.headerValue) }

    /// This answer with a cookie.
    public func setting(_ cookie: Cookie) -> Response {
        var copy = self
        copy.set(cookie)
        return copy
    }

    /// This answer with a mark of its version, or 304 or 412 when the request's conditions ask for that.
    public func tagged(_ tag: EntityTag, for request: Request) -> Response {
        var answer = self
        switch Preconditions.check(request.headers, method: request.method, tag: tag) {
        case .met: break
        case .notModified:
            answer.status = .notModified
            answer.body = .bytes([])
            answer.headers.remove("Content-Type")
        case .failed: return ProblemDetails(.preconditionFailed).response
        }
        answer.headers["ETag"] = tag.headerValue
        return answer
    }
}
