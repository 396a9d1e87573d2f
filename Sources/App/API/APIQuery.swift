internal import HTTP
internal import Kernel
internal import Site

/// Reads the parameters of a query strictly.
enum APIQuery {
    /// Refuses parameters that the operation does not have, and those that stand twice.
    static func check(_ query: FormFields, against operation: Operation) throws {
        let known = Set(operation.parameters.filter { $0.place == .query }.map(\.name))
        var seen: Set<String> = []
        var errors: [APIProblem.Detail] = []
        for field in query.fields {
            if !known.contains(field.name) {
                // The name is the caller's text: enough of it to be found again.
                let name = String(field.name.prefix(60))
                errors.append(.init(place: .parameter(name), text: "This operation has no such parameter."))
            } else if !seen.insert(field.name).inserted {
                errors.append(.init(place: .parameter(field.name), text: "The parameter stands twice."))
            }
        }
        guard errors.isEmpty else { throw APIProblem.invalid(Array(errors.prefix(20))) }
    }

    /// A parameter's value as something, or nil when it is not given.
    static func value<Value>(
        _ name: String, in visit: Visit, _ expected: String, _ read: (String) -> Value?
    ) throws -> Value? {
        guard let text = visit.request.query[name] else { return nil }
        guard let value = read(text) else {
            throw APIProblem.invalid([.init(place: .parameter(name), text: expected)])
        }
        return value
    }

    /// How many items a page has: `limit`, 1 to 100, and 25 when it is not given.
    static func limit(in visit: Visit) throws -> Int {
        try value("limit", in: visit, "Give a whole number from 1 to 100.") { text in
            guard (1...3).contains(text.utf8.count), let number = decimalNumber(text.utf8), (1...100).contains(number)
            else { return nil }
            return number
        } ?? 25
    }

    /// `limit` and `after`, as the document says them.
    static func pages(cursor pattern: String) -> [Operation.Parameter] {
        [
            .init(
                "limit", in: .query, required: false, "How many items a page has at most.",
                schema: .members(
                    ("type", .string("integer")), ("minimum", .integer(1)), ("maximum", .integer(100)),
                    ("default", .integer(25)))),
            .init(
                "after", in: .query, required: false,
                "Where the page begins: take it from `next` of the page before, and make none yourself.",
                schema: .members(("type", .string("string")), ("pattern", .string(pattern)))),
        ]
    }

    /// A page of a list. Where there are more items, `next` and the Link field (RFC 8288) lead to them.
    static func page(_ items: [JSON], next cursor: String?, of visit: Visit) -> Response {
        let next = cursor.map { cursor in
            visit.request.path + "?" + visit.request.query.setting("after", to: cursor).encoded
        }
        var response = Response.json(
            .members(("items", .array(items)), ("next", next.map(JSON.string) ?? .null)))
        if let next { response.headers["Link"] = "<\(next)>; rel=\"next\"" }
        return response
    }
}

/// Where a page of a list ends: sixteen hexadecimal digits a number, so that every text of the pattern is a place.
struct ListPlace: Hashable {
    static let pattern = "^[0-9a-f]{48}$"

    let at: Instant
    let id: String

    init(at: Instant, id: String) {
        self.at = at
        self.id = id
    }

    init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 48, let at = ListPlace.number(digits.prefix(16)),
            ListPlace.number(digits[16..<32]) != nil, ListPlace.number(digits[32...]) != nil
        else { return nil }
        self.at = Instant(milliseconds: Int64(bitPattern: at))
        let hex = text.suffix(32)
        var parts: [Substring] = []
        var rest = hex
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        id = parts.joined(separator: "-")
    }

    var text: String { ListPlace.hex(UInt64(bitPattern: at.milliseconds)) + id.split(separator: "-").joined() }

    static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    static func number(_ digits: some Collection<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        guard digits.count == 16 else { return nil }
        for digit in digits {
            switch digit {
            case 0x30...0x39: number = number << 4 | UInt64(digit - 0x30)
            case 0x61...0x66: number = number << 4 | UInt64(digit - 0x61 + 10)
            default: return nil
            }
        }
        return number
    }
}
