/// A method and a pattern of paths, what body it takes, and what answers.
public struct Route<Handler> {
    /// The method.
    public let method: Method
    /// Segments between slashes; `{name}` stands for one segment, whatever it is: `/people/{person}/notes`.
    public let pattern: String
    /// The body it takes.
    public let body: BodyPolicy
    /// Whether answering takes long (a password's hash, an export): then it is done on a thread of its own kind, for a
    /// thread of the server that waits keeps its other connections waiting.
    public let isSlow: Bool
    /// What answers.
    public let handler: Handler

    let segments: [Segment]

    enum Segment: Hashable {
        case literal(String)
        case parameter(String)

        var literal: String? { if case .literal(let text) = self { text } else { nil } }
    }

    /// A route. The pattern is ours, so a malformed one stops the program.
    public init(_ method: Method, _ pattern: String, body: BodyPolicy = .none, isSlow: Bool = false, handler: Handler) {
        self.method = method
        self.pattern = pattern
        self.body = body
        self.isSlow = isSlow
        self.handler = handler
        segments = Route.segments(of: pattern)
        let fault = fault
        precondition(fault == nil, fault ?? "")
    }

    /// A route whose pattern may be malformed, for `fault`.
    init(unchecked pattern: String, handler: Handler) {
        method = .get
        self.pattern = pattern
        body = .none
        isSlow = false
        self.handler = handler
        segments = Route.segments(of: pattern)
    }

    private static func segments(of pattern: String) -> [Segment] {
        pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return .literal(String(part)) }
            return .parameter(String(part.dropFirst().dropLast()))
        }
    }

    /// What is wrong with the pattern, or nil.
    var fault: String? {
        if !pattern.hasPrefix("/") { return "a pattern starts with a slash: \(pattern)" }
        if segments.contains(.parameter("")) { return "a parameter has a name: \(pattern)" }
        if pattern != "/", segments.contains(.literal("")) { return "a pattern has no empty segments: \(pattern)" }
        if Set(parameterNames).count < parameterNames.count { return "a parameter stands twice: \(pattern)" }
        return nil
    }

    /// The names in braces, in order.
    public var parameterNames: [String] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }
}

extension Route: Sendable where Handler: Sendable {}

/// The values of a pattern's parameters, decoded.
public struct PathParameters: Hashable, Sendable {
    let values: [FormFields.Field]

    /// Parameters by name.
    public init(_ values: [FormFields.Field] = []) { self.values = values }

    /// The value of a parameter of the pattern.
    public subscript(name: String) -> String? { values.first { $0.name == name }?.value }
}
