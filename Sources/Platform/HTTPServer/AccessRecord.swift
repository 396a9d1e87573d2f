public import Kernel

/// One line of the access log. It names the route's pattern, never the path, the query, the client or the user.
public struct AccessRecord: Sendable {
    /// When the request ended.
    public let time: Instant
    /// The request's id.
    public let id: String
    /// The method; what is not a known one is a hyphen.
    public let method: String
    /// The route's pattern.
    public let route: String
    /// The status; 0 when no answer was sent.
    public let status: Int
    /// The bytes of the body that came.
    public let bytesIn: Int
    /// The bytes of the answer's body.
    public let bytesOut: Int
    /// From the first line of the request to the last byte of the answer, in milliseconds.
    public let milliseconds: Double
    /// How it ended when it did not end well: `timeout`, `aborted`, `stopped`, `error`.
    public let ending: String?
    /// Why a handler failed: a Fault's words, or the kind of another error.
    public let failure: String?

    /// The record as one line of JSON. Every control character is escaped, so that no text can look like a second line.
    public var jsonLine: [UInt8] {
        var members: [JSON.Member] = [
            .init("time", .string(time.description)), .init("id", .string(id)), .init("method", .string(method)),
            .init("route", .string(route)), .init("status", .integer(Int64(status))),
            .init("bytesIn", .integer(Int64(bytesIn))), .init("bytes", .integer(Int64(bytesOut))),
            .init("ms", .number((milliseconds * 100).rounded() / 100)),
        ]
        if let ending { members.append(.init("ending", .string(ending))) }
        if let failure { members.append(.init("failure", .string(failure))) }
        return JSON.object(members).encoded(indented: false) + [0x0A]
    }
}
