/// A status code (RFC 9110 §15, RFC 6585).
public struct Status: Hashable, Sendable {
    /// Three digits.
    public let code: Int

    /// A status by its code.
    public init(_ code: Int) {
        precondition((100...599).contains(code), "a status has three digits, 100 to 599")
        self.code = code
    }

    /// 200 OK.
    public static let ok = Status(200)
    /// 201 Created.
    public static let created = Status(201)
    /// 202 Accepted.
    public static let accepted = Status(202)
    /// 204 No content.
    public static let noContent = Status(204)
    /// 206 Partial content.
    public static let partialContent = Status(206)
    /// 301 Moved permanently.
    public static let movedPermanently = Status(301)
    /// 303 See other.
    public static let seeOther = Status(303)
    /// 304 Not modified.
    public static let notModified = Status(304)
    /// 308 Permanent redirect.
    public static let permanentRedirect = Status(308)
    /// 400 Bad request.
    public static let badRequest = Status(400)
    /// 401 Unauthorised.
    public static let unauthorised = Status(401)
    /// 403 Forbidden.
    public static let forbidden = Status(403)
    /// 404 Not found.
    public static let notFound = Status(404)
    /// 405 Method not allowed.
    public static let methodNotAllowed = Status(405)
    /// 406 Not acceptable.
    public static let notAcceptable = Status(406)
    /// 408 Request time-out.
    public static let requestTimeout = Status(408)
    /// 409 Conflict.
    public static let conflict = Status(409)
    /// 410 Gone.
    public static let gone = Status(410)
    /// 411 Length required.
    public static let lengthRequired = Status(411)
    /// 412 Precondition failed.
    public static let preconditionFailed = Status(412)
    /// 413 Content too large.
    public static let contentTooLarge = Status(413)
    /// 414 Address too long.
    public static let targetTooLong = Status(414)
    /// 415 Unsupported media type.
    public static let unsupportedMediaType = Status(415)
    /// 416 Range not satisfiable.
    public static let rangeNotSatisfiable = Status(416)
    /// 417 Expectation failed.
    public static let expectationFailed = Status(417)
    /// 422 Unprocessable content.
    public static let unprocessableContent = Status(422)
    /// 428 Precondition required.
    public static let preconditionRequired = Status(428)
    /// 429 Too many requests.
    public static let tooManyRequests = Status(429)
    /// 431 Header fields too large.
    public static let headersTooLarge = Status(431)
    /// 500 Internal server error.
    public static let internalServerError = Status(500)
    /// 501 Not implemented.
    public static let notImplemented = Status(501)
    /// 503 Service unavailable.
    public static let serviceUnavailable = Status(503)
    /// 505 HTTP version not supported.
    public static let versionNotSupported = Status(505)

    /// The status in words, without its code.
    public var reason: String { Status.reasons[code] ?? "Status \(code)" }

    /// Whether an answer of this status never has a body (RFC 9110 §6.4.1).
    public var hasNoBody: Bool { code < 200 || code == 204 || code == 304 }

    private static let reasons: [Int: String] = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No content", 206: "Partial content",
        301: "Moved permanently", 302: "Found", 303: "See other", 304: "Not modified", 307: "Temporary redirect",
        308: "Permanent redirect", 400: "Bad request", 401: "Unauthorised", 403: "Forbidden", 404: "Not found",
        405: "Method not allowed", 406: "Not acceptable", 408: "Request time-out", 409: "Conflict", 410: "Gone",
        411: "Length required", 412: "Precondition failed", 413: "Content too large", 414: "Address too long",
        415: "Unsupported media type", 416: "Range not satisfiable", 417: "Expectation failed",
        422: "Unprocessable content", 428: "Precondition required", 429: "Too many requests",
        431: "Header fields too large", 500: "Internal server error", 501: "Not implemented",
        503: "Service unavailable", 505: "HTTP version not supported",
    ]
}
