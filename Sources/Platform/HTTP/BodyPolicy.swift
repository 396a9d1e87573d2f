/// What body a route takes. A request with another is refused before its body is read.
public enum BodyPolicy: Hashable, Sendable {
    /// None.
    case none
    /// A form without files, of at most so many bytes.
    case form(limit: Int = 256 << 10)
    /// A form with files; a form without files is taken too.
    case multipart(MultipartLimits)
    /// JSON within limits.
    case json(JSONLimits = JSONLimits())
    /// Bytes of the listed types, of at most so many bytes.
    case bytes(limit: Int, types: [String])

    /// The largest body, in bytes.
    public var limit: Int {
        switch self {
        case .none: 0
        case .form(let limit): limit
        case .multipart(let limits): limits.total
        case .json(let limits): limits.bytes
        case .bytes(let limit, _): limit
        }
    }

    /// Why a body of this type and length may not come, or nil when it may.
    /// - Parameters:
    ///   - type: the value of Content-Type.
    ///   - length: the value of Content-Length; nil for a chunked body.
    public func refusal(type: String?, length: Int?) -> Status? {
        if length == 0 { return nil }
        if let length, length > limit { return .contentTooLarge }
        guard self != .none else { return .contentTooLarge }
        guard let type, let media = MediaType(type) else { return .unsupportedMediaType }
        return takes(media) ? nil : .unsupportedMediaType
    }

    private func takes(_ media: MediaType) -> Bool {
        switch self {
        case .none: false
        case .form: media.isSame(as: .form)
        case .multipart:
            media.isSame(as: .form)
                || (media.isSame(as: .multipart) && media["boundary"].map(MultipartParser.isBoundary) == true)
        case .json: media.isJSON
        case .bytes(_, let types): types.contains(media.name)
        }
    }
}

/// How large and how deep JSON may be. Depth and members are counted before anything is built.
public struct JSONLimits: Hashable, Sendable {
    /// The largest text, in bytes.
    public let bytes: Int
    /// The deepest nesting of objects and lists.
    public let depth: Int
    /// The most members of one object. The reader looks for names that stand twice, in time that grows with the square.
    public let members: Int

    /// Limits.
    public init(bytes: Int = 1 << 20, depth: Int = 32, members: Int = 1000) {
        self.bytes = bytes
        self.depth = depth
        self.members = members
    }
}
