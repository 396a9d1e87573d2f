public import HTTP
internal import Kernel
public import Site

/// The JSON API under `/api/v1`, for client programs with a token and for the site's own pages.
public enum APIRoutes {
    /// Every operation, and the document that describes them.
    /// - Parameters:
    ///   - document: what the document says of the API as a whole.
    ///   - others: routes of other parts of the site; those with an operation are described too.
    public static func routes(
        document: APIDocument.Details, others: [Route<Endpoint>] = []
    ) -> [Route<Endpoint>] {
        operations + [APIDocument(details: document, routes: operations + others).route]
    }

    /// The operations.
    static let operations: [Route<Endpoint>] =
        PartnershipOperations.routes + AssessmentReading.routes + AssessmentChanges.routes + AuditOperations.routes
        + TokenOperations.routes
}

/// What a client's token must allow for an operation.
enum APIScope {
    static let partnership = "partnership-read"
    static let assessments = "assessments-read"
    static let changes = "assessments-write"
    static let audit = "audit-read"
    static let token = "token-read"
}
