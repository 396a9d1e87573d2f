internal import Governance
internal import Kernel
internal import Storage

// MARK: - Finding by where and how people are reached

/// What a search asks for.
enum SoughtReach: Hashable, Sendable {
    /// A telephone number, as its last digits without the country's.
    case phone(String)
    /// A postcode or a line of an address, in small letters without blanks.
    case address(String)

    /// A number of seven digits or more, or a text that begins with a house number or is a postcode; nil for a name.
    init?(_ text: String) {
        let digits = text.filter { ("0"..."9").contains($0) }
        if (7...15).contains(digits.count), text.allSatisfy({ ("0"..."9").contains($0) || "+-(). ".contains($0) }) {
            self = .phone(String(digits.suffix(9)))
            return
        }
        let squeezed = text.lowercased().filter { !$0.isWhitespace && $0 != "," }
        let isNumbered = text.first.map { ("0"..."9").contains($0) } == true && squeezed.contains(where: \.isLetter)
        guard squeezed.count >= 5, isNumbered || SoughtReach.isPostcode(squeezed) else { return nil }
        self = .address(squeezed)
    }

    /// Whether it ends as postcodes do: a digit and two letters, after an area and a district.
    private static func isPostcode(_ text: String) -> Bool {
        let end = Array(text.suffix(3))
        let start = text.dropLast(3)
        guard (5...7).contains(text.count), end.count == 3, end[0].isNumber, end[1].isLetter, end[2].isLetter else {
            return false
        }
        return start.first?.isLetter == true && start.contains(where: \.isNumber)
    }

    /// The people of whom it is true, as far as it may be found: what is sealed never is.
    /// - Parameter secrecies: the ways of guarding that are looked at.
    func people(_ secrecies: [AddressSecrecy]) -> SQL {
        switch self {
        case .phone(let digits):
            let pattern = "%\(digits)"
            return """
                SELECT p.id FROM people p
                WHERE REPLACE(REPLACE(REPLACE(REPLACE(p.phone, ' ', ''), '-', ''), ')', ''), '.', '') LIKE \(pattern)
                UNION SELECT c.person FROM person_contacts c
                WHERE c.channel IN ('telephone', 'text')
                    AND REPLACE(REPLACE(REPLACE(REPLACE(c.value, ' ', ''), '-', ''), ')', ''), '.', '') LIKE \(pattern)
                """
        case .address(let text):
            let sign = text.reduce(into: "") { pattern, character in
                if "!%_".contains(character) { pattern.append("!") }
                pattern.append(character)
            }
            return """
                SELECT a.person FROM person_addresses a
                WHERE a.secrecy IN (\(list: secrecies.map(\.rawValue)))
                    AND REPLACE(REPLACE(REPLACE(LOWER(a.lines), ' ', ''), ',', ''), \("\n"), '') LIKE \("%\(sign)%") ESCAPE '!'
                """
        }
    }
}

extension PersonStore {
    /// People with that telephone number, address or postcode: only those of whom the actor may see it.
    func search(
        _ sought: SoughtReach, _ text: String, after cursor: ID<Person>?, limit: Int, on occasion: Occasion,
        in connection: Connection
    ) throws -> PeoplePage {
        // How someone who harms is reached lies in P2 unless it is guarded further; all else is victim safety.
        let harms: SQL = "r.side = 'perpetrator' AND r.id IN (\(sought.people([.ordinary])))"
        let others: SQL = "r.id IN (\(sought.people([.ordinary, .safety])))"
        let conditions = [
            RegisterCondition(harms, says: text, depth: .p2), RegisterCondition(others, says: text, depth: .p3),
        ]
        let pages = try conditions.map { condition in
            try people(
                register.list(
                    PersonStore.kind(), after: cursor.map { ID<Registered>($0) }, limit: limit, where: condition,
                    on: occasion, in: connection), in: connection)
        }
        var seen: Set<ID<Person>> = []
        let items = try pages.flatMap(\.items).filter { item in
            try seen.insert(item.id).inserted && mayFindByReach(item.id, on: occasion, in: connection)
        }
        return PeoplePage(
            items: try following(items, as: .list, on: occasion, in: connection), masked: [],
            next: pages.compactMap(\.next).max())
    }

    /// Whether the strictest record of the same person lets the actor see how they are reached.
    private func mayFindByReach(
        _ id: ID<Person>, on occasion: Occasion, in connection: Connection
    ) throws -> Bool {
        guard let entry = try register.entries([ID(id)], now: occasion.now, in: connection)[ID(id)],
            let strict = try strictest(entry, id, on: occasion, in: connection)
        else { return false }
        return strict.facts.side == entry.facts.side || allows(.list, .p3, strict, occasion)
    }
}
