public import Kernel

/// Why a request's body was not taken. The texts never quote the body.
public enum BodyFailure: Error, Equatable, Sendable {
    /// It is not what its type says.
    case malformed(String)
    /// A limit was passed.
    case tooLarge(String)
    /// It could not be stored here.
    case storage(Fault)

    /// The status to answer with.
    public var status: Status {
        switch self {
        case .malformed: .badRequest
        case .tooLarge: .contentTooLarge
        case .storage: .internalServerError
        }
    }

    /// What to tell the sender.
    public var detail: String {
        switch self {
        case .malformed(let why), .tooLarge(let why): why
        case .storage: "The file could not be stored. Try again later."
        }
    }
}

extension BodyFailure {
    /// A limit in words: "25 MB" where it is megabytes, else bytes.
    static func inWords(_ limit: Int) -> String { limit >= 1 << 20 ? "\(limit >> 20) MB" : "\(limit) bytes" }
}
