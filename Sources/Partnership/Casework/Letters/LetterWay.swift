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

    /// Whether an address, where they live or lived, of whom it may have gone to is withheld.
    func isGuarded(in record: ID<CaseRecord>, _ connection: Connection) throws -> Bool {
        switch self {
        case .hand: return false
        case .post(let person): return try LetterWay.isWithheld([person], connection)
        case .unknown:
            return try LetterWay.isWithheld(CaseRows.parties(record, in: connection).map(\.person), connection)
        }
    }

    private static func isWithheld(_ people: [ID<Person>], _ connection: Connection) throws -> Bool {
        let all = Set(try people.flatMap { try PersonStore.sameRecords($0, in: connection) + [$0] }).sorted()
        guard !all.isEmpty else { return false }
        let ordinary = AddressSecrecy.ordinary.rawValue
        let now = try connection.first(
            "SELECT id FROM people WHERE id IN (\(list: all)) AND address_secrecy <> \(ordinary) LIMIT 1")
        let ever = try connection.first(
            "SELECT person FROM person_addresses WHERE person IN (\(list: all)) AND secrecy <> \(ordinary) LIMIT 1")
        return now != nil || ever != nil
    }
}
