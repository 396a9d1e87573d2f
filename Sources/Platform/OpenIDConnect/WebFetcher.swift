public import Kernel

/// What is asked of a provider.
public struct WebRequest: Sendable {
    /// Where.
    public let address: WebAddress
    /// Header fields.
    public let headers: [(name: String, value: String)]
    /// What is sent by POST; nil for GET.
    public let body: [UInt8]?

    /// A request.
    public init(_ address: WebAddress, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil) {
        self.address = address
        self.headers = headers
        self.body = body
    }
}

/// What a provider answers.
public struct WebAnswer: Sendable {
    /// The HTTP status.
    public let status: Int
    /// The content.
    public let body: [UInt8]

    /// An answer.
    public init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// How providers are reached: by HTTP, or in tests by a table.
public struct WebFetcher: Sendable {
    /// Asks, and waits for the answer.
    /// - Throws: a `Fault` when there is none.
    public let fetch: @Sendable (WebRequest) throws(Fault) -> WebAnswer

    /// A way of one's own.
    public init(fetch: @escaping @Sendable (WebRequest) throws(Fault) -> WebAnswer) { self.fetch = fetch }

    /// The JSON of an address.
    /// - Throws: a `Fault` when it cannot be had.
    func json(_ address: WebAddress, headers: [(name: String, value: String)] = []) throws(Fault) -> JSON {
        let answer = try fetch(WebRequest(address, headers: [(name: "Accept", value: "application/json")] + headers))
        guard answer.status == 200 else { throw ProviderFault.make("it answered \(answer.status)", address) }
        guard let json = try? JSON(parsing: answer.body, from: address.text) else {
            throw ProviderFault.make("its answer is not JSON", address)
        }
        return json
    }
}

/// Faults about a provider.
enum ProviderFault {
    static func make(_ why: String, _ address: WebAddress) -> Fault {
        Fault(
            "The sign-in service could not be used", at: String(address.text.prefix { $0 != "?" }), because: why,
            remedy: "Try again in a few minutes; if it goes on, ask the administrator to check the provider's settings."
        )
    }
}
