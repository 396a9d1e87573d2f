public import Kernel

/// What is known of a request before its body is read.
public struct RequestHead: Hashable, Sendable {
    /// The method.
    public let method: Method
    /// The path as it was sent, still percent-encoded, with its leading slash.
    public let path: String
    /// What stands after the question mark.
    public let query: FormFields
    /// The fields of the head.
    public let headers: Headers
    /// The address of the client: behind a trusted proxy, the one that the proxy names.
    public let remoteAddress: String
    /// Whether the client speaks TLS, to the trusted proxy before us.
    public let isSecure: Bool
    /// The name of this request in the logs.
    public let id: String

    /// A head.
    public init(
        method: Method = .get, path: String, query: FormFields = FormFields(), headers: Headers = Headers(),
        remoteAddress: String = "127.0.0.1", isSecure: Bool = false, id: String = "test"
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.remoteAddress = remoteAddress
        self.isSecure = isSecure
        self.id = id
    }

    /// The cookies.
    public var cookies: Cookies { Cookies(headers.all("Cookie")) }
}

/// The body of a request, as its route's policy had it read.
public enum RequestBody: Sendable {
    /// None came.
    case none
    /// A form.
    case form(FormFields, files: [UploadedFile])
    /// JSON.
    case json(JSON)
    /// Bytes as they came.
    case bytes([UInt8])
}

/// A whole request.
public struct Request: Sendable {
    /// Everything before the body.
    public let head: RequestHead
    /// The body.
    public let body: RequestBody
    /// The cookies.
    public let cookies: Cookies

    /// A request.
    public init(head: RequestHead, body: RequestBody = .none) {
        self.head = head
        self.body = body
        cookies = head.cookies
    }

    /// A request from its parts, as tests want it.
    public init(
        _ method: Method = .get, _ path: String, query: FormFields = FormFields(), headers: Headers = Headers(),
        body: RequestBody = .none, remoteAddress: String = "127.0.0.1", isSecure: Bool = false, id: String = "test"
    ) {
        self.init(
            head: RequestHead(
                method: method, path: path, query: query, headers: headers, remoteAddress: remoteAddress,
                isSecure: isSecure, id: id), body: body)
    }

    /// The method.
    public var method: Method { head.method }
    /// The path as it was sent, still percent-encoded.
    public var path: String { head.path }
    /// What stands after the question mark.
    public var query: FormFields { head.query }
    /// The fields of the head.
    public var headers: Headers { head.headers }
    /// The client's address.
    public var remoteAddress: String { head.remoteAddress }
    /// Whether the client speaks TLS.
    public var isSecure: Bool { head.isSecure }
    /// The name of this request in the logs.
    public var id: String { head.id }

    /// The fields of the form; none when the body is no form.
    public var form: FormFields {
        if case .form(let fields, _) = body { fields } else { FormFields() }
    }

    /// The files of the form.
    public var files: [UploadedFile] {
        if case .form(_, let files) = body { files } else { [] }
    }

    /// The JSON body, if it is one.
    public var json: JSON? {
        if case .json(let json) = body { json } else { nil }
    }
}
