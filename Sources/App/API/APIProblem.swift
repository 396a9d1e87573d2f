internal import HTTP
internal import Kernel
internal import Site

/// Why an operation is refused, where none of the site's own refusals says it.
struct APIProblem: Error {
    /// One thing that is wrong in what was sent.
    struct Detail: Hashable {
        /// Where: a JSON pointer into the body (RFC 6901), or the name of a parameter of the query.
        enum Place: Hashable {
            case pointer(String)
            case parameter(String)
        }

        let place: Place
        let text: String

        var json: JSON {
            switch place {
            case .pointer(let pointer): .members(("pointer", .string(pointer)), ("detail", .string(text)))
            case .parameter(let name): .members(("parameter", .string(name)), ("detail", .string(text)))
            }
        }
    }

    let status: Status
    let detail: String
    var errors: [Detail] = []

    static let conditionMissing = APIProblem(
        status: .preconditionRequired,
        detail: "Read the resource first, and send its ETag in If-Match, so that nobody's change is lost.")
    static let changed = APIProblem(
        status: .preconditionFailed,
        detail: "The resource has changed since you read it. Nothing was changed. Read it again.")

    static func invalid(_ errors: [Detail]) -> APIProblem {
        APIProblem(
            status: .unprocessableContent,
            detail: "What was sent is not what this operation takes. Nothing was changed.",
            errors: errors)
    }

    func response(for request: Request) -> Response {
        ProblemDetails(
            status, detail: detail, instance: "urn:request:\(request.id)",
            members: errors.isEmpty ? [] : [JSON.Member("errors", .array(errors.map(\.json)))]
        ).response
    }
}

extension Endpoint {
    /// An operation of the API: refuses parameters of the query that it does not have, and answers problems.
    init(
        api operation: Operation, _ access: Access, _ answer: @escaping @Sendable (Visit) throws -> Response
    ) {
        self.init(access, operation: operation) { visit in
            do {
                try APIQuery.check(visit.request.query, against: operation)
                return try answer(visit)
            } catch let problem as APIProblem {
                return problem.response(for: visit.request)
            }
        }
    }
}

extension Visit {
    /// Holds If-Match against the present version.
    /// - Throws: 428 without one, 412 when it names another version.
    func checkUnchanged(_ tag: EntityTag) throws {
        guard Preconditions.check(request.headers, method: request.method, tag: tag) == .met else {
            throw APIProblem.changed
        }
    }

    /// Asks for If-Match at all.
    func checkCondition() throws {
        guard request.headers.joined("If-Match") != nil else { throw APIProblem.conditionMissing }
    }

    /// JSON that is kept by the caller until its tag changes.
    func tagged(_ response: Response, _ tag: EntityTag) throws -> Response {
        switch Preconditions.check(request.headers, method: request.method, tag: tag) {
        case .failed: throw APIProblem.changed
        case .met, .notModified:
            var answer = response.tagged(tag, for: request)
            answer.headers["Cache-Control"] = "private, no-cache"
            return answer
        }
    }
}
