internal import Kernel

/// JSON schemas (draft 2020-12) of what the API takes and gives: the parts that the document names.
enum APISchemas {
    /// A reference to a named schema.
    static func named(_ name: String) -> JSON { .members(("$ref", .string("#/components/schemas/\(name)"))) }

    /// A text.
    static let text: JSON = type("string")
    /// A text or nothing.
    static let optionalText: JSON = .members(("type", .array([.string("string"), .string("null")])))
    static let integer: JSON = type("integer")
    static let boolean: JSON = type("boolean")
    /// A code of a definition.
    static let code: JSON = .members(("type", .string("string")), ("pattern", .string("^[a-z0-9-]{1,60}$")))
    static let uuid: JSON = .members(("type", .string("string")), ("format", .string("uuid")))
    static let instant: JSON = .members(("type", .string("string")), ("format", .string("date-time")))
    static let optionalInstant: JSON = .members(
        ("type", .array([.string("string"), .string("null")])), ("format", .string("date-time")))
    static let date: JSON = .members(("type", .string("string")), ("format", .string("date")))

    static func type(_ name: String) -> JSON { .members(("type", .string(name))) }

    static func list(_ items: JSON) -> JSON { .members(("type", .string("array")), ("items", items)) }

    static func words(_ words: [String]) -> JSON {
        .members(("type", .string("string")), ("enum", .array(words.map(JSON.string))))
    }

    /// An object that has these members, all of them, and no other.
    static func object(_ members: (String, JSON)...) -> JSON {
        .members(
            ("type", .string("object")), ("properties", .object(members.map { JSON.Member($0.0, $0.1) })),
            ("required", .array(members.map { .string($0.0) })), ("additionalProperties", .bool(false)))
    }

    /// A page of a list.
    static func page(of items: JSON) -> JSON { object(("items", list(items)), ("next", optionalText)) }

    /// The schemas that have names.
    static let all: [JSON.Member] = [
        .init("Agency", PartnershipOperations.agencySchema),
        .init("Partnership", PartnershipOperations.schema),
        .init("Assessment", AssessmentReading.schema),
        .init("AssessmentPatch", AssessmentChanges.patchSchema),
        .init("AuditEntry", AuditOperations.schema),
        .init("Caller", TokenOperations.schema),
        .init("Problem", problem),
    ]

    /// RFC 9457, with what is wrong in what was sent. Other members may be added.
    private static let problem: JSON = .members(
        ("type", .string("object")),
        (
            "properties",
            .members(
                ("type", text), ("title", text), ("status", integer), ("detail", text), ("instance", text),
                (
                    "errors",
                    list(
                        .members(
                            ("type", .string("object")),
                            ("properties", .members(("pointer", text), ("parameter", text), ("detail", text))),
                            ("required", .array([.string("detail")])), ("additionalProperties", .bool(false))))
                ))
        ), ("required", .array([.string("type"), .string("title"), .string("status")])))
}
