import Files
import Governance
import Kernel
import Rules

@testable import Enforcement

/// The order types, rules and calendar that the repository ships, and orders of a test's own.
enum Law {
    static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    /// The shipped law, with rules of a partnership's own before it.
    /// - Parameter own: rules as they stand in the list of a file.
    static func shipped(own: String? = nil) throws -> OrderLaw {
        var files = [try DefinitionFile(path: "\(root)/Definitions/rules/default.json")]
        if let own {
            let text = """
                { "name": "Own", "approvedBy": "A lawyer", "approvedOn": "2024-01-01", "rules": [\(own)] }
                """
            files.append(try DefinitionFile(bytes: Array(text.utf8), path: "own.json"))
        }
        let rules = try PolicyRules(files)
        return OrderLaw(
            types: try OrderTypes(folder: "\(root)/Definitions/order-types", rules: rules), rules: rules,
            calendar: try ClockCalendar(folder: "\(root)/Definitions/rules"))
    }

    /// A rule of hours, as a partnership would approve it.
    static func hours(_ key: String, _ count: Int, from: String, without: String = "") -> String {
        let left = without.isEmpty ? "" : ", \"without\": [\"\(without)\"]"
        return """
            { "key": "\(key)", "name": "\(key)", "from": "\(from)", "source": "Crime and Policing Act 2026",
              "standing": "statute", "value": { "count": \(count), "counting": "hours-excluding"\(left) } }
            """
    }

    static func code<Tag>(_ text: String) -> Code<Tag> {
        guard let code = Code<Tag>(text) else { preconditionFailure("no code: \(text)") }
        return code
    }

    static func id<Tag>(_ number: Int) -> ID<Tag> {
        let digits = String(number)
        guard let id = ID<Tag>("01890000-0000-7000-9000-" + String(repeating: "0", count: 12 - digits.count) + digits)
        else { preconditionFailure("no identifier") }
        return id
    }

    /// A draft about a person, premises or an area, as the type needs.
    static func draft(
        _ type: String, born: String? = nil, maker: String = "police", about subject: OrderSubject? = nil,
        area: String? = nil, before: String? = nil, beforeAt: String? = nil, isAssessed: Bool = true
    ) throws -> Order {
        let kinds: [String: OrderSubject] = [
            "pspo": .area("The park"), "dispersal": .area("The precinct"), "closure-notice": .premises("1 High Street"),
            "closure-order": .premises("1 High Street"), "nosp": .tenancy("T-1"),
        ]
        let about = subject ?? kinds[type] ?? .person(id(1))
        var order = Order(
            code(type), subject: about, name: "Sam Example", born: try born.map(day), applicant: code("council"),
            maker: maker)
        order.area = area.map { code($0) }
        order.assessments = isAssessed ? [try assessment()] : []
        if let before {
            order.before = OrderBefore(
                id: id(99), type: code(before), subject: about, at: try beforeAt.map(uk))
        }
        return order
    }

    /// How equality and proportionality were weighed up, in time and for the first time.
    static func assessment(
        _ known: String = "Nothing is known; the doctor was asked", on at: String = "2025-01-01 10:00",
        late: String = "", again: String = ""
    ) throws -> OrderAssessment {
        OrderAssessment(
            circumstances: [.health], known: known, tried: "Two visits", whyNotLess: "They were not heeded",
            adjustments: "The curfew ends before the morning's medicine", assessedBy: "Head of service",
            day: try uk(at).ukDate, whyLate: late, whyAgain: again, enteredAt: try uk(at), enteredBy: id(2))
    }

    static func service(_ at: String) throws -> OrderService {
        OrderService(method: "By hand", who: "PC 1", place: "1 High Street", proof: "Statement", at: try uk(at))
    }

    /// A notice that was printed on one day and served later.
    static func served(
        _ type: String, _ at: String, printed: String? = nil, to: Instant? = nil, area: String? = nil,
        maker: String = "police", before: String? = nil, beforeAt: String? = nil, _ law: OrderLaw
    ) throws -> Order {
        var order = try draft(type, maker: maker, area: area, before: before, beforeAt: beforeAt)
        try order.authorise(by: "Superintendent", isSenior: true, at: try uk(printed ?? at), law)
        try order.serve(try service(at), to: to, law)
        return order
    }

    /// An application that was heard and granted at a moment.
    static func made(
        _ type: String, born: String? = nil, at: String, to: Instant?, maker: String = "police", area: String? = nil,
        before: String? = nil, beforeAt: String? = nil, terms: [OrderTerm] = [], _ law: OrderLaw
    ) throws -> Order {
        var order = try applied(
            type, born: born, at: at, maker: maker, area: area, before: before, beforeAt: beforeAt, law)
        order.terms = terms
        try order.make(at: try uk(at), to: to, law)
        return order
    }

    /// An application that is to be heard at a moment.
    static func applied(
        _ type: String, born: String? = nil, at: String, maker: String = "police", area: String? = nil,
        before: String? = nil, beforeAt: String? = nil, isInterim: Bool = false, _ law: OrderLaw
    ) throws -> Order {
        var order = try draft(type, born: born, maker: maker, area: area, before: before, beforeAt: beforeAt)
        order.isInterim = isInterim
        order.riskAssessment = "RA-1"
        let moment = try uk(at)
        try order.authorise(by: "Inspector", at: moment, law)
        if law.types[order.type]?.course == .court {
            try order.setHearing(at: moment, court: "Obbwade Magistrates", enteredAt: moment, law)
        }
        return order
    }
}

/// A moment by a British clock: "2024-12-24 15:00".
func uk(_ text: String) throws -> Instant {
    let parts = text.split(separator: " ")
    let clock = parts.last?.split(separator: ":").compactMap { Int64($0) } ?? []
    guard parts.count == 2, clock.count == 2, let day = LocalDate(String(parts[0])) else {
        throw Fault("No time: \(text)")
    }
    let wall = Int64(day.day) * 86_400 + clock[0] * 3600 + clock[1] * 60
    return Instant(milliseconds: UKTime.utc(atWallClock: wall) * 1000)
}

func day(_ text: String) throws -> LocalDate {
    guard let day = LocalDate(text) else { throw Fault("No day: \(text)") }
    return day
}

/// The first moment after a last day.
func endOf(_ text: String) throws -> Instant { Deadline(endOf: try day(text)).at }

/// What was refused.
func refusal(_ body: () throws -> Void) throws -> OrderRefusal {
    do { try body() } catch let refusal as OrderRefusal { return refusal }
    throw Fault("It was not refused")
}
