/// The request methods that are understood (RFC 9110 §9, RFC 5789). Any other is answered 501.
public enum Method: String, CaseIterable, Hashable, Sendable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
    /// Understood so that it can be refused by its name (405): no route answers it.
    case trace = "TRACE"
    /// Likewise.
    case query = "QUERY"

    /// Whether the method only reads (RFC 9110 §9.2.1); every other needs a token against forged requests.
    public var isSafe: Bool {
        switch self {
        case .get, .head, .options, .trace, .query: true
        case .post, .put, .patch, .delete: false
        }
    }
}

extension Method: Comparable {
    /// The order of the declarations, in which `Allow` lists methods.
    public static func < (a: Method, b: Method) -> Bool { a.position < b.position }

    private var position: Int { Method.allCases.firstIndex(of: self) ?? 0 }
}
