internal import Governance
internal import Kernel
internal import People
internal import Storage

/// How a letter went to whom it is for. One that was posted holds where they lived: it lies as deep as that.
enum LetterWay: Hashable, Sendable {
    case hand
    case post(ID<Person>)
    /// Nobody wrote down how: it counts as posted to anyone in the case.
    case unknown

    /// As it is kept.
    var text: String? {
        switch self {
        case .hand: "hand"
        case .post(let person): "post \(person)"
        case .unknown: nil
        }
    }

    /// What was kept.
    init(_ text: String?) {
        let words = (text ?? "").split(separator: " ")
        switch (words.first, words.last.flatMap { ID<Person>(String($0)) }) {
        case ("hand", _) where words.count == 1: self = .hand
        case ("post", let person?) where words.count == 2: self = .post(person)
        default: self = .unknown
        }
    }

    /// How deep it lies for the address that it holds: as deep as the people register has where they live, or lived, of
    /// whom it may have gone to, by the strictest of their records. It is never deeper than the victim's safety, or nobody
    /// could open it.
    func depth(in record: ID<CaseRecord>, _ connection: Connection) throws -> FieldClass {
        switch self {
        case .hand: return .p0
        case .post(let person): return try LetterWay.depth(of: [person], connection)
        case .unknown:
            return try LetterWay.depth(of: CaseRows.parties(record, in: connection).map(\.person), connection)
        }
    }

    private static func depth(of people: [ID<Person>], _ connection: Connection) throws -> FieldClass {
        let all = Set(try people.flatMap { try PersonStore.sameRecords($0, in: connection) + [$0] }).sorted()
        guard !all.isEmpty else { return .p0 }
        let rows = try connection.rows(
            """
            SELECT p.address_secrecy AS secrecy, r.side FROM people p
            LEFT JOIN register_records r ON r.id = p.id
            WHERE p.id IN (\(list: all))
            UNION ALL
            SELECT a.secrecy, r.side FROM person_addresses a
            LEFT JOIN register_records r ON r.id = a.person
            WHERE a.person IN (\(list: all))
            """)
        var depth = FieldClass.p0
        for row in rows {
            let side = try row.optional("side", as: String.self).flatMap { SubjectSide(rawValue: $0) }
            let secrecy = AddressSecrecy(rawValue: try row.get("secrecy")) ?? .sealed
            depth = max(depth, PersonField.address.fieldClass(side: side, secrecy: secrecy))
        }
        return min(depth, .p3)
    }
}
