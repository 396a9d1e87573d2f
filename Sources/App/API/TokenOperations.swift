internal import Governance
internal import HTTP
internal import Kernel
internal import Site

/// Who calls.
enum TokenOperations {
    static let routes: [Route<Endpoint>] = [
        Route(.get, "/api/v1/me", handler: Endpoint(api: operation, .open) { .json(caller(try $0.actor(), $0)) })
    ]

    private static let operation = Operation(
        id: "getCaller", summary: "Who the token is, and what it may call.", scope: APIScope.token,
        answers: [
            .init(200, "Who calls.", type: "application/json", schema: APISchemas.named("Caller"))
        ])

    static let schema = APISchemas.object(
        ("kind", APISchemas.words(["person", "client"])), ("id", APISchemas.uuid), ("name", APISchemas.text),
        ("agency", APISchemas.code), ("roles", APISchemas.list(APISchemas.code)),
        ("scopes", APISchemas.list(APISchemas.code)), ("endsAt", APISchemas.optionalInstant))

    private static func caller(_ actor: Actor, _ visit: Visit) -> JSON {
        var scopes: [String] = []
        var end: Instant?
        if case .client(_, let call) = visit.caller {
            scopes = call.scopes.map(\.text).sorted()
            end = call.client.details.expiresAt
        }
        return .members(
            ("kind", .string(actor.kind.rawValue)), ("id", .string(actor.account.text)), ("name", .string(actor.name)),
            ("agency", .string(actor.agency.text)), ("roles", .array(actor.roles.sorted().map { .string($0.text) })),
            ("scopes", .array(scopes.map(JSON.string))), ("endsAt", end.map { .string($0.description) } ?? .null))
    }
}
