public import Kernel

/// What went wrong, for programs (RFC 9457).
public struct ProblemDetails: Hashable, Sendable {
    /// The kind of problem: a path of this site's documentation, or about:blank when the status says all.
    public let type: String
    /// The kind in words; the same for every occurrence.
    public let title: String
    /// The status.
    public let status: Status
    /// What happened this time. Never personal data.
    public let detail: String?
    /// The request's id.
    public let instance: String?
    /// Further members, such as the fields that are wrong.
    public let members: [JSON.Member]

    /// A problem; without a title, the status in words.
    public init(
        _ status: Status, type: String = "about:blank", title: String? = nil, detail: String? = nil,
        instance: String? = nil, members: [JSON.Member] = []
    ) {
        self.status = status
        self.type = type
        self.title = title ?? status.reason
        self.detail = detail
        self.instance = instance
        self.members = members
    }

    /// The problem as JSON.
    public var json: JSON {
        var all: [JSON.Member] = [
            .init("type", .string(type)), .init("title", .string(title)), .init("status", .integer(Int64(status.code))),
        ]
        if let detail { all.append(.init("detail", .string(detail))) }
        if let instance { all.append(.init("instance", .string(instance))) }
        return .object(all + members)
    }

    /// The answer.
    public var response: Response { Response(status, type: .problem, json.encoded(indented: false)) }
}
