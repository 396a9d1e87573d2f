internal import Kernel

/// Takes a body as its policy says, chunk by chunk, and hands it over whole.
public final class BodyCollector {
    private let policy: BodyPolicy
    private let isForm: Bool
    private let parser: MultipartParser?
    private var bytes: [UInt8] = []
    private var failure: BodyFailure?

    /// How many bytes came.
    public private(set) var count = 0

    /// A collector for a body that `BodyPolicy.refusal` let pass.
    public init(_ policy: BodyPolicy, type: String?) {
        self.policy = policy
        let media = type.flatMap { MediaType($0) }
        isForm = media?.isSame(as: .form) ?? false
        if case .multipart(let limits) = policy, !isForm, let boundary = media?["boundary"] {
            parser = MultipartParser(boundary: boundary, limits: limits)
        } else {
            parser = nil
        }
    }

    /// Takes the next bytes. After a failure they are counted and dropped.
    /// - Returns: false when so much came past the limit that the connection should be cut.
    public func feed(_ chunk: UnsafeRawBufferPointer) -> Bool {
        count += chunk.count
        guard failure == nil else { return count <= limit + BodyCollector.patience }
        guard count <= limit else {
            fail(.tooLarge("The request is larger than \(BodyFailure.inWords(limit)). Send less."))
            return count <= limit + BodyCollector.patience
        }
        if let parser {
            do throws(BodyFailure) { try parser.feed(chunk) } catch { fail(error) }
        } else {
            bytes.append(contentsOf: chunk)
        }
        return true
    }

    /// The body.
    /// - Throws: a `BodyFailure`.
    public func finish() throws(BodyFailure) -> RequestBody {
        if let failure { throw failure }
        guard count > 0 else { return .none }
        switch policy {
        case .none: throw .tooLarge("This page takes no body.")
        case .form: return .form(try form(), files: [])
        case .multipart:
            guard let parser else { return .form(try form(), files: []) }
            let (fields, files) = try parser.finish()
            return .form(fields, files: files)
        case .json(let limits):
            do throws(Fault) {
                return .json(try JSONBody.parse(bytes, limits: limits))
            } catch {
                throw .malformed(error.description)
            }
        case .bytes: return .bytes(bytes)
        }
    }

    // A form without files never needs more than the limit of a field for each part.
    private var limit: Int {
        if case .multipart(let limits) = policy, parser == nil {
            return min(limits.total, BodyCollector.plainFormLimit)
        }
        return policy.limit
    }

    private static let plainFormLimit = 1 << 20

    // So many bytes past the limit are read and dropped, so that the sender gets to read the answer.
    private static let patience = 1 << 20

    private func fail(_ failure: BodyFailure) {
        self.failure = failure
        bytes = []
    }

    private func form() throws(BodyFailure) -> FormFields {
        guard let fields = FormFields(parsing: bytes) else { throw .tooLarge("The form has too many fields.") }
        return fields
    }
}
